"""A curve over the levels of a knob in braille, with band and axes, the present value marked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from results.comparison.estimate import Estimate

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Of a braille letter: the two columns, each from top to bottom."""
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


def drawn_curve(curve: SweepCurve, width: int, height: int, look: CurveLook) -> Text:
    """Title, curve and axis as lines.

    Args:
        curve: what is drawn.
        width: columns that there are.
        height: lines in all, at least 6.
        look: styles.
    """
    low, high = _range(curve)
    rows = max(3, height - 3)
    names = [curve.written(high), curve.written((low + high) / 2.0), curve.written(low)]
    left = max(map(cell_len, names)) + 1
    room = max(12, width - left - 2)
    grid = _Grid(room, rows, low, high)
    places = _places(len(curve.levels), 2 * room)
    _draw(curve, grid, places)
    text = Text(curve.title, "bold", no_wrap=True)
    marks = {0: names[0], rows // 2: names[1], rows - 1: names[2]}
    here = None if curve.here is None else places[curve.here] // 2
    aimed = grid.row(curve.aim) // 4 if low <= curve.aim <= high else None
    for row in range(rows):
        text.append(f"\n{marks.get(row, ''):>{left}}", look.axis)
        text.append("┤" if row in marks else "│", look.axis)
        text.append_text(_line(grid, row, here, aimed, look))
    text.append(f"\n{'':>{left}}└{'─' * room}", look.axis)
    return text.append("\n").append_text(_axis(curve, places, left + 1, room, look))


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
    return [edge + round(at * (dots - 1 - 2 * edge) / max(1, levels - 1)) for at in range(levels)]


class _Grid:
    """Dots of a line and of a band, two columns and four rows to a letter."""

    def __init__(self, columns: int, rows: int, low: float, high: float) -> None:
        self.columns, self.rows = columns, rows
        self._low, self._high = low, high
        self._dots: dict[tuple[int, int], set[tuple[int, int]]] = {}
        self._line: set[tuple[int, int]] = set()

    def row(self, value: float) -> int:
        """The row of dots of a value, from the top."""
        share = (value - self._low) / (self._high - self._low)
        return round((1.0 - min(1.0, max(0.0, share))) * (4 * self.rows - 1))

    def dot(self, x: int, value: float, *, line: bool) -> None:
        y = self.row(value)
        place = (y // 4, x // 2)
        self._dots.setdefault(place, set()).add((x % 2, y % 4))
        if line:
            self._line.add(place)

    def letter(self, row: int, column: int) -> tuple[str, bool]:
        """The letter in a place, and whether the line goes through it."""
        dots = self._dots.get((row, column), ())
        bits = sum(_DOTS[x][y] for x, y in dots)
        return (chr(0x2800 + bits) if bits else " "), (row, column) in self._line


def _draw(curve: SweepCurve, grid: _Grid, places: Sequence[int]) -> None:
    """The mean as a line, both ends of its interval as dotted ones."""
    known = [(x, one) for x, one in zip(places, curve.found, strict=True) if one.n]
    for at, (x, one) in enumerate(known):
        further = known[at + 1] if at + 1 < len(known) else (x + 1, one)
        for step in range(x, further[0]):
            share = (step - x) / (further[0] - x)
            here, there = _ends(one), _ends(further[1])
            for low, high in zip(here, there, strict=True):
                if step % 3 == 0:
                    grid.dot(step, low + share * (high - low), line=False)
            grid.dot(step, one.mean + share * (further[1].mean - one.mean), line=True)


def _line(grid: _Grid, row: int, here: int | None, aimed: int | None, look: CurveLook) -> Text:
    text = Text()
    for column in range(grid.columns):
        letter, line = grid.letter(row, column)
        if letter != " ":
            text.append(letter, look.line if line else look.band)
        elif column == here:
            text.append(HERE, look.mark)
        else:
            text.append(AIM if row == aimed and column % 2 else " ", look.mark)
    return text


def _axis(curve: SweepCurve, places: Sequence[int], left: int, room: int, look: CurveLook) -> Text:
    """The names of the levels where there is room for them, that of the present one always."""
    line = [" "] * (left + room)
    order = sorted(
        range(len(places)), key=lambda at: (at != curve.here, at % (len(places) - 1) != 0)
    )
    marked = range(0)
    for at in order:
        name = curve.levels[at]
        wide = cell_len(name)
        begin = min(max(left, left + places[at] // 2 - wide // 2), left + room - wide)
        around = line[max(0, begin - 1) : begin + wide + 1]
        if begin >= left and all(letter == " " for letter in around) and wide == len(name):
            line[begin : begin + wide] = name
            marked = range(begin, begin + wide) if at == curve.here else marked
    text = Text("".join(line), look.axis)
    if marked:
        text.stylize(look.mark, marked.start, marked.stop)
    return text
