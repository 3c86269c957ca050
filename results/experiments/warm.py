"""Warm workers: processes that begin at once, because everything is loaded before they start.

A process that starts from nothing spends most of a second on imports. Here one server process
loads what a replication needs and forks the workers, so that a pool that was ended in the middle
of a replication is replaced before anybody notices.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from typing import Any

from results.experiments import lifeline
from results.experiments.workers import (
    ProcessPool,
    signals_held_back,
    start_tracker,
    without_main,
)

_LOADED = ["firstline", "results.experiments.replications", "scipy.special"]
"""What a replication needs; the server loads it once. The server looks into the current folder
before all others: firstline comes first, so that no ``results.py`` there is taken for ours."""

_GIVES_WAY = 5
"""How much a worker lets the screen go first (nice)."""


class _Worker(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with without_main():
            return ForkServerProcess._Popen(process_obj)

    def terminate(self) -> None:
        """End it at once; it does not listen to anything less."""
        self.kill()


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
    start_tracker()
    if _can_fork():
        from multiprocessing import forkserver

        _Start().set_forkserver_preload(_LOADED)
        with without_main(), signals_held_back():
            forkserver.ensure_running()


def warm_pool(workers: int | None = None) -> ProcessPool:
    """A pool whose workers begin at once, give way to the screen and end with this process."""
    return ProcessPool(workers, _Start() if _can_fork() else None, _prepare)


def _can_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _prepare() -> None:
    lifeline.hold()
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
