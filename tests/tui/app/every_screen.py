"""Every screen of the app with something to look at, for tests of the look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from results import compare
from tests.support.exports import odd_export
from tests.support.stored_runs import killed, stored
from tests.tui.app.canned_answers import told
from tests.tui.app.canned_floor import CannedDriver
from tests.tui.app.fake_runner import FakeRunner
from tests.tui.app.pilot import settled
from tests.tui.app.test_floor import looked
from tests.tui.app.test_what_if import at_the_bench, until_run
from tests.tui.app.test_why_screen import shop
from tui.floor import session
from tui.records.screen import RecordsScreen
from tui.records.session import Session
from tui.records.work import Processes, Task
from tui.shell.requests import Update
from tui.terminal.run_files import RunFiles
from tui.what_if.knob_list import KnobList

Steps = Callable[[Pilot[Any], FakeRunner], Awaitable[None]]

VIEWS = ("table", "ranking", "trade-off", "waits", "endings", "busy", "parts", "times")


def prepared(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Past runs, a frozen floor, and run folders that nobody makes.

    Args:
        patch: of the test.
        folder: of the test, in which the app is started.
    """
    patch.setattr(session, "start", lambda *_given, **_more: CannedDriver())
    patch.setattr("tui.compare.comparison_keeping.kept", lambda folder, *_: RunFiles(folder))
    patch.setattr(
        "tui.compare.screen.begun", lambda root, name, *_: root / f"2026-01-05-090000-{name}"
    )
    stored(folder / "runs", seed=1, name="retail-complaints")
    stored(folder / "runs", seed=2, name="retail-complaints-with-a-long-name-what-if")
    killed(folder / "runs")


def keys(*pressed: str) -> Steps:
    """To a screen by keys alone."""

    async def steps(pilot: Pilot[Any], _: FakeRunner) -> None:
        await _press(pilot, *pressed)

    return steps


async def _press(pilot: Pilot[Any], *pressed: str) -> None:
    await settled(pilot)
    for key in pressed:
        await pilot.press(key)
        await settled(pilot)


async def what_if(pilot: Pilot[Any], runner: FakeRunner) -> None:
    """A knob turned, and an answer that is whole."""
    await at_the_bench(pilot, runner)
    pilot.app.screen.query_one(KnobList).go_to("groups.front_line.authority")
    await pilot.press("enter", "down", "down", "enter")
    job = await until_run(pilot, runner, 2)
    job.tell(told(job.request, 20, "done"))
    await settled(pilot)


async def answered(pilot: Pilot[Any], runner: FakeRunner) -> None:
    """The first screen with an answer beside a question."""
    await what_if(pilot, runner)
    await _press(pilot, "1")


def compared(*pressed: str) -> Steps:
    """A finished comparison, and further by some keys."""

    async def steps(pilot: Pilot[Any], runner: FakeRunner) -> None:
        await _press(pilot, "3", "x")
        runner.last.tell(told(runner.last.request, 10, "done"))
        await _press(pilot, *pressed)

    return steps


async def worth(pilot: Pilot[Any], runner: FakeRunner) -> None:
    """What a policy is worth in agents."""
    await compared("home", "down", "down", "a")(pilot, runner)
    runner.last.tell(told(runner.last.request, 3, "done"))
    await settled(pilot)


def why(*pressed: str) -> Steps:
    """The reasons of a difference, and further by some keys."""

    async def steps(pilot: Pilot[Any], runner: FakeRunner) -> None:
        screen = await at_the_bench(pilot, runner)
        experiment = shop()
        done = dict.fromkeys(experiment.policies, 6)
        screen._last = Update("done", done, 6, None, experiment, compare(experiment))
        await _press(pilot, "w", *pressed)
        await settled(pilot)

    return steps


def how_far(knob: str) -> Steps:
    """A knob over its levels."""

    async def steps(pilot: Pilot[Any], runner: FakeRunner) -> None:
        screen = await at_the_bench(pilot, runner)
        screen.query_one(KnobList).go_to(knob)
        await _press(pilot, "h")
        runner.last.tell(told(runner.last.request, 8, "done"))
        await settled(pilot)

    return steps


def floor(*pressed: str) -> Steps:
    """The frozen floor, and further by some keys."""

    async def steps(pilot: Pilot[Any], _: FakeRunner) -> None:
        await _press(pilot, "4")
        await looked(pilot)
        await pilot.press(*pressed)
        await looked(pilot)

    return steps


def records(step: str) -> Steps:
    """A step on the way from records to a scenario."""

    async def steps(pilot: Pilot[Any], _: FakeRunner) -> None:
        await settled(pilot)
        screen = RecordsScreen(_backtested(), Processes(0))
        await pilot.app.push_screen(screen)
        await settled(pilot)
        screen._go(step)
        await settled(pilot)

    return steps


_SESSIONS: list[Session] = []


def _backtested() -> Session:
    """A session that has come as far as a backtest; made once."""
    if not _SESSIONS:
        folder = Path.cwd()
        work, found = Task(None, lambda _what, _share: None), Session(folder)
        found.toggle(odd_export(folder, "export.csv"))
        found.look(work)
        found.take_as("Came In", "arrived")
        found.take_as("Line Joined", "queued")
        found.look(work)
        found.read(work)
        found.fit(work)
        found.backtest(work, 8)
        _SESSIONS.append(found)
    return _SESSIONS[0]


SCREENS: dict[str, Steps] = {
    "ask": keys(),
    "ask, the table": keys("left"),
    "ask, answered": answered,
    "what-if": what_if,
    "what-if, full width": lambda pilot, runner: _then(pilot, runner, what_if, "f"),
    "why": why(),
    "customers": why("c"),
    "story": why("c", "enter"),
    "how far, choices": how_far("groups.front_line.authority"),
    "how far, agents": how_far('groups.front_line."*".heads'),
    **{f"compare, {view}": compared(*"v" * at) for at, view in enumerate(VIEWS)},
    "compare, full width": compared("f"),
    "worth": worth,
    "floor": floor(),
    "floor, a story": floor("f", *"412", "enter"),
    "floor, to intervene": floor("i"),
    "runs": keys("5", "space"),
    "two runs": keys("5", "space", "down", "b"),
    "help": keys("question_mark"),
    "help, a measure": keys("question_mark", "slash", *"speed of ans"),
    "palette": keys("ctrl+p", *"refund"),
    "a name is asked for": keys("c"),
    "a template is chosen": keys("n"),
    "jumping": keys("ctrl+o"),
    **{f"records, {step}": records(step) for step in ("files", "columns", "report", "backtest")},
}
"""By name, the way to it from the start of the app."""


async def _then(pilot: Pilot[Any], runner: FakeRunner, first: Steps, *pressed: str) -> None:
    await first(pilot, runner)
    await _press(pilot, *pressed)
