"""The two looks of the app."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

DARK, LIGHT = "firstline-dark", "firstline-light"

THEMES = (
    Theme(
        name=DARK,
        dark=True,
        primary="#6cb6ff",
        secondary="#7fb8b0",
        accent="#f0b45b",
        success="#7cc98b",
        warning="#f0b45b",
        error="#ff7b72",
        foreground="#d6dde6",
        background="#0f141b",
        surface="#151c25",
        panel="#1e2834",
        variables={
            "axis": "#46566a",
            "footer-key-foreground": "#f0b45b",
            "input-selection-background": "#6cb6ff 35%",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#0f62ac",
        secondary="#2f6f77",
        accent="#a8540a",
        success="#1a7f37",
        warning="#8a5a00",
        error="#c2182b",
        foreground="#1d2733",
        background="#f4f6f8",
        surface="#ffffff",
        panel="#e3e9ef",
        variables={
            "axis": "#9aa7b4",
            "footer-key-foreground": "#a8540a",
            "input-selection-background": "#0f62ac 25%",
        },
    ),
)


class Styled(LineFilter):
    """Gives an empty style to text without any.

    Charts yield such text for empty lines, and the filter behind NO_COLOR fails on it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Leave everything else as it is."""
        plain = Style.null()
        return [one if one.style else Segment(one.text, plain, one.control) for one in segments]


STYLED = Styled()
