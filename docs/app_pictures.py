"""Pictures of the app for the README: `python docs/app_pictures.py` draws them anew.

The app runs as its user would run it, only without a terminal: on the default scenario, with a
knob turned, a comparison made and the floor at ten in the morning.
"""

from __future__ import annotations

import asyncio
import csv
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from textual.pilot import Pilot
from textual.widgets import Static

from scenarios import load_text, with_changes
from scenarios.templates import templates
from sim import simulate
from tui.app.app import FirstlineApp
from tui.shell.runner import ProcessRunner
from tui.shell.settings import Settings
from tui.what_if.knob_list import KnobList

FOLDER = Path(__file__).resolve().with_name("pictures")
SIZE = (120, 40)
PATIENCE_S = 300.0


def draw() -> None:
    """Draw a picture of each main screen."""
    # Run folders are shown on the screen, so they are named as a user would see them.
    with TemporaryDirectory() as folder, chdir(folder):
        runner = ProcessRunner(2)
        settings = Settings(Path(folder) / "config", Path(folder) / "state")
        app = FirstlineApp(runner=runner, settings=settings, runs=Path("runs"))
        try:
            asyncio.run(_walk(app))
        finally:
            runner.close()


async def _walk(app: FirstlineApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, "#preview-words", "agents")
        await asyncio.sleep(1.0)
        _keep(app, "scenarios")
        await pilot.press("enter")
        await _until(pilot, "#answer-state", "✓")
        assert app.screen.query_one(KnobList).current is not None
        await pilot.press("right")
        await _until(pilot, "#answer-state", "running 1 of")
        await _until(pilot, "#answer-state", "✓")
        _keep(app, "what-if")
        await pilot.press("w")
        await _until(pilot, "#why-sentence", " ")
        await asyncio.sleep(1.0)
        _keep(app, "why")
        await pilot.press("escape", "h")
        await _until(pilot, "#far-state", "✓")
        _keep(app, "how-far")
        await pilot.press("escape")
        await pilot.press("3", "x")
        await _until(pilot, "#compare-state", "✓")
        await asyncio.sleep(20.0)  # charts and report are made
        _keep(app, "compare")
        await _from_records(app, pilot)
        await pilot.press("4", "g")
        await pilot.press(*"10:00", "enter")
        await asyncio.sleep(20.0)
        _keep(app, "floor")


async def _from_records(app: FirstlineApp, pilot: Pilot[None]) -> None:
    """A backtest of what a small centre would export."""
    _export(Path("export.csv"))
    await pilot.press("1", "f")
    await pilot.press(*"export.csv", "enter")
    await _until(pilot, "#columns-head", "rows")
    await pilot.press("enter")
    await _until(pilot, "#report-fitted", "interval")
    await pilot.press("enter")
    await _until(pilot, "#backtest-drawn", "●")
    await pilot.pause(1.0)
    _keep(app, "records")
    await pilot.press(*("escape",) * 4, "y")
    await pilot.pause()


def _export(path: Path) -> None:
    """Three weeks of a web shop's calls, as its telephone system would write them."""
    text = templates()["front-line-and-supervisors"]
    fewer = {"horizon.days": 19, "groups.front_line.heads": 9}
    calls = simulate(with_changes(load_text(text), fewer), 1, 0)
    rows = calls.contacts.as_dict()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Arrived", "Queued", "Answered", "Ended", "Outcome", "Agent", "Reason"])
        for row in np.argsort(rows["queued"]):
            came, answered, ended = (rows[name][row] for name in ("queued", "answered", "ended"))
            if np.isnan(came) or np.isnan(ended):
                continue
            word = "abandoned" if np.isnan(answered) else "answered"
            agent = "" if np.isnan(answered) else f"A{rows['agent'][row]}"
            times = [_clock(came), _clock(came), _clock(answered), _clock(ended)]
            out.writerow([*times, word, agent, calls.reasons[rows["reason"][row]]])


def _clock(second: float) -> str:
    if np.isnan(second):
        return ""
    return f"{datetime(2026, 1, 5) + timedelta(seconds=round(float(second)))}"  # noqa: DTZ001


def _keep(app: FirstlineApp, name: str) -> None:
    app.save_screenshot(f"app-{name}.svg", str(FOLDER))


async def _until(pilot: Pilot[None], selector: str, words: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not any(
            words in str(one.content) for one in pilot.app.screen.query(selector).results(Static)
        ):
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    draw()
