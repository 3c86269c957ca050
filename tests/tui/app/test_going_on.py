"""Going on from Runs: what is left of a study or of centres that fit is run, and it is whole."""

import asyncio
import shlex
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from results import Experiment, run
from results.experiments.precision import Precision
from results.runs import running, store
from results.runs.names import OF_CENTRES, STUDY_FILE
from results.runs.store import open_run
from results.studies.factor import Factor
from results.studies.kept import files_of, study_in
from results.studies.study_file import StudyFile
from results.uncertain.centres import compare_centres, run_centres
from results.uncertain.past import centres_in
from scenarios import load_text
from scenarios.save import dump
from tests.support.command_line import SHOP, firstline
from tests.tui.app.pilot import settled
from tui.app.app import FirstlineApp
from tui.shell.requests import Job, Listener, Request, Update
from tui.shell.runner import ProcessRunner
from tui.shell.settings import Settings
from tui.shell.shutdown import left_unfinished

HEADS = Factor("groups.front_line.heads", (3, 4, 5))
RANGE = '\n[uncertain."groups.front_line.absence"]\nlow = 0.0\nhigh = 0.3\n'
CENTRES = 4


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FirstlineApp]:
    """The app with a runner that really simulates."""
    runner = ProcessRunner(1)
    settings = Settings(tmp_path / "config", tmp_path / "state")
    yield FirstlineApp(runner=runner, settings=settings)
    runner.close()


def stopped_study(root: Path, precision: Precision | None = None) -> Path:
    """A study of three numbers of agents that was killed after one of three replications."""
    scenario = load_text(SHOP)
    asked = replace(
        StudyFile.of("shop", HEADS, policies=["ask", "empowered"], measures=["asa"]),
        replications=None if precision else 3,
        precision=precision,
    )
    plan = asked.plan(scenario)
    names = list(plan.names.values())
    text = dump(plan.combined.scenario)
    made = (root, "shop-study", plan.combined.scenario, text, 1, "firstline study", names, 3)
    folder = store.begin(*made, precision=precision.text if precision else "")
    for name, content in files_of(asked, scenario).items():
        (folder / name).write_text(content, encoding="utf-8")
    run(plan.combined, policies=names, replications=1, workers=1, folder=folder)
    running.release(folder)
    return folder


def centre(root: Path, replications: int, centres: int) -> tuple[Path, Experiment]:
    """A comparison with centres that fit, killed after some replications and centres."""
    scenario = load_text(SHOP + RANGE)
    policies = (scenario.baseline, *scenario.policies)
    made = (root, "shop", scenario, dump(scenario), 1, "firstline compare", policies, 3)
    folder = store.begin(*made, centres=CENTRES)
    experiment = run(scenario, replications=replications, workers=1, folder=folder)
    if centres:
        kept = folder / OF_CENTRES
        run_centres(scenario, centres, policies=policies, workers=1, folder=kept)
    running.release(folder)
    return folder, experiment


def said(pilot: Pilot[None], where: str) -> str:
    return str(pilot.app.screen.query_one(where, Static).content)


async def kept(pilot: Pilot[None], root: Path) -> Path:
    """Wait until the one run has its name, and the screen says so."""
    for _ in range(600):
        found = [one for one in root.iterdir() if one.suffix != store.UNFINISHED]
        if found and "Kept with report" in said(pilot, "#compare-kept"):
            return found[0]
        assert len(pilot.app.screen_stack) == 1, "an error is told"
        await asyncio.sleep(0.1)
        await pilot.pause()
    raise AssertionError(f"never whole: {said(pilot, '#compare-state')}")


async def until(pilot: Pilot[None], words: str) -> None:
    """Wait until the line on what runs says so."""
    for _ in range(4_000):
        if words in said(pilot, "#compare-state"):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"never said: {words}")


async def go_on(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await pilot.press("5")
    await settled(pilot)
    await pilot.press("x")
    await settled(pilot)


async def test_a_study_that_was_killed_is_run_to_its_end_and_is_a_study_again(
    app: FirstlineApp,
) -> None:
    stopped_study(app.runs)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        assert "Stopped: x runs what is left" in said(pilot, "#runs-words")
        await pilot.press("x")
        folder = await kept(pilot, app.runs)
    found = open_run(folder)
    assert found.manifest.complete
    assert found.manifest.replications == 3
    past = study_in(found)
    assert past.study.replications == 3
    assert [factor.levels for factor in past.study.plan.factors] == [HEADS.levels]
    assert (folder / "charts" / "sweep.png").is_file()
    assert (folder / "report.html").is_file()
    alone = run(past.study.plan.combined, replications=3, workers=1)
    assert past.study.experiment.summaries.keys() <= alone.summaries.keys()
    for name, summaries in past.study.experiment.summaries.items():
        again = [one.values["all", ""]["asa"] for one in alone.summaries[name]]
        assert [one.values["all", ""]["asa"] for one in summaries] == again, "the same customers"


async def test_a_study_goes_on_until_it_is_as_precise_as_its_own_file_asks(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Precision(half_widths={}, differences={"asa": 40.0}, at_least=2, at_most=4)
    folder = stopped_study(app.runs, wanted)
    asked: list[Precision | None] = []
    submit = app.runner.submit
    monkeypatch.setattr(
        app.runner, "submit", lambda one, told: (asked.append(one.precision), submit(one, told))[1]
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await go_on(pilot)
        whole = await kept(pilot, app.runs)
    (precision,) = asked
    assert precision is not None
    assert (precision.at_least, precision.at_most) == (2, 4)
    opposite = precision.opposites
    assert {name.partition(" @ ")[0] for name in opposite} == {"empowered"}
    assert {name.partition(" @ ")[0] for name in opposite.values()} == {"ask"}, "at each point"
    assert 2 <= open_run(whole).manifest.replications <= 4
    assert (whole / STUDY_FILE).is_file()
    assert not folder.exists()


@pytest.mark.parametrize(("replications", "centres"), [(1, 0), (3, 2)])
async def test_centres_that_fit_are_gone_on_with_where_they_were_left(
    app: FirstlineApp, replications: int, centres: int
) -> None:
    folder, experiment = centre(app.runs, replications, centres)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        assert f"Centres that fit the figures: {CENTRES}" in said(pilot, "#runs-words")
        await pilot.press("x")
        whole = await kept(pilot, app.runs)
        assert f"{CENTRES} centres" in said(pilot, "#compare-state")
        assert f"of {CENTRES}" in said(pilot, "#compare-kept"), "in how many it is better"
    assert whole.name == folder.name.removesuffix(store.UNFINISHED)
    past = open_run(whole)
    assert past.manifest.complete
    assert past.manifest.replications == 3
    found = centres_in(past, [])
    assert found is not None
    assert (found.centres, found.asked) == (CENTRES, CENTRES)
    alone = compare_centres(run_centres(experiment.scenario, CENTRES, workers=1))
    spread, again = found.spreads["empowered", "asa"], alone.spreads["empowered", "asa"]
    assert spread.centres == again.centres
    assert spread.better == again.better, "the same centres as in one go"


async def test_centres_that_are_stopped_leave_a_run_to_go_on_with(
    app: FirstlineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = centre(app.runs, 3, 0)
    pressed = threading.Event()
    submit = app.runner.submit

    def held(request: Request, told: Listener) -> Job:
        """The centres begin only when the key was pressed, however fast they are."""

        def tell(update: Update) -> None:
            told(update)
            if update.centres_planned and update.state == "running":
                pressed.wait(60.0)

        return submit(request, tell)

    monkeypatch.setattr(app.runner, "submit", held)
    async with app.run_test(size=(120, 40)) as pilot:
        await go_on(pilot)
        await until(pilot, "centres that fit")
        await pilot.press("x")
        pressed.set()
        await until(pilot, "stopped at")
        state = said(pilot, "#compare-state")
        assert f"of {CENTRES} centres that fit" in state
        assert "x continues" in state
        assert folder.is_dir(), "it is not called whole before the centres are there"
        await pilot.press("x")
        await kept(pilot, app.runs)


def test_the_command_that_is_named_when_a_study_is_left_continues_it_as_a_study(
    tmp_path: Path,
) -> None:
    folder = stopped_study(tmp_path / "runs")
    (words,) = left_unfinished([folder])
    command = shlex.split(words.partition("Resume with: firstline ")[2])
    assert command[0] == "study"
    result = firstline(*command)
    assert result.code == 0, result.words
    whole = folder.with_name(folder.name.removesuffix(store.UNFINISHED))
    assert study_in(open_run(whole)).study.replications == 3


def test_the_command_line_goes_on_with_the_centres_that_a_run_was_begun_with(
    tmp_path: Path,
) -> None:
    folder, _ = centre(tmp_path / "runs", 3, 2)
    result = firstline("compare", str(folder / "scenario.toml"), "--resume", str(folder))
    assert result.code == 0
    whole = open_run(folder.with_name(folder.name.removesuffix(store.UNFINISHED)))
    found = centres_in(whole, [])
    assert found is not None
    assert found.centres == CENTRES
