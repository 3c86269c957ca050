"""A cluster of real processes on this machine: the same bits, whatever becomes of a worker."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from results.errors import ExperimentError
from results.experiments import cluster
from results.experiments.cluster import connected
from results.experiments.experiment import run
from tests.support.command_line import QUICK, firstline, shop
from tests.support.known_answers import CANNED, SCENARIO, SLOW, plain

ROOT = Path(__file__).parents[3]


def started(*arguments: str) -> subprocess.Popen[str]:
    """A Dask command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", *arguments]
        if arguments[0] == "--host"
        else [sys.executable, "-m", "distributed.cli.dask_worker", *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def line_of(process: subprocess.Popen[str], wanted: str) -> str:
    """What a process says, once it says what is waited for."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(wanted, line):
            return found.group(0)
    raise AssertionError(f"it ended without saying {wanted}")


@pytest.fixture
def scheduler() -> Iterator[str]:
    process = started("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    try:
        yield line_of(process, r"tcp://127\.0\.0\.1:\d+")
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def workers(scheduler: str) -> Iterator[list[subprocess.Popen[str]]]:
    flags = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    processes = [started(scheduler, *flags) for _ in range(2)]
    try:
        for process in processes:
            line_of(process, r"Registered to")
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.mark.long
def test_a_cluster_gives_the_bits_of_one_core_also_when_a_worker_is_killed(
    scheduler: str, workers: list[subprocess.Popen[str]]
) -> None:
    alone = run(SCENARIO, replications=12, workers=1, engine=CANNED)
    killed: list[float] = []

    def progress(now: object) -> None:
        if not killed and now.done >= 4:
            workers[0].kill()
            killed.append(time.monotonic())

    with connected(scheduler) as pool:
        shared = run(SCENARIO, replications=12, workers=pool, engine=SLOW, progress=progress)
    assert killed, "a worker was killed in the middle"
    assert shared.complete
    assert plain(shared) == plain(alone)


@pytest.mark.long
@pytest.mark.usefixtures("workers")
def test_a_comparison_on_a_cluster_prints_what_one_core_prints(
    scheduler: str, tmp_path: Path
) -> None:
    asked = ("compare", shop(tmp_path), "-n", "2", "--no-save", "-f", "json", "-q")
    here = firstline(*asked, "--workers", "1")
    there = firstline(*asked, "--scheduler", scheduler)
    assert there.code == 0
    assert there.json["results"] == here.json["results"]


@pytest.mark.long
def test_a_scheduler_without_workers_says_how_to_start_one(scheduler: str) -> None:
    with pytest.raises(ExperimentError, match="has no worker"), connected(scheduler):
        pass


def test_nobody_at_the_address_is_said_with_the_command_that_starts_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_ANSWERS_WITHIN_S", 1)
    asked = ("compare", shop(tmp_path), "-n", "1", "--no-charts", "--scheduler")
    done = firstline(*asked, "tcp://127.0.0.1:9")
    assert done.code == 1
    assert "No scheduler answers at tcp://127.0.0.1:9" in done.words
    assert "dask scheduler" in done.words


def test_a_worker_of_another_version_is_refused() -> None:
    other = {**cluster.versions(), "numpy": "1.0"}
    with pytest.raises(ExperimentError, match=r"has numpy 1\.0, and here it is"):
        cluster._refuse_other_versions("tcp://a:1", {"tcp://b:2": other})


def test_workers_of_this_machine_and_of_a_cluster_are_not_asked_for_together(
    tmp_path: Path,
) -> None:
    done = firstline("compare", shop(tmp_path), *QUICK, "--scheduler", "tcp://127.0.0.1:9")
    assert done.code == 2
    assert "give either --workers or --scheduler" in " ".join(done.words.split())
