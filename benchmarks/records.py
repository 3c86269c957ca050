"""How long a million call records take to read and to fit, and how much memory.

python -m benchmarks.records [ROWS]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from results.backtest.availability import fit_availability
from scenarios.fit.calls import Calls
from scenarios.fit.centre import fit_centre
from scenarios.fit.week import usual_week
from scenarios.records.read import read_records


def main() -> None:
    """Write so many call records, read and fit them, print seconds and gigabytes."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        _write(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        made = _timed("read and cleaned", lambda: read_records([path]))
    fitted = _timed("statistics", lambda: fit_centre(Calls(made)))
    _timed("a usual week with its sets", lambda: usual_week(fitted))
    _timed("availability, simulated", lambda: fit_availability(fitted, within_s=20.0))


def _timed(what: str, do: Callable[[], Any]) -> Any:
    began, worked = time.perf_counter(), time.process_time()
    found = do()
    took, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what}: {took:.1f} s, {work:.1f} s of processor time, at most {peak:.2f} GB")
    return found


def _write(path: Path, rows: int) -> None:
    rng = np.random.default_rng(7)
    start = np.datetime64("2026-01-05T08:00:00", "s")
    day, second = rng.integers(0, 90, rows), rng.integers(0, 43_200, rows)
    came = start + np.sort(day * 86_400 + second).astype("timedelta64[s]")
    wait, talk = rng.exponential(40, rows).astype(int), rng.exponential(200, rows).astype(int)
    answered = rng.random(rows) < 0.9
    callers = rng.integers(0, 300_000, rows)
    names = "Call ID,Date,Arrival,Queue Start,Answered At,End Time,Wait Time,Talk Time,Outcome,"
    names += "Agent,Skill,Customer,Priority"
    with path.open("w", encoding="utf-8") as file:
        file.write(names + "\n")
        for row in range(rows):
            queued = came[row] + 5
            leaves = queued + wait[row]
            ends = leaves + talk[row]
            served = answered[row]
            file.write(
                f"{row},{str(came[row])[:10]},"
                f"{str(came[row]).replace('T', ' ')},{str(queued)[11:]},"
                f"{str(leaves)[11:] if served else ''},{str(ends if served else leaves)[11:]},"
                f"{wait[row]},{talk[row] if served else ''},"
                f"{'ANSWERED' if served else 'ABANDONED'},"
                f"{f'a{row % 120}' if served else ''},skill {row % 6},c{callers[row]},"
                f"{row % 3}\n"
            )


if __name__ == "__main__":
    main()
