"""Loading what is heavy: one thread does it, whichever comes first, and the others wait.

Threads that load parts of the same package side by side wait for one another in a circle; Python
breaks the circle by showing one of them a half-loaded module. So everything that the app loads
late, in a thread or on the screen, goes through here first.

What is loaded stays until the app is left. It is taken out of what Python looks through for objects
that nobody needs any more: each such look would keep the screen from answering for 0.15 s.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterable
from importlib import import_module

_QUESTIONS = ("scenarios", "tui.scenarios.questions")
"""What reads a scenario and says what can be asked of it."""
_PACKAGES = (
    *("scenarios", "sim", "results"),
    *("results.charts.drawing", "results.report.comparison", "results.runs"),
)
"""Packages, or what loads the whole of one, in the order in which they need one another."""

_LATER = (
    "scipy.special",
    "duckdb",
    *(f"tui.{one}.screen" for one in ("what_if", "compare", "runs", "floor", "how_far", "why")),
    "tui.app.help",
)
"""What the first visit of a screen would wait for; in the order in which they are asked for."""

_gate = threading.Lock()


def questions() -> None:
    """Load what the first screen needs to be of use, and nothing else."""
    _load(_QUESTIONS)


def everything() -> None:
    """Load the packages that screens and workers need; immediately when they are there already."""
    _load(_PACKAGES)


def later() -> None:
    """Load what first visits need, a part at a time: who comes in between waits for one only."""
    for name in _LATER:
        _load((name,))


def _load(names: Iterable[str]) -> None:
    with _gate:
        new = [name for name in names if name not in sys.modules]
        for name in names:
            import_module(name)
        if new:
            gc.freeze()
