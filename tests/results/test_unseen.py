"""What the days that were run cannot show is shown nowhere; each measure says what it needs."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from results import Experiment, compare, run
from results.charts.view import View
from results.comparison.ranking import ranking
from results.comparison.two_runs import changes
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.reading.rows import ASKED, rows_left_out, rows_of
from results.report.comparison import write_report
from scenarios import Scenario, list_scenarios, load, load_text, with_changes
from tests.support.outline import Outline
from tui.what_if.day import one_day

LATER = {
    *("repeat_rate", "failure_demand", "time_to_resolution", "total_cost", "stay"),
    *("given_up", "time_to_agent", "time_to_agent_p90", "never_reached"),
}
"""Some of the measures that count what becomes of cases later."""


@pytest.fixture(scope="module")
def week() -> Scenario:
    """Five days of few customers, of whom one in two comes back on the next day."""
    return load_text(COMING_BACK)


@pytest.fixture(scope="module")
def experiments(week: Scenario) -> tuple[Experiment, Experiment]:
    """One day out of the week, and all of it."""
    cut = one_day(week).scenario.model_copy(update={"policies": week.policies})
    return ran(cut), ran(week)


def ran(scenario: Scenario) -> Experiment:
    return run(scenario, replications=3, seed=1, workers=1)


def known(experiment: Experiment, names: Sequence[str]) -> set[str]:
    found = compare(experiment, names)
    return {
        name
        for name in names
        if any(not math.isnan(found.findings[p, name].mean.mean) for p in found.policies)
    }


def test_a_day_that_cases_outlast_shows_nothing_of_what_becomes_of_them_and_the_week_does(
    experiments: tuple[Experiment, Experiment],
) -> None:
    day, week = experiments
    assert set(hidden_in(day)) >= {*LATER, "redial_rate"}
    assert not known(day, sorted(LATER))
    assert known(week, sorted(LATER)) == LATER
    assert not set(rows_of([compare(day, ASKED)])) & LATER
    assert "fcr" in known(day, ["fcr", "asa"])
    assert all(one.level.n == 0 for one in View.of(day).measured("failure_demand").values())
    with pytest.raises(ExperimentError, match="needs days in which every case comes to its end"):
        ranking(day, "failure_demand")
    assert "time_to_resolution" not in {
        one.measure for one in changes(day, week, ("today", "today"), ["asa", "time_to_resolution"])
    }


def test_what_is_left_out_is_named_where_it_has_something_to_say(
    experiments: tuple[Experiment, Experiment],
) -> None:
    day, week = (compare(one, ASKED) for one in experiments)
    assert {"failure_demand", "total_cost"} <= set(day.left_out)
    assert "people_told" not in day.left_out, "nobody tells anybody in this centre"
    assert "time_to_agent" in day.left_out
    assert "time_to_agent" not in rows_left_out(day), (
        "it stands beside callbacks, and none are made"
    )
    assert week.left_out == ()
    people = {"attrition", "hired", "headcount"}
    assert not people & set(compare(experiments[0]).left_out), "nobody is hired in this centre"


def test_nothing_is_left_out_of_days_that_are_all_there_are(week: Scenario) -> None:
    """A centre of five days has no figure that takes a week, over its whole horizon either."""
    day = ran(with_changes(week, {"horizon.days": 1}))
    assert hidden_in(day) >= {"attrition", "fcr_no_repeat_7d"}
    assert compare(day).left_out == ()
    long = with_changes(week, {"horizon.days": 14})
    cut = one_day(long).scenario.model_copy(update={"policies": week.policies})
    left = set(compare(ran(cut)).left_out)
    assert {"fcr_no_repeat_7d", "total_cost", "customers_lost"} <= left
    assert not {"attrition", "people_told"} & left


@pytest.mark.parametrize("name", ["attrition", "hired", "fcr_no_repeat_7d"])
def test_what_takes_a_week_is_shown_over_no_less(name: str) -> None:
    measure = MEASURES[name]
    assert not measure.is_shown_over(1.0, outlasted=False)
    assert not measure.is_shown_over(6.5, outlasted=False)
    assert measure.is_shown_over(7.0, outlasted=False)
    assert measure.needs == "7 days or more"


def test_turnover_a_year_is_not_told_from_one_day() -> None:
    people = load("who-stays")
    day = with_changes(people.model_copy(update={"policies": {}}), {"horizon.days": 1})
    one = run(day, replications=2, seed=1, workers=1)
    assert not known(one, ["attrition", "hired"])
    assert known(one, ["headcount"])


def test_a_report_of_one_day_out_of_a_week_says_nothing_of_a_year(
    experiments: tuple[Experiment, Experiment], tmp_path: Path
) -> None:
    day, week = (
        Outline(write_report(one, compare(one), tmp_path / str(at), []).read_text("utf-8"))
        for at, one in enumerate(experiments)
        if (tmp_path / str(at)).mkdir() is None
    )
    told = [" ".join(cell for row in one.tables["Money"] for cell in row) for one in (day, week)]
    assert "Service cost, a day" in told[0]
    assert "a year" not in told[0]
    assert "Service cost, a year" in told[1]


@pytest.mark.parametrize("name", [shipped.name for shipped in list_scenarios()])
def test_over_a_whole_horizon_of_a_week_or_more_every_measure_is_shown(name: str) -> None:
    scenario = load(name)
    horizon = scenario.horizon
    shown = [
        one.is_shown_over(horizon.days - horizon.warm_up_days, outlasted=False)
        for one in MEASURES.values()
    ]
    assert all(shown) or horizon.days < 7


COMING_BACK = """
baseline = "today"
horizon.days = 5
opening.hours = "09:00-17:00"
loyalty.customer_value = 100
[repeat]
probability = 0.9
delay_min = 1200
[reasons.question]
volume = { per_day = 60 }
groups = ["front"]
solve = 0.5
handling.voice.talk_s = 240
[groups.front]
heads = 4
cost_per_hour = 20
[policies.more.changes]
"groups.front.heads" = 5
"""
