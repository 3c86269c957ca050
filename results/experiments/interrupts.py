"""Ctrl-C: heard even when it comes while code is at work that forgets it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heard() -> Iterator[Callable[[], None]]:
    """Hear Ctrl-C; what is given raises the one that was pressed and forgotten.

    Python raises KeyboardInterrupt wherever it happens to be: DuckDB in the middle of writing, or
    the end of an object, drops it, and the run would go on. Other threads than the main one get no
    Ctrl-C, and whoever set a handler of their own keeps it.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield lambda: None
        return
    pressed = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    def again() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield again
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
