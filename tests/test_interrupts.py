"""Ctrl-C ends an experiment, wherever in the program it comes."""

import os
import signal

from results import run
from results.experiments.interrupts import heard
from scenarios import load_text
from tests.busy_centre import BUSY


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


def test_when_the_run_is_over_ctrl_c_is_as_it_was() -> None:
    with heard():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
