"""A number over the day under each policy: when it is highest, and where a policy helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, sheets
from results.charts.scales import clock_axis, unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, otherwise
from results.comparison.estimate import adjusted, estimate
from results.measures.registry import MEASURES
from results.reading.changes import Subject
from results.reading.day import day_words, interval_s, open_hours
from scenarios.parts.clock import clock_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class OverDay:
    """What is drawn."""

    name: str
    """Of the number, at the upward axis."""
    time: str
    """What is laid along the lower axis."""
    values: Mapping[str, Floats]
    """By policy, shape (replications, intervals of a day)."""
    of_whole_days: Callable[[str], Floats]
    """The same number of each replication of a policy over whole days."""
    at_the_peak: Callable[[str], Subject]
    """What rises or falls, for a stretch of time such as "10:00 to 10:30"."""
    unit: str
    measure: str
    """Of the whole time: spoken of where no time of day stands out."""
    alone: str
    """The message about a single replication."""


def draw(view: View, drawn: OverDay) -> Figure | None:
    """A panel for each policy, with the baseline; None where nothing happens at any time."""
    hours = open_hours(drawn.values.values())
    if hours.start == hours.stop:
        return None
    open_ = {policy: found[:, hours] for policy, found in drawn.values.items()}
    columns = panels.columns_of(view, open_)
    length = interval_s(view.experiment.scenario)
    begins = np.arange(hours.start, hours.stop) * length
    notes = [panels.how_to_read(view), *view.foot]
    message = _message(view, drawn, open_, columns, begins)
    page = sheets.sheet(message, notes, panels.body_in(view))
    curves = panels.curves_of(view, columns, open_)
    for axes in panels.draw_panels(view, page, begins + length / 2.0, curves).values():
        axes.set_xlim(begins[0], begins[-1] + length)
        axes.set_ylim(0.0, panels.tallest(curves))
        clock_axis(axes.xaxis, panels.ticks(view))
        unit_axis(axes.yaxis, drawn.unit, view.currency, ticks=5)
    panels.label(page, f"{drawn.time}{day_words(view.experiment.scenario)}", drawn.name)
    return page.figure


def _message(
    view: View,
    drawn: OverDay,
    open_: Mapping[str, Floats],
    columns: Sequence[Readings],
    begins: Floats,
) -> str:
    """The highest time of day under the baseline, and what a policy makes of it."""
    if not view.has_intervals:
        return drawn.alone
    # Where there is nothing under the baseline it is the highest time of the policies.
    levels = {policy: [column[policy].level.mean for column in columns] for policy in open_}
    there = {policy: float(np.nanmax(found)) for policy, found in levels.items()}
    whose = view.baseline if there[view.baseline] > 0.0 else max(there, key=lambda one: there[one])
    peak = int(np.nanargmax(levels[whose]))
    # The highest of many intervals is always above the mean of the day; it is reported when that
    # holds beyond chance, with as many chances as there are intervals.
    beyond = open_[whose][:, peak] - drawn.of_whole_days(whose)
    if estimate(beyond, adjusted(view.confidence, len(columns))).excludes_zero:
        first = float(begins[peak])
        span = f"{clock_text(first)} to {clock_text(first + interval_s(view.experiment.scenario))}"
        better = MEASURES[drawn.measure].better
        told = Told(columns[peak], drawn.at_the_peak(span), drawn.unit, better)
    else:
        told = Told.of(drawn.measure, view.measured(drawn.measure))
    return headline(view, [told], otherwise(view, told))
