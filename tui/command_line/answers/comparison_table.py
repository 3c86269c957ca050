"""Policies side by side: a row for each measure, a column for each policy, in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from results.comparison.better_or_worse import Effect
from results.letters import counted
from results.reading.table import Cell, Row
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.titles import broken, pieces

_STYLES: dict[Effect, str] = {"better": "green", "worse": "red", "different": "", "unclear": ""}

LEAST_LABEL, MOST_LABEL = 20, 25
"""Narrowest and widest column of row labels next to two lines of figures; they continue below."""

LEAST_CELL = 10
"""Narrowest column of a policy."""

GAP = 1


def tables(rows: Sequence[Row], titles: Mapping[str, str], width: int) -> Iterator[Table]:
    """Lay out rows for a width; policies that do not fit go into a further table.

    Args:
        rows: at least one, all over the same policies.
        titles: what each policy is called.
        width: columns of the screen.
    """
    policies = tuple(rows[0].cells)
    longest = max(len(counted(row.label)) for row in rows)
    room = width - len(policies) * (_column(rows, titles, " ") + GAP)
    if room >= min(longest, MOST_LABEL):
        yield _table(rows, titles, policies, " ", min(longest, room))
        return
    column = _column(rows, titles, "\n") + GAP
    for part in _parts(policies, max((width - min(longest, LEAST_LABEL)) // column, 2)):
        room = min(longest, MOST_LABEL, width - len(part) * column)
        yield _table(rows, titles, part, "\n", room)


def _parts(policies: Sequence[str], room: int) -> Iterator[Sequence[str]]:
    """The policies in parts that fit, the baseline in each of them."""
    baseline, *others = policies
    for start in range(0, max(len(others), 1), room - 1):
        yield [baseline, *others[start : start + room - 1]]


def _table(
    rows: Sequence[Row],
    titles: Mapping[str, str],
    policies: Sequence[str],
    joint: str,
    label: int,
) -> Table:
    table = plain_table()
    table.add_column("", width=label)
    cell = _column(rows, titles, joint)
    for header in _headers([titles[policy] for policy in policies], cell):
        table.add_column(header, justify="right", min_width=cell)
    for row in rows:
        table.add_row(row.label, *(_text(row.cells[policy], joint) for policy in policies))
    return table


def _headers(titles: Sequence[str], width: int) -> list[str]:
    """The policies' titles, broken where they are too long, their last lines level."""
    names = [broken(title, width) for title in titles]
    lines = max(map(len, names))
    return ["\n".join([""] * (lines - len(name)) + name) for name in names]


def _text(cell: Cell, joint: str) -> Text:
    """The value, and the difference from the baseline with its ±; without one its own ±."""
    spread = [cell.change, cell.change_margin] if cell.change else [cell.margin]
    text = Text(cell.value, _STYLES[cell.effect])
    if joint == "\n":
        # The place of the mark is kept in every line, so that numbers stand under each other.
        under = "".join(f"\n{part}  " for part in spread)
        return text.append(f" {cell.mark}").append(under, "dim")
    text.append("".join(f" {part}" for part in spread if part), "dim")
    return text.append(f" {cell.mark}", _STYLES[cell.effect])


def _column(rows: Sequence[Row], titles: Mapping[str, str], joint: str) -> int:
    """How wide the column of a policy must be: its figures, and the parts of its name."""
    cells = [_text(cell, joint).plain for row in rows for cell in row.cells.values()]
    widths = [len(counted(line)) for cell in cells for line in cell.split("\n")]
    names = [len(piece) for title in titles.values() for piece in pieces(title)]
    return max(LEAST_CELL, *widths, *names)
