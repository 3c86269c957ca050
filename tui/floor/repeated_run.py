"""A run that can be begun again: the same customers, with the changes made at their times."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from math import inf

from sim.live import Change, ChangeError, LiveRun, Made, Topic


class RepeatedRun:
    """A run, and what is changed in it: what was made so far, and what is to be made again."""

    def __init__(self, make: Callable[[], LiveRun], changes: Iterable[Made] = ()) -> None:
        """Begin a run that ``make`` makes; the changes are made when their time comes."""
        self._make = make
        self.changes: tuple[Made, ...] = tuple(changes)
        """Made or still to be made again, in the order of their times."""
        self.refused: list[str] = []
        """Changes that could not be made again, and why, as readable messages."""
        self.run = make()
        self._pending = list(self.changes)

    def begin_again(self) -> None:
        """Go back to the first midnight; who is followed and what is logged stays."""
        before, self.run = self.run, self._make()
        self.run.show(before.topics)
        self.run.follow(before.followed)
        self._pending = list(self.changes)

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return self.run.now

    @property
    def horizon_s(self) -> float:
        """When the run ends."""
        return self.run.horizon_s

    def advance(self, until: float) -> None:
        """Run until a time, with the changes that are to be made on the way."""
        while self._pending and self._pending[0].at <= min(until, self.horizon_s):
            self._make_again(self._pending.pop(0))
        self.run.advance(until)

    def _make_again(self, made: Made) -> None:
        try:
            self.run.repeat(made)
        except ChangeError as error:
            self.changes = tuple(one for one in self.changes if one is not made)
            self.refused.append(f"{made.words}: {error}")

    def step(self, topics: Collection[Topic], until: float) -> bool:
        """Run until something about one of these topics happens; whether it did before a time."""
        if self._pending and self._pending[0].at <= until:
            if self.run.step(topics, self._pending[0].at):
                return True
            self.advance(self._pending[0].at)
            return Topic.CHANGES in topics
        return self.run.step(topics, until)

    def minute(self) -> None:
        """Run to the next full minute."""
        self.advance((math.floor(self.now / 60.0) + 1.0) * 60.0)

    def change(self, change: Change) -> Made:
        """Change something from the next full second on.

        Raises:
            ChangeError: if it cannot be done, with the reason; the run is as before.
        """
        self.advance(math.floor(self.now) + 1.0 if self._is_next_second() else self.now)
        made = self.run.change(change)
        self.changes = tuple(sorted((*self.changes, made), key=lambda one: one.at))
        return made

    def _is_next_second(self) -> bool:
        """Whether a change is to be made again at the next full second."""
        next_at = self._pending[0].at if self._pending else inf
        return next_at <= math.floor(self.now) + 1.0

    def take_back(self, made: Made) -> bool:
        """Leave a change out from now on; whether the run has to be begun again for that."""
        self.changes = tuple(one for one in self.changes if one is not made)
        was_pending = made in self._pending
        self._pending = [one for one in self._pending if one is not made]
        return not was_pending
