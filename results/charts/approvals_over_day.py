"""Approvals over the day: how many questions wait for somebody to decide, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, style
from results.charts.scales import clock_axis, unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, otherwise
from results.comparison.estimate import adjusted, estimate
from results.reading.changes import Subject
from results.reading.day import approvals_waiting, day_words, interval_s, open_hours
from scenarios.parts.clock import clock_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(view: View) -> Figure | None:
    """Questions that wait, by time of day under each policy; None where nobody asks."""
    whole = approvals_waiting(view.experiment)
    if not any(np.nanmax(found, initial=0.0) > 0.0 for found in whole.values()):
        return None
    hours = open_hours(whole.values())
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
        unit_axis(axes.yaxis, "count", view.currency, ticks=5)
    days = day_words(view.experiment.scenario)
    panels.label(page, f"Time of day{days}", "Questions that wait for a decision")
    return page.figure


def _message(
    view: View, over_day: Mapping[str, Floats], columns: Sequence[Readings], begins: Floats
) -> str:
    """When most questions wait under the baseline, and what a policy makes of them."""
    if not view.has_intervals:
        return "Questions that wait for a decision by time of day, in a single replication"
    peak = int(np.nanargmax([column[view.baseline].level.mean for column in columns]))
    # The most of many intervals is always more than the mean of the day; it is reported when that
    # holds beyond chance, with as many chances as there are intervals.
    found = over_day[view.baseline]
    beyond = found[:, peak] - np.nanmean(found, axis=1)
    if estimate(beyond, adjusted(view.confidence, len(columns))).excludes_zero:
        first = float(begins[peak])
        span = f"{clock_text(first)} to {clock_text(first + interval_s(view.experiment.scenario))}"
        subject = Subject(
            f"the questions that wait for a decision from {span}, the most of the day,", plural=True
        )
        told = Told(columns[peak], subject, "count", "lower")
    else:
        told = Told.of("approval_wait", view.measured("approval_wait"))
    return headline(view, [told], otherwise(view, told))
