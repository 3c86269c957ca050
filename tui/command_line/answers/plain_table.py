"""The look of every table: a rule under the header and nothing else, ready for 80 columns."""

from __future__ import annotations

from rich import box
from rich.table import Table


def plain_table(gap: int = 1) -> Table:
    """An empty table.

    Args:
        gap: blanks between columns.
    """
    # The box itself puts one blank between columns.
    return Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
