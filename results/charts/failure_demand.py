"""Where failure demand comes from: contacts that need not have been, by what had gone wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from results.charts import dots, style
from results.charts.bars import Piece, is_seen, key, stack
from results.charts.scales import unit_axis
from results.charts.view import Readings, View
from results.charts.wording import is_open, sent_off_first, share, strongest
from results.facts.causes import titles_of_causes
from results.measures.summary import Summary
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS: Mapping[str, str] = {
    "not_resolved": style.BLUE,
    "promise_broken": style.PURPLE,
    "abandoned": style.ORANGE,
    "blocked": "#7A3B60",
    "closed": "#B5B5B5",
    "turned_away": "#8A6D3B",
    "unreached": "#C9A0B4",
    "complaint": "#5B6B77",
}
_ROOTS = (style.VERMILLION, style.GREEN, style.SKY, "#A5DCC9", "#E6C07A", "#CFE3F1")
"""Root causes, over again when there are more."""
_ENDS_IN = 1.5


def draw(view: View) -> Figure | None:
    """A stacked bar for each policy; None where nothing that customers want is due to a failure."""
    shares = view.measured("failure_demand")
    if not is_open(shares):
        return None
    titles = _titles(view)
    found = {name: view.gathered(partial(_contacts, name)) for name in titles}
    total = view.measured("failure_contacts")
    most = max(reading.level.mean for reading in total.values())
    named = [name for name, readings in found.items() if is_seen(readings, most)]
    colours = _colours(named)
    columns = 3
    room = 0.15 + 0.24 * math.ceil(len(named) / columns)
    body = room + 0.6 + 0.62 * len(view.policies)
    page = style.sheet(_message(view, shares), [_note(view), *view.foot], body)
    grid = page.grid(left_in=dots.NAMES_IN, right_in=_ENDS_IN, top_in=room, bottom_in=0.5)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes, "x")
    dots.name_rows(axes, view)
    axes.set_xlim(0.0, 1.02 * most)
    inch = 1.02 * most / (page.width_in - dots.NAMES_IN - _ENDS_IN)
    for row, policy in enumerate(view.policies):
        pieces = [
            Piece(name, mean, colours[name], words.number(mean))
            for name in named
            for mean in [found[name][policy].level.mean]
        ]
        stack(axes, row, pieces, inch)
        dots.write_beside(axes, row, dots.said(shares[policy].level, "share", view), "of contacts")
    key(page, [(titles[name], colours[name]) for name in named], columns)
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


def _colours(names: list[str]) -> dict[str, str]:
    roots = [name for name in names if name not in COLOURS]
    given = {name: _ROOTS[number % len(_ROOTS)] for number, name in enumerate(roots)}
    return {**COLOURS, **given}


def _note(view: View) -> str:
    margin = f" with its {view.level_name} interval, in points" if view.has_intervals else ""
    return (
        "Failure demand: customers come because something went wrong. To the right: its share of "
        f"all contacts that customers make{margin}."
    )


def _message(view: View, shares: Readings) -> str:
    base = view.baseline
    before = f"{share(shares[base].level.mean)} of contacts are failure demand under {base}"
    policy = strongest(shares)
    if policy is None:
        clear = view.others and view.has_intervals
        return f"{before}; no policy clearly changes that" if clear else before
    after = share(shares[policy].level.mean)
    return sent_off_first(view, policy, f"{before}, {after} under {policy}")
