"""A small chart over the hours of a day: columns, and a line over them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from tui.parts.curve import EIGHTHS
from tui.parts.looks import look
from tui.parts.scales import Scale, even_scale, hour_labels, ticks
from tui.parts.sheet import Sheet

STEP = "━"
LEAST_HEIGHT = 4


class DayPlot(Widget):
    """Columns by half-hour with a line of steps over them; told apart by shape, not by colour."""

    DEFAULT_CSS = """
    DayPlot {
        height: 1fr;
        & > .day-plot--axis { color: $text-muted; }
        & > .day-plot--columns { color: $primary 70%; }
        & > .day-plot--steps { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's way
        "day-plot--axis",
        "day-plot--columns",
        "day-plot--steps",
    }

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="day-plot")
        self._columns: Sequence[float] = ()
        self._steps: Sequence[float] = ()
        self._hours = 0.5
        self._first = 0

    def show(
        self,
        columns: Sequence[float],
        steps: Sequence[float] = (),
        *,
        hours: float = 0.5,
        seen: range,
    ) -> None:
        """Draw other amounts.

        Args:
            columns: an amount for each interval of the day, from midnight on.
            steps: the same for the line; none when left out.
            hours: length of an interval.
            seen: numbers of the intervals that are drawn.
        """
        self._first = seen.start
        self._columns = columns[seen.start : seen.stop]
        self._steps = steps[seen.start : seen.stop]
        self._hours = hours
        self.refresh()

    def render(self) -> Text:
        """Axes, columns, steps, the hours."""
        width, height = self.size
        if not self._columns or height < LEAST_HEIGHT:
            return Text()
        sheet = Sheet(width, height)
        most = max((*self._columns, *self._steps, 0.1))
        scale = even_scale(0.0, most, height - 2)
        labels = ticks(scale, "")
        left = max(map(cell_len, labels.values())) + 1
        columns = _whole(max(1, width - left - 2), len(self._columns))
        places = [at * columns // len(self._columns) for at in range(len(self._columns) + 1)]
        axis = look(self, "day-plot--axis")
        for row in range(scale.rows):
            words = labels.get(row, "")
            sheet.put(row, left - 1 - cell_len(words), words, axis)
            sheet.put(row, left, "┤" if words else "│", axis)
        sheet.put(scale.rows, left, "└" + "─" * columns, axis)
        self._put_columns(sheet, scale, left + 1, places)
        starts = [(self._first + at) * self._hours * 3600.0 for at in range(len(self._columns))]
        for at, words in hour_labels(starts, columns / len(self._columns)).items():
            sheet.put(scale.rows, left + 1 + places[at], "┴", axis)
            sheet.put(scale.rows + 1, max(0, left - 1 + places[at]), words, axis)
        return Text("\n", no_wrap=True, overflow="crop").join(sheet.lines())

    def _put_columns(self, sheet: Sheet, scale: Scale, left: int, places: Sequence[int]) -> None:
        full, steps = look(self, "day-plot--columns"), look(self, "day-plot--steps")
        for at, value in enumerate(self._columns):
            wide = places[at + 1] - places[at]
            # The lowest label stands in the middle of its row, so half a row lies below nothing.
            eighths = round(value / scale.high * (scale.rows - 1) * 8) + (4 if value > 0.0 else 0)
            for row in range(scale.rows):
                level = max(0, min(8, eighths - 8 * (scale.rows - 1 - row)))
                sheet.put(row, left + places[at], EIGHTHS[level] * wide, full)
        for at, value in enumerate(self._steps):
            if value > 0.0:
                row = scale.place(value, scale.rows)
                sheet.put(row, left + places[at], STEP * (places[at + 1] - places[at]), steps)


def _whole(room: int, parts: int) -> int:
    """Columns of which each part gets as many, unless too much of the room is lost."""
    even = room // parts * parts
    return even if even >= 0.8 * room else room
