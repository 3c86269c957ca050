"""The shipped scenario train-or-hire: what is learnt comes back as calls that nobody makes."""

from functools import cache
from statistics import fmean
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from scenarios import apply, load, with_changes
from sim import simulate
from sim.trace.codes import Ending
from tests.support import seen_figures
from tests.support.seen_figures import compared

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
    solved = (contacts["ending"] == Ending.SETTLED) & (contacts["false_resolution"] == 0)
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


LATE = tuple(("week", str(week)) for week in range(15, 27))
"""Cuts of a comparison: the weeks from the fifteenth on."""


def late_change(policy: str, measure: str) -> float:
    return fmean(
        seen_figures.change(compared("train-or-hire", 5, cut=week), policy, measure).mean
        for week in LATE
    )


def late_mean(policy: str, measure: str) -> float:
    return fmean(
        seen_figures.mean(compared("train-or-hire", 5, cut=week), policy, measure) for week in LATE
    )


@pytest.mark.long
def test_in_the_first_week_training_makes_the_wait_longer_as_the_header_says() -> None:
    first = compared("train-or-hire", 5, cut=("week", "1"))
    assert 1.6 <= seen_figures.change(first, "train", "wait_all").mean <= 4.8
    # Standard errors of about 1 s of the mean of five weeks.
    assert seen_figures.mean(first, "more-hands", "wait_all") == pytest.approx(5.6, abs=2.5)
    assert seen_figures.mean(first, "train", "wait_all") == pytest.approx(8.8, abs=3.5)


@pytest.mark.long
@pytest.mark.parametrize(
    ("policy", "measure", "least", "most"),
    [
        ("train", "aht", -54, -48),
        ("train", "offered", -97, -68),
        ("train", "wait_all", -7, -3),
        ("experience", "fcr", -0.001, 0.007),
        ("experience", "wait_all", 2, 10),
    ],
)
def test_what_the_header_says_of_the_last_twelve_weeks_is_seen_again(
    policy: str, measure: str, least: float, most: float
) -> None:
    assert least <= late_change(policy, measure) <= most


@pytest.mark.long
def test_the_last_twelve_weeks_are_as_the_header_says() -> None:
    # Tolerances of about three standard errors of five times twelve weeks.
    assert late_mean("more-hands", "fcr") == pytest.approx(0.674, abs=0.006)
    assert late_mean("train", "fcr") == pytest.approx(0.694, abs=0.006)
    assert late_mean("more-hands", "offered") == pytest.approx(3720, abs=60)
    assert late_mean("more-hands", "wait_all") == pytest.approx(74, abs=12)
    assert late_mean("train", "wait_all") == pytest.approx(70, abs=12)


@pytest.mark.long
def test_training_costs_no_more_and_vacant_places_save_one_per_cent() -> None:
    whole = compared("train-or-hire", 5)
    budget = seen_figures.mean(whole, "more-hands", "service_cost")
    train = seen_figures.change(whole, "train", "service_cost").mean
    experience = seen_figures.change(whole, "experience", "service_cost").mean
    assert train / budget == pytest.approx(0.0, abs=0.002)
    assert experience / budget == pytest.approx(-0.01, abs=0.005)
    given_up = seen_figures.change(whole, "experience", "given_up").mean
    assert given_up == pytest.approx(0.005, abs=0.003)
