"""A stress test: every policy as it is and under every stress, with the same customers.

Each policy under each stress is one more policy of a combined scenario, so that it is run, kept,
resumed and stored like any other experiment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from results.errors import ExperimentError
from results.experiments.experiment import Experiment, chosen_policies, run
from results.experiments.progress import Progress
from results.experiments.replications import FLOOR, Engine
from results.measures.summary import Summary
from results.sensitivity.sensitivity import default_replications
from scenarios import Policy, Scenario
from scenarios.policies.policy_set import PolicySet
from scenarios.policies.stresses import Changes, Stress, stresses_of

AS_IT_IS = ""
"""Stands for no stress, where the name of one is asked for."""

DEFAULT_REPLICATIONS = 10


@dataclass(frozen=True)
class StressPlan:
    """What a stress test simulates."""

    scenario: Scenario
    """As it stands, with its own policies."""
    policies: Mapping[str, Scenario]
    """Those tested, the baseline first, each with its changes applied."""
    stresses: tuple[Stress, ...]
    """Those that the scenario has a place for."""
    missing: tuple[Stress, ...]
    """The others, each saying why."""
    combined: Scenario
    """The scenario with a policy for each policy under each stress."""
    names: Mapping[tuple[str, str], str]
    """By policy and stress (``AS_IT_IS`` for none), the policy of the combined scenario; a stress
    that is not possible under a policy has none."""

    @property
    def simulations_each(self) -> int:
        """How many simulations a replication takes."""
        return len(self.names)

    @property
    def default_replications(self) -> int:
        """How many replications to take when nobody says."""
        return default_replications(self.simulations_each, DEFAULT_REPLICATIONS)


def plan_of(scenario: Scenario | PolicySet, policies: Sequence[str] | None = None) -> StressPlan:
    """Lay out a stress test.

    Args:
        scenario: the centre with its policies.
        policies: those to test; all when None.

    Raises:
        ExperimentError: a policy does not exist, or the scenario has a place for no stress.
    """
    checked = PolicySet.of(scenario)
    scenario, chosen = checked.scenario, chosen_policies(checked, policies)
    everything = stresses_of(scenario)
    stresses = tuple(one for one in everything if one.exists)
    if not stresses:
        raise ExperimentError("Nothing can be stressed here: the scenario has a place for none.")
    added: dict[str, Policy] = {}
    names: dict[tuple[str, str], str] = {}
    for policy, under in chosen.items():
        names[policy, AS_IT_IS] = policy
        for stress in stresses:
            changes = stress.changes(under)
            if changes is not None:
                name = _free(f"{policy} + {stress.name}", scenario)
                names[policy, stress.name] = name
                added[name] = _on_top(scenario, policy, stress, changes)
    combined = scenario.model_copy(update={"policies": {**scenario.policies, **added}})
    missing = tuple(one for one in everything if not one.exists)
    return StressPlan(scenario, chosen, stresses, missing, combined, names)


def _free(name: str, scenario: Scenario) -> str:
    while name in scenario.policies or name == scenario.baseline:
        name += " +"
    return name


def _on_top(scenario: Scenario, policy: str, stress: Stress, changes: Changes) -> Policy:
    """The policy with the changes of a stress after its own."""
    given = scenario.policies.get(policy, Policy())
    kept = {key: value for key, value in given.changes.items() if key not in changes}
    title = f"{given.title or policy}, {stress.title}"
    return Policy(title=title, changes={**kept, **changes}, remove=given.remove)


@dataclass(frozen=True)
class StressRun:
    """A stress test that was run, whole or up to where it was interrupted."""

    plan: StressPlan
    experiment: Experiment
    """Of the combined scenario."""

    @property
    def state(self) -> str:
        """One sentence: what is there, what is missing, and what counts."""
        one, each = self.experiment, self.plan.simulations_each
        full = len(one.replications)
        if one.complete:
            return f"All {one.planned} replications of {each} policies and stresses are finished."
        return (
            f"Interrupted: of {one.planned * each} simulations planned {len(one.finished)} are "
            f"finished; {full} of {one.planned} replications are whole and count."
        )

    def summaries(self, policy: str, stress: str) -> tuple[Summary, ...]:
        """What the replications found, shape (replications,); empty where it is not possible.

        Args:
            policy: of the scenario.
            stress: its name; ``AS_IT_IS`` for none.
        """
        name = self.plan.names.get((policy, stress))
        return () if name is None else self.experiment.summaries[name]


def run_stresses(
    scenario: Scenario,
    *,
    policies: Sequence[str] | None = None,
    replications: int | None = None,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: Engine = FLOOR,
) -> StressRun:
    """Run every policy as it is and under every stress that there is a place for.

    Ctrl-C (or a KeyboardInterrupt from ``progress``) ends it and keeps what is finished.

    Args:
        scenario: the centre with its policies.
        policies: those to test; all when None.
        replications: of each policy under each stress; None is 10, fewer where that takes more
            than some hundred simulations.
        seed: of all random draws; the customers are the same under every policy and stress.
        workers: as for a run.
        progress: called after each simulation.
        engine: how a replication is simulated.

    Raises:
        ExperimentError: a policy does not exist, or nothing can be stressed.
        ReplicationError: a replication ended in an error.
    """
    plan = plan_of(scenario, policies)
    experiment = run(
        plan.combined,
        policies=list(plan.names.values()),
        replications=replications or plan.default_replications,
        seed=seed,
        workers=workers,
        progress=progress,
        engine=engine,
    )
    return StressRun(plan, experiment)
