"""A stress test that a command asks for: run before the user's eyes, told, drawn and kept."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import typer

from results import Experiment, run
from results.charts.stress import draw_stress
from results.errors import ExperimentError
from results.reading import format as numbers
from results.runs import store
from results.runs.names import CHARTS
from results.stress.stress import StressPlan, StressRun, plan_of
from results.stress.stress_test import StressTest, judge
from scenarios.policies.policy_set import PolicySet
from tui.answers.comparison_answer import print_files
from tui.answers.stress_answer import answer
from tui.command_line.batch import Batch, Keeping, how_to_go_on
from tui.command_line.console import say, words
from tui.command_line.exits import ExitCode
from tui.command_line.options import Format
from tui.command_line.refusals import fault_words
from tui.run_files import RunFiles


def stress_test(
    centre: PolicySet, asked: Batch, keeping: Keeping, format_: Format, *, charts: bool
) -> None:
    """Run every policy under every stress, and write the answer.

    Args:
        centre: with its policies.
        asked: which policies, how many replications, seed and workers.
        keeping: where it is kept.
        format_: of the answer.
        charts: whether the picture is drawn.

    Raises:
        typer.Exit: it was interrupted.
    """
    plan = plan_of(centre, asked.policies)
    names = list(plan.names.values())
    batch = replace(asked, centre=PolicySet.of(plan.combined), policies=names, warned=centre)
    if keeping.resume is None:
        count = asked.replications or plan.default_replications
        batch = _announced(plan, replace(batch, replications=count))
    experiment, folder = batch.run(keeping)
    ran = StressRun(plan, experiment)
    if not experiment.complete:
        say(ran.state)
    if not experiment.replications:
        if folder is not None:
            store.finish(folder, experiment)
            say(how_to_go_on(folder))
        raise typer.Exit(ExitCode.INTERRUPTED)
    test = judge(ran)
    _conclude(test, experiment, folder, format_, charts=charts)
    if not experiment.complete:
        if folder is not None:
            say(how_to_go_on(folder))
        raise typer.Exit(ExitCode.INTERRUPTED)


def _announced(plan: StressPlan, batch: Batch) -> Batch:
    """Say how much there is to simulate and how long it may take, from a first simulation."""
    count = plan.simulations_each * batch.planned
    began = time.monotonic()
    first = run(
        batch.centre,
        policies=[next(iter(plan.policies))],
        replications=1,
        seed=batch.seed_or_default,
        workers=1,
    )
    if not first.complete:
        raise KeyboardInterrupt
    pace = time.monotonic() - began
    side_by_side = min(batch.workers or os.cpu_count() or 1, count)
    one = len(plan.policies) == 1
    policies = "1 policy" if one else f"{len(plan.policies)} policies"
    stresses = "1 stress" if len(plan.stresses) == 1 else f"{len(plan.stresses)} stresses"
    say(
        f"{policies}, without stress and under {stresses}: {count} simulations, about "
        f"{numbers.duration(pace * (count - 1) / side_by_side)}; Ctrl-C keeps what is finished."
    )
    return replace(batch, known=first.finished)


def _conclude(
    test: StressTest,
    experiment: Experiment,
    folder: Path | None,
    format_: Format,
    *,
    charts: bool,
) -> None:
    """Store the tables, write the answer, then draw; in JSON the answer names the pictures."""
    if folder is None:
        answer(test, format_, None)
        return
    try:
        store.write_tables(folder, experiment)
    except ExperimentError:
        answer(test, format_, None)
        raise
    if format_ is Format.JSON:
        answer(test, format_, _finished(test, folder, charts=charts))
        return
    try:
        answer(test, format_, None)
        sys.stdout.flush()
    except (OSError, SystemExit):
        # A reader that closes the pipe early (head, less) has seen enough; the run is kept whole.
        _finished(test, folder, charts=charts)
        raise
    files = _finished(test, folder, charts=charts)
    if format_ is Format.TABLE:
        print_files(files)


def _finished(test: StressTest, folder: Path, *, charts: bool) -> RunFiles:
    """Draw the picture, and give the folder of a whole run its name."""
    with words().status("Drawing"):
        missing = _drawn(test, folder) if charts else ()
        files = RunFiles(store.give_name(folder), missing)
    for reason in missing:
        say(reason)
    return files


def _drawn(test: StressTest, folder: Path) -> tuple[str, ...]:
    """Draw the picture; why it could not be drawn, as a readable message."""
    try:
        draw_stress(test, folder / CHARTS)
    except ExperimentError as error:
        return (str(error),)
    except Exception as error:  # noqa: BLE001 - the answer is there; a picture cannot cost it
        return (f"The chart could not be made; everything else is there. {fault_words(error)}",)
    return ()
