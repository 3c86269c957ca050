"""When an experiment is over: it is compared, drawn and stored, whole or interrupted."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from results import Comparison, Experiment, compare
from results.charts import draw_all
from results.report import write_report
from results.runs import store
from tui.batch import Batch, Keeping, how_to_go_on
from tui.console import say, words
from tui.exits import ExitCode
from tui.run_files import CHARTS, RunFiles


@dataclass(frozen=True)
class Over:
    """An experiment with something to tell, and where it is kept."""

    experiment: Experiment
    comparison: Comparison
    """Of the whole centre, by all measures."""
    kept: RunFiles | None
    """None when nothing is kept."""


def carry_out(batch: Batch, keeping: Keeping, *, charts: bool) -> Over:
    """Run a batch, compare its policies, draw and store what was found.

    Raises:
        typer.Exit: it was interrupted before anything could be told.
    """
    experiment, folder = batch.run(keeping)
    if not experiment.complete:
        say(experiment.state)
    if not experiment.replications:
        if folder is not None:
            store.finish(folder, experiment)
            say(how_to_go_on(folder))
        raise typer.Exit(ExitCode.INTERRUPTED)
    comparison = compare(experiment)
    _tell_imprecise(experiment)
    if folder is None:
        return Over(experiment, comparison, None)
    try:
        with words().status("Drawing"):
            drawn = draw_all(experiment, folder / CHARTS) if charts else []
            write_report(experiment, comparison, folder, drawn)
        whole = store.finish(folder, experiment, comparison)
    except KeyboardInterrupt:
        say(how_to_go_on(folder))
        raise
    return Over(experiment, comparison, RunFiles(whole))


def end(over: Over) -> None:
    """End the command with the exit code that says whether the experiment is whole.

    Raises:
        typer.Exit: it is not.
    """
    if not over.experiment.complete:
        if over.kept is not None:
            say(how_to_go_on(over.kept.folder))
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
