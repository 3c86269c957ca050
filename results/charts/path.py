"""The path of a complaint: who is asked on its way, and how it ends; widths are complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from results.charts import sheets, style
from results.charts.bars import ACCENT
from results.charts.lettering import mark
from results.charts.view import View
from results.charts.wording import Told, headline, is_open, otherwise
from results.reading import format as words
from results.reading.changes import Subject
from results.reading.endings import endings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Way(NamedTuple):
    """A way through the centre."""

    ending: str
    by: str
    """Who decides."""
    to: str
    """How it ends."""


RESOLVED, LATER, DECLINED, LOST, OPEN = (
    *("Resolved with an agent", "Resolved after a promise"),
    *("Declined", "Hung up or given up", "Still open"),
)
WAYS = (
    Way("self_served", "Voice menu", RESOLVED),
    Way("alone", "The agent alone", RESOLVED),
    Way("colleague", "A colleague helps", RESOLVED),
    Way("approved", "Approval is asked", RESOLVED),
    Way("declined", "Approval is asked", DECLINED),
    Way("hung_up", "Approval or transfer", LOST),
    Way("transferred", "Passed on", RESOLVED),
    Way("promise_kept", "Answer is promised", LATER),
    Way("promise_broken", "Answer is promised", LATER),
    Way("given_up", "Never settled", LOST),
    Way("open", "Never settled", OPEN),
)
_ENDS = (RESOLVED, LATER, DECLINED, LOST, OPEN)
_SHADES: Mapping[str, str] = {
    RESOLVED: ACCENT,
    LATER: "#8FA9BB",
    DECLINED: "#8A8A8A",
    LOST: "#3F3F3F",
    OPEN: "#C4C4C4",
}
_PANEL_IN, _GAP, _LEAST = 3.0, 0.035, 0.004
_ROW = 0.06
"""Height that a name takes, as a share of all complaints."""
_AT = (0.0, 0.36, 0.8)
"""Where the three columns of boxes stand, as a share of the width."""
_BOX = 0.016


def draw(view: View) -> Figure | None:
    """A panel for today and one for the policy of the verdict; None where nobody is asked."""
    found = endings(view.experiment)
    asked = view.measured("approvals_per_complaint")
    if found is None or found.noun != "complaints" or not is_open(asked):
        return None
    shares = {ending: view.readings(values) for ending, values in found.values.items()}
    hero = view.hero.policies[0] if view.hero else None
    shown = [view.baseline, *([hero] if hero else [])]
    note = (
        "Widths: share of complaints. An approval may be asked of a colleague in charge, a "
        "supervisor or a specialist; an answer that was promised counts as such, in time or not."
    )
    alone = Told(
        shares["alone"],
        Subject("complaints that the agent settles alone", plural=True),
        "share",
        "higher",
    )
    told = [alone, Told.of("fcr_complaints", view.measured("fcr_complaints"))]
    message = headline(view, told, otherwise(view, alone))
    page = sheets.sheet(message, [note, view.source], len(shown) * _PANEL_IN + 0.2)
    grid = page.grid(
        len(shown), left_in=0.35, right_in=1.9, top_in=0.35, bottom_in=0.05, gap_in=(0.0, 0.5)
    )
    for row, policy in enumerate(shown):
        flows = {ending: one[policy].level.mean for ending, one in shares.items()}
        axes = page.figure.add_subplot(grid[row, 0])
        _draw_panel(axes, view, policy, flows)
    return page.figure


def _draw_panel(axes: Axes, view: View, policy: str, flows: Mapping[str, float]) -> None:
    style.plain(axes)
    axes.set_xlim(0.0, 1.0)
    axes.set_xticks([])
    axes.set_yticks([])
    style.heading(axes, style.wrapped(view.titles[policy], 80, 1))
    deciders = list(dict.fromkeys(way.by for way in WAYS))
    sizes = {by: sum(flows[w.ending] for w in WAYS if w.by == by) for by in deciders}
    ends = {to: sum(flows[w.ending] for w in WAYS if w.to == to) for to in _ENDS}
    there = [by for by in deciders if sizes[by] >= _LEAST]
    at = _places(there, sizes)
    end_at = _places([to for to in _ENDS if ends[to] >= _LEAST], ends)
    bottoms = [at[by] + sizes[by] for by in at] + [end_at[to] + ends[to] for to in end_at]
    axes.set_ylim(max(bottoms) + 0.03, -0.01)
    _box(axes, _AT[0], 0.0, 1.0, "#8A8A8A")
    begin, leave, arrive = 0.0, dict(at), dict(end_at)
    for by in there:
        _band(axes, (_AT[0], begin), (_AT[1], at[by]), sizes[by], "#D2D2D2", f"to:{by}")
        begin += sizes[by]
    for to in end_at:
        for way in WAYS:
            size = flows[way.ending]
            if way.to == to and way.by in at and size > 0.0:
                start, end = (_AT[1], leave[way.by]), (_AT[2], arrive[to])
                _band(axes, start, end, size, _SHADES[to], way.ending)
                leave[way.by] += size
                arrive[to] += size
    for by in there:
        _box(axes, _AT[1], at[by], sizes[by], "#5A5A5A")
        _say(axes, _AT[1], at[by], sizes[by], by)
    for to, place in end_at.items():
        _box(axes, _AT[2], place, ends[to], _SHADES[to])
        _say(axes, _AT[2], place, ends[to], to)


def _places(names: list[str], sizes: Mapping[str, float]) -> dict[str, float]:
    """Where each box begins: in the middle of a row that is high enough for its name."""
    places, down = {}, 0.0
    for name in names:
        row = max(sizes[name], _ROW)
        places[name] = down + 0.5 * (row - sizes[name])
        down += row + _GAP
    return places


def _box(axes: Axes, x: float, y: float, size: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), _BOX, size, color=colour, linewidth=0.0, zorder=3))


def _band(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    size: float,
    colour: str,
    name: str,
) -> None:
    """A band from one box to another that keeps its width."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x0, y0), (x1, y1) = (start[0] + _BOX, start[1]), end
    middle = 0.5 * (x0 + x1)
    corners = [
        *((x0, y0), (middle, y0), (middle, y1), (x1, y1)),
        *((x1, y1 + size), (middle, y1 + size), (middle, y0 + size), (x0, y0 + size)),
        (x0, y0),
    ]
    line, curve = Path.LINETO, Path.CURVE4
    codes = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    shape = Path(corners, codes)
    axes.add_patch(
        PathPatch(shape, facecolor=colour, alpha=0.55, linewidth=0.0, gid=mark("way", name))
    )


def _say(axes: Axes, x: float, y: float, size: float, name: str) -> None:
    axes.annotate(
        f"{name}  {words.share(size)}",
        (x + _BOX, y + size / 2.0),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        size=style.SMALL_PT + 0.5,
        color=style.INK,
        annotation_clip=False,
        zorder=5,
        # Where ways of any shade run behind a name, it stays readable.
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.55, "pad": 0.6},
    )
