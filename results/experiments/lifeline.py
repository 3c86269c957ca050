"""Lifeline: a worker ends when the process that started it has ended, however that came.

A worker that waits for work never hears that nobody is left to hand it out: every worker holds
the other end of its own queue, and the caller's pipes with it. So a thread waits for the end of
the parent, which the system reports on every platform and for every kind of end: the parent holds
one end of a pipe (on Windows its own process handle), and nobody else does. A death signal of the
system (``prctl`` on Linux) comes when the *thread* that started the worker ends, never when the
parent was gone already, and exists on one system only.

A worker that was started from nothing runs this file by its path before it loads anything:
importing it by name would load the whole package first, which takes most of a second, longer when
many workers do so immediately. So it imports nothing but the standard library, and runs by its path
what makes the names of our packages mean ours: a worker has the path of the user's script.
"""

import os
import runpy
import signal
import threading
from multiprocessing import parent_process
from pathlib import Path

_OWN_PACKAGES = Path(__file__).parents[2] / "firstline" / "own_packages.py"

IN_A_WORKER = "__worker__"
"""The name under which a worker runs this file."""

LEFT_TO_THE_PARENT = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Signals that reach every process of a terminal or a job; the parent alone answers them."""


def hold() -> None:
    """Make this worker end with its parent, and leave to the parent what the parent answers."""
    for number in LEFT_TO_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, name="lifeline", daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        # Nothing is tidied up: there is nobody to hand anything to, and work may be under way.
        os._exit(1)


if __name__ == IN_A_WORKER:
    hold()
    runpy.run_path(str(_OWN_PACKAGES))["claim"]()
