"""Axes in the units of measures: ticks that say 20 s, 2 min, 85 % or €500."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from results.charts.style import INK
from results.reading import format as words
from results.reading.notation import Notation, notation
from scenarios.parts.clock import clock_text

if TYPE_CHECKING:
    from matplotlib.axis import Axis

_DAY_S = 86_400
_STEPS_S = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600),
    *(_DAY_S, 2 * _DAY_S, 7 * _DAY_S),
)
"""Distances between ticks of lengths of time that people count in."""
_FEW_DAYS = 2.5
_CLOCK_STEPS_S = (900, 1800, *(hours * 3600 for hours in (1, 2, 3, 4, 6, 12)))


def unit_axis(
    axis: Axis, unit: str, currency: str, ticks: int = 6, *, difference: bool = False
) -> None:
    """Write the unit of a measure on every tick; the limits of the axis must be final.

    Args:
        axis: of x or y.
        unit: of the measure.
        currency: of the scenario.
        ticks: about how many.
        difference: whether differences stand along it, shares of which are points.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

    low, high = sorted(axis.get_view_interval())
    if unit == "s":
        step = next((s for s in _STEPS_S if (high - low) / s <= ticks), _STEPS_S[-1])
        step = math.ceil((high - low) / (ticks * step)) * step
        axis.set_major_locator(MultipleLocator(step))
        axis.set_major_formatter(
            FuncFormatter(lambda seconds, _: time_text(seconds, step, difference=difference))
        )
        return
    locator = MaxNLocator(ticks, steps=[1, 2, 5, 10])
    axis.set_major_locator(locator)
    # One form of number along the whole axis.
    values = locator.tick_values(low, high)
    shown = [value for value in values if low <= value <= high]
    found = notation(shown or values, unit, currency)
    spacing = abs(values[1] - values[0]) / found.scale
    decimals = max(0, math.ceil(-math.log10(spacing) - 1e-9)) if spacing else 0
    written = replace(found, decimals=decimals)
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: _tick(value, written, difference=difference))
    )


def _tick(value: float, written: Notation, *, difference: bool) -> str:
    if words.is_nothing(written.bare(value)):
        plain = replace(written, suffix="" if written.unit == "money" else written.suffix)
        return "0" if difference else plain.value(0.0)
    if not difference:
        return written.value(value)
    if written.unit == "share":
        return written.change(value).removesuffix(" points")
    return written.change(value)


def clock_axis(axis: Axis, ticks: int = 6) -> None:
    """Write times of day on an axis in seconds from midnight; its limits must be final."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    low, high = axis.get_view_interval()
    step = next((s for s in _CLOCK_STEPS_S if (high - low) / s < ticks), _CLOCK_STEPS_S[-1])
    axis.set_major_locator(MultipleLocator(step))
    axis.set_major_formatter(FuncFormatter(lambda seconds, _: clock_text(seconds)))


def day_axis(axis: Axis) -> None:
    """Write days on an axis that counts them from the first midnight; its limits must be final.

    Of one or two days there is more to say than their beginning: the times of day between.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

    _, high = axis.get_view_interval()
    if high > _FEW_DAYS:
        axis.set_major_locator(MaxNLocator(6, integer=True))
        axis.set_label_text("Days since the beginning", color=INK)
        return
    axis.set_major_locator(MultipleLocator(0.25 if high <= 1.0 else 0.5))
    axis.set_major_formatter(FuncFormatter(lambda day, _: _day_text(day)))
    axis.set_label_text("Time", color=INK)


def _day_text(day: float) -> str:
    """A moment of the first days: day 2 at midnight, else the time of day."""
    whole = math.floor(day + 1e-9)
    rest = day - whole
    return f"day {whole + 1}" if rest < 1e-6 else clock_text(round(rest * _DAY_S))


def time_text(seconds: float, step: float, *, difference: bool = False) -> str:
    """A length of time on an axis whose ticks are so many seconds apart: 20 s, 5 min, 2 h."""
    scales = ((60.0, 1.0, "s"), (3_600.0, 60.0, "min"), (_DAY_S, 3_600.0, "h"))
    one, unit = next(((one, unit) for end, one, unit in scales if step < end), (_DAY_S, "days"))
    decimals = max(0, math.ceil(-math.log10(step) - 1e-9)) if step < 1.0 else 0
    size = f"{abs(seconds) / one:.{decimals}f}"
    if words.is_nothing(size):
        return "0" if difference else f"0 {unit}"
    unit = "day" if unit == "days" and size == "1" else unit
    sign = words.MINUS if seconds < 0 else "+" if difference else ""
    return f"{sign}{size} {unit}"


def with_margin(values: list[float], share: float = 0.08) -> tuple[float, float]:
    """Limits that leave a share of the range free on both sides; never empty."""
    defined = [value for value in values if math.isfinite(value)]
    low, high = min(defined, default=0.0), max(defined, default=1.0)
    room = (high - low) or max(abs(high), 1.0) * 0.1
    return low - share * room, high + share * room


def inside(limits: tuple[float, float], unit: str) -> tuple[float, float]:
    """Limits of an axis of levels, without what such a number can never be."""
    low, high = limits
    if unit == "share":
        return max(low, 0.0), min(high, 1.0)
    return (low, high) if unit == "money" else (max(low, 0.0), high)
