"""Whatever ends a run, nothing of it stays behind, and what was finished can be resumed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from results.runs.finished_replications import KEPT
from tests.support.command_line import firstline, shop
from tests.support.process_trees import WATCHED, assert_all_end, descendants, wait_until_there_are

pytestmark = WATCHED

COMMAND = Path(sys.executable).with_name("firstline")
PATIENCE_S = 240.0
"""A shared machine may be slow; what never comes is told apart from it by waiting long."""
ASKED = ("compare", "shop.toml", "--no-charts", "-f", "json", "--measures", "asa")
WORKERS = 3
ENDS = [
    pytest.param(signal.SIGTERM, marks=pytest.mark.long),
    pytest.param(signal.SIGHUP, marks=pytest.mark.long),
    signal.SIGKILL,
]
"""The last one asks nobody; it is the one that nothing can be prepared for."""


@contextmanager
def running(*command: str | Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a group of its own, with both its pipes in our hands."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def compare(folder: Path) -> tuple[str | Path, ...]:
    shop(folder)
    return (COMMAND, *ASKED, "-n", "5000", "--workers", str(WORKERS))


def wait_for(pattern: str, folder: Path, started: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not list(folder.glob(pattern)):
        assert started.poll() is None, started.communicate()
        assert time.monotonic() < deadline, f"no {pattern} after {PATIENCE_S} s"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("number", "whole_group"),
    [
        (signal.SIGTERM, False),
        pytest.param(signal.SIGTERM, True, marks=pytest.mark.long),
        pytest.param(signal.SIGHUP, False, marks=pytest.mark.long),
        (signal.SIGHUP, True),
        pytest.param(signal.SIGINT, True, marks=pytest.mark.long),
    ],
)
def test_a_run_that_is_asked_to_end_ends_tidily_and_says_how_to_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, whole_group: bool
) -> None:
    with running(*compare(tmp_path), folder=tmp_path) as started:
        wait_for(f"runs/*/{KEPT}/empowered/5.summary", tmp_path, started)
        family = descendants(started.pid)
        assert len(family) > WORKERS, "the workers and their helper"
        (os.killpg if whole_group else os.kill)(started.pid, number)
        # Both pipes are read to their end, which comes when nobody holds them any more.
        data, words = started.communicate(timeout=PATIENCE_S)
        assert_all_end(family)
    assert started.returncode == 130
    found, said = json.loads(data), words.decode()
    assert not found["complete"]
    assert 3 <= found["replications"] < 5000
    assert re.match(r"Interrupted: of 5000 planned replications \d+ of Ask, ", said)
    assert f"--resume {found['folder']}" in said

    monkeypatch.chdir(tmp_path)
    resumed = firstline(*ASKED, "-n", "6", "--workers", "1", "--resume", found["folder"])
    assert resumed.code == 0, resumed.words
    assert resumed.json["replications"] == 6


def test_a_run_that_is_killed_leaves_nobody_behind_and_is_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(*compare(tmp_path), folder=tmp_path) as started:
        wait_for(f"runs/*/{KEPT}/empowered/5.summary", tmp_path, started)
        family = descendants(started.pid)
        assert len(family) > WORKERS
        started.kill()
        started.wait()
        assert_all_end(family, started.stdout)
    monkeypatch.chdir(tmp_path)
    (folder,) = Path("runs").iterdir()
    resumed = firstline(*ASKED, "-n", "6", "--workers", "1", "--resume", folder)
    fresh = firstline(*ASKED, "-n", "6", "--workers", "1", "--no-save")
    assert resumed.json["results"] == fresh.json["results"]


@pytest.mark.parametrize("number", ENDS)
def test_workers_that_have_only_just_begun_end_as_well(tmp_path: Path, number: int) -> None:
    with running(*compare(tmp_path), folder=tmp_path) as started:
        wait_until_there_are(WORKERS + 1, started, PATIENCE_S)
        family = descendants(started.pid)
        started.send_signal(number)
        started.wait(PATIENCE_S)
        assert_all_end(family, started.stdout)
    assert started.returncode == (-number if number == signal.SIGKILL else 130)


SCRIPT = """
from tests.support.known_answers import SCENARIO, SLOW
from results.experiments.experiment import run
tell = lambda now: print(now.done, flush=True)
print(run(SCENARIO, replications=500, workers=2, engine=SLOW, progress=tell).state)
"""
"""A user's own script: what ends it is the user's affair, and ends it immediately."""

IN_THE_APP = """
import threading
from tests.support.known_answers import POLICIES, SCENARIO, SLOW
from tui.shell.requests import Request
from tui.shell.runner import ProcessRunner
runner = ProcessRunner(2, SLOW)
tell = lambda update: print(update.comparable, flush=True)
runner.submit(Request(SCENARIO, POLICIES, replications=500), tell)
threading.Event().wait()
"""
"""What the app does: warm workers, forked by a helper."""


@pytest.mark.parametrize("script", [SCRIPT, IN_THE_APP], ids=["a script", "the app's runner"])
@pytest.mark.parametrize("number", ENDS)
def test_workers_end_with_the_program_that_asked_for_them(
    tmp_path: Path, script: str, number: int
) -> None:
    file = tmp_path / "script.py"
    file.write_text(script)
    with running(sys.executable, file, folder=tmp_path) as started:
        assert started.stdout is not None
        while started.stdout.readline() not in (b"1\n", b""):
            pass
        family = descendants(started.pid)
        assert len(family) >= 3, "two workers and a helper"
        started.send_signal(number)
        started.wait(PATIENCE_S)
        assert_all_end(family, started.stdout)
    assert started.returncode == -number


@pytest.mark.long
def test_a_run_that_was_told_to_outlive_its_terminal_does(tmp_path: Path) -> None:
    with running("nohup", *compare(tmp_path), folder=tmp_path) as started:
        wait_for(f"runs/*/{KEPT}/empowered/0.summary", tmp_path, started)
        os.killpg(started.pid, signal.SIGHUP)
        wait_for(f"runs/*/{KEPT}/empowered/9.summary", tmp_path, started)
        started.terminate()
        assert started.wait(PATIENCE_S) == 130
