"""Occupancy over the day: which group is how busy, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from results.charts import dots, style
from results.charts.scales import clock_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import strongest
from results.reading import format as words
from results.reading.day import (
    any_defined,
    day_words,
    interval_s,
    means_of,
    occupancy,
    open_hours,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

_ROW_IN = 0.3
_HEAD_IN = 0.42
"""Room for the name of a group above its rows."""
_NUMBER_IN = 0.19
"""Width that a number needs in its cell."""
_VALUES_IN = 1.35

OWN_WORK = " Own work such as coaching is done while nobody asks, and does not count as busy."


def draw(view: View) -> Figure | None:
    """A block for each group with a row for each policy; None where nobody works."""
    groups = view.experiment.scenario.groups
    days = {name: occupancy(view.experiment, name) for name in groups}
    days = {name: day for name, day in days.items() if any_defined(day.values())}
    if not days:
        return None
    whole = {name: view.measured("occupancy", ("group", name)) for name in days}
    hours = open_hours(found for day in days.values() for found in day.values())
    block = _HEAD_IN + _ROW_IN * len(view.policies)
    notes = [_note(view), *view.foot]
    page = style.sheet(_message(view, whole), notes, block * len(days) + 0.55)
    grid = page.grid(
        len(days),
        left_in=dots.NAMES_IN,
        right_in=_VALUES_IN,
        top_in=_HEAD_IN,
        bottom_in=0.55,
        gap_in=(0.0, _HEAD_IN),
    )
    for number, (name, day) in enumerate(days.items()):
        axes = page.figure.add_subplot(grid[number, 0])
        title = groups[name].title or name
        _draw_block(axes, view, {policy: d[:, hours] for policy, d in day.items()}, hours)
        dots.head(axes, title)
        for row, reading in enumerate(whole[name].values()):
            dots.write_beside(axes, row, dots.said(reading.level, "share", view))
        axes.tick_params(labelbottom=number == len(days) - 1)
    axes.set_xlabel(f"Time of day{day_words(view.experiment.scenario)}", color=style.INK)
    return page.figure


def _draw_block(axes: Axes, view: View, day: Mapping[str, Floats], hours: slice) -> None:
    """Draw a row of cells for each policy: the darker, the busier."""
    length = interval_s(view.experiment.scenario)
    edges = np.arange(hours.start, hours.stop + 1) * length
    cells = np.array([means_of(found) for found in day.values()])
    style.plain(axes)
    axes.pcolormesh(
        edges,
        np.arange(len(cells) + 1) - 0.5,
        np.ma.masked_invalid(cells),
        cmap=_shades(),
        vmin=0.0,
        vmax=1.0,
        edgecolor="white",
        linewidth=0.6,
        rasterized=False,
        gid="occupancy",
    )
    dots.name_rows(axes, view, lines=2)
    axes.set_xlim(edges[0], edges[-1])
    clock_axis(axes.xaxis, 9)
    if axes.get_position().width * 10.0 / cells.shape[1] >= _NUMBER_IN:
        _write_numbers(axes, cells, edges[:-1] + length / 2.0)


def _shades() -> Colormap:
    """White to dark blue: read by lightness alone."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("busy", ["#F4F8FB", "#8FC1DE", "#0072B2", "#00304D"])


def _write_numbers(axes: Axes, cells: Floats, middles: Floats) -> None:
    from matplotlib.colors import to_hex

    shades = _shades()
    for row, column in np.argwhere(~np.isnan(cells)):
        busy = float(cells[row, column])
        axes.text(
            float(middles[column]),
            float(row),
            f"{100.0 * busy:.0f}",
            # Three digits need smaller letters to stay in their cell.
            size=7.0 if busy < 0.995 else 5.8,
            color=style.on_colour(to_hex(shades(busy))),
            ha="center",
            va="center_baseline",
        )


def _note(view: View) -> str:
    intervals = f", with {view.level_name} intervals" if view.has_intervals else ""
    return (
        "Cells: occupancy in %, which is (talk + hold + wrap-up) / (the same + ready), time for "
        "colleagues included; the darker, the busier, darkest at 100 %. "
        f"To the right: of the whole time{intervals}."
        f"{OWN_WORK if _own_work(view, *view.experiment.scenario.groups) else ''}"
    )


def _own_work(view: View, *groups: str) -> bool:
    """Whether one of the groups has work of its own, which it does while nobody asks."""
    everybody = view.experiment.scenario.groups
    return any(everybody[name].own_work is not None for name in groups)


def _message(view: View, whole: Mapping[str, Readings]) -> str:
    """The group whose occupancy a policy clearly moves most, or the busiest one."""
    base = view.baseline
    moved = {name: policy for name, found in whole.items() if (policy := strongest(found))}
    if not moved:
        # A group that only a policy brings in has no occupancy under the baseline.
        name = max(whole, key=lambda name: np.nan_to_num(whole[name][base].level.mean, nan=-1.0))
        busy = words.share(whole[name][base].level.mean)
        return f"{_who(view, name)} {busy} of the time under {base}"

    def size(name: str) -> float:
        shift = whole[name][moved[name]].shift
        return abs(shift.mean) if shift else 0.0

    name = max(moved, key=size)
    before, after = (whole[name][policy].level.mean for policy in (base, moved[name]))
    return (
        f"{_who(view, name)} {words.share(before)} of the time under {base}, "
        f"{words.share(after)} under {moved[name]}"
    )


def _who(view: View, group: str) -> str:
    """A group and what it is busy with: time for own work is not idle time."""
    title = view.experiment.scenario.groups[group].title or group
    return f"{title}: busy with requests" if _own_work(view, group) else f"{title}: busy"
