"""Experiments: policies times replications, with the same customers under every policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from results.errors import ExperimentError, unknown
from results.experiments.interrupts import heard
from results.experiments.precision import Precision
from results.experiments.progress import Progress, Watch
from results.experiments.replications import FLOOR, Engine, Replications, keys
from results.experiments.workers import opened
from results.facts.tier_one import BeyondTierOne
from results.measures.registry import definitions
from results.measures.summary import Key, Summary
from results.reading.names import titles_of
from results.runs.finished_replications import ReplicationStore
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet

DEFAULT_REPLICATIONS = 10


@dataclass(frozen=True)
class Experiment:
    """A scenario's policies, each run over the same replications."""

    scenario: Scenario
    policies: tuple[str, ...]
    """The baseline first: the others are compared with it."""
    seed: int
    planned: int
    """Replications asked for under each policy, where decided."""
    finished: Mapping[Key, Summary]
    """What every finished replication found."""
    complete: bool
    """False when the experiment was interrupted."""
    precision: Precision | None = None
    definitions: Mapping[str, int] = field(default_factory=definitions)
    """The version of the definition of each measure; those of a past run may be earlier ones."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What was said of the policies when it was run, where measures meant something else then."""
    damaged: tuple[str, ...] = ()
    """What was stored of replications and could not be read, in sentences."""
    checked: PolicySet | None = field(default=None, repr=False, compare=False)
    """The policies of the scenario where they were checked before."""

    @cached_property
    def policy_set(self) -> PolicySet:
        """The policies of the scenario, checked once for all who need them.

        Raises:
            ScenarioError: one of them does not work.
        """
        return self.checked or PolicySet.of(self.scenario)

    @property
    def under(self) -> Mapping[str, Scenario]:
        """The scenario under each of its policies, those that were not run as well."""
        return self.policy_set.under

    @property
    def replications(self) -> tuple[int, ...]:
        """Numbers of the replications that are finished under every policy, the comparable ones."""
        return tuple(
            number
            for number in range(self.planned)
            if all((policy, number) in self.finished for policy in self.policies)
        )

    @property
    def summaries(self) -> dict[str, tuple[Summary, ...]]:
        """By policy, one summary for each of ``replications``, in that order."""
        numbers = self.replications
        return {
            policy: tuple(self.finished[policy, number] for number in numbers)
            for policy in self.policies
        }

    @property
    def missing(self) -> tuple[Key, ...]:
        """Policies and replications that were planned and are not finished."""
        return tuple(key for key in keys(self.policies, self.planned) if key not in self.finished)

    @property
    def state(self) -> str:
        """One sentence: what is there, what is missing, and what counts."""
        full, planned = len(self.replications), self.planned
        if self.complete:
            return f"All {planned} replications of {len(self.policies)} policies are finished."
        done = Counter(policy for policy, _ in self.finished)
        titles = titles_of(self.scenario, self.policies)
        counts = ", ".join(f"{done[policy]} of {title}" for policy, title in titles.items())
        return (
            f"Interrupted: of {planned} planned replications {counts} are finished; "
            f"{full} are finished under every policy and count in the comparison."
        )


def run(  # noqa: PLR0913 - each argument is a question of its own, and all but one have an answer
    scenario: Scenario | PolicySet,
    *,
    policies: Sequence[str] | None = None,
    replications: int | None = None,
    precision: Precision | None = None,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    folder: Path | None = None,
    keep_traces: bool = False,
    known: Mapping[Key, Summary] | None = None,
    engine: Engine | Mapping[str, Engine] = FLOOR,
    beyond: BeyondTierOne | None = None,
    drawn: Callable[[str, int], Scenario] | None = None,
) -> Experiment:
    """Run the policies of a scenario over replications; the same seed gives the same bits.

    Ctrl-C (or a KeyboardInterrupt from ``progress``) ends the run and keeps what is finished.

    Args:
        scenario: the centre with its policies; as a set where they are checked already.
        policies: those to run; all when None. The baseline comes first if it is among them,
            otherwise the first one named takes its place.
        replications: under each policy; 10 when neither this nor a precision is given.
        precision: run until the named means and differences are known closely enough.
        seed: of all random draws.
        workers: number of processes, 1 stays in this one, None takes every core; or an executor
            that hands replications out by itself, that of a cluster for example.
        progress: called after each finished replication, with what was found so far.
        folder: where finished replications are kept as they come; those already there, of the
            same scenario, seed and versions, are not run again.
        keep_traces: keep the traces in the folder as well, as Parquet.
        known: replications finished before, of the same policies and seed; they are not run again
            and count among the others.
        engine: how a replication is simulated and measured, or how under each policy.
        beyond: what tier 1 can never resolve, where more is compared than the policies of the
            scenario; None is what they have in common.
        drawn: the scenario of a policy in a replication, where replications differ in their
            figures; None is the policy's scenario in all of them.

    Raises:
        ExperimentError: what was asked cannot be run, or the folder belongs to another experiment.
        ReplicationError: a replication ended in an error; those finished stay in the folder.
    """
    planned = _first_round(replications, precision)
    checked = PolicySet.of(scenario)
    scenario, chosen = checked.scenario, chosen_policies(checked, policies)
    if precision is not None:
        precision = replace(precision, matters=scenario.relevance)
    _refuse(precision, len(chosen), workers, traces_without_folder=keep_traces and folder is None)
    store = None if folder is None else ReplicationStore(folder, scenario, seed, traces=keep_traces)
    complete = False
    with heard(at_once=workers == 1) as check:
        watch = Watch(progress, tuple(chosen))
        shared = beyond or BeyondTierOne.of(checked.under.values())
        engines = dict.fromkeys(chosen, engine) if isinstance(engine, Engine) else engine
        going = Replications(
            chosen, shared, seed, engines, store, watch, check, known or {}, drawn=drawn
        )
        try:
            with opened(workers) as executor:
                going.finish(planned, executor)
                while precision and (more := precision.more(going.whole_rounds(planned))):
                    planned += more
                    going.finish(planned, executor)
            complete = True
        except KeyboardInterrupt:
            pass  # What is finished is the answer; it says that the rest is missing.
        except BrokenExecutor as error:
            raise ExperimentError(_BROKEN) from error
    finished = {key: going.finished[key] for key in keys(chosen, planned) if key in going.finished}
    return Experiment(
        scenario,
        tuple(chosen),
        seed,
        planned,
        finished,
        complete,
        precision,
        damaged=() if store is None else store.damaged,
        checked=checked,
    )


NO_DIFFERENCE = (
    "Precision of a difference: only one policy is run, and it differs from nothing. "
    "Ask for the margin of a mean, asa=5 for example, or compare policies."
)

_BROKEN = (
    "A worker process ended unexpectedly; usually the memory was full. "
    "Run it again with fewer workers."
)


def _refuse(
    precision: Precision | None,
    policies: int,
    workers: int | Executor | None,
    *,
    traces_without_folder: bool,
) -> None:
    """Refuse what cannot be run.

    Raises:
        ExperimentError: says why, and what to give instead.
    """
    if precision is not None and precision.differences and policies < 2:
        raise ExperimentError(NO_DIFFERENCE)
    if isinstance(workers, int) and workers < 1:
        raise ExperimentError(f"{workers} workers cannot run anything: give 1 or more.")
    if traces_without_folder:
        raise ExperimentError("Traces are kept in a folder: say which, or keep no traces.")


def _first_round(replications: int | None, precision: Precision | None) -> int:
    if replications is not None and precision is not None:
        raise ExperimentError("Give the number of replications or a precision, not both.")
    if precision is not None:
        return precision.at_least
    if replications is not None and replications < 1:
        raise ExperimentError(f"{replications} replications cannot be run: give 1 or more.")
    return DEFAULT_REPLICATIONS if replications is None else replications


def chosen_policies(
    scenario: Scenario | PolicySet, names: Sequence[str] | None
) -> dict[str, Scenario]:
    """The scenarios to run by policy, the one to compare with first.

    Args:
        scenario: the centre with its policies.
        names: the policies wanted; all when None.

    Raises:
        ExperimentError: one of them does not exist, or there are none.
    """
    checked = PolicySet.of(scenario)
    known, baseline = checked.under, checked.scenario.baseline
    if names is None:
        return dict(known)
    for name in names:
        if name not in known:
            raise ExperimentError(unknown("policy", name, known))
    if not names:
        raise ExperimentError(f"No policy is named. Known are: {', '.join(known)}.")
    # The sort is stable: the baseline first, the others as they were named.
    in_order = sorted(dict.fromkeys(names), key=lambda name: name != baseline)
    return {name: known[name] for name in in_order}
