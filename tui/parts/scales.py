"""Scales of charts: round numbers at even distances, full hours of the day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from results.reading import format as numbers
from results.reading.notation import notation

_TIMES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400)
"""Seconds between two labels of an axis of waits."""
_UNITS = (
    (300.0, 1.0, "s"),
    (7_200.0, 60.0, "min"),
    (172_800.0, 3_600.0, "h"),
    (math.inf, 86_400.0, "days"),
)
"""Up to which length of time an axis is labelled in which unit."""
_MOST_STEPS = 5
_HOURS = (1, 2, 3, 4, 6, 12)


@dataclass(frozen=True)
class Scale:
    """From which to which value an axis goes, and in which rows its labels stand."""

    low: float
    high: float
    rows: int
    steps: int
    """Distances between two labels: one less than there are labels."""

    @property
    def labels(self) -> dict[int, float]:
        """The value at each labelled row, counted from the top."""
        every = (self.rows - 1) // self.steps
        one = (self.high - self.low) / self.steps
        return {self.rows - 1 - n * every: self.low + n * one for n in range(self.steps + 1)}

    def place(self, value: float, places: int) -> int:
        """Which of so many places from the top a value has, within the axis.

        Args:
            value: any number.
            places: as many as there are from the topmost label to the lowest.
        """
        share = (value - self.low) / (self.high - self.low)
        return round((1.0 - min(1.0, max(0.0, share))) * (places - 1))


def even_scale(low: float, high: float, rows: int, unit: str = "") -> Scale:
    """The tightest scale with round labels that stand equally far apart.

    Args:
        low: the least value that is drawn.
        high: the largest.
        rows: of the screen, at least two.
        unit: of the values: seconds are counted in sixties, shares end at 1.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        high = (low if math.isfinite(low) else 0.0) + 1.0
        low = high - 1.0
    rows = even_rows(rows)
    found = [
        scale
        for steps in _steps_of(rows)
        for one in _round_steps((high - low) / steps, unit)
        if (scale := _from(low, high, one, steps, rows, unit)) is not None
    ]
    return min(found, key=lambda scale: (scale.high - scale.low, -scale.steps))


def even_rows(rows: int) -> int:
    """So many rows, or a few less, that labels within the axis stand at even distances."""
    return next(
        (n for n in range(rows, rows - 3, -1) if n > 4 and max(_steps_of(n)) > 1), max(2, rows)
    )


def ticks(scale: Scale, unit: str, currency: str = "") -> dict[int, str]:
    """What stands at the labelled rows of an axis, all in one unit: ``60 %``, ``20 s``, ``5 min``.

    Args:
        scale: of the axis.
        unit: of the measure.
        currency: of the scenario.
    """
    most = max(abs(scale.low), abs(scale.high))
    one, said = next((one, said) for limit, one, said in _UNITS if most <= limit)
    if unit == "s":
        written = {row: f"{round(value / one, 6):g} {said}" for row, value in scale.labels.items()}
    elif unit == "share":
        written = {row: f"{round(100.0 * value, 6):g} %" for row, value in scale.labels.items()}
    elif unit in ("", "count"):
        written = {row: numbers.number(value) for row, value in scale.labels.items()}
    else:
        alike = notation(scale.labels.values(), unit, currency)
        written = {row: alike.value(value) for row, value in scale.labels.items()}
    return written


def _steps_of(rows: int) -> Iterator[int]:
    """How many even distances fit into the rows, labels at both ends."""
    most = min(_MOST_STEPS, max(1, (rows - 1) // 2))
    return (steps for steps in range(1, most + 1) if (rows - 1) % steps == 0)


def _round_steps(least: float, unit: str) -> Iterator[float]:
    """Round numbers that are at least so large, a few of them."""
    if unit == "s" and 0.5 < least <= _TIMES[-1]:
        yield from [float(one) for one in _TIMES if one >= least][:3]
        return
    size = 10.0 ** math.floor(math.log10(least))
    yield from [one * size for one in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0) if one * size >= least]


def _from(low: float, high: float, one: float, steps: int, rows: int, unit: str) -> Scale | None:
    begin = math.floor(low / one + 1e-9) * one
    end = begin + steps * one
    if unit == "share" and high <= 1.0 < end - 1e-9:
        begin, end = 1.0 - steps * one, 1.0
    if begin < 0.0 <= low:
        return None
    return Scale(begin, end, rows, steps) if begin <= low + 1e-9 and end >= high - 1e-9 else None


def hour_labels(starts_s: Sequence[float], across: float) -> dict[int, str]:
    """Full hours below a chart of a day, as close as they can be read, all equally far apart.

    Args:
        starts_s: where the intervals begin, in seconds from midnight; each has its place.
        across: columns from one interval to the next.

    Returns:
        The words by the number of the interval.
    """
    full = {int(start // 3600): at for at, start in enumerate(starts_s) if start % 3600 == 0}
    words = {hour: f"{hour % 24:02d}:00" for hour in full}
    room = cell_len("00:00") + 2
    length = (starts_s[1] - starts_s[0]) if len(starts_s) > 1 else 3600.0
    every = next((one for one in _HOURS if one * 3600.0 / length * across >= room), 24)
    return {at: words[hour] for hour, at in full.items() if hour % every == 0}
