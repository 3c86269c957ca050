"""First-contact resolution: how many complaints and cases need no second contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.view import Reading, Readings, View
from results.charts.wording import best, how_to_read, is_open, joined, sent_off_first
from results.measures.registry import MEASURES
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = {"fcr_complaints": "Complaints", "fcr": "All cases"}
"""Measures by the heading of their panel."""


def draw(view: View) -> Figure | None:
    """A row for each policy; None where every case is resolved at first contact."""
    found = {name: view.measured(name) for name in SHOWN}
    found = {name: readings for name, readings in found.items() if is_open(readings)}
    if not found:
        return None
    notes = [how_to_read(view, "the dashed line"), *view.foot]
    body = 1.0 + dots.ROW_IN * len(view.policies)
    page = style.sheet(_message(view, found), notes, body)
    grid = dots.columns(page, len(found))
    for column, (name, readings) in enumerate(found.items()):
        axes = page.figure.add_subplot(grid[0, column])
        dots.draw_rows(axes, view, readings, MEASURES[name].unit, SHOWN[name])
        axes.set_xlabel("Resolved at first contact", color=style.INK)
        axes.tick_params(labelleft=column == 0)
    return page.figure


def _message(view: View, found: dict[str, Readings]) -> str:
    policy = best([(readings, MEASURES[name].better) for name, readings in found.items()])
    if policy is not None:
        clear = [name for name in found if found[name][policy].clear]
        moved = joined(_moved(name, found[name][policy], view) for name in clear)
        said = f"Under {policy}, {moved} are resolved at first contact than under {view.baseline}"
        return sent_off_first(view, policy, said)
    if view.others and view.has_intervals:
        return f"No policy clearly changes what {view.baseline} resolves at first contact"
    name, readings = next(iter(found.items()))
    share = words.share(readings[view.baseline].level.mean)
    return f"{SHOWN[name]} resolved at first contact: {share} under {view.baseline}"


def _moved(name: str, reading: Reading, view: View) -> str:
    """How many more or fewer complaints, or cases of all kinds."""
    assert reading.shift is not None, "only the baseline has no difference from it"
    moved = reading.shift.mean
    size = words.size(moved, MEASURES[name].unit, view.currency)
    whose = "complaints" if name == "fcr_complaints" else "of all cases"
    return f"{size} {'more' if moved > 0.0 else 'fewer'} {whose}"
