"""The shipped scenario `bank-1999` against the call log that it was computed from.

Log: "Anonymous Bank", January 1999, Technion, A. Mandelbaum and S. Guedj; its figures are printed
by `examples/bank_1999_figures.py`. Means over the log's 18 ordinary days (Sunday to Thursday) have
a standard error of 3.0 s (mean wait), 1.0 points (abandoned) and 2.7 points (had to wait), those of
five simulated weeks of 3.6 s, 1.2 and 2.6 points: ten people are on duty, fast or slow, and stay
for the week. Tolerances are over twice the two together, but for the share that had to wait, where
the model is known to be low (docs/scenarios/bank-1999.md says why).
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, estimate
from scenarios import Scenario, apply, load, with_changes
from sim import simulate
from sim.trace.codes import ContactKind, Outcome

SEED = 1
WEEKS = 5

LOG_ABANDONED = 0.1053
LOG_HAD_TO_WAIT = 0.5685
LOG_MEAN_WAIT_S = 36.10
LOG_ABANDONED_BY_REASON = {
    "prospect": 0.2396,
    "internet": 0.2072,
    "regular": 0.0767,
    "stock": 0.0534,
}
# Half-hours from 07:00 of ordinary days: calls that asked for an agent, the share that abandoned.
LOG_ASKING = [
    *(14.8, 19.3, 32.8, 57.0, 44.1, 57.4, 62.2, 60.8, 52.3, 50.1, 50.4, 44.5),
    *(44.9, 48.1, 53.9, 56.6, 60.6, 58.2, 72.6, 66.7, 55.9, 47.1, 37.9, 31.8),
    *(30.4, 31.3, 23.5, 25.8, 20.6, 23.0, 21.2, 21.6, 21.4, 17.3),
]
LOG_ABANDONED_BY_HALF_HOUR = [
    *(0.049, 0.052, 0.027, 0.084, 0.066, 0.133, 0.131, 0.121, 0.086, 0.074, 0.067, 0.069),
    *(0.119, 0.103, 0.093, 0.117, 0.196, 0.123, 0.247, 0.206, 0.158, 0.140, 0.072, 0.028),
    *(0.047, 0.037, 0.021, 0.019, 0.008, 0.029, 0.052, 0.046, 0.073, 0.068),
]


class Calls(NamedTuple):
    """Calls of ordinary days that asked for an agent and were answered or abandoned."""

    reason: NDArray[np.int64]
    half_hour: NDArray[np.int64]
    wait_s: NDArray[np.float64]
    abandoned: NDArray[np.bool_]


@cache
def weeks(policy: str) -> tuple[Calls, ...]:
    scenario = with_changes(apply(load("bank-1999"), policy), {"horizon.days": 5})
    return tuple(_ordinary_days(scenario, replication) for replication in range(WEEKS))


def _ordinary_days(scenario: Scenario, replication: int) -> Calls:
    contacts = simulate(scenario, SEED, replication).contacts.as_dict()
    asked = contacts["kind"] <= ContactKind.REPEAT
    asked &= np.isin(contacts["outcome"], [Outcome.ANSWERED, Outcome.ABANDONED])
    rows = {name: column[asked] for name, column in contacts.items()}
    abandoned = rows["outcome"] == Outcome.ABANDONED
    left = np.where(abandoned, rows["ended"], rows["answered"])
    half_hour = ((rows["arrival"] % 86_400.0 - 7 * 3600.0) // 1800.0).astype(np.int64)
    return Calls(rows["reason"], half_hour, left - rows["queued"], abandoned)


def together(policy: str) -> Calls:
    return Calls(*(np.concatenate(columns) for columns in zip(*weeks(policy), strict=True)))


def reason(name: str) -> int:
    return list(load("bank-1999").reasons).index(name)


def abandoned_by(calls: Calls, name: str) -> float:
    return float(np.mean(calls.abandoned[calls.reason == reason(name)]))


def mean_wait_of(calls: Calls, name: str) -> float:
    return float(np.mean(calls.wait_s[(calls.reason == reason(name)) & ~calls.abandoned]))


def by_half_hour(calls: Calls) -> NDArray[np.float64]:
    counts = np.bincount(calls.half_hour, minlength=34)
    return np.asarray(np.bincount(calls.half_hour, calls.abandoned, minlength=34) / counts)


def test_abandonment_and_mean_wait_are_those_of_the_log() -> None:
    calls = together("as-it-was")
    assert np.mean(calls.abandoned) == pytest.approx(LOG_ABANDONED, abs=0.04)
    assert np.mean(calls.wait_s[~calls.abandoned]) == pytest.approx(LOG_MEAN_WAIT_S, abs=11.0)


def test_fewer_have_to_wait_than_in_the_log_by_no_more_than_is_known() -> None:
    # In the log agents are away more often while nobody waits; the model has no such rule.
    had_to_wait = np.mean(together("as-it-was").wait_s > 0.0)
    assert LOG_HAD_TO_WAIT - 0.20 < had_to_wait < LOG_HAD_TO_WAIT


def test_prospects_and_internet_callers_abandon_most_and_reasons_are_near_the_log() -> None:
    calls = together("as-it-was")
    simulated = {name: abandoned_by(calls, name) for name in LOG_ABANDONED_BY_REASON}
    assert min(simulated["prospect"], simulated["internet"]) > 0.12
    assert max(simulated["regular"], simulated["stock"]) < 0.12
    # Over twice the standard error of both, in points; stock callers are known to wait too long.
    for name, points in {"prospect": 7.0, "internet": 10.0, "regular": 3.5, "stock": 6.0}.items():
        log = LOG_ABANDONED_BY_REASON[name]
        assert simulated[name] == pytest.approx(log, abs=points / 100.0)


@pytest.mark.long
def test_callers_whom_few_agents_can_take_wait_longest() -> None:
    """Of all who waited, served or not: internet 70 s, stocks 69, prospects 48, regular 36.

    Ten whole weeks, with 95 % intervals of 11, 8, 7 and 5 s; here ordinary days of five.
    """
    calls = together("as-it-was")
    waits = {
        name: float(np.mean(calls.wait_s[calls.reason == reason(name)]))
        for name in ("internet", "stock", "prospect", "regular")
    }
    assert min(waits["internet"], waits["stock"]) > waits["prospect"] > waits["regular"]
    # Five weeks know a mean 1.4 times less closely; one and a half times that is allowed.
    seen = {"internet": (70, 23), "stock": (69, 17), "prospect": (48, 15), "regular": (36, 11)}
    for name, (mean, tolerance) in seen.items():
        assert waits[name] == pytest.approx(mean, abs=tolerance), name


def test_calls_come_when_they_came() -> None:
    # With a busyness of 9 % a mean over 25 days has a standard error of 2 %; and more of the log's
    # days than of a week's are Sundays and Thursdays, when more call: another 2 %.
    calls = together("as-it-was")
    come = np.bincount(calls.half_hour, minlength=34) / (5 * WEEKS)
    assert np.sum(come) == pytest.approx(np.sum(LOG_ASKING), rel=0.07)
    assert np.corrcoef(come, LOG_ASKING)[0, 1] > 0.97


def test_the_day_is_lost_at_the_half_hours_of_the_log() -> None:
    simulated = by_half_hour(together("as-it-was"))
    # A half-hour of 18 days has 300 to 1300 calls and a standard error of 1 to 3 points.
    assert np.mean(np.abs(simulated - LOG_ABANDONED_BY_HALF_HOUR)) < 0.055
    assert np.corrcoef(simulated, LOG_ABANDONED_BY_HALF_HOUR)[0, 1] > 0.65
    assert int(np.argmax(simulated)) == int(np.argmax(LOG_ABANDONED_BY_HALF_HOUR)) == 18


def against_as_it_was(policy: str, name: str, value: str) -> Estimate:
    measure = {"abandoned": abandoned_by, "mean wait": mean_wait_of}[value]
    pairs = zip(weeks(policy), weeks("as-it-was"), strict=True)
    return estimate(np.array([measure(calls, name) - measure(base, name) for calls, base in pairs]))


def test_two_more_agents_on_three_afternoons_help_prospects_most() -> None:
    prospects = against_as_it_was("two-more-at-the-peak", "prospect", "abandoned")
    regular = against_as_it_was("two-more-at-the-peak", "regular", "abandoned")
    assert prospects.high < regular.low
    assert regular.mean < 0.0


@pytest.mark.long
def test_stock_callers_gain_when_everybody_takes_every_call() -> None:
    for value in ("abandoned", "mean wait"):
        assert against_as_it_was("every-agent-every-call", "stock", value).high < 0.0
