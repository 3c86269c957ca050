"""Loading what is heavy: one thread does it, whichever comes first, and the others wait.

Threads that load parts of the same package side by side wait for one another in a circle; Python
breaks the circle by showing one of them a half-loaded module. So everything that the app loads
late, in a thread or on the screen, goes through here first.
"""

from __future__ import annotations

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

_gate = threading.Lock()


def questions() -> None:
    """Load what the first screen needs to be of use, and nothing else."""
    _load(_QUESTIONS)


def everything() -> None:
    """Load the packages that screens and workers need; immediately when they are there already."""
    _load(_PACKAGES)


def _load(names: Iterable[str]) -> None:
    with _gate:
        for name in names:
            import_module(name)
