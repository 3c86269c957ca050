"""When an experiment is over: its tables are stored, the answer is told, and then it is drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from results import Comparison, Experiment, compare
from results.experiments.workers import ProcessPool
from results.sensitivity.swings import Sensitivity
from results.uncertain.answer import CentreRun, Centres
from results.uncertain.centres import compare_centres
from results.why.account import Accounting
from tui.command_line import concluding
from tui.command_line.batch import Batch, Keeping
from tui.command_line.concluding import Conclusion, something_finished
from tui.command_line.options import Format
from tui.command_line.sensitivity import SensitivityQuestion
from tui.command_line.uncertain import CentresQuestion
from tui.terminal.console import say
from tui.terminal.drawing import Wanted, draw
from tui.terminal.finished_run import store_run
from tui.terminal.run_files import RunFiles

_MOST_MARGINS = 5
"""Margins that are too wide and named; a study has one for each point."""


@dataclass(frozen=True)
class Over:
    """An experiment with something to tell, and where it is kept."""

    experiment: Experiment
    comparison: Comparison
    """Of the whole centre, by all measures."""
    folder: Path | None
    """The run folder, not yet finished; None when nothing is kept."""
    sensitivity: Sensitivity | None = None
    """What the answer depends on; None when nobody asked, or nothing can be told."""
    why: Accounting | None = None
    """What the difference of a policy is made of; None when nobody asked."""
    centres: CentreRun | None = None
    """Centres that fit the figures; None when nobody asked, or nothing can be told."""
    resumable: bool = False
    """What is missing can be continued in the folder."""
    whole: bool = True
    """Everything that was asked for is there."""
    workers: Executor | None = None
    """Who simulated, and has nothing else to do now."""
    pace_s: float | None = None
    """Seconds that a simulation took; None where nothing was simulated."""

    def compared_centres(self, against: str | None = None) -> Centres | None:
        """What the centres say, set against the baseline or another policy."""
        return None if self.centres is None else compare_centres(self.centres, against)


def carry_out(
    batch: Batch,
    keeping: Keeping,
    *,
    question: SensitivityQuestion | None = None,
    centres: CentresQuestion | None = None,
) -> Over:
    """Run a batch and compare its policies.

    Args:
        batch: to run.
        keeping: where it is kept.
        question: whether to ask what the answer depends on.
        centres: whether to ask centres that fit the figures.

    Raises:
        typer.Exit: it was interrupted before anything could be told.
    """
    began = time.monotonic()
    if centres is not None:
        batch = replace(batch, centres=centres.centres)
    experiment, folder = batch.run(keeping)
    count = len(experiment.finished)
    # What was read back says nothing about the pace.
    pace = (time.monotonic() - began) / count if count and keeping.resume is None else None
    something_finished(experiment, folder, experiment.state)
    comparison = compare(experiment)
    tell_imprecise(experiment)
    wanted = question is not None and experiment.complete
    found = question.run(experiment, comparison, pace) if question is not None and wanted else None
    fitting, fits = None, True
    if centres is not None and experiment.complete:
        fitting = centres.run(experiment, folder, pace)
        fits = fitting is not None and fitting.complete
    whole = experiment.complete and (not wanted or (found is not None and found.complete)) and fits
    # Workers elsewhere have no folder of this machine to draw into.
    here = batch.pool if isinstance(batch.pool, ProcessPool) else None
    return Over(
        experiment,
        comparison,
        folder,
        found,
        centres=fitting,
        resumable=not (experiment.complete and fits),
        whole=whole,
        workers=here,
        pace_s=pace,
    )


def conclude(
    over: Over, write: Callable[[RunFiles | None], None], format_: Format, *, charts: Wanted
) -> None:
    """Store the tables, write the answer, then draw charts and report; nothing waits for a picture.

    In JSON the answer names its pictures: it is written last, whatever becomes of them.

    Args:
        over: what was found.
        write: writes the answer, given where its files are (None: not yet, or nowhere).
        format_: of the answer.
        charts: which are drawn.

    Raises:
        ExperimentError: something cannot be stored; the answer is still written.
    """
    drawing = partial(
        draw,
        experiment=over.experiment,
        comparison=over.comparison,
        sensitivity=over.sensitivity,
        why=over.why,
        centres=over.compared_centres(),
        charts=charts,
        workers=over.workers,
    )
    storing = partial(
        store_run,
        experiment=over.experiment,
        comparison=over.comparison,
        sensitivity=over.sensitivity,
        why=over.why,
        centres=over.centres,
        whole=not over.resumable,
    )
    concluding.conclude(over.folder, Conclusion(storing, write, drawing, format_))


def end(over: Over) -> None:
    """End the command with the exit code that says whether the experiment is whole.

    Raises:
        typer.Exit: it is not.
    """
    concluding.end(over.folder if over.resumable else None, whole=over.whole)


def tell_imprecise(experiment: Experiment) -> None:
    """Say which measures are not known as closely as was asked."""
    precision = experiment.precision
    if precision is None or not experiment.complete:
        return
    unmet = precision.unmet(experiment.summaries)
    for margin in unmet[:_MOST_MARGINS]:
        of = f"the difference of {margin.measure}" if margin.of_difference else margin.measure
        say(
            f"After {margin.found.n} replications the margin of {of} under {margin.policy} is "
            f"±{margin.found.half_width:.3g}, not ±{margin.wanted:.3g}.",
            always=True,
        )
    if len(unmet) > _MOST_MARGINS:
        say(f"So it is for {len(unmet) - _MOST_MARGINS} more.", always=True)
