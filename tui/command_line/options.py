"""Options and arguments that several commands have in common."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from results.reading.by import By
from tui.terminal.environment import RUNS_VARIABLE, WORKERS_VARIABLE
from tui.terminal.quiet import be_quiet


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def at_least_one(number: int | None) -> int | None:
    """Refuse nothing and less than nothing."""
    if number is not None and number < 1:
        raise typer.BadParameter(f"{number} is too few: give 1 or more.")
    return number


def a_seed(number: int | None) -> int | None:
    """Refuse a seed that no random generator takes."""
    if number is not None and number < 0:
        raise typer.BadParameter(f"{number} is not a valid seed: give 0 or more.")
    return number


def shipped(incomplete: str) -> list[str]:
    """Names of shipped scenarios that begin so, for the shell to complete."""
    from scenarios import library

    return [name for name in library.names() if name.startswith(incomplete)]


SCENARIO_HELP = (
    "A shipped scenario by name, your own by path, or - for standard input "
    "(CSV files that it names are then read from the current folder)."
)
ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=SCENARIO_HELP,
        autocompletion=shipped,
        show_default=False,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change the scenario under every policy, even where the policy sets the key: "
        "KEY=VALUE, or KEY+=2, -=, *=1.1, /= applied to each policy's own number. Can be repeated.",
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        callback=at_least_one,
        help="Simulate N days instead of the scenario's number.",
    ),
]
PolicyList = Annotated[
    str | None,
    typer.Option(
        "--policies", metavar="LIST", help="Names of policies, separated by commas. Default: all."
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        metavar="N",
        callback=at_least_one,
        help="Run each policy N times. Default: 10.",
    ),
]
PrecisionText = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="LIST",
        help="Run until the margins (±) are at most these, for example asa=5,fcr_complaints=0.01 "
        '(which "usual" stands for); difference.asa=2 for that of the difference from the '
        "baseline, difference.asa alone for the least difference that matters.",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(metavar="N", callback=a_seed, help="Seed of all random draws. Default: 1."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        callback=at_least_one,
        envvar=WORKERS_VARIABLE,
        help="Number of worker processes. Default: one per core.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Let the workers of a Dask scheduler simulate, tcp://host:8786 for example; needs the "
        "extra cluster.",
    ),
]
FormatChoice = Annotated[
    Format,
    typer.Option(
        "--format", "-f", help="Format of the output: table for people, json or csv for programs."
    ),
]
Measures = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help='Names of measures, separated by commas, or "all". firstline measures lists them.',
    ),
]
StudyMeasures = Annotated[
    str | None,
    typer.Option(
        "--measures",
        metavar="LIST",
        help="Names of measures, separated by commas. Default: the wait, complaints resolved "
        "at first contact, and the money.",
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Show only how many simulations it takes, and how long."),
]
ByCut = Annotated[
    By | None,
    typer.Option(
        "--by",
        help="Break the results down by reason, channel, queue (where customers were offered), "
        "group (who answered) or cause of failure demand.",
    ),
]
Why = Annotated[
    str | None,
    typer.Option(
        "--why",
        metavar="POLICY",
        help="Split the difference of this policy into parts that add up: hours by what they were "
        "spent on, contacts by why they came, cases by how they ended, money by kind. With "
        "--format csv, the rows are these.",
    ),
]
Counterfactually = Annotated[
    bool,
    typer.Option(
        "--counterfactual",
        help="With --why: also simulate the policy with each set of its changes, and in worlds "
        "where only some mechanisms work, to say which change the difference comes from and "
        "through what.",
    ),
]
WhyRuns = Annotated[
    int | None,
    typer.Option(
        "--why-runs",
        metavar="N",
        callback=at_least_one,
        help="With --counterfactual: N random orders of the parts instead of all sets of them; for "
        "many changes, or to be faster.",
    ),
]
WhyReplications = Annotated[
    int | None,
    typer.Option(
        "--why-replications",
        metavar="N",
        callback=at_least_one,
        help="With --counterfactual: its replications, at most those of the comparison. "
        "Default: 3.",
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        envvar=RUNS_VARIABLE,
        help="Folder for the run folders.",
        show_default=True,
    ),
]
Save = Annotated[
    bool, typer.Option("--save/--no-save", help="Store the run in a folder.", show_default=True)
]
Charts = Annotated[
    bool,
    typer.Option("--charts/--no-charts", help="Draw charts in the run folder.", show_default=True),
]
ChartNames = Annotated[
    str | None,
    typer.Option(
        "--charts",
        metavar="NAME,…",
        help="Draw only these charts; without it those that the scenario asks for.",
        show_default=False,
    ),
]
NoCharts = Annotated[bool, typer.Option("--no-charts", help="Draw no charts.")]
Resume = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Continue an unfinished run folder.", show_default=False),
]
Traces = Annotated[
    bool,
    typer.Option(
        "--traces",
        help="Store everything that happened in the run folder, as Parquet: about 170 bytes per "
        "contact, policy and replication.",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        callback=be_quiet,
        help="Print no progress, warnings or notes on stderr, only errors and how to resume.",
    ),
]
