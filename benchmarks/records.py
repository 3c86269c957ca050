"""How long a million call records take to read and clean, and how much memory.

python -m benchmarks.records [ROWS]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from scenarios.records.read import read_records


def main() -> None:
    """Write so many call records, read them, print seconds and megabytes."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        _write(path, rows)
        size = path.stat().st_size / 1e6
        began, worked = time.perf_counter(), time.process_time()
        made = read_records([path])
        took, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(made):,} contacts of {rows:,} rows ({size:,.0f} MB)")
    print(f"{took:.1f} s, {work:.1f} s of processor time, at most {peak:.2f} GB")


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
