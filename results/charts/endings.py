"""How complaints end: decided on the spot, on asking, later, or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.bars import Piece, key, stack
from results.charts.scales import unit_axis
from results.charts.view import Reading, Readings, View
from results.charts.wording import share, strongest
from results.facts.endings import ENDINGS
from results.reading import format as words
from results.reading.endings import endings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS: Mapping[str, str] = {
    "self_served": "#CFE3F1",
    "alone": style.BLUE,
    "colleague": style.SKY,
    "approved": style.GREEN,
    "transferred": "#A5DCC9",
    "promise_kept": style.PURPLE,
    "promise_broken": "#7A3B60",
    "declined": style.ORANGE,
    "hung_up": "#8A3324",
    "given_up": style.VERMILLION,
    "open": "#B5B5B5",
}
"""At first contact blue and green, later purple, never orange and red, open grey.

Neighbours differ in lightness as well, for a print in grey.
"""


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy, of complaints or of all cases where none complains."""
    found = endings(view.experiment)
    if found is None:
        return None
    shares = {ending: view.readings(values) for ending, values in found.values.items()}
    columns = 3
    room = 0.15 + 0.24 * math.ceil(len(found.named) / columns)
    body = room + 0.6 + 0.62 * len(view.policies)
    page = style.sheet(_message(view, shares, found.noun), [_note(view), view.source], body)
    grid = page.grid(left_in=dots.NAMES_IN, right_in=0.35, top_in=room, bottom_in=0.5)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes)
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, 1.0)
    inch = 1.0 / (page.width_in - dots.NAMES_IN - 0.35)
    for row, policy in enumerate(view.policies):
        stack(axes, row, [_piece(e, one[policy]) for e, one in shares.items()], inch)
    key(page, [(ENDINGS[ending].capitalize(), COLOURS[ending]) for ending in found.named], columns)
    unit_axis(axes.xaxis, "share", view.currency, 5)
    axes.set_xlabel(f"Share of {found.noun}", color=style.INK)
    return page.figure


def _piece(ending: str, reading: Reading) -> Piece:
    level = reading.level
    margin = "" if math.isnan(level.half_width) else words.margin(level.half_width, "share")
    return Piece(ending, level.mean, COLOURS[ending], words.share(level.mean), margin)


def _note(view: View) -> str:
    if not view.has_intervals:
        return "One replication: there are no intervals, and differences may be chance."
    return f"± is the {view.level_name} interval of a share, in points."


def _message(view: View, shares: Mapping[str, Readings], noun: str) -> str:
    """The way of ending that a policy clearly changes most."""
    base = view.baseline
    moved = {ending: policy for ending, found in shares.items() if (policy := strongest(found))}
    if not moved:
        return f"How {noun} end" + (
            ": no clear difference" if view.others and view.has_intervals else f" under {base}"
        )

    def size(ending: str) -> float:
        shift = shares[ending][moved[ending]].shift
        return abs(shift.mean) if shift else 0.0

    ending = max(moved, key=size)
    found, policy = shares[ending], moved[ending]
    return (
        f"{share(found[base].level.mean)} of {noun} are {ENDINGS[ending]} under {base}, "
        f"{share(found[policy].level.mean)} under {policy}"
    )
