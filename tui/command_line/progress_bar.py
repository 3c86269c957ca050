"""The progress of an experiment on stderr, with the time that is left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich import progress
from rich.console import Console

from results import Progress
from results.reading import format as numbers
from tui.terminal.console import say, words
from tui.terminal.quiet import is_quiet

KEEPS = "Ctrl-C keeps what is finished"
LINES, LINE_S, GRACE_S = 10, 30.0, 5.0
"""Without a terminal: a line for each tenth and after so many seconds, none in the first few."""


@contextmanager
def progress_bar(total: int, *, keeps: bool = True) -> Iterator[Callable[[Progress], None]]:
    """Show how far an experiment is: a bar in a terminal, gone when it is over; else plain lines.

    Asked to be quiet it shows nothing.

    Args:
        total: replications of all policies, planned until now.
        keeps: whether an interruption keeps what is finished, which is said.
    """
    console = words()
    if is_quiet():
        yield lambda _: None
    elif console.is_terminal:
        with _bar(total, console, f" ({KEEPS})" if keeps else "") as show:
            yield show
    else:
        with plain_lines(total, say) as show:
            yield show


@contextmanager
def _bar(total: int, console: Console, note: str) -> Iterator[Callable[[Progress], None]]:
    bar = progress.Progress(
        progress.TextColumn("Simulating"),
        progress.BarColumn(bar_width=20),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[left]}"),
        console=console,
        transient=True,
    )
    task = bar.add_task("", total=total, left=note.strip())

    def show(now: Progress) -> None:
        bar.update(task, completed=now.done, total=now.total, left=_left(now, note))

    with bar:
        yield show


@contextmanager
def plain_lines(
    total: int, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[Progress], None]]:
    """Tell the progress line by line, for a file or a pipe: each tenth, and after 30 seconds.

    What is over within a few seconds needs no line.

    Args:
        total: replications of all policies, planned until now.
        tell: takes a line.
        clock: seconds, from any beginning.
    """
    lines, over = _Lines(total, tell, clock), threading.Event()

    def keep_telling() -> None:
        while not over.wait(lines.due_in_s()):
            lines.after_a_while()

    # A replication may take minutes, and nobody else would speak in between.
    teller = threading.Thread(target=keep_telling, name="progress", daemon=True)
    teller.start()
    try:
        yield lines.show
    finally:
        over.set()
        teller.join()


class _Lines:
    """The lines that were told, and when the next one is due."""

    def __init__(self, total: int, tell: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._tell, self._clock = tell, clock
        self._began = self._told_at = clock()
        self._done, self._total, self._left = 0, total, ""
        self._tenths = 0
        self._lock = threading.Lock()

    def show(self, now: Progress) -> None:
        """Take note of the progress, and tell it when another tenth is done."""
        with self._lock:
            self._done, self._total, self._left = now.done, now.total, _left(now)
            tenths = LINES * now.done // max(now.total, 1)
            begun = self._clock() - self._began >= GRACE_S
            if begun and tenths != self._tenths:
                self._line()
            self._tenths = tenths

    def due_in_s(self) -> float:
        """Seconds until a line is due, if nothing is done before."""
        with self._lock:
            return max(0.0, self._told_at + LINE_S - self._clock())

    def after_a_while(self) -> None:
        """Tell the progress when nothing was told for long."""
        with self._lock:
            if self._clock() - self._told_at >= LINE_S:
                self._line()

    def _line(self) -> None:
        self._told_at = self._clock()
        share = 100 * self._done // max(self._total, 1)
        left = f", {self._left}" if self._left else ""
        # The reader closed the pipe and does not want it; that is no reason to stop.
        with suppress(OSError):
            self._tell(f"Simulated {self._done} of {self._total} ({share} %){left}")


def _left(now: Progress, note: str = "") -> str:
    if now.left_s is None or now.done == now.total:
        return ""
    return f"{numbers.duration(now.left_s)} left{note}"
