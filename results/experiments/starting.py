"""How worker processes begin: from nothing, or forked from one that has loaded what they need.

A process that starts from nothing spends most of a second on imports. One server process loads what
a replication needs and forks the workers, so that a pool that was ended in the middle of a
replication is replaced before anybody notices.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Protocol

from results.experiments import lifeline

_LOADED = ["firstline", "results.experiments.replications", "sim.replication", "scipy.special"]
"""What a replication needs; the server that forks workers loads it once. The server looks into the
current folder before all others: firstline comes first, so that no ``results.py`` there is taken
for ours."""


class _Worker(SpawnProcess):
    """A process that does not run the user's script again.

    A spawned process imports the main module of its parent. Replications need nothing from it, and
    a script without the ``if __name__ == "__main__"`` guard would start itself over and over.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with without_main(), signals_held_back():
            return SpawnProcess._Popen(process_obj)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be a plain process in the worker: this class would load the whole package first."""
        return object.__new__, (SpawnProcess,), self.__dict__

    def terminate(self) -> None:
        """End it immediately; it does not react to anything less."""
        self.kill()


class Start(Protocol):
    """How a pool starts its processes; it remembers them, so that they can be ended."""

    started: list[BaseProcess]

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # noqa: N802 - multiprocessing's
        """Make one worker process."""


class Spawned(SpawnContext):
    """Start each process from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> _Worker:  # type: ignore[override]  # noqa: N802
        """Make one worker process, and remember it."""
        worker = _Worker(*args, **kwargs)
        self.started.append(worker)
        return worker


if sys.platform != "win32":
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class _ForkedWorker(ForkServerProcess):
        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
            with without_main():
                return ForkServerProcess._Popen(process_obj)

        def terminate(self) -> None:
            """End it immediately; it does not react to anything less."""
            self.kill()

    class Forked(ForkServerContext):
        """Fork each process from the server."""

        def __init__(self) -> None:
            super().__init__()
            self.started: list[BaseProcess] = []

        def Process(self, *args: Any, **kwargs: Any) -> _ForkedWorker:  # type: ignore[override]  # noqa: N802
            """Make one worker process, and remember it."""
            worker = _ForkedWorker(*args, **kwargs)
            self.started.append(worker)
            return worker


@contextmanager
def without_main() -> Iterator[None]:
    """Start a process as if the main module were empty."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Start a process that hears no Ctrl-C and its like from its first moment on.

    A process that is started keeps the signals blocked; where the system has no such thing, it is
    deaf to them a moment later.
    """
    if sys.platform == "win32":
        yield
        return
    # The tracker, when it is started, lets through again what is blocked here.
    start_tracker()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, lifeline.LEFT_TO_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_tracker() -> None:
    """Start multiprocessing's helper, which must outlive a terminal that is closed.

    It ignores Ctrl-C by itself; a hang-up would end it while there is still something to tidy up.
    """
    if sys.platform == "win32":
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        resource_tracker.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def get_ready() -> None:
    """Begin to load what workers need; to be called before a full-screen app takes the terminal.

    An app that has taken over the terminal can start no process from nothing, only through
    helpers that are there already.
    """
    start_tracker()
    if can_fork():
        from multiprocessing import forkserver

        Forked().set_forkserver_preload(_LOADED)
        with without_main(), signals_held_back():
            forkserver.ensure_running()


def can_fork() -> bool:
    """Whether this system can fork workers from a server."""
    return "forkserver" in multiprocessing.get_all_start_methods()
