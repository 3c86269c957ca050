"""Runs that the app keeps: a folder begun, filled and finished as by the command line."""

from __future__ import annotations

from pathlib import Path

from results import Experiment, compare
from results.runs import store
from scenarios import Scenario
from scenarios.save import dump
from tui.finishing import finished
from tui.run_files import RunFiles

COMMAND = "firstline (app)"
"""What a manifest names as the command that made it."""


def begun(root: Path, name: str, scenario: Scenario, seed: int, asked: tuple[str, ...]) -> Path:
    """Make the unfinished folder of a run.

    Args:
        root: where run folders are.
        name: of the scenario.
        scenario: that is run.
        seed: of the run.
        asked: its policies.

    Raises:
        ExperimentError: it cannot be made.
    """
    return store.begin(root, name, scenario, dump(scenario), seed, COMMAND, asked)


def kept(folder: Path, experiment: Experiment) -> RunFiles:
    """Compare, draw and store a run in its unfinished folder; takes some seconds.

    Raises:
        ExperimentError: something cannot be written.
    """
    return finished(folder, experiment, compare(experiment), charts=True)


def exported(root: Path, name: str, experiment: Experiment) -> RunFiles:
    """Store an experiment that ran without a folder.

    Args:
        root: where run folders are.
        name: of the scenario.
        experiment: with at least one replication under every policy.

    Raises:
        ExperimentError: something cannot be written.
    """
    folder = begun(root, name, experiment.scenario, experiment.seed, experiment.policies)
    return kept(folder, experiment)
