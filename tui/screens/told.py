"""What the runner tells, as a message to the screen that asked."""

from __future__ import annotations

from textual.message import Message

from tui.runner import Update


class Told(Message):
    """The runner told how far it is."""

    def __init__(self, serial: int, update: Update) -> None:
        """Remember which request it is about.

        Args:
            serial: number of the request; an answer to an earlier one is of no use any more.
            update: what was told.
        """
        super().__init__()
        self.serial, self.update = serial, update
