"""The compare screen as a manager uses it, with answers that nobody ran."""

import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TabbedContent

from results import compare
from results.comparison.compare import against
from results.comparison.ranking import ranking
from results.reading.names import title_of_policy, titles_of
from results.reading.rows import ASKED
from results.runs import parquet, store
from results.uncertain.answer import CentreRun
from results.uncertain.centres import compare_centres
from results.uncertain.table import tables_of
from results.uncertain.unknown import Unknown
from scenarios import load, path_of, with_changes
from scenarios.save import save_policy
from tests.tui.app.canned_answers import experiment_of, told
from tests.tui.app.fake_runner import FakeJob, FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.comparison_table import ComparisonTable
from tui.compare.finished_before import FinishedBefore
from tui.compare.plan_list import PlanList
from tui.compare.screen import CompareScreen
from tui.parts.choice import ChoiceDialog
from tui.parts.dialogs import ErrorDialog
from tui.shell import scenario_file
from tui.shell.measure_help import MeasureHelp
from tui.shell.requests import Request, Update
from tui.shell.run_keeping import begun
from tui.terminal.run_files import RunFiles

FULL = (120, 40)
POLICIES = ("ask-the-boss", "guided", "empowered", "empowered-owned", "five-more-agents")


@pytest.fixture(autouse=True)
def quick_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take seconds to draw; that they are drawn is another test's claim."""
    monkeypatch.setattr("tui.compare.comparison_keeping.kept", lambda folder, *_: RunFiles(folder))


async def at_the_comparison(pilot: Pilot[None]) -> CompareScreen:
    await settled(pilot)
    await pilot.press("3")
    await settled(pilot)
    return cast(CompareScreen, pilot.app.screen)


async def running(pilot: Pilot[None], runner: FakeRunner) -> FakeJob:
    """Start, and wait until the run is handed in."""
    before = len(runner.jobs)
    await pilot.press("x")
    await settled(pilot)
    assert len(runner.jobs) == before + 1
    return runner.last


@asynccontextmanager
async def compared(
    app: FirstlineApp, runner: FakeRunner
) -> AsyncIterator[tuple[Pilot[None], CompareScreen, FakeJob]]:
    """The comparison, when the run of all its policies has been handed in."""
    async with app.run_test(size=FULL) as pilot:
        screen = await at_the_comparison(pilot)
        yield pilot, screen, await running(pilot, runner)


def words(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


def cells(pilot: Pilot[None], table: str, row: int) -> list[str]:
    found = pilot.app.screen.query_one(table, ComparisonTable).get_row_at(row)
    return [cell.plain for cell in found]


async def test_every_policy_of_the_scenario_is_picked_at_first(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (_, _, job):
        assert job.request.policies == POLICIES
        assert job.request.replications == 10
        assert job.request.folder is not None
        assert job.request.folder.name.endswith("retail-complaints.unfinished")
        assert store.read_manifest(job.request.folder).planned == 10, "to be gone on with"
        assert job.request.folder in app.in_use


async def test_a_policy_that_is_left_out_is_not_run(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        await pilot.press("down", "space", "down", "down", "enter")
        job = await running(pilot, runner)
        assert job.request.policies == ("ask-the-boss", "empowered", "five-more-agents")
        assert app.policies == ("empowered", "five-more-agents")


async def test_a_table_stands_before_the_last_policy_has_come_and_the_cursor_stays_in_it(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        job = await running(pilot, runner)
        none = dict.fromkeys(POLICIES, 0)
        first = experiment_of(job.request.scenario, POLICIES[:2], 1, 10)
        done = none | {"ask-the-boss": 1, "guided": 1}
        job.tell(Update("running", done, 10, None, first, compare(first, ASKED)))
        await settled(pilot)
        table = pilot.app.screen.query_one("#compare-table", ComparisonTable)
        assert len(table.columns) == 1 + 2
        assert "3 policies to come" in words(pilot, "#compare-state")
        table.move_cursor(row=3, column=2)
        job.tell(told(job.request, 1))
        await settled(pilot)
        assert len(table.columns) == 1 + len(POLICIES)
        assert "to come" not in words(pilot, "#compare-state")
        assert (table.cursor_row, table.cursor_column) == (3, 2)


async def test_the_base_stays_in(app: FirstlineApp, runner: FakeRunner) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        await pilot.press("space")
        job = await running(pilot, runner)
        assert "ask-the-boss" in job.request.policies


async def test_replications_precision_and_seed_are_asked_for_and_checked(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one("#text", Input).value = "none"
        await pilot.press("enter")
        assert "whole number" in str(app.screen.query_one("#wrong", Static).content)
        app.screen.query_one("#text", Input).value = "25"
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        app.screen.query_one("#text", Input).value = "7"
        await pilot.press("enter")
        await settled(pilot)
        job = await running(pilot, runner)
        assert (job.request.replications, job.request.seed) == (25, 7)
        job.tell(told(job.request, 3))
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("up", "enter")
        await pilot.pause()
        app.screen.query_one("#text", Input).value = "asa=two"
        await pilot.press("enter")
        assert "'two' is not a number" in str(app.screen.query_one("#wrong", Static).content)
        app.screen.query_one("#text", Input).value = "asa=2"
        await pilot.press("enter")
        await settled(pilot)
        job = await running(pilot, runner)
        assert job.request.precision is not None
        assert job.request.precision.half_widths == {"asa": 2.0}


async def test_the_table_says_what_each_policy_changes_in_numbers_marks_and_sentences(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        job.tell(told(job.request, 4))
        await pilot.pause()
        assert words(pilot, "#compare-state").startswith("▶ running 4 of 10")
        row = cells(pilot, "#compare-table", 4)
        assert row[0].strip() == "Complaints at 1st contact"
        assert all(cell.splitlines()[0].endswith("✓") for cell in row[2:])
        assert "Let agents settle up to €25: " in words(pilot, "#compare-verdict")
        assert "✓ better, ✗ worse" in words(pilot, "#compare-legend")


async def test_five_policies_fit_on_the_smallest_screen_and_the_intervals_in_its_full_width(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_comparison(pilot)
        job = await running(pilot, runner)
        job.tell(told(job.request, 4))
        await pilot.pause()
        table = screen.query_one("#compare-table", ComparisonTable)
        assert len(table.columns) == 1 + len(POLICIES)
        assert table.virtual_size.width <= table.size.width
        assert "±" not in "".join(cells(pilot, "#compare-table", 0))
        await pilot.press("f")
        await pilot.pause()
        assert all("±" in cell for cell in cells(pilot, "#compare-table", 0)[1:])
        assert table.virtual_size.width <= table.size.width


async def test_the_columns_of_the_table_have_their_widths_before_anything_is_painted(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        update = told(job.request, 4)
        assert update.experiment is not None
        assert update.comparison is not None
        screen.query_one(ComparisonPanes).show_answer(update.experiment, update.comparison)
        table = screen.query_one("#compare-table", ComparisonTable)
        names, *numbers = [column.get_render_width(table) for column in table.columns.values()]
        assert names == len(cells(pilot, "#compare-table", 0)[0])
        assert all(room > 0 for room in numbers)


async def test_a_bar_for_each_policy_says_how_far_it_is(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        done = dict(zip(POLICIES, (5, 5, 4, 4, 4), strict=True))
        job.tell(Update("running", done, 10, 12.0))
        await pilot.pause()
        plan = screen.query_one(PlanList)
        assert plan.line(0, 40).plain.endswith("━━━━┄┄┄┄   5")
        assert plan.line(2, 40).plain.endswith("━━━┄┄┄┄┄   4")
        assert words(pilot, "#compare-state") == "▶ running 4 of 10 · 12 s left"


async def test_a_run_is_stopped_and_gone_on_with_in_the_same_folder(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        job.tell(told(job.request, 4))
        await pilot.press("x")
        assert job.stopped
        await pilot.pause()
        assert words(pilot, "#compare-state").endswith("x continues")
        again = await running(pilot, runner)
        assert again.request.folder == job.request.folder


async def test_a_run_that_is_stopped_before_anything_is_finished_leaves_no_folder(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        await pilot.press("x")
        await pilot.pause()
        assert job.request.folder is not None
        assert not job.request.folder.exists()


async def test_every_view_shows_the_run(app: FirstlineApp, runner: FakeRunner) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        panes, seen, waits = screen.query_one(TabbedContent), [], ""
        for _ in range(7):
            await pilot.press("v")
            await settled(pilot)
            seen.append(panes.active)
            if panes.active == "pane-waits":
                waits = str(screen.query_one("#compare-waits").render())
        assert len(set(seen)) == 7
        assert screen.query_one("#compare-parts", ComparisonTable).row_count == 6, "reasons"
        assert screen.query_one("#compare-intervals", ComparisonTable).row_count == 24
        assert "17:30" in waits
        assert "How complaints end" in str(screen.query_one("#compare-endings").render())
        assert len(screen.query("#compare-busy CurvesOverDay")) == 3


async def test_a_file_that_was_edited_is_compared_anew_and_nothing_stays_of_the_answer_before(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    text, file = path_of("retail-complaints").read_text(encoding="utf-8"), tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    app.settings.remember(file, tmp_path)
    async with compared(app, runner) as (pilot, screen, job):
        job.tell(told(job.request, 10, "done"))
        for _ in range(8):
            await pilot.press("v")
            await settled(pilot)
        edited = text.replace("limit = 25", "limit = 30", 1)
        assert edited != text
        file.write_text(edited, encoding="utf-8")
        app.take_saved(scenario_file.read(file))
        await settled(pilot)
        assert [table.row_count for table in screen.query(ComparisonTable)] == [0, 0, 0, 0]
        for view in ("#compare-waits", "#compare-endings"):
            assert not str(screen.query_one(view).render())
        assert not screen.query("#compare-busy CurvesOverDay")
        assert not words(pilot, "#trade-off-key")
        assert "━" not in screen.query_one(PlanList).line(0, 40).plain
        again = await running(pilot, runner)
        again.tell(told(again.request, 4))
        await pilot.pause()
        assert cells(pilot, "#compare-table", 0)[0].strip() == "Answered in 20 s"
        await pilot.press("v", "v")
        await settled(pilot)
        assert words(pilot, "#trade-off-key")


async def test_enter_on_a_measure_breaks_it_down_into_parts(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        screen.query_one("#compare-table").focus()
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.query_one(TabbedContent).active == "pane-parts"
        assert words(pilot, "#parts-title").startswith("Average speed of answer")


async def test_the_equation_of_a_measure_is_one_key_away(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, MeasureHelp)


async def test_a_finished_run_is_copied_to_a_place_of_ones_own(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "runs" / "whole"
    monkeypatch.setattr("tui.compare.comparison_keeping.kept", lambda *_: RunFiles(whole))
    whole.mkdir(parents=True)
    (whole / "report.html").write_text("report", encoding="utf-8")
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        await pilot.press("e")
        await settled(pilot)
        assert isinstance(app.screen, CompareScreen), "there is nothing to copy yet"
        job = await running(pilot, runner)
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        await pilot.press("e")
        await pilot.pause()
        for text, wrong in (("", "Give the folder a name."), (str(whole), "is there already")):
            app.screen.query_one("#text", Input).value = text
            await pilot.press("enter")
            assert wrong in str(app.screen.query_one("#wrong", Static).content)
        monkeypatch.setenv("HOME", str(tmp_path))
        app.screen.query_one("#text", Input).value = "~/mine"
        await pilot.press("enter")
        await settled(pilot)
        assert (tmp_path / "mine" / "report.html").read_text(encoding="utf-8") == "report"


async def test_quitting_while_it_runs_asks_and_stops_it(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not job.stopped
        await pilot.press("y")
        await pilot.pause()
        assert job.stopped


async def test_a_past_run_is_opened_with_its_own_policies(
    app: FirstlineApp, tmp_path: Path
) -> None:
    scenario = load("outage")
    policies = (scenario.baseline, *list(scenario.policies)[:1])
    experiment = experiment_of(scenario, policies, 3)
    folder = begun(tmp_path / "runs", "outage", Request(scenario, policies, 3))
    whole = store.finish(folder, experiment)
    async with app.run_test(size=FULL) as pilot:
        await settled(pilot)
        app.show_run(whole)
        await settled(pilot)
        assert isinstance(app.screen, CompareScreen)
        await settled(pilot)
        assert words(pilot, "#compare-kept") == f"Past run: {whole}"
        assert words(pilot, "#compare-state").startswith("✓ 3 replications")
        assert cells(pilot, "#compare-table", 0)[0].strip() == "Answered in 30 s"
        assert app.screen.query_one(PlanList).count() == len(policies) + 3


async def test_a_past_run_says_in_how_many_centres_a_policy_is_better(
    app: FirstlineApp, tmp_path: Path
) -> None:
    scenario = load("outage")
    policies = (scenario.baseline, *list(scenario.policies)[:1])
    experiment = experiment_of(scenario, policies, 4)
    folder = begun(tmp_path / "runs", "outage", Request(scenario, policies, 4))
    whole = store.finish(folder, experiment)
    one = Unknown(("groups.agents.absence",), 0.0, 0.1, 0.2, "a guess")
    ran = CentreRun(experiment, (one,), {0: {one.name: 0.1}, 1: {one.name: 0.15}})
    parquet.write(whole, tables_of(ran, compare_centres(ran)))
    async with app.run_test(size=FULL) as pilot:
        await settled(pilot)
        app.show_run(whole)
        await settled(pilot)
        await settled(pilot)
        said = words(pilot, "#compare-kept")
        assert said.startswith(f"Past run: {whole}")
        assert re.search(r"better in [012] of 2 centres that fit your figures", said)


async def test_a_past_run_that_is_opened_while_another_goes_on_stays_whole_and_on_the_screen(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load("outage")
    policies = (scenario.baseline, *list(scenario.policies)[:1])
    folder = begun(tmp_path / "runs", "outage", Request(scenario, policies, 3))
    whole = store.finish(folder, experiment_of(scenario, policies, 3))
    async with compared(app, runner) as (pilot, _, job):
        # A real one takes a while to end.
        monkeypatch.setattr(job, "stop", lambda: None)
        app.show_run(whole)
        await settled(pilot)
        await settled(pilot)
        job.tell(Update("stopped", dict.fromkeys(POLICIES, 0), 10))
        await pilot.pause()
        assert whole.is_dir()
        assert job.request.folder is not None
        assert not job.request.folder.exists(), "nothing was finished in it"
        assert not app.in_use
        assert words(pilot, "#compare-state").startswith("✓ 3 replications")
        await running(pilot, runner)
        assert runner.last.request.policies == POLICIES


async def test_a_run_that_begins_while_the_charts_of_another_are_drawn_keeps_to_its_own_folder(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, written = threading.Event(), []

    def slow(folder: Path, *_: object) -> RunFiles:
        drawn.wait(10.0)
        written.append(folder)
        return RunFiles(tmp_path / "whole")

    monkeypatch.setattr("tui.compare.comparison_keeping.kept", slow)
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        first = await running(pilot, runner)
        first.tell(told(first.request, 10, "done"))
        await pilot.pause()
        await pilot.press("x")
        for _ in range(100):
            if len(runner.jobs) == 2:
                break
            await pilot.pause(0.02)
        drawn.set()
        await settled(pilot)
        second = runner.last.request.folder
        assert written == [first.request.folder]
        assert second != first.request.folder
        assert words(pilot, "#compare-kept") == f"Kept as it comes in {second}"
        assert app.in_use == {second}


async def test_a_scenario_opened_while_a_comparison_goes_on_is_shown_when_one_comes_back_after_it(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        app.open_scenario(path_of("outage"))
        await settled(pilot)
        job.tell(told(job.request, 10, "done"))
        await settled(pilot)
        assert words(pilot, "#compare-state").startswith("✓ 10 replications"), "it is looked at"
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        outage = load("outage")
        assert (
            title_of_policy(outage, outage.baseline) in screen.query_one(PlanList).line(0, 40).plain
        )
        assert words(pilot, "#compare-state").startswith("○")
        again = await running(pilot, runner)
        assert again.request.policies[0] == outage.baseline


async def test_a_folder_that_is_no_run_is_told_in_a_dialog(
    app: FirstlineApp, tmp_path: Path
) -> None:
    async with app.run_test(size=FULL) as pilot:
        await settled(pilot)
        app.show_run(tmp_path)
        await pilot.pause(0.5)
        assert isinstance(app.screen, ErrorDialog)


async def test_a_saved_policy_is_added_and_no_finished_replication_is_run_again(
    app: FirstlineApp, runner: FakeRunner, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(path_of("retail-complaints").read_text(encoding="utf-8"), encoding="utf-8")
    app.settings.remember(file, tmp_path)
    async with compared(app, runner) as (pilot, _, job):
        job.tell(told(job.request, 6))
        await pilot.press("x")
        await settled(pilot)
        save_policy(file, "mine", {"groups.front_line.absence": 0.2}, title="Flu")
        app.take_saved(scenario_file.read(file))
        await settled(pilot)
        assert cells(pilot, "#compare-table", 0)[0].strip() == "Answered in 20 s", "still shown"
        assert "mine" in words(pilot, "#compare-state")
        again = await running(pilot, runner)
        assert again.request.policies == (*POLICIES, "mine")
        known = {(name, number) for name in POLICIES for number in range(6)}
        assert set(again.request.known) == known


async def test_what_was_set_for_a_file_is_remembered_for_that_file_alone(
    app: FirstlineApp, new_app: Callable[[], FirstlineApp], runner: FakeRunner, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    async with app.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one("#text", Input).value = "25"
        await pilot.press("enter")
        await settled(pilot)
        text = path_of("retail-complaints").read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        app.open_scenario(file)
        await settled(pilot)
        assert (await running(pilot, runner)).request.replications == 10
        await pilot.press("x")
        app.open_scenario(path_of("retail-complaints"))
        await settled(pilot)
    app.settings.save()
    another = new_app()
    async with another.run_test(size=FULL) as pilot:
        await at_the_comparison(pilot)
        assert (await running(pilot, runner)).request.replications == 25


def test_what_is_known_of_a_policy_is_known_by_what_it_does_and_not_by_its_name() -> None:
    scenario = load("retail-complaints")
    before = FinishedBefore()
    before.keep(experiment_of(scenario, POLICIES[:2], 4))
    renamed = scenario.model_copy(
        update={"policies": {**scenario.policies, "trust": scenario.policies["empowered"]}}
    )
    asked = Request(renamed, (scenario.baseline, "trust", "five-more-agents"))
    assert {key[0] for key in before.known(asked)} == {scenario.baseline}
    before.keep(experiment_of(scenario, ("ask-the-boss", "empowered"), 5))
    known = before.known(asked)
    assert {key for key in known if key[0] == "trust"} == {("trust", n) for n in range(5)}
    assert not before.known(replace(asked, seed=2)), "other customers"
    other = with_changes(renamed, {"groups.front_line.absence": 0.2})
    assert not before.known(replace(asked, scenario=other)), "another centre"


async def test_any_two_policies_are_set_against_each_other_by_the_pairs_of_their_runs(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, _, job):
        job.tell(told(job.request, 6))
        await pilot.pause()
        experiment = job.last.experiment if job.last is not None else None
        assert experiment is not None
        await pilot.press("b")
        await settled(pilot)
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        panes = app.screen.query_one(ComparisonPanes)
        assert panes.base == "empowered"
        assert "against" in words(pilot, "#compare-state")
        whole = compare(against(experiment, "empowered"), ASKED)
        said = words(pilot, "#compare-verdict")
        assert whole.verdicts["five-more-agents"] in said
        assert title_of_policy(experiment.scenario, "ask-the-boss") in said
        job.tell(told(job.request, 7))
        await pilot.pause()
        assert panes.base == "empowered", "what comes later is set against it as well"
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("home", "enter")
        await settled(pilot)
        assert panes.base == "ask-the-boss"
        assert "against" not in words(pilot, "#compare-state")


async def test_the_ranking_orders_by_the_measure_under_the_cursor_and_says_what_is_not_known(
    app: FirstlineApp, runner: FakeRunner
) -> None:
    async with compared(app, runner) as (pilot, screen, job):
        job.tell(told(job.request, 6))
        await pilot.pause()
        table = screen.query_one("#compare-table", ComparisonTable)
        table.focus()
        table.move_cursor(row=1)
        assert table.current == "asa"
        await pilot.press("v")
        await settled(pilot)
        assert app.screen.query_one(TabbedContent).active == "pane-ranking"
        assert words(pilot, "#ranking-said").startswith("By average speed of answer")
        first, *_, last = (cells(pilot, "#compare-ranking", row) for row in range(5))
        found = ranking(experiment_of(job.request.scenario, POLICIES, 6), "asa")
        titles = titles_of(job.request.scenario, POLICIES)
        for cell, place in ((first[1], found.places[0]), (last[1], found.places[-1])):
            begins, _, ends = cell.strip()[2:].partition("…")  # after the policy's sign
            title = titles[place.policy]
            assert len(begins) >= 8
            assert title.startswith(begins)
            assert title.endswith(ends)
        assert "10 pairs" in words(pilot, "#ranking-note")


async def test_why_explains_the_policy_under_the_cursor(
    app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "tui.compare.screen.why_screen", lambda _, policy, _keep: asked.append(policy) or "said"
    )
    async with compared(app, runner) as (pilot, screen, job):
        job.tell(told(job.request, 6))
        await pilot.pause()
        await pilot.press("down", "w")  # in the list of policies
        screen.query_one("#compare-table", ComparisonTable).focus()
        await pilot.press("right", "right", "right", "w")
        await pilot.press("left", "left", "left", "w")
        await settled(pilot)
        assert asked[:2] == ["guided", "empowered"]
        assert asked[2] == screen.query_one(ComparisonPanes).favoured, "no column of a policy"
