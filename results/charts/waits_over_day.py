"""Waits over the day: when customers wait, and where a policy helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import over_day
from results.charts.over_day import OverDay
from results.charts.view import View
from results.comparison.estimate import across
from results.reading.changes import Subject
from results.reading.day import waits

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(view: View) -> Figure | None:
    """Mean wait by time of day under each policy; None where nobody waits on a line."""
    drawn = OverDay(
        name="Mean wait of those answered",
        time="Time of day at which customers call",
        values=waits(view.experiment),
        of_whole_days=lambda policy: across(view.summaries[policy], "asa"),
        at_the_peak=lambda span: Subject(f"the mean wait from {span}, the longest of the day,"),
        unit="s",
        measure="asa",
        alone="Mean wait by time of day in a single replication",
    )
    return over_day.draw(view, drawn)
