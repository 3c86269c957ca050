"""First-contact resolution: how many complaints and cases need no second contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import dots, sheets
from results.charts.dots import Measured
from results.charts.view import View
from results.charts.wording import Told, headline, how_to_read, is_open, otherwise

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = {"fcr_complaints": "Complaints", "fcr": "All cases"}
"""Measures by the heading of their panels."""


def draw(view: View) -> Figure | None:
    """A row for each policy; None where every case is resolved, or there is nothing to compare."""
    found = {
        name: Measured.of(view, name, title, "Resolved at first contact")
        for name, title in SHOWN.items()
    }
    found = {name: block for name, block in found.items() if is_open(block.readings)}
    if not found or not view.others:
        return None
    if all(_is_same(view, policy, name) for policy in view.others for name in found):
        return None
    told = [Told.of(name, block.readings) for name, block in found.items()]
    notes = [how_to_read(view, levels="Left", differences="Right"), *view.foot]
    message = headline(view, told, otherwise(view, told[0]))
    page = sheets.sheet(message, notes, dots.body_in(view, len(found)))
    dots.draw_blocks(page, view, list(found.values()))
    return page.figure


def _is_same(view: View, policy: str, name: str) -> bool:
    """Whether a policy is known to leave a measure practically as it is."""
    claim = view.comparison.claims.get((policy, name))
    return claim is not None and claim.outcome == "same"
