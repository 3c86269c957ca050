"""Distribution of waits: what share of callers is still waiting after so many seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, style
from results.charts.scales import unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import how_to_read, sent_off_first, spoken, strongest
from results.measures.summary import Summary
from results.measures.waits import WAIT_EDGES
from results.reading import format as words
from results.reading.within import within
from scenarios.answer_targets import answer_targets
from scenarios.parts.demand import ChannelName

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WHOSE: dict[ChannelName, str] = {"voice": "callers", "chat": "chat customers"}
NEARLY_NOBODY = 0.01
"""The picture ends where fewer than this share wait under every policy."""


def draw(view: View) -> Figure | None:
    """Share of answered customers who waited longer; None where nobody was answered live."""
    channel = _channel(view)
    if channel is None:
        return None
    values = {
        policy: np.array([_longer_than(one, channel) for one in found])
        for policy, found in view.summaries.items()
    }
    shares = {policy: found[:, : _last(values)] for policy, found in values.items()}
    columns = panels.columns_of(view, shares)
    targets = answer_targets(view.experiment.scenario, channel)
    # sl_answered is the share answered within the target, counted and not read off the bins.
    at_target = view.gathered(lambda one: 1.0 - one.values["channel", channel]["sl_answered"])
    notes = [
        how_to_read(view, "the grey curve", thick="Coloured band", thin="Grey band"),
        *view.foot,
    ]
    page = style.sheet(_message(view, at_target, channel, targets), notes, panels.body_in(view))
    edges = WAIT_EDGES[1 : 1 + len(columns)]
    curves = panels.curves_of(view, columns)
    drawn = panels.draw_panels(view, page, edges, curves)
    for policy, axes in drawn.items():
        axes.set_xlim(0.0, float(edges[-1]))
        axes.set_ylim(0.0, panels.tallest(curves))
        unit_axis(axes.xaxis, "s", view.currency, panels.ticks(view))
        unit_axis(axes.yaxis, "share", view.currency, 5)
        _mark_target(axes, view, policy, at_target, targets)
    panels.label(page, f"Wait of answered {_WHOSE[channel]}", "Share who waited longer")
    return page.figure


def _channel(view: View) -> ChannelName | None:
    """Voice, or chat where nobody called."""
    for channel in _WHOSE:
        if any(one.waits[channel].any() for found in view.summaries.values() for one in found):
            return channel
    return None


def _longer_than(summary: Summary, channel: str) -> Floats:
    """Share of the answered who waited longer than each edge from 1 s on, shape (edges - 1,)."""
    contacts = summary.waits[channel]
    total = contacts.sum()
    longer: Floats = 1.0 - np.cumsum(contacts) / total if total else np.full(len(contacts), np.nan)
    return longer


def _last(values: dict[str, Floats]) -> int:
    """How many edges are drawn: up to the first at which nearly nobody waits any more."""
    most = np.max([np.nanmean(found, axis=0) for found in values.values()], axis=0)
    return min(int(np.argmax(most < NEARLY_NOBODY)) + 1, len(most) - 1)


def _mark_target(
    axes: Axes, view: View, policy: str, at_target: Readings, targets: Sequence[float]
) -> None:
    """Mark the target, or each of them, and say what share waits longer."""
    for target in targets:
        style.baseline_line(axes, x=target)
    share = words.share(at_target[policy].level.mean)
    said = share
    if policy != view.baseline:
        said = f"{words.share(at_target[view.baseline].level.mean)} → {share}"
    axes.annotate(
        f"{said}\nlonger than {within(targets, spoken)} (target)",
        (targets[-1], 0.96),
        xycoords=("data", "axes fraction"),
        xytext=(5, 0),
        textcoords="offset points",
        size=style.SMALL_PT,
        color=style.INK,
        va="top",
    )


def _message(
    view: View, at_target: Readings, channel: ChannelName, targets: Sequence[float]
) -> str:
    longer = f"of {_WHOSE[channel]} wait longer than {within(targets, spoken)}"
    policy = strongest(at_target)
    before = f"{words.share(at_target[view.baseline].level.mean)} {longer} under {view.baseline}"
    if policy is None:
        return before
    after = words.share(at_target[policy].level.mean)
    return sent_off_first(view, policy, f"{before}, {after} under {policy}")
