"""When an experiment is over: it is compared, drawn and stored, whole or interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from results import Comparison, Experiment, compare, store
from tui.batch import Batch, Keeping, how_to_go_on
from tui.console import say, words
from tui.exits import ExitCode

CHARTS = "charts"
"""Folder of the charts in a run folder."""


@dataclass(frozen=True)
class Over:
    """An experiment with something to tell, and where it is kept."""

    experiment: Experiment
    comparison: Comparison
    """Of the whole centre, by all measures."""
    folder: Path | None
    """None when nothing is kept."""
    charts: Sequence[Path]


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
    drawn: list[Path] = []
    if folder is not None:
        unfinished = folder
        drawn = _drawn(experiment, unfinished / CHARTS) if charts else []
        folder = store.finish(unfinished, experiment, comparison)
        drawn = [folder / path.relative_to(unfinished) for path in drawn]
    return Over(experiment, comparison, folder, drawn)


def end(over: Over) -> None:
    """End the command with the exit code that says whether the experiment is whole.

    Raises:
        typer.Exit: it is not.
    """
    if not over.experiment.complete:
        if over.folder is not None:
            say(how_to_go_on(over.folder))
        raise typer.Exit(ExitCode.INTERRUPTED)


def _drawn(experiment: Experiment, folder: Path) -> list[Path]:
    # Drawing loads matplotlib, which not every command needs.
    from results.charts import draw_all

    with words().status("Drawing"):
        return draw_all(experiment, folder)


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
