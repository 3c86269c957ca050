"""Bands with what was predicted and what came in them: dots for the band, a line, a sign."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from tui.parts.braille import ACROSS, DOWN, Braille
from tui.parts.scales import Scale, even_scale, ticks
from tui.parts.sheet import Look, Sheet

CAME = "●"
_WIDEST = 7
"""Dots to either side of the middle of a place that its band takes at most."""


@dataclass(frozen=True)
class Bands:
    """What is drawn: for each place across a band, what was predicted and what came."""

    low: Sequence[float]
    high: Sequence[float]
    predicted: Sequence[float]
    came: Sequence[float]
    """NaN where nothing did."""
    across: Mapping[int, str]
    """What stands below, by the number of the place."""
    unit: str = ""


@dataclass(frozen=True)
class BandLook:
    """How it is drawn."""

    band: Look = ""
    predicted: Look = ""
    came: Look = ""
    axis: Look = ""


def band_chart(bands: Bands, width: int, height: int, look: BandLook | None = None) -> list[Text]:
    """Bands with axes, as rows of the screen.

    Args:
        bands: what is drawn; one place at least.
        width: columns that there are.
        height: rows in all, at least 5.
        look: of its parts.
    """
    look = look or BandLook()
    sheet = Sheet(width, height)
    ends = (*bands.high, *bands.predicted, *bands.came)
    known = [value for value in ends if math.isfinite(value)]
    scale = even_scale(0.0, max([*known, 1e-9]), max(2, height - 2), bands.unit)
    labels = ticks(scale, bands.unit)
    left = max(map(cell_len, labels.values())) + 1
    columns = max(4, width - left - 1)
    for row in range(scale.rows):
        words = labels.get(row, "")
        sheet.put(row, left - 1 - cell_len(words), words, look.axis)
        sheet.put(row, left, "┤" if words else "│", look.axis)
    sheet.put(scale.rows, left, "└" + "─" * (columns - 1), look.axis)
    field = _Field(bands, scale, columns)
    field.braille(look).put_on(sheet, 0, left + 1)
    for at, value in enumerate(bands.came):
        if math.isfinite(value):
            row, column = field.y(value) // DOWN, field.x(at) // ACROSS
            sheet.put(row, left + 1 + column, CAME, look.came)
    for at, words in bands.across.items():
        column = left + 1 + field.x(at) // ACROSS
        sheet.put(scale.rows, column, "┴", look.axis)
        begin = min(max(0, column - cell_len(words) // 2), width - cell_len(words))
        if sheet.is_free(scale.rows + 1, begin - (begin > 0), cell_len(words) + (begin > 0)):
            sheet.put(scale.rows + 1, begin, words, look.axis)
    return sheet.lines()


class _Field:
    """Where things are between the axes, in dots."""

    def __init__(self, bands: Bands, scale: Scale, columns: int) -> None:
        self._bands, self._scale, self._columns = bands, scale, columns
        self.each = columns * ACROSS / len(bands.low)

    def x(self, at: int) -> int:
        """The middle of a place."""
        return int((at + 0.5) * self.each)

    def y(self, value: float) -> int:
        # A label stands in the middle of its row: the second of four dots.
        return 1 + self._scale.place(value, DOWN * (self._scale.rows - 1) + 1)

    def braille(self, look: BandLook) -> Braille:
        """Every second dot of the bands, and a line through each where it was predicted."""
        dots, bands = Braille(self._columns, self._scale.rows), self._bands
        half = min(_WIDEST, max(0, math.ceil(self.each / 2) - 1))
        for at, (low, high) in enumerate(zip(bands.low, bands.high, strict=True)):
            if not (math.isfinite(low) and math.isfinite(high)):
                continue
            middle, value = self.x(at), bands.predicted[at]
            line = self.y(value) if math.isfinite(value) else None
            for x in range(middle - half, middle + half + 1):
                for y in range(self.y(high), self.y(low) + 1):
                    # The cells of the line are its own: a cell has one colour.
                    if (x + y) % 2 == 0 and (line is None or y // DOWN != line // DOWN):
                        dots.dot(x, y, look.band)
            if line is not None:
                dots.line((middle - half, line), (middle + half, line), look.predicted)
        return dots
