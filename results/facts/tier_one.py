"""What the front line can never resolve at first contact, whatever the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.parts.authority import AskApprover
from scenarios.parts.demand import Reason
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]


class BeyondTierOne(NamedTuple):
    """What no group of tier 1 can resolve, by the structure of scenarios."""

    reasons: frozenset[str]
    """They go to no group of tier 1, are always passed on, or cannot be solved."""
    remedies: frozenset[str]
    """Reasons whose remedies tier 1 may neither decide nor ask for while the customer holds."""

    @classmethod
    def of(cls, scenarios: Iterable[Scenario]) -> BeyondTierOne:
        """What is beyond tier 1 in each of these scenarios: those of the policies compared."""
        each = list(scenarios)
        reasons = (frozenset(_filtered(one, _passes_tier_1_by)) for one in each)
        remedies = (frozenset(_filtered(one, _never_granted)) for one in each)
        return cls(frozenset.intersection(*reasons), frozenset.intersection(*remedies))

    def cases(self, trace: Trace, cases: Columns) -> NDArray[np.bool_]:
        """The cases of a trace that are beyond tier 1, shape (cases,)."""
        passed, refused = (
            np.array([name in names for name in trace.reasons], np.bool_)[cases["reason"]]
            for names in (self.reasons, self.remedies)
        )
        beyond: NDArray[np.bool_] = passed | (refused & ~np.isnan(cases["money"]))
        return beyond


def _filtered(scenario: Scenario, test: Any) -> Iterator[str]:
    return (name for name in scenario.reasons if test(scenario, name))


def _passes_tier_1_by(scenario: Scenario, name: str) -> bool:
    reason = scenario.reasons[name]
    return not _tier_1(scenario, reason) or reason.then is not None or reason.solve == 0.0


def _never_granted(scenario: Scenario, name: str) -> bool:
    """Whether every kind of remedy of a reason is never allowed, and nobody is asked on hold."""
    reason = scenario.reasons[name]
    return reason.remedy is not None and not any(
        _limit(scenario, group, kind) >= 0.0 or _asks(scenario, group, name)
        for group in _tier_1(scenario, reason)
        for kind in reason.remedy.kinds
    )


def _tier_1(scenario: Scenario, reason: Reason) -> list[Group]:
    """The groups of tier 1 that may take a reason."""
    names = [name for stage in reason.groups for name in stage.groups]
    return [scenario.groups[name] for name in names if scenario.groups[name].tier == 1]


def _limit(scenario: Scenario, group: Group, kind: str) -> float:
    """What the group decides alone; below zero when it may not decide this kind at all."""
    if group.authority is None:
        return -1.0
    return scenario.authority[group.authority].limit_for(kind)


def _asks(scenario: Scenario, group: Group, reason: str) -> bool:
    """Whether a group may ask an approver for a reason while the customer holds."""
    path = scenario.escalation.get(group.beyond_authority)
    return path is not None and any(
        isinstance(step, AskApprover) and (step.reasons is None or reason in step.reasons)
        for step in path.steps
    )
