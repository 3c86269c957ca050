"""Drawing the charts of an experiment into files, side by side where workers have nothing to do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from functools import partial
from pathlib import Path

from results.charts.catalogue import CHARTS
from results.charts.choice import chosen
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

FORMATS = ("png", "svg")
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
        sensitivity: of its answer, if it was asked for.
        failed: is given the name of each chart that cannot be drawn or written, and the error; the
            others are drawn. Without it the first such error ends the drawing.
        workers: processes of this machine that draw side by side; None is this one alone.
        names: of the charts that are wanted; those of the scenario when empty.
        by: what the answer is broken down by.
        why: what the difference of a policy is made of, if it was asked for.

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
