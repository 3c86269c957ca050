"""Pictures of what opens over an answer: why, the customers behind it, how far, worth."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from results import compare
from tests.tui.app.canned_answers import told
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_what_if import at_the_bench
from tests.tui.app.test_why_screen import shop
from tui.app.app import FirstlineApp
from tui.how_far.screen import HowFarScreen
from tui.shell.requests import Update
from tui.shell.settings import Settings
from tui.why.customers_screen import CustomersScreen, StoryScreen
from tui.why.screen import WhyScreen
from tui.worth.screen import WorthScreen

SIZES = ((80, 24), (120, 40))
Snap = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]


@pytest.fixture(params=["dark", "light"])
def themed(request: pytest.FixtureRequest, settings: Settings, runner: FakeRunner) -> FirstlineApp:
    settings.choices.theme = request.param
    return FirstlineApp(runner=runner, settings=settings)


def sizes() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def why(runner: FakeRunner, *keys: str, at: type[Any] = WhyScreen) -> Steps:
    """To the reasons of a real difference, and further by some keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        screen = await at_the_bench(pilot, runner)
        experiment = shop()
        done = dict.fromkeys(experiment.policies, 6)
        screen._last = Update("done", done, 6, None, experiment, compare(experiment))
        for key in ("w", *keys):
            await pilot.press(key)
            await settled(pilot)
            await settled(pilot)
        assert isinstance(pilot.app.screen, at)

    return steps


@sizes()
def test_picture_of_the_why(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    assert snap_compare(themed, terminal_size=size, run_before=why(runner))


@sizes()
def test_picture_of_the_customers_behind_it(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    steps = why(runner, "c", at=CustomersScreen)
    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes()
def test_picture_of_the_story_of_one_of_them(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    steps = why(runner, "c", "enter", at=StoryScreen)
    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes()
def test_picture_of_how_far(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = await at_the_bench(pilot, runner)
        screen.query_one("#knobs").go_to("groups.front_line.authority")  # type: ignore[attr-defined]
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HowFarScreen)
        runner.last.tell(told(runner.last.request, 8, "done"))
        await settled(pilot)

    assert snap_compare(themed, terminal_size=size, run_before=steps)


@sizes()
def test_picture_of_what_a_policy_is_worth(
    snap_compare: Snap, themed: FirstlineApp, runner: FakeRunner, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("3", "x")
        await settled(pilot)
        runner.last.tell(told(runner.last.request, 10, "done"))
        await settled(pilot)
        await pilot.press("home", "down", "down", "a")
        await settled(pilot)
        assert isinstance(pilot.app.screen, WorthScreen)
        runner.last.tell(told(runner.last.request, 3, "done"))
        await settled(pilot)

    assert snap_compare(themed, terminal_size=size, run_before=steps)
