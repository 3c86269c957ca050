"""The scorecard: every policy by the measures that a manager looks at first, on one page."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from results.charts import dots, sheets, style
from results.charts.lettering import mark
from results.charts.scales import with_margin
from results.charts.view import Readings, View
from results.measures.registry import MEASURES
from results.reading.notation import notation
from results.reading.rows import rows_of, short_title
from results.reading.table import title_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Outcome = Literal["better", "worse", "different", "same", "unknown"]

MOST = 8
_MONEY = ("total_cost", "service_cost")
_ASKED = ("wait_all", "fcr_complaints", "fcr")
"""What everybody looks for, whether it differs or not."""
_ALIKE: dict[str, set[str]] = {
    "asa": {"wait_all"},
    "wait_p90": {"wait_all", "asa"},
    "time_to_agent": {"wait_all"},
    "never_reached": {"abandonment"},
    "approval_hold": {"approval_wait"},
    "service_cost": {"total_cost"},
    "approvals_per_complaint": {"escalation_rate"},
}
"""Measures that say nearly the same as others, and are left out where these say as much."""
_ROW_IN, _HEAD_IN = 0.6, 0.8


class Look(NamedTuple):
    """How an outcome is drawn."""

    mark: str
    colour: str
    word: str


LOOKS: dict[Outcome, Look] = {
    "better": Look("✓", style.GOOD, "better"),
    "worse": Look("✗", "#B34700", "worse"),
    "different": Look("≠", style.INK, "different, which may be neither"),
    "same": Look("=", "#6E6E6E", "practically the same"),
    "unknown": Look("?", "#9A9A9A", "not known at this number of replications"),
}
"""Better is certain among all claims and matters; so is practically the same."""


def draw(view: View) -> Figure | None:
    """A row for each policy, a column for each measure; None where there is nothing to compare."""
    if not view.others or not view.has_intervals:
        return None
    shown = chosen(view)
    if not shown:
        return None
    outcomes = {(p, name): outcome(view, p, name) for p in view.others for name in shown}
    body = _HEAD_IN + _ROW_IN * len(view.policies) + 0.1
    page = sheets.sheet(_message(view, outcomes, len(shown)), [_note(view), *view.foot], body)
    grid = page.grid(
        1,
        len(shown),
        left_in=dots.NAMES_IN - 0.1,
        right_in=0.25,
        top_in=_HEAD_IN,
        bottom_in=0.1,
        gap_in=(0.12, 0.0),
    )
    for column, name in enumerate(shown):
        axes = page.figure.add_subplot(grid[0, column])
        _draw_column(axes, view, name, outcomes)
        axes.tick_params(labelleft=column == 0)
    return page.figure


def chosen(view: View) -> list[str]:
    """The measures of the columns: what everybody asks, then what differs for certain; eight."""
    family = {name for _, name in view.comparison.claims}
    rows = [name for name in rows_of([view.comparison]) if name in family]
    found = {name: {outcome(view, policy, name) for policy in view.others} for name in rows}
    certain = {name for name in rows if found[name] & {"better", "worse"}}
    names = [name for name in rows if not _is_said(name, rows, certain)]
    telling = [name for name in names if name in certain]
    rest = [name for name in names if name not in telling]
    money = [name for name in _MONEY if name in names][:1]
    asked = [name for name in _ASKED if name in names]
    kept = list(dict.fromkeys((*money, *asked, *telling, *rest)))[:MOST]
    return [name for name in names if name in kept]


def _is_said(name: str, rows: Sequence[str], certain: Collection[str]) -> bool:
    """Whether a measure is left out because others say it; not where it alone is certain."""
    alike = _ALIKE.get(name, set())
    alone = name in certain and not alike & {*certain}
    return bool(alike & {*rows}) and not alone


def outcome(view: View, policy: str, name: str) -> Outcome:
    """What is known of a measure under a policy, among all claims of the verdict."""
    found = view.comparison.findings[policy, name].difference
    claim = view.comparison.claims.get((policy, name))
    if found is None or claim is None or not found.estimate.n or claim.outcome == "unknown":
        return "unknown"
    if claim.outcome == "same":
        return "same"
    return "different" if found.effect == "unclear" else found.effect


def _draw_column(
    axes: Axes, view: View, name: str, outcomes: dict[tuple[str, str], Outcome]
) -> None:
    """The differences of a measure from the baseline, its levels in figures above the dots."""
    readings, unit = view.measured(name), MEASURES[name].unit
    style.plain(axes)
    dots.name_rows(axes, view)
    axes.set_xlim(*_limits(readings))
    axes.set_xticks([])
    style.baseline_line(axes, x=0.0)
    title = style.wrapped(_title(view, name), 12 if len(readings) > 1 else 14, 4)
    axes.set_title(title, loc="center", size=style.SMALL_PT, weight="bold", color=style.INK, pad=4)
    levels = [one.level.mean for one in readings.values()]
    written = notation(levels, unit, view.currency)
    for row, policy in enumerate(view.policies):
        said = written.value(readings[policy].level.mean)
        if policy == view.baseline:
            _write(axes, row, said, style.INK, "bold")
            continue
        if math.isnan(readings[policy].level.mean):
            # There is nothing to know of what is not defined.
            _write(axes, row, said, LOOKS["unknown"].colour, "normal")
            continue
        look = LOOKS[outcomes[policy, name]]
        _draw_dot(axes, row, readings, policy, look)
        _write(axes, row, f"{said} {look.mark}", look.colour, "normal")


def _title(view: View, name: str) -> str:
    """The title of a column; that of the service level says in how many seconds."""
    if name == "service_level":
        return title_in(view.comparison, name)
    return short_title(name)


def _limits(readings: Readings) -> tuple[float, float]:
    ends = [0.0]
    for one in readings.values():
        if one.shift is not None and not math.isnan(one.shift.mean):
            ends += [one.shift.mean - one.shift_width, one.shift.mean + one.shift_width]
    return with_margin(ends, 0.15)


def _draw_dot(axes: Axes, row: int, readings: Readings, policy: str, look: Look) -> None:
    shift = readings[policy].shift
    if shift is None or math.isnan(shift.mean):
        return
    half, y = readings[policy].shift_width, row + 0.16
    axes.plot([shift.mean - half, shift.mean + half], [y, y], color=look.colour, linewidth=1.3)
    filled = look.mark in "✓✗≠"
    axes.plot(
        [shift.mean],
        [y],
        "o",
        color=look.colour,
        markerfacecolor=look.colour if filled else "white",
        markersize=4.5,
        gid=mark("point", policy),
    )


def _write(axes: Axes, row: int, text: str, colour: str, weight: str) -> None:
    axes.annotate(
        text,
        (0.5, row),
        xycoords=("axes fraction", "data"),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        va="center",
        size=style.SMALL_PT,
        color=style.for_letters(colour) if colour == LOOKS["unknown"].colour else colour,
        weight=weight,
        # The line of no difference runs behind the figures, not through them.
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
    )


def _note(view: View) -> str:
    marks = "; ".join(f"{look.mark} {look.word}" for look in LOOKS.values())
    return (
        f"{marks}. Figures: the level with each policy. Dots: the difference from "
        f"{view.called(view.baseline)}, the dashed line, with its {view.level_name} interval; each "
        "column has a scale of its own. Marks hold among all claims of the verdict and by as much "
        "as matters."
    )


def _message(view: View, outcomes: dict[tuple[str, str], Outcome], columns: int) -> str:
    """How often the policy of the verdict is better and worse."""
    hero = view.hero
    if hero is None:
        return "No policy is known to differ by as much as matters"
    found = [one for (policy, _), one in outcomes.items() if policy == hero.policies[0]]
    better, worse = found.count("better"), found.count("worse")
    parts = [f"better in {better}"] if better else []
    parts += [f"worse in {worse}"] if worse else []
    said = " and ".join(parts) or "different in none"
    return f"{view.called(hero.policies[0])}: {said} of {columns} measures"
