"""The end of a command that simulates: tables stored, the answer written, pictures drawn last.

A comparison, a stress test and a study end alike; what each of them stores, writes and draws is its
own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import typer

from results import Experiment
from results.errors import ExperimentError
from results.runs import store
from results.runs.names import CHARTS
from tui.command_line.answers.comparison_answer import print_files
from tui.command_line.batch import how_to_go_on, resumable
from tui.command_line.options import Format
from tui.terminal.console import say, words
from tui.terminal.exits import ExitCode
from tui.terminal.quiet import is_quiet
from tui.terminal.refusals import fault_words
from tui.terminal.run_files import RunFiles

Missing = tuple[str, ...]
"""What could not be drawn and why, a sentence each."""


@dataclass(frozen=True)
class Conclusion:
    """What is left to do when everything is simulated."""

    store: Callable[[Path], None]
    """Writes the tables into the run folder."""
    write: Callable[[RunFiles | None], None]
    """Writes the answer, given where its files are (None: not yet, or nowhere)."""
    draw: Callable[[Path], Missing]
    """Makes pictures and report in the run folder."""
    format: Format
    """Of the answer."""


def something_finished(experiment: Experiment, folder: Path | None, state: str) -> None:
    """Say what is there of an interrupted experiment; end where that is nothing.

    Args:
        experiment: with what is finished of it.
        folder: of the run; None when nothing is kept.
        state: one sentence that says what is finished.

    Raises:
        typer.Exit: no replication is finished everywhere, and nothing can be told.
    """
    if not experiment.complete:
        say(state, always=True)
    if not experiment.replications:
        if folder is not None:
            store.finish(folder, experiment)
        end(folder, whole=False)


def conclude(folder: Path | None, conclusion: Conclusion) -> None:
    """Store the tables, write the answer, then draw; nothing waits for a picture.

    In JSON the answer names its pictures: it is written last, whatever becomes of them.

    Args:
        folder: of the run, not yet finished; None when nothing is kept.
        conclusion: what is stored, written and drawn.

    Raises:
        ExperimentError: something cannot be stored; the answer is still written.
    """
    if folder is None:
        conclusion.write(None)
        return
    with resumable(folder):
        _conclude_in(folder, conclusion)


def _conclude_in(folder: Path, conclusion: Conclusion) -> None:
    try:
        conclusion.store(folder)
    except ExperimentError:
        conclusion.write(None)
        raise
    if conclusion.format is Format.JSON:
        files = RunFiles(folder)
        try:
            files = _finish(folder, conclusion)
        finally:
            conclusion.write(files)
        return
    try:
        conclusion.write(None)
        sys.stdout.flush()
    except (OSError, SystemExit):
        # A reader that closes the pipe early (head, less) has seen enough; the run is kept whole.
        _finish(folder, conclusion)
        raise
    files = _finish(folder, conclusion)
    if conclusion.format is Format.TABLE:
        print_files(files)


def _finish(folder: Path, conclusion: Conclusion) -> RunFiles:
    """Draw, and give the folder of a whole run its name."""
    try:
        with nullcontext() if is_quiet() else words().status("Drawing"):
            missing = conclusion.draw(folder)
            if not (folder / store.MANIFEST).exists():
                say(f"{folder} was deleted during drawing; its tables are written again.")
                conclusion.store(folder)
            files = RunFiles(store.give_name(folder), missing)
    except KeyboardInterrupt:
        say(how_to_go_on(folder), always=True)
        raise
    for reason in missing:
        say(reason, always=True)
    return files


def drawn(draw: Callable[[Path], object], folder: Path, *, charts: bool) -> Missing:
    """Draw into the charts of a run folder; a picture that fails costs only itself.

    Args:
        draw: given the folder of the charts.
        folder: of the run.
        charts: whether anything is drawn.
    """
    return made(draw, folder / CHARTS, "The charts") if charts else ()


def made(make: Callable[[Path], object], folder: Path, what: str) -> Missing:
    """Draw or write something; what keeps it from being made, as a message.

    Args:
        make: given the folder.
        folder: to draw or write into.
        what: it is, at the beginning of a sentence.
    """
    try:
        make(folder)
    except ExperimentError as error:
        return (str(error),)
    except Exception as error:  # noqa: BLE001 - the answer is there; a picture cannot cost it
        return (f"{what} could not be made; everything else is there. {fault_words(error)}",)
    return ()


def end(folder: Path | None, *, whole: bool) -> None:
    """End the command with the exit code that says whether everything asked for is there.

    Raises:
        typer.Exit: it is not.
    """
    if whole:
        return
    if folder is not None:
        say(how_to_go_on(folder), always=True)
    raise typer.Exit(ExitCode.INTERRUPTED)
