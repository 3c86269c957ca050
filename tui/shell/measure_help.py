"""What a number means: its equation, its unit, where the definition comes from."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from results.measures.definition import Measure
from results.measures.registry import MEASURES

UNITS = {
    "s": "a length of time, counted in seconds",
    "hours": "hours of work",
    "share": "a share of a whole; differences in percentage points",
    "count": "a plain number",
    "money": "money, in the currency of the scenario",
}

BETTER = {"lower": "lower", "higher": "higher", None: "neither by itself"}

CUTS = {
    "all": "the whole centre",
    "complaints": "all complaints",
    "reason": "each reason",
    "channel": "each channel",
    "queue": "each queue",
    "group": "each group",
    "tier": "each tier",
    "cause": "each cause of failure demand",
}


def facts(measure: Measure) -> dict[str, str]:
    """What defines a measure, each under its heading."""
    needs = measure.needs
    return {
        "Equation": measure.equation,
        "Unit": UNITS[measure.unit],
        "Better": BETTER[measure.better],
        "Reported for": ", ".join(CUTS.get(kind, kind) for kind in measure.scope),
        **({"Needs": needs} if needs else {}),
        "Source": measure.source,
        "Name": f"{measure.name}  (in files, queries and --measures)",
    }


class MeasureFacts(Vertical):
    """The facts of a measure, heading by heading."""

    DEFAULT_CSS = """
    MeasureFacts {
        height: auto;

        .measure-line { height: auto; margin-bottom: 1; }
        .measure-heading { width: 13; color: $primary; text-style: bold; }
        .measure-fact { width: 1fr; height: auto; }
    }
    """

    def __init__(self, measure: Measure) -> None:
        super().__init__()
        self._measure = measure

    def compose(self) -> ComposeResult:
        """Headings with their facts."""
        for heading, fact in facts(self._measure).items():
            with Horizontal(classes="measure-line"):
                yield Label(heading, classes="measure-heading")
                yield Static(fact, markup=False, classes="measure-fact")


class MeasureHelp(ModalScreen[None]):
    """The meaning of one measure, over the screen that shows its number."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,enter,q", "app.pop_screen", "Close", id="measure.close", tooltip="Back"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(classes="dialog-screen")
        self._measure = MEASURES[name]

    def compose(self) -> ComposeResult:
        """The title and the facts."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._measure.title)
            dialog.border_subtitle = "Esc closes"
            yield MeasureFacts(self._measure)
