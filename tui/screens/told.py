"""What the runner tells, as a message to the screen that asked."""

from __future__ import annotations

from textual.message import Message

from tui.runner import Request, Update


class Told(Message):
    """The runner told how far it is."""

    def __init__(self, request: Request, update: Update) -> None:
        """Remember what it is about.

        Args:
            request: that was handed in; the screen may have gone on to another one.
            update: what was told.
        """
        super().__init__()
        self.request, self.update = request, update
