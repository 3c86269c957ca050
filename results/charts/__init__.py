"""Charts: what the policies of an experiment do, in pictures that a manager reads at a glance.

Each chart is a module with ``draw(view)``, which gives a figure, or None where the scenario has
nothing to show. Figures are made with matplotlib's objects on a canvas in memory: no screen, no
state that another thread could see. matplotlib is loaded when the first chart is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from results.charts import (
    cost,
    distribution_of_waits,
    endings,
    failure_demand,
    first_contact,
    occupancy,
    people,
    supervisors,
    tornado,
    tradeoff,
    waits_over_day,
    weeks,
)
from results.charts.lettering import as_written
from results.charts.style import save
from results.charts.view import View
from results.errors import ExperimentError, unknown
from results.experiments.experiment import Experiment
from results.sensitivity.swings import Sensitivity

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["CHARTS", "DEPENDS_ON", "FORMATS", "TITLES", "TRADE_OFF", "View", "draw_all"]

TRADE_OFF = "waits-and-first-contact"

DEPENDS_ON = "what-the-answer-depends-on"
"""The chart of what is drawn only when somebody asked for it."""

FORMATS = ("png", "svg")

Draw = Callable[["View"], "Figure | None"]


def _lettered(draw: Draw) -> Draw:
    """The same chart, its texts written as they stand."""

    def drawn(view: View) -> Figure | None:
        with as_written():
            return draw(view)

    return drawn


_DRAWN: Mapping[str, Draw] = {
    TRADE_OFF: tradeoff.draw,
    "how-cases-end": endings.draw,
    "first-contact-resolution": first_contact.draw,
    "week-by-week": weeks.draw,
    "where-failure-demand-comes-from": failure_demand.draw,
    "waits-over-the-day": waits_over_day.draw,
    "distribution-of-waits": distribution_of_waits.draw,
    "occupancy": occupancy.draw,
    "approvals-and-coaching": supervisors.draw,
    "people-week-by-week": people.draw,
    "cost": cost.draw,
    DEPENDS_ON: tornado.draw,
}

CHARTS: Mapping[str, Draw] = MappingProxyType(
    {name: _lettered(draw) for name, draw in _DRAWN.items()}
)
"""Every chart by the name of its file, the most telling first."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        TRADE_OFF: "Waits against what is resolved at first contact",
        "how-cases-end": "How cases end",
        "first-contact-resolution": "First-contact resolution",
        "week-by-week": "Week by week",
        "where-failure-demand-comes-from": "Where failure demand comes from",
        "waits-over-the-day": "Waits over the day",
        "distribution-of-waits": "Distribution of waits",
        "occupancy": "Occupancy by group and time of day",
        "approvals-and-coaching": "Approvals and coaching",
        "people-week-by-week": "The people week by week",
        "cost": "What a day costs",
        DEPENDS_ON: "What the answer depends on",
    }
)
"""What each chart shows, by the name of its file."""


def draw_all(
    experiment: Experiment,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    confidence: float = 0.95,
    sensitivity: Sensitivity | None = None,
    failed: Callable[[str, Exception], None] | None = None,
) -> list[Path]:
    """Draw every chart that the experiment has something to show in.

    Args:
        experiment: only replications finished under every policy count.
        folder: for the files; made when it is not there.
        formats: ``png`` and ``svg``, or one of them.
        confidence: of the intervals.
        sensitivity: of its answer, if somebody asked.
        failed: is given the name of each chart that cannot be drawn or written, and the error; the
            others are drawn. Without it the first such error ends the drawing.

    Returns:
        The files that were written, chart by chart.

    Raises:
        ExperimentError: an unknown format, no replication that is finished under every policy, or
            a folder or file that cannot be written.
    """
    for format_ in formats:
        if format_ not in FORMATS:
            raise ExperimentError(unknown("chart format", format_, FORMATS))
    view = View.of(experiment, confidence, sensitivity)
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in CHARTS:
            try:
                paths += _drawn(name, view, folder, formats)
            except Exception as error:
                # Whatever a drawing fails of, it costs only itself.
                if failed is None:
                    raise
                failed(name, error)
    except OSError as error:
        raise ExperimentError(
            f"The charts cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return paths


def _drawn(name: str, view: View, folder: Path, formats: Sequence[str]) -> list[Path]:
    figure = CHARTS[name](view)
    return [] if figure is None else save(figure, folder, name, formats)
