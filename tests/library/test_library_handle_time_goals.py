"""The shipped scenario handle-time-goals: a success in the first week, a burden in the fourth."""

from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from scenarios import apply, load
from sim import simulate

WEEK = 7 * 86_400.0
REPLICATIONS = 4


class Week(NamedTuple):
    """What customers met with in one week."""

    wait_s: float
    talk_s: float
    contacts: int


def weeks_under(policy: str, replication: int) -> tuple[Week, Week]:
    """The first and the fourth week."""
    trace = simulate(apply(load("handle-time-goals"), policy), 1, replication)
    contacts, legs = trace.contacts.as_dict(), trace.legs.as_dict()
    left = np.where(np.isnan(contacts["answered"]), contacts["ended"], contacts["answered"])
    wait = left - contacts["queued"]

    def week(number: int) -> Week:
        came = contacts["arrival"] // WEEK == number
        served = legs["answered"] // WEEK == number
        talk = float(legs["talk_s"][served].mean())
        return Week(float(np.nanmean(wait[came])), talk, int(came.sum()))

    return week(0), week(3)


@pytest.mark.long
def test_a_strict_goal_looks_good_for_a_week_and_the_repeats_bring_the_load_back() -> None:
    # Paired differences over the same customers; 95 % intervals of Student's t.
    first: list[Week] = []
    fourth: list[Week] = []
    for replication in range(REPLICATIONS):
        free, held = (weeks_under(policy, replication) for policy in ("no-goal", "strict"))
        for found, number in ((first, 0), (fourth, 1)):
            pairs = zip(held[number], free[number], strict=True)
            found.append(Week(*(one - other for one, other in pairs)))
    assert interval([week.wait_s for week in first])[1] < 0.0
    assert interval([week.talk_s for week in first])[1] < -60.0
    assert interval([week.talk_s for week in fourth])[1] < -60.0
    assert interval([week.contacts for week in fourth])[0] > 1000.0
    assert interval([week.wait_s for week in fourth])[0] > 0.0


def interval(values: list[float]) -> tuple[float, float]:
    """95 % confidence interval of the mean."""
    mean, error = np.mean(values), stats.sem(values)
    low, high = stats.t.interval(0.95, len(values) - 1, mean, error)
    print(f"{mean:.2f} [{low:.2f}, {high:.2f}]")
    return float(low), float(high)
