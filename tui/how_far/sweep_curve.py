"""A curve over the levels of a knob in braille, with band and axes, the present value marked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text

from results.comparison.estimate import Estimate
from tui.parts.braille import ACROSS, DOWN, Braille
from tui.parts.scales import Scale, even_scale, ticks
from tui.parts.sheet import Sheet

HERE, AIM = "┊", "┄"


@dataclass(frozen=True)
class CurveLook:
    """Styles of line, band, axes and marks."""

    line: str = ""
    band: str = ""
    axis: str = ""
    mark: str = ""


@dataclass(frozen=True)
class SweepCurve:
    """What is drawn."""

    title: str
    levels: Sequence[str]
    found: Sequence[Estimate]
    """A mean with its interval at each level."""
    written: Callable[[float], str]
    """A value for a reader."""
    here: int | None = None
    """At which level the knob stands."""
    least: float = -math.inf
    """Below it the measure has no values: waits and money spent are not negative."""
    most: float = math.inf
    aim: float = math.nan
    """What is asked for; NaN for nothing."""
    unit: str = ""
    """Of the measure: which labels of the axis are round."""


def drawn_curve(curve: SweepCurve, width: int, height: int, look: CurveLook) -> Text:
    """Title, curve and axis as lines.

    Args:
        curve: what is drawn.
        width: columns that there are.
        height: lines in all, at least 6.
        look: styles.
    """
    scale = even_scale(*_range(curve), max(3, height - 3), curve.unit)
    labels = _labels(curve, scale)
    left = max(map(cell_len, labels.values())) + 1
    room = max(12, width - left - 2)
    places = _places(len(curve.levels), ACROSS * room)
    sheet = Sheet(left + 1 + room, scale.rows + 1)
    for row in range(scale.rows):
        words = labels.get(row, "")
        sheet.put(row, left - 1 - cell_len(words), words, look.axis)
        sheet.put(row, left, "┤" if words else "│", look.axis)
    sheet.put(scale.rows, left, "└" + "─" * room, look.axis)
    _put_marks(sheet, curve, scale, left + 1, places, look)
    band, line = Braille(room, scale.rows), Braille(room, scale.rows)
    _draw(curve, scale, places, band, line, look)
    band.put_on(sheet, 0, left + 1)
    line.put_on(sheet, 0, left + 1)
    below = [*sheet.lines(), _axis(curve, places, left + 1, room, look)]
    title = Text(curve.title, "bold", no_wrap=True)
    rows = [title, *[Text(" ")] * (height - 1 - len(below)), *below]
    return Text("\n", no_wrap=True).join(rows)


def _labels(curve: SweepCurve, scale: Scale) -> dict[int, str]:
    if curve.unit in ("s", "share"):
        return ticks(scale, curve.unit)
    return {row: curve.written(value) for row, value in scale.labels.items()}


def _range(curve: SweepCurve) -> tuple[float, float]:
    ends = [end for one in curve.found if one.n for end in _ends(one)]
    if not math.isnan(curve.aim):
        ends.append(curve.aim)
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    around = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    low = max(curve.least, low - around)
    return low, max(min(curve.most, high + around), low + 1e-9)


def _ends(one: Estimate) -> tuple[float, float]:
    half = 0.0 if math.isnan(one.half_width) else one.half_width
    return one.mean - half, one.mean + half


def _places(levels: int, dots: int) -> list[int]:
    """The column of dots of each level, with room for its name at either end."""
    edge = min(6, dots // 8)
    wide = (dots - 1 - 2 * edge) / max(1, levels - 1)
    # Whole letters from one level to the next, unless too much room is lost.
    whole = ACROSS * math.floor(wide / ACROSS)
    step = whole if whole >= 0.8 * wide else wide
    return [edge + round(at * step) for at in range(levels)]


def _y(scale: Scale, value: float) -> int:
    """The row of dots of a value: that of a label is the second of the four in its row."""
    return 1 + scale.place(value, DOWN * (scale.rows - 1) + 1)


def _draw(
    curve: SweepCurve,
    scale: Scale,
    places: Sequence[int],
    band: Braille,
    line: Braille,
    look: CurveLook,
) -> None:
    """The mean as a line, both ends of its interval as dotted ones."""
    known = [(x, one) for x, one in zip(places, curve.found, strict=True) if one.n]
    for at, (x, one) in enumerate(known):
        to_x, there = known[at + 1] if at + 1 < len(known) else (x, one)
        line.line((x, _y(scale, one.mean)), (to_x, _y(scale, there.mean)), look.line)
        for step in range(x, max(x + 1, to_x), 3):
            share = (step - x) / max(1, to_x - x)
            for low, high in zip(_ends(one), _ends(there), strict=True):
                band.dot(step, _y(scale, low + share * (high - low)), look.band)


def _put_marks(
    sheet: Sheet,
    curve: SweepCurve,
    scale: Scale,
    left: int,
    places: Sequence[int],
    look: CurveLook,
) -> None:
    """Where the knob stands, and what is asked for; the curve is drawn over both."""
    if scale.low <= curve.aim <= scale.high:
        row = _y(scale, curve.aim) // DOWN
        sheet.put(row, left, f"{AIM} " * ((sheet.width - left) // 2), look.mark)
    if curve.here is not None:
        for row in range(scale.rows):
            sheet.put(row, left + places[curve.here] // ACROSS, HERE, look.mark)


def _axis(curve: SweepCurve, places: Sequence[int], left: int, room: int, look: CurveLook) -> Text:
    """The names of levels at even distances, that of the present one among them."""
    sheet, count = Sheet(left + room, 1), len(curve.levels)
    first = curve.here or 0
    for every in range(1, count + 1):
        shown = [at for at in range(count) if (at - first) % every == 0]
        spans = [_span(curve.levels[at], left + places[at] // ACROSS, sheet.width) for at in shown]
        if all(one[1] < other[0] for one, other in pairwise(spans)):
            break
    for at, (begin, _) in zip(shown, spans, strict=True):
        sheet.put(0, begin, curve.levels[at], look.mark if at == curve.here else look.axis)
    return sheet.lines()[0]


def _span(words: str, middle: int, width: int) -> tuple[int, int]:
    """From which column to which a name goes that stands around one, within the width."""
    wide = cell_len(words)
    begin = max(0, min(middle - wide // 2, width - wide))
    return begin, begin + wide
