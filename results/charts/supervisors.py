"""Approvals against coaching: what approvers have no time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.view import Readings, View
from results.charts.wording import how_to_read, is_open, sent_off_first, strongest
from results.measures.registry import MEASURES
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ASKED, DONE = "approvals_per_complaint", "coaching_done"


def draw(view: View) -> Figure | None:
    """A row for each policy; None where nobody asks, or nobody has work of their own."""
    asked, done = view.measured(ASKED), view.measured(DONE)
    if not (is_open(asked) and is_open(done)):
        return None
    notes = [how_to_read(view, "the dashed line"), *view.foot]
    body = 1.0 + dots.ROW_IN * len(view.policies)
    page = style.sheet(_message(view, done), notes, body)
    grid = dots.columns(page, 2)
    for column, (name, readings, title, label) in enumerate(
        (
            (ASKED, asked, "Approvals asked", "Requests per complaint"),
            (DONE, done, "Coaching and own work", "Share done of what was planned"),
        )
    ):
        axes = page.figure.add_subplot(grid[0, column])
        dots.draw_rows(axes, view, readings, MEASURES[name].unit, title)
        axes.set_xlabel(label, color=style.INK)
        axes.tick_params(labelleft=column == 0)
    return page.figure


def _message(view: View, done: Readings) -> str:
    whose = _whose(view)
    policy, base = strongest(done), view.baseline
    before = f"{words.share(done[base].level.mean)} of the coaching planned under {base}"
    if policy is None:
        return f"{whose} get to {before}"
    after = words.share(done[policy].level.mean)
    return sent_off_first(view, policy, f"{whose} get to {before}, to {after} under {policy}")


def _whose(view: View) -> str:
    """Who has work of their own, by title when it is one group."""
    groups = view.experiment.scenario.groups
    owners = [group.title or name for name, group in groups.items() if group.own_work]
    return owners[0] if len(owners) == 1 else "Those who coach"
