"""Pace: what a run has found is drawn between keys, and no faster than a person reads.

Drawing an answer takes as long as answering some keys, and a run has something new many times a
second. While keys come, the latest answer waits for a pause, but not without end.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

GAP_S = 0.25
"""Between two drawings at least."""
PAUSE_S = 0.2
"""Time without a key after which nobody waits for the next one to be answered."""
LATEST_S = 2.0
"""Time that something waits for a pause at most."""


class Pace:
    """Draws the latest of what has come, when there is time for it."""

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        pressed_at: Callable[[], float],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Begin with nothing to draw.

        Args:
            later: calls something after so many seconds.
            pressed_at: when the last key came or was dealt with.
            clock: seconds, from the same beginning.
        """
        self._later, self._pressed_at, self._clock = later, pressed_at, clock
        self._draw: Callable[[], None] | None = None
        self._came_at = 0.0
        self._drawn_at = float("-inf")
        self._waits = False

    def draw(self, what: Callable[[], None], *, now: bool = False) -> None:
        """Draw something in place of what waits still.

        Args:
            what: draws it.
            now: it is the last word, and waits for nothing.
        """
        if self._draw is None:
            self._came_at = self._clock()
        self._draw = what
        if now or self._wait_s() <= 0.0:
            self._drawn()
        else:
            self._look_later()

    def finish(self) -> None:
        """Draw what waits, if anything does."""
        self._drawn()

    def forget(self) -> None:
        """What waits is about something else by now; what comes next does not wait for a gap."""
        self._draw, self._drawn_at = None, float("-inf")

    def _wait_s(self) -> float:
        pause = min(self._pressed_at() + PAUSE_S, self._came_at + LATEST_S)
        return max(pause, self._drawn_at + GAP_S) - self._clock()

    def _look_later(self) -> None:
        if not self._waits:
            self._waits = True
            self._later(max(0.001, self._wait_s()), self._look)

    def _look(self) -> None:
        self._waits = False
        if self._draw is None:
            return
        if self._wait_s() <= 0.0:
            self._drawn()
        else:
            self._look_later()

    def _drawn(self) -> None:
        what, self._draw = self._draw, None
        if what is not None:
            what()
            self._drawn_at = self._clock()
