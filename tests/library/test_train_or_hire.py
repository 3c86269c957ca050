"""The shipped scenario train-or-hire: what is learnt comes back as calls that nobody makes."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from scenarios import apply, load, with_changes
from sim import simulate
from sim.trace.codes import Ending

WEEK = 7 * 86_400.0


class Stretch(NamedTuple):
    """What customers met with in some weeks."""

    contacts: int
    wait_s: float
    solved_first: float
    handled_s: float


@cache
def stretch(policy: str, replication: int, begin: int, end: int) -> Stretch:
    """What the weeks from ``begin`` until ``end`` brought, the horizon ending with them."""
    scenario = with_changes(apply(load("train-or-hire"), policy), {"horizon.days": end * 7})
    trace = simulate(scenario, 1, replication)
    contacts, legs = trace.contacts.as_dict(), trace.legs.as_dict()
    came = contacts["arrival"] >= begin * WEEK
    left = np.where(np.isnan(contacts["answered"]), contacts["ended"], contacts["answered"])
    wait = (left - contacts["queued"])[came]
    solved = (contacts["ending"] == Ending.SETTLED) & (contacts["seeming"] == 0)
    first = (contacts["attempt"] == 0) & (contacts["ending"] != Ending.NONE)
    handled = (legs["talk_s"] + legs["wrap_up_s"])[legs["answered"] >= begin * WEEK]
    solved_first = float(solved[came & first].mean())
    return Stretch(
        int(came.sum()), float(np.nanmean(wait)), solved_first, float(np.nanmean(handled))
    )


def what_changes(policy: str, replications: int, begin: int, end: int) -> list[Stretch]:
    """Differences to more hands in the same stretch of weeks, one for each replication."""
    found = []
    for number in range(replications):
        hands, changed = (stretch(who, number, begin, end) for who in ("more-hands", policy))
        found.append(Stretch(*(one - other for one, other in zip(changed, hands, strict=True))))
    return found


@pytest.mark.long
def test_training_costs_waiting_at_once_and_saves_seconds_and_second_calls_later() -> None:
    # Paired differences over the same customers; 95 % intervals of Student's t.
    early = what_changes("train", 12, 0, 1)
    assert interval([one.wait_s for one in early])[0] > 0.0
    late = what_changes("train", 3, 14, 26)
    assert interval([one.solved_first for one in late])[0] > 0.01
    assert interval([one.contacts for one in late])[1] < 0.0
    # 2.8 % of half an hour: 2 hours a week, half forgotten in four weeks, 0.25 % for each hour.
    assert interval([one.handled_s for one in late])[1] < -40.0
    assert interval([one.wait_s for one in late])[1] < 0.0


@pytest.mark.long
def test_experience_in_fewer_hands_does_not_pay_within_half_a_year() -> None:
    late = what_changes("experience", 5, 14, 26)
    assert interval([one.wait_s for one in late])[0] > 0.0
    assert interval([one.solved_first for one in late])[1] < 0.02


def interval(values: list[float]) -> tuple[float, float]:
    """95 % confidence interval of the mean."""
    mean, error = np.mean(values), stats.sem(values)
    low, high = stats.t.interval(0.95, len(values) - 1, mean, error)
    print(f"{mean:.3f} [{low:.3f}, {high:.3f}]")
    return float(low), float(high)
