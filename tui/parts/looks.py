"""Looks: the colours that a style sheet gives to parts of a widget, for text drawn by hand."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def look(widget: Widget, name: str) -> Style:
    """Letters as a component class has them; muted colours mixed with what lies behind."""
    # A partial style leaves a muted colour white, which nobody can read on a light theme.
    whole = widget.get_component_rich_style(name)
    return Style(color=whole.color, bold=whole.bold or None)
