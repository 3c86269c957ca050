"""A counterfactual: what each set of players comes to over the same customers, and each one's part.

A set of players comes to the difference of a measure between two points that are simulated; each
player's part is its Shapley value. What there is without any player is a part of its own, and all
parts add up to the whole difference, replication by replication.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from results.comparison.estimate import Estimate, across, estimate
from results.comparison.unseen import hidden_in
from results.experiments.experiment import Experiment, run
from results.experiments.progress import Progress
from results.experiments.replications import FLOOR, Engine
from results.facts.tier_one import BeyondTierOne
from results.measures.summary import Key, Summary
from results.why.shapley import Floats, Players, by_orders, exact
from scenarios import Policy, Scenario
from scenarios.policies.policy_set import PolicySet
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.trace.trace import Trace

DEFAULT_REPLICATIONS = 3

DIRECT = "directly"
"""The part that no player has."""


@dataclass(frozen=True)
class Point:
    """What is simulated: a scenario, in a world in which some mechanisms work."""

    scenario: Scenario
    works: Mechanisms = ALL_WORK


@dataclass(frozen=True)
class GamePlan:
    """What is simulated to split the difference between a policy and the baseline."""

    policy: str
    baseline: str
    players: tuple[str, ...]
    """What the parts are called."""
    orders: tuple[tuple[int, ...], ...]
    """Sampled orders; empty where all sets are run."""
    points: Mapping[str, Point]
    """By name; the baseline and the policy as they are have their own names."""
    pairs: Mapping[Players, tuple[str, str]]
    """By set of players, the two points whose difference it comes to."""
    asked: PolicySet
    """The scenario with all its policies."""

    @property
    def simulations_each(self) -> int:
        """How many simulations a replication takes."""
        return len(self.points)


@dataclass(frozen=True)
class Part:
    """What one player brings."""

    title: str
    found: Estimate
    """Its part of the difference, with the t interval over replications."""
    order_error: float
    """Standard error for want of the other orders; 0 where all sets were run."""
    values: tuple[float, ...]
    """By replication."""


@dataclass(frozen=True)
class Split:
    """The difference of a measure between a policy and the baseline, by player."""

    measure: str
    whole: Estimate
    parts: tuple[Part, ...]
    values: tuple[float, ...]
    """The whole difference by replication."""


@dataclass(frozen=True)
class Game:
    """A plan with what its replications found."""

    plan: GamePlan
    experiment: Experiment
    _cache: dict[str, Split | None] = field(default_factory=dict, compare=False, repr=False)

    def split(self, measure: str) -> Split | None:
        """The difference of a measure by player; None where some point leaves it undefined."""
        if measure not in self._cache:
            self._cache[measure] = self._split(measure)
        return self._cache[measure]

    def _split(self, measure: str) -> Split | None:
        summaries = self.experiment.summaries
        if measure in hidden_in(self.experiment):
            return None
        game = {
            players: across(summaries[one], measure) - across(summaries[other], measure)
            for players, (one, other) in self.plan.pairs.items()
        }
        if any(bool(np.isnan(values).any()) or not len(values) for values in game.values()):
            return None
        values, errors = self._values(game)
        found = [
            _part(title, value, error)
            for title, value, error in zip(self.plan.players, values, errors, strict=True)
        ]
        nobody = game[frozenset()]
        if self._has_direct:
            found.append(_part(DIRECT, nobody, 0.0))
        whole = game[frozenset(range(len(self.plan.players)))]
        return Split(measure, estimate(whole), tuple(found), tuple(whole.tolist()))

    @property
    def _has_direct(self) -> bool:
        """Whether the two points without any player are not the same one."""
        one, other = self.plan.pairs[frozenset()]
        return one != other

    def _values(self, game: Mapping[Players, Floats]) -> tuple[list[Floats], list[float]]:
        count = len(self.plan.players)
        if not self.plan.orders:
            return exact(game, count), [0.0] * count
        values, errors = by_orders(game, self.plan.orders)
        return values, [float(error.mean()) for error in errors]


def _part(title: str, values: Floats, error: float) -> Part:
    return Part(title, estimate(values), error, tuple(values.tolist()))


def run_games(
    plans: Sequence[GamePlan],
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    known: Mapping[Key, Summary] | None = None,
) -> tuple[Game, ...]:
    """Run the points of some plans about the same scenario together; none is run twice.

    Args:
        plans: at least one.
        replications: of every point.
        seed: of all random draws.
        workers: as for a run.
        progress: called after each simulation.
        known: replications of the baseline and the policy that were finished before.

    Raises:
        ReplicationError: a replication ended in an error.
    """
    asked = plans[0].asked
    points = {name: point for plan in plans for name, point in plan.points.items()}
    experiment = run(
        _combined(asked, points),
        policies=list(points),
        replications=replications,
        seed=seed,
        workers=workers,
        progress=progress,
        known=known,
        engine={name: _engine(point) for name, point in points.items()},
        beyond=BeyondTierOne.of(asked.under.values()),
    )
    # Interrupted, the games are of the same replications: those that every point has.
    whole = set(experiment.replications)
    finished = {key: found for key, found in experiment.finished.items() if key[1] in whole}
    return tuple(
        Game(plan, replace(experiment, policies=tuple(plan.points), finished=finished))
        for plan in plans
    )


def _combined(asked: PolicySet, points: Mapping[str, Point]) -> PolicySet:
    added = {name: Policy() for name in points if name not in asked.under}
    policies = {**asked.scenario.policies, **added}
    under = {**asked.under, **{name: point.scenario for name, point in points.items()}}
    return PolicySet(asked.scenario.model_copy(update={"policies": policies}), under)


def _engine(point: Point) -> Engine:
    if point.works == ALL_WORK:
        return FLOOR
    return Engine(simulate=partial(_simulate, point.works))


def _simulate(works: Mechanisms, scenario: Scenario, seed: int, replication: int) -> Trace:
    """The floor where only some mechanisms work, loaded with the first replication."""
    from sim.replication import simulate

    return simulate(scenario, seed, replication, works)
