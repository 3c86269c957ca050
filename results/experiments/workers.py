"""Workers: the processes, or the cluster, that replications are handed out to."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from multiprocessing.context import BaseContext
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from results.experiments import lifeline
from results.experiments.interrupts import Check, never
from results.experiments.starting import Forked, Spawned, Start, can_fork, start_tracker

Task = TypeVar("Task")
Answer = TypeVar("Answer")

HEARTBEAT_S = 0.1
"""How often the wait for an answer looks up, so that Ctrl-C is answered soon."""

AHEAD = 4
"""Tasks that are handed out for each process: one under way, and enough that none waits."""

AHEAD_ELSEWHERE = 1000
"""Tasks that are handed out to somebody else's executor, which does not say how many it has."""

_GIVES_WAY = 5
"""How much a worker of an app lets the screen go first (nice)."""


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
        self._start = start or Spawned()
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
        # A worker may have ended in the middle of an answer. Its reader waits for the rest
        # as long as somebody could still write it, and this process could.
        self._coming._writer.close()

    @property
    def ahead(self) -> int:
        """How many tasks are handed out before the first answer."""
        return AHEAD * self.processes


def warm_pool(workers: int | None = None) -> ProcessPool:
    """A pool whose workers begin immediately, give way to the screen and end with this process."""
    return ProcessPool(workers, Forked() if can_fork() else None, _prepare)


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
