"""Memory of one large replication, and of a long one; each is made in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from time import process_time

from benchmarks.centres import half_year, textbook
from results.measures.registry import summarise
from sim import simulate
from sim.trace import columns_on_disk

WEEKS = (4, 13, 26)


def of_contacts(contacts: int) -> None:
    """Peak memory of one replication with this many contacts."""
    made, seconds, peak_mb = _apart("contacts", contacts)
    print(f"One replication of {contacts:,} contacts")
    print(f"  contacts         {made:10,.0f}   in {seconds:.0f} s")
    print(f"  peak memory      {peak_mb / 1024:10.2f} GiB   (below 1.5 GB wanted)")


def of_weeks() -> None:
    """Time and peak memory of one replication of `train-or-hire`, measures included, by weeks."""
    print("train-or-hire, one policy, one replication with its measures, one core")
    for weeks in WEEKS:
        made, seconds, peak_mb = _apart("weeks", weeks)
        wanted = "   (below 60 s wanted)" if weeks == max(WEEKS) else ""
        counted = f"{made:9,.0f} contacts"
        print(f"  {weeks:2} weeks {counted} {seconds:8.1f} s {peak_mb:8.0f} MiB at peak{wanted}")


def _apart(what: str, size: int) -> tuple[float, float, float]:
    """Contacts, seconds and peak MiB of a replication in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", what, str(size)],
        check=True,
        capture_output=True,
        text=True,
    )
    made, seconds, peak_mb = (float(word) for word in done.stdout.split())
    return made, seconds, peak_mb


def _main(what: str, size: int, columns_mb: float | None = None) -> None:
    """Make one replication; ``columns_mb`` is the memory for its columns, else the usual."""
    if columns_mb is not None:
        columns_on_disk.COLUMNS_BYTES = int(columns_mb * 1024 * 1024)
    begun = process_time()
    if what == "weeks":
        scenario = half_year(size)
        trace = simulate(scenario, 1, 0)
        summarise(scenario, trace)
    else:
        trace = simulate(textbook(50, size), 1, 0)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(len(trace.contacts), process_time() - begun, peak_mb)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), *map(float, sys.argv[3:]))
