"""Sharing: the sentence in the clipboard, picture and report where the app says they are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from results import compare, run
from results.charts.titles import WHY
from results.reading.rows import ASKED
from results.runs.store import begin, finish, open_run
from results.studies.goal import Goal
from scenarios import load_text
from tests.support.command_line import SHOP
from tests.support.stored_runs import killed
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import AUTHORITY, at_the_bench, turn, until_run
from tui.app.app import FirstlineApp
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.screen import CompareScreen
from tui.how_far.how_far import how_far
from tui.how_far.keeping import kept_sweep
from tui.how_far.screen import HowFarScreen
from tui.parts.row_table import RowTable
from tui.shell import scenario_file
from tui.shell.requests import Update
from tui.shell.run_keeping import whole
from tui.shell.scenario_file import shown
from tui.shell.sharing import has_browser, screen_picture, shared
from tui.terminal.run_files import RunFiles
from tui.what_if.bench import Bench
from tui.what_if.day import one_day
from tui.what_if.together import ALL_CUSTOMERS
from tui.why.screen import WhyScreen

HEADS = "groups.front_line.heads"


def kept(root: Path, *, report: bool = True) -> Path:
    scenario = load_text(SHOP)
    experiment = run(scenario, replications=3, workers=1)
    folder = begin(root, "shop", scenario, SHOP, 1, "test")
    folder = finish(folder, experiment, compare(experiment))
    if report:
        (folder / "report.html").write_text("<p>report</p>", encoding="utf-8")
    return folder


def test_the_picture_lies_by_the_report_and_the_words_name_both(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    files = RunFiles(folder)
    found = shared(files, [screen_picture(files, "<svg/>")], show=False)
    (picture,) = found.pictures
    assert picture.read_text(encoding="utf-8") == "<svg/>"
    assert picture.parent == folder
    assert shown(picture) in found.in_words()
    assert shown(found.report) in found.in_words()
    assert "browser" not in found.in_words(), "nothing was opened"


def test_a_report_is_opened_in_a_window_and_never_over_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url) or True))
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: True)
    found = shared(RunFiles(kept(tmp_path)), [], show=True)
    assert found.report is not None
    assert opened == [found.report.as_uri()]
    assert "open in the browser" in found.in_words()
    assert not has_browser({}, "linux"), "a browser in the terminal would take the app's place"
    assert has_browser({"DISPLAY": ":0"}, "linux")
    assert not has_browser({"SSH_CONNECTION": "there"}, "darwin")


async def test_y_on_a_comparison_copies_the_answer_and_says_where_the_report_is(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: False)
    folder = kept(tmp_path / "runs")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(folder)
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, CompareScreen)
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard == app.screen.query_one(ComparisonPanes).sentence
        assert "Decide alone" in app.clipboard
        assert (folder / "screen.svg").read_text(encoding="utf-8").lstrip().startswith("<svg")


def is_picture(path: Path) -> bool:
    """Whether a file holds what its name says."""
    begins = {".png": b"\x89PNG", ".svg": b"<?xml"}[path.suffix]
    return path.read_bytes().startswith(begins)


def said(app: FirstlineApp) -> str:
    return "\n".join(one.message for one in app._notifications)


async def test_y_on_why_saves_the_waterfalls_beside_the_run_and_says_where(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: False)
    folder = kept(tmp_path / "runs")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(folder)
        await settled(pilot)
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard == app.screen.shown.sentence
        pictures = [folder / "charts" / f"{WHY}.{form}" for form in ("png", "svg")]
        assert all(map(is_picture, pictures))
        title = app.screen.shown.headline
        assert title.split(":")[0] in pictures[1].read_text(encoding="utf-8")
        assert shown(pictures[0]) in said(app)
        assert shown(folder / "report.html") in said(app)


async def test_y_on_why_of_a_run_that_is_not_finished_says_what_is_missing(
    app: FirstlineApp, tmp_path: Path, runner: FakeRunner
) -> None:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, AUTHORITY, "right")
        asked = (job := await until_run(pilot, runner, 2)).request
        found = run(asked.scenario, policies=asked.policies, replications=3, workers=1)
        done = dict.fromkeys(asked.policies, 3)
        job.tell(Update("running", done, 20, None, found, compare(found, ASKED)))
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        await pilot.press("y")
        await settled(pilot)
        assert "no picture of a run that has not ended" in said(app)
        assert not app.runs.exists()


async def test_y_on_how_far_keeps_the_sweep_with_its_curves_and_a_report(
    app: FirstlineApp, tmp_path: Path, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url) or True))
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: True)
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await at_the_bench(pilot, runner)
        await turn(pilot, HEADS, "h")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, HowFarScreen)
        await pilot.press("y")
        await settled(pilot)
        assert "nothing to share until" in said(app)
        asked = runner.last.request
        found = run(asked.scenario, policies=asked.policies, replications=3, workers=1)
        runner.last.tell(Update("done", dict.fromkeys(asked.policies, 3), 3, None, found))
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard.startswith("How far? Front line")
        assert "service level within 20 s at least 80 %" in app.clipboard
        (folder,) = app.runs.iterdir()
        assert folder.name.endswith("-shop-how-far"), "finished, so it has its name"
        pictures = [folder / "charts" / f"sweep.{form}" for form in ("png", "svg")]
        assert all(map(is_picture, pictures))
        curves = pictures[1].read_text(encoding="utf-8")
        assert all(f">{level}<" in curves for level in (3, 4, 5)), "levels as they are read"
        report = folder / "report.html"
        assert "How far? Front line" in report.read_text(encoding="utf-8")
        assert opened == [report.resolve().as_uri()]
        assert shown(pictures[0].resolve()) in said(app)
        await pilot.press("escape", "5")
        await settled(pilot)
        assert app.screen.query_one(RowTable).chosen == str(Path("runs") / folder.name)


@pytest.mark.parametrize("key", [AUTHORITY, ALL_CUSTOMERS])
def test_a_sweep_of_a_choice_or_of_several_keys_is_kept_as_well(key: str, tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    opened = scenario_file.read(path)
    assert opened.scenario is not None
    bench = Bench.of(opened.scenario).turn(HEADS, 5)
    asked = how_far(bench, bench.knob(key), one_day(opened.scenario))
    experiment = run(asked.scenario, policies=asked.policies, replications=4, workers=1)
    stopped = replace(experiment, planned=9, complete=False)
    goal = Goal("service_level", at_least=True, value=0.8)
    files, pictures = kept_sweep(tmp_path / "runs", opened, asked, asked.study(stopped), goal)
    assert all(map(is_picture, pictures))
    assert files.report is not None
    report = files.report.read_text(encoding="utf-8")
    assert "All levels with Front line" in report, "what else is turned"
    assert "110" in report if key == ALL_CUSTOMERS else "everything" in report.lower()
    again = open_run(files.folder)
    assert again.manifest.complete
    assert again.manifest.replications == 4, "what was finished before it was stopped"


@pytest.mark.parametrize("drawn", [True, False])
async def test_y_on_runs_says_where_picture_and_report_are_and_makes_what_is_missing(
    drawn: bool, app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: False)
    folder = kept(tmp_path / "runs", report=drawn)
    if drawn:
        (folder / "charts").mkdir()
        for form in ("png", "svg"):
            (folder / "charts" / f"scorecard.{form}").write_bytes(b"mine")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert "Decide alone" in app.clipboard
        files = RunFiles(folder)
        assert files.report is not None
        assert shown(files.charts[0]) in said(app)
        assert shown(files.report) in said(app)
        assert all(is_picture(one) for one in files.charts) or drawn
        assert files.report.read_text(encoding="utf-8") == "<p>report</p>" or not drawn


async def test_of_a_run_without_a_verdict_no_sentence_is_said_to_be_copied(
    app: FirstlineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.sharing.has_browser", lambda: False)
    path = kept(tmp_path / "runs") / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"verdicts": {}}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard == "shop"
        assert "sentence" not in said(app)
        assert "The name of the scenario is copied" in said(app)


async def test_a_run_that_was_stopped_is_not_shared_before_it_is_whole(app: FirstlineApp) -> None:
    killed(app.runs)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert "Only a finished run can be shared" in said(app)


def test_a_stopped_run_is_kept_up_to_the_first_gap_in_its_replications() -> None:
    scenario = load_text(SHOP)
    found = run(scenario, replications=5, workers=1)
    without = {key: one for key, one in found.finished.items() if key[1] != 3}
    stopped = replace(found, finished=without, planned=9, complete=False)
    kept_of_it = whole(stopped)
    assert kept_of_it.complete
    assert kept_of_it.planned == 3
    assert kept_of_it.replications == (0, 1, 2)
    assert whole(found) == found
