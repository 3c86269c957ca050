"""The line that says what has happened to the open file outside the app, with the choice."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.shell.outside import News

DIALOG = "dialog-screen"
"""Class of screens that ask something: the line waits until they are answered."""


class OutsideLine(Static):
    """A sentence and two keys, above the keys of the screen."""

    DEFAULT_CSS = """
    OutsideLine {
        height: auto;
        padding: 0 1;
        background: $warning 25%;
        color: $text;
    }
    """

    def __init__(self, news: News) -> None:
        """Say what has happened; each key can be clicked as well."""
        super().__init__(
            Content.from_markup(
                "$words [@click=app.read_anew][b]Ctrl+R[/b] $anew[/], "
                "[@click=app.keep_open][b]Ctrl+K[/b] keeps what is open[/]",
                words=news.words,
                anew=news.anew,
            )
        )
        self.news = news


def show_on(screen: Screen[Any], news: News | None) -> None:
    """Have a screen say what is to be decided, or nothing any more; dialogs are left alone."""
    there = [one for one in screen.children if isinstance(one, OutsideLine)]
    for one in there:
        if one.news != news:
            one.remove()
    if news is not None and tells(screen) and all(one.news != news for one in there):
        screen.mount(OutsideLine(news), before=_footer(screen))


def tells(screen: Screen[Any]) -> bool:
    """Whether a screen has the line: whole screens do, dialogs do not."""
    return screen.is_mounted and _footer(screen) is not None and not screen.has_class(DIALOG)


def _footer(screen: Screen[Any]) -> Footer | None:
    return next((one for one in screen.children if isinstance(one, Footer)), None)
