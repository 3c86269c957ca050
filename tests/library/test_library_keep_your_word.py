"""The shipped scenario keep-your-word: how soon a call back may be promised, and what keeps it.

Differences between policies are taken within replications of the same customers; a claim holds
when its 95 % interval of Student's t lies on the right side.
"""

from functools import cache

import numpy as np
import pytest

from results.comparison.estimate import Estimate, estimate
from results.measures.registry import summarise
from scenarios import apply, load, with_changes
from sim import simulate

pytestmark = pytest.mark.long

SEED = 1
REPLICATIONS = 10


@cache
def read(policy: str) -> tuple[tuple[dict[str, float], dict[str, float]], ...]:
    """One week for each replication, as it is and with nobody driven away by a broken promise."""
    as_it_is = apply(load("keep-your-word"), policy)
    forgiving = with_changes(as_it_is, {"loyalty.leaving.broken_promise": 0.0})
    traces = (simulate(as_it_is, SEED, number) for number in range(REPLICATIONS))
    whole = ("all", "")
    return tuple(
        (summarise(as_it_is, trace).values[whole], summarise(forgiving, trace).values[whole])
        for trace in traces
    )


def weeks(policy: str, *, forgiven: bool = False) -> tuple[dict[str, float], ...]:
    """The measures of the whole centre, one week for each replication."""
    return tuple(week[forgiven] for week in read(policy))


def mean(policy: str, measure: str) -> Estimate:
    return estimate(np.array([week[measure] for week in weeks(policy)]))


def against(other: str, policy: str, measure: str, *, forgiven: bool = False) -> Estimate:
    pairs = zip(weeks(policy, forgiven=forgiven), weeks(other, forgiven=forgiven), strict=True)
    return estimate(np.array([week[measure] - base[measure] for week, base in pairs]))


def test_half_an_hour_is_promised_in_vain_and_two_hours_are_kept() -> None:
    # Kept by the first try within the window, whether or not the customer answers it.
    assert mean("within-half-an-hour", "promises_kept_callback").high < 0.6
    # Customers who once called at a closed door now call in the morning: on the busiest days even
    # two hours are missed (85 % kept of 10 weeks, 77 to 92), the afternoon never.
    assert mean("within-two-hours", "promises_kept_callback").low > 0.7
    assert mean("this-afternoon", "promises_kept_callback").low > 0.95


def test_who_was_promised_too_much_calls_again_and_is_less_satisfied() -> None:
    # Who calls because no call back came has not been served: no repeat, but failure demand.
    for policy in ("within-two-hours", "this-afternoon"):
        assert against("within-half-an-hour", policy, "failure_demand").high < 0.0
        assert against("within-half-an-hour", policy, "csat_true").low > 1.0


def test_a_looser_promise_is_paid_for_with_time() -> None:
    assert against("within-half-an-hour", "within-two-hours", "time_to_resolution").low > 0.0
    assert against("within-two-hours", "this-afternoon", "time_to_resolution").low > 0.0


def test_a_tight_promise_kept_by_reserving_agents_is_paid_for_by_those_on_the_line() -> None:
    reserved, tight = "half-an-hour-reserved", "within-half-an-hour"
    assert mean(reserved, "promises_kept_callback").low > 0.9
    for measure in ("wait_all", "abandonment", "given_up"):
        assert against(tight, reserved, measure).low > 0.0


def test_any_promise_spares_waiting_and_loses_fewer_customers_than_none() -> None:
    for policy in ("within-half-an-hour", "within-two-hours", "this-afternoon"):
        for measure in ("wait_all", "given_up"):
            assert against("no-callbacks", policy, measure).high < 0.0


def test_a_promise_broken_three_times_in_four_loses_more_customers_than_any_other_policy() -> None:
    tight = "within-half-an-hour"
    for policy in ("within-two-hours", "this-afternoon", "half-an-hour-reserved", "no-callbacks"):
        for measure in ("customers_lost", "total_cost"):
            assert against(tight, policy, measure).high < 0.0


def test_who_forgives_a_broken_promise_makes_any_promise_better_than_none() -> None:
    """The assumption on which the money hangs: nobody is driven away by a broken promise."""
    tight = "within-half-an-hour"
    for policy in ("half-an-hour-reserved", "no-callbacks"):
        assert against(tight, policy, "total_cost", forgiven=True).low > 0.0
    assert abs(against(tight, "within-two-hours", "total_cost", forgiven=True).mean) < 60.0
    assert against(tight, "this-afternoon", "total_cost", forgiven=True).high < 0.0
