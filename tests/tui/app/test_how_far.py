"""How far: a knob over its levels, the turning point and the level that reaches a goal."""

import math
from functools import cache

import pytest
from textual.widgets import Static

from results import run
from results.comparison.estimate import Estimate
from results.measures.registry import MEASURES
from results.studies.goal import Goal
from results.studies.study import Study
from scenarios import load, load_text
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench, turn
from tui.app.app import FirstlineApp
from tui.how_far.how_far import HowFar, goal_sentence, how_far, turning_sentence, usual_goal
from tui.how_far.screen import HowFarScreen
from tui.how_far.sweep_curve import HERE, CurveLook, SweepCurve, drawn_curve
from tui.what_if.bench import Bench
from tui.what_if.day import one_day

HEADS = "groups.front_line.heads"
ROSTER = 'groups.front_line."*".heads'
AUTHORITY = "groups.front_line.authority"


def asked(name: str, key: str) -> HowFar:
    scenario = load_text(SHOP) if name == "shop" else load(name)
    bench = Bench.of(scenario)
    return how_far(bench, bench.knob(key), one_day(scenario))


@cache
def heads() -> tuple[HowFar, Study]:
    """The corner shop with from one to eight people, a real run."""
    found = asked("shop", HEADS)
    experiment = run(found.scenario, policies=found.policies, replications=6, workers=1)
    return found, found.study(experiment)


def test_the_levels_of_a_number_lie_around_where_it_stands() -> None:
    found = asked("retail-complaints", ROSTER)
    values = [level.value for level in found.levels]
    assert values == sorted(set(values))
    assert found.place_of(40) == 4
    assert values[0] <= 32
    assert values[-1] >= 48


def test_the_choices_of_authority_stand_in_the_order_of_their_limits() -> None:
    found = asked("retail-complaints", AUTHORITY)
    limits = load("retail-complaints").authority
    assert [limits[level.value].limit for level in found.levels] == [0, 25, 50, 150, 1000]


def test_a_level_under_which_the_scenario_does_not_work_is_left_out() -> None:
    values = [level.value for level in asked("shop", HEADS).levels]
    assert values[0] >= 0
    assert all(value == round(value) for value in values)


def test_more_people_shorten_the_wait_and_the_goal_is_reached_between_two_levels() -> None:
    found, study = heads()
    (policy,) = study.plan.policies
    curve = [one.mean for one in study.curve(policy, "asa")]
    assert curve[0] > curve[-1]
    goal = usual_goal(study.plan.scenario)
    assert goal == Goal("service_level", at_least=True, value=0.8)
    levels = study.curve(policy, "service_level")
    least = next(at for at, one in enumerate(levels) if one.mean >= 0.8)
    said = goal_sentence(found, study, goal)
    assert said.startswith("Goal: service level within 20 s at least 80 %. Reached from ")
    assert f"from {found.levels[least].words} agents on" in said
    never = goal_sentence(found, study, Goal("occupancy", at_least=True, value=1.5))
    assert "Not reached" in never
    already = goal_sentence(found, study, Goal("asa", at_least=False, value=1e6))
    assert already.endswith(f"already at {found.levels[0].words}")


def test_the_turning_point_names_a_level() -> None:
    found, study = heads()
    said = turning_sentence(found, study, "asa")
    none = "no level is known to be better by as much as matters"
    assert none in said or "still better at" in said
    assert any(level.words in said for level in found.levels)


@pytest.mark.parametrize(("width", "height"), [(76, 9), (56, 16), (96, 26)])
def test_a_curve_fits_its_place_and_marks_where_the_knob_stands(width: int, height: int) -> None:
    found = [Estimate(90.0 / (1 + at), 4.0, 8) for at in range(9)]
    levels = [str(32 + 2 * at) for at in range(9)]
    curve = SweepCurve("Wait", levels, found, lambda value: f"{value:.0f} s", here=4, least=0.0)
    lines = drawn_curve(curve, width, height, CurveLook()).split("\n")
    assert len(lines) == height
    assert all(line.cell_len <= width for line in lines)
    assert sum(HERE in line.plain for line in lines) >= (height - 3) // 2
    assert "40" in lines[-1].plain
    assert "−" not in "".join(line.plain for line in lines), "no wait below zero"


def test_a_share_is_drawn_neither_below_zero_nor_above_one() -> None:
    found = [Estimate(0.99, 0.2, 3), Estimate(0.02, 0.3, 3)]
    curve = SweepCurve("", ["1", "2"], found, lambda v: f"{v:.2f}", least=0.0, most=1.0)
    lines = [line.plain for line in drawn_curve(curve, 60, 12, CurveLook()).split("\n")]
    assert lines[1].strip().startswith("1.00")
    assert any(line.strip().startswith("0.00") for line in lines)
    nothing = SweepCurve("", ["1", "2"], [Estimate(math.nan, math.nan, 0)] * 2, str)
    assert drawn_curve(nothing, 60, 12, CurveLook()).plain


async def test_h_runs_the_knob_at_its_levels_and_g_seeks_another_goal(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, ROSTER, "h")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, HowFarScreen)
        request = runner.last.request
        assert len(request.policies) == 9
        assert request.scenario.horizon.days == 1
        runner.last.tell(told(request, 6))
        await pilot.pause()
        assert "6 of 8" in words(app, "#far-state")
        assert words(app, "#far-goal").startswith("Goal: service level within 20 s at least 80 %")
        curves = words(app, "#far-curves")
        assert MEASURES["asa"].title in curves
        assert HERE in curves
        await pilot.press("g")
        await pilot.pause()
        await pilot.press(*["backspace"] * 30, *"fcr_complaints>=0.85", "enter")
        await settled(pilot)
        assert words(app, "#far-goal").startswith(
            "Goal: complaints resolved at first contact at least 85"
        )
        await pilot.press("escape")
        await pilot.pause()
        assert runner.last.stopped


def words(app: FirstlineApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)
