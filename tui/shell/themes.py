"""The two looks of the app."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

DARK, LIGHT = "firstline-dark", "firstline-light"

# Better is blue and worse is orange, which eyes that take red for green tell apart; what is wrong
# with a file is red. There is one accent, and the rest is grey.
THEMES = (
    Theme(
        name=DARK,
        dark=True,
        primary="#5ec4b6",
        secondary="#8fa3b8",
        accent="#5ec4b6",
        success="#6db3ff",
        warning="#ff9e57",
        error="#ff6f6a",
        foreground="#dbe2ea",
        background="#0f141a",
        surface="#141a22",
        panel="#1d2631",
        variables={
            "axis": "#5b6b7d",
            "muted": "#93a0ae",
            "cursor": "#1b3538",
            "block-cursor-blurred-background": "#1b3538",
            "border": "#5ec4b6",
            "border-blurred": "#334050",
            "scrollbar": "#334050",
            "scrollbar-hover": "#4a5b6e",
            "scrollbar-active": "#5ec4b6",
            "scrollbar-background": "#0f141a",
            "scrollbar-background-hover": "#0f141a",
            "scrollbar-background-active": "#0f141a",
            "scrollbar-corner-color": "#0f141a",
            "footer-background": "#0f141a",
            "footer-key-foreground": "#5ec4b6",
            "footer-description-foreground": "#93a0ae",
            "input-selection-background": "#5ec4b6 35%",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#0b6e64",
        secondary="#4a5d70",
        accent="#0b6e64",
        success="#0a5cad",
        warning="#a84b00",
        error="#c2182b",
        foreground="#1d2733",
        background="#f5f7f9",
        surface="#ffffff",
        panel="#e4e9ee",
        variables={
            "axis": "#7d8a97",
            "muted": "#4f5c69",
            "cursor": "#d7e9e7",
            "block-cursor-blurred-background": "#d7e9e7",
            "border": "#0b6e64",
            "border-blurred": "#c3ccd5",
            "scrollbar": "#c3ccd5",
            "scrollbar-hover": "#9aa7b4",
            "scrollbar-active": "#0b6e64",
            "scrollbar-background": "#f5f7f9",
            "scrollbar-background-hover": "#f5f7f9",
            "scrollbar-background-active": "#f5f7f9",
            "scrollbar-corner-color": "#f5f7f9",
            "footer-background": "#f5f7f9",
            "footer-key-foreground": "#0b6e64",
            "footer-description-foreground": "#4f5c69",
            "input-selection-background": "#0b6e64 25%",
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
