"""Bars over the day: a row of bars for each policy, under one another on one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from results.reading import format as numbers
from results.reading.day import Curves
from results.reading.signs import Face
from tui.parts.curve import EIGHTHS
from tui.parts.fitting import shortened
from tui.parts.looks import look

_FEW = 2
_WIDEST = 5
"""Widest bar; beyond it the row looks like a wall."""


class DayBars(Widget):
    """How a number goes over the day under each policy."""

    DEFAULT_CSS = """
    DayBars {
        height: auto;
        & > .day-bars--title { text-style: bold; }
        & > .day-bars--muted { color: $text-muted; }
        & > .day-bars--base { color: $text-muted; }
        & > .day-bars--other { color: $primary; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's way
        "day-bars--title",
        "day-bars--muted",
        "day-bars--base",
        "day-bars--other",
    }

    def __init__(
        self,
        title: str,
        write: Callable[[float], str] = numbers.duration,
        *,
        rows: int = 2,
        id: str | None = None,  # noqa: A002 - Textual's name
        name: str | None = None,
    ) -> None:
        """Make an empty picture.

        Args:
            title: what is shown.
            write: how the tallest bar is told.
            rows: of the screen that the tallest bar takes.
            id: of the widget.
            name: of the widget.
        """
        super().__init__(id=id, name=name)
        self._title, self._write = title, write
        self.high = rows
        """Rows of the screen that the tallest bar takes."""
        self._curves: Curves | None = None
        self._faces: Sequence[Face] = ()
        self._whole: float | None = None

    def show_curves(
        self, curves: Curves | None, faces: Sequence[Face], whole: float | None = None
    ) -> None:
        """Show curves.

        Args:
            curves: None shows nothing.
            faces: title and sign of each policy, in their order.
            whole: what the tallest bar stands for; the tallest value when None.
        """
        self._curves, self._faces, self._whole = curves, faces, whole
        self.refresh(layout=True)

    def render(self) -> Text:
        """Title, a row of bars for each policy, the hours."""
        curves = self._curves
        if curves is None:
            return Text()
        room = min(max(cell_len(title) for title, _ in self._faces), self.size.width // 3) + 1
        bar = max(1, min(_WIDEST, (self.size.width - room) // len(curves.starts_s)))
        tallest = self._whole or curves.tallest
        lines = [self._head(curves, tallest)]
        for number, (name, _) in enumerate(self._faces):
            values = list(curves.values.values())[number]
            look = self._bar_style(number)
            for row in reversed(range(self.high)):
                label = name if row == 0 else ""
                line = Text(f"{shortened(label, room - 1)} ", self._style("muted"))
                lines.append(line.append(self._row(values, tallest, row, bar), look))
        lines.append(Text(" " * room + self._hours(curves, bar), self._style("muted")))
        return Text("\n", no_wrap=True, overflow="crop").join(lines)

    def _head(self, curves: Curves, tallest: float) -> Text:
        text = Text(self._title, self._style("title"))
        if self._whole is not None:
            return text
        policy, at = max(
            ((name, i) for name in curves.values for i in range(len(curves.starts_s))),
            key=lambda one: _known(curves.values[one[0]][one[1]]),
        )
        name = self._faces[list(curves.values).index(policy)].title
        words = f"  tallest {self._write(tallest)}, {_clock(curves.starts_s[at])}, {name}"
        return text.append(words, self._style("muted"))

    def _row(self, values: Sequence[float], tallest: float, row: int, bar: int) -> str:
        return "".join(self._bar(value, tallest, row, bar) for value in values)

    def _bar(self, value: float, tallest: float, row: int, bar: int) -> str:
        if math.isnan(value):
            sign = "·" if row == 0 else " "
        else:
            eighths = value / tallest * 8 * self.high if tallest else 0.0
            # What is there at all is seen, however little.
            level = min(8, max(round(eighths) - 8 * row, 1 if row == 0 else 0))
            sign = EIGHTHS[level]
        return sign * bar if bar < 3 else sign * (bar - 1) + " "

    def _hours(self, curves: Curves, bar: int) -> str:
        text = ""
        for number, start in enumerate(curves.starts_s):
            place = number * bar
            if start % 3600 == 0 and (place == 0 or place >= len(text) + 1):
                text = text.ljust(place) + f"{int(start // 3600) % 24}h"
        return text

    def _bar_style(self, number: int) -> Style:
        """The looks of base and what-if, or of the policies where they are more."""
        if len(self._faces) > _FEW:
            return Style.parse(self._faces[number].sign.on_screen)
        return self._style("base" if number == 0 else "other")

    def _style(self, name: str) -> Style:
        return look(self, f"day-bars--{name}")


def _known(value: float) -> float:
    return -1.0 if math.isnan(value) else value


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600) % 24}:{int(seconds % 3600 // 60):02d}"
