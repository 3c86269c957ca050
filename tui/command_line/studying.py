"""A study that a command asks for: run before the user's eyes, told, drawn and kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from results.experiments.experiment import run
from results.experiments.precision import Precision
from results.reading import format as numbers
from results.runs import store
from results.studies.plan import StudyPlan
from results.studies.study import Study, replications_of
from results.studies.table import write_study
from scenarios.policies.policy_set import PolicySet
from tui.command_line import concluding
from tui.command_line.batch import Batch, Keeping
from tui.command_line.concluding import Conclusion, Missing, drawn, end, made, something_finished
from tui.command_line.finishing import tell_imprecise
from tui.command_line.options import Format
from tui.terminal.run_files import RunFiles


@dataclass(frozen=True)
class Presentation:
    """How the answer of a study is written and drawn."""

    write: Callable[[Study, RunFiles | None], None]
    draw: Callable[[Study, Path], object]
    """Into a folder of charts."""
    report: Callable[[Study, Path], object]
    """Into the run folder."""
    format: Format
    charts: bool


def study_of(plan: StudyPlan, asked: Batch, keeping: Keeping) -> tuple[Study, Path | None]:
    """Run a plan with a progress bar.

    Returns:
        The study, and its unfinished run folder; None when nothing is kept.

    Raises:
        typer.Exit: it was interrupted before anything could be told.
    """
    names = list(plan.names.values())
    # A warning that holds at every point is given once, of the scenario as it stands.
    alone = plan.scenario.model_copy(update={"policies": {}})
    warned = PolicySet(alone, {alone.baseline: alone})
    batch = replace(asked, centre=plan.combined, policies=names, warned=warned)
    if keeping.resume is None and batch.replications is None and batch.precision is None:
        batch = replace(batch, replications=replications_of(plan))
    experiment, folder = batch.run(keeping)
    study = Study(plan, experiment)
    tell_imprecise(experiment)
    something_finished(experiment, folder, study.state)
    return study, folder


def conclude(study: Study, folder: Path | None, presentation: Presentation) -> None:
    """Store the tables, write the answer, then draw; in JSON the answer names the folder.

    Raises:
        ExperimentError: something cannot be stored; the answer is still written.
        typer.Exit: the study was interrupted.
    """

    def stored(place: Path) -> None:
        store.write_tables(place, study.experiment)
        write_study(place, study)

    def pictured(place: Path) -> Missing:
        missing = drawn(partial(presentation.draw, study), place, charts=presentation.charts)
        return missing + made(partial(presentation.report, study), place, "The report")

    concluding.conclude(
        folder,
        Conclusion(
            store=stored,
            write=partial(presentation.write, study),
            draw=pictured,
            format=presentation.format,
        ),
    )
    end(folder, whole=study.experiment.complete)


def estimate_of(plan: StudyPlan, asked: Batch) -> str:
    """What a study takes, from one simulation: how many, how many contacts, how long."""
    first = next(iter(plan.names.values()))
    began = time.monotonic()
    found = run(
        plan.combined, policies=[first], replications=1, seed=asked.seed_or_default, workers=1
    )
    pace = time.monotonic() - began
    precision = asked.precision
    replications = precision.at_least if precision else asked.replications or replications_of(plan)
    count = plan.simulations_each * replications
    contacts = found.summaries[first][0].values["all", ""]["offered"]
    side_by_side = asked.workers or os.cpu_count() or 1
    took = numbers.duration(pace * count / min(side_by_side, count))
    return (
        f"{_counted(len(plan.points), 'point')} and {_counted(len(plan.policies), 'policy')}"
        f"{' next to another as it is' if plan.beside is not None else ''}, "
        f"{_counted(replications, 'replication')} each: {_counted(count, 'simulation')} of about "
        f"{numbers.number(contacts)} contacts, about {took} on {_counted(side_by_side, 'core')}."
        + (f" {_until(precision)}" if precision is not None else "")
    )


def _until(precision: Precision) -> str:
    """How many replications a precision may take."""
    wanted = ", ".join(precision.differences)
    return (
        f"More follow until the difference of {wanted} is known as closely as asked at every "
        f"point, at most {_counted(precision.at_most, 'replication')} each."
    )


def _counted(count: int, noun: str) -> str:
    """A number with its noun: ``1 policy``, ``3 policies``."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else several}"
