"""How much room the traces of a run will take, said as soon as the first of them is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from results import Progress
from results.runs.finished_replications import KEPT, TRACES
from results.runs.folders import bytes_in
from tui.terminal.console import say


def telling_size(progress: Callable[[Progress], None], folder: Path) -> Callable[[Progress], None]:
    """Say after the first replication how much room all of them will take.

    Args:
        progress: what is shown besides.
        folder: of the run.
    """
    told = False

    def show(now: Progress) -> None:
        nonlocal told
        progress(now)
        if told:
            return
        told = True
        with suppress(OSError):
            sizes = [bytes_in(path) for path in (folder / KEPT).glob(f"*/*/{TRACES}")]
            if sizes:
                whole = sum(sizes) / len(sizes) * now.total / 1e6
                count = "1 trace" if now.total == 1 else f"{now.total} traces"
                say(f"The traces take about {whole:.1f} MB in {folder} ({count}).")

    return show
