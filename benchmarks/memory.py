"""Memory of one large replication."""

from __future__ import annotations

import resource
import subprocess
import sys
from time import process_time

from benchmarks.centres import textbook
from sim import simulate


def of_contacts(contacts: int) -> None:
    """Peak memory of one replication with this many contacts, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(contacts)],
        check=True,
        capture_output=True,
        text=True,
    )
    print(f"One replication of {contacts:,} contacts")
    print(done.stdout.rstrip())


def _main() -> None:
    begun = process_time()
    trace = simulate(textbook(50, int(sys.argv[1])), 1, 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"  contacts         {len(trace.contacts):10,}   in {process_time() - begun:.0f} s")
    print(f"  peak memory      {peak:10.2f} GiB   (below 1.5 GB wanted)")


if __name__ == "__main__":
    _main()
