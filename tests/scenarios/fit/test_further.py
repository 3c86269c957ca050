"""Who calls again soon is found in records as further business, and first calls are fewer by it."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios.checks.validate import examined
from scenarios.fit.calls import Calls
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.coming_back import further_business
from scenarios.fit.document import There, replayed
from scenarios.fit.first_counts import first_counts
from scenarios.fit.week import usual_week
from scenarios.records.columns import Numbers
from scenarios.schema import Scenario
from sim import simulate
from tests.support.recorded import recorded, true_centre

DELAY = {"distribution": "lognormal", "median": 90.0, "sigma": 1.0}


def coming_back(probability: float, days: int = 10) -> Scenario:
    """A centre whose customers have further business, with 400 first calls a day and eight agents.

    Nobody is away, so that hardly anybody hangs up.
    """
    document: dict[str, Any] = true_centre(days, per_day=400, heads=6).model_dump(
        exclude_unset=True
    )
    further = {"probability": probability, "delay_min": DELAY}
    document["reasons"]["service"]["further_business"] = further
    return Scenario.model_validate(document)


@cache
def fitted(probability: float, days: int = 10) -> FittedCentre:
    return fit_centre(Calls(recorded(coming_back(probability, days))))


@pytest.mark.parametrize("probability", [0.1, 0.3, 0.5])
def test_how_many_have_further_business_and_how_soon(probability: float) -> None:
    found = further_business(fitted(probability), 0)
    assert found is not None
    half = (found.probability.high - found.probability.low) / 2
    # Four standard errors; some three in a hundred come only after the day.
    assert abs(found.probability.value - probability) <= 2 * half + 0.03 * probability
    assert np.median(found.delay_min) == pytest.approx(90, rel=0.45)


def test_where_nobody_has_any_none_is_found() -> None:
    fit = fit_centre(Calls(recorded(true_centre(9, per_day=400))))
    assert fit.returns is not None
    assert fit.returns.further == {}
    week = usual_week(fit)
    assert week.document["horizon"] == {"days": 7, "first_weekday": "monday"}


def test_a_few_days_do_not_tell_what_is_usual() -> None:
    assert further_business(fitted(0.3, 5), 0) is None


def offered(scenario: Scenario, seed: int) -> Numbers:
    """Calls that ask for an agent, by day and half hour, without the days that only warm up."""
    queued = simulate(scenario, seed, 0).contacts.as_dict()["queued"]
    first = scenario.horizon.warm_up_days * 86_400
    slot = ((queued[queued >= first] - first) // 1800).astype(int)
    days = scenario.horizon.days - int(scenario.horizon.warm_up_days)
    return np.bincount(slot, minlength=48 * days)[: 48 * days].reshape(days, 48)


def test_as_much_is_offered_by_the_fitted_scenario_as_was_recorded() -> None:
    fit = fitted(0.3)
    week = usual_week(fit)
    reason = week.document["reasons"]["service"]
    assert reason["further_business"]["probability"] == pytest.approx(0.3, abs=0.05)
    key = ("reasons", "service", "further_business", "probability")
    assert key in {entry.key for entry in week.uncertain}
    assert week.document["horizon"] == {"days": 8, "first_weekday": "sunday", "warm_up_days": 1}
    document = {**week.document, "groups": {"agents": {"heads": 8}}}
    # Every day as the mean of all, without factors of days that only add to chance.
    for name in ("busyness_cv", "busyness_by_half_hour_cv"):
        document.pop(name, None)
    scenario, problems = examined(document, "")
    assert not problems
    assert scenario is not None
    simulated = np.mean([offered(scenario, seed).mean(axis=0) for seed in (1, 2, 3)], axis=0)
    counts = [fit.arrivals.counts[0, day] for day in fit.arrivals.days]
    counted = np.mean(counts, axis=0)
    # 21 simulated days against ten counted: a standard error of 1.7 % each way.
    assert simulated.sum() == pytest.approx(counted.sum(), rel=0.07)
    # By four hours: from the opening on hardly anybody calls about something before.
    by_part = [one[16:40].reshape(3, 8).sum(axis=1) for one in (simulated, counted)]
    assert by_part[0] == pytest.approx(by_part[1], rel=0.12)


def test_first_calls_by_half_hour_leave_out_what_follows_from_earlier_ones() -> None:
    counts = {"monday": np.zeros(48), "tuesday": np.zeros(48)}
    counts["monday"][[20, 22]] = (100.0, 150.0)
    # Half of the 100 come again after an hour, half of the 150 an hour later, when all is closed:
    # at the next opening, which is the first half hour of Tuesday.
    opening = {"hours": "closed", "days": {"monday": "10:00-11:30", "tuesday": "10:00-10:30"}}
    first = first_counts(counts, opening, 0.5, (60.0,))
    assert first["monday"][[20, 22]] == pytest.approx([62.5, 62.5])
    assert first["tuesday"].sum() == 0.0
    # A centre that never closes has the later half at 12:00, where none are counted.
    assert first_counts(counts, {}, 0.5, (60.0,))["monday"][24] == 0.0


def test_a_backtest_takes_the_calls_as_they_came() -> None:
    fit = fitted(0.3)
    document = replayed(fit, fit.calls, fit.dates, fit.windows, There(0.7))
    assert "further_business" not in document["reasons"]["service"]
