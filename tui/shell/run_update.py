"""How far a run is, as a message to the screen that asked for it."""

from __future__ import annotations

from textual.message import Message

from tui.shell.requests import Request, Update


class RunUpdate(Message):
    """The runner reports how far it is."""

    def __init__(self, request: Request, update: Update) -> None:
        """Remember what it is about.

        Args:
            request: that was handed in; the screen may have another one by now.
            update: how far it is.
        """
        super().__init__()
        self.request, self.update = request, update
