"""Warm workers: processes that begin at once, because everything is loaded before they start.

A process that starts from nothing spends most of a second on imports. Here one server process
loads what a replication needs and forks the workers, so that a pool that was ended in the middle
of a replication is replaced before anybody notices.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing import parent_process, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from typing import Any

from results.experiments.workers import ProcessPool, leave_interrupts_to_the_parent, without_main

_LOADED = ["results.experiments.replications", "scipy.special"]
"""What a replication needs; the server loads it once."""

_GIVES_WAY = 5
"""How much a worker lets the screen go first (nice)."""


class _Worker(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with without_main():
            return ForkServerProcess._Popen(process_obj)


class _Start(ForkServerContext):
    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> _Worker:  # type: ignore[override]  # noqa: N802
        worker = _Worker(*args, **kwargs)
        self.started.append(worker)
        return worker


def get_ready() -> None:
    """Begin to load what workers need; to be called before a full-screen app takes the terminal.

    An app that has taken over the terminal can start no process from nothing, only through
    helpers that are there already.
    """
    resource_tracker.ensure_running()
    if _can_fork():
        from multiprocessing import forkserver

        _Start().set_forkserver_preload(_LOADED)
        with without_main():
            forkserver.ensure_running()


def warm_pool(workers: int | None = None) -> ProcessPool:
    """A pool whose workers begin at once, give way to the screen and end with this process."""
    return ProcessPool(workers, _Start() if _can_fork() else None, _prepare)


def _can_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _prepare() -> None:
    leave_interrupts_to_the_parent()
    # The app takes care of its own end; a worker just ends.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
