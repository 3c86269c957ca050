"""When an experiment is over: it is compared, drawn and stored, whole or interrupted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import typer

from results import Comparison, Experiment, compare
from results.charts import draw_all
from results.experiments.swings import Sensitivity
from results.report import write_report
from results.runs import parquet, store
from results.runs.sensitivity_table import SENSITIVITY, sensitivity_table
from tui.command_line.batch import Batch, Keeping, how_to_go_on
from tui.command_line.console import say, words
from tui.command_line.exits import ExitCode
from tui.command_line.hanging import Hanging
from tui.run_files import CHARTS, RunFiles


@dataclass(frozen=True)
class Over:
    """An experiment with something to tell, and where it is kept."""

    experiment: Experiment
    comparison: Comparison
    """Of the whole centre, by all measures."""
    kept: RunFiles | None
    """None when nothing is kept."""
    hangs_on: Sensitivity | None = None
    """What the answer hangs on; None when nobody asked, or nothing can be told."""
    whole: bool = True
    """Everything that was asked for is there."""


def carry_out(
    batch: Batch, keeping: Keeping, *, charts: bool, hanging: Hanging | None = None
) -> Over:
    """Run a batch, compare its policies, draw and store what was found.

    Args:
        batch: to run.
        keeping: where it is kept.
        charts: whether to draw.
        hanging: whether to ask what the answer hangs on.

    Raises:
        typer.Exit: it was interrupted before anything could be told.
    """
    began = time.monotonic()
    experiment, folder = batch.run(keeping)
    count = len(experiment.finished)
    # What was read back says nothing about the pace.
    pace = (time.monotonic() - began) / count if count and keeping.resume is None else None
    if not experiment.complete:
        say(experiment.state)
    if not experiment.replications:
        if folder is not None:
            store.finish(folder, experiment)
            say(how_to_go_on(folder))
        raise typer.Exit(ExitCode.INTERRUPTED)
    comparison = compare(experiment)
    _tell_imprecise(experiment)
    wanted = hanging is not None and experiment.complete
    found = hanging.run(experiment, comparison, pace) if hanging is not None and wanted else None
    whole = experiment.complete and (not wanted or (found is not None and found.complete))
    if folder is None:
        return Over(experiment, comparison, None, found, whole)
    try:
        with words().status("Drawing"):
            kept = finished(folder, experiment, comparison, charts=charts, hangs_on=found)
    except KeyboardInterrupt:
        say(how_to_go_on(folder))
        raise
    return Over(experiment, comparison, kept, found, whole)


def finished(
    folder: Path,
    experiment: Experiment,
    comparison: Comparison,
    *,
    charts: bool,
    hangs_on: Sensitivity | None = None,
) -> RunFiles:
    """Draw the charts of a run, write its report and its tables; a complete one gets its name.

    Args:
        folder: the unfinished run folder.
        experiment: with at least one replication under every policy.
        comparison: of the whole centre, by all measures.
        charts: whether charts are drawn.
        hangs_on: what the answer hangs on, when that was asked.

    Raises:
        ExperimentError: something cannot be written.
    """
    drawn = draw_all(experiment, folder / CHARTS, sensitivity=hangs_on) if charts else []
    write_report(experiment, comparison, folder, drawn, hangs_on)
    if hangs_on is not None:
        parquet.write(folder, {SENSITIVITY: sensitivity_table(hangs_on)})
    return RunFiles(store.finish(folder, experiment, comparison))


def end(over: Over) -> None:
    """End the command with the exit code that says whether the experiment is whole.

    Raises:
        typer.Exit: it is not.
    """
    if not over.experiment.complete and over.kept is not None:
        say(how_to_go_on(over.kept.folder))
    if not over.whole:
        raise typer.Exit(ExitCode.INTERRUPTED)


def _tell_imprecise(experiment: Experiment) -> None:
    """Say which measures are not known as closely as was asked."""
    precision = experiment.precision
    if precision is None or not experiment.complete:
        return
    for (policy, name), found in precision.unmet(experiment.summaries).items():
        reached, wanted = found.half_width, precision.half_widths[name]
        say(
            f"After {found.n} replications {name} under {policy} is known to ±{reached:.3g}, "
            f"not to ±{wanted:g}."
        )
