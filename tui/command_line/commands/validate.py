"""firstline validate: published, exact and closed-form figures against formulas and simulator."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from tui.command_line.options import (
    Format,
    FormatChoice,
    Quiet,
    Workers,
    a_seed,
)
from tui.terminal.lists import listed

EXAMPLES = """\b
Examples:
  firstline validate
  firstline validate --only "EC-*,EA-1"
  firstline validate --long --format json > validation.json
  firstline validate --list
"""


def validate(
    *,
    long: Annotated[
        bool, typer.Option("--long", help="Run every case, and ten times as long: some minutes.")
    ] = False,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Names of cases, separated by commas; * stands for anything: EC-*,EA-1.",
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the cases without running them.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N", callback=a_seed, help="Seed of all random draws. Default: 20240101."
        ),
    ] = None,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Check formulas and simulator against figures that are known to be right.

    The cases are small centres with a published figure, an exact one or a formula: Erlang B, C
    and A, priorities, redials, transfers, callbacks, skills, whole days that others simulated, and
    short histories event by event. Shown are the right figure, that of the formula, the simulated
    one with its interval, the verdict and the source. All intervals of a set hold together with
    99 %, whatever the seed: a simulator that is right is called wrong in one run in a hundred.
    Exit code 0 when every figure agrees, 1 when one differs, 4 when none differs and one is too
    rough to tell.
    """
    if list_:
        from tui.command_line.answers.validation_list import list_cases

        list_cases(format_)
        return
    from results.experiments.progress import Progress
    from results.validation.validate import SEED
    from results.validation.validate import validate as run
    from results.validation.verdict import Verdict
    from tui.command_line.answers.validation_answer import answer
    from tui.command_line.progress_bar import progress_bar
    from tui.terminal.exits import ExitCode

    names = _names(only, long=long)
    began = time.monotonic()

    def progress(done: int, share: float) -> None:
        elapsed = time.monotonic() - began
        show(Progress(done, len(names), {}, elapsed, elapsed * (1.0 - share) / share))

    with progress_bar(len(names), keeps=False) as show:
        found = run(
            names,
            long=long,
            seed=SEED if seed is None else seed,
            workers=workers,
            progress=progress,
        )
    answer(found, format_)
    counts = found.count()
    if counts[Verdict.DIFFERS]:
        raise typer.Exit(ExitCode.FAILED)
    if counts[Verdict.TOO_ROUGH]:
        raise typer.Exit(ExitCode.NOT_KNOWN)


def _names(text: str | None, *, long: bool) -> list[str]:
    """The cases that a list of names and patterns means; all of the set when there is none."""
    from results.errors import unknown
    from results.validation.catalogue import cases, chosen

    wanted = ["*"] if text is None else listed(text) or []
    found: list[str] = []
    for pattern in wanted:
        names = chosen(pattern, long=long)
        if not names and chosen(pattern, long=True):
            rule = f"{pattern} is only in the long set: add --long."
            raise typer.BadParameter(rule, param_hint="--only")
        if not names:
            rule = unknown("case", pattern, cases())
            raise typer.BadParameter(
                f"{rule} firstline validate --list shows all.", param_hint="--only"
            )
        found += names
    if not found:
        raise typer.BadParameter(
            "names no case. firstline validate --list shows all.", param_hint="--only"
        )
    return found
