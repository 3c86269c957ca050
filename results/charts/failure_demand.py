"""Where failure demand comes from: contacts that need not have been, by what had gone wrong."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from results.charts import dots, sheets, style
from results.charts.bars import Piece, is_seen, key, shades, stack
from results.charts.dots import Measured, said_level
from results.charts.scales import unit_axis
from results.charts.view import View
from results.charts.wording import Told, headline, is_open, otherwise
from results.facts.causes import titles_of_causes
from results.measures.summary import Summary
from results.reading.notation import notation

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACCENT = "not_resolved"


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy; None where nothing that customers want is due to a failure."""
    shares = Measured.of(view, "failure_demand", "", "")
    if not is_open(shares.readings):
        return None
    titles = _titles(view)
    found = {name: view.gathered(partial(_contacts, name)) for name in titles}
    total = view.measured("failure_contacts")
    most = max(reading.level.mean for reading in total.values())
    named = shades([name for name, readings in found.items() if is_seen(readings, most)], ACCENT)
    columns = 3
    room = 0.15 + 0.24 * math.ceil(len(named) / columns)
    body = room + 0.6 + 0.62 * len(view.policies)
    told = Told.of("failure_demand", shares.readings)
    message = headline(view, [told], otherwise(view, told))
    page = sheets.sheet(message, [_note(view), *view.foot], body)
    written, _ = dots.notations(view, shares)
    beside = {policy: said_level(shares, policy, written) for policy in view.policies}
    ends = dots.room_for(list(beside.values()))
    grid = page.grid(left_in=dots.NAMES_IN, right_in=ends, top_in=room, bottom_in=0.5)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes, "x")
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, 1.02 * most)
    inch = 1.02 * most / (page.width_in - dots.NAMES_IN - ends)
    counted = notation(
        [found[name][policy].level.mean for name in named for policy in view.policies], "count"
    )
    for row, policy in enumerate(view.policies):
        pieces = [
            Piece(name, mean, shade, counted.value(mean))
            for name, shade in named.items()
            for mean in [found[name][policy].level.mean]
        ]
        stack(axes, row, pieces, inch)
        dots.write_beside(axes, row, beside[policy], "of contacts")
    key(page, [(titles[name], shade) for name, shade in named.items()], columns)
    unit_axis(axes.xaxis, "count", view.currency, 5)
    axes.set_xlabel("Contacts a day that need not have been", color=style.INK)
    return page.figure


def _titles(view: View) -> dict[str, str]:
    """Every cause under any policy; a policy may bring a root cause of its own."""
    known = view.experiment.under
    titles: dict[str, str] = {}
    for policy in view.policies:
        titles = titles_of_causes(known[policy]) | titles
    return titles


def _contacts(name: str, summary: Summary) -> float:
    """Contacts a day due to a cause; none where the policy does not know it."""
    return summary.values.get(("cause", name), {}).get("failure_contacts", 0.0)


def _note(view: View) -> str:
    margin = f" with its {view.level_name} interval, in points" if view.has_intervals else ""
    return (
        "Failure demand: customers come because something went wrong. To the right: its share of "
        f"all contacts that customers make{margin}."
    )
