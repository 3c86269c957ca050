import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from results.comparison.estimate import across, adjusted, estimate
from results.errors import ExperimentError, ReplicationError
from results.experiments.experiment import run
from results.experiments.precision import Precision
from results.experiments.progress import Progress, Watch
from results.experiments.replications import Engine
from results.experiments.workers import AHEAD, AHEAD_ELSEWHERE, ProcessPool, answers
from results.measures.summary import Summary
from results.runs.tables import Key
from scenarios import Scenario
from scenarios.parts.relevance import Relevance
from sim.trace.trace import Trace
from tests.support.known_answers import (
    BROKEN,
    CANNED,
    DEADLY,
    POLICIES,
    SCENARIO,
    canned_trace,
    counting_engine,
    plain,
)


def interrupt_after(count: int) -> Callable[[Progress], None]:
    """Press Ctrl-C when so many replications are finished."""

    def progress(now: Progress) -> None:
        if now.done == count:
            raise KeyboardInterrupt

    return progress


def test_one_worker_and_two_workers_find_the_same_bits() -> None:
    alone = run(SCENARIO, replications=4, workers=1, engine=CANNED)
    shared = run(SCENARIO, replications=4, workers=2, engine=CANNED)
    assert plain(alone) == plain(shared)
    assert alone.complete
    assert shared.complete


def test_another_seed_brings_other_customers() -> None:
    first = run(SCENARIO, replications=1, workers=1, seed=1, engine=CANNED)
    other = run(SCENARIO, replications=1, workers=1, seed=2, engine=CANNED)
    assert plain(first) != plain(other)


def test_every_policy_meets_the_same_customers_in_the_same_replication() -> None:
    experiment = run(SCENARIO, replications=3, workers=1, engine=CANNED)
    today, same = (across(experiment.summaries[name], "asa") for name in ("today", "same"))
    assert today.tolist() == same.tolist()


def test_ten_replications_are_run_unless_told_otherwise() -> None:
    experiment = run(SCENARIO, workers=1, engine=CANNED)
    assert experiment.replications == tuple(range(10))


def test_the_baseline_comes_first_however_the_policies_are_named() -> None:
    experiment = run(
        SCENARIO, policies=["quick", "today"], replications=1, workers=1, engine=CANNED
    )
    assert experiment.policies == ("today", "quick")


def test_without_the_baseline_the_first_named_policy_takes_its_place() -> None:
    named = ["same", "quick", "same"]
    experiment = run(SCENARIO, policies=named, replications=1, workers=1, engine=CANNED)
    assert experiment.policies == ("same", "quick")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"policies": ["quik"]}, "no policy 'quik'. Did you mean 'quick'?"),
        ({"policies": []}, "No policy is named. Known are: today, quick, same."),
        ({"replications": 0}, "0 replications cannot be run"),
        ({"replications": 5, "precision": Precision()}, "not both"),
        ({"workers": 0}, "0 workers cannot run anything"),
        ({"keep_traces": True}, "Traces are kept in a folder"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(asked: dict[str, object], words: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        run(SCENARIO, engine=CANNED, **asked)  # type: ignore[arg-type]
    assert words in str(refused.value)


def test_workers_that_are_handed_in_are_used_and_left_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        experiment = run(SCENARIO, replications=3, workers=executor, engine=CANNED)
        assert executor.submit(int, "7").result() == 7
    assert plain(experiment) == plain(run(SCENARIO, replications=3, workers=1, engine=CANNED))


class _Counting(Executor):
    """Does everything immediately and by itself, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        future: Future[Any] = Future()
        future.set_result(work(*args, **named))
        return future


class _Elsewhere(_Counting):
    """Does everything immediately on what comes out of a pickle, as another process would."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        work, args = pickle.loads(pickle.dumps((work, args)))
        return super().submit(work, *args, **named)


_SIMULATED: list[Scenario] = []


def _noting_trace(scenario: Scenario, seed: int, replication: int) -> Trace:
    _SIMULATED.append(scenario)
    return canned_trace(scenario, seed, replication)


def test_a_worker_has_one_scenario_for_all_replications_of_a_policy() -> None:
    _SIMULATED.clear()
    engine = Engine(_noting_trace, CANNED.summarise)
    run(SCENARIO, replications=3, workers=_Elsewhere(), engine=engine)
    assert len(_SIMULATED) == 3 * len(POLICIES)
    assert len({id(scenario) for scenario in _SIMULATED}) == len(POLICIES)


def test_a_million_replications_begin_as_soon_as_one() -> None:
    executor, began = _Counting(), time.monotonic()
    asked_by_then: list[int] = []

    def first(now: Progress) -> None:
        asked_by_then.append(executor.asked)
        assert now.total == 3_000_000
        raise KeyboardInterrupt

    experiment = run(
        SCENARIO, replications=1_000_000, workers=executor, engine=CANNED, progress=first
    )
    assert not experiment.complete
    assert asked_by_then == [AHEAD_ELSEWHERE]
    # Three million tasks made in advance take more than ten seconds, these one.
    assert time.monotonic() - began < 10.0


def test_a_pool_is_handed_a_few_tasks_for_each_of_its_processes() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with ProcessPool(2) as pool:
        coming = answers(abs, numbers(), pool)
        next(coming)
        assert len(made) == 2 * AHEAD
        assert 1 + len(list(coming)) == 100


def test_an_interrupt_keeps_what_is_finished_and_says_what_is_missing() -> None:
    experiment = run(
        SCENARIO, replications=5, workers=1, engine=CANNED, progress=interrupt_after(7)
    )
    assert not experiment.complete
    assert len(experiment.finished) == 7
    assert experiment.replications == (0, 1), "the third is finished under one policy only"
    assert all(len(found) == 2 for found in experiment.summaries.values())
    assert ("today", 2) not in experiment.missing
    assert experiment.missing[:2] == (("quick", 2), ("same", 2))
    assert experiment.state == (
        "Interrupted: of 5 planned replications 3 of Today, 2 of Quick, 2 of Same are "
        "finished; "
        "2 are finished under every policy and count in the comparison."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to send to a process group")
def test_ctrl_c_in_a_terminal_ends_a_script_without_noise(tmp_path: Path) -> None:
    # A script as users write them, without a guard: the workers must not run it again.
    script = tmp_path / "script.py"
    script.write_text(
        "from tests.support.known_answers import SCENARIO, SLOW\n"
        "from results.experiments.experiment import run\n"
        "tell = lambda now: print(now.done, flush=True)\n"
        "print(run(SCENARIO, replications=500, workers=2, engine=SLOW, progress=tell).state)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    ) as started:
        assert started.stdout is not None
        try:
            first = started.stdout.readline()
            os.killpg(started.pid, signal.SIGINT)
            output, noise = started.communicate(timeout=60)
        finally:
            started.kill()
    assert noise == ""
    assert first == "1\n"
    assert output.splitlines()[-1].startswith("Interrupted: of 500 planned replications")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_replication_is_named_with_its_policy_and_seed(workers: int) -> None:
    with pytest.raises(ReplicationError) as failed:
        run(SCENARIO, replications=4, seed=5, workers=workers, engine=BROKEN)
    assert str(failed.value).startswith(
        "Policy 'quick' failed in replication 2 (seed 5): ZeroDivisionError: nobody on duty."
    )


def test_a_worker_that_is_killed_is_reported_in_words() -> None:
    with pytest.raises(ExperimentError, match="fewer workers"):
        run(SCENARIO, replications=1, workers=2, engine=DEADLY)


def test_a_killed_run_resumes_without_doing_anything_twice(tmp_path: Path) -> None:
    engine, asked = counting_engine()
    whole = run(SCENARIO, replications=4, workers=1, engine=engine)
    everything = list(asked)
    asked.clear()
    run(
        SCENARIO,
        replications=4,
        workers=1,
        engine=engine,
        folder=tmp_path,
        progress=interrupt_after(5),
    )
    assert asked == everything[:5]
    resumed = run(SCENARIO, replications=4, workers=1, engine=engine, folder=tmp_path)
    assert asked == everything
    assert resumed.complete
    assert plain(resumed) == plain(whole)


def test_a_finished_replication_is_kept_even_when_a_later_one_fails(tmp_path: Path) -> None:
    with pytest.raises(ReplicationError):
        run(SCENARIO, replications=3, workers=1, engine=BROKEN, folder=tmp_path)
    engine, asked = counting_engine()
    run(SCENARIO, replications=3, workers=1, engine=engine, folder=tmp_path)
    assert asked == [(60.0, 2), (0.0, 2)], "all before the failing one were there"


def test_more_replications_can_be_added_to_those_that_are_kept(tmp_path: Path) -> None:
    engine, asked = counting_engine()
    run(SCENARIO, replications=2, workers=1, engine=engine, folder=tmp_path)
    run(SCENARIO, replications=3, workers=1, engine=engine, folder=tmp_path)
    assert len(asked) == 9


def test_asking_for_traces_runs_again_what_was_kept_without_them(tmp_path: Path) -> None:
    engine, asked = counting_engine()
    run(SCENARIO, replications=1, workers=1, engine=engine, folder=tmp_path)
    for _ in range(2):
        run(
            SCENARIO,
            replications=1,
            workers=1,
            engine=engine,
            folder=tmp_path,
            keep_traces=True,
        )
    assert len(asked) == 6, "once without traces, once with them, then they were there"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seed": 2}, "seed 1 instead of 2"),
        ({"scenario": SCENARIO.model_copy(update={"title": "Other"})}, "another scenario"),
    ],
)
def test_replications_of_another_experiment_are_not_mixed_in(
    tmp_path: Path, changed: dict[str, object], words: str
) -> None:
    run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=tmp_path)
    asked = {"scenario": SCENARIO, "workers": 1, "engine": CANNED, "folder": tmp_path, **changed}
    with pytest.raises(ExperimentError, match=words):
        run(**asked)  # type: ignore[arg-type]


def test_replications_of_another_version_are_not_mixed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=tmp_path)
    monkeypatch.setattr(
        "results.runs.origin.version",
        lambda name: version(name) if name == "firstline" else f"{name} 99",
    )
    with pytest.raises(ExperimentError, match="instead of numpy 99"):
        run(SCENARIO, replications=1, workers=1, engine=CANNED, folder=tmp_path)


def test_precision_stops_when_every_policy_is_known_closely_enough() -> None:
    wanted = Precision({"asa": 4.0})
    experiment = run(SCENARIO, precision=wanted, workers=1, engine=CANNED)
    found = {name: estimate(across(ran, "asa")) for name, ran in experiment.summaries.items()}
    assert all(one.half_width <= 4.0 for one in found.values())
    assert 10 < experiment.planned < 200, "ten were too few, and it did not run to the end"
    assert experiment.complete
    assert not wanted.unmet(experiment.summaries)


def test_precision_of_a_difference_stops_when_the_differences_are_known_closely_enough() -> None:
    wanted = Precision({}, {"asa": 4.0})
    experiment = run(SCENARIO, precision=wanted, workers=1, engine=CANNED)
    base = across(experiment.summaries[POLICIES[0]], "asa")
    level = adjusted(0.95, len(POLICIES) - 1)
    moved = [estimate(across(experiment.summaries[name], "asa") - base, level) for name in POLICIES]
    assert all(one.half_width <= 4.0 for one in moved)
    assert 10 < experiment.planned < 200, "ten were too few, and it did not run to the end"


def test_precision_of_a_difference_without_a_number_is_what_matters_in_the_scenario() -> None:
    closer = SCENARIO.model_copy(update={"relevance": Relevance(wait_s=2.0, wait_of_baseline=0.0)})
    wanted = Precision({}, {"asa": None}, at_most=1000)
    experiment = run(closer, precision=wanted, workers=1, engine=CANNED)
    by_number = run(
        SCENARIO, precision=Precision({}, {"asa": 2.0}, at_most=1000), workers=1, engine=CANNED
    )
    assert experiment.planned == by_number.planned > 10
    assert not experiment.precision.unmet(experiment.summaries)


def test_precision_of_a_difference_of_one_policy_alone_is_refused() -> None:
    with pytest.raises(ExperimentError, match="differs from nothing"):
        run(SCENARIO, policies=["today"], precision=Precision({}, {"asa": 4.0}), engine=CANNED)


def test_precision_decides_the_same_for_any_number_of_workers() -> None:
    wanted = Precision({"asa": 5.0})
    alone = run(SCENARIO, precision=wanted, workers=1, engine=CANNED)
    shared = run(SCENARIO, precision=wanted, workers=2, engine=CANNED)
    assert plain(alone) == plain(shared)


def test_precision_gives_up_at_the_most_replications_and_says_what_is_not_met() -> None:
    wanted = Precision({"asa": 0.001, "fcr_complaints": 0.5}, at_least=3, at_most=7)
    experiment = run(SCENARIO, precision=wanted, workers=1, engine=CANNED)
    assert experiment.planned == 7
    unmet = {(margin.policy, margin.measure) for margin in wanted.unmet(experiment.summaries)}
    assert unmet == {(name, "asa") for name in POLICIES}


def test_precision_does_not_wait_for_a_measure_that_nothing_defines() -> None:
    wanted = Precision({"approval_wait": 1.0}, at_least=3)
    assert run(SCENARIO, precision=wanted, workers=1, engine=CANNED).planned == 3


def test_a_round_never_more_than_doubles_the_replications() -> None:
    experiment = run(SCENARIO, replications=5, workers=1, engine=CANNED)
    assert Precision({"asa": 0.01}, at_least=5).more(experiment.summaries) == 5


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: Precision({"asaa": 1.0}), "no measure 'asaa'. Did you mean 'asa'?"),
        (lambda: Precision({"asa": 0.0}), "must be above 0, in the unit of the measure (s)"),
        (lambda: Precision({}), "names no measure"),
        (lambda: Precision(at_least=1), "at least 2"),
        (lambda: Precision(at_most=5), "at_most must not be below at_least"),
    ],
)
def test_a_precision_that_cannot_be_reached_is_refused(
    made: Callable[[], Precision], words: str
) -> None:
    with pytest.raises(ExperimentError) as refused:
        made()
    assert words in str(refused.value)


def test_progress_counts_every_replication_under_its_policy() -> None:
    seen: list[Progress] = []
    run(SCENARIO, replications=2, workers=1, engine=CANNED, progress=seen.append)
    assert [now.done for now in seen] == [1, 2, 3, 4, 5, 6]
    assert {now.total for now in seen} == {6}
    assert seen[3].by_policy == {"today": 2, "quick": 1, "same": 1}
    assert seen[-1].left_s == 0.0


def test_progress_hands_out_what_was_found_so_far() -> None:
    seen: list[dict[Key, Summary]] = []
    whole = run(
        SCENARIO,
        replications=2,
        workers=1,
        engine=CANNED,
        progress=lambda now: seen.append(dict(now.finished)),
    )
    assert [len(finished) for finished in seen] == [1, 2, 3, 4, 5, 6]
    assert seen[2]["same", 0] is whole.finished["same", 0]


def test_replications_known_from_before_are_not_run_again_and_count_among_the_others() -> None:
    before = run(SCENARIO, replications=3, workers=1, engine=CANNED)
    engine, asked = counting_engine()
    known = {key: found for key, found in before.finished.items() if key[0] == "today"}
    again = run(SCENARIO, replications=3, workers=1, engine=engine, known=known)
    assert len(asked) == 6, "quick and same alone"
    assert plain(again) == plain(before)


def test_the_time_left_follows_the_pace_of_what_was_simulated() -> None:
    seen: list[Progress] = []
    ticks = iter([0.0, 1.0, 10.0, 20.0])
    watch = Watch(seen.append, ("today",), clock=lambda: next(ticks))
    watch.count("today", 10, simulated=False)
    watch.count("today", 10)
    watch.count("today", 10)
    assert seen[0].left_s is None, "what was read back says nothing about the pace"
    assert seen[1].left_s == 80.0, "10 s for one, 8 to go"
    assert seen[2].left_s == 70.0, "20 s for two, 7 to go"


def test_importing_results_loads_nothing_that_only_some_answers_need() -> None:
    script = (
        "import sys, results; print(*{'duckdb', 'matplotlib', 'scipy.stats'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
