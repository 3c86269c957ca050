"""The app shows names as they are called: no markup is read from them, no terminal is ordered."""

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, SelectionList, Tab

from results import Experiment
from results.comparison.compare import compare
from results.reading.names import titles_of
from results.runs import store
from scenarios import load_text
from tests.support.hostile_names import BOSS, CONTROL, GROUP, NAMES, scenario
from tests.tui.app.canned_answers import experiment_of, told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.parts.dialogs import ErrorDialog, WordsDialog, YesNoDialog
from tui.parts.fitting import fitted
from tui.parts.form import PickDialog
from tui.runs.two_runs import TwoRunsScreen
from tui.terminal.run_files import RunFiles

SHORT = tuple(name for name in NAMES if len(name) < 10)


def seen(app: FirstlineApp) -> str:
    """All that stands on the screen, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.fixture
def own(app: FirstlineApp, tmp_path: Path) -> Path:
    """The scenario with these names, opened recently."""
    path = tmp_path / "[b]we$ird.toml"
    path.write_text(scenario(SHORT), encoding="utf-8")
    app.settings.remember(path, path.parent)
    return path


async def compared(pilot: Pilot[None], runner: FakeRunner) -> None:
    """Every policy compared, as a run would have it."""
    await settled(pilot)
    await pilot.press("3")
    await settled(pilot)
    await pilot.press("x")
    await settled(pilot)
    runner.last.tell(told(runner.last.request, 10, "done"))
    await settled(pilot)


@pytest.mark.usefixtures("own")
async def test_every_view_of_a_comparison_names_policies_and_groups_as_they_are_called(
    app: FirstlineApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tui.compare.comparison_keeping.kept", lambda folder, *_: RunFiles(folder, ("no $ ink",))
    )
    async with app.run_test(size=(200, 60)) as pilot:
        await compared(pilot, runner)
        assert isinstance(app.screen, WordsDialog), "what could not be drawn is told"
        assert "no $ ink" in seen(app)
        await pilot.press("escape")
        views = []
        for _ in range(7):
            await settled(pilot)
            views.append(seen(app))
            await pilot.press("v")
        assert all(all(name in view for name in SHORT) for view in views), "in the plan at least"
        assert any(f"Occupancy, {GROUP}" in view for view in views)
        assert any(f"Occupancy, {BOSS}" in view for view in views)
        # The money is at the end of a long table: go there.
        await pilot.press("end")
        await settled(pilot)
        views.append(seen(app))
        assert any(re.search(r"\$\d", view) for view in views), "money in its own currency"


@pytest.mark.usefixtures("own")
async def test_knobs_and_the_floor_name_things_as_they_are_called(app: FirstlineApp) -> None:
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        assert "[b]we$ird" in seen(app)
        for key in ("2", "4"):
            await pilot.press(key)
            await settled(pilot)
            assert "[b]we$ird" in seen(app)


def run_of(root: Path, experiment: Experiment) -> store.Run:
    folder = store.begin(root, "[b]we$ird", experiment.scenario, scenario(SHORT), 1)
    return store.open_run(store.finish(folder, experiment, compare(experiment)))


async def test_two_runs_side_by_side_name_policies_as_they_are_called(
    app: FirstlineApp, tmp_path: Path
) -> None:
    found = load_text(scenario(SHORT))
    policies = (found.baseline, *found.policies)
    first, second = (run_of(tmp_path / "runs", experiment_of(found, policies, n)) for n in (2, 3))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(TwoRunsScreen(first, second))
        await settled(pilot)
        names = [str(tab.render()) for tab in app.screen.query(Tab)]
        assert names == list(titles_of(found, policies).values())


async def test_questions_and_choices_read_no_markup(app: FirstlineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(YesNoDialog("[b]a[/b]?", "[i]yes[/]", "[no]"))
        await settled(pilot)
        assert "[b]a[/b]?" in seen(app)
        assert [str(one.label) for one in app.screen.query(Button)] == ["[i]yes[/] (y)", "[no] (n)"]
        app.push_screen(PickDialog("[b]$", [(name, name) for name in SHORT], frozenset()))
        await settled(pilot)
        picks = app.screen.query_one(SelectionList)
        assert [str(one.prompt) for one in picks.options] == list(SHORT)


async def test_no_file_name_and_no_error_orders_the_terminal(
    app: FirstlineApp, tmp_path: Path
) -> None:
    (tmp_path / f"{CONTROL}.toml").write_text(scenario(SHORT), encoding="utf-8")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        assert r"\u001b]0;owned" in seen(app), "among the scenarios"
        app.notify(CONTROL, timeout=60)
        app.show_error(CONTROL, CONTROL, f"one\n{CONTROL}")
        await settled(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert seen(app).count(r"\u001b]0;owned") >= 3
        assert "\x1b" not in seen(app)
        assert "\x07" not in seen(app)


def test_a_text_fits_its_place_whatever_its_letters() -> None:
    assert fitted("退款政策", 10) == "退款政策  "
    assert fitted("退款政策", 8) == "退款政策"
    assert fitted("退款政策", 7) == "退款政…"
    assert fitted("front", 4) == "fro…"
