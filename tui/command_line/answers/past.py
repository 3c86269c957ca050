"""Past runs, as they are listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from results.runs.folders import bytes_in
from results.runs.listing import list_runs, unreadable_runs
from results.runs.manifest import START_AGAIN
from results.runs.running import by_another
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, say

COLUMNS = (
    "folder",
    "scenario",
    "policies",
    "replications",
    "planned",
    "seed",
    "started",
    "complete",
    "running",
    "cannot_go_on",
    "command",
)
"""What is said of a run folder."""


def past_runs(root: Path) -> list[dict[str, Any]]:
    """The run folders under a root, the oldest first, the unfinished ones last."""
    return [
        {
            "folder": str(folder),
            "scenario": manifest.name,
            "policies": len(manifest.policies),
            "replications": manifest.replications,
            "planned": manifest.planned,
            "seed": manifest.origin.seed,
            "started": manifest.started,
            # One that was killed while it was drawn has all its tables, and no name yet.
            "complete": finished and manifest.complete,
            "running": not finished and by_another(folder),
            "cannot_go_on": manifest.cannot_go_on,
            "command": manifest.command,
        }
        for finished in (True, False)
        for folder, manifest in list_runs(root, finished=finished).items()
    ]


def tell_left_out(root: Path) -> None:
    """Say which run folders cannot be read, and why, and which not wholly."""
    for reason in unreadable_runs(root).values():
        say(f"Left out: {reason}")
    for finished in (True, False):
        for folder, manifest in list_runs(root, finished=finished).items():
            if manifest.note:
                say(f"{folder} {manifest.note}")


def print_runs(found: Sequence[dict[str, Any]], root: Path) -> None:
    """List the runs for a person."""
    if not found:
        say(f"No run in {root} yet. firstline compare retail-complaints makes one.")
        return
    for run in found:
        data().print(run["folder"], style="bold", soft_wrap=True)
        policies = "1 policy" if run["policies"] == 1 else f"{run['policies']} policies"
        count = "1 replication" if run["planned"] == 1 else f"{run['planned']} replications"
        state = "" if run["complete"] else ", running now" if run["running"] else ", unfinished"
        state += f", {START_AGAIN}" if run["cannot_go_on"] else ""
        data().print(f"  {policies}, {count}, seed {run['seed']}{state}")
        data().print(f"  {run['command']}", style="dim", soft_wrap=True)


def print_sizes(folders: Sequence[Path]) -> None:
    """Say which run folders are meant, and how large they are."""
    for folder in folders:
        say(f"{folder}  {bytes_in(folder) / 1e6:.1f} MB")


def print_rows(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Print the rows of an answer as a table, as many as anybody reads."""
    table = plain_table()
    for name in columns:
        table.add_column(name)
    for row in rows[:_MOST_ROWS]:
        table.add_row(*map(_written, row))
    data().print(table)
    if len(rows) > _MOST_ROWS:
        say(f"{_MOST_ROWS:,} of {len(rows):,} rows are shown; --format csv has all of them.")


_MOST_ROWS = 1_000


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.6g}"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False)
    return "" if cell is None else str(cell)
