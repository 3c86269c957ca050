"""Workers: the processes, or the cluster, that replications are handed out to.

A process that starts from nothing spends most of a second on imports. For an app that is to begin
at once (``warm_pool``) one server process loads what a replication needs and forks the workers, so
that a pool that was ended in the middle of a replication is replaced before anybody notices.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from types import ModuleType
from typing import Any, Protocol, TypeVar, cast

from results.experiments import lifeline
from results.experiments.interrupts import Check, never

Task = TypeVar("Task")
Answer = TypeVar("Answer")

HEARTBEAT_S = 0.1
"""How often the wait for an answer looks up, so that Ctrl-C is answered soon."""

AHEAD = 4
"""Tasks that are handed out for each process: one under way, and enough that none waits."""

AHEAD_ELSEWHERE = 1000
"""Tasks that are handed out to somebody else's executor, which does not say how many it has."""

_LOADED = ["firstline", "results.experiments.replications", "sim.replication", "scipy.special"]
"""What a replication needs; the server that forks workers loads it once. The server looks into the
current folder before all others: firstline comes first, so that no ``results.py`` there is taken
for ours."""

_GIVES_WAY = 5
"""How much a worker of an app lets the screen go first (nice)."""


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


class _Start(SpawnContext):
    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> _Worker:  # type: ignore[override]  # noqa: N802
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

    class _ForkedStart(ForkServerContext):
        def __init__(self) -> None:
            super().__init__()
            self.started: list[BaseProcess] = []

        def Process(self, *args: Any, **kwargs: Any) -> _ForkedWorker:  # type: ignore[override]  # noqa: N802
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


class ProcessPool(ProcessPoolExecutor):
    """Processes of this machine, which can be ended in the middle of a replication."""

    def __init__(
        self,
        workers: int | None = None,
        start: Start | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        """Make a pool of so many processes; None is one for each core. They end with this process.

        Args:
            workers: number of processes.
            start: how they are started; from nothing when None.
            prepare: what each of them does first, with ``lifeline.hold`` in it; that alone when
                None.
        """
        self._start = start or _Start()
        start_tracker()
        context = cast(BaseContext, self._start)
        first: tuple[Callable[..., object], tuple[object, ...]] = (
            (prepare, ())
            if prepare
            else (
                runpy.run_path,
                (lifeline.__file__, None, lifeline.IN_A_WORKER),
            )
        )
        super().__init__(workers, mp_context=context, initializer=first[0], initargs=first[1])
        self.processes = workers or os.cpu_count() or 1
        self.ended = False
        """Nothing can be asked of it any more."""
        # Forgotten by the executor when it is shut down, and needed after that.
        self._coming: Any = self._result_queue

    def end(self) -> None:
        """End every process immediately and drop what was asked of them."""
        self.ended = True
        self.shutdown(wait=False, cancel_futures=True)
        self.end_work()

    def end_work(self) -> None:
        """End every process immediately; a caller waiting for answers gets a broken pool."""
        self.ended = True
        for worker in list(self._start.started):
            if worker.pid is not None:
                worker.terminate()
        # A worker may have ended in the middle of an answer. Whoever reads it waits for the rest
        # as long as somebody could still write it, and this process could.
        self._coming._writer.close()

    @property
    def ahead(self) -> int:
        """How many tasks are handed out before the first answer."""
        return AHEAD * self.processes


def get_ready() -> None:
    """Begin to load what workers need; to be called before a full-screen app takes the terminal.

    An app that has taken over the terminal can start no process from nothing, only through
    helpers that are there already.
    """
    start_tracker()
    if _can_fork():
        from multiprocessing import forkserver

        _ForkedStart().set_forkserver_preload(_LOADED)
        with without_main(), signals_held_back():
            forkserver.ensure_running()


def warm_pool(workers: int | None = None) -> ProcessPool:
    """A pool whose workers begin immediately, give way to the screen and end with this process."""
    return ProcessPool(workers, _ForkedStart() if _can_fork() else None, _prepare)


def _can_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _prepare() -> None:
    lifeline.hold()
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)


def opened(workers: int | Executor | None) -> AbstractContextManager[Executor | None]:
    """Open the workers that were asked for; what is opened as None is this very process.

    Args:
        workers: number of processes, 1 for this one, None for one on each core; or an executor,
            which is used as it is and left open.
    """
    if isinstance(workers, Executor):
        return nullcontext(workers)
    return nullcontext(None) if workers == 1 else ProcessPool(workers)


def answers(
    work: Callable[[Task], Answer],
    tasks: Iterable[Task],
    executor: Executor | None,
    check: Check = never,
) -> Generator[tuple[Task, Answer], None, None]:
    """Work through tasks and hand out each answer with its task, in order of arrival.

    Args:
        work: a function that can be pickled.
        tasks: what to do; each can be pickled. They are asked for a few ahead of the answers, so
            that a million of them begin as soon as one.
        executor: where to do it; None is here, one after the other.
        check: called before each task that is done here, and many times a second while others
            are at work; what it raises ends the work.

    Raises:
        Exception: whatever ``work`` raised first; the tasks that are left are dropped, as they
            are when the answers are closed.
    """
    if executor is None:
        for task in tasks:
            check()
            yield task, work(task)
        return
    asked: dict[Future[Answer], Task] = {}
    # Not ``concurrent.futures.wait``, which looks at every task for each answer.
    done: SimpleQueue[Future[Answer]] = SimpleQueue()
    waiting = iter(tasks)
    ahead = executor.ahead if isinstance(executor, ProcessPool) else AHEAD_ELSEWHERE
    try:
        while True:
            for task in islice(waiting, ahead - len(asked)):
                future = executor.submit(work, task)
                asked[future] = task
                future.add_done_callback(done.put)
            if not asked:
                return
            check()
            try:
                future = done.get(timeout=HEARTBEAT_S)
            except Empty:
                continue
            yield asked.pop(future), future.result()
    finally:
        _drop(asked, executor)


def _drop(asked: Iterable[Future[Answer]], executor: Executor) -> None:
    # A pool of ours must not find futures cancelled when its processes end: Python 3.11's falls
    # over them.
    left = list(asked)
    if left and isinstance(executor, ProcessPool):
        executor.end()
        return
    for future in left:
        future.cancel()
