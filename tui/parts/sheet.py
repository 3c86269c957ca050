"""A sheet of cells that text is put on: what charts and boxes are drawn with."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

Look = Style | str
"""How letters are written: a style, or its name."""


class Sheet:
    """Rows and columns of cells; what does not fit on it is cut off at its edge."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(0, width), max(0, height)
        self._cells: list[list[tuple[str, Look]]] = [
            [(" ", "")] * self.width for _ in range(self.height)
        ]

    def put(self, row: int, column: int, text: str, look: Look = "") -> None:
        """Put letters next to each other; a wide one takes two cells, and is left out at the edge.

        Args:
            row: from the top; nothing happens outside.
            column: of the first letter, from the left; may be outside.
            text: one line.
            look: of all letters.
        """
        if not 0 <= row < self.height:
            return
        line, at = self._cells[row], column
        for letter in text:
            wide = cell_len(letter)
            if wide and at >= 0 and at + wide <= self.width:
                line[at : at + wide] = [(letter, look)] + [("", look)] * (wide - 1)
            at += wide

    def is_free(self, row: int, column: int, width: int) -> bool:
        """Whether nothing stands in some cells of a row, all of which are on the sheet."""
        if not (0 <= row < self.height and column >= 0 and column + width <= self.width):
            return False
        return all(letter == " " for letter, _ in self._cells[row][column : column + width])

    def lines(self) -> list[Text]:
        """The rows, each as wide as the sheet."""
        return [self._line(row) for row in self._cells]

    @staticmethod
    def _line(row: list[tuple[str, Look]]) -> Text:
        text = Text(no_wrap=True)
        run, before = "", row[0][1] if row else ""
        for letter, look in row:
            if look != before:
                text.append(run, before)
                run, before = "", look
            run += letter
        return text.append(run, before)
