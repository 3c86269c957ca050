"""Promises kept, and how long it takes until a case is resolved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from results.charts import dots, sheets, style
from results.charts.dots import Measured
from results.charts.lettering import mark
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import day_axis, unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, how_to_read, otherwise
from results.measures.summary import Summary
from results.measures.waits import UNTIL_RESOLVED, WAIT_EDGES
from results.reading.interval_table import means
from results.reading.listing import joined
from results.reading.notation import notation
from results.reading.rows import defined
from scenarios.parts.clock import DAY_S

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LONG_S = 3_600.0
"""Where most cases are resolved within an hour, their time is that of the contact."""
_CURVES_IN = 2.9
_AIR_IN = 0.3
_LATEST = 0.005
_LETTER_IN = 0.085
_FEW = 3
"""Policies that promise something and are all named in the title."""


def draw(view: View) -> Figure | None:
    """Promises by policy, resolution and backlog as curves; None where neither is a subject."""
    title, label = "Promises kept", "Kept, of those that fell due"
    kept = Measured.of(view, "promises_kept", title, label, "none fell due")
    promised = _is_subject(kept.readings)
    curves = _resolved(view) if promised or _takes_long(view) else {}
    if not (promised or curves) or not view.others:
        return None
    rows = dots.body_in(view, 1) if promised else 0.0
    key = key_in(view, view.policies) if curves else 0.0
    body = rows + (_AIR_IN + key + _CURVES_IN + 0.9 if curves else 0.0)
    notes = [
        *([_intervals(view, kept)] if promised else []),
        *([_RESOLVED + (_OPEN if _backlog(view) else "")] if curves else []),
        *view.foot,
    ]
    page = sheets.sheet(_message(view, kept if promised else None), notes, body)
    if promised:
        grid = dots.cells(page, view, kept, top_in=0.0, height_in=rows)
        dots.draw_levels(page.figure.add_subplot(grid[0, 0]), view, kept)
        if kept.is_compared(view):
            dots.draw_differences(page.figure.add_subplot(grid[0, 1]), view, kept)
    if curves:
        _draw_curves(page, view, curves, rows + (_AIR_IN if promised else 0.0), key)
    return page.figure


_RESOLVED = (
    "Resolved: of all cases that began, those still open and those that end unresolved included."
)
_OPEN = " Open work: written contacts and promises that wait."


def _intervals(view: View, kept: Measured) -> str:
    if kept.is_compared(view):
        return how_to_read(view, levels="Left", differences="Right")
    return how_to_read(view, levels="Promises kept")


def _message(view: View, kept: Measured | None) -> str:
    """What a policy makes of promises and of the time until a case is resolved.

    Where the baseline promises nothing, nothing differs from it: how many are kept by those
    policies that promise something.
    """
    resolved = Told.of("time_to_resolution", view.measured("time_to_resolution"))
    if kept is None:
        return headline(view, [resolved], otherwise(view, resolved))
    promises = Told.of("promises_kept", kept.readings)
    if kept.is_compared(view):
        return headline(view, [promises, resolved], otherwise(view, promises))
    levels = {policy: one.level.mean for policy, one in kept.readings.items()}
    written = notation(levels.values(), kept.unit)
    known = sorted((level, policy) for policy, level in levels.items() if not math.isnan(level))
    shown = known if len(known) <= _FEW else [known[0], known[-1]]
    said = [f"{written.value(level)} with {view.called(policy)}" for level, policy in shown]
    quiet = joined(said) if len(known) <= _FEW else f"from {' to '.join(said)}"
    return headline(view, [resolved], f"Promises kept: {quiet}")


def _is_subject(readings: Readings) -> bool:
    """Whether promises are made under some policy, and some are broken or another makes none.

    A policy that promises nothing has no such number.
    """
    found = {one.level.mean for one in readings.values()}
    known = defined(found)
    return bool(known) and (known != {1.0} or len(known) < len(found))


def _takes_long(view: View) -> bool:
    """Whether the mean case of some policy takes longer than an hour."""
    times = view.measured("time_to_resolution")
    return any(one.level.mean > _LONG_S for one in times.values())


def _resolved(view: View) -> Mapping[str, Floats]:
    """Share of cases resolved within each edge, shape (replications, edges); empty if not known."""
    everybody = [one for found in view.summaries.values() for one in found]
    if not all(UNTIL_RESOLVED in one.waits for one in everybody):
        return {}
    return {
        policy: np.array([_within(one) for one in found])
        for policy, found in view.summaries.items()
    }


def _within(summary: Summary) -> Floats:
    cases = sum(summary.endings.get("all", {}).values())
    counts = np.cumsum(summary.waits[UNTIL_RESOLVED]).astype(np.float64)
    return counts / cases if cases else np.full(len(counts), np.nan)


def _draw_curves(
    page: sheets.Sheet, view: View, found: Mapping[str, Floats], top_in: float, key_height: float
) -> None:
    backlog = _backlog(view)
    waits = bool(backlog)
    room = page.height_in - page.head_in - page.foot_in
    grid = page.grid(
        1,
        2 if waits else 1,
        left_in=0.95,
        top_in=top_in + key_height + 0.35,
        bottom_in=room - top_in - key_height - 0.35 - _CURVES_IN,
        gap_in=(0.9, 0.0),
    )
    _draw_resolution(page.figure.add_subplot(grid[0, 0]), view, found)
    if waits:
        _draw_backlog(page.figure.add_subplot(grid[0, 1]), view, backlog)
    draw_key(view, page, view.policies, down_in=top_in)


def _backlog(view: View) -> dict[str, Floats]:
    """What waits in writing or was promised, by interval; empty where that is never one."""
    found = {p: means(view.experiment, ("all", ""), p)["backlog"] for p in view.policies}
    return found if any(np.nanmax(one) >= 1.0 for one in found.values()) else {}


def _draw_resolution(axes: Axes, view: View, found: Mapping[str, Floats]) -> None:
    levels = {policy: np.nanmean(one, axis=0)[:-1] for policy, one in found.items()}
    edges = WAIT_EDGES[1:-1]
    end = max(int(np.argmax(one >= one[-1] - _LATEST)) for one in levels.values())
    begin = min(int(np.argmax(one > _LATEST)) for one in levels.values())
    style.plain(axes, "y")
    for policy in (*view.others, view.baseline):
        axes.plot(
            edges[begin : end + 1],
            levels[policy][begin : end + 1],
            color=view.signs[policy].on_paper,
            linewidth=1.8,
            marker=view.signs[policy].marker,
            markevery=max((end - begin) // 5, 1),
            markersize=5,
            gid=mark("curve", policy),
        )
    axes.set_xscale("log")
    axes.set_ylim(0.0, 1.0)
    axes.set_xlim(float(edges[begin]), float(edges[max(end, begin + 1)]))
    _time_ticks(axes)
    unit_axis(axes.yaxis, "share", view.currency, 5)
    dots.head(axes, "Cases resolved within")


def _time_ticks(axes: Axes) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    named = {
        60.0: "1 min",
        300.0: "5 min",
        900.0: "15 min",
        3_600.0: "1 h",
        4 * 3_600.0: "4 h",
        DAY_S: "1 day",
        3 * DAY_S: "3 days",
        7 * DAY_S: "7 days",
    }
    low, high = axes.get_xlim()
    inch = style.width_in(axes) / math.log(high / low)
    there: dict[float, str] = {}
    end = -math.inf
    for at, name in named.items():
        middle, half = math.log(at / low) * inch, 0.5 * (_LETTER_IN * len(name) + _LETTER_IN)
        # A name that would lie on the one before is left out.
        if low <= at <= high and middle - half > end:
            there[at], end = name, middle + half
    axes.xaxis.set_major_locator(FixedLocator(list(there)))
    axes.xaxis.set_major_formatter(FixedFormatter(list(there.values())))
    axes.xaxis.set_minor_locator(NullLocator())


def _draw_backlog(axes: Axes, view: View, backlog: Mapping[str, Floats]) -> None:
    style.plain(axes, "y")
    length = view.experiment.scenario.targets.interval_min / (24.0 * 60.0)
    for policy in (*view.others, view.baseline):
        days = np.arange(1, len(backlog[policy]) + 1) * length
        axes.plot(
            days,
            backlog[policy],
            color=view.signs[policy].on_paper,
            linewidth=1.3,
            gid=mark("backlog", policy),
        )
    axes.set_ylim(bottom=0.0)
    axes.set_xlim(0.0, days[-1])
    day_axis(axes.xaxis)
    unit_axis(axes.yaxis, "count", view.currency, 5)
    dots.head(axes, "Open work")
