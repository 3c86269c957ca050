"""Pictures of the app for the README: `python docs/app_pictures.py` draws them anew.

The app runs as its user would run it, only without a terminal: on the default scenario, with a
knob turned, a comparison made and the floor at ten in the morning.
"""

from __future__ import annotations

import asyncio
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot
from textual.widgets import Static

from tui.app.app import FirstlineApp
from tui.shell.runner import ProcessRunner
from tui.shell.settings import Settings
from tui.what_if.knob_list import KnobList

FOLDER = Path(__file__).resolve().with_name("pictures")
SIZE = (120, 40)
PATIENCE_S = 300.0


def draw() -> None:
    """Draw a picture of each of the four main screens."""
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
        await asyncio.sleep(3.0)
        _keep(app, "scenarios")
        await pilot.press("enter")
        await _until(pilot, "#answer-state", "✓")
        assert app.screen.query_one(KnobList).current is not None
        await pilot.press("right")
        await _until(pilot, "#answer-state", "running 1 of")
        await _until(pilot, "#answer-state", "✓")
        _keep(app, "what-if")
        await pilot.press("w")
        await asyncio.sleep(2.0)
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


def _keep(app: FirstlineApp, name: str) -> None:
    app.save_screenshot(f"app-{name}.svg", str(FOLDER))


async def _until(pilot: Pilot[None], selector: str, words: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while words not in str(pilot.app.screen.query_one(selector, Static).content):
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    draw()
