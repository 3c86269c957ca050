"""How complaints end: decided on the spot, on asking, later, or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from results.charts import dots, sheets, style
from results.charts.bars import Piece, Shade, key, shades, stack
from results.charts.scales import unit_axis
from results.charts.view import Reading, Readings, View
from results.charts.wording import Told, headline, unmoved
from results.facts.endings import ENDINGS
from results.reading import format as words
from results.reading.changes import Subject
from results.reading.endings import endings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACCENT = "alone"
"""What a manager looks for first: settled on the spot."""
_GOOD = ("self_served", "alone", "colleague", "approved", "promise_kept")
_BAD = ("promise_broken", "hung_up", "given_up", "open")


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy, of complaints or of all cases where none complains."""
    found = endings(view.experiment)
    if found is None:
        return None
    shares = {ending: view.readings(values) for ending, values in found.values.items()}
    named = shades(found.named, ACCENT)
    columns = 3
    room = 0.15 + 0.24 * math.ceil(len(named) / columns)
    body = room + 0.6 + 0.62 * len(view.policies)
    message = _message(view, {ending: shares[ending] for ending in named}, found.noun)
    page = sheets.sheet(message, [_note(view), view.source], body)
    grid = page.grid(left_in=dots.NAMES_IN, right_in=0.35, top_in=room, bottom_in=0.5)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes)
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, 1.0)
    inch = 1.0 / (page.width_in - dots.NAMES_IN - 0.35)
    nothing = Shade("#D2D2D2")
    for row, policy in enumerate(view.policies):
        pieces = [_piece(e, one[policy], named.get(e, nothing)) for e, one in shares.items()]
        stack(axes, row, pieces, inch)
    key(page, [(ENDINGS[one].capitalize(), shade) for one, shade in named.items()], columns)
    unit_axis(axes.xaxis, "share", view.currency, 5)
    axes.set_xlabel(f"Share of {found.noun}", color=style.INK)
    return page.figure


def _piece(ending: str, reading: Reading, shade: Shade) -> Piece:
    level = reading.level
    margin = "" if math.isnan(level.half_width) else words.margin(level.half_width, "share")
    if words.is_nothing(margin):
        margin = ""
    return Piece(ending, level.mean, shade, words.share(level.mean), margin)


def _note(view: View) -> str:
    if not view.has_intervals:
        return "One replication: there are no intervals, and differences may be chance."
    return f"± is the {view.level_name} interval of a share, in points."


def _message(view: View, shares: Mapping[str, Readings], noun: str) -> str:
    """The way of ending that the policy of the verdict changes most, of those that are drawn."""
    told = [
        Told(found, Subject(f"{noun} {ENDINGS[ending]}", plural=True), "share", _better(ending))
        for ending, found in shares.items()
    ]
    hero = view.hero

    def moved(one: Told) -> float:
        policies = hero.policies[:1] if hero else view.others
        shifts = [one.readings[policy].shift for policy in policies]
        return max((abs(shift.mean) for shift in shifts if shift), default=0.0)

    for one in sorted(told, key=moved, reverse=True):
        if said := headline(view, [one], ""):
            return said
    if view.others and view.has_intervals:
        return f"How {noun} end: {unmoved(view, told)}"
    return f"How {noun} end with {view.called(view.baseline)}"


def _better(ending: str) -> Literal["lower", "higher"] | None:
    return "higher" if ending in _GOOD else "lower" if ending in _BAD else None
