"""What a contact costs at scale: processor time, bytes kept, and memory of a worker.

The figures of docs/scale.md. Each centre is measured in a process of its own, which simulates some
replications one after the other, as a worker does.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from statistics import median
from time import process_time

from results.measures.registry import summarise
from results.runs.replication_file import packed
from scenarios import Scenario, load
from sim import simulate

CENTRES = ("textbook", "retail-complaints", "train-or-hire")


def per_contact(replications: int) -> None:
    """Print by centre what a contact takes, and what a worker needs for a replication."""
    print(f"What a contact costs on one core, median of {replications} replications")
    print("  centre               contacts  simulate  measure      kept of each  memory at peak")
    for centre in CENTRES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale", centre, str(replications)],
            check=True,
            capture_output=True,
            text=True,
        )
        one = json.loads(done.stdout)
        print(
            f"  {centre:18} {one['contacts']:10,.0f} {one['simulate_us']:6.0f} µs"
            f" {one['measure_us']:5.1f} µs {one['kept_kb']:13.1f} KB"
            f" {one['first_mib']:6.0f} MiB, {one['last_mib']:.0f} after all"
        )


def _measured(name: str, replications: int) -> dict[str, float]:
    """The costs of one centre, in this process."""
    scenario = load(name)
    rows = [_replication(scenario, number) for number in range(replications)]
    contacts, _, _, kept, peak = zip(*rows, strict=True)
    pairs = [(1e6 * s / c, 1e6 * m / c) for c, s, m, *_ in rows]
    return {
        "contacts": median(contacts),
        "simulate_us": median(simulate_us for simulate_us, _ in pairs),
        "measure_us": median(measure_us for _, measure_us in pairs),
        "kept_kb": median(kept) / 1000,
        "first_mib": peak[0],
        "last_mib": peak[-1],
    }


def _replication(scenario: Scenario, number: int) -> tuple[int, float, float, int, float]:
    """Contacts, seconds to simulate and to measure, bytes kept, and the peak so far in MiB."""
    begun = process_time()
    trace = simulate(scenario, 1, number)
    simulated = process_time()
    summary = summarise(scenario, trace)
    measured = process_time()
    kept = len(packed(("baseline", number), summary))
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(trace.contacts), simulated - begun, measured - simulated, kept, peak_mib


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(_measured(sys.argv[1], int(sys.argv[2]))))
    else:
        per_contact(3)
