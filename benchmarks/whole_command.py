"""What a comparison costs besides its simulations: the part that more cores do not make shorter.

``python -m benchmarks.whole_command`` runs ``firstline compare`` in a process of its own and prints
the CPU seconds of the command itself, by part, next to those of its workers. With the path of
another checkout the two are run by turns, and the ratios are printed:

    python -m benchmarks.whole_command --against ../firstline-before
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_COMMAND = """
import functools, importlib, importlib.util, json, os, resource, sys, time
began, parts = time.perf_counter(), {}
def cpu(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime
def timed(part, function):
    @functools.wraps(function)
    def call(*args, **named):
        start = time.process_time()
        try:
            return function(*args, **named)
        finally:
            parts[part] = parts.get(part, 0.0) + time.process_time() - start
    return call
# Each at the name by which it is called; a checkout may lack some of them.
for part, module, name in (
    ("store a replication", "results.runs.finished_replications:ReplicationStore", "write"),
    ("store a replication", "results.runs.finished_replications:Kept", "write"),
    ("write the tables", "results.runs.store", "write_tables"),
    ("draw the charts", "tui.terminal.drawing", "draw_all"),
    ("write the report", "tui.terminal.drawing", "write_report"),
    ("read the scenario", "tui.command_line.parsed_options", "load_scenario"),
    ("compare", "tui.command_line.finishing", "compare"),
):
    place, _, inside = module.partition(":")
    if not all(map(importlib.util.find_spec, (place.rpartition(".")[0], place))):
        continue
    holder = importlib.import_module(place)
    holder = getattr(holder, inside, None) if inside else holder
    if hasattr(holder, name):
        setattr(holder, name, timed(part, getattr(holder, name)))
parts["start"] = time.process_time()
from tui.cli import main
try:
    main()
except SystemExit as end:
    if end.code:
        raise
parts["all of it"] = cpu(resource.RUSAGE_SELF)
parts["workers"] = cpu(resource.RUSAGE_CHILDREN)
parts["wall"] = time.perf_counter() - began
print("PARTS", json.dumps(parts), file=sys.stderr)
"""

Parts = dict[str, float]
"""CPU seconds by part; "wall" is seconds on the clock."""


def measured(checkout: Path, scenario: str, replications: int, workers: int) -> Parts:
    """Run a comparison of a checkout of this program, and say what each part of it took."""
    with TemporaryDirectory() as runs:
        asked = ("compare", scenario, "-n", replications, "--workers", workers, "--output", runs)
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, *map(str, asked), "--quiet"],
            capture_output=True,
            text=True,
            check=False,
            # Elsewhere than in a checkout, which Python would look in first.
            cwd=runs,
            env={**os.environ, "PYTHONPATH": str(checkout)},
        )
    _, found, parts = done.stderr.rpartition("PARTS ")
    if not found:
        raise SystemExit(done.stderr)
    return {name: float(took) for name, took in json.loads(parts).items()}


def main() -> None:
    """Print the parts, and where asked the ratios to another checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--scenario", default="retail-complaints")
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3, help="of each part the least counts")
    parser.add_argument("--against", type=Path, help="another checkout of this program")
    asked = parser.parse_args()
    here = Path(__file__).resolve().parents[1]
    checkouts = [here] if asked.against is None else [asked.against.resolve(), here]
    found: dict[Path, list[Parts]] = {checkout: [] for checkout in checkouts}
    for _ in range(asked.rounds):
        for checkout in checkouts:
            what = (asked.scenario, asked.replications, asked.workers)
            found[checkout].append(measured(checkout, *what))
    print(f"firstline compare {asked.scenario} -n {asked.replications}, {asked.workers} workers")
    least = [_least(rounds) for rounds in found.values()]
    names = dict.fromkeys(name for parts in least for name in parts)
    for name in names:
        row = "".join(f"{parts.get(name, 0.0):10.2f} s" for parts in least)
        ratio = ""
        if len(least) == 2 and least[1].get(name):
            ratio = f"{least[0].get(name, 0.0) / least[1][name]:10.2f} x"
        print(f"{name:22}{row}{ratio}")


def _least(rounds: list[Parts]) -> Parts:
    return {name: min(parts.get(name, 0.0) for parts in rounds) for name in rounds[0]}


class _Formatter(argparse.ArgumentDefaultsHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """The text as it stands, and what each option is without being given."""


if __name__ == "__main__":
    main()
