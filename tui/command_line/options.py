"""Options and arguments that several commands have in common."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from results.reading.parts import By
from tui.command_line.quiet import be_quiet


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
        raise typer.BadParameter(f"{number} is no seed: give 0 or more.")
    return number


def listed(text: str | None) -> list[str] | None:
    """The names in a list with commas, each once; None when no list was given."""
    if text is None:
        return None
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def shipped(incomplete: str) -> list[str]:
    """Names of shipped scenarios that begin so, for the shell to complete."""
    from scenarios import library

    return [name for name in library.names() if name.startswith(incomplete)]


SCENARIO_HELP = (
    "A shipped scenario by its name, your own by its path, or - for standard input "
    "(CSV files that it names are then looked for in this folder)."
)
RUNS_VARIABLE, WORKERS_VARIABLE = "FIRSTLINE_RUNS", "FIRSTLINE_WORKERS"
"""Environment variables; an option on the command line comes before them."""

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
        help="Change the scenario under every policy, whatever the policy says: KEY=VALUE, or "
        "KEY+=2, -=, *=1.1, /= on top of each policy's own number; may be given several times.",
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        callback=at_least_one,
        help="Simulate N days instead of the scenario's.",
    ),
]
PolicyList = Annotated[
    str | None,
    typer.Option(
        "--policies", metavar="LIST", help="Policies by name, with commas; all when left out."
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        metavar="N",
        callback=at_least_one,
        help="Run each policy N times; 10 when left out.",
    ),
]
PrecisionText = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="LIST",
        help="Run until the ± of these measures is small enough, as in asa=5,fcr_complaints=0.01 "
        '(the meaning of "usual").',
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(metavar="N", callback=a_seed, help="Seed of all random draws; 1 when left out."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        callback=at_least_one,
        envvar=WORKERS_VARIABLE,
        help="Processes; one for each core when left out.",
    ),
]
FormatChoice = Annotated[
    Format,
    typer.Option("--format", "-f", help="table for people, json or csv for programs."),
]
Measures = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help='Measures by name, with commas, or "all"; firstline measures lists them.',
    ),
]
ByCut = Annotated[
    By | None,
    typer.Option(
        "--by", help="Break the answer down by reason, channel, group or cause of failure demand."
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        envvar=RUNS_VARIABLE,
        help="Where run folders go.",
        show_default=True,
    ),
]
Save = Annotated[
    bool, typer.Option("--save/--no-save", help="Keep the run in a folder.", show_default=True)
]
Charts = Annotated[
    bool,
    typer.Option(
        "--charts/--no-charts", help="Draw charts into the run folder.", show_default=True
    ),
]
Resume = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Go on with an unfinished run folder.", show_default=False),
]
Traces = Annotated[
    bool,
    typer.Option(
        "--traces",
        help="Keep all that happened in the run folder, as Parquet: some 170 bytes for each "
        "contact, policy and replication.",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        callback=be_quiet,
        help="Leave out progress, doubts and remarks on stderr; errors and what resumes stay.",
    ),
]
