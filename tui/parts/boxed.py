"""Boxes drawn with lines, for what is laid out by hand: a title in the upper edge, text within."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tui.parts.fitting import shortened
from tui.parts.sheet import Look

EDGES = 4
"""Columns that the edges take, each with a blank beside it."""


def boxed(
    title: str, lines: Sequence[Text], width: int, height: int, edge: Look = "", head: Look = ""
) -> list[Text]:
    """Lines in a box of a size; what does not fit is cut.

    Args:
        title: in the upper edge.
        lines: of the content.
        width: columns in all, at least 8.
        height: rows in all.
        edge: look of the edges.
        head: look of the title.
    """
    name = shortened(title, min(cell_len(title), width - 6))
    top = Text("", no_wrap=True).append("╭─ ", edge).append(name, head)
    top.append(" " + "─" * max(0, width - cell_len(name) - 5) + "╮", edge)
    rows = [top]
    for number in range(max(0, height - 2)):
        inside = lines[number].copy() if number < len(lines) else Text()
        inside.truncate(width - EDGES, overflow="ellipsis", pad=True)
        row = Text("", no_wrap=True).append("│ ", edge)
        rows.append(row.append_text(styled(inside)).append(" │", edge))
    rows.append(Text(f"╰{'─' * (width - 2)}╯", edge, no_wrap=True))
    return rows


def styled(text: Text) -> Text:
    """A text whose look is on its letters, so that it keeps it within another one."""
    letters = text.copy()
    if letters.style:
        letters.stylize_before(letters.style)
    letters.style = ""
    return letters


def beside(columns: Sequence[Sequence[Text]], widths: Sequence[int], gap: int) -> list[Text]:
    """Columns of lines next to each other.

    Args:
        columns: lines of each.
        widths: in columns of the screen.
        gap: blanks between two.
    """
    rows = []
    for at in range(max(map(len, columns), default=0)):
        row = Text(no_wrap=True)
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            line = styled(column[at]) if at < len(column) else Text()
            line.truncate(width, overflow="ellipsis", pad=number + 1 < len(columns))
            row.append(" " * gap if number else "").append_text(line)
        rows.append(row)
    return rows
