"""What differs between two runs: scenario, seed and versions, and the measures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.comparison.two_runs import Change, changes, policy_pairs, unequal
from results.runs.store import Run
from scenarios.policies.differences import Difference, all_differences


@dataclass(frozen=True)
class RunDifferences:
    """All in which a second run differs from a first one."""

    first: Run
    second: Run
    scenario: tuple[Difference, ...]
    """By key, policies included."""
    origin: tuple[Difference, ...]
    """Seed, replications and versions."""
    measures: Mapping[tuple[str, str], Sequence[Change]]
    """By policy of the first and of the second; second minus first."""
    unequal: Mapping[str, str]
    """Measures that meant something else in one of the runs, with the reason; not compared."""

    @property
    def same_customers(self) -> bool:
        """Whether both have one seed: the same customers where the scenarios agree."""
        return self.first.manifest.origin.seed == self.second.manifest.origin.seed


def run_differences(first: Run, second: Run, measures: Sequence[str]) -> RunDifferences:
    """What differs between two runs.

    Args:
        first: a run with at least one replication under every policy.
        second: another.
        measures: by name.
    """
    one, other = first.experiment, second.experiment
    return RunDifferences(
        first,
        second,
        tuple(all_differences(one.scenario, other.scenario)),
        tuple(_of_origins(first, second)),
        {pair: changes(one, other, pair, measures) for pair in policy_pairs(one, other)},
        unequal(one, other, measures),
    )


def _of_origins(first: Run, second: Run) -> list[Difference]:
    before, after = _origin(first), _origin(second)
    return [
        Difference(key, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]


def _origin(run: Run) -> dict[str, Any]:
    origin, experiment = run.manifest.origin, run.experiment
    return {
        "seed": origin.seed,
        "replications": len(experiment.replications),
        **{f"versions.{name}": number for name, number in sorted(origin.versions.items())},
        **{f"measures.{name}": number for name, number in sorted(experiment.definitions.items())},
    }
