"""Approvals over the day: how many questions wait for somebody to decide while customers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from results.charts import over_day
from results.charts.over_day import OverDay
from results.charts.view import View
from results.reading.changes import Subject
from results.reading.day import approvals_waiting

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(view: View) -> Figure | None:
    """Questions that wait, by time of day under each policy; None where none ever does."""
    waiting = approvals_waiting(view.experiment)
    if not any(np.nanmax(found, initial=0.0) > 0.0 for found in waiting.values()):
        return None
    drawn = OverDay(
        name="Questions that wait while customers hold",
        time="Time of day",
        values=waiting,
        of_whole_days=lambda policy: np.nanmean(waiting[policy], axis=1),
        at_the_peak=lambda span: Subject(
            f"the questions that wait while customers hold from {span}, the most of the day,",
            plural=True,
        ),
        unit="count",
        measure="approval_wait",
        alone="Questions that wait while customers hold, by time of day, in a single replication",
    )
    return over_day.draw(view, drawn)
