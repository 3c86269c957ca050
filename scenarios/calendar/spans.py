"""Stretches of time with an amount of something in them, and how they add up."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from math import fsum, inf
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of time and how much there is of something in it: heads, or contacts."""

    start: float
    end: float
    amount: float = 1.0

    def later(self, seconds: float) -> Span:
        """The same stretch so many seconds later."""
        return Span(self.start + seconds, self.end + seconds, self.amount)


def union(spans: Iterable[Span]) -> list[Span]:
    """The time that the spans cover together, as spans apart from one another, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(Span(span.start, span.end))
    return merged


def parts_within(span: Span, times: list[Span]) -> list[Span]:
    """The parts of a span that lie in a ``union``, each with its share of the amount."""
    length, parts = span.end - span.start, []
    for time in times[max(0, bisect(times, (span.start, inf)) - 1) :]:
        if time.start > span.end:
            break
        start, end = max(span.start, time.start), min(span.end, time.end)
        if end > start:
            parts.append(Span(start, end, span.amount * (end - start) / length))
        elif length == 0.0 and time.start <= span.start < time.end:
            parts.append(span)
    return parts


def total(spans: Iterable[Span]) -> float:
    """The amounts of the spans together."""
    return fsum(span.amount for span in spans)


def binned(spans: Iterable[Span], width: float, bins: int) -> list[float]:
    """Amounts of counts by bins of one width from time 0 on, spread evenly over their spans."""
    totals = [0.0] * bins
    for span in spans:
        first, last = int(span.start // width), int(span.end // width)
        for number in range(first, min(last, bins - 1) + 1):
            overlap = min(span.end, (number + 1) * width) - max(span.start, number * width)
            length = span.end - span.start
            totals[number] += span.amount * (overlap / length if length else 1.0)
    return totals
