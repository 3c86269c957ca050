"""Ctrl-C ends an experiment, wherever in the program it comes."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from results import run
from results.experiments.interrupts import heard
from results.experiments.workers import answers
from scenarios import load_text
from tests.support.busy_centre import BUSY
from tui.terminal.exits import ExitCode


def _forgotten_ctrl_c() -> None:
    """What DuckDB does to a Ctrl-C that comes while it writes."""
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pthread_sigmask(signal.SIG_BLOCK, set())  # it is delivered here at the latest
    except KeyboardInterrupt:
        pass


def test_a_ctrl_c_that_was_forgotten_ends_the_run_after_the_replication() -> None:
    experiment = run(
        load_text(BUSY), replications=5, workers=1, progress=lambda _: _forgotten_ctrl_c()
    )
    assert not experiment.complete
    assert 0 < len(experiment.finished) < 5


def test_ctrl_c_while_firstline_is_loaded_ends_without_a_traceback() -> None:
    loading = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tui.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "import firstline.__main__\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loading], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (ExitCode.INTERRUPTED, "Interrupted.\n")


def test_ctrl_c_waits_for_a_moment_that_leaves_the_workers_whole() -> None:
    with heard(at_once=False) as check:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pthread_sigmask(signal.SIG_BLOCK, set())
        with pytest.raises(KeyboardInterrupt):
            check()


def test_ctrl_c_while_others_are_at_work_ends_the_run_soon() -> None:
    at_work = threading.Event()

    def press() -> None:
        at_work.wait()
        os.kill(os.getpid(), signal.SIGINT)

    def slow(_: int) -> None:
        at_work.set()
        time.sleep(0.5)

    pressing = threading.Thread(target=press)
    pressing.start()
    with (
        ThreadPoolExecutor(1) as others,
        heard(at_once=False) as check,
        pytest.raises(KeyboardInterrupt),
    ):
        list(answers(slow, range(1000), others, check))
    pressing.join()


@pytest.mark.parametrize("at_once", [True, False])
def test_when_the_run_is_over_ctrl_c_is_as_it_was(at_once: bool) -> None:
    with heard(at_once=at_once):
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
