"""Distribution of waits: what share of all who asked for an agent still waits after so long.

Who hangs up or takes a callback would have waited longer: they count as long as they were there
(Kaplan and Meier, Journal of the American Statistical Association 53, 1958; in bins as in a life
table: who leaves within a bin counts for half of it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, sheets, style
from results.charts.scales import unit_axis
from results.charts.view import Floats, View
from results.charts.wording import Told, headline, otherwise, written_level
from results.measures.summary import Summary
from results.measures.waits import UNANSWERED, WAIT_EDGES
from results.reading.changes import Subject
from results.reading.within import within
from scenarios.answer_targets import answer_targets
from scenarios.parts.channels import ChannelName
from scenarios.shares import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WHOSE: dict[ChannelName, str] = {"voice": "callers", "chat": "chat customers"}
NEARLY_NOBODY = 0.01
"""The picture ends where fewer than this share wait, or are left to be counted, anywhere."""


def draw(view: View) -> Figure | None:
    """Share who wait longer, of all who asked; None where nobody is known to have asked."""
    channel = _channel(view)
    if channel is None:
        return None
    values = {
        policy: np.array([still_waiting(one, channel) for one in found])
        for policy, found in view.summaries.items()
    }
    targets = answer_targets(view.experiment.scenario, channel)
    # The target is in the picture, however short the waits.
    to_target = int(np.searchsorted(WAIT_EDGES[1:], 1.5 * targets[-1])) + 1
    last = min(max(_last(view, values, channel), to_target), len(WAIT_EDGES) - 2)
    shares = {policy: found[:, :last] for policy, found in values.items()}
    columns = panels.columns_of(view, shares)
    told = _told(view, channel, targets)
    notes = [panels.how_to_read(view), _note(view, channel, targets), *view.foot]
    message = headline(view, [told], otherwise(view, told))
    page = sheets.sheet(message, notes, panels.body_in(view))
    edges = WAIT_EDGES[1 : 1 + len(columns)]
    curves = panels.curves_of(view, columns, shares)
    drawn = panels.draw_panels(view, page, edges, curves)
    for policy, axes in drawn.items():
        axes.set_xlim(0.0, float(edges[-1]))
        axes.set_ylim(0.0, min(panels.tallest(curves), 1.0))
        unit_axis(axes.xaxis, "s", view.currency, panels.ticks(view))
        unit_axis(axes.yaxis, "share", view.currency, 5)
        _mark_target(axes, view, policy, told, targets)
    panels.label(page, f"Wait of {_WHOSE[channel]}", "Share who still wait")
    return page.figure


def still_waiting(summary: Summary, channel: str) -> Floats:
    """Share who wait longer than each edge from 1 s on, had nobody left, shape (edges - 1,)."""
    answered, left = summary.waits[channel], summary.waits[channel + UNANSWERED]
    gone = np.cumsum(answered + left)
    there = gone[-1] - np.concatenate([[0], gone[:-1]]) - left / 2.0
    leave = np.divide(answered, there, out=np.zeros(len(there)), where=there > 0)
    shares = np.cumprod(1.0 - leave).astype(np.float64)
    return shares if gone[-1] else np.full(len(shares), np.nan)


def _channel(view: View) -> ChannelName | None:
    """Voice, or chat where nobody called; none where it is not known who left unanswered."""
    everybody = [one for found in view.summaries.values() for one in found]
    for channel in _WHOSE:
        if any(one.waits[channel].any() for one in everybody):
            known = all(channel + UNANSWERED in one.waits for one in everybody)
            return channel if known else None
    return None


def _told(view: View, channel: ChannelName, targets: Sequence[float]) -> Told:
    """The share not answered in time, as the service level of the table counts it."""
    readings = view.gathered(lambda one: 1.0 - one.values["channel", channel]["service_level"])
    noun = f"{_WHOSE[channel]} not answered within {within(targets)}"
    # The claim is that of all channels together: another where there is more than one.
    alone = not _others(view, channel)
    measure = "service_level" if alone else None
    return Told(readings, Subject(noun, plural=True), "share", "lower", measure)


def _others(view: View, channel: ChannelName) -> list[ChannelName]:
    """Other channels that the service level of the table counts as well."""
    everybody = [one for found in view.summaries.values() for one in found]
    return [one for one in _WHOSE if one != channel and any(s.waits[one].any() for s in everybody)]


def _note(view: View, channel: ChannelName, targets: Sequence[float]) -> str:
    others = " and ".join(_WHOSE[one] for one in _others(view, channel))
    whole = f"; that of the table counts {others} too" if others else ""
    return (
        f"Curve: of all {_WHOSE[channel]} who ask for an agent, how many still wait; who leaves "
        "unanswered counts until then (Kaplan-Meier). Title and numbers: not answered within "
        f"{within(targets)}, of all offered, as the service level counts{whole}."
    )


def _last(view: View, values: Mapping[str, Floats], channel: str) -> int:
    """How many edges are drawn: while somebody waits and enough are left to be counted."""
    waiting = np.max([np.nanmean(found, axis=0) for found in values.values()], axis=0)
    ends = [
        np.sum([one.waits[channel] + one.waits[channel + UNANSWERED] for one in found], axis=0)
        for found in view.summaries.values()
    ]
    left = np.max([1.0 - np.cumsum(one) / max(one.sum(), 1) for one in ends], axis=0)
    over = (waiting < NEARLY_NOBODY) | (left < NEARLY_NOBODY)
    return min(int(np.argmax(over)) + 1, len(over) - 1) if over.any() else len(over) - 1


def _mark_target(axes: Axes, view: View, policy: str, told: Told, targets: Sequence[float]) -> None:
    """Mark the target, or each of them, and say what share is not answered by then."""
    for target in targets:
        style.baseline_line(axes, x=target)
    said = written_level(told, view)
    if policy != view.baseline:
        after = percent(told.readings[policy].level.mean, 1)
        said = said if said == after else f"{said} → {after}"
    axes.annotate(
        f"{said}\nnot within {within(targets)} (target)",
        (targets[-1], 0.96),
        xycoords=("data", "axes fraction"),
        xytext=(5, 0),
        textcoords="offset points",
        size=style.SMALL_PT,
        color=style.INK,
        va="top",
        zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8},
    )
