"""Charts: what the policies of an experiment do, in pictures that a manager reads at a glance.

Each chart is a module with ``draw(view)``, which gives a figure, or None where the scenario has
nothing to show. Figures are made with matplotlib's objects on a canvas in memory: no screen, no
state that another thread could see. matplotlib is loaded when the first chart is drawn. Workers
that have nothing else to do draw side by side; the files are the same.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from results.charts import (
    cost,
    counterfactual,
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
    waterfall,
    weeks,
)
from results.charts.lettering import as_written
from results.charts.style import save
from results.charts.view import View
from results.errors import ExperimentError, unknown
from results.experiments.experiment import Experiment
from results.experiments.interrupts import heard
from results.experiments.workers import ProcessPool, answers
from results.sensitivity.swings import Sensitivity
from results.why.account import Accounting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "BECAUSE",
    "CHARTS",
    "DEPENDS_ON",
    "FORMATS",
    "THROUGH_WHAT",
    "TITLES",
    "TRADE_OFF",
    "WHICH_CHANGE",
    "WHY",
    "View",
    "draw_all",
]

TRADE_OFF = "waits-and-first-contact"

DEPENDS_ON = "what-the-answer-depends-on"
WHY = "why-the-policy-differs"
WHICH_CHANGE = "which-change"
THROUGH_WHAT = "through-what"
"""Charts of what is drawn only when somebody asked for it."""

BECAUSE = (WHY, WHICH_CHANGE, THROUGH_WHAT)
"""Charts of why a policy differs."""

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
    WHY: waterfall.draw,
    WHICH_CHANGE: partial(counterfactual.draw, "which_change"),
    THROUGH_WHAT: partial(counterfactual.draw, "through_what"),
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
"""Every chart by the name of its file, the most important first."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        TRADE_OFF: "Waits against what is resolved at first contact",
        WHY: "Why the policy differs",
        WHICH_CHANGE: "Which change it is",
        THROUGH_WHAT: "Through what it comes about",
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


_SLOWEST = ("occupancy",)
"""Drawn first where several are drawn side by side: it takes twice as long as any other."""


def draw_all(
    experiment: Experiment,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    confidence: float = 0.95,
    sensitivity: Sensitivity | None = None,
    failed: Callable[[str, Exception], None] | None = None,
    workers: Executor | None = None,
    why: Accounting | None = None,
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
        workers: processes of this machine that draw side by side; None is this one alone.
        why: what the difference of a policy is made of, if somebody asked.

    Returns:
        The files that were written, chart by chart.

    Raises:
        ExperimentError: an unknown format, no replication that is finished under every policy, or
            a folder or file that cannot be written.
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    for format_ in formats:
        if format_ not in FORMATS:
            raise ExperimentError(unknown("chart format", format_, FORMATS))
    view = View.of(experiment, confidence, sensitivity, why)
    paths: dict[str, list[Path]] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawn in _each(partial(_outcomes, view, folder, formats), workers):
            if isinstance(drawn, list):
                paths[name] = drawn
            elif failed is None:
                raise drawn
            else:
                failed(name, drawn)
    except OSError as error:
        raise ExperimentError(
            f"The charts cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return [path for name in CHARTS for path in paths.get(name, ())]


Outcome = tuple[str, "list[Path] | Exception"]
"""Of a chart: the files that were written, or what kept it from being drawn."""


def _each(
    draw: Callable[[Sequence[str]], list[Outcome]], workers: Executor | None
) -> Iterator[Outcome]:
    """Draw every chart, side by side where there are processes for it."""
    left = sorted(CHARTS, key=lambda name: name not in _SLOWEST)
    if isinstance(workers, ProcessPool) and not workers.ended and workers.processes > 1:
        shares = [tuple(left[first :: workers.processes]) for first in range(workers.processes)]
        try:
            with heard(at_once=False) as check:
                for share, outcomes in answers(draw, filter(None, shares), workers, check):
                    left = [name for name in left if name not in share]
                    yield from outcomes
        except (BrokenExecutor, OSError):
            # A worker was ended, mostly because the memory was full: drawn here. While the pool
            # notices it, a task handed out meets pipes that are closed (OSError).
            pass
    for name in left:
        yield from draw((name,))


def _outcomes(
    view: View, folder: Path, formats: Sequence[str], names: Sequence[str]
) -> list[Outcome]:
    """Draw some charts; may run in a worker."""
    outcomes: list[Outcome] = []
    for name in names:
        try:
            figure = CHARTS[name](view)
            drawn = [] if figure is None else save(figure, folder, name, formats)
        except Exception as error:  # noqa: BLE001 - whatever a drawing fails of, it costs only itself
            # What went wrong where is lost on the way home from a worker, unless it is noted.
            error.add_note(traceback.format_exc())
            outcomes.append((name, error))
        else:
            outcomes.append((name, drawn))
    return outcomes
