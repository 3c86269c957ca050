"""Measures week by week."""

from functools import cache

import numpy as np
import pytest

from results import Experiment, compare, run
from results.comparison.estimate import Estimate
from results.measures.registry import MEASURES, summarise
from results.measures.week_cuts import whole_weeks
from scenarios.schema import Scenario
from sim import simulate
from tests.support.timed_centres import centre, reason
from tests.support.written_traces import DAY, random_trace, scenario

ADDED_UP = (
    "offered",
    "handled",
    "cases",
    "remedies_paid",
    "remedies_due",
    "staff_cost",
    "telecom_cost",
)


def growing() -> Scenario:
    """Twenty-two days of a single agent; from the third week on an incident triples the calls."""
    return centre(
        {
            "enquiry": reason(
                volume={"per_day": 40}, talk_s={"distribution": "exponential", "mean": 300}
            )
        },
        {"front": {"heads": 1, "cost_per_hour": 20.0}},
        horizon={"days": 22, "warm_up_days": 7.0},
        incidents={"outage": {"day": 15, "start": "00:00", "minutes": 7 * 1440, "multiplier": 3}},
        opening={"hours": "08:00-20:00"},
        policies={"pair": {"changes": {"groups.front.heads": 2}}},
    )


@cache
def experiment() -> Experiment:
    return run(growing(), replications=4, workers=1)


@pytest.mark.parametrize(
    ("days", "warm_up_days", "weeks"),
    [(14, 0, [1, 2]), (13, 0, []), (20, 0, [1, 2]), (22, 7, [2, 3]), (28, 8, [3, 4]), (21, 8, [])],
)
def test_whole_weeks_after_the_warm_up_count(
    days: int, warm_up_days: int, weeks: list[int]
) -> None:
    assert list(whole_weeks(days * DAY, warm_up_days * DAY)) == weeks


def test_a_short_horizon_has_no_weeks_among_its_measures() -> None:
    kinds = {kind for kind, _ in summarise(scenario(), random_trace(100, seed=1)).values}
    assert "week" not in kinds


@pytest.mark.parametrize("name", ADDED_UP)
def test_the_weeks_of_a_horizon_of_whole_weeks_add_up_to_it(name: str) -> None:
    values = summarise(scenario(), random_trace(2000, seed=3, days=28)).values
    weeks = [values[("week", str(week))][name] for week in (1, 2, 3, 4)]
    per_day = MEASURES[name].unit == "money"
    assert sum(weeks) / (4 if per_day else 1) == pytest.approx(values[("all", "")][name])


def test_every_measure_of_the_whole_centre_is_there_for_a_week() -> None:
    """A week of its own, simulated as the only one, has the same figures: first come, all done."""
    only = centre(
        {"enquiry": reason(*(day * DAY + 36_000.0 for day in range(7)))},
        {"front": {"heads": 1, "cost_per_hour": 20.0}},
        horizon={"days": 7},
    )
    twice = centre(
        {"enquiry": reason(*(day * DAY + 36_000.0 for day in range(14)))},
        {"front": {"heads": 1, "cost_per_hour": 20.0}},
        horizon={"days": 14},
    )
    whole = summarise(only, simulate(only, 1, 0)).values[("all", "")]
    weeks = summarise(twice, simulate(twice, 1, 0)).values
    later = "fcr_no_repeat_7d"  # a week that is the last one has no week after it to judge by
    assert weeks["week", "1"][later] == 1.0
    assert np.isnan([whole[later], weeks["week", "2"][later]]).all()
    for week in ("1", "2"):
        found = np.array([v for name, v in weeks["week", week].items() if name != later])
        expected = np.array([v for name, v in whole.items() if name != later])
        np.testing.assert_allclose(found, expected, rtol=1e-9)


def calls_in_week(week: str) -> Estimate:
    found = compare(experiment(), ("offered",), cut=("week", week))
    return found.findings["baseline", "offered"].mean


def test_the_week_of_an_incident_stands_out_and_the_warm_up_is_left_out() -> None:
    weeks = {name for kind, name in experiment().summaries["baseline"][0].values if kind == "week"}
    assert weeks == {"2", "3"}
    ordinary, outage = (calls_in_week(week) for week in ("2", "3"))
    # 280 and 840 calls; Poisson over four replications, four standard errors.
    assert ordinary.mean == pytest.approx(280.0, abs=4 * np.sqrt(280.0 / 4))
    assert outage.mean == pytest.approx(840.0, abs=4 * np.sqrt(840.0 / 4))
    assert outage.low > ordinary.high


def test_a_second_agent_shortens_the_waits_of_that_week_clearly() -> None:
    found = compare(experiment(), ("asa",), cut=("week", "3")).findings["pair", "asa"].difference
    assert found is not None
    assert found.effect == "better"
