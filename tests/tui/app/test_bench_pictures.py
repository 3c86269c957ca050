"""Pictures of the what-if and the compare screen, from canned answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench, until_run
from tui.app.app import FirstlineApp
from tui.compare.screen import CompareScreen
from tui.shell.settings import Settings
from tui.terminal.run_files import RunFiles
from tui.what_if.knob_list import KnobList

SIZES = ((80, 24), (120, 40), (200, 60))
Snap = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]


@pytest.fixture(autouse=True)
def same_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A run folder is named after the time; in a picture it is always the same."""
    monkeypatch.setattr("tui.compare.comparison_keeping.kept", lambda folder, *_: RunFiles(folder))
    monkeypatch.setattr(
        "tui.compare.screen.begun", lambda root, name, *_: root / f"2026-01-05-090000-{name}"
    )
    return iter((None,))


@pytest.fixture(params=["dark", "light"])
def themed(request: pytest.FixtureRequest, settings: Settings, runner: FakeRunner) -> FirstlineApp:
    settings.choices.theme = request.param
    return FirstlineApp(runner=runner, settings=settings)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_picture_of_the_what_if(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await at_the_bench(pilot, runner)
        knobs = pilot.app.screen.query_one(KnobList)
        knobs.go_to("groups.front_line.authority")
        # Picked from the list: two steps with a pause between them would be run one by one.
        await pilot.press("enter", "down", "down", "enter")
        job = await until_run(pilot, runner, 2)
        job.tell(told(job.request, 6))
        await settled(pilot)

    assert snap_compare(themed, terminal_size=size, run_before=steps)
    assert themed.return_code == 0, "no picture of an app that fell over"


def test_picture_of_a_value_that_is_refused(
    snap_compare: Snap, app: FirstlineApp, runner: FakeRunner
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await at_the_bench(pilot, runner)
        pilot.app.screen.query_one(KnobList).go_to("groups.front_line.absence")
        await pilot.press("enter", *"500")
        await settled(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=steps)
    assert app.return_code == 0, "no picture of an app that fell over"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_picture_of_the_comparison(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=_compared(runner, views=0))
    assert themed.return_code == 0, "no picture of an app that fell over"


@pytest.mark.parametrize("view", range(1, 7))
def test_picture_of_each_view_of_the_comparison(
    snap_compare: Snap, app: FirstlineApp, runner: FakeRunner, view: int
) -> None:
    assert snap_compare(app, terminal_size=(120, 40), run_before=_compared(runner, views=view))
    assert app.return_code == 0, "no picture of an app that fell over"


def _compared(runner: FakeRunner, views: int) -> Steps:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        runner.last.tell(told(runner.last.request, 6))
        await settled(pilot)
        for _ in range(views):
            await pilot.press("v")
            await settled(pilot)
        assert isinstance(pilot.app.screen, CompareScreen)

    return steps
