"""The live floor in a real terminal: frames a second, and how long the screen keeps one waiting.

200 agents and 5,000 contacts a day at ×600, in a pseudo-terminal of 120 by 40 whose output is read
and thrown away. The lag is how much later than asked for the event loop wakes up.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import struct
import sys
import tempfile
import termios
from pathlib import Path
from time import perf_counter
from typing import Any

import tui.app.app
from scenarios.save import save
from scenarios.schema import Scenario
from tui.app.app import FirstlineApp
from tui.floor.screen import FloorScreen
from tui.shell.runner import ProcessRunner
from tui.shell.settings import Settings

AGENTS, CONTACTS, SPEED = 200, 5_000, 600.0
COLUMNS, ROWS = 120, 40
_EVERY_S = 0.005


def centre(agents: int, per_day: int) -> Scenario:
    """A centre of this size that is busy from 8 to 20, with approvals and everything watched."""
    talk_s = 0.85 * agents * 12 * 3600.0 / per_day
    return Scenario.model_validate(
        {
            "title": "Two hundred agents",
            "opening": {"hours": "08:00-20:00"},
            "reasons": {
                "enquiry": {
                    "complaint": True,
                    "volume": {"per_day": per_day},
                    "groups": ["front_line"],
                    "solve": 0.9,
                    "remedy": {
                        "needed": 0.3,
                        "kinds": {"refund": 1.0},
                        "money": {"distribution": "exponential", "mean": 40},
                    },
                    "patience_s": {"voice": {"distribution": "exponential", "mean": 300}},
                    "handling": {
                        "voice": {
                            "talk_s": {"distribution": "exponential", "mean": talk_s},
                            "wrap_up_s": 40,
                        }
                    },
                }
            },
            "groups": {
                "front_line": {"heads": agents - 10, "authority": "little"},
                "supervisors": {"heads": 10, "tier": 2, "authority": "much"},
            },
            "authority": {"little": {"limit": 20}, "much": {"limit": 1_000}},
            "escalation": {
                "beyond_authority": {
                    "steps": [{"step": "ask_approver", "group": "supervisors", "decision_s": 120}]
                }
            },
        }
    )


class _Measured(FirstlineApp):
    """The app, watching itself."""

    CSS_PATH = Path(tui.app.app.__file__).with_name("app.tcss")

    def __init__(self, seconds: float, answer: Path, **given: Any) -> None:
        super().__init__(**given)
        self._seconds, self._answer = seconds, answer

    def on_mount(self) -> None:
        """Begin to measure."""
        self.run_worker(self._measure(), exit_on_error=True)

    async def _measure(self) -> None:
        screen = self.screen
        while not (isinstance(screen, FloorScreen) and screen.seen is not None):
            await asyncio.sleep(0.1)
            screen = self.screen
        driver = screen.driver
        assert driver is not None
        driver.jump(10 * 3600.0)
        await asyncio.sleep(2.0)
        driver.set_speed(SPEED)
        driver.go_on()
        await asyncio.sleep(2.0)
        begun, frames, seen, lags = perf_counter(), 0, screen.seen, []
        from_s = screen.seen.snapshot.now if screen.seen else 0.0
        while perf_counter() - begun < self._seconds:
            asked = perf_counter()
            await asyncio.sleep(_EVERY_S)
            lags.append(perf_counter() - asked - _EVERY_S)
            frames += screen.seen is not seen
            seen = screen.seen
        spent = perf_counter() - begun
        assert seen is not None
        lags.sort()
        found = {
            "frames_a_second": frames / spent,
            "speed": (seen.snapshot.now - from_s) / spent,
            "lag_p50_ms": 1e3 * lags[len(lags) // 2],
            "lag_p95_ms": 1e3 * lags[int(len(lags) * 0.95)],
            "lag_max_ms": 1e3 * lags[-1],
        }
        self._answer.write_text(json.dumps(found), encoding="utf-8")
        self.exit()


def _show(seconds: float, answer: Path, folder: Path) -> None:
    """Be the app in the terminal."""
    path = folder / "two-hundred.toml"
    save(centre(AGENTS, CONTACTS), path)
    settings = Settings(folder / "config", folder / "state")
    settings.last.screen, settings.last.opened = "floor", str(path)
    runner = ProcessRunner()
    try:
        _Measured(seconds, answer, runner=runner, settings=settings, runs=folder / "runs").run()
    finally:
        runner.close()


def measured(seconds: float) -> dict[str, float]:
    """Frames a second, the speed reached, and the lag of the event loop in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answer = folder / "answer.json"
        child, terminal = pty.fork()
        if child == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(  # noqa: S606 - this very module, in a terminal of its own
                sys.executable,
                [sys.executable, "-m", "benchmarks.live_floor", str(seconds), str(answer), name],
            )
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        told = _drain(terminal)
        os.waitpid(child, 0)
        if not answer.exists():
            raise RuntimeError(f"The app ended without an answer: {told[-2000:]!r}")
        found: dict[str, float] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def _drain(terminal: int) -> bytes:
    """Read what the app writes until it ends; the last of it."""
    last = b""
    while True:
        try:
            read = os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            return last
        if not read:
            return last
        last = (last + read)[-4_000:]


def at_full_size(seconds: float) -> None:
    """Print what a person at the terminal gets."""
    found = measured(seconds)
    print(f"Live floor, {AGENTS} agents, {CONTACTS:,} contacts a day, ×{SPEED:.0f}, {seconds:g} s")
    print(f"  frames           {found['frames_a_second']:10.1f} a second   (at least 10 wanted)")
    print(f"  speed reached    {found['speed']:10.0f}")
    print(f"  event-loop lag   {found['lag_p50_ms']:10.1f} ms median")
    print(f"                   {found['lag_p95_ms']:10.1f} ms p95   (below 50 wanted)")
    print(f"                   {found['lag_max_ms']:10.1f} ms longest")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _show(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        at_full_size(15.0)
