"""Work that can be slowed down, put aside and resumed: chats side by side, email, tickets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from simpy import Event

from sim.floor.clock import Clock


class Work:
    """Seconds of work at full speed, done at a rate that may change."""

    __slots__ = (
        "_clock",
        "_finished",
        "_over",
        "_seconds",
        "_version",
        "done",
        "handed_over",
        "left",
        "overnight",
        "rate",
        "since",
    )

    def __init__(
        self, clock: Clock, seconds: float, finished: Callable[[], None] | None = None
    ) -> None:
        """Begin with everything left; ``finished`` is called at the very instant of the end."""
        self._clock = clock
        self._finished = finished
        self._version = 0
        self._seconds = seconds
        self.left = seconds
        self.overnight = False
        """Whether it is put aside at the end of the shift."""
        self.handed_over = False
        """Whether it is left to a colleague at the end of the shift."""
        self.rate = 0.0
        self.since = clock.now
        self._over = False
        self.done: Event = Event(clock)
        """Succeeds when all the work is done."""

    def work_at(self, rate: float) -> None:
        """Work at another rate from now on (1 is full speed, 0 puts the work aside)."""
        if self._over:
            return  # finished at this very instant, by the same clock
        now = self._clock.now
        self.left = max(0.0, self.left - (now - self.since) * self.rate)
        self.since = now
        self.rate = rate
        self._version += 1
        if rate > 0.0:
            self._clock.ring(self.left / rate, partial(self._finish, self._version))

    def give_up(self) -> None:
        """Leave what is left of it to somebody else; for this agent it is over."""
        self.work_at(0.0)
        if not self._over:
            self._end()

    def spent(self) -> float:
        """Seconds of work done so far, at full speed."""
        return self._seconds - self.left + (self._clock.now - self.since) * self.rate

    def _finish(self, version: int, _: Event) -> None:
        if version == self._version:
            self.left = 0.0
            if self._finished is not None:
                self._finished()
            self._end()

    def _end(self) -> None:
        self._over = True
        self.done.succeed()
