"""Dots in braille letters: two columns and four rows to a cell, the highest layer in its colour."""

from __future__ import annotations

from tui.parts.sheet import Look, Sheet

ACROSS, DOWN = 2, 4
"""Dots of a cell."""
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The two columns of a letter, each from top to bottom."""
_EMPTY = 0x2800


class Braille:
    """A field of dots; dots of one cell are written in the look of the last one put there."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._bits: dict[tuple[int, int], int] = {}
        self._looks: dict[tuple[int, int], Look] = {}

    def dot(self, x: int, y: int, look: Look = "") -> None:
        """Put a dot, counted from the left and from the top; nothing happens outside."""
        column, row = x // ACROSS, y // DOWN
        if 0 <= column < self.columns and 0 <= row < self.rows:
            place = row, column
            self._bits[place] = self._bits.get(place, 0) | _DOTS[x % ACROSS][y % DOWN]
            self._looks[place] = look

    def line(self, begin: tuple[int, int], end: tuple[int, int], look: Look = "") -> None:
        """Put dots from one place to another, both included."""
        (x, y), (to_x, to_y) = begin, end
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        for step in range(steps + 1):
            share = step / steps
            self.dot(round(x + share * (to_x - x)), round(y + share * (to_y - y)), look)

    def put_on(self, sheet: Sheet, row: int, column: int) -> None:
        """Write the letters on a sheet, the upper left one in a place."""
        for (down, right), bits in self._bits.items():
            letter = chr(_EMPTY + bits)
            sheet.put(row + down, column + right, letter, self._looks[down, right])
