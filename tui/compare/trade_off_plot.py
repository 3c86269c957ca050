"""The picture of what a policy trades: waits across, complaints at first contact upwards."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from results.measures.registry import MEASURES
from results.reading.signs import Face
from results.reading.tradeoff import ACROSS, TradeOff
from tui.parts.looks import look, policy_colour
from tui.parts.point_chart import Axis, Spot, point_chart

NOBODY_WAITS = "Nobody waits on a line here: there is nothing to lay against waits."
LEAST_HEIGHT = 8


class PointPlot(Widget):
    """A point with its intervals and its name for each policy."""

    DEFAULT_CSS = """
    PointPlot {
        & > .points--axis { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {"points--axis"}  # noqa: RUF012 - Textual's way

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._view: TradeOff | None = None
        self._faces: Mapping[str, Face] = {}

    def show(self, view: TradeOff | None, faces: Mapping[str, Face]) -> None:
        """Draw other points; None draws nothing."""
        self._view, self._faces = view, faces
        self.refresh()

    def render(self) -> Text:
        """The points between their axes."""
        view = self._view
        if view is None or self.size.height < LEAST_HEIGHT:
            return Text()
        spots = [
            Spot(
                face.title,
                face.sign.mark,
                policy_colour(self, face.sign),
                p.x,
                p.y,
                p.x_margin,
                p.y_margin,
            )
            for p in view.points
            for face in (self._faces[p.policy],)
        ]
        axes = [_axis(name) for name in (ACROSS, view.upwards)]
        look_of_axis = look(self, "points--axis")
        drawn = point_chart(spots, axes[0], axes[1], *self.size, look_of_axis)
        return Text("\n", no_wrap=True, overflow="crop").join(drawn)


class TradeOffPlot(Vertical):
    """A point for each policy, and above it who stands where for another reason."""

    DEFAULT_CSS = """
    TradeOffPlot {
        height: 1fr;
        min-height: 12;
        padding: 0 1;
        #trade-off-key { height: auto; margin-bottom: 1; }
        #trade-off { height: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """Key and picture."""
        yield Static(id="trade-off-key", markup=False)
        yield PointPlot(id="trade-off")

    def forget(self) -> None:
        """Draw nothing until there is something new."""
        self.query_one(PointPlot).show(None, {})
        self.query_one("#trade-off-key", Static).update("")

    def show_points(self, view: TradeOff | None, faces: Mapping[str, Face]) -> None:
        """Draw the points.

        Args:
            view: None draws nothing.
            faces: title and sign of every policy of the run, the baseline first.
        """
        there = view if view is not None and view.points else None
        self.query_one(PointPlot).show(there, faces)
        key = NOBODY_WAITS if there is None else self._key(there, faces)
        self.query_one("#trade-off-key", Static).update(key)

    def _key(self, view: TradeOff, faces: Mapping[str, Face]) -> Text:
        text = Text(f"{view.title}\n", "bold")
        if any(point.x_margin or point.y_margin for point in view.points):
            base, muted = (
                faces[view.points[0].policy].title,
                self.app.theme_variables.get("muted", "dim"),
            )
            text.append(f"Crosses: intervals of the difference from {base}.\n", muted)
        fewer = {point.policy for point in view.points if point.sends_off}
        for policy, (title, sign) in faces.items():
            gone = " (sends off more)" if policy in fewer else ""
            # Blanks that do not break keep sign and name in one line.
            name = f"{sign.mark} {title}{gone}".replace(" ", "\N{NO-BREAK SPACE}")
            text.append(name, policy_colour(self, sign)).append("   ")
        return text


def _axis(measure: str) -> Axis:
    return Axis(MEASURES[measure].title, MEASURES[measure].unit)
