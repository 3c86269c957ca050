"""The terminal app as a person meets it: how soon it is there, and what it costs to leave it open.

From outside, in a terminal whose output is read. What happens on its screens is measured from
within by `benchmarks.app_screens`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import bars
from benchmarks.terminal import Terminal

ROUNDS = 5
FIRST_PAINT_S, USEFUL_S, IDLE_PERCENT = 0.8, 1.5, 2.0

_FRAME = "Contact centres"
"""In the first frame: the title of a panel on the screen that opens first."""
_QUESTION = "May agents decide up to"
"""The first question that can be asked."""
_SETTLES_S = 8.0
"""By then everything is loaded that is loaded after the first frame."""


def opened(rounds: int = ROUNDS) -> None:
    """Seconds from the command to the first frame, and to a list of questions; the best of some."""
    times = [_opened_s() for _ in range(rounds)]
    first, useful = (min(one) for one in zip(*times, strict=True))
    of = f"best of {rounds}"
    print("The app, opened in a terminal of 120 × 40")
    bars.line("first paint", first, "s", FIRST_PAINT_S, of)
    bars.line("useful list", useful, "s", USEFUL_S, of)


def idle(seconds: float = 10.0) -> None:
    """How busy the processor is with an app that nobody touches, on screens that stand still."""
    with tempfile.TemporaryDirectory() as name, _app(Path(name)) as terminal:
        terminal.seconds_until(_QUESTION)
        terminal.processor_s(_SETTLES_S)
        shares = {"questions": terminal.processor_s(seconds) / seconds}
        terminal.type(b"2")
        terminal.seconds_until("20 replications")
        terminal.processor_s(_SETTLES_S)
        shares["a finished what-if"] = terminal.processor_s(seconds) / seconds
    for screen, share in shares.items():
        bars.line(f"idle processor, {screen}", 100.0 * share, "%", IDLE_PERCENT)


def _app(folder: Path) -> Terminal:
    return Terminal([Path(sys.executable).with_name("firstline")], folder)


def _opened_s() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name, _app(Path(name)) as terminal:
        return terminal.seconds_until(_FRAME), terminal.seconds_until(_QUESTION)


if __name__ == "__main__":
    opened()
    idle()
