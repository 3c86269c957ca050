"""Ctrl-C and its like: heard wherever they come, and answered where it does no harm."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from results.experiments.lifeline import LEFT_TO_THE_PARENT

Check = Callable[[], None]
"""Raises the Ctrl-C that was pressed, if one was."""


def never() -> None:
    """Raise nothing: there is no Ctrl-C to answer."""


@contextmanager
def heard(at_once: bool) -> Iterator[Check]:
    """Hear Ctrl-C; what is given raises the one that was pressed.

    Python raises KeyboardInterrupt wherever it happens to be. DuckDB in the middle of writing, or
    the end of an object, drops it, and the run would continue; amid a pool's own work it
    leaves locks shut for ever, and the program would never end. Other threads than the main one
    get no Ctrl-C, and a handler that the caller has set stays.

    A SIGTERM or SIGHUP that the program takes for a Ctrl-C, as the command line does, is heard in
    the same way. Others end the program as they always did.

    Args:
        at_once: raise it immediately as well, for work in this very process, which may take long
            before it comes to a check.
    """
    mine = _taken_for_ctrl_c() if threading.current_thread() is threading.main_thread() else []
    if not mine:
        yield never
        return
    pressed = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        if at_once:
            signal.default_int_handler(number, frame)

    def check() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    for number in mine:
        signal.signal(number, note)
    try:
        yield check
    finally:
        for number in mine:
            signal.signal(number, signal.default_int_handler)


def _taken_for_ctrl_c() -> list[signal.Signals]:
    """The signals of which Python makes a KeyboardInterrupt."""
    return [
        number
        for number in LEFT_TO_THE_PARENT
        if signal.getsignal(number) is signal.default_int_handler
    ]
