"""Runs that the app keeps: a folder begun, filled and finished as by the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from results import Experiment, ExperimentError, Precision, compare
from results.reading.rows import ASKED
from results.runs import store
from results.runs.unfinished import UnfinishedRun
from results.uncertain.answer import CentreRun
from scenarios.save import dump
from tui.shell.requests import Request, Runner, Update
from tui.terminal.finished_run import finished
from tui.terminal.finished_study import finished_study, is_study, study_precision
from tui.terminal.precision import parse_precision
from tui.terminal.run_files import RunFiles

COMMAND = "firstline (app)"
"""What a manifest names as the command that made it."""


def begun(root: Path, name: str, request: Request, file: str = "") -> Path:
    """Make the unfinished folder of a run.

    Args:
        root: where run folders are.
        name: of the scenario.
        request: what is run.
        file: of the scenario, its whole path; empty for a shipped one.

    Raises:
        ExperimentError: it cannot be made.
    """
    scenario, asked = request.scenario, (request.policies, request.first_round)
    text, precise = dump(scenario), request.precision.text if request.precision else ""
    made = (root, name, scenario, text, request.seed, COMMAND, *asked)
    return store.begin(*made, file=file, precision=precise)


def resumed(run: UnfinishedRun) -> Request:
    """What is left to run of a run that was stopped or killed, into the same folder.

    Args:
        run: opened; what is finished of it is not run again.
    """
    experiment = run.experiment
    return Request(
        scenario=experiment.scenario,
        policies=experiment.policies,
        replications=experiment.planned,
        precision=_precision(run),
        seed=experiment.seed,
        measures=ASKED,
        as_they_come=True,
        folder=run.folder,
        centres=run.manifest.centres,
    )


def _precision(run: UnfinishedRun) -> Precision | None:
    """How closely a run was to be known; a study says it in its own file, point by point."""
    if is_study(run.folder):
        return study_precision(run.folder)
    precise = run.manifest.precision
    return parse_precision(precise, None) if precise else None


def kept(folder: Path, experiment: Experiment, centres: CentreRun | None = None) -> RunFiles:
    """Compare, store and draw a run in its unfinished folder; takes some seconds.

    Args:
        folder: of the run.
        experiment: with at least one replication under every policy.
        centres: that fit the figures, where somebody asked.

    Raises:
        ExperimentError: something cannot be written.
    """
    if is_study(folder):
        return finished_study(folder, experiment)
    return finished(folder, experiment, compare(experiment), centres=centres)


def measured(runner: Runner, experiment: Experiment) -> Experiment:
    """The same replications with every kind of cut, of an experiment that measured only some.

    Args:
        runner: simulates them again, and ends when it is closed.
        experiment: with at least one replication under every policy.

    Raises:
        ExperimentError: they could not be finished.
    """
    count = 1 + max(experiment.replications)
    asked = Request(experiment.scenario, experiment.policies, count, seed=experiment.seed)
    told: SimpleQueue[Update] = SimpleQueue()
    runner.submit(asked, told.put)
    while not (update := told.get()).over:
        pass
    if update.state != "done" or update.experiment is None:
        words = "The run was stopped before it could be kept."
        raise ExperimentError(update.words or words)
    again = update.experiment.finished
    return replace(
        experiment, finished={key: again[key] for key in experiment.finished if key in again}
    )


def whole(experiment: Experiment) -> Experiment:
    """What is finished under every policy as an experiment of which nothing is left to run.

    The numbers of its replications begin at the first one without a gap: a stopped run may have
    finished a later one before an earlier one.

    Args:
        experiment: done, or stopped with at least one replication under every policy.
    """
    there = experiment.replications
    count = next((at for at, number in enumerate(there) if at != number), len(there))
    if not count:
        return experiment
    finished = {key: one for key, one in experiment.finished.items() if key[1] < count}
    return replace(experiment, planned=count, finished=finished, complete=True)


def exported(root: Path, name: str, experiment: Experiment, file: str = "") -> RunFiles:
    """Store an experiment that ran without a folder.

    Args:
        root: where run folders are.
        name: of the scenario.
        experiment: with at least one replication under every policy, every kind of cut measured.
        file: of the scenario, its whole path; empty for a shipped one.

    Raises:
        ExperimentError: something cannot be written.
    """
    found = whole(experiment)
    asked = Request(found.scenario, found.policies, found.planned, seed=found.seed)
    folder = begun(root, name, asked, file)
    return kept(folder, found)
