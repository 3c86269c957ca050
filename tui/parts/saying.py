"""Saying something: other words into a text that stands, without laying out what stays as it is.

Laying out a screen anew takes longer than painting a few lines of it, and a key waits for both.
"""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static


def say(static: Static, words: str | Text) -> None:
    """Write words into a text; nothing is done where they stand there already.

    Args:
        static: takes the whole width that it is given.
        words: the screen is laid out anew only if they take another number of rows.
    """
    if static.content == words:
        return
    width, before = static.content_size.width, _rows(static)
    static.update(words, layout=False)
    if not width or before != _rows(static):
        static.refresh(layout=True)


def _rows(static: Static) -> int:
    width = static.content_size.width
    return static.visual.get_height(static.styles.get_rules(), width) if width else 0
