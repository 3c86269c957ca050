"""The what-if screen as a manager uses it, with answers that nobody ran."""

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from results import Experiment
from results.measures.registry import KINDS
from results.reading.table import Cell, Row
from scenarios import load_text
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeJob, FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog, TextDialog
from tui.parts.endings_table import EndingsTable
from tui.shell.measure_help import MeasureHelp
from tui.terminal.run_files import RunFiles
from tui.what_if.knob_list import KnobList
from tui.what_if.measure_list import MeasureList
from tui.what_if.screen import SETTLED_S, WhatIfScreen

AUTHORITY = "groups.front_line.authority"
FULL = (120, 40)
TUESDAY = "One ordinary Tuesday, because the whole week takes over a second; Compare and d run it."
WEEK = "The whole week, as in Compare, as chosen; d runs one day."


async def at_the_bench(pilot: Pilot[None], runner: FakeRunner) -> WhatIfScreen:
    """Go to the what-if screen and wait until its base is asked for."""
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    await until_run(pilot, runner, 1)
    return cast(WhatIfScreen, pilot.app.screen)


async def until_run(pilot: Pilot[None], runner: FakeRunner, jobs: int) -> FakeJob:
    """Wait until so many requests were handed in."""
    for _ in range(50):
        if len(runner.jobs) >= jobs:
            return runner.last
        await pilot.pause(SETTLED_S / 5)
    raise AssertionError(f"{len(runner.jobs)} requests instead of {jobs}")


async def turn(pilot: Pilot[None], key: str, *presses: str) -> None:
    """Put the cursor on a knob and press keys."""
    knobs = pilot.app.screen.query_one(KnobList)
    knobs.go_to(key)
    knobs.focus()
    await pilot.press(*presses)
    await pilot.pause()


def words(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


async def test_the_base_is_run_at_once_over_one_ordinary_day(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        request = runner.last.request
        assert request.policies == ("ask-the-boss",)
        assert request.scenario.horizon.days == 1
        assert request.replications == 20
        assert words(pilot, "#answer-days") == TUESDAY


async def test_a_turned_knob_is_run_beside_the_base_whose_replications_are_kept(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        runner.last.tell(told(runner.last.request, 20, "done"))
        await pilot.pause()
        await turn(pilot, AUTHORITY, "right")
        job = await until_run(pilot, runner, 2)
        assert job.request.policies == ("ask-the-boss", "what-if")
        assert {key[0] for key in job.request.known} == {"ask-the-boss"}
        assert len(job.request.known) == 20
        assert job.request.scenario.policies["what-if"].changes == {AUTHORITY: "guided"}
        assert screen.bench is not None
        assert screen.bench.knob(AUTHORITY).changed
        assert "Small amounts by a table" in words(pilot, "#answer-turned")


async def test_the_numbers_move_from_the_first_estimate_on_and_the_state_says_how_far(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        job = await until_run(pilot, runner, 2)
        job.tell(told(job.request, 1))
        await pilot.pause()
        assert words(pilot, "#answer-state") == "▶ running 1 of 20 · 3.2 s left"
        assert "One replication so far" in words(pilot, "#answer-verdict")
        job.tell(told(job.request, 6))
        await pilot.pause()
        assert words(pilot, "#answer-state").startswith("▶ running 6 of 20 · wait ±")
        job.tell(told(job.request, 20, "done"))
        await pilot.pause()
        assert words(pilot, "#answer-state").startswith("✓ 20 replications · wait ±")
        assert "complaints resolved at first contact rise from" in words(pilot, "#answer-verdict")
        text = pilot.app.screen.query_one(MeasureList).line(4, 80).plain
        assert "Complaints at 1st contact" in text
        assert "▲ better" in text, "as text as well as in colour"
        base, what_if = Cell("46:42"), Cell("4 h 43 min", "", "+3 h 56 min", "±1 h 12 min")
        cells = {"base": base, "what-if": what_if}
        long = Row("asa", "asa", "Average speed of answer", "Speed of answer", cells)
        pilot.app.screen.query_one(MeasureList).show_rows([long], "base", "what-if")
        written = pilot.app.screen.query_one(MeasureList).line(0, 80).plain.split()
        numbers = " ".join(written[3:-2])
        assert numbers == "46:42 4 h 43 min +3 h 56 min ±1 h 12 min", "apart"
        assert "decided by the agent alone" in str(app.screen.query_one(EndingsTable).render())


async def test_a_further_turn_stops_the_run_and_what_it_still_tells_is_not_shown(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        first = await until_run(pilot, runner, 2)
        await turn(pilot, AUTHORITY, "right")
        assert first.stopped
        await until_run(pilot, runner, 3)
        before = words(pilot, "#answer-state")
        first.tell(told(first.request, 20, "done"))
        await pilot.pause()
        assert words(pilot, "#answer-state") == before


async def test_what_a_stopped_run_had_finished_belongs_to_what_was_turned_when_it_began(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        runner.last.tell(told(runner.last.request, 4))
        await turn(pilot, AUTHORITY, "right")
        guided = await until_run(pilot, runner, 2)
        assert len(guided.request.known) == 4, "of the base"
        guided.tell(told(guided.request, 6))
        await turn(pilot, AUTHORITY, "right")
        empowered = await until_run(pilot, runner, 3)
        assert {key[0] for key in empowered.request.known} == {"ask-the-boss"}
        await pilot.press("u")
        again = await until_run(pilot, runner, 4)
        assert len(again.request.known) == 12, "what was finished is known again"
        again.tell(told(again.request, 8))
        await pilot.press("u")
        base = await until_run(pilot, runner, 5)
        assert len(base.request.known) == 8
        base.tell(told(base.request, 9))
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert words(pilot, "#answer-state").startswith("▶ "), "not the answer of another day"
        week = await until_run(pilot, runner, 6)
        assert not week.request.known


async def test_many_turns_in_a_row_are_run_once(
    app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer than a busy machine takes from one key to the next.
    monkeypatch.setattr("tui.what_if.screen.SETTLED_S", 1.5)
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, "groups.front_line.absence", "right", "right", "right", "right")
        job = await until_run(pilot, runner, 2)
        await pilot.pause(2.0)
        assert len(runner.jobs) == 2
        policy = job.request.scenario.policies["what-if"]
        assert policy.changes == {"groups.front_line.absence": 0.1}


async def test_a_run_is_stopped_by_a_key_and_gone_on_with_by_the_same(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        job = runner.last
        job.tell(told(job.request, 6))
        await pilot.press("x")
        assert job.stopped
        await pilot.pause()
        assert words(pilot, "#answer-state").startswith("■ stopped at 6 of 20")
        await pilot.press("x")
        again = await until_run(pilot, runner, 2)
        assert len(again.request.known) == 6, "what was finished is not run again"


async def test_an_answer_is_kept_with_every_part_though_the_screen_measures_only_some(
    app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Experiment] = []

    def exported(root: Path, name: str, experiment: Experiment, _: str) -> RunFiles:
        kept.append(experiment)
        return RunFiles(root / name)

    monkeypatch.setattr("tui.what_if.screen.exported", exported)
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        shown = runner.last
        assert set(shown.request.kinds) == {"all", "complaints", "channel"}
        shown.tell(told(shown.request, 20, "done"))
        await pilot.pause()
        await pilot.press("e")
        whole = await until_run(pilot, runner, 2)
        assert whole.request.kinds == KINDS
        assert whole.request.replications == 20
        whole.tell(told(whole.request, 20, "done"))
        await settled(pilot)
    assert [experiment.replications for experiment in kept] == [tuple(range(20))]


async def test_a_number_is_typed_and_refused_in_words_while_it_is_wrong(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await turn(pilot, "groups.front_line.absence", "enter")
        assert pilot.app.screen.query_one("#knob-input", Input).value == "5"
        await pilot.press("5", "0", "0")
        await pilot.pause()
        assert words(pilot, "#knob-wrong") == "✗ It must be from 0 % to 100 %."
        await pilot.press("enter")
        await pilot.pause()
        assert screen.bench is not None
        assert screen.bench.turned.nothing, "what is wrong is not taken"
        await pilot.press("backspace", "backspace", "enter")
        await pilot.pause()
        assert screen.bench.turned.nothing, "5 % is what it was"
        assert isinstance(app.focused, KnobList)


async def test_escape_leaves_a_value_as_it_was(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await turn(pilot, "groups.front_line.absence", "enter", "9", "escape")
        assert screen.bench is not None
        assert screen.bench.turned.nothing
        assert isinstance(app.focused, KnobList)


async def test_a_choice_is_picked_from_a_list(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "enter")
        assert isinstance(app.screen, ChoiceDialog)
        options = app.screen.query_one(OptionList)
        assert str(options.get_option_at_index(2).prompt) == "Up to €150 without asking"
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert screen.bench is not None
        assert screen.bench.turned.changes == {AUTHORITY: "empowered"}


async def test_undo_reset_and_reset_all_turn_knobs_back(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        await turn(pilot, "callback_offer", "enter")
        assert screen.bench is not None
        assert set(screen.bench.turned.changes) == {AUTHORITY, "callback_offer"}
        await pilot.press("u")
        assert set(screen.bench.turned.changes) == {AUTHORITY}
        await turn(pilot, AUTHORITY, "r")
        assert screen.bench.turned.nothing
        await pilot.press("u", "R")
        assert screen.bench.turned.nothing
        await pilot.press("u")
        assert set(screen.bench.turned.changes) == {AUTHORITY}


async def test_a_knob_is_found_by_its_name(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await pilot.press("f")
        assert not screen.query_one("#bench").display
        await pilot.press("slash", *"accept")
        assert screen.query_one("#bench").display, "the field is among the knobs"
        await pilot.pause()
        assert screen.query_one(KnobList).count() == 0, "no callback is offered here"
        await pilot.press(*["backspace"] * 6, *"callback")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        knob = screen.query_one(KnobList).current
        assert knob is not None
        assert knob.key == "callback_offer"
        assert isinstance(app.focused, KnobList)


async def test_a_policy_of_the_file_is_taken_as_a_start(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert screen.bench is not None
        assert screen.bench.turned.changes == {AUTHORITY: "empowered"}


async def test_a_click_on_plus_turns_a_knob(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        knobs = screen.query_one(KnobList)
        knobs.go_to("busyness_cv")
        await pilot.pause()
        row = knobs.cursor - knobs.scroll_offset.y
        await pilot.click(knobs, offset=(knobs.size.width - 3, row))
        await pilot.pause()
        assert screen.bench is not None
        assert screen.bench.turned.changes == {"busyness_cv": 0.12}


async def test_the_whole_horizon_is_run_when_asked_for(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        await pilot.press("d")
        job = await until_run(pilot, runner, 2)
        assert job.request.scenario.horizon.days == 7
        assert (
            words(pilot, "#answer-days")
            == "The whole week, as in Compare, as chosen; d runs one day."
        )
        await pilot.press("d")
        job = await until_run(pilot, runner, 3)
        assert job.request.scenario.horizon.days == 1


async def test_the_equation_of_a_measure_is_one_key_away(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        runner.last.tell(told(runner.last.request, 20, "done"))
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, MeasureHelp)


async def test_what_is_turned_is_saved_into_a_copy_of_a_shipped_scenario(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right", "right")
        await until_run(pilot, runner, 2)
        await pilot.pause(2 * SETTLED_S)  # on a busy machine each press may have begun a run
        begun = len(runner.jobs)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, TextDialog)
        await pilot.press(*"mine", "enter")
        await pilot.pause()
        assert app.screen.query_one("#text", Input).value == "retail-complaints.toml"
        await pilot.press("enter")
        await settled(pilot)
        text = (tmp_path / "retail-complaints.toml").read_text(encoding="utf-8")
        assert "# What to look at" in text, "comments stay"
        assert load_text(text).policies["mine"].changes == {AUTHORITY: "empowered"}
        await settled(pilot)
        assert app.opened is not None
        assert not app.opened.shipped
        assert screen.bench is not None
        assert screen.bench.turned.changes == {AUTHORITY: "empowered"}, "it stays turned"
        await pilot.pause(2 * SETTLED_S)
        assert len(runner.jobs) == begun, "saving runs nothing again"
        knob = screen.query_one(KnobList).current
        assert knob is not None
        assert knob.key == AUTHORITY, "and leaves the cursor where it was"


async def test_nothing_turned_is_nothing_to_save(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_bench(pilot, runner)
        await pilot.press("s")
        await settled(pilot)
        assert app.screen is screen


async def test_a_run_that_fails_is_told_in_a_dialog(app: FirstlineApp, runner: FakeRunner) -> None:
    from tui.shell.requests import Update

    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        runner.last.tell(Update("failed", {"ask-the-boss": 0}, 20, words="It broke.", detail="why"))
        await pilot.pause()
        assert isinstance(app.screen, ErrorDialog)


@pytest.mark.long
async def test_an_answer_is_kept_as_a_run_folder_with_charts_and_report(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        job = await until_run(pilot, runner, 2)
        job.tell(told(job.request, 20, "done"))
        await pilot.pause()
        await pilot.press("e")
        await settled(pilot)
        (folder,) = (tmp_path / "runs").iterdir()
        assert folder.name.endswith("retail-complaints-what-if")
        assert (folder / "report.html").exists()
        assert list((folder / "charts").glob("*.png"))
