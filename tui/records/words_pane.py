"""A pane of text: what is known, or why nothing is known yet."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget

from tui.records.session import Session


class WordsPane(VerticalScroll, can_focus=True):
    """Shows what a session has found out, or the reason why it has not."""

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self._reason = ""

    @property
    def first(self) -> Widget:
        """What takes the keyboard."""
        return self

    def say(self, reason: str) -> None:
        """Say why nothing is known."""
        self._reason = reason
        self.renew()

    def on_resize(self) -> None:
        """Lay it out at another size."""
        self.renew()

    def renew(self) -> None:
        """Show what is known."""
        raise NotImplementedError
