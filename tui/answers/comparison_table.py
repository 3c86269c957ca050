"""Policies side by side: a row for each measure, a column for each policy, in 80 columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from results import Comparison
from results.comparison.compare import Finding
from results.comparison.doubts import Effect
from results.letters import counted, uncounted
from results.measures.registry import MEASURES
from results.reading import format as numbers
from tui.answers.plain_table import plain_table

MARKS: dict[Effect, str] = {"better": "✓", "worse": "✗", "different": "≠", "unclear": " "}
_STYLES: dict[Effect, str] = {"better": "green", "worse": "red", "different": "", "unclear": ""}

LEAST_LABEL, MOST_LABEL = 20, 25
"""Narrowest and widest column of row labels beside two lines of figures; they go on below."""

LEAST_CELL, MOST_PIECE = 10, 14
"""Narrowest column of a policy, and the longest part of its name that is not broken."""

GAP = 1


@dataclass(frozen=True)
class Row:
    """One line of the table: a measure, or one part of the centre."""

    label: str
    measure: str
    comparison: Comparison
    days: float = 1.0
    """Money a day is multiplied by these: 1 is a day's, more is the stretch's total."""


def tables(rows: Sequence[Row], width: int) -> Iterator[Table]:
    """Lay out rows for a width; policies that do not fit go into a further table.

    Args:
        rows: at least one, all over the same policies.
        width: columns of the screen.
    """
    policies = rows[0].comparison.policies
    longest = max(len(counted(row.label)) for row in rows)
    room = width - len(policies) * (_column(rows, " ") + GAP)
    if room >= min(longest, MOST_LABEL):
        yield _table(rows, policies, " ", min(longest, room))
        return
    column = _column(rows, "\n") + GAP
    for part in _parts(policies, max((width - min(longest, LEAST_LABEL)) // column, 2)):
        yield _table(rows, part, "\n", min(longest, MOST_LABEL, width - len(part) * column))


def legend(comparison: Comparison) -> str:
    """What the marks and the ± mean."""
    if comparison.replications < 2:
        return "One replication: no intervals."
    mean = f"± is the {100 * comparison.confidence:g} % interval of a mean"
    if not comparison.others:
        return f"{mean} over {comparison.replications} replications."
    return (
        f"{MARKS['better']} better, {MARKS['worse']} worse, {MARKS['different']} different from "
        f"{comparison.baseline} beyond chance; no mark: no clear difference. {mean} over "
        f"{comparison.replications} replications."
    )


def _parts(policies: Sequence[str], room: int) -> Iterator[Sequence[str]]:
    """The policies in parts that fit, the baseline in each of them."""
    baseline, *others = policies
    for start in range(0, max(len(others), 1), room - 1):
        yield [baseline, *others[start : start + room - 1]]


def _table(rows: Sequence[Row], policies: Sequence[str], joint: str, label: int) -> Table:
    table = plain_table()
    table.add_column("", width=label)
    cell = _column(rows, joint)
    for header in _headers(policies, cell):
        table.add_column(header, justify="right", min_width=cell)
    for row in rows:
        found = [row.comparison.findings[policy, row.measure] for policy in policies]
        table.add_row(row.label, *(_cell(one, row, joint) for one in found))
    return table


def _headers(policies: Sequence[str], width: int) -> list[str]:
    """The policies' names, broken after hyphens where they are too long, their last lines level."""
    names = [broken(policy, width) for policy in policies]
    lines = max(map(len, names))
    return ["\n".join([""] * (lines - len(name)) + name) for name in names]


def broken(name: str, width: int) -> list[str]:
    """A policy's name in lines of at most so many columns, broken after hyphens."""
    lines = [""]
    for piece in _pieces(name):
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [uncounted(line).rstrip() for line in lines]


def _pieces(name: str) -> list[str]:
    """The parts of a name that stay together: up to a hyphen, an underscore or a blank."""
    words = re.findall(r"[^-_ ]*[-_ ]?", counted(name))
    return [
        word[start : start + MOST_PIECE]
        for word in words
        for start in range(0, len(word), MOST_PIECE)
    ]


def _cell(found: Finding, row: Row, joint: str) -> Text:
    effect = found.difference.effect if found.difference else "unclear"
    value, margin = _written(found, row)
    # The place of the mark is kept in every line, so that the numbers stand under each other.
    mark = f" {MARKS[effect]}"
    text = Text(value, _STYLES[effect])
    if joint == "\n":
        return text.append(mark).append(f"\n{margin}  ", "dim")
    return text.append(f" {margin}" if margin else "", "dim").append(mark, _STYLES[effect])


def _column(rows: Sequence[Row], joint: str) -> int:
    """How wide the column of a policy must be: its figures, and the parts of its name."""
    policies, widths = rows[0].comparison.policies, [LEAST_CELL]
    for row in rows:
        found = (row.comparison.findings[policy, row.measure] for policy in policies)
        cells = (_cell(one, row, joint).plain for one in found)
        widths += [len(counted(line)) for cell in cells for line in cell.split("\n")]
    return max(*widths, *(len(piece) for policy in policies for piece in _pieces(policy)))


def _written(found: Finding, row: Row) -> tuple[str, str]:
    unit, currency = MEASURES[found.measure].unit, row.comparison.currency
    mean, half_width = found.mean.mean * row.days, found.mean.half_width * row.days
    margin = "" if math.isnan(half_width) else numbers.margin(half_width, unit, mean)
    return numbers.value(mean, unit, currency), margin
