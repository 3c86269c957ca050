"""Last answers: what a what-if, a sweep or a goal has said stands beside its question."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from textual.pilot import Pilot

from results import compare, run
from results.studies.goal import Goal
from results.studies.study import Study
from scenarios import load_text, with_changes
from tests.support.command_line import SHOP
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench, turn, until_run
from tui.app.app import FirstlineApp
from tui.how_far.how_far import HowFar, how_far, usual_goal
from tui.how_far.in_few_words import in_few_words
from tui.how_far.screen import HowFarScreen
from tui.scenarios.answered import remember_levels, remember_what_if
from tui.scenarios.last_answers import days_in_few_words, last_answers
from tui.scenarios.question_list import QuestionList
from tui.scenarios.questions import questions_of
from tui.shell import scenario_file
from tui.shell.given_answers import GivenAnswers
from tui.shell.scenario_file import ScenarioFile
from tui.what_if.bench import Bench
from tui.what_if.day import one_day

HEADS = "groups.front_line.heads"
ROSTER = 'groups.front_line."*".heads'
AUTHORITY = "groups.front_line.authority"


@cache
def swept(key: str) -> tuple[HowFar, Study]:
    """The corner shop at the levels of a knob, a real run with fixed seeds."""
    scenario = load_text(SHOP)
    bench = Bench.of(scenario)
    found = how_far(bench, bench.knob(key), one_day(scenario))
    experiment = run(found.scenario, policies=found.policies, replications=6, workers=1)
    return found, found.study(experiment)


def shop(folder: Path) -> ScenarioFile:
    path = folder / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    return scenario_file.read(path)


def test_a_sweep_of_agents_says_how_many_reach_the_goal() -> None:
    found, study = swept(HEADS)
    goal = usual_goal(study.plan.scenario)
    said = in_few_words(found, study, goal, sought=False)
    assert said.endswith(" agents reach 80 % in 20 s")
    levels = study.curve(study.plan.policies[0], "service_level")
    enough = next(at for at, one in enumerate(levels) if one.mean >= 0.8)
    assert int(said.split()[0]) == found.levels[enough].value, "the first level above the goal"


def test_a_goal_that_no_level_reaches_is_said_so() -> None:
    found, study = swept(HEADS)
    last = found.levels[-1].words
    never = Goal("service_level", at_least=True, value=1.01)
    said = in_few_words(found, study, never, sought=True)
    assert said == f"101 % in 20 s is not known to be reached by {last} agents"
    already = Goal("asa", at_least=False, value=1e6)
    assert "already" in in_few_words(found, study, already, sought=True)


def test_a_knob_that_does_not_decide_about_the_goal_says_from_where_more_brings_nothing() -> None:
    found, study = swept(AUTHORITY)
    goal = Goal("asa", at_least=False, value=1e6)
    few = in_few_words(found, study, goal, sought=False)
    assert "≤" not in few, "every level reaches it: the goal says nothing"
    assert "better" in few
    assert "≤" in in_few_words(found, study, goal, sought=True), "but somebody asked for it"


def test_an_answer_stands_for_its_question_until_a_later_run_answers_it(tmp_path: Path) -> None:
    opened, book = shop(tmp_path), GivenAnswers(tmp_path / "answers.json")
    assert opened.scenario is not None
    bench = Bench.of(opened.scenario)
    remember_levels(
        book, opened, bench, bench.knob(HEADS), "5 agents reach 80 % in 20 s", bench.base
    )
    asked = questions_of(opened.scenario)
    found = last_answers(opened, asked, tmp_path / "runs", book.of(opened))
    assert {name: one.words for name, one in found.items()} == {
        HEADS: "5 agents reach 80 % in 20 s"
    }
    other = scenario_file.read(tmp_path / "other.toml")
    assert book.of(other) == {}, "of this file alone"


def test_an_answer_about_other_customers_is_no_answer_any_more(tmp_path: Path) -> None:
    opened, book = shop(tmp_path), GivenAnswers(tmp_path / "answers.json")
    book.give(opened, [HEADS], "5 agents reach 80 % in 20 s")
    text = opened.path.read_text(encoding="utf-8")
    policy = '\n[policies.more]\nchanges = { "groups.front_line.heads" = 9 }\n'
    opened.path.write_text(text + policy, encoding="utf-8")
    assert HEADS in book.of(scenario_file.read(opened.path)), "a policy more changes nothing"
    busier = text.replace("per_day = ", "per_day = 1", 1)
    opened.path.write_text(busier, encoding="utf-8")
    assert book.of(scenario_file.read(opened.path)) == {}


def test_a_sweep_with_something_else_turned_answers_another_question(tmp_path: Path) -> None:
    opened, book = shop(tmp_path), GivenAnswers(tmp_path / "answers.json")
    assert opened.scenario is not None
    bench = Bench.of(opened.scenario).turn(AUTHORITY, "everything")
    remember_levels(
        book, opened, bench, bench.knob(HEADS), "5 agents reach 80 % in 20 s", bench.base
    )
    assert book.of(opened) == {}
    back = bench.reset_all().turn(HEADS, 5)
    remember_levels(book, opened, back, back.knob(HEADS), "5 agents reach 80 % in 20 s", back.base)
    assert [*book.of(opened)] == [HEADS], "where the knob itself stands does not matter"


def test_answers_that_cannot_be_read_or_written_are_no_error(tmp_path: Path) -> None:
    opened, path = shop(tmp_path), tmp_path / "answers.json"
    for text in ("{", "[1]", '{"a": 1}', '{"a": {"b": {"words": 1}}}'):
        path.write_text(text, encoding="utf-8")
        assert GivenAnswers(path).of(opened) == {}
    lost = GivenAnswers(tmp_path / "shop.toml" / "answers.json")
    lost.give(opened, [HEADS], "few")
    assert lost.of(opened)[HEADS].words == "few", "until the app is left"


def test_a_what_if_with_the_changes_of_a_policy_answers_its_question(tmp_path: Path) -> None:
    opened, book = shop(tmp_path), GivenAnswers(tmp_path / "answers.json")
    assert opened.scenario is not None
    base = Bench.of(opened.scenario)
    alone = compare(run(opened.scenario, policies=["ask"], replications=4, workers=1))
    remember_what_if(book, opened, base, alone, base.base)
    assert book.of(opened) == {}, "nothing is turned"
    for bench in (base.start_from(opened.scenario.policies["empowered"]), base.turn(HEADS, 5)):
        over = bench.over(opened.scenario)
        policies = (over.baseline, bench.name)
        experiment = run(over, policies=policies, replications=4, workers=1)
        remember_what_if(book, opened, bench, compare(experiment), opened.scenario)
    found = book.of(opened)
    assert {*found} == {AUTHORITY, "policy empowered", HEADS}
    assert found[HEADS].words.startswith("5 agents: "), "the question names no number"
    assert "one day" not in found[HEADS].words, "all days were run"


def test_an_answer_over_one_day_is_marked_as_one_where_the_scenario_has_more(
    tmp_path: Path,
) -> None:
    opened, book = shop(tmp_path), GivenAnswers(tmp_path / "answers.json")
    assert opened.scenario is not None
    week = with_changes(opened.scenario, {"horizon.days": 7})
    bench, day = Bench.of(opened.scenario), one_day(week).scenario
    remember_levels(book, opened, bench, bench.knob(HEADS), "5 agents reach 80 % in 20 s", day)
    assert book.of(opened)[HEADS].words == "5 agents reach 80 % in 20 s (one day)"
    assert days_in_few_words(week) == ""
    warmed = with_changes(week, {"horizon.warm_up_days": 1.0})
    assert days_in_few_words(one_day(warmed).scenario) == " (one day)", "one that is measured"


async def beside(pilot: Pilot[None], name: str) -> str:
    """What stands beside a question on the first screen."""
    shown = pilot.app.screen.query_one(QuestionList)
    for _ in range(100):
        if name in shown._answers:
            return shown._answers[name].words
        await pilot.pause(0.05)
    raise AssertionError(f"nothing stands beside {name}: {shown._answers}")


async def test_a_sweep_and_a_goal_sought_stand_beside_the_question_after_a_restart(
    app: FirstlineApp,
    runner: FakeRunner,
    new_app: Callable[[], FirstlineApp],
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, ROSTER, "h")
        await settled(pilot)
        assert isinstance(app.screen, HowFarScreen)
        request = runner.last.request
        runner.last.tell(told(request, 4))
        await settled(pilot)
        assert app.opened is not None
        assert app.settings.answers.of(app.opened) == {}, "not whole yet"
        runner.last.tell(told(request, 8, "done"))
        await settled(pilot)
        await pilot.press("g")
        await pilot.pause()
        await pilot.press(*["backspace"] * 30, *"service_level>=0.85", "enter")
        await settled(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        said = await beside(pilot, ROSTER)
        assert "85 % in 20 s" in said
        assert "agents" in said
    again = new_app()
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert await beside(pilot, ROSTER) == said


async def test_a_what_if_stands_beside_its_question_without_being_kept(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        job = await until_run(pilot, runner, 2)
        job.tell(told(job.request, 20, "done"))
        await settled(pilot)
        await pilot.press("1")
        await settled(pilot)
        said = await beside(pilot, AUTHORITY)
        assert said.startswith("Small amounts"), "which is not what the question names"
