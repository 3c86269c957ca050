"""What a policy costs a day, by kind, and what that is more or less than today."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.bars import Piece, is_seen, key, stack
from results.charts.scales import unit_axis, with_margin
from results.charts.view import Reading, Readings, View
from results.charts.wording import how_to_read, is_open, strongest
from results.comparison.compare import compare
from results.comparison.money_words import DOUBTED, doubt_words, value_words
from results.measures.summary import Summary
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS: Mapping[str, tuple[str, str]] = {
    "staff_cost": ("Staff", "#5B6B77"),
    "training_cost": ("Training", "#8FA3B0"),
    "hiring_cost": ("Hiring", style.BLUE),
    "fix_cost": ("Fixing root causes", style.GREEN),
    "telecom_cost": ("Telecom", "#CBD6DD"),
    "overtime_cost": ("Overtime premium", "#3C4952"),
    "waiting_cost": ("Priced waits and losses", "#A6B8C2"),
    "give_away": ("Given beyond need", style.VERMILLION),
}
"""Kinds of service cost with title and colour: running the centre in cool colours."""

OWED: Mapping[str, tuple[str, str]] = {
    "remedy_owed_paid": ("Owed, paid", style.ORANGE),
    "remedies_withheld": ("Owed, withheld", "#F3C98B"),
    "remedies_open": ("Owed, still open", "#FAE6C8"),
    "revenue_at_risk": ("Revenue at risk", "#7A3B60"),
}
"""What customers are owed, whatever becomes of it, and what they take with them: in warm colours.
Counted only where it is said who stays a customer."""

_COLUMNS = 4

_PARTS = {"staff_cost": "training_cost"}
"""Kinds that are shown as a part of another, which is shown without it."""


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy, next to its difference; None where nothing costs anything.

    All that the policy costs, what is owed as owed, where it is said who stays a customer; else
    what serving customers costs.
    """
    in_all = is_open(view.measured("total_cost"))
    total = view.measured("total_cost" if in_all else "service_cost")
    if not is_open(total):
        return None
    titles = {**KINDS, **OWED} if in_all else KINDS
    kinds = {name: view.gathered(partial(_amount, name)) for name in titles}
    notes = [
        how_to_read(view, "the dashed line", thin="± next to the bars"),
        *(_worth(view) if in_all else ()),
        *_doubts(view, in_all=in_all),
        *view.foot,
    ]
    most = max(reading.level.mean for reading in total.values())
    named = [name for name, found in kinds.items() if is_seen(found, most)]
    room = 0.21 + 0.24 * math.ceil(len(named) / _COLUMNS)
    body = 1.0 + room + dots.ROW_IN * len(view.policies)
    page = style.sheet(_message(view, total, in_all=in_all), notes, body)
    right = dots.VALUES_IN if view.others else 1.45
    grid = page.grid(
        1,
        2 if view.others else 1,
        left_in=dots.NAMES_IN,
        right_in=right,
        top_in=room,
        bottom_in=0.5,
        gap_in=(1.45, 0.0),
    )
    axes = page.figure.add_subplot(grid[0, 0])
    pieces = {
        policy: [
            _piece(name, found[policy], titles[name][1], view) for name, found in kinds.items()
        ]
        for policy in view.policies
    }
    _draw_stacks(axes, view, pieces, total, axes.get_position().width * page.width_in)
    axes.set_xlabel(
        "Total cost a day, what is owed as owed" if in_all else "Service cost a day",
        color=style.INK,
    )
    key(page, [titles[name] for name in named], _COLUMNS)
    if view.others:
        _draw_differences(page.figure.add_subplot(grid[0, 1]), view, total)
    return page.figure


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
            yield f"{policy}: {said[:1].lower()}{said[1:]}"


def _amount(kind: str, summary: Summary) -> float:
    """Money a day of one kind, without its part that is shown next to it; NaN counts as none."""
    part = _PARTS.get(kind)
    return _spent(summary, kind) - (_spent(summary, part) if part else 0.0)


def _spent(summary: Summary, kind: str) -> float:
    amount = summary.values["all", ""][kind]
    return amount if amount > 0.0 else 0.0


def _draw_stacks(
    axes: Axes, view: View, pieces: Mapping[str, list[Piece]], total: Readings, inches: float
) -> None:
    style.plain(axes, "x")
    most = 1.02 * max(reading.level.mean for reading in total.values())
    for row, policy in enumerate(view.policies):
        stack(axes, row, pieces[policy], most / inches)
        dots.write_beside(axes, row, dots.said(total[policy].level, "money", view))
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, most)
    unit_axis(axes.xaxis, "money", view.currency, 4)


def _piece(name: str, reading: Reading, colour: str, view: View) -> Piece:
    amount = reading.level.mean
    return Piece(name, amount, colour, words.money(amount, view.currency))


def _draw_differences(axes: Axes, view: View, total: Readings) -> None:
    """Dots on an axis of differences, the baseline at zero."""
    style.plain(axes, "x")
    ends = [0.0]
    for row, (policy, reading) in enumerate(total.items()):
        shift = reading.shift
        at = shift.mean if shift else 0.0
        ends += [at - reading.shift_width, at + reading.shift_width]
        point = (at, float(row))
        style.whiskers(
            axes, point, view.signs[policy].on_paper, reading.shift_width, 0.0, thick=True
        )
        dots.draw_sign(axes, view, policy, point)
        if shift is not None:
            unclear = "no clear difference" if view.has_intervals and not reading.clear else ""
            dots.write_beside(axes, row, dots.shifted(shift, "money", view), unclear)
    dots.name_rows(axes, view)
    axes.tick_params(labelleft=False)
    axes.set_xlim(*with_margin(ends, 0.12))
    unit_axis(axes.xaxis, "money", view.currency, 3)
    axes.set_xlabel(f"More or less than {style.wrapped(view.baseline, 30)}", color=style.INK)
    style.baseline_line(axes, x=0.0)


def _message(view: View, total: Readings, *, in_all: bool) -> str:
    base = view.baseline
    today = words.money(total[base].level.mean, view.currency)
    said = f"A day costs {today} in all" if in_all else f"Service costs {today} a day"
    before = f"{said} under {base}"
    policy = strongest(total)
    if policy is None:
        clear = view.others and view.has_intervals
        return f"{before}; no policy clearly changes that" if clear else before
    after = words.money(total[policy].level.mean, view.currency)
    less = total[policy].level.mean < total[base].level.mean
    doubts = view.doubts[policy]
    doubted = less and (doubts.other_values if in_all else doubts.any or doubts.other_values)
    return f"{before}, {after} under {policy}{', which is no saving by itself' if doubted else ''}"
