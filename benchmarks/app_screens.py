"""The screens of the app from within: first visits, keys while a simulation runs, first answers.

The app runs in a terminal of its own and watches itself paint. A key comes from another thread, as
from a keyboard, and is answered when a frame that shows what it did is handed to the terminal; so
time in which the screen is busy counts, as it does for a person.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import clock_gettime, perf_counter, pthread_getcpuclockid
from typing import Any

from textual.events import Key
from textual.widgets import Static

import tui.app.app
from benchmarks import bars
from benchmarks.terminal import Terminal
from tui.app.app import FirstlineApp
from tui.parts.dialogs import WordsDialog
from tui.shell.late_runner import LateRunner
from tui.shell.settings import Settings
from tui.what_if.knob_list import KnobList

VISIT_S, KEY_MS, ESTIMATE_S, WHOLE_S, TABLE_S = 0.4, 50.0, 1.0, 10.0, 3.0
ROUNDS = 3
KEYS = 60
_BETWEEN_S = 0.12
"""Seconds between two keys of a person who is quick."""
_PATIENCE_S = 120.0
_LOOKS_AGAIN_S = 3.0
"""Seconds before the next screen is visited: what is loaded in the background is there by then."""

Seen = Callable[[], object]
Took = tuple[float, float]
"""Seconds by the clock, and seconds of the processor that the painting thread took."""


class _Watched(FirstlineApp):
    """The app, watching when it paints what."""

    CSS_PATH = Path(tui.app.app.__file__).with_name("app.tcss")

    def __init__(self, answer: Path, **given: Any) -> None:
        super().__init__(**given)
        self._answer = answer
        self._steps = _steps_beside(answer)
        self._awaited: Seen | None = None
        self._painted = threading.Event()
        self._at = self._used = 0.0
        self._clock = pthread_getcpuclockid(threading.get_ident())
        """Processor seconds of the thread that paints."""
        self.found: dict[str, Any] = {}

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if self._awaited is not None and self._awaited():
            self._awaited = None
            self._at, self._used = perf_counter(), clock_gettime(self._clock)
            self._painted.set()

    def on_ready(self) -> None:
        """Walk through the app in another thread."""
        super().on_ready()
        threading.Thread(target=self._walk, daemon=True).start()

    def press(self, key: str, seen: Seen) -> Took:
        """Press a key and wait for the frame that shows what it did; how long that took."""
        self._painted.clear()
        self._awaited = seen
        begun, used = perf_counter(), clock_gettime(self._clock)
        assert self._driver is not None
        self._driver.process_message(_key(key))
        if not self._painted.wait(_PATIENCE_S):
            raise RuntimeError(f"{key} was never answered: {self.said}")
        return self._at - begun, self._used - used

    def wait(self, seen: Seen) -> None:
        """Wait for something that no key brings."""
        end = perf_counter() + _PATIENCE_S
        while not seen():
            if perf_counter() > end:
                raise RuntimeError(f"It never came: {self.said}")
            threading.Event().wait(0.02)

    def visit(self, screen: str, key: str, seen: Seen) -> None:
        """Go to a screen for the first time."""
        took = self.found.setdefault("visits", {})[screen] = self.press(key, seen)
        self.tell(f"{screen} visited: {took[0]:.2f} s, processor {took[1]:.2f} s")

    def tell(self, words: str) -> None:
        """Tell the process that measures what was done."""
        with self._steps.open("a", encoding="utf-8") as steps:
            steps.write(f"{words}\n")

    def move(self, key: str) -> Took:
        """Move a cursor; how long until it is seen at its new place."""
        pause(_BETWEEN_S)
        cursor = self.focused
        before = getattr(cursor, "cursor", None)
        return self.press(key, lambda: getattr(cursor, "cursor", None) != before)

    def turn(self, key: str) -> Took:
        """Turn the knob under the cursor; how long until its new value is seen."""
        pause(_BETWEEN_S)
        self.wait(lambda: self.knob() is not None)
        before = self.knob().value
        return self.press(key, lambda: getattr(self.knob(), "value", before) != before)

    def knob(self) -> Any:
        """The knob under the cursor; None while there is none."""
        return next((one.current for one in self.screen.query(KnobList)), None)

    def words(self, name: str) -> str:
        """What stands in a widget; nothing where there is none."""
        return next((str(one.content) for one in self.screen.query(name).results(Static)), "")

    @property
    def said(self) -> str:
        """What stands on the screen, for an error."""
        if isinstance(self.screen, WordsDialog):
            return self.screen._detail
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())

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
    app.wait(lambda: app.screen.query("#what-if-answer.-stale"))
    app.wait(lambda: not app.screen.query("#what-if-answer.-stale"))
    app.found["estimate_s"] = perf_counter() - begun
    app.wait(lambda: state().startswith("✓"))
    app.found["whole_s"] = perf_counter() - begun
    first, whole = app.found["estimate_s"], app.found["whole_s"]
    app.tell(f"what-if: first estimate {first:.2f} s, whole {whole:.2f} s")
    app.visit("Why", "w", lambda: app.on_screen("WhyScreen"))
    app.press("escape", lambda: app.on_screen("WhatIfScreen"))
    app.visit("How far", "h", lambda: app.on_screen("HowFarScreen"))
    app.press("escape", lambda: app.on_screen("WhatIfScreen"))
    for at in range(KEYS // 3):
        # A turn begins the run anew, so that something is simulated all the time.
        took = [app.move("down"), app.move("up"), app.turn("plus" if at % 2 else "minus")]
        app.found.setdefault("what_if_keys", []).extend(took)
    app.tell(f"{KEYS} keys in the what-if")


def _compare(app: _Watched) -> None:
    app.visit("Compare", "3", lambda: app.rows("#plan-list"))
    pause(1.0)
    begun = perf_counter()
    app.press("x", lambda: app.rows("#compare-table"))
    app.found["table_s"] = perf_counter() - begun
    app.tell(f"comparison: first table {app.found['table_s']:.2f} s")
    app.found["compare_keys"] = [app.move(key) for _ in range(KEYS // 2) for key in ("down", "up")]
    app.tell(f"{KEYS} keys in the comparison")
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


def _steps_beside(answer: Path) -> Path:
    """Where the app tells each step as it is done."""
    return answer.with_suffix(".steps")


def _told(steps: Path, before: int) -> int:
    """Print what was told since; how many lines there are by now."""
    lines = steps.read_text(encoding="utf-8").splitlines() if steps.exists() else []
    for line in lines[before:]:
        print(f"    {line}", flush=True)
    return len(lines)


def measured() -> dict[str, Any]:
    """What a walk through the app found; each step is printed as it is done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answer = folder / "answer.json"
        command: list[str | Path] = [sys.executable, "-m", "benchmarks.app_screens", answer, folder]
        with Terminal(command, folder) as terminal:
            told = 0
            while terminal.program.poll() is None:
                terminal.read(0.2)
                told = _told(_steps_beside(answer), told)
            said = terminal.until_it_ends()
        if not answer.exists():
            raise RuntimeError(f"The app ended without an answer: {said}")
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        if "error" in found:
            raise RuntimeError(found["error"])
        return found


def walked(rounds: int = ROUNDS) -> None:
    """Print what a person at the terminal waits for: the best of some walks, of keys all.

    Beside what the clock says stands what the thread that paints took of the processor: that is
    what remains on a machine on which nothing else runs.
    """
    before, found = os.getloadavg()[0], []
    for number in range(1, rounds + 1):
        print(f"  walk {number} of {rounds}", flush=True)
        found.append(measured())
    loads = f"{before:.1f} to {os.getloadavg()[0]:.1f}"
    print(f"Programs that wanted one of {os.cpu_count()} cores meanwhile: {loads}")
    print(f"The screens of the app, in a terminal of 120 × 40, best of {rounds}")
    for screen in found[0]["visits"]:
        took, used = (min(one["visits"][screen][at] for one in found) for at in (0, 1))
        bars.line(f"first visit, {screen}", took, "s", VISIT_S, f"processor {used:.2f} s")
    for name, what in (("what_if_keys", "What-if"), ("compare_keys", "Compare")):
        both = zip(*(took for one in found for took in one[name]), strict=True)
        slow, used = (1e3 * bars.share_below(times, 0.95) for times in both)
        bars.line(
            f"key while it simulates, {what}, p95", slow, "ms", KEY_MS, f"processor {used:.0f} ms"
        )
    for name, what, bar in (
        ("estimate_s", "first estimate of a what-if", ESTIMATE_S),
        ("whole_s", "whole what-if, 20 replications", WHOLE_S),
        ("table_s", "first table of a comparison", TABLE_S),
    ):
        bars.line(what, min(one[name] for one in found), "s", bar)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _show(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        walked()
