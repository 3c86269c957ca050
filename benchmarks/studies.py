"""Studies: what more cores give, what keeping costs, what a thousand runs hold, and a cluster.

    python -m benchmarks.studies [--quick]

Ratios of processor seconds, so that a machine that others use too says the same; the clock is shown
next to them. Each measurement has processes of its own, and a process counts with its workers.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, process_time, sleep
from typing import Any

from results import Progress, run
from results.experiments.cluster import connected
from results.experiments.workers import ProcessPool
from results.runs import store
from results.runs.finished_replications import ReplicationStore
from scenarios import Scenario, load, with_changes
from scenarios.save import dump

REPLICATIONS, WEEKS, RUNS, FEW = 200, 40, 200, 10
ASKING: dict[str, Any] = {"policies": ["ask-the-boss"]}


def monday() -> Scenario:
    """A Monday of `retail-complaints`, agents who ask the boss: a tenth of a second to simulate."""
    return with_changes(load("retail-complaints"), {"horizon.days": 1, "horizon.part_of_days": 7})


def of_cores(replications: int = REPLICATIONS) -> None:
    """Two cores against one: how much sooner the same replications are done.

    Two busy cores are done when half of all that parent and workers compute is: that bound leaves
    out what others do on the machine, and the clock does not.
    """
    one, two = (_apart("cores", workers, replications) for workers in (1, 2))
    print(f"Two cores against one, {replications} replications of a Monday")
    print(f"  by the clock     {one['clock_s'] / two['clock_s']:10.2f} x")
    print(f"  by the processor {2 * one['cpu_s'] / two['cpu_s']:10.2f} x   (1.8 wanted)")


def of_keeping(weeks: int = WEEKS) -> None:
    """The share of a run's processor time that keeps it: replications as they come, tables."""
    found = _apart("keeping", weeks)
    print(f"Keeping a run of {weeks} weeks of retail-complaints")
    print(f"  replications     {found['kept_s'] / found['cpu_s']:10.1%} of the processor time")
    print(f"  tables           {found['tables_s'] / found['cpu_s']:10.1%}")
    together = (found["kept_s"] + found["tables_s"]) / found["cpu_s"]
    print(f"  together         {together:10.1%}   (below 5 % wanted)")


def of_a_cluster(replications: int = REPLICATIONS) -> None:
    """Dask with two local workers against two processes, what it takes to start both left out."""
    taken = {}
    for who in ("pool", "cluster"):
        few, many = (_apart(who, FEW + more) for more in (0, replications))
        taken[who] = many["clock_s"] - few["clock_s"], many["cpu_s"] - few["cpu_s"]
    clock, cpu = (dask / pool for dask, pool in zip(taken["cluster"], taken["pool"], strict=True))
    print(f"Dask with two local workers against two processes, {replications} replications")
    print(f"  by the clock     {clock:10.2f} x   (below 1.15 wanted)")
    print(f"  by the processor {cpu:10.2f} x   (with the scheduler and the client)")


def of_many_runs(runs: int = RUNS) -> None:
    """What the process that asks holds of a thousand runs of a week, every summary in memory."""
    found = _apart("many", runs)
    thousand = found["peak_mib"] + (1_000 - runs) * found["each_kib"] / 1024.0
    print(f"{runs} runs of a week of retail-complaints, two workers")
    print(f"  parent at peak   {found['peak_mib']:10.0f} MiB")
    print(f"  a further run    {found['each_kib']:10.0f} KiB")
    print(f"  so 1,000 runs    {thousand:10.0f} MiB   (below 500 MB wanted)")


def of_a_worker(replications: int = REPLICATIONS) -> None:
    """Whether a worker grows with what it has done: its memory early, in the middle, at the end."""
    found = _apart("worker", replications)
    print(f"One worker, {replications} replications of a Monday")
    for when in filter(str.isdecimal, found):
        print(f"  after {when:>4}       {found[when]:10.0f} MiB at peak")


def _apart(what: str, *given: int) -> dict[str, float]:
    """What a measurement finds in a process of its own, with the processor seconds of all of it."""
    before, began = os.times(), monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.studies", what, *map(str, given)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    after = os.times()
    found: dict[str, float] = json.loads(done.stdout)
    used = after.children_user - before.children_user
    whole = used + after.children_system - before.children_system
    return {"clock_s": monotonic() - began, "cpu_s": whole} | found


def _cores(workers: int, replications: int) -> dict[str, float]:
    run(monday(), replications=replications, workers=workers, **ASKING)
    return {}


def _keeping(weeks: int) -> dict[str, float]:
    """Run with one process in a folder, and count what the store takes of it."""
    spent = {"kept_s": 0.0, "tables_s": 0.0}

    def counted(of: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **more: Any) -> Any:
            began = process_time()
            try:
                return work(*given, **more)
            finally:
                spent[of] += process_time() - began

        return act

    centre = load("retail-complaints")
    setattr(ReplicationStore, "write", counted("kept_s", ReplicationStore.write))  # noqa: B010
    began = process_time()
    with tempfile.TemporaryDirectory() as root:
        folder = store.begin(Path(root), "weeks", centre, dump(centre), 1)
        experiment = run(centre, folder=folder, replications=weeks, workers=1, **ASKING)
        counted("tables_s", store.finish)(folder, experiment)
    return {"cpu_s": process_time() - began, **spent}


def _many(runs: int) -> dict[str, float]:
    peaks: list[float] = []

    def look(progress: Progress) -> None:
        if progress.done in (runs // 10, runs):
            peaks.append(_peak_mib(resource.getrusage(resource.RUSAGE_SELF)))

    week = load("retail-complaints")
    run(week, replications=runs, workers=2, progress=look, **ASKING)
    return {"peak_mib": peaks[1], "each_kib": (peaks[1] - peaks[0]) / (0.9 * runs) * 1024.0}


def _worker(replications: int) -> dict[str, float]:
    found: dict[str, float] = {}
    with ProcessPool(1) as pool:

        def look(progress: Progress) -> None:
            if progress.done in (FEW, replications // 2, replications):
                used = pool.submit(resource.getrusage, resource.RUSAGE_SELF).result()
                found[str(progress.done)] = _peak_mib(used)

        run(monday(), replications=replications, workers=pool, progress=look, **ASKING)
    return found


def _peak_mib(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024.0


def _pool(replications: int) -> dict[str, float]:
    return _cores(2, replications)


def _cluster(replications: int) -> dict[str, float]:
    """Run on a scheduler and two workers of one thread each, in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        alike = ("--no-dashboard", "--scheduler-file", str(file))
        roles = [("scheduler", "--host", "127.0.0.1", "--port", "0")]
        roles += [("worker", "--nthreads", "1", "--no-nanny")] * 2
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{role}", *flags, *alike],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for role, *flags in roles
        ]
        try:
            with connected(_address(file, len(roles) - 1)) as dask:
                run(monday(), replications=replications, workers=dask, **ASKING)
        finally:
            for process in processes:
                process.kill()
            for process in processes:
                process.wait()
    return {}


def _address(file: Path, workers: int) -> str:
    """The address of a scheduler that writes this file, once so many workers have come."""
    from distributed import Client

    while not file.exists():
        sleep(0.1)
    with Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(workers)
        address: str = client.scheduler.address
    return address


_MEASURED: dict[str, Callable[..., dict[str, float]]] = {
    "cores": _cores,
    "keeping": _keeping,
    "pool": _pool,
    "cluster": _cluster,
    "many": _many,
    "worker": _worker,
}


def main(scale: int = 1) -> None:
    """Print every measurement, with fewer replications where the scale is above 1."""
    of_cores(REPLICATIONS // scale)
    of_keeping(WEEKS // scale)
    of_a_cluster(REPLICATIONS // scale)
    of_many_runs(RUNS // scale)
    of_a_worker(REPLICATIONS // scale)


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in _MEASURED:
        print(json.dumps(_MEASURED[sys.argv[1]](*map(int, sys.argv[2:]))))
    else:
        main(10 if "--quick" in sys.argv else 1)
