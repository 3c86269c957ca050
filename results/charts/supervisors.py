"""Approvals against coaching: what approvers have no time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import dots, sheets
from results.charts.dots import Measured
from results.charts.view import View
from results.charts.wording import Told, headline, how_to_read, is_open, otherwise
from results.reading.changes import Subject
from results.reading.names import group_title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ASKED, DONE = "approvals_per_complaint", "coaching_done"


def draw(view: View) -> Figure | None:
    """A row for each policy; None where nobody asks, or nobody has work of their own."""
    asked = Measured.of(view, ASKED, "Approvals asked", "Requests per complaint")
    done = Measured.of(view, DONE, "Coaching and own work", "Share done of what was planned")
    if not (is_open(asked.readings) and is_open(done.readings) and view.others):
        return None
    subject = Subject(f"coaching and own work that {_whose(view)} get to")
    told = [
        Told(done.readings, subject, done.unit, "higher", DONE),
        Told.of(ASKED, asked.readings),
    ]
    notes = [how_to_read(view, levels="Left", differences="Right"), *view.foot]
    message = headline(view, told, otherwise(view, told[0]))
    page = sheets.sheet(message, notes, dots.body_in(view, 2))
    dots.draw_blocks(page, view, [done, asked])
    return page.figure


def _whose(view: View) -> str:
    """Who has work of their own, by title when it is one group."""
    scenario = view.experiment.scenario
    owners = [group_title(scenario, name) for name, one in scenario.groups.items() if one.own_work]
    return owners[0].lower() if len(owners) == 1 else "the coaches"
