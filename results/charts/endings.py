"""How complaints end: decided on the spot, on asking, later, or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.bars import Piece, is_seen, key, stack
from results.charts.scales import unit_axis
from results.charts.view import Reading, Readings, View
from results.charts.wording import share, strongest
from results.facts.endings import ENDINGS
from results.measures.summary import Summary
from results.reading import format as words

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
    "given_up": style.VERMILLION,
    "open": "#B5B5B5",
}
"""At first contact blue and green, later purple, never orange and red, open grey.

Neighbours differ in lightness as well, for a print in grey.
"""


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy, of complaints or of all cases where none complains."""
    cases_of = _cases_of(view)
    shares = {ending: view.gathered(partial(_share, cases_of, ending)) for ending in ENDINGS}
    if any(math.isnan(reading.level.mean) for reading in shares["open"].values()):
        return None
    named = [ending for ending, found in shares.items() if is_seen(found, 1.0)]
    columns = 3
    room = 0.15 + 0.24 * math.ceil(len(named) / columns)
    body = room + 0.6 + 0.62 * len(view.policies)
    page = style.sheet(_message(view, shares, cases_of), [_note(view), view.source], body)
    grid = page.grid(left_in=dots.NAMES_IN, right_in=0.35, top_in=room, bottom_in=0.5)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes)
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, 1.0)
    inch = 1.0 / (page.width_in - dots.NAMES_IN - 0.35)
    for row, policy in enumerate(view.policies):
        stack(axes, row, [_piece(e, found[policy]) for e, found in shares.items()], inch)
    key(page, [(ENDINGS[ending].capitalize(), COLOURS[ending]) for ending in named], columns)
    unit_axis(axes.xaxis, "share", view.currency, 5)
    axes.set_xlabel(f"Share of {_noun(cases_of)}", color=style.INK)
    return page.figure


def _cases_of(view: View) -> str:
    complaints = any(
        sum(one.endings.get("complaints", {}).values())
        for found in view.summaries.values()
        for one in found
    )
    return "complaints" if complaints else "all"


def _noun(cases_of: str) -> str:
    return "complaints" if cases_of == "complaints" else "cases"


def _share(cases_of: str, ending: str, summary: Summary) -> float:
    counts = summary.endings[cases_of]
    cases = sum(counts.values())
    return counts[ending] / cases if cases else math.nan


def _piece(ending: str, reading: Reading) -> Piece:
    level = reading.level
    margin = "" if math.isnan(level.half_width) else words.margin(level.half_width, "share")
    return Piece(ending, level.mean, COLOURS[ending], words.share(level.mean), margin)


def _note(view: View) -> str:
    if not view.has_intervals:
        return "One replication: there are no intervals, and differences may be chance."
    return f"± is the {view.level_name} interval of a share, in points."


def _message(view: View, shares: Mapping[str, Readings], cases_of: str) -> str:
    """The way of ending that a policy clearly changes most."""
    noun, base = _noun(cases_of), view.baseline
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
