"""Looks: the colours of text drawn by hand, from the style sheet or from the sign of a policy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.widget import Widget

if TYPE_CHECKING:
    from results.reading.signs import Sign

READABLE = 4.5
"""Contrast that letters need (WCAG 2.2, 1.4.3)."""


def look(widget: Widget, name: str) -> Style:
    """Letters as a component class has them; muted colours mixed with what lies behind."""
    # A partial style leaves a muted colour white, which nobody can read on a light theme.
    whole = widget.get_component_rich_style(name)
    return Style(color=whole.color, bold=whole.bold or None)


def policy_colour(widget: Widget, sign: Sign) -> str:
    """The colour of a policy, dark or pale enough for letters on every ground of the theme.

    Where no colours are wanted it is that of all letters: its grey would be faint.
    """
    theme = widget.app.current_theme
    if widget.app.no_color:
        return widget.app.theme_variables["foreground"]
    return _readable(sign.on_screen, theme.panel or theme.background or "#000000", dark=theme.dark)


@cache
def _readable(colour: str, ground: str, *, dark: bool) -> str:
    own, behind, towards = Color.parse(colour), Color.parse(ground), WHITE if dark else BLACK
    shades = (own.blend(towards, step / 20) for step in range(20))
    return next((one for one in shades if contrast(one, behind) >= READABLE), towards).hex


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
