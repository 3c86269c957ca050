"""Bookmarks: times of the run to come back to."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable


class Bookmarks:
    """Times in order, each to the minute."""

    def __init__(self) -> None:
        self.times: list[float] = []
        """Seconds from midnight of the first day."""

    def toggle(self, at: float) -> bool:
        """Mark the minute of a time, or take its mark away; whether it is marked now."""
        minute = at // 60.0 * 60.0
        if minute in self.times:
            self.times.remove(minute)
            return False
        insort(self.times, minute)
        return True

    def after(self, now: float, more: Iterable[float] = ()) -> float | None:
        """The next mark after a time, the first one again after the last; None without any.

        Args:
            now: seconds from midnight of the first day.
            more: times that count as marked as well.
        """
        times = sorted({*self.times, *more})
        if not times:
            return None
        return times[bisect_right(times, now) % len(times)]
