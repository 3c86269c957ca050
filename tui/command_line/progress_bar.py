"""The progress of an experiment on stderr, with the time that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress

from results import Progress
from results import format as numbers
from tui.command_line.console import words

KEEPS = "Ctrl-C keeps what is done"


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Progress], None]]:
    """Show a bar while an experiment runs; gone when it is over, and never there in a pipe.

    Args:
        total: replications of all policies, as far as they are planned.
    """
    console = words()
    bar = progress.Progress(
        progress.TextColumn("Simulating"),
        progress.BarColumn(bar_width=20),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[left]}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("", total=total, left=f"({KEEPS})")

    def show(now: Progress) -> None:
        bar.update(task, completed=now.done, total=now.total, left=_left(now))

    with bar:
        yield show


def _left(now: Progress) -> str:
    if now.left_s is None or now.done == now.total:
        return ""
    return f"{numbers.duration(now.left_s)} left ({KEEPS})"
