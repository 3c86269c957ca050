"""Doubts: why a policy may look good that refuses customers, leaves them waiting or sends them off.

A policy that withholds what is owed, leaves more cases open, or sends more customers off has less
to do: its service costs less, and who is left waits less. Where that is so nothing is called better
that does not count everybody, and the verdict says why. Callbacks move waits off the line: where
the first agent is not reached sooner, shorter waits on it are not called better either. Nor is a
smaller backlog, or fewer on the line, where a policy moves customers from the one to the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from results.comparison.better_or_worse import Effect
from results.comparison.estimate import estimate
from results.experiments.experiment import Experiment
from scenarios.parts.channels import ChannelName
from scenarios.policies.relative_changes import place_of
from scenarios.schema import Scenario

Floats = NDArray[np.float64]

MATERIAL = 0.005
"""Half a per cent of what is due, or half a point of the customers: more counts even where the
replications are too few to call it clear."""

SENT_OFF = ("blocked", "closed", "turned_away", "lost_in_menu")
"""Shares of the customers who found no line, came while it was closed, were sent away, or hung up
in the voice menu: nobody served them."""

COUNTS_EVERYBODY = frozenset(
    {
        *SENT_OFF,
        *("total_cost", "total_cost_per_case", "revenue_at_risk", "revenue_at_risk_per_case"),
        *("customers_lost", "stay", "people_told", "given_up", "unresolved", "never_reached"),
        *("remedies_withheld", "customers_withheld", "remedies_refused", "customers_refused"),
        *("remedies_open", "customers_open"),
    }
)
"""Measures in which nobody is missing: those refused, sent off or left open are counted."""

_COSTS = frozenset(
    {
        *("service_cost", "service_cost_per_case", "staff_cost", "telecom_cost", "waiting_cost"),
        *("overtime_cost", "hiring_cost", "training_cost", "fix_cost", "cost_per_resolution"),
        *("give_away", "give_away_per_case"),
    }
)
_FREED = frozenset(
    {
        *("approvals_per_complaint", "approval_wait", "approver_time", "coaching_done"),
        *("escalation_rate", "escalation_authority", "escalation_knowledge"),
        *("escalation_customer", "approval_hold", "approval_undecided"),
        *("hung_up_on_hold", "hung_up_in_transfer"),
        *("time_to_resolution", "time_to_resolution_p50", "time_to_resolution_p90"),
        *("time_to_resolution_net", "time_to_resolution_net_p90"),
    }
)
"""What gets better by itself where asking is refused, put off or never begun, and where customers
who would have taken long are not resolved at all."""
_VALUES = ("loyalty", "satisfaction", "word_of_mouth", "costs")
_VALUED = frozenset(
    {
        *("total_cost", "total_cost_per_case", "revenue_at_risk", "revenue_at_risk_per_case"),
        *("customers_lost", "stay", "people_told", "csat_true", "csat_surveyed"),
        *("service_cost", "service_cost_per_case", "cost_per_resolution", "waiting_cost"),
    }
)
"""Measures in which stands what a customer is worth, who leaves, or what a wait is worth."""
_PER_RESOLUTION = "cost_per_resolution"
ON_THE_LINE = (
    *("wait_all", "asa", "wait_p50", "wait_p90", "wait_p95", "wait_longest", "p_wait"),
    *("number_waiting", "number_waiting_p95", "number_waiting_most"),
)
"""Measures of waiting on the line: who takes a callback waits elsewhere."""
_STANDING = ("backlog", "number_waiting", "number_waiting_p95", "number_waiting_most")
"""How many wait, in writing or on the line: fewer do where customers come to the other of them."""
_WITHHELD = frozenset({"remedies_withheld", "customers_withheld", "remedies_refused"})


@dataclass(frozen=True)
class Doubts:
    """What a policy does to customers that makes it look better than it is."""

    other_cases: bool = False
    """The number of cases is another: different customers are compared."""
    withholds: bool = False
    """More of what is owed is withheld."""
    leaves_open: bool = False
    """More cases are still open at the end."""
    sends_off: bool = False
    """More customers find no line, a closed centre, are turned away, or lost in the voice menu."""
    gives_up: bool = False
    """More cases end without being resolved: customers are declined, or hang up for good."""
    moves_waits: bool = False
    """More customers take a callback, and the first agent is not reached sooner."""
    other_channels: bool = False
    """Other shares of the customers write and call."""
    other_values: bool = False
    """The policy itself changes what customers and their waits are worth."""

    @property
    def any(self) -> bool:
        """Whether a lower cost of service may be no saving."""
        return self._hides_cases or self.gives_up

    @property
    def _hides_cases(self) -> bool:
        """Whether even the cost of a resolved case may be lower for a wrong reason."""
        return self.withholds or self.leaves_open or self.sends_off

    def about(self, measure: str, effect: Effect) -> Effect:
        """What a clear difference may be called in the light of the doubts."""
        if measure == _PER_RESOLUTION:
            hidden = self._hides_cases or self.other_cases or self.other_values
            return "different" if hidden and effect in ("better", "worse") else effect
        if self.other_values and measure in _VALUED:
            return "different" if effect in ("better", "worse") else effect
        if effect != "better":
            return effect
        hidden = (
            (measure in _COSTS and self.any)
            or (measure in _FREED and self.any)
            or (measure in _WITHHELD and self.leaves_open)
            or (self.sends_off and measure not in COUNTS_EVERYBODY)
            or (self.moves_waits and measure in ON_THE_LINE)
            or (self.other_channels and measure in _STANDING)
        )
        return "different" if hidden else effect

    def and_of(self, other: Doubts) -> Doubts:
        """What either of two doubts."""
        return Doubts(
            **{
                one.name: getattr(self, one.name) or getattr(other, one.name)
                for one in fields(self)
            }
        )


NO_DOUBTS = Doubts()

Pairs = Callable[[str], tuple[Floats, Floats]]
"""The values of a measure in each replication: under a policy, and under its baseline."""


def doubts_of(pairs: Pairs, level: float) -> Doubts:
    """Look at what a policy does to customers, against its baseline.

    Args:
        pairs: the values of a measure, shape (n,) each, NaN where undefined.
        level: confidence at which a difference is clear.
    """
    due = _mean(pairs("remedies_due")[1])
    return Doubts(
        other_cases=_moved(*pairs("cases")),
        withholds=_more(*pairs("remedies_withheld"), level, due),
        leaves_open=_more(*pairs("unresolved"), level, 1.0),
        gives_up=_more(*pairs("given_up"), level, 1.0),
        sends_off=_more(*_together(pairs, SENT_OFF), level, 1.0),
        moves_waits=_more(*_together(pairs, ("callbacks_taken",)), level, 1.0)
        and not _less(*pairs("time_to_agent"), level),
    )


def doubts_by_policy(
    experiment: Experiment, pairs: Callable[[str, str], tuple[Floats, Floats]], level: float
) -> dict[str, Doubts]:
    """Look at what each policy but the baseline does, and how its customers come and are valued.

    Args:
        experiment: with at least one replication.
        pairs: the values of a policy's measure, shape (n,) each, NaN where undefined.
        level: confidence at which a difference is clear.
    """
    base, *others = experiment.policies
    valued, channels = _values(experiment), _channels(experiment)
    return {
        policy: replace(
            doubts_of(partial(pairs, policy), level),
            other_channels=_differ(channels.get(policy, {}), channels.get(base, {})),
            other_values=valued.get(policy) != valued.get(base),
        )
        for policy in others
    }


def _channels(experiment: Experiment) -> dict[str, dict[str, dict[str, float]]]:
    """By policy the channels of each reason; empty where no policy touches a reason."""
    if not _touched(experiment, "reasons"):
        return {}
    return {
        name: {reason: _shares(of.channels) for reason, of in one.reasons.items()}
        for name, one in experiment.under.items()
    }


def _shares(channels: Mapping[ChannelName, float]) -> dict[str, float]:
    whole = math.fsum(channels.values())
    return {name: round(weight / whole, 9) for name, weight in channels.items() if weight}


def _differ(channels: Mapping[str, object], base: Mapping[str, object]) -> bool:
    """Whether customers of a reason that both have come by other channels."""
    return any(channels[name] != base[name] for name in channels.keys() & base.keys())


def _touched(experiment: Experiment, *sections: str) -> bool:
    """Whether a policy that was run changes any of these sections of the scenario."""
    policies = experiment.scenario.policies
    found = [policies[name] for name in experiment.policies if name in policies]
    places = [place_of(key) for one in found for key in (*one.remove, *one.changes)]
    return any(place is not None and place[0] in sections for place in places)


def _values(experiment: Experiment) -> dict[str, tuple[object, ...]]:
    """What customers are worth by policy; empty where no policy touches that."""
    if not _touched(experiment, *_VALUES):
        return {}
    known = experiment.under
    return {name: values_of_customers(known[name]) for name in experiment.policies if name in known}


def values_of_customers(scenario: Scenario) -> tuple[object, ...]:
    """What customers and their waits are worth in a scenario, to tell whether two value alike."""
    costs = scenario.costs
    prices = costs.queue_per_min, costs.hold_per_min, costs.blocked_call, costs.lost_case
    return scenario.loyalty, scenario.satisfaction, scenario.word_of_mouth, prices


def _together(pairs: Pairs, shares: Sequence[str]) -> tuple[Floats, Floats]:
    """The sum of shares of the customers, under the policy and the baseline."""
    found = [pairs(name) for name in shares]
    policy, base = (np.sum([np.nan_to_num(one[side]) for one in found], axis=0) for side in (0, 1))
    return policy, base


def _moved(values: Floats, base: Floats) -> bool:
    difference = _difference(values, base)
    return bool(len(difference)) and abs(_mean(difference)) > 1e-9 * abs(_mean(base))


def _more(values: Floats, base: Floats, level: float, whole: float) -> bool:
    """Whether there is more of something bad, clearly or by a share that matters."""
    difference = _difference(values, base)
    moved = estimate(difference, level)
    if not moved.mean > 1e-9 * max(whole, 1e-9):
        return False
    return moved.excludes_zero or moved.mean > MATERIAL * whole


def _less(values: Floats, base: Floats, level: float) -> bool:
    """Whether there is clearly less of something."""
    moved = estimate(_difference(values, base), level)
    return moved.excludes_zero and moved.mean < 0.0


def _difference(values: Floats, base: Floats) -> Floats:
    both = ~(np.isnan(values) | np.isnan(base))
    return values[both] - base[both]


def _mean(values: Floats) -> float:
    defined = values[~np.isnan(values)]
    return float(np.mean(defined)) if len(defined) else math.nan
