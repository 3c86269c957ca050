"""Curves over the day: how a number goes under each policy, on one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from results.reading import format as numbers
from results.reading.day import Curves
from results.reading.signs import Face
from tui.parts.line_chart import Chart, Line, line_chart
from tui.parts.looks import look, policy_colour
from tui.parts.scales import hour_labels
from tui.parts.sheet import Look

_FEW = 2


class CurvesOverDay(Widget):
    """How a number goes over the day under each policy."""

    DEFAULT_CSS = """
    CurvesOverDay {
        height: auto;
        & > .curves--title { text-style: bold; }
        & > .curves--axis { color: $text-muted; }
        & > .curves--base { color: $text-muted; }
        & > .curves--other { color: $primary; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's way
        "curves--title",
        "curves--axis",
        "curves--base",
        "curves--other",
    }

    def __init__(
        self,
        title: str,
        write: Callable[[float], str] = numbers.duration,
        *,
        unit: str = "s",
        rows: int = 8,
        id: str | None = None,  # noqa: A002 - Textual's name
        name: str | None = None,
    ) -> None:
        """Make an empty picture.

        Args:
            title: what is shown.
            write: how a value is told.
            unit: of the values.
            rows: of the screen that the picture takes.
            id: of the widget.
            name: of the widget.
        """
        super().__init__(id=id, name=name)
        self._title, self._write, self._unit = title, write, unit
        self.high = rows
        """Rows of the screen that the picture takes."""
        self._curves: Curves | None = None
        self._faces: Sequence[Face] = ()
        self._whole = -math.inf
        self._rows = 0
        """Rows that are taken; none while there is nothing to show."""

    def show_curves(
        self, curves: Curves | None, faces: Sequence[Face], whole: float = -math.inf
    ) -> None:
        """Show curves.

        Args:
            curves: None shows nothing.
            faces: title and sign of each policy, in their order.
            whole: up to where the axis goes at least.
        """
        self._curves, self._faces, self._whole = curves, faces, whole
        before, self._rows = self._rows, self._rows_at(self.size.width)
        self.refresh(layout=before != self._rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as title and picture take, without drawing it."""
        return max(1, self._rows_at(width))

    def _rows_at(self, width: int) -> int:
        if self._curves is None:
            return 0
        return len(self._head(self._curves).wrap(self.app.console, max(1, width))) + self.high

    def render(self) -> Text:
        """Title, curves, the hours."""
        curves = self._curves
        if curves is None:
            return Text()
        lines = [
            Line(face.title, face.sign.mark, self._look_of(number), values)
            for number, (face, values) in enumerate(
                zip(self._faces, curves.values.values(), strict=True)
            )
        ]
        across = (self.size.width - 12) / max(1, len(curves.starts_s))
        hours = hour_labels(curves.starts_s, across)
        chart = Chart(lines, hours, self._unit, most=self._whole)
        drawn = line_chart(chart, self.size.width, self.high, self._style("axis"))
        return Text("\n", no_wrap=True, overflow="crop").join([self._head(curves), *drawn])

    def _head(self, curves: Curves) -> Text:
        text = Text(self._title, self._style("title"))
        if math.isfinite(self._whole):
            return text
        policy, at = max(
            ((name, i) for name in curves.values for i in range(len(curves.starts_s))),
            key=lambda one: _known(curves.values[one[0]][one[1]]),
        )
        name = self._faces[list(curves.values).index(policy)].title
        most = self._write(curves.tallest)
        when = f"   most {most} at {_clock(curves.starts_s[at])}"
        whole = f"{when}, {name}"
        room = self.size.width - text.cell_len
        text.append(whole if cell_len(whole) <= room else when, self._style("axis"))
        text.truncate(self.size.width, overflow="ellipsis")
        return text

    def _look_of(self, number: int) -> Look:
        """The looks of base and what-if, or of the policies where they are more."""
        if len(self._faces) > _FEW:
            return policy_colour(self, self._faces[number].sign)
        return self._style("base" if number == 0 else "other")

    def _style(self, name: str) -> Look:
        return look(self, f"curves--{name}")


def _known(value: float) -> float:
    return -1.0 if math.isnan(value) else value


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600) % 24}:{int(seconds % 3600 // 60):02d}"
