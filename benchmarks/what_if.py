"""The what-if bench: how soon a turned knob shows an estimate, and when it is complete."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from textual.pilot import Pilot
from textual.widgets import Static

from scenarios import load
from tui.app.app import FirstlineApp
from tui.shell.requests import Update
from tui.shell.runner import ProcessRunner
from tui.shell.settings import Settings
from tui.what_if.bench import Bench
from tui.what_if.day import one_day
from tui.what_if.knob_list import KnobList
from tui.what_if.memory import Memory

REPLICATIONS = 20
WORKERS = 2


class _Listener:
    """Takes the times at which estimates come."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self.first: float | None = None
        self.last: Update | None = None
        self.over = threading.Event()

    def __call__(self, update: Update) -> None:
        if self.first is None and update.comparison is not None and update.comparison.others:
            self.first = perf_counter() - self.began
        self.last = update
        if update.over:
            self.over.set()


def of_retail_complaints(replications: int = REPLICATIONS) -> None:
    """One day of `retail-complaints`, the base not yet run; then another knob, the base known."""
    runner = ProcessRunner(WORKERS)
    try:
        bench = Bench.of(load("retail-complaints"))
        memory = Memory(one_day(bench.base))
        print(f"retail-complaints, one day, {replications} replications, {WORKERS} workers")
        first = bench.turn("groups.front_line.authority", "guided")
        _time(runner, memory, first, replications, "base and what-if")
        second = bench.turn("groups.front_line.authority", "empowered")
        _time(runner, memory, second, replications, "another knob")
    finally:
        runner.close()


def of_the_knobs() -> None:
    """How long a turn keeps the screen from answering: the scenario checked, the knobs made."""
    bench = Bench.of(load("retail-complaints"))
    times = []
    for heads in range(41, 61):
        begun = perf_counter()
        bench = bench.turn('groups.front_line."*".heads', heads)
        times.append(perf_counter() - begun)
    print(f"  a turn           {1000 * sorted(times)[10]:10.0f} ms (median)")


def _time(
    runner: ProcessRunner, memory: Memory, bench: Bench, replications: int, what: str
) -> None:
    listener = _Listener()
    runner.submit(memory.request(bench, replications), listener)
    listener.over.wait()
    whole = perf_counter() - listener.began
    assert listener.last is not None
    assert listener.last.state == "done", listener.last.words
    if listener.last.experiment is not None:
        memory.keep(bench, listener.last.experiment.finished)
    print(f"  {what:16} {listener.first:10.2f} s to the first estimate   (below 2 wanted)")
    print(f"  {'':16} {whole:10.2f} s until complete         (below 10 wanted)")


def on_the_screen() -> None:
    """The whole app without a terminal: from the key to the numbers, and how late the screen is."""
    with TemporaryDirectory() as folder:
        runner = ProcessRunner(WORKERS)
        settings = Settings(Path(folder) / "config", Path(folder) / "state")
        settings.last.screen = "what_if"
        app = FirstlineApp(runner=runner, settings=settings, runs=Path(folder) / "runs")
        try:
            asyncio.run(_driven(app))
        finally:
            runner.close()


async def _driven(app: FirstlineApp) -> None:
    lags: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await _until(pilot, "✓")
        knobs = app.screen.query_one(KnobList)
        knobs.go_to("groups.front_line.authority")
        watch = asyncio.create_task(_lag(lags))
        begun = perf_counter()
        await pilot.press("right")
        await _until(pilot, "▶ running 1 of")
        first = perf_counter() - begun
        await _until(pilot, "✓")
        whole = perf_counter() - begun
        watch.cancel()
    late = sorted(lags)
    print(f"  on the screen    {first:10.2f} s from the key to the first estimate (below 2 wanted)")
    print(f"  {'':16} {whole:10.2f} s until complete         (below 10 wanted)")
    print(f"  {'':16} {1000 * late[int(0.95 * len(late))]:10.0f} ms event-loop lag, p95")


async def _until(pilot: Pilot[None], words: str) -> None:
    while words not in str(pilot.app.screen.query_one("#answer-state", Static).content):
        await asyncio.sleep(0.01)


async def _lag(lags: list[float]) -> None:
    """How much later than asked for the event loop comes back."""
    while True:
        begun = perf_counter()
        await asyncio.sleep(0.01)
        lags.append(perf_counter() - begun - 0.01)


if __name__ == "__main__":
    of_retail_complaints()
    of_the_knobs()
    on_the_screen()
