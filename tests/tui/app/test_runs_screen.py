"""Runs: what was run before is found, opened, set side by side and cleared away."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from textual.widgets import Static, Tabs

from results.runs.store import begin
from tests.support.known_answers import SCENARIO, TOML
from tests.support.running_elsewhere import running_elsewhere
from tests.support.stored_runs import killed, stored
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.dialogs import ErrorDialog, YesNoDialog
from tui.parts.row_table import RowTable
from tui.runs.two_runs import TwoRunsScreen
from tui.shell.measure_help import MeasureHelp


def table(app: FirstlineApp) -> RowTable:
    return app.screen.query_one(RowTable)


def words(app: FirstlineApp) -> str:
    return str(app.screen.query_one("#runs-words", Static).content)


def rows(app: FirstlineApp) -> list[list[str]]:
    return [[str(cell) for cell in table(app).get_row(key)] for key in table(app).rows]


async def test_no_run_yet_is_said_with_how_to_make_one(app: FirstlineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        nothing = app.screen.query_one("#runs-nothing", Static)
        assert nothing.display
        assert "firstline compare" in str(nothing.content)


async def test_past_runs_are_listed_with_what_was_run_the_latest_first(
    app: FirstlineApp,
) -> None:
    first, _ = stored(app.runs, seed=3)
    second, _ = stored(app.runs, name="bank")
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        assert list(table(app).rows) == sorted(map(str, (first, second)), reverse=True)
        retail = next(row for row in rows(app) if row[2] == "retail")
        assert retail[3:6] == ["3", "2", "3"], "policies, replications, seed"
        assert retail[6].startswith("wait ±"), "how precise it is"
        assert "• Quick: " in words(app), "and what came out"
        assert "Policies: Today, Quick and Same" in words(app), "by their titles"


async def test_an_unfinished_and_an_unreadable_run_are_listed_for_what_they_are(
    app: FirstlineApp,
) -> None:
    stored(app.runs)
    begin(app.runs, "half", SCENARIO, TOML, 1, policies=("today",), planned=4)
    broken, _ = stored(app.runs, name="broken")
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        states = {row[2]: row[6] for row in rows(app)}
        assert states["half"] == "stopped"
        assert [*states.values()].count("unreadable") == 1
        table(app).choose(str(broken))
        await settled(pilot)
        assert "cannot be read" in words(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)


async def test_enter_opens_a_run_in_the_comparison(app: FirstlineApp) -> None:
    stored(app.runs)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "compare"


async def test_two_runs_are_set_side_by_side_with_their_difference(app: FirstlineApp) -> None:
    stored(app.runs, seed=1)
    stored(app.runs, seed=2)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("space")
        assert rows(app)[0][0] == "●"
        await pilot.press("down", "b")
        await settled(pilot)
        assert isinstance(app.screen, TwoRunsScreen)
        titles = [row[1] for row in rows(app)]
        assert "Average speed of answer" in titles
        assert all("±" in row[4] for row in rows(app))
        await pilot.press("right")
        await settled(pilot)
        assert app.screen.query_one(Tabs).active == "pair-1", "the next policy"
        await pilot.press("enter")
        assert isinstance(app.screen, MeasureHelp)


async def test_setting_side_by_side_asks_for_a_mark_first(app: FirstlineApp) -> None:
    stored(app.runs)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("b")
        await pilot.pause()
        assert not isinstance(app.screen, TwoRunsScreen)
        assert any("Mark one run" in one.message for one in app._notifications)


async def test_deleting_asks_first_and_no_is_no(app: FirstlineApp) -> None:
    folder, _ = stored(app.runs)
    app.in_use.add(folder)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert not isinstance(app.screen, YesNoDialog), "it is being written"
        app.in_use.clear()
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, YesNoDialog)
        await pilot.press("n")
        await settled(pilot)
        assert folder.is_dir()
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert not folder.exists()
        assert app.screen.query_one("#runs-nothing").display


async def test_the_folder_of_a_run_is_opened_and_named(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    folder, _ = stored(app.runs)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        assert opened == [str(folder.resolve())]
        assert any(one.message == opened[0] for one in app._notifications)


async def test_the_latest_runs_stand_among_the_scenarios(app: FirstlineApp) -> None:
    folder, _ = stored(app.runs)
    async with app.run_test() as pilot:
        await settled(pilot)
        row = [str(cell) for cell in table(app).get_row(str(folder))]
        assert row[:2] == ["retail", "run"]
        table(app).focus()
        table(app).choose(str(folder))
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "compare"


async def test_a_run_that_came_since_is_there_after_reading_again(
    app: FirstlineApp, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        stored(tmp_path / "runs")
        await pilot.press("r")
        await settled(pilot)
        assert len(rows(app)) == 1


async def test_damaged_files_leave_the_other_runs_on_the_screen(app: FirstlineApp) -> None:
    whole, _ = stored(app.runs)
    halved, _ = stored(app.runs, name="halved")
    (halved / "comparison.parquet").write_bytes(b"?")
    (halved / "waits.parquet").write_bytes(b"?")
    undecodable = whole.with_name(os.fsdecode(b"caf\xe9"))
    if sys.platform == "linux":
        stored(app.runs, name="strange")[0].rename(undecodable)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        found = {row[2]: row for row in rows(app)}
        assert found["retail"][6].startswith("wait ±")
        assert found["halved"][6] == "damaged"
        assert not app.screen_stack[1:], "no error"
        table(app).choose(str(halved))
        await settled(pilot)
        assert f"{halved / 'comparison.parquet'} cannot be read" in words(app)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "compare"
        kept = str(app.screen.query_one("#compare-kept", Static).content)
        assert f"Left out: {halved / 'waits.parquet'} cannot be read" in kept


async def test_an_unfinished_run_of_an_earlier_version_is_to_be_started_again(
    app: FirstlineApp,
) -> None:
    shutil.copytree(Path(__file__).parents[2] / "references" / "runs-0.1", app.runs)
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        states = {key: str(table(app).get_row(key)[6]) for key in table(app).rows}
        (unfinished,) = [key for key, state in states.items() if state == "start again"]
        table(app).choose(unfinished)
        await settled(pilot)
        assert "Begun by an earlier version: start again." in words(app)
        (finished,) = set(states) - {unfinished}
        table(app).choose(str(finished))
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "compare"


async def test_runs_of_unequal_definitions_are_compared_by_the_rest(app: FirstlineApp) -> None:
    stored(app.runs, seed=1)
    later, _ = stored(app.runs, seed=2, name="later")
    said = json.loads((later / "manifest.json").read_text(encoding="utf-8"))
    said["origin"]["measures"]["asa"] += 1
    (later / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    async with app.run_test() as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("space", "down", "b")
        await settled(pilot)
        assert isinstance(app.screen, TwoRunsScreen)
        titles = [row[1] for row in rows(app)]
        assert titles
        assert "Average speed of answer" not in titles
        note = str(app.screen.query_one("#two-runs-note", Static).content)
        assert "Not compared: asa was defined anew." in note


async def test_a_killed_run_says_how_far_it_came_and_one_key_runs_what_is_left(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    folder = killed(app.runs, precision="asa=2")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        assert rows(app)[0][4] == "2/5", "a killed run wrote no number down; it is counted"
        assert rows(app)[0][6] == "stopped"
        assert "x runs what is left" in words(app)
        await pilot.press("x")
        await settled(pilot)
        assert app.current_mode == "compare"
        request = runner.last.request
        assert request.folder == folder
        assert (request.replications, request.seed) == (5, 7)
        assert request.precision is not None
        assert request.precision.half_widths == {"asa": 2.0}
        assert request.policies == (SCENARIO.baseline, *SCENARIO.policies)
        assert folder in app.in_use
        runner.last.tell(told(request, 3))
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert runner.last.request == request, "and it is stopped and continued as any other"


async def test_a_stopped_run_is_opened_with_what_it_found_and_continues_from_there(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    folder = killed(app.runs)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert not runner.jobs, "looking at it runs nothing"
        state = str(app.screen.query_one("#compare-state", Static).content)
        assert state.startswith("■ stopped at 2 of 5")
        assert "x continues" in state
        await pilot.press("x")
        await settled(pilot)
        assert runner.last.request.folder == folder


async def test_a_whole_run_and_one_that_runs_elsewhere_are_not_continued(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    whole, _ = stored(app.runs)
    busy = killed(app.runs)
    with running_elsewhere(busy):
        async with app.run_test(notifications=True) as pilot:
            await pilot.press("5")
            await settled(pilot)
            for folder, said in ((busy, "Another process"), (whole, "nothing to continue")):
                table(app).choose(str(folder))
                await settled(pilot)
                await pilot.press("x")
                await settled(pilot)
                assert any(said in one.message for one in app._notifications)
    assert not runner.jobs
