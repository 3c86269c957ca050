"""Occupancy over the day: which group is how busy, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from results.charts import dots, sheets, style
from results.charts.dots import Measured, said_level
from results.charts.scales import clock_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, unmoved
from results.reading.changes import Subject
from results.reading.day import (
    any_defined,
    day_words,
    interval_s,
    means_of,
    occupancy,
    open_hours,
)
from results.reading.listing import joined
from results.reading.names import group_title
from results.reading.notation import notation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

_ROW_IN, _LINES_IN = 0.3, 0.38
"""Height of a row, and of one whose names take two lines."""
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
    row_in = _LINES_IN if any("\n" in name for name in dots.row_names(view, 2)) else _ROW_IN
    block = _HEAD_IN + row_in * len(view.policies)
    notes = [_note(view), *view.foot]
    page = sheets.sheet(_message(view, whole), notes, block * len(days) + 0.55)
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
        title = group_title(view.experiment.scenario, name)
        _draw_block(axes, view, {policy: d[:, hours] for policy, d in day.items()}, hours)
        dots.head(axes, title)
        shares = Measured(title, whole[name], "share", "")
        for row, policy in enumerate(view.policies):
            written, _ = dots.notations(view, shares)
            dots.write_beside(axes, row, said_level(shares, policy, written))
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
        cmap=shades(),
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


def shades() -> Colormap:
    """White to dark blue: read by lightness alone."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("busy", ["#F4F8FB", "#8FC1DE", "#0072B2", "#00304D"])


def _write_numbers(axes: Axes, cells: Floats, middles: Floats) -> None:
    from matplotlib.colors import to_hex

    colours = shades()
    for row, column in np.argwhere(~np.isnan(cells)):
        busy = float(cells[row, column])
        axes.text(
            float(middles[column]),
            float(row),
            f"{100.0 * busy:.0f}",
            # Three digits need smaller letters to stay in their cell.
            size=7.0 if busy < 0.995 else 5.8,
            color=style.on_colour(to_hex(colours(busy))),
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
    """The group whose occupancy the policy of the verdict moves most, or how busy they all are."""
    hero = view.hero

    def moved(found: Readings) -> float:
        policies = hero.policies[:1] if hero else view.others
        shifts = [found[policy].shift for policy in policies]
        return max((abs(one.mean) for one in shifts if one and one.n), default=0.0)

    told = {
        name: Told(found, Subject(f"the time that {_who(view, name)}"), "share")
        for name, found in whole.items()
    }
    for name in sorted(whole, key=lambda name: moved(whole[name]), reverse=True):
        if said := headline(view, [told[name]], ""):
            return said
    base = {name: found[view.baseline].level.mean for name, found in whole.items()}
    said = joined(
        f"{_who(view, name)} {notation((busy,), 'share').value(busy)} of the time"
        for name, busy in base.items()
        if not np.isnan(busy)
    )
    said = said[:1].upper() + said[1:]
    clear = view.others and view.has_intervals
    return f"{said}; {unmoved(view, [*told.values()])}" if clear else said


def _who(view: View, group: str) -> str:
    """A group and what it is busy with: time for own work is not idle time."""
    title = group_title(view.experiment.scenario, group)
    title = title[:1].lower() + title[1:]
    verb = "are" if title.endswith("s") else "is"
    return f"{title} {verb} busy{' with requests' if _own_work(view, group) else ''}"
