"""Work on records in the background: in other processes, so that it can be ended at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from results.experiments.starting import get_ready
from results.experiments.workers import ProcessPool, warm_pool

Given = ParamSpec("Given")
Made = TypeVar("Made")


class StoppedError(Exception):
    """Somebody did not want to wait any longer."""


class Task:
    """One thing that is done in a thread, told how far it is, and stopped when nobody waits."""

    def __init__(self, pool: ProcessPool | None, told: Callable[[str, float], None]) -> None:
        """Begin.

        Args:
            pool: the processes that do it; None is the thread itself.
            told: called from that thread with what is done and the share of it that is.
        """
        self.pool = pool
        self._told = told
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether nobody waits for it any more."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it: processes immediately, the thread where it looks up next."""
        self._stop.set()
        if self.pool is not None:
            # Shut as well: what the thread asks of it from now on is refused, not waited for.
            self.pool.end()

    def tell(self, what: str, share: float) -> None:
        """Say how far it is.

        Raises:
            StoppedError: nobody wants to know.
        """
        if self.stopped:
            raise StoppedError
        self._told(what, share)

    def done(self, work: Callable[Given, Made], *args: Given.args, **named: Given.kwargs) -> Made:
        """Do something in another process.

        Raises:
            StoppedError: it was stopped meanwhile.
        """
        if self.pool is None:
            return self.here(work, *args, **named)
        pool = self.pool
        return self.here(lambda: pool.submit(work, *args, **named).result())

    def here(self, work: Callable[Given, Made], *args: Given.args, **named: Given.kwargs) -> Made:
        """Do something in this thread, which may ask the processes for parts of it.

        Raises:
            StoppedError: it was stopped meanwhile, whatever that broke.
        """
        try:
            made = work(*args, **named)
        except Exception as error:
            if self.stopped:
                raise StoppedError from error
            raise
        if self.stopped:
            raise StoppedError
        return made


class Processes:
    """The processes that tasks are done in, made anew after one was stopped."""

    def __init__(self, workers: int | None = None) -> None:
        """Make none before they are needed.

        Args:
            workers: number of processes; one for each core when None, none of them when 0.
        """
        self._workers = workers
        self._pool: ProcessPool | None = None

    def task(self, told: Callable[[str, float], None]) -> Task:
        """A task with processes that are at hand."""
        if self._workers == 0:
            return Task(None, told)
        if self._pool is None or self._pool.ended:
            get_ready()
            self._pool = warm_pool(self._workers)
        return Task(self._pool, told)

    def close(self) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.end()
            self._pool = None
