"""A small chart over the hours of a day: columns, and a line over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from textual.theme import Theme
from textual_plot import HiResMode, NumericAxisFormatter, PlotWidget

from results.reading import format as numbers

LABEL = 9
"""Columns that the label of an hour needs, with a gap to the next one."""


class HourFormatter(NumericAxisFormatter):
    """Hours of the day as clocks show them, as many as there is room for."""

    def __init__(self) -> None:
        self.columns = 40
        """Width of the axis on the screen."""

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """Full hours, every one, two, three, four, six or twelve of them."""
        room = min(max_ticks, self.columns // LABEL)
        step = next((one for one in (1, 2, 3, 4, 6) if (max_ - min_) / one <= room), 12)
        return [float(hour) for hour in range(0, 25, step) if min_ <= hour <= max_]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Hours and minutes: ``08:00``."""
        return [f"{int(tick):02d}:00" for tick in ticks]


class AmountFormatter(NumericAxisFormatter):
    """Amounts as the tables write them."""

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Short numbers: ``120``, ``12.4 k``."""
        return [numbers.number(tick) for tick in ticks]


class DayPlot(PlotWidget, can_focus=False):
    """Columns by half-hour with a line of steps over them; told apart by shape, not by colour."""

    DEFAULT_CSS = """
    DayPlot {
        height: 1fr;
        min-height: 6;

        & > .plot--axis { color: $axis; }
        & > .plot--tick { color: $text-muted; text-style: none; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="day-plot", allow_pan_and_zoom=False)
        self._columns: Sequence[float] = ()
        self._steps: Sequence[float] = ()
        self._hours = 0.5
        self._seen = range(0)
        self._clock = HourFormatter()

    def on_mount(self) -> None:
        """Keep the margins small and follow the theme."""
        super().on_mount()
        self.margin_left, self.margin_top, self.margin_bottom = 8, 0, 1
        self.set_x_formatter(self._clock)
        self.set_y_formatter(AmountFormatter())
        self.app.theme_changed_signal.subscribe(self, self._recolour)
        self._draw()

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
        self._columns, self._steps, self._hours, self._seen = columns, steps, hours, seen
        if self.is_mounted:
            self._draw()

    def on_resize(self) -> None:
        """Write as many hours as there is room for."""
        self._clock.columns = self.size.width - self.margin_left

    def _recolour(self, _: Theme) -> None:
        self._draw()

    def _draw(self) -> None:
        self.clear()
        first, last = self._seen.start, self._seen.stop
        if first >= last:
            return
        self.set_xlimits(first * self._hours, last * self._hours)
        self.set_ylimits(0.0, 1.12 * max((*self._columns, *self._steps, 0.1)))
        colours = self.app.theme_variables
        middles = (np.arange(first, last) + 0.5) * self._hours
        self.bar(
            middles,
            np.asarray(self._columns[first:last]),
            width=self._hours,
            bar_style=colours["primary"],
            hires_mode=HiResMode.HALFBLOCK,
        )
        if len(self._steps):
            edges = np.repeat(np.arange(first, last + 1) * self._hours, 2)[1:-1]
            heights = np.repeat(np.asarray(self._steps[first:last]), 2)
            self.plot(edges, heights, line_style=colours["accent"], hires_mode=HiResMode.BRAILLE)
