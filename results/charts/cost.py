"""What a policy costs a day: what is paid, what is at risk apart from it, and the difference."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from results.charts import dots, sheets, style
from results.charts.bars import Piece, Shade, is_seen, key, shades, stack
from results.charts.dots import Measured
from results.charts.scales import unit_axis
from results.charts.view import Readings, View
from results.charts.wording import (
    Told,
    headline,
    headline_of_all,
    how_to_read,
    is_open,
    otherwise,
    spoken_of,
)
from results.comparison.compare import compare
from results.comparison.money_words import DOUBTED, doubt_words, value_words
from results.measures.summary import Summary
from results.reading import format as words
from results.reading.changes import Subject
from results.reading.notation import Notation, notation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS: Mapping[str, str] = {
    "staff_cost": "Staff",
    "training_cost": "Training",
    "hiring_cost": "Hiring",
    "fix_cost": "Fixing root causes",
    "telecom_cost": "Telecom",
    "overtime_cost": "Overtime premium",
    "waiting_cost": "Priced waits and losses",
    "give_away": "Given beyond need",
}
"""Kinds of service cost."""

PAID: Mapping[str, str] = {"remedy_owed_paid": "Remedies owed and paid"}
"""What customers are owed and get."""

AT_RISK: Mapping[str, str] = {
    "remedies_withheld": "Owed, withheld",
    "remedies_open": "Owed, still open",
    "revenue_at_risk": "Revenue at risk",
}
"""What nobody pays today: what customers are owed still, and what they may take with them."""

_ACCENT = "revenue_at_risk"
_COLUMNS = 4
_PARTS = {"staff_cost": "training_cost"}
"""Kinds that are shown as a part of another, which is shown without it."""


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy, next to its difference; None where nothing costs anything.

    Where it is said who stays a customer, what is at risk stands apart from what is paid, and
    what is owed counts as owed. Else what serving customers costs.
    """
    in_all = is_open(view.measured("total_cost"))
    total = Measured.of(view, "total_cost" if in_all else "service_cost", "", "")
    if not is_open(total.readings):
        return None
    titles = {**KINDS, **PAID, **AT_RISK} if in_all else KINDS
    kinds = {name: view.gathered(partial(_amount, name)) for name in titles}
    most = max(reading.level.mean for reading in total.readings.values())
    named = shades([name for name, found in kinds.items() if is_seen(found, most)], _ACCENT)
    room = 0.21 + 0.24 * math.ceil(len(named) / _COLUMNS)
    body = 1.05 + room + dots.ROW_IN * len(view.policies)
    page = sheets.sheet(_message(view, total, kinds, in_all=in_all), _notes(view, in_all), body)
    title = "Paid a day" if in_all else "Service cost a day"
    stacks: list[tuple[str, Mapping[str, str]]] = [(title, {**KINDS, **PAID})]
    if in_all:
        stacks.append(("At risk or owed a day", AT_RISK))
    _draw(page, view, room, total, kinds, named, stacks)
    key(page, [(titles[name], shade) for name, shade in named.items()], _COLUMNS)
    return page.figure


def _notes(view: View, in_all: bool) -> list[str]:
    doubts = [*_doubts(view, in_all=in_all)]
    return [
        how_to_read(view, differences="Right"),
        *(_worth(view) if in_all else ()),
        *doubts,
        *(one for one in view.foot if not _is_said(one, doubts)),
    ]


def _is_said(note: str, doubts: Sequence[str]) -> bool:
    """Whether a doubt says of a policy what a note at the foot says of it."""
    policy, _, reason = note.partition(": ")
    return bool(reason) and any(one.startswith(policy) and reason in one for one in doubts)


def _draw(
    page: sheets.Sheet,
    view: View,
    room: float,
    total: Measured,
    kinds: Mapping[str, Readings],
    named: Mapping[str, Shade],
    stacks: list[tuple[str, Mapping[str, str]]],
) -> None:
    sums = [
        {
            policy: sum(kinds[k][policy].level.mean for k in part if k in kinds)
            for policy in view.policies
        }
        for _, part in stacks
    ]
    wholes = [max(found.values()) for found in sums]
    # Every amount of a row in one form, those of its pieces too, unless one would vanish in it.
    usual = notation([max(wholes)], "money", view.currency)
    forms = [_form_of(found.values(), usual, view) for found in sums]
    texts = [
        [form.value(one) for one in found.values()] for form, found in zip(forms, sums, strict=True)
    ]
    gap = max(dots.room_for(one) for one in texts) + 0.05
    # One scale for all bars: what is at risk is seen next to what is paid.
    widths = [max(one / max(wholes), 0.25) for one in wholes]
    grid = page.grid(
        1,
        len(widths) + bool(view.others),
        left_in=dots.NAMES_IN,
        right_in=_room_for_differences(view, total) if view.others else gap,
        top_in=room + 0.3,
        bottom_in=0.5,
        gap_in=(gap, 0.0),
        widths=[*widths, 0.8] if view.others else widths,
    )
    for column, (title, part) in enumerate(stacks):
        axes = page.figure.add_subplot(grid[0, column])
        pieces = _pieces(view, kinds, {k: named[k] for k in named if k in part}, forms[column])
        most = 1.02 * max(wholes) * widths[column] or 1.0
        _draw_stacks(axes, view, pieces, texts[column], (most, page.width_in))
        axes.tick_params(labelleft=column == 0)
        dots.head(axes, title)
    if view.others:
        last = page.figure.add_subplot(grid[0, len(stacks)])
        dots.draw_differences(last, view, total)
        dots.head(last, "Both together" if len(stacks) > 1 else "Difference")


def _room_for_differences(view: View, total: Measured) -> float:
    """Inches for the differences as they are written."""
    _, shifts = dots.notations(view, total)
    return dots.room_for([dots.said_shift(total, policy, shifts) for policy in view.others])


def _pieces(
    view: View, kinds: Mapping[str, Readings], named: Mapping[str, Shade], usual: Notation
) -> Iterator[list[Piece]]:
    """What the bar of each policy is made of."""
    for policy in view.policies:
        means = {name: kinds[name][policy].level.mean for name in named}
        yield [
            Piece(name, mean, named[name], _form_of([mean], usual, view).value(mean))
            for name, mean in means.items()
        ]


def _draw_stacks(
    axes: Axes,
    view: View,
    rows: Iterable[list[Piece]],
    texts: Sequence[str],
    size: tuple[float, float],
) -> None:
    """Draw a bar for each policy with its sum; the size is the end of the scale and the page."""
    most, width_in = size
    style.plain(axes, "x")
    inch = most / (axes.get_position().width * width_in)
    for row, pieces in enumerate(rows):
        stack(axes, row, pieces, inch)
        dots.write_beside(axes, row, texts[row])
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, most)
    ticks = dots.ticks_that_fit(axes, view, "money", 4)
    unit_axis(axes.xaxis, "money", view.currency, max(ticks, 1))
    if not ticks:
        axes.set_xticks([0.0])


def _form_of(amounts: Iterable[float], usual: Notation, view: View) -> Notation:
    """The usual form of amounts; one of their own where one of them would be written as nothing."""
    known = list(amounts)
    vanishes = any(one and usual.vanishes(one) for one in known)
    return notation(known, "money", view.currency) if vanishes else usual


def _worth(view: View) -> Iterator[str]:
    """What a customer is worth, on which the revenue at risk depends."""
    loyalty = view.experiment.scenario.loyalty
    if loyalty is not None:
        value = words.money(loyalty.customer_value, view.currency)
        some = ", of some reasons another amount" if loyalty.values else ""
        yield f"Revenue at risk: a customer is worth {value}{some}. Put in your own value."


def _doubts(view: View, *, in_all: bool) -> Iterator[str]:
    """Why what costs less may be no saving: lost customers are not counted, or valued otherwise."""
    comparison = compare(view.experiment, DOUBTED, view.confidence)
    for policy in comparison.others:
        said = value_words(comparison, policy) or (
            "" if in_all else doubt_words(comparison, policy)
        )
        if said:
            yield f"{view.titles[policy]}: {said[:1].lower()}{said[1:]}"


def _amount(kind: str, summary: Summary) -> float:
    """Money a day of one kind, without its part that is shown next to it; NaN counts as none."""
    part = _PARTS.get(kind)
    return _spent(summary, kind) - (_spent(summary, part) if part else 0.0)


def _spent(summary: Summary, kind: str) -> float:
    amount = summary.values["all", ""][kind]
    return amount if amount > 0.0 else 0.0


def _message(view: View, total: Measured, kinds: Mapping[str, Readings], *, in_all: bool) -> str:
    """What the policy of the verdict makes of what is paid and of what is at risk."""
    if not in_all:
        service = Told.of("service_cost", total.readings)
        said = headline(view, [service], otherwise(view, service))
        return _doubted(view, service, said)
    paid = view.gathered(lambda one: sum(_amount(kind, one) for kind in (*KINDS, *PAID)))
    told = [
        Told(paid, Subject("what a day costs in cash"), "money", "lower"),
        Told.of("revenue_at_risk", kinds["revenue_at_risk"]),
    ]
    whole = Told.of("total_cost", total.readings)
    # What is paid and what is at risk are told together or not at all: one alone misleads.
    if both := headline_of_all(view, told):
        return both
    return headline(view, [whole], headline(view, told, otherwise(view, whole)))


def _doubted(view: View, told: Told, said: str) -> str:
    """The message, with a warning where the lower cost that it speaks of may be no saving."""
    spoken = spoken_of(view, [told])
    if not spoken:
        return said
    shift, doubts = told.readings[spoken[0]].shift, view.doubts[spoken[0]]
    doubted = shift is not None and shift.mean < 0.0 and (doubts.any or doubts.other_values)
    return f"{said}, which is no saving by itself" if doubted else said
