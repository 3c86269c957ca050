"""The shipped scenario `outage`: what helps in an hour with five times the normal calls.

Differences from doing nothing are taken within replications of the same customers; a claim holds
when its 95 % interval lies on the right side of zero. Each of these effects is at least three times
its standard deviation between replications, so that five of them are enough; what is smaller is
held to its sign only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, estimate
from scenarios import apply, load, with_changes
from sim import simulate
from sim.draws.draws import Draws
from sim.plan.demand import Demand
from sim.trace.codes import CaseState, ContactKind, Outcome, PromiseKind
from sim.trace.trace import Trace
from tests.support import seen_figures
from tests.support.seen_figures import compared

SEED = 1
REPLICATIONS = 5
BEGIN, END = 16 * 3600.0, 17 * 3600.0
"""The incident hour; its queue takes another hour to go."""


@dataclass(frozen=True)
class Day:
    """One replication under one policy."""

    given_up: float
    """Share of the day's cases that the customer gave up."""
    resolved_after_s: float
    """Mean time from the first call to the resolution."""
    calls: dict[str, NDArray[np.float64]]
    """Calls that customers made in the incident hour and the hour after it."""
    kept: float
    """Share of the waits told that were kept."""

    def number(self, column: str, *values: int) -> float:
        return float(np.isin(self.calls[column], values).sum())

    def wait_s(self) -> float:
        answered = self.calls["outcome"] == Outcome.ANSWERED
        return float(np.mean((self.calls["answered"] - self.calls["queued"])[answered]))


@cache
def days(policy: str) -> tuple[Day, ...]:
    return tuple(_day(policy, replication) for replication in range(REPLICATIONS))


def _day(policy: str, replication: int) -> Day:
    # On days of ordinary busyness, so that few of them are enough.
    scenario = with_changes(apply(load("outage"), policy), {"busyness_cv": 0.0})
    trace = simulate(scenario, SEED, replication)
    cases = trace.cases.as_dict()
    resolved = cases["state"] == CaseState.RESOLVED
    return Day(
        given_up=float(np.mean(cases["state"] == CaseState.GIVEN_UP)),
        resolved_after_s=float(np.mean((cases["ended"] - cases["began"])[resolved])),
        calls=_calls(trace),
        kept=_kept(trace),
    )


def _calls(trace: Trace) -> dict[str, NDArray[np.float64]]:
    calls = trace.contacts.as_dict()
    in_time = (calls["arrival"] >= BEGIN) & (calls["arrival"] < END + 3600.0)
    rows = in_time & (calls["kind"] <= ContactKind.REPEAT)
    return {name: column[rows] for name, column in calls.items()}


def _kept(trace: Trace) -> float:
    told = trace.promises["kept"][trace.promises["kind"] == PromiseKind.TOLD_WAIT]
    told = told[~np.isnan(told)]
    return float(np.mean(told)) if len(told) else float("nan")


def against(other: str, policy: str, value: Callable[[Day], float]) -> Estimate:
    pairs = zip(days(policy), days(other), strict=True)
    return estimate(np.array([value(day) - value(base) for day, base in pairs]))


def against_nothing(policy: str, value: Callable[[Day], float]) -> Estimate:
    return against("nothing", policy, value)


def abandoned(day: Day) -> float:
    return day.number("outcome", Outcome.ABANDONED)


def blocked(day: Day) -> float:
    return day.number("outcome", Outcome.BLOCKED)


def lost(day: Day) -> float:
    return abandoned(day) + blocked(day)


def redials(day: Day) -> float:
    return day.number("kind", ContactKind.REDIAL)


def share_abandoned(day: Day) -> float:
    return abandoned(day) / len(day.calls["outcome"])


def share_blocked(day: Day) -> float:
    return blocked(day) / len(day.calls["outcome"])


def share_lost(day: Day) -> float:
    return lost(day) / len(day.calls["outcome"])


def given_up(day: Day) -> float:
    return day.given_up


def resolved_after_s(day: Day) -> float:
    return day.resolved_after_s


def test_the_incident_hour_brings_five_times_its_normal_calls() -> None:
    # Mean over 60 days; the busyness of a day has cv 0.12, so the standard error is 1.6 % and 6 %
    # are allowed.
    scenario = load("outage")
    shares = scenario.profiles["weekday"].shares
    cases = sum(reason.volume.per_day or 0.0 for reason in scenario.reasons.values())
    normal = cases * sum(shares[18:20]) / sum(shares)
    come = [
        np.histogram(Demand(scenario, Draws(SEED, r)).customers(0).arrivals, [BEGIN, END])[0][0]
        for r in range(60)
    ]
    assert np.mean(come) == pytest.approx(5.0 * normal, rel=0.06)


def test_callbacks_in_a_window_cut_abandonment_blocking_and_redials_in_the_incident_hours() -> None:
    for value in (abandoned, blocked, redials, given_up):
        assert against_nothing("callbacks-in-a-window", value).high < 0.0


def test_callbacks_that_keep_the_place_free_lines_and_spare_redials() -> None:
    for value in (lost, blocked, redials):
        assert against_nothing("callbacks-place-kept", value).high < 0.0


def test_callbacks_that_keep_the_place_make_those_on_the_line_wait_longer_and_leave() -> None:
    # Nobody serves more calls for it, and who is called back cannot hang up.
    for value in (Day.wait_s, share_abandoned):
        assert against_nothing("callbacks-place-kept", value).low > 0.0


def test_a_callback_in_a_window_is_paid_for_with_time() -> None:
    for other in ("nothing", "callbacks-place-kept"):
        assert against(other, "callbacks-in-a-window", resolved_after_s).low > 0.0


def test_a_wait_told_too_short_is_a_broken_promise_and_worse_than_nothing() -> None:
    assert max(day.kept for day in days("told-too-short")) < 0.2
    for value in (lost, given_up):
        assert against_nothing("told-too-short", value).low > 0.0


@pytest.mark.long
def test_a_careful_wait_told_is_kept_more_often_than_not() -> None:
    assert min(day.kept for day in days("told-careful")) > 0.5


@pytest.mark.long
def test_a_comfort_message_keeps_callers_on_lines_that_others_would_need() -> None:
    # Who leaves is another; how many are lost hardly changes.
    assert against_nothing("comfort-message", share_abandoned).mean < 0.0
    assert against_nothing("comfort-message", share_blocked).mean > 0.0
    assert against_nothing("comfort-message", share_lost).mean == pytest.approx(0.0, abs=0.03)


@pytest.mark.long
def test_news_in_the_voice_menu_loses_fewer_than_anything_done_to_the_queue() -> None:
    for other in ("nothing", "told-careful", "callbacks-place-kept"):
        assert against(other, "recorded-news", given_up).high < 0.0


@pytest.mark.long
@pytest.mark.parametrize(
    ("policy", "measure", "least", "most"),
    [
        ("told-place", "abandonment", -0.09, -0.07),
        ("told-place", "blocked", 0.095, 0.13),
        ("told-place", "wait_all", 30, 55),
        ("told-place", "given_up", -0.016, -0.008),
        ("comfort-message", "blocked", 0.003, 0.018),
        ("comfort-message", "given_up", -0.002, 0.004),
        ("told-too-short", "aht", 3, 5),
        ("told-too-short", "given_up", 0.008, 0.013),
        ("told-careful", "given_up", 0.001, 0.006),
        ("callbacks-place-kept", "blocked", -0.066, -0.029),
        ("callbacks-place-kept", "wait_all", 10, 22),
        ("callbacks-place-kept", "given_up", -0.002, 0.003),
        ("callbacks-in-a-window", "given_up", -0.076, -0.054),
        ("callbacks-in-a-window", "time_to_agent", 15 * 60, 29 * 60),
        ("recorded-news", "given_up", -0.078, -0.063),
        ("recorded-news", "time_to_agent", -171, -106),
    ],
)
def test_what_the_header_says_of_ten_days_is_seen_again(
    policy: str, measure: str, least: float, most: float
) -> None:
    assert least <= seen_figures.change(compared("outage", 10), policy, measure).mean <= most


@pytest.mark.long
def test_as_many_of_the_waits_told_are_kept_as_the_header_says() -> None:
    # Days differ by 6 points; three standard errors of the mean of ten days.
    for policy, kept in (("told-too-short", 0.06), ("told-careful", 0.70)):
        found = seen_figures.mean(compared("outage", 10), policy, "promises_kept")
        assert found == pytest.approx(kept, abs=0.06)


def test_who_is_told_the_place_in_line_hangs_up_less_and_keeps_a_line() -> None:
    assert against_nothing("told-place", abandoned).high < 0.0
    assert against_nothing("told-place", blocked).low > 0.0
