"""Questions of a scenario: where they come from, what answered them last, how a what-if begins."""

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from results import compare, run
from results.runs.store import begin, finish
from scenarios import load, load_text, path_of
from scenarios.library import names
from tests.support.command_line import SHOP, shop
from tests.tui.app.fake_runner import FakeJob, FakeRunner
from tests.tui.app.pilot import hammered, settled
from tui.app.app import FirstlineApp
from tui.parts.row_table import RowTable
from tui.scenarios.last_answers import last_answers
from tui.scenarios.question_list import QuestionList
from tui.scenarios.questions import questions_of
from tui.shell import scenario_file
from tui.what_if.bench import Bench
from tui.what_if.knob_list import KnobList
from tui.what_if.screen import WhatIfScreen
from tui.what_if.together import ALL_CUSTOMERS

AUTHORITY = "groups.front_line.authority"


@pytest.mark.parametrize("name", names())
def test_every_question_of_a_shipped_scenario_has_its_knob_on_the_bench(name: str) -> None:
    scenario = load(name)
    knobs = {knob.key for knob in Bench.of(scenario).knobs}
    asked = questions_of(scenario)
    assert {one.knob for one in asked if not one.policy} <= knobs
    assert {one.policy for one in asked if one.policy} == set(scenario.policies)
    assert len({one.name for one in asked}) == len(asked)


def test_the_questions_come_from_the_sections_of_the_scenario() -> None:
    asked = {one.words: one.knob for one in questions_of(load_text(SHOP))}
    assert asked["May agents decide up to €10.0 k alone?"] == AUTHORITY
    assert asked["How many agents for 80 % in 20 s?"] == "groups.front_line.heads"
    assert asked["What if 20 % more people call?"] == ALL_CUSTOMERS
    assert "Decide alone?" in asked
    aimed = "[targets]\nservice_level = 0.9\nanswer_within_s = 30\n"
    free = SHOP.replace('heads = 4\nauthority = "nothing"', 'heads = 4\nauthority = "all"')
    free = free.replace("[authority.nothing]\nlimit = 0", "[authority.all]\nlimit = inf")
    asked = {one.words: one.knob for one in questions_of(load_text(f"{free}\n{aimed}"))}
    assert "How many agents for 90 % in 30 s?" in asked
    assert not any("decide" in words for words in asked), "there is no limit to ask about"


async def until_turned(pilot: Pilot[None], runner: FakeRunner) -> FakeJob:
    """Wait until a what-if is run next to its base."""
    for _ in range(100):
        if runner.jobs and len(runner.last.request.policies) == 2:
            return runner.last
        await pilot.pause(0.05)
    raise AssertionError("no what-if was asked for")


def test_a_question_has_the_answer_of_the_latest_run_of_its_own_file(tmp_path: Path) -> None:
    opened = scenario_file.read(shop(tmp_path))
    assert opened.scenario is not None
    runs = tmp_path / "runs"
    questions = questions_of(opened.scenario)
    assert last_answers(opened, questions, runs) == {}
    experiment = run(opened.scenario, replications=4, workers=1)
    folder = begin(runs, "shop", opened.scenario, opened.document, 1, "test", file=opened.file)
    folder = finish(folder, experiment, compare(experiment))
    found = last_answers(opened, questions, runs)
    assert {*found} == {AUTHORITY, "policy empowered"}, "nobody asked about heads or volume"
    assert found[AUTHORITY].folder == folder
    assert "−" in found[AUTHORITY].words
    elsewhere = scenario_file.read(path_of("retail-complaints"))
    assert last_answers(elsewhere, questions, runs) == {}, "a run of another file"


async def test_two_key_presses_from_the_start_run_a_first_what_if(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("plus")
        job = await until_turned(pilot, runner)
        assert job.request.policies == ("ask-the-boss", "what-if")
        assert job.request.scenario.policies["what-if"].changes == {AUTHORITY: "guided"}


async def test_keys_after_the_enter_that_asks_wait_for_the_knob(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await hammered(pilot, "enter", "plus", "plus", "plus")
        # On a busy machine the first keys are run before the last one comes.
        for _ in range(100):
            job = await until_turned(pilot, runner)
            changes = job.request.scenario.policies["what-if"].changes
            if changes == {AUTHORITY: "specialist"}:
                break
            await pilot.pause(0.05)
        assert changes == {AUTHORITY: "specialist"}


async def test_the_question_of_a_policy_begins_with_its_knobs_turned(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.screen.query_one(RowTable).choose(str(path_of("keep-your-word")))
        await settled(pilot)
        await settled(pilot)
        shown = app.screen.query_one(QuestionList)
        while shown.current is None or shown.current.policy != "within-two-hours":
            await pilot.press("down")
        await pilot.press("enter")
        await settled(pilot)
        screen = cast(WhatIfScreen, app.screen)
        assert screen.bench is not None
        knob = screen.query_one(KnobList).current
        assert knob is not None
        assert knob.changed
        job = await until_turned(pilot, runner)
        policy = load("keep-your-word").policies["within-two-hours"]
        assert job.request.scenario.policies["what-if"].changes == policy.changes


async def test_arrows_go_between_the_questions_and_the_table(app: FirstlineApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.focused, QuestionList)
        await pilot.press("left")
        assert isinstance(app.focused, RowTable)
        await pilot.press("right")
        assert isinstance(app.focused, QuestionList)
