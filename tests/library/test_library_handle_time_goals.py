"""The shipped scenario handle-time-goals: a success in the first week, a burden in the fourth."""

from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from results.comparison.estimate import Estimate
from scenarios import apply, load
from sim import simulate
from tests.support import seen_figures
from tests.support.seen_figures import WHOLE, compared

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


FIRST, FOURTH = ("week", "1"), ("week", "4")
"""Cuts of a comparison."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("policy", "week", "measure", "least", "most"),
    [
        ("strict", FOURTH, "offered", 1170, 1250),
        ("strict", FOURTH, "wait_all", 43, 61),
        ("gentle", FOURTH, "wait_all", 19, 32),
    ],
)
def test_what_the_header_says_of_the_fourth_week_is_seen_again(
    policy: str, week: tuple[str, str], measure: str, least: float, most: float
) -> None:
    assert least <= change(policy, measure, week).mean <= most


def change(policy: str, measure: str, cut: tuple[str, str] = WHOLE) -> Estimate:
    return seen_figures.change(compared("handle-time-goals", 6, cut=cut), policy, measure)


def mean(policy: str, measure: str, cut: tuple[str, str] = WHOLE) -> float:
    return seen_figures.mean(compared("handle-time-goals", 6, cut=cut), policy, measure)


@pytest.mark.long
def test_the_weeks_are_as_the_header_says() -> None:
    # Tolerances of about three standard errors of the mean of six weeks.
    assert mean("no-goal", "talk_time", FIRST) == pytest.approx(299, abs=5)
    assert mean("strict", "talk_time", FIRST) == pytest.approx(228, abs=4)
    assert change("gentle", "talk_time", FIRST).mean == pytest.approx(-28, abs=2)
    assert mean("no-goal", "wait_all", FIRST) == pytest.approx(5, abs=2)
    assert mean("strict", "wait_all", FIRST) == pytest.approx(1, abs=0.6)
    assert mean("no-goal", "offered", FOURTH) == pytest.approx(3910, abs=120)
    assert change("gentle", "offered", FOURTH).mean == pytest.approx(490, abs=40)
    assert mean("no-goal", "wait_all", FOURTH) == pytest.approx(56, abs=12)
    assert mean("strict", "wait_all", FOURTH) == pytest.approx(108, abs=15)
    assert mean("no-goal", "fcr", FOURTH) == pytest.approx(0.73, abs=0.015)
    assert mean("strict", "fcr", FOURTH) == pytest.approx(0.50, abs=0.015)


@pytest.mark.long
def test_a_goal_saves_no_money_but_leaves_more_unresolved_and_the_verdict_doubts_it() -> None:
    assert change("strict", "service_cost").mean == pytest.approx(-2.0, abs=1.0)
    assert mean("no-goal", "unresolved") == pytest.approx(0.08, abs=0.01)
    assert mean("strict", "unresolved") == pytest.approx(0.20, abs=0.015)
    finding = compared("handle-time-goals", 6).findings["strict", "service_cost"]
    assert finding.difference is not None
    assert finding.difference.effect != "better"
