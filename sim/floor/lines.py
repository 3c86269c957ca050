"""Lines: when a channel can be reached, and how many contacts fit in at once."""

from __future__ import annotations

from collections import Counter

from sim.plan.lines import LinesPlan


class Lines:
    """Opening hours and lines of one channel."""

    def __init__(self, plan: LinesPlan) -> None:
        self.plan = plan
        self.hours = plan.hours
        self.always_open = plan.always_open
        self.count = plan.lines
        self._open_from = self._open_until = 0.0
        """A stretch of time in which the channel is known to be open: that asked about last."""
        self.taken = 0
        self.booked: Counter[float] = Counter()
        """Callbacks promised for windows with so many places, by when the window begins."""

    def change(self, plan: LinesPlan, taken: int) -> None:
        """Another plan holds from now on; so many contacts are on the line."""
        if self.count is None:
            self.taken = taken
        self.plan, self.count = plan, plan.lines

    def is_open(self, now: float) -> bool:
        """Whether the channel can be reached now; written channels always can."""
        if self.always_open or self._open_from <= now < self._open_until:
            return True
        if not self.hours.is_open(now):
            return False
        self._open_from, self._open_until = self.plan.stretch_of_day(now)
        return True

    def next_opening(self, now: float) -> float | None:
        """When the channel opens next; None when it never closes, or not within the coming week."""
        return None if self.always_open else self.hours.next_opening(now)

    def seize(self) -> bool:
        """Take a line; False when none is free."""
        if self.count is not None and self.taken >= self.count:
            return False
        self.taken += 1
        return True

    def release(self) -> None:
        """Give the line back."""
        self.taken -= 1
