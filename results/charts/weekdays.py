"""Weekdays: on which day of the week, at which time, too few are answered in time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from results.charts import sheets, style
from results.charts.occupancy import shades
from results.charts.scales import clock_axis
from results.charts.view import Floats, View
from results.charts.wording import Told, headline, otherwise
from results.reading import format as words
from results.reading.changes import Subject
from results.reading.day import interval_s
from scenarios.parts.clock import DAY_S, WEEKDAYS, clock_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW_IN, _HEAD_IN, _NUMBER_IN = 0.28, 0.45, 0.2
_LEAST = 5
"""Weekdays on which it is open, or the picture says no more than that of the day."""


def draw(view: View) -> Figure | None:
    """A block for today and one for the policy of the verdict; None without a week of calls."""
    cells = {policy: _cells(view, policy) for policy in _shown(view)}
    known = {policy: means for policy, found in cells.items() for means in [_means(found)]}
    busy = np.any([~np.isnan(one) for one in known.values()], axis=0)
    rows, columns = np.flatnonzero(busy.any(axis=1)), np.flatnonzero(busy.any(axis=0))
    if len(rows) < _LEAST:
        return None
    hours = slice(int(columns[0]), int(columns[-1]) + 1)
    target = view.experiment.scenario.targets.answer_within_s
    block = _HEAD_IN + _ROW_IN * len(rows)
    note = (
        f"Cells: answered within {words.duration(target)}, in % of those offered on voice and "
        "chat, all weeks together; the darker, the fewer."
    )
    body = block * len(known) + 0.5
    page = sheets.sheet(_message(view, hours, target), [note, *view.foot], body)
    grid = page.grid(
        len(known), left_in=1.15, top_in=_HEAD_IN, bottom_in=0.5, gap_in=(0.0, _HEAD_IN)
    )
    for number, (policy, means) in enumerate(known.items()):
        axes = page.figure.add_subplot(grid[number, 0])
        _draw_block(axes, view, policy, means[rows][:, hours], rows, hours)
        axes.tick_params(labelbottom=number == len(known) - 1)
    axes.set_xlabel("Time of day", color=style.INK)
    return page.figure


def _shown(view: View) -> list[str]:
    return [view.baseline, *([view.hero.policies[0]] if view.hero else [])]


def _cells(view: View, policy: str) -> Floats:
    """Share answered in time, shape (replications, weekdays, intervals of a day); NaN of nobody."""
    scenario = view.experiment.scenario
    per_day = math.ceil(DAY_S / interval_s(scenario))
    first = WEEKDAYS.index(scenario.horizon.weekday(0))
    found = []
    for summary in view.summaries[policy]:
        size = 7 * per_day
        good, asked = np.zeros(size), np.zeros(size)
        for name in ("voice", "chat"):
            table = summary.intervals.get(("channel", name))
            if table is None:
                continue
            place = (np.arange(len(table["offered"])) + first * per_day) % size
            level = table["service_level"].astype(np.float64)
            offered = np.where(np.isnan(level), 0.0, table["offered"].astype(np.float64))
            good += np.bincount(place, np.nan_to_num(level) * offered, size)
            asked += np.bincount(place, offered, size)
        shares = np.divide(good, asked, out=np.full(size, np.nan), where=asked > 0)
        found.append(shares.reshape(7, per_day))
    return np.array(found)


def _means(found: Floats) -> Floats:
    known = ~np.isnan(found)
    count = known.sum(axis=0)
    total = np.where(known, found, 0.0).sum(axis=0)
    means: Floats = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    return means


def _draw_block(
    axes: Axes, view: View, policy: str, cells: Floats, rows: NDArray[np.intp], hours: slice
) -> None:
    from matplotlib.colors import to_hex

    length = interval_s(view.experiment.scenario)
    edges = np.arange(hours.start, hours.stop + 1) * length
    style.plain(axes)
    colours = shades()
    axes.pcolormesh(
        edges,
        np.arange(len(cells) + 1) - 0.5,
        np.ma.masked_invalid(1.0 - cells),
        cmap=colours,
        vmin=0.0,
        vmax=1.0,
        edgecolor="white",
        linewidth=0.6,
        gid="weekdays",
    )
    axes.set_ylim(len(cells) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [WEEKDAYS[int(row)].capitalize() for row in rows])
    axes.set_xlim(edges[0], edges[-1])
    clock_axis(axes.xaxis, 9)
    style.heading(axes, style.wrapped(view.titles[policy], 80, 1))
    if axes.get_position().width * 10.0 / cells.shape[1] < _NUMBER_IN:
        return
    for row, column in np.argwhere(~np.isnan(cells)):
        share = float(cells[row, column])
        axes.text(
            float(edges[column] + length / 2.0),
            float(row),
            f"{100.0 * share:.0f}",
            size=7.0 if share < 0.995 else 5.8,
            color=style.on_colour(to_hex(colours(1.0 - share))),
            ha="center",
            va="center_baseline",
        )


def _message(view: View, hours: slice, target: float) -> str:
    """The worst half hour of the week under the baseline, and what a policy makes of it."""
    cells = {policy: _cells(view, policy) for policy in view.policies}
    means = _means(cells[view.baseline])
    inside = np.full(means.shape, np.inf)
    inside[:, hours] = np.where(np.isnan(means[:, hours]), np.inf, means[:, hours])
    day, at = np.unravel_index(int(np.argmin(inside)), inside.shape)
    length = interval_s(view.experiment.scenario)
    begin = float(at) * length
    when = f"{WEEKDAYS[int(day)].capitalize()}, {clock_text(begin)} to {clock_text(begin + length)}"
    readings = view.readings({policy: found[:, day, at] for policy, found in cells.items()})
    noun = f"customers answered within {words.duration(target)} on {when}, the worst of the week,"
    told = Told(readings, Subject(noun, plural=True), "share", "higher")
    return headline(view, [told], otherwise(view, told))
