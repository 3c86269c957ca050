"""Which charts are drawn, the most important first: what the scenario asks comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from results.charts.titles import (
    BECAUSE,
    BY_PART,
    COST,
    COST_AND_BENEFIT,
    DEPENDS_ON,
    PROMISES,
    SCORECARD,
    WEEKS,
)
from results.charts.view import View
from scenarios import Scenario

_ON_DEMAND = ("first-contact-resolution",)
"""Drawn only by name: the scorecard and the picture of what is traded show the same."""
_MANY_WEEKS = 6
_LONG_S = 3_600.0
_TIERS = 3


def chosen(view: View, known: Iterable[str], names: Sequence[str] = ()) -> tuple[str, ...]:
    """The charts to draw, the most important first.

    Args:
        view: what is drawn.
        known: every chart in its usual order.
        names: those that somebody asked for; else those that the scenario names in its report, and
            else those that its question asks for.
    """
    wanted = tuple(names) or tuple(view.experiment.scenario.report.pictures)
    if not wanted:
        usual = (name for name in known if name not in _ON_DEMAND)
        return tuple(dict.fromkeys((*_leading(view), *usual)))
    # What another option asked for is drawn even where the scenario does not name it.
    asked = [BY_PART] if view.by is not None else []
    asked += BECAUSE if view.why is not None else []
    asked += [DEPENDS_ON] if view.sensitivity is not None else []
    return tuple(dict.fromkeys((*wanted, *(() if names else asked))))


def _leading(view: View) -> list[str]:
    """The charts that come first: the parts that were asked for, then what the policies move."""
    if view.by is not None:
        return [BY_PART]
    scenario = view.experiment.scenario
    if _promises(scenario):
        return [PROMISES, SCORECARD]
    weeks = {cut for cut in view.summaries[view.baseline][0].values if cut[0] == "week"}
    if len(weeks) >= _MANY_WEEKS:
        return [COST_AND_BENEFIT, COST, WEEKS, SCORECARD]
    times = [one.level.mean for one in view.measured("time_to_resolution").values()]
    tiers = {group.tier for group in scenario.groups.values()}
    if len(tiers) >= _TIERS and any(time > _LONG_S for time in times):
        return [PROMISES, SCORECARD]
    return []


def _promises(scenario: Scenario) -> bool:
    """Whether what is promised instead of a wait is the subject of most policies."""
    subject = [
        any(key.startswith("callback_offer") for key in (*one.changes, *one.remove))
        for one in scenario.policies.values()
    ]
    return scenario.callback_offer is not None and 2 * sum(subject) > len(subject)
