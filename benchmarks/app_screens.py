"""The screens of the app from within: first visits, keys while a simulation runs, first answers.

The app runs in a terminal of its own and watches itself paint. A key comes from another thread, as
from a keyboard, and is answered when a frame that shows what it did is handed to the terminal; so
time in which the screen is busy counts, as it does for a person.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from textual.events import Key
from textual.widgets import Static

import tui.app.app
from benchmarks import bars
from benchmarks.terminal import Terminal
from tui.app.app import FirstlineApp
from tui.shell.late_runner import LateRunner
from tui.shell.settings import Settings
from tui.what_if.knob_list import KnobList

VISIT_S, KEY_MS, ESTIMATE_S, TABLE_S = 0.4, 50.0, 1.0, 3.0
ROUNDS = 3
KEYS = 60
_BETWEEN_S = 0.12
"""Seconds between two keys of a person who is quick."""
_PATIENCE_S = 120.0
_LOOKS_AGAIN_S = 3.0
"""Seconds before the next screen is visited: what is loaded in the background is there by then."""

Seen = Callable[[], object]


class _Watched(FirstlineApp):
    """The app, watching when it paints what."""

    CSS_PATH = Path(tui.app.app.__file__).with_name("app.tcss")

    def __init__(self, answer: Path, **given: Any) -> None:
        super().__init__(**given)
        self._answer = answer
        self._awaited: Seen | None = None
        self._painted = threading.Event()
        self._at = 0.0
        self.found: dict[str, Any] = {}

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if self._awaited is not None and self._awaited():
            self._awaited, self._at = None, perf_counter()
            self._painted.set()

    def on_ready(self) -> None:
        """Walk through the app in another thread."""
        super().on_ready()
        threading.Thread(target=self._walk, daemon=True).start()

    def press(self, key: str, seen: Seen) -> float:
        """Press a key and wait for the frame that shows what it did; seconds until then."""
        self._painted.clear()
        self._awaited = seen
        begun = perf_counter()
        assert self._driver is not None
        self._driver.process_message(_key(key))
        if not self._painted.wait(_PATIENCE_S):
            raise RuntimeError(f"{key} was never answered on {self.screen}")
        return self._at - begun

    def wait(self, seen: Seen) -> None:
        """Wait for something that no key brings."""
        end = perf_counter() + _PATIENCE_S
        while not seen():
            if perf_counter() > end:
                raise RuntimeError(f"It never came on {self.screen}")
            threading.Event().wait(0.02)

    def visit(self, screen: str, key: str, seen: Seen) -> None:
        """Go to a screen for the first time."""
        self.found.setdefault("visits", {})[screen] = self.press(key, seen)

    def move(self, key: str) -> float:
        """Move a cursor; seconds until it is seen at its new place."""
        pause(_BETWEEN_S)
        cursor = self.focused
        before = getattr(cursor, "cursor", None)
        return self.press(key, lambda: getattr(cursor, "cursor", None) != before)

    def turn(self, key: str) -> float:
        """Turn the knob under the cursor; seconds until its new value is seen."""
        pause(_BETWEEN_S)
        before = self.knob().value
        return self.press(key, lambda: self.knob().value != before)

    def knob(self) -> Any:
        """The knob under the cursor; None while there is none."""
        return next((one.current for one in self.screen.query(KnobList)), None)

    def words(self, name: str) -> str:
        """What stands in a widget; nothing where there is none."""
        return next((str(one.content) for one in self.screen.query(name).results(Static)), "")

    def rows(self, name: str) -> int:
        """How many rows a list or table has; none where there is no such thing."""
        found = next(iter(self.screen.query(name)), None)
        return getattr(found, "row_count", 0) or getattr(found, "count", 0)

    def on_screen(self, name: str) -> bool:
        """Whether a screen is seen."""
        return type(self.screen).__name__ == name

    def _walk(self) -> None:
        try:
            walk(self)
        except Exception as error:  # noqa: BLE001 - told by the process that measures
            self.found["error"] = f"{type(error).__name__}: {error}"
        self._answer.write_text(json.dumps(self.found), encoding="utf-8")
        asyncio.run_coroutine_threadsafe(_leave(self), self._loop_of_app())

    def _loop_of_app(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None
        return self._loop


async def _leave(app: FirstlineApp) -> None:
    app.exit()


def _key(key: str) -> Key:
    return Key(key, {"plus": "+", "minus": "-"}.get(key, key if len(key) == 1 else None))


def walk(app: _Watched) -> None:
    """Go through the app as a manager does, and write down how long each step took."""
    app.wait(lambda: app.words("#preview-facts"))
    pause()
    _questions(app)
    _what_if(app)
    _compare(app)
    app.visit("Runs", "5", lambda: app.on_screen("RunsScreen") and app.rows("#runs"))
    app.visit("Floor", "4", lambda: getattr(app.screen, "seen", None))


def pause(seconds: float = _LOOKS_AGAIN_S) -> None:
    """Look at what is there."""
    threading.Event().wait(seconds)


def _questions(app: _Watched) -> None:
    app.visit("Help", "question_mark", lambda: app.on_screen("HelpScreen"))
    app.press("escape", lambda: app.on_screen("ScenariosScreen"))
    pause(1.0)
    app.visit("What-if", "enter", lambda: app.knob() is not None)


def _what_if(app: _Watched) -> None:
    def state() -> str:
        return app.words("#answer-state")

    app.wait(lambda: state().startswith("✓"))
    pause()
    begun = perf_counter()
    app.turn("plus")
    app.wait(lambda: not app.screen.query_one("#what-if-answer").has_class("-stale"))
    app.found["estimate_s"] = perf_counter() - begun
    app.wait(lambda: state().startswith("✓"))
    app.found["whole_s"] = perf_counter() - begun
    app.visit("Why", "w", lambda: app.on_screen("WhyScreen"))
    app.press("escape", lambda: app.on_screen("WhatIfScreen"))
    app.visit("How far", "h", lambda: app.on_screen("HowFarScreen"))
    app.press("escape", lambda: app.on_screen("WhatIfScreen"))
    for at in range(KEYS // 3):
        # A turn begins the run anew, so that something is simulated all the time.
        took = [app.move("down"), app.move("up"), app.turn("plus" if at % 2 else "minus")]
        app.found.setdefault("what_if_keys_s", []).extend(took)


def _compare(app: _Watched) -> None:
    app.visit("Compare", "3", lambda: app.rows("#plan-list"))
    pause(1.0)
    begun = perf_counter()
    app.press("x", lambda: app.rows("#compare-table"))
    app.found["table_s"] = perf_counter() - begun
    app.found["compare_keys_s"] = [
        app.move(key) for _ in range(KEYS // 2) for key in ("down", "up")
    ]
    app.press("x", lambda: "stopped" in app.words("#compare-state"))


def _show(answer: Path, folder: Path) -> None:
    """Be the app in the terminal."""
    runner = LateRunner()
    settings = Settings(folder / "config", folder / "state")
    given = {"runner": runner, "settings": settings, "when_seen": runner.load}
    try:
        _Watched(answer, runs=folder / "runs", **given).run()
    finally:
        runner.close()


def measured() -> dict[str, Any]:
    """What a walk through the app found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answer = folder / "answer.json"
        command = [sys.executable, "-m", "benchmarks.app_screens", answer, folder]
        with Terminal(command, folder) as terminal:
            said = terminal.until_it_ends()
        if not answer.exists():
            raise RuntimeError(f"The app ended without an answer: {said}")
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        if "error" in found:
            raise RuntimeError(found["error"])
        return found


def walked(rounds: int = ROUNDS) -> None:
    """Print what a person at the terminal waits for: the best of some walks, of keys all."""
    found = [measured() for _ in range(rounds)]
    print(f"The screens of the app, in a terminal of 120 × 40, best of {rounds}")
    for screen in found[0]["visits"]:
        bars.line(
            f"first visit, {screen}", min(one["visits"][screen] for one in found), "s", VISIT_S
        )
    for name, what in (("what_if_keys_s", "What-if"), ("compare_keys_s", "Compare")):
        times = [1e3 * took for one in found for took in one[name]]
        slow, most = bars.share_below(times, 0.95), max(times)
        bars.line(
            f"a key while it simulates, {what}", slow, "ms", KEY_MS, f"p95, longest {most:.0f}"
        )
    bars.line(
        "first estimate of a what-if", min(one["estimate_s"] for one in found), "s", ESTIMATE_S
    )
    whole = min(one["whole_s"] for one in found)
    whole = min(one["whole_s"] for one in found)
    print(f"  {'whole what-if, 20 replications':34} {whole:8.2f} s    what simulating takes")
    bars.line("first table of a comparison", min(one["table_s"] for one in found), "s", TABLE_S)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _show(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        walked()
