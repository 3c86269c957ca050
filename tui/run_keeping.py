"""Runs that the app keeps: a folder begun, filled and finished as by the command line."""

from __future__ import annotations

from pathlib import Path

from results import Experiment, compare
from results.runs import store
from scenarios.save import dump
from tui.command_line.finishing import finished
from tui.run_files import RunFiles
from tui.runner import Request

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
    text = dump(scenario)
    return store.begin(root, name, scenario, text, request.seed, COMMAND, *asked, file=file)


def kept(folder: Path, experiment: Experiment) -> RunFiles:
    """Compare, store and draw a run in its unfinished folder; takes some seconds.

    Raises:
        ExperimentError: something cannot be written.
    """
    return finished(folder, experiment, compare(experiment))


def exported(root: Path, name: str, experiment: Experiment, file: str = "") -> RunFiles:
    """Store an experiment that ran without a folder.

    Args:
        root: where run folders are.
        name: of the scenario.
        experiment: with at least one replication under every policy.
        file: of the scenario, its whole path; empty for a shipped one.

    Raises:
        ExperimentError: something cannot be written.
    """
    asked = Request(
        experiment.scenario, experiment.policies, experiment.planned, seed=experiment.seed
    )
    folder = begun(root, name, asked, file)
    return kept(folder, experiment)
