"""What ``import firstline`` gives a script; the package itself loads this when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from results import (
    Comparison,
    Experiment,
    ExperimentError,
    Precision,
    Progress,
    ReplicationError,
    compare,
    run,
)
from results.comparison.compare import against as set_against
from results.comparison.estimate import Estimate, estimate
from results.measures.definition import Measure
from results.measures.registry import MEASURES
from results.picture import picture
from results.runs import store
from results.runs.past import Run, open_run
from results.runs.query import query_table
from results.runs.table import Table
from results.sensitivity.sensitivity import sensitivity
from results.studies.crossing import Crossing, crossing
from results.studies.factor import factor_of as factor
from results.studies.goal import goal_of as goal
from results.studies.goal import reached, worth
from results.studies.study import Study, run_study
from results.why.account import Accounting
from results.why.accounting import accounting
from results.why.changes import which_change
from results.why.mechanisms import through_what
from scenarios import Policy, Scenario, ScenarioError, list_scenarios, load, load_text, with_changes
from scenarios import policies_of as policies
from sim import Trace, simulate

if TYPE_CHECKING:
    from tui.terminal.run_files import RunFiles

__all__ = [
    "Accounting",
    "Comparison",
    "Crossing",
    "Estimate",
    "Experiment",
    "ExperimentError",
    "Measure",
    "Policy",
    "Precision",
    "Progress",
    "ReplicationError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Study",
    "Table",
    "Trace",
    "compare",
    "crossing",
    "estimate",
    "factor",
    "goal",
    "list_scenarios",
    "load",
    "load_text",
    "measures",
    "open_run",
    "picture",
    "policies",
    "query",
    "reached",
    "report",
    "run",
    "run_study",
    "sensitivity",
    "simulate",
    "through_what",
    "which_change",
    "why",
    "with_changes",
    "worth",
]

COMMAND = "firstline.report"
"""What the manifest of a run folder names as the command that made it."""


def measures() -> Mapping[str, Measure]:
    """Every measure by its name, with title, unit, equation and source.

    >>> import firstline
    >>> firstline.measures()["service_level"].unit
    'share'
    """
    return MEASURES


def query(sql: str, root: str | Path = "runs") -> Table:
    """Ask all finished runs in a folder in one step, as ``firstline runs query`` does.

    ``firstline.query("select * from measures where measure = 'asa'").to_pandas()`` is a data frame.

    Args:
        sql: one question in DuckDB's SQL; docs/run-tables.md lists tables and columns.
        root: the folder of run folders.

    Returns:
        The answer: ``to_pandas()``, ``to_polars()``, ``to_arrow()``, ``to_numpy()``; ``notes`` has
        what a reader must know of files that were left out.

    Raises:
        ExperimentError: there is no finished run, or the question cannot be answered.
    """
    return query_table(Path(root), sql)


def why(experiment: Experiment, policy: str, against: str | None = None) -> Accounting:
    """Split the difference that a policy makes into parts that add up to all of it.

    Hours by what they were spent on, contacts by why they came, cases by how they ended, money by
    kind, each with its paired interval; nothing is simulated again. ``sentence`` of the answer is
    for a manager, ``accounts`` have the parts, and ``certain`` says which of them differ
    for certain and by as much as matters.

    >>> import firstline
    >>> monday = {"horizon.days": 1, "horizon.part_of_days": 7}
    >>> centre = firstline.with_changes(firstline.load("retail-complaints"), monday)
    >>> some = ["ask-the-boss", "empowered"]
    >>> experiment = firstline.run(centre, policies=some, replications=3, workers=1)
    >>> hours = firstline.why(experiment, "empowered").account("agents")
    >>> hold = next(line for line in hours.lines if line.part == "hold_approval")
    >>> hours.unit, hours.per, hold.difference.estimate.mean < 0
    ('hours', 'a day', True)

    Args:
        experiment: with at least one replication finished under every policy.
        policy: any of its policies but the one that it is set against.
        against: another policy; the baseline when left out.

    Raises:
        ExperimentError: there is no such policy, both are the same, nothing is finished, or the
            experiment is a stored run of a version that kept no accounts.
    """
    return accounting(experiment if against is None else set_against(experiment, against), policy)


def report(experiment: Experiment, folder: str | Path, why: str | None = None) -> RunFiles:
    """Write an experiment as a run folder: tables, charts and a report to read and send.

    The folder is like those of the command line: ``firstline runs show FOLDER`` compares it again,
    ``open_run`` reads it. Drawing takes some seconds.

    >>> import firstline
    >>> monday = {"horizon.days": 1, "horizon.part_of_days": 7}
    >>> centre = firstline.with_changes(firstline.load("retail-complaints"), monday)
    >>> experiment = firstline.run(centre, policies=["empowered"], replications=2, workers=1)
    >>> files = firstline.report(experiment, "answer")
    >>> files.report.name, len(files.charts) > 4, files.missing
    ('report.html', True, ())

    Args:
        experiment: with at least one replication finished under every policy.
        folder: to write; made when it is not there.
        why: a policy whose difference from the baseline is to be drawn as well, part by part.

    Returns:
        Where everything is, and why a chart is missing, if one is.

    Raises:
        ExperimentError: nothing is finished, the folder has files in it already, it cannot be
            written, or there is no such policy to explain.
    """
    # Drawing is slow to load, and many a script draws nothing.
    from tui.terminal.finished_run import finished

    place = Path(folder)
    if not experiment.replications:
        raise ExperimentError("No replication is finished under every policy: nothing to report.")
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise ExperimentError(f"{place} is there already. Name a new folder for the report.")
    explained = None if why is None else accounting(experiment, why)
    store.begun_again(place, experiment, place.name, COMMAND)
    return finished(place, experiment, compare(experiment), explained)
