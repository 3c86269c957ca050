"""Customers who are cut off are found again in records: how many, by whom, and who calls again."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios.fit.calls import Calls
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.coming_back import first_share
from scenarios.fit.document import There, replayed
from scenarios.fit.estimate import Estimate
from scenarios.fit.week import add_log_ons, usual_week
from scenarios.schema import Scenario
from tests.support.recorded import recorded, true_centre

SHARE = Estimate(0.7, 0.6, 0.8, 5)
FACTORS = {"ann": 4.0, "ben": 0.5, "cem": 0.5, "dan": 0.5, "eve": 0.5, "fay": 0.5, "gil": 0.5}
"""Agents' factors; their mean is 1."""


def cutting(share: float, again: float, factors: dict[str, float] | None = None) -> Scenario:
    """A centre whose agents cut off a share of the customers, all alike or by these factors."""
    document: dict[str, Any] = true_centre(4, talk=200.0).model_dump(exclude_unset=True)
    group = document["groups"]["agents"]
    if factors:
        windows = {"every_day": ["08:00-20:00"]}
        group.pop("heads")
        people = {name: {"cut_off_factor": f, "windows": windows} for name, f in factors.items()}
        group["persons"] = {"by_name": people}
    group["cut_off"] = {"share": share, "after_s": {"distribution": "uniform", "low": 1, "high": 8}}
    delay = {"distribution": "lognormal", "median": 2.0, "sigma": 1.0}
    document["repeat"] = {"after_cut_off": {"probability": again, "delay_min": delay}}
    return Scenario.model_validate(document)


@cache
def fitted(share: float, again: float, *, differ: bool = False, seed: int = 1) -> FittedCentre:
    scenario = cutting(share, again, FACTORS if differ else None)
    return fit_centre(Calls(recorded(scenario, seed)))


def of_calls(fit: FittedCentre, share: float) -> float:
    """The share of all calls: who cuts off many is free sooner, and takes more of them."""
    factors = np.array([*FACTORS.values()])
    agent = fit.calls.agent[fit.calls.answered]
    return float(share * factors[agent].mean())


def near(estimate: Estimate, true: float) -> bool:
    """Within twice the 95 % interval: four standard errors, once in 16,000 beyond by chance."""
    half = (estimate.high - estimate.low) / 2
    return abs(estimate.value - true) <= 2 * half + 1e-9


@pytest.mark.parametrize(
    ("share", "again", "differ"), [(0.05, 0.6, False), (0.1, 0.4, True), (0.03, 0.8, True)]
)
def test_how_many_are_cut_off_and_how_many_of_them_call_again(
    share: float, again: float, differ: bool
) -> None:
    fit = fitted(share, again, differ=differ)
    assert fit.cut_offs is not None
    assert fit.returns is not None
    assert near(fit.cut_offs.share, of_calls(fit, share) if differ else share)
    assert near(fit.returns.cut_off, again)
    # Whole seconds, and the middle of 1 to 8.
    assert fit.cut_offs.after_s == pytest.approx(4.5, abs=0.7)
    median, sigma = fit.returns.cut_off_delay_min
    assert median == pytest.approx(2.0, rel=0.35)
    assert sigma == pytest.approx(1.0, abs=0.35)
    # Nobody's question is short: all short calls are cut off, and none is left to the reason.
    assert max(fit.cut_offs.left.values()) < 0.005


def test_agents_are_told_apart_only_where_they_differ() -> None:
    alike, apart = fitted(0.05, 0.6), fitted(0.1, 0.4, differ=True)
    assert alike.cut_offs is not None
    assert alike.cut_offs.factors == {}
    assert apart.cut_offs is not None
    mean = apart.cut_offs.share.value
    found = [mean * apart.cut_offs.factors[agent] for agent in range(len(FACTORS))]
    # About 700 calls each: standard errors 0.018 and 0.008.
    assert found[0] == pytest.approx(0.4, abs=0.08)
    assert found[1:] == pytest.approx([0.05] * 6, abs=0.035)


def test_the_fitted_scenario_has_them_and_fewer_first_calls_so_that_as_much_is_offered() -> None:
    fit = fitted(0.1, 0.4, differ=True)
    week = usual_week(fit)
    add_log_ons(week, fit, There(0.7), SHARE)
    group, repeat = week.document["groups"]["agents"], week.document["repeat"]
    assert group["cut_off"]["share"] == pytest.approx(of_calls(fit, 0.1), abs=0.015)
    own = group["cut_off"]["share"] * week.persons["agent_01"]["cut_off_factor"]
    assert own == pytest.approx(0.4, abs=0.08)
    again = repeat["after_cut_off"]["probability"]
    assert again == pytest.approx(0.4, abs=0.12)
    known = {entry.key for entry in week.uncertain}
    assert ("groups", "agents", "cut_off", "share") in known
    assert ("repeat", "after_cut_off", "probability") in known
    abandoned = float(fit.calls.abandoned.sum() / fit.calls.asked.sum())
    redials = week.document["redial"]["after_abandoning"]
    first = first_share(week.document, fit, abandoned)
    cut = group["cut_off"]["share"] * (1 - abandoned)
    assert first == pytest.approx(1 - redials * abandoned - again * cut, abs=1e-3)
    (offered,) = fit.arrivals.per_day.values()
    # As many first calls as there were: four days of 1,500, a standard error of 19, and the chains.
    assert first * offered.value == pytest.approx(1500, abs=110)
    # Their time stands with the agents, not with the reason.
    talk = week.document["reasons"]["service"]["handling"]["voice"]["talk_s"]
    assert talk.get("point_share", 0.0) < 0.005


def test_in_a_backtest_short_calls_stay_with_their_reason_and_nobody_calls_again() -> None:
    fit = fitted(0.1, 0.4, differ=True)
    document = replayed(fit, fit.calls, fit.dates, fit.windows, There(0.7))
    group = document["groups"]["agents"]
    assert "cut_off" not in group
    assert all("cut_off_factor" not in one for one in group["persons"]["by_name"].values())
    talk = document["reasons"]["service"]["handling"]["voice"]["talk_s"]
    assert talk["point_share"] == pytest.approx(of_calls(fit, 0.1), abs=0.015)
    assert "repeat" not in document


def test_short_questions_are_not_taken_for_cut_off() -> None:
    document = true_centre(4).model_dump(exclude_unset=True)
    talk = document["reasons"]["service"]["handling"]["voice"]["talk_s"]
    talk |= {"point_share": 0.08, "point_at": 5}
    fit = fit_centre(Calls(recorded(Scenario.model_validate(document))))
    assert fit.cut_offs is None
    week = usual_week(fit)
    assert "repeat" not in week.document
    written = week.document["reasons"]["service"]["handling"]["voice"]["talk_s"]
    assert written["point_share"] == pytest.approx(0.08, abs=0.015)
    assert np.isfinite(fit.handling.all.short.value)


def test_a_reason_that_is_short_by_itself_keeps_its_short_calls() -> None:
    # A second reason of which a third is over in seconds, whoever answers.
    document = cutting(0.1, 0.6, FACTORS).model_dump(exclude_unset=True)
    other = Scenario.model_validate(document).reasons["service"].model_dump(exclude_unset=True)
    other["volume"] = {"per_day": 300}
    other["handling"]["voice"]["talk_s"] |= {"point_share": 0.33, "point_at": 4}
    document["reasons"]["silent"] = other
    fit = fit_centre(Calls(recorded(Scenario.model_validate(document))))
    assert fit.cut_offs is not None
    assert fit.cut_offs.share.value == pytest.approx(of_calls(fit, 0.1), abs=0.02)
    assert fit.cut_offs.left[1] == pytest.approx(0.33, abs=0.06)
    assert fit.cut_offs.left[0] < 0.01
