"""How much faster this checkout is than another one, part by part, in CPU seconds.

    python -m benchmarks.by_turns --against ../firstline-before
    python -m benchmarks.by_turns --compiled      (the compiled core against the sources)
    python -m benchmarks.by_turns --against ../firstline-before --compiled     (both)

Each part runs in a process of its own, by turns with the other checkout, so that a machine that
others use too slows both down alike; of the rounds the least counts. The whole of a comparison
with its workers, charts and report is in ``benchmarks.whole_command``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

_BEGIN = """
from time import process_time
from scenarios import load
from sim import simulate
simulate(load("retail-complaints"), 1, 99)
began = process_time()
"""
"""What is loaded and warmed up before anything is measured."""
_END = "print('SECONDS', process_time() - began)"

_WEEKS = """
from scenarios.policies.policy import policies_of
weeks = policies_of(load("retail-complaints")).values()
began = process_time()
for week in weeks:
    simulate(week, 1, 0)
"""

_MEASURES = """
from results.measures.registry import summarise
week = load("retail-complaints")
traces = [simulate(week, 1, replication) for replication in range(4)]
summarise(week, traces[0])
began = process_time()
for trace in traces[1:]:
    summarise(week, trace)
"""

_WHAT_IF = """
from results.measures.registry import summarise
from importlib import import_module
from importlib.util import find_spec
# A checkout from before the screens had a folder each.
what_if = "tui.what_if" if find_spec("tui.what_if") else "tui.bench"
Bench = import_module(f"{what_if}.bench").Bench
one_day = import_module(f"{what_if}.day").one_day
# Before, all was measured, and not only what is shown.
shown = getattr(import_module(f"{what_if}.memory"), "SHOWN", None)
kinds = {} if shown is None else {"kinds": shown}
bench = Bench.of(load("retail-complaints"))
days = [one_day(bench.base).scenario]
turned = bench.turn("groups.front_line.authority", "guided")
days.append(one_day(turned.what_if).scenario)
summarise(days[0], simulate(days[0], 1, 20), **kinds)
began = process_time()
for day in days:
    for replication in range(20):
        summarise(day, simulate(day, 1, replication), **kinds)
"""

_TEXTBOOK = """
from benchmarks.centres import textbook
centre = textbook(50, 50_000)
began = process_time()
simulate(centre, 1, 0)
"""

_DRAWN = """
from pathlib import Path
from tempfile import TemporaryDirectory
from results import run
try:
    from results.charts.drawing import draw_all
except ImportError:  # another checkout may be older
    from results.charts import draw_all
experiment = run(load("retail-complaints"), replications=2, workers=1)
began = process_time()
with TemporaryDirectory() as folder:
    draw_all(experiment, Path(folder))
"""

PARTS = {
    "five weeks, one a policy": _BEGIN + _WEEKS + _END,
    "measures of three weeks": _BEGIN + _MEASURES + _END,
    "what-if, 2 x 20 days": _BEGIN + _WHAT_IF + _END,
    "textbook, 50,000 calls": _BEGIN + _TEXTBOOK + _END,
    "charts": _BEGIN + _DRAWN + _END,
}
"""What is measured inside a process, by what it is called."""

COMMANDS = (
    ("--help",),
    ("check", "retail-complaints"),
    ("measures",),
    ("runs", "list"),
    ("scenarios", "list"),
)
"""What is measured from the start of the process to its end."""

_MAIN = "from tui.cli import main; main()"


def seconds(checkout: Path, switch: str, code: str, *arguments: str) -> float:
    """CPU seconds that code says it took, or that its whole process took when it says nothing.

    With ``switch`` 0 the sources are run even where there is a compiled core.
    """
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(checkout), "FIRSTLINE_COMPILED": switch},
    )
    after = os.times()
    if done.returncode:
        raise SystemExit(done.stderr)
    told = done.stdout.rpartition("SECONDS ")
    if told[1]:
        return float(told[2])
    used = after.children_user - before.children_user
    return used + after.children_system - before.children_system


def main() -> None:
    """Print the seconds of every part here and there, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, help="another checkout of this program")
    parser.add_argument("--compiled", action="store_true", help="the sources, then compiled")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    here = Path(__file__).resolve().parents[1]
    before = [] if asked.against is None else [(asked.against.resolve(), "0")]
    checkouts = [*before, (here, "0"), *([(here, "1")] if asked.compiled else [])]
    parts: list[tuple[str, str, tuple[str, ...]]] = [
        (name, code, ()) for name, code in PARTS.items()
    ]
    parts += [("firstline " + " ".join(command), _MAIN, command) for command in COMMANDS]
    for name, code, arguments in parts:
        least = [float("inf")] * len(checkouts)
        for _ in range(asked.rounds):
            for number, (checkout, switch) in enumerate(checkouts):
                least[number] = min(least[number], seconds(checkout, switch, code, *arguments))
        row = "".join(f"{took:9.2f} s" for took in least)
        ratios = "".join(f"{least[0] / took:9.2f} x" for took in least[1:])
        print(f"{name:34}{row}{ratios}", flush=True)


if __name__ == "__main__":
    main()
