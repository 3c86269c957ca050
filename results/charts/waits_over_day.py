"""Waits over the day: when customers wait, and where a policy helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, style
from results.charts.scales import clock_axis, unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, otherwise
from results.comparison.estimate import across, adjusted, estimate
from results.reading.changes import Subject
from results.reading.day import day_words, interval_s, open_hours, waits
from scenarios.parts.clock import clock_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(view: View) -> Figure | None:
    """Mean wait by time of day under each policy; None where nobody waits on a line."""
    whole = waits(view.experiment)
    hours = open_hours(whole.values())
    if hours.start == hours.stop:
        return None
    open_ = {policy: found[:, hours] for policy, found in whole.items()}
    columns = panels.columns_of(view, open_)
    length = interval_s(view.experiment.scenario)
    begins = np.arange(hours.start, hours.stop) * length
    notes = [panels.how_to_read(view), *view.foot]
    page = style.sheet(_message(view, open_, columns, begins), notes, panels.body_in(view))
    curves = panels.curves_of(view, columns, open_)
    drawn = panels.draw_panels(view, page, begins + length / 2.0, curves)
    for axes in drawn.values():
        axes.set_xlim(begins[0], begins[-1] + length)
        axes.set_ylim(0.0, panels.tallest(curves))
        clock_axis(axes.xaxis, panels.ticks(view))
        unit_axis(axes.yaxis, "s", view.currency, ticks=5)
    days = day_words(view.experiment.scenario)
    panels.label(page, f"Time of day at which customers call{days}", "Mean wait of those answered")
    return page.figure


def _message(
    view: View, over_day: Mapping[str, Floats], columns: Sequence[Readings], begins: Floats
) -> str:
    """The time of the longest waits under the baseline, and what a policy makes of them."""
    if not view.has_intervals:
        return "Mean wait by time of day in a single replication"
    peak = int(np.nanargmax([column[view.baseline].level.mean for column in columns]))
    # The longest of many waits is always longer than the mean of the day; it is reported when that
    # holds beyond chance, with as many chances as there are intervals.
    beyond = over_day[view.baseline][:, peak] - across(view.summaries[view.baseline], "asa")
    if estimate(beyond, adjusted(view.confidence, len(columns))).excludes_zero:
        first = float(begins[peak])
        span = f"{clock_text(first)} to {clock_text(first + interval_s(view.experiment.scenario))}"
        subject = Subject(f"the mean wait from {span}, the longest of the day,")
        told = Told(columns[peak], subject, "s", "lower")
    else:
        told = Told.of("asa", view.measured("asa"))
    return headline(view, [told], otherwise(view, told))
