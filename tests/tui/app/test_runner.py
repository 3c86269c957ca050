"""The real runner: short experiments on real worker processes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from results import ExperimentError
from results.experiments.experiment import run
from results.experiments.precision import Precision
from results.experiments.replications import Engine
from results.experiments.workers import ProcessPool
from results.runs import store
from results.runs.finished_replications import KEPT
from scenarios.save import dump
from tests.support.known_answers import (
    BROKEN,
    CANNED,
    HELD,
    HELD_FROM,
    POLICIES,
    SCENARIO,
    SLOW,
    plain,
    waiting_for,
)
from tui.shell.requests import Job, Request, Update
from tui.shell.run_keeping import measured
from tui.shell.runner import ProcessRunner

PATIENCE_S = 300.0
"""So long takes only what hangs: nothing here waits for a time, and none is a claim."""


class Listening:
    """Takes in updates until the last one."""

    def __init__(self, then: Callable[[Update], None] = lambda _: None) -> None:
        self.then = then
        self.updates: list[Update] = []
        self.first = threading.Event()
        self.over = threading.Event()

    def __call__(self, update: Update) -> None:
        self.updates.append(update)
        self.then(update)
        if update.comparison is not None:
            self.first.set()
        if update.over:
            self.over.set()

    @property
    def last(self) -> Update:
        assert self.over.wait(PATIENCE_S), "the job never ended"
        return self.updates[-1]


def asked(
    engine: Engine, request: Request, then: Callable[[Update], None] = lambda _: None
) -> tuple[Update, Listening]:
    runner, listening = ProcessRunner(2, engine), Listening(then)
    try:
        runner.submit(request, listening)
        return listening.last, listening
    finally:
        runner.close()


REQUEST = Request(SCENARIO, POLICIES, replications=4)


@pytest.fixture(autouse=True)
def _every_update_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """However soon after the one before: which of them are left out depends on the machine."""
    monkeypatch.setattr("tui.shell.runner.LEAST_GAP_S", 0.0)


@pytest.fixture
def held_job() -> Iterator[tuple[ProcessRunner, Job, Listening]]:
    """A job with two workers in the middle of replications that end only when they are stopped."""
    runner, listening = ProcessRunner(2, HELD), Listening()
    job = runner.submit(replace(REQUEST, replications=1_000), listening)
    assert listening.first.wait(PATIENCE_S)
    yield runner, job, listening
    runner.close()


def test_a_job_ends_with_the_same_answer_as_the_command_line() -> None:
    last, _ = asked(CANNED, REQUEST)
    assert last.state == "done"
    assert last.done == {"today": 4, "quick": 4, "same": 4}
    assert last.experiment is not None
    assert plain(last.experiment) == plain(run(SCENARIO, replications=4, engine=CANNED, workers=1))
    assert last.comparison is not None
    assert last.comparison.replications == 4


@pytest.mark.parametrize("engine", [SLOW, CANNED], ids=["slow", "quick"])
def test_the_first_estimate_comes_after_the_first_replication_of_each_policy(
    engine: Engine,
) -> None:
    _, listening = asked(engine, REQUEST)
    first = next(update for update in listening.updates if update.comparison)
    assert first.comparison is not None
    assert first.comparison.replications == 1
    assert first.state == "running"
    assert first.planned == 4


def test_policies_are_compared_as_they_come_before_the_last_has_a_replication(
    tmp_path: Path,
) -> None:
    gate = tmp_path / "open"

    def opens(update: Update) -> None:
        if update.comparison is not None:
            gate.touch()

    last, listening = asked(waiting_for(gate), replace(REQUEST, as_they_come=True), opens)
    compared = [one.comparison for one in listening.updates if one.comparison is not None]
    assert compared[0].policies == ("today", "quick"), "the third waits until these were told"
    assert compared[0].replications == 1
    assert compared[-1].policies == POLICIES
    assert last.state == "done"
    assert last.experiment is not None
    assert plain(last.experiment) == plain(run(SCENARIO, replications=4, engine=CANNED, workers=1))


def test_only_the_measures_that_were_asked_for_are_compared() -> None:
    last, _ = asked(CANNED, replace(REQUEST, measures=("asa",)))
    assert last.comparison is not None
    assert last.comparison.measures == ("asa",)


def test_known_replications_are_not_run_again() -> None:
    before = run(SCENARIO, replications=4, engine=CANNED, workers=1)
    last, listening = asked(SLOW, replace(REQUEST, known=before.finished))
    assert last.state == "done"
    assert last.left_s == 0.0
    assert last.experiment is not None
    assert plain(last.experiment) == plain(before)
    assert all(update.left_s in (None, 0.0) for update in listening.updates), "nothing was timed"


def test_a_precision_adds_replications_until_it_is_reached() -> None:
    precision = Precision({"asa": 4.0}, at_least=3, at_most=60)
    last, _ = asked(CANNED, replace(REQUEST, precision=precision))
    assert last.state == "done"
    assert 3 < last.planned < 60, "customers differ by ±10 s: three are too few for ±4 s"


def test_a_job_is_stopped_in_the_middle_of_a_replication(
    held_job: tuple[ProcessRunner, Job, Listening],
) -> None:
    _, job, listening = held_job
    job.stop()
    last = listening.last
    assert last.state == "stopped"
    assert last.comparison is not None, "what is finished stays"
    assert 1 <= last.comparison.replications <= HELD_FROM


def test_a_job_that_is_stopped_before_its_workers_are_there_runs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner, listening = ProcessRunner(1, CANNED), Listening()
    asked_for, stopped, take = threading.Event(), threading.Event(), runner._shelf.take

    def late() -> ProcessPool:
        asked_for.set()
        stopped.wait(PATIENCE_S)
        return take()

    monkeypatch.setattr(runner._shelf, "take", late)
    job = runner.submit(REQUEST, listening)
    asked_for.wait(PATIENCE_S)
    job.stop()
    stopped.set()
    assert listening.last.state == "stopped"
    assert listening.last.experiment is None
    runner.close()


def test_after_a_stop_the_next_job_runs_to_its_end(
    held_job: tuple[ProcessRunner, Job, Listening],
) -> None:
    runner, job, listening = held_job
    job.stop()
    again = Listening()
    runner.submit(replace(REQUEST, replications=HELD_FROM), again)
    assert again.last.state == "done"
    assert listening.last.state == "stopped"


def test_closing_the_runner_stops_what_runs(
    held_job: tuple[ProcessRunner, Job, Listening],
) -> None:
    runner, _, listening = held_job
    runner.close()
    assert listening.last.state == "stopped"


def test_a_replication_that_fails_is_told_in_words_with_the_detail_beside() -> None:
    last, _ = asked(BROKEN, REQUEST)
    assert last.state == "failed"
    assert "Policy 'quick' failed in replication 2 (seed 1)" in last.words
    assert "Traceback" not in last.words
    assert "ReplicationError" in last.detail


def test_what_is_finished_is_kept_in_the_run_folder_as_it_comes(tmp_path: Path) -> None:
    folder = store.begin(tmp_path, "canned", SCENARIO, dump(SCENARIO), 1)
    last, _ = asked(CANNED, replace(REQUEST, folder=folder))
    assert last.state == "done"
    assert len(list((folder / KEPT).glob("*/*.summary"))) >= 12


def test_what_is_measured_of_some_cuts_is_measured_of_the_others_when_it_is_kept() -> None:
    few = replace(REQUEST, replications=2, kinds=("all", "channel"))
    runner, listening = ProcessRunner(2), Listening()
    try:
        runner.submit(few, listening)
        shown = listening.last.experiment
        assert shown is not None
        again = measured(runner, shown)
    finally:
        runner.close()
    assert {kind for one in shown.finished.values() for kind, _ in one.values} == {"all", "channel"}
    assert plain(again) == plain(run(SCENARIO, replications=2, workers=1))
    for key, summary in shown.finished.items():
        assert repr(summary.values["all", ""]) == repr(again.finished[key].values["all", ""])


def test_a_run_that_cannot_be_measured_again_is_not_kept() -> None:
    broken = ProcessRunner(1, BROKEN)
    try:
        with pytest.raises(ExperimentError):
            measured(broken, run(SCENARIO, replications=5, engine=CANNED, workers=1))
    finally:
        broken.close()
