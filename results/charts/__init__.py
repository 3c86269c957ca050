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
    approvals_over_day,
    by_part,
    cost,
    cost_and_benefit,
    counterfactual,
    distribution_of_waits,
    endings,
    failure_demand,
    first_contact,
    occupancy,
    path,
    people,
    promises,
    scorecard,
    staffing,
    supervisors,
    tornado,
    tradeoff,
    waits_over_day,
    waterfall,
    weekdays,
    weeks,
)
from results.charts.choice import (
    BECAUSE,
    BY_PART,
    COST,
    COST_AND_BENEFIT,
    DEPENDS_ON,
    PROMISES,
    SCORECARD,
    THROUGH_WHAT,
    TRADE_OFF,
    WEEKS,
    WHICH_CHANGE,
    WHY,
    chosen,
)
from results.charts.lettering import as_written
from results.charts.sheets import save
from results.charts.view import View
from results.errors import ExperimentError, unknown, writing
from results.experiments.experiment import Experiment
from results.experiments.interrupts import heard
from results.experiments.workers import ProcessPool, answers
from results.reading.by import By
from results.sensitivity.swings import Sensitivity
from results.why.account import Accounting
from scenarios.uncollected import uncollected

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "BECAUSE",
    "BY_PART",
    "CHARTS",
    "COST_AND_BENEFIT",
    "DEPENDS_ON",
    "FORMATS",
    "SCORECARD",
    "THROUGH_WHAT",
    "TITLES",
    "TRADE_OFF",
    "WHICH_CHANGE",
    "WHY",
    "View",
    "chosen",
    "draw_all",
    "draw_one",
]

FORMATS = ("png", "svg")

Draw = Callable[["View"], "Figure | None"]


def _lettered(draw: Draw) -> Draw:
    """The same chart, its texts written as they stand."""

    def drawn(view: View) -> Figure | None:
        with as_written():
            return draw(view)

    return drawn


_DRAWN: Mapping[str, Draw] = {
    COST_AND_BENEFIT: cost_and_benefit.draw,
    SCORECARD: scorecard.draw,
    TRADE_OFF: tradeoff.draw,
    WHY: waterfall.draw,
    WHICH_CHANGE: partial(counterfactual.draw, "which_change"),
    THROUGH_WHAT: partial(counterfactual.draw, "through_what"),
    "path-of-a-complaint": path.draw,
    "how-cases-end": endings.draw,
    "first-contact-resolution": first_contact.draw,
    PROMISES: promises.draw,
    WEEKS: weeks.draw,
    "where-failure-demand-comes-from": failure_demand.draw,
    "staffing-and-load": staffing.draw,
    "weekdays": weekdays.draw,
    "waits-over-the-day": waits_over_day.draw,
    "distribution-of-waits": distribution_of_waits.draw,
    "occupancy": occupancy.draw,
    "approvals-over-the-day": approvals_over_day.draw,
    "approvals-and-coaching": supervisors.draw,
    "people-week-by-week": people.draw,
    COST: cost.draw,
    BY_PART: by_part.draw,
    DEPENDS_ON: tornado.draw,
}

CHARTS: Mapping[str, Draw] = MappingProxyType(
    {name: _lettered(draw) for name, draw in _DRAWN.items()}
)
"""Every chart by the name of its file, the most important first."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        COST_AND_BENEFIT: "Cost against benefit",
        SCORECARD: "Scorecard",
        TRADE_OFF: "Waits against what is resolved at first contact",
        WHY: "Why the policy differs",
        WHICH_CHANGE: "Which change it is",
        THROUGH_WHAT: "Through what it comes about",
        "path-of-a-complaint": "The path of a complaint",
        "how-cases-end": "How cases end",
        "first-contact-resolution": "First-contact resolution",
        PROMISES: "Promises kept and time to resolution",
        WEEKS: "Week by week",
        "where-failure-demand-comes-from": "Where failure demand comes from",
        "staffing-and-load": "Staffing against load",
        "weekdays": "Weekdays and times of day",
        "waits-over-the-day": "Waits over the day",
        "distribution-of-waits": "Distribution of waits",
        "occupancy": "Occupancy by group and time of day",
        "approvals-over-the-day": "Approvals waiting over the day",
        "approvals-and-coaching": "Approvals and coaching",
        "people-week-by-week": "The people week by week",
        COST: "What a day costs",
        BY_PART: "Part by part",
        DEPENDS_ON: "What the answer depends on",
    }
)
"""What each chart shows, by the name of its file."""


_SLOWEST = ("occupancy",)
"""Drawn first where several are drawn side by side: it takes twice as long as any other."""


def draw_all(  # noqa: PLR0913 - what is drawn, in which form, where, and by whom
    experiment: Experiment,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    confidence: float = 0.95,
    *,
    sensitivity: Sensitivity | None = None,
    failed: Callable[[str, Exception], None] | None = None,
    workers: Executor | None = None,
    names: Sequence[str] = (),
    by: By | None = None,
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
        names: of the charts that are wanted; those of the scenario when empty.
        by: what the answer is broken down by.
        why: what the difference of a policy is made of, if somebody asked.

    Returns:
        The files that were written, chart by chart, the most important first.

    Raises:
        ExperimentError: an unknown format or chart, no replication that is finished under every
            policy, or a folder or file that cannot be written.
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    for format_ in formats:
        if format_ not in FORMATS:
            raise ExperimentError(unknown("chart format", format_, FORMATS))
    for name in names:
        if name not in CHARTS:
            raise ExperimentError(unknown("chart", name, CHARTS))
    view = View.of(experiment, confidence, sensitivity, why, by)
    wanted = chosen(view, CHARTS, names)
    paths: dict[str, list[Path]] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawn in _each(partial(_outcomes, view, folder, formats), wanted, workers):
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
    return [path for name in wanted for path in paths.get(name, ())]


def draw_one(
    view: View, name: str, folder: Path, stem: str = "", formats: Sequence[str] = FORMATS
) -> list[Path]:
    """Draw one chart.

    Args:
        view: what is drawn.
        name: of the chart.
        folder: for the files; made when it is not there.
        stem: what the files are called; as the chart when empty.
        formats: ``png`` and ``svg``, or one of them.

    Returns:
        The files that were written; none where the chart has nothing to show.

    Raises:
        ExperimentError: a file cannot be written.
    """
    with writing(folder), uncollected():
        folder.mkdir(parents=True, exist_ok=True)
        figure = CHARTS[name](view)
        return [] if figure is None else save(figure, folder, stem or name, formats)


def _is_quick(name: str) -> bool:
    return name not in _SLOWEST


Outcome = tuple[str, "list[Path] | Exception"]
"""Of a chart: the files that were written, or what kept it from being drawn."""


def _each(
    draw: Callable[[Sequence[str]], list[Outcome]],
    wanted: Sequence[str],
    workers: Executor | None,
) -> Iterator[Outcome]:
    """Draw charts, side by side where there are processes for it."""
    left = sorted((name for name in wanted if name in CHARTS), key=_is_quick)
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
            with uncollected():
                figure = CHARTS[name](view)
                drawn = [] if figure is None else save(figure, folder, name, formats)
        except Exception as error:  # noqa: BLE001 - whatever a drawing fails of, it costs only itself
            # What went wrong where is lost on the way home from a worker, unless it is noted.
            error.add_note(traceback.format_exc())
            outcomes.append((name, error))
        else:
            outcomes.append((name, drawn))
    return outcomes
