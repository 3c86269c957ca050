"""Why a policy differs, counterfactually: which of its changes does it, and through what.

Two games over the customers of a comparison, mostly over its first few replications. They are
never mixed: a change may work through several mechanisms, and a mechanism may carry several
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal

from results.comparison.comparison import Comparison
from results.comparison.estimate import Estimate
from results.comparison.reported import difference_of, main_measures
from results.experiments.experiment import Experiment
from results.experiments.progress import Progress
from results.why.changes import plan_of
from results.why.game import DEFAULT_REPLICATIONS, Game, GamePlan, run_games
from results.why.mechanisms import through_plan_of
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet

GameName = Literal["which_change", "through_what"]


@dataclass(frozen=True)
class Plans:
    """The two games about one policy, before they are run."""

    changes: GamePlan
    mechanisms: GamePlan

    @property
    def simulations_each(self) -> int:
        """How many simulations a replication takes that the comparison does not have."""
        points = self.changes.points.keys() | self.mechanisms.points.keys()
        return len(points - {self.changes.policy, self.changes.baseline})


@dataclass(frozen=True)
class Counterfactual:
    """The difference of a policy by change and by mechanism, for the main measures."""

    policy: str
    baseline: str
    title: str
    """Of the policy, for a reader."""
    games: Mapping[GameName, Game]
    measures: tuple[str, ...]
    """Those of the verdict that differ, its first one first; then the usual others."""
    compared: Mapping[str, Estimate]
    """Their differences in the comparison, from all its replications."""
    of: int
    """Replications of the comparison."""
    currency: str
    answer_within_s: tuple[float, ...]

    @property
    def replications(self) -> int:
        """Replications of the games: the first ones of the comparison."""
        return len(self.games["which_change"].experiment.replications)

    @property
    def complete(self) -> bool:
        """False when it was interrupted."""
        return self.games["which_change"].experiment.complete

    @property
    def orders(self) -> int:
        """How many sampled orders of the players were run; 0 where all sets of them were."""
        return len(self.games["which_change"].plan.orders)

    def each(self) -> Iterator[tuple[GameName, Game]]:
        """The games, which change first."""
        yield from self.games.items()

    @property
    def first(self) -> str | None:
        """The first measure that both games have parts of; None where there is none."""
        for measure in self.measures:
            if all(game.split(measure) is not None for game in self.games.values()):
                return measure
        return None


def plans_of(
    centre: Scenario | PolicySet, policy: str, *, orders: int | None = None, seed: int = 1
) -> Plans:
    """Lay out the games about a policy.

    Args:
        centre: with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders of the players instead of all sets of them.
        seed: of the sampled orders.

    Raises:
        ExperimentError: they cannot be played about this policy.
    """
    checked = PolicySet.of(centre)
    return Plans(
        plan_of(checked, policy, orders=orders, seed=seed),
        through_plan_of(checked, policy, orders=orders, seed=seed),
    )


def counterfactual(
    experiment: Experiment,
    comparison: Comparison,
    policy: str,
    plans: Plans,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Counterfactual | None:
    """Play both games with one set of runs; None where it was interrupted before anything is known.

    Args:
        experiment: that was compared; what it has of the baseline and the policy is not run again.
        comparison: of its policies with the baseline.
        policy: whose difference is split.
        plans: of the games.
        replications: of every point; no more than the comparison has.
        workers: as for a run.
        progress: called after each simulation.

    Raises:
        ReplicationError: a replication ended in an error.
    """
    shared = (policy, plans.changes.baseline)
    known = {key: found for key, found in experiment.finished.items() if key[0] in shared}
    games = run_games(
        [plans.changes, plans.mechanisms],
        replications=min(replications, len(experiment.replications)),
        seed=experiment.seed,
        workers=workers,
        progress=progress,
        known=known,
    )
    if not games[0].experiment.replications:
        return None
    differ, others = main_measures(comparison, policy)
    measures = (*differ, *others)
    return Counterfactual(
        policy,
        comparison.baseline,
        comparison.title_of(policy),
        {"which_change": games[0], "through_what": games[1]},
        measures,
        {name: difference_of(comparison, policy, name).estimate for name in measures},
        comparison.replications,
        comparison.currency,
        comparison.answer_within_s,
    )
