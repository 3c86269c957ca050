"""The picture of what a policy trades: waits across, complaints at first contact upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from textual_plot import PlotWidget
from textual_plot.axis_formatter import NumericAxisFormatter

from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.signs import Face
from results.reading.tradeoff import ACROSS, TradeOff

_ROOM = 0.12
"""Free room around the points, as a share of their range."""


class _Axis(NumericAxisFormatter):
    """Ticks in the words of the tables."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """The number at each tick."""
        return [_tick(tick, self._unit) for tick in ticks]


class TradeOffPlot(Vertical):
    """A point with its intervals for each policy, and a key of signs above it."""

    DEFAULT_CSS = """
    TradeOffPlot {
        height: 1fr;
        min-height: 12;
        #trade-off-key { height: auto; padding: 0 1; }
        #trade-off { height: 1fr; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._view: TradeOff | None = None

    def compose(self) -> ComposeResult:
        """Key and plot."""
        yield Static(id="trade-off-key", markup=False)
        plot = PlotWidget(id="trade-off", allow_pan_and_zoom=False)
        # Its own keys would take − and + from the screen, which listens for them.
        plot.can_focus = False
        yield plot

    def forget(self) -> None:
        """Draw nothing until there is something new."""
        self._view = None
        self.query_one(PlotWidget).clear()
        self.query_one("#trade-off-key", Static).update("")

    def show_points(self, view: TradeOff | None, faces: Mapping[str, Face]) -> None:
        """Draw the points.

        Args:
            view: None draws nothing.
            faces: title and sign of every policy of the run, the baseline first.
        """
        if view is not None and view == self._view:
            return
        self._view = view
        plot, key = self.query_one(PlotWidget), self.query_one("#trade-off-key", Static)
        plot.clear()
        if view is None or not view.points:
            key.update("Nobody waits on a line here: there is nothing to lay against waits.")
            return
        key.update(self._key(view, faces))
        plot.set_xlabel(MEASURES[ACROSS].title)
        plot.set_ylabel("")
        plot.set_x_formatter(_Axis(MEASURES[ACROSS].unit))
        plot.set_y_formatter(_Axis(MEASURES[view.upwards].unit))
        plot.set_xlimits(*_range([(p.x, p.x_margin) for p in view.points]))
        plot.set_ylimits(*_range([(p.y, p.y_margin) for p in view.points]))
        for point in view.points:
            sign = faces[point.policy].sign
            plot.errorbar(
                [point.x],
                [point.y],
                [point.x_margin],
                [point.y_margin],
                marker=sign.mark,
                marker_style=sign.on_screen,
            )

    def _key(self, view: TradeOff, faces: Mapping[str, Face]) -> Text:
        text = Text(f"{MEASURES[view.upwards].title}, upwards\n", "bold")
        fewer = {point.policy for point in view.points if point.sends_off}
        for policy, (title, sign) in faces.items():
            gone = " (sends off more)" if policy in fewer else ""
            text.append(f"{sign.mark} {title}{gone}", sign.on_screen).append("   ")
        return text


def _range(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    low = min(value - margin for value, margin in found)
    high = max(value + margin for value, margin in found)
    room = (high - low or abs(high) or 1.0) * _ROOM
    return max(0.0, low - room), high + room


def _tick(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100.0 * value:.3g} %"
    return f"{value:.3g} s" if value < 120.0 else numbers.duration(value)
