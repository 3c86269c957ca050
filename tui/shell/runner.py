"""The runner: experiments in the background, reported as they come, stopped immediately.

A screen hands in a request and a listener. The listener is called from another thread with frozen
updates: after the first replication under every policy there is a first estimate, and each further
one narrows it. Who asks for it sees policies as they come, before there is one under every policy.
"""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Collection
from dataclasses import replace
from functools import partial

from results import Experiment, ExperimentError, Progress, compare, run
from results.experiments.replications import FLOOR, Engine
from results.experiments.starting import get_ready
from results.experiments.workers import ProcessPool, warm_pool
from results.measures.registry import KINDS, summarise
from results.measures.slice import CutKind
from results.runs.names import OF_CENTRES
from results.uncertain.centres import run_centres
from results.uncertain.spread import EACH
from tui.shell.requests import Job, Listener, Request, Update

LEAST_GAP_S = 0.1
"""Updates come no faster than a screen can show them."""
SHARE = 0.2
"""Of its time that a job compares at most: meanwhile the screen waits for it by turns."""


def begun_with(experiment: Experiment) -> Experiment | None:
    """The policies that have their first replication, the others left out.

    Args:
        experiment: without a replication that is finished under every policy.

    Returns:
        None where the baseline or every other policy has none yet.
    """
    there = tuple(policy for policy in experiment.policies if (policy, 0) in experiment.finished)
    if len(there) < 2 or there[0] != experiment.policies[0]:
        return None
    finished = {key: one for key, one in experiment.finished.items() if key[0] in there}
    return replace(experiment, policies=there, finished=finished)


class ProcessRunner:
    """Runs requests on worker processes that are kept warm between them."""

    def __init__(self, workers: int | None = None, engine: Engine = FLOOR) -> None:
        """Get the workers ready; to be made before a full-screen app takes the terminal.

        Args:
            workers: processes for each request; one for each core when None.
            engine: how a replication is simulated and measured.
        """
        get_ready()
        self._engine = engine
        self._shelf = _Shelf(workers or os.cpu_count() or 1)
        self._jobs: list[_ProcessJob] = []

    def submit(self, request: Request, listen: Listener) -> Job:
        """Begin a request in a thread of its own."""
        job = _ProcessJob(request, listen, self._engine, self._shelf)
        self._jobs = [one for one in self._jobs if one.thread.is_alive()]
        self._jobs.append(job)
        job.thread.start()
        return job

    def close(self) -> None:
        """Stop whatever runs, wait until it has ended, and let the workers go."""
        for job in self._jobs:
            job.stop()
        for job in self._jobs:
            job.thread.join(timeout=5.0)
        self._shelf.clear()


class _Shelf:
    """One warm pool that waits for the next request; another is made while it is in use."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._idle: ProcessPool | None = None

    def take(self) -> ProcessPool:
        with self._lock:
            pool, self._idle = self._idle, None
        return pool or warm_pool(self._workers)

    def give_back(self, pool: ProcessPool) -> None:
        with self._lock:
            spare, self._idle = self._idle, pool
        if spare is not None:
            spare.end()

    def clear(self) -> None:
        with self._lock:
            spare, self._idle = self._idle, None
        if spare is not None:
            spare.end()


class _ProcessJob:
    """One request in its thread."""

    def __init__(self, request: Request, listen: Listener, engine: Engine, shelf: _Shelf) -> None:
        self.thread = threading.Thread(target=self._run, name="experiment", daemon=True)
        self._request = request
        self._listen = listen
        self._engine = engine
        self._shelf = shelf
        self._stopped = threading.Event()
        self._pool: ProcessPool | None = None
        nothing = dict.fromkeys(request.policies, 0)
        self._last = Update("running", nothing, request.first_round)
        self._told_at, self._gap_s = float("-inf"), LEAST_GAP_S
        self._told_of: tuple[str, ...] = ()
        """Policies that were compared in the latest update."""

    def stop(self) -> None:
        """End it immediately."""
        self._stopped.set()
        if self._pool is not None:
            self._pool.end_work()

    def _run(self) -> None:
        self._listen(self._last)
        self._pool = self._shelf.take()
        if self._stopped.is_set():
            self._pool.end()
            self._listen(replace(self._last, state="stopped"))
            return
        try:
            experiment = self._experiment(self._pool)
            whole = self._seen(experiment)
            if experiment.complete and self._request.centres:
                whole = self._in_centres(experiment, whole, self._pool)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is shown a message
            self._pool.end()
            self._listen(self._stopped_by(error))
            return
        if experiment.complete and (whole.centres is None or whole.centres.complete):
            self._shelf.give_back(self._pool)
            self._listen(replace(whole, state="done", left_s=0.0))
        else:
            self._pool.end()
            self._listen(replace(whole, state="stopped", left_s=None))

    def _experiment(self, pool: ProcessPool) -> Experiment:
        asked = self._request
        return run(
            asked.scenario,
            policies=asked.policies,
            replications=None if asked.precision else asked.replications,
            precision=asked.precision,
            seed=asked.seed,
            workers=pool,
            progress=self._progressed,
            folder=asked.folder,
            known=asked.known,
            engine=self._measuring(asked.kinds),
        )

    def _in_centres(self, experiment: Experiment, before: Update, pool: ProcessPool) -> Update:
        """Go on with centres that fit the figures, the answer before them in sight."""
        asked = self._request
        self._last = replace(before, centres_planned=asked.centres, left_s=None)
        self._listen(self._last)
        found = run_centres(
            experiment.policy_set,
            asked.centres,
            policies=asked.policies,
            seed=asked.seed,
            workers=pool,
            progress=self._centre_progressed,
            folder=None if asked.folder is None else asked.folder / OF_CENTRES,
            engine=self._engine,
        )
        done = len(found.numbers)
        self._last = replace(self._last, centres=found, centres_done=done)
        return self._last

    def _centre_progressed(self, now: Progress) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt
        done = min(now.by_policy.values(), default=0) // EACH
        self._last = replace(self._last, centres_done=done, left_s=now.left_s)
        moment = time.monotonic()
        if moment - self._told_at >= LEAST_GAP_S:
            self._told_at = moment
            self._listen(self._last)

    def _measuring(self, kinds: Collection[CutKind]) -> Engine:
        if kinds == KINDS:
            return self._engine
        return replace(self._engine, summarise=partial(summarise, kinds=kinds))

    def _progressed(self, now: Progress) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt
        self._last = replace(
            self._last,
            done=dict(now.by_policy),
            planned=now.total // len(self._request.policies),
            left_s=now.left_s,
            experiment=self._so_far(now),
        )
        known = self._comparable(self._last)
        policies = known.policies if known is not None else ()
        begun = time.monotonic()
        # The first that is known of a policy is told whenever it comes: somebody waits for it.
        if policies == self._told_of and begun - self._told_at < self._gap_s:
            return
        told = self._compared(self._last, known)
        self._told_at, self._told_of = time.monotonic(), policies
        self._gap_s = max(LEAST_GAP_S, (self._told_at - begun) / SHARE)
        self._listen(told)

    def _so_far(self, now: Progress) -> Experiment:
        asked = self._request
        return Experiment(
            scenario=asked.scenario,
            policies=asked.policies,
            seed=asked.seed,
            planned=now.total // len(asked.policies),
            finished=dict(now.finished),
            complete=False,
            precision=asked.precision,
        )

    def _seen(self, experiment: Experiment) -> Update:
        done = {
            policy: sum(key[0] == policy for key in experiment.finished)
            for policy in experiment.policies
        }
        update = replace(self._last, done=done, planned=experiment.planned, experiment=experiment)
        return self._with_comparison(update)

    def _with_comparison(self, update: Update) -> Update:
        experiment = update.experiment
        there = experiment is not None and experiment.replications
        return self._compared(update, experiment if there else None)

    def _comparable(self, update: Update) -> Experiment | None:
        """What can be compared by now: every policy, or those that have come."""
        experiment = update.experiment
        if experiment is None or experiment.replications:
            return experiment
        return begun_with(experiment) if self._request.as_they_come else None

    def _compared(self, update: Update, experiment: Experiment | None) -> Update:
        if experiment is None:
            return replace(update, experiment=None, comparison=None)
        asked = self._request
        found = compare(experiment, asked.measures, details=asked.details)
        return replace(update, experiment=experiment, comparison=found)

    def _stopped_by(self, error: Exception) -> Update:
        last = replace(self._last, left_s=None)
        last = self._with_comparison(last)
        if self._stopped.is_set():
            return replace(last, state="stopped")
        if isinstance(error, ExperimentError):
            words = str(error)
        else:
            words = f"The run ended in an error: {type(error).__name__}: {error}."
        return replace(last, state="failed", words=words, detail=traceback.format_exc())
