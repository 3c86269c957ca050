"""The figures of a report: every measure under every policy, with what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from results.comparison.comparison import Comparison
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.by import By
from results.reading.endings import Endings
from results.reading.rows import means_of, says_something
from results.reading.shown_better_or_worse import MARKS
from results.reading.table import Cell, Row, measure_rows
from results.report.elements import element, table
from scenarios.shares import percent_as_given

PARTS: tuple[tuple[By, str, str], ...] = (
    (By.REASON, "fcr", "By reason: first-contact resolution"),
    (By.CHANNEL, "asa", "By channel: average speed of answer"),
    (By.QUEUE, "service_level", "By queue: service level, wherever it was answered"),
    (By.GROUP, "occupancy", "By group: occupancy"),
    (By.CAUSE, "failure_demand", "By cause: failure demand, of all contacts that customers make"),
)
"""Parts of the centre with the measure and the heading of their table."""


def all_rows(comparison: Comparison) -> list[Row]:
    """Every measure that the centre has."""
    found = means_of(comparison)
    return measure_rows(comparison, [name for name in found if says_something(name, found[name])])


MOST = 4
"""Policies next to the baseline in a table: more of them get a table of their own below."""


def figures(rows: Sequence[Row], titles: Mapping[str, str]) -> list[Element]:
    """Tables of rows by policy: the mean, and its difference from the baseline underneath.

    Args:
        rows: at least one.
        titles: what each policy is called.
    """
    first, *others = rows[0].cells
    parts = [others[at : at + MOST] for at in range(0, len(others), MOST)] or [[]]
    return [
        table(
            ["", *(titles[policy] for policy in (first, *part))],
            ([row.label, *(_cell(row.cells[p]) for p in (first, *part))] for row in rows),
            class_="figures",
        )
        for part in parts
    ]


def telling(rows: Sequence[Row], *, nothing_is_an_answer: bool) -> list[Row]:
    """The rows of parts in which there is a number under some policy.

    Args:
        rows: of the parts.
        nothing_is_an_answer: of a part in which nothing happens under any policy; what causes no
            failure demand is no cause of it.
    """
    return [
        row
        for row in rows
        if any(_tells(cell, nothing_is_an_answer) for cell in row.cells.values())
    ]


def _tells(cell: Cell, nothing_is_an_answer: bool) -> bool:
    if cell.value == words.UNDEFINED:
        return False
    return nothing_is_an_answer or not words.is_nothing(cell.value)


def endings_table(found: Endings, titles: Mapping[str, str]) -> Element:
    """How cases end, by policy: the mean of the replications."""
    return table(
        ["", *(titles[policy] for policy in next(iter(found.values.values())))],
        ([ending, *map(words.share, means)] for ending, means in found.means.items()),
        class_="figures",
    )


def meanings(rows: Iterable[Row]) -> Element:
    """The equation, unit and source of every measure that was shown."""
    return meanings_of(dict.fromkeys(row.measure for row in rows))


def meanings_of(names: Iterable[str]) -> Element:
    """The same of measures by name."""
    measures = [MEASURES[name] for name in names]
    units = {"s": "time", "hours": "hours", "share": "share", "count": "number", "money": "money"}
    return table(
        ["Measure", "Name", "Equation", "Unit", "Source"],
        (
            [
                m.title,
                element("td", element("code", m.name), class_="aside"),
                m.equation,
                units[m.unit],
                element("td", m.source, class_="aside"),
            ]
            for m in measures
        ),
        class_="meanings",
    )


def legend(comparison: Comparison) -> str:
    """How the tables are read."""
    if comparison.replications < 2:
        return "One replication: there are no intervals, and differences may be chance."
    mean = f"± is the {percent_as_given(comparison.confidence)} interval of a mean"
    if not comparison.others:
        return f"{mean} over {comparison.replications} replications."
    base = comparison.called(comparison.baseline)
    return (
        f"{mean}. Underneath, the difference from {base} with its own, adjusted "
        f"interval: {MARKS['better']} clearly better, {MARKS['worse']} clearly worse, "
        f"{MARKS['different']} clearly different, grey: no clear difference."
    )


def _cell(cell: Cell) -> Element:
    lines = [element("span", f"{cell.value} {cell.margin}".rstrip(), class_="value")]
    if cell.change:
        text = f"{cell.mark} {cell.change} {cell.change_margin}".strip()
        lines += [element("br"), element("span", text, class_="change")]
    return element("td", *lines, class_=cell.effect)
