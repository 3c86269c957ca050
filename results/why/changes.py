"""Which change does it: a policy's difference, split over the changes that it makes.

The players are the changed keys, those of one table together. What a set of them comes to is the
measure with only these changes, over the same customers; each player's part is its Shapley value,
and the parts add up to the whole difference, replication by replication.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from results.comparison.estimate import Estimate, across, estimate
from results.errors import ExperimentError
from results.experiments.experiment import Experiment, chosen_policies, run
from results.experiments.progress import Progress
from results.experiments.replications import FLOOR, Engine
from results.why.shapley import (
    Floats,
    Players,
    by_orders,
    every_set,
    exact,
    sampled_orders,
    sets_of,
)
from scenarios import Policy, Scenario, ScenarioError
from scenarios.files.toml_text import key_text
from scenarios.policies.policy import with_changes
from scenarios.policies.policy_set import PolicySet
from scenarios.policies.relative_changes import place_of

MOST_PLAYERS = 6
DEFAULT_REPLICATIONS = 3


@dataclass(frozen=True)
class Player:
    """Changes of a policy that are made together or not at all."""

    title: str
    """The table whose keys are changed, or the section that is left out."""
    changes: Mapping[str, object]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangesPlan:
    """What is simulated to say which change does it."""

    policy: str
    baseline: str
    players: tuple[Player, ...]
    orders: tuple[tuple[int, ...], ...]
    """Sampled orders; empty where all sets are run."""
    combined: PolicySet
    names: Mapping[Players, str]
    """The policy of the combined scenario for each set of players."""

    @property
    def simulations_each(self) -> int:
        """How many simulations a replication takes."""
        return len(self.names)


@dataclass(frozen=True)
class Part:
    """What one change brings."""

    title: str
    found: Estimate
    """Its part of the difference, with the t interval over replications."""
    order_error: float
    """Standard error for want of the other orders; 0 where all sets were run."""


@dataclass(frozen=True)
class WhichChange:
    """The difference of a measure between a policy and the baseline, by change."""

    measure: str
    whole: Estimate
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ChangesRun:
    """A plan with what its replications found."""

    plan: ChangesPlan
    experiment: Experiment
    _cache: dict[str, WhichChange | None] = field(default_factory=dict, compare=False, repr=False)

    def split(self, measure: str) -> WhichChange | None:
        """The difference of a measure by change; None where some set leaves it undefined."""
        if measure not in self._cache:
            self._cache[measure] = self._split(measure)
        return self._cache[measure]

    def _split(self, measure: str) -> WhichChange | None:
        game = {
            players: across(self.experiment.summaries[name], measure)
            for players, name in self.plan.names.items()
        }
        if any(math.isnan(value) for values in game.values() for value in values):
            return None
        values, errors = self._values(game)
        everybody = frozenset(range(len(self.plan.players)))
        parts = tuple(
            Part(player.title, estimate(value), error)
            for player, value, error in zip(self.plan.players, values, errors, strict=True)
        )
        return WhichChange(measure, estimate(game[everybody] - game[frozenset()]), parts)

    def _values(self, game: Mapping[Players, Floats]) -> tuple[list[Floats], list[float]]:
        count = len(self.plan.players)
        if not self.plan.orders:
            return exact(game, count), [0.0] * count
        values, errors = by_orders(game, self.plan.orders)
        return values, [float(error.mean()) for error in errors]


def plan_of(
    scenario: Scenario | PolicySet, policy: str, *, orders: int | None = None, seed: int = 1
) -> ChangesPlan:
    """Lay out which sets of changes are run.

    Args:
        scenario: the centre with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders instead of all sets; for many players.
        seed: of the sampled orders.

    Raises:
        ExperimentError: there is no such policy, it changes nothing, or it changes so much that
            all sets cannot be run.
    """
    checked = PolicySet.of(scenario)
    scenario = checked.scenario
    chosen_policies(checked, [policy])
    if policy == scenario.baseline:
        raise ExperimentError(f"{policy} is the baseline: it differs from nothing.")
    given = scenario.policies[policy]
    players = _joined(scenario, players_of(given))
    if not players:
        raise ExperimentError(f"{policy} changes nothing, so no change can be why it differs.")
    if orders is None and len(players) > MOST_PLAYERS:
        raise ExperimentError(
            f"{policy} makes {len(players)} changes, and all sets of them are "
            f"{2 ** len(players):,} simulations for each replication; the most is {MOST_PLAYERS} "
            "changes. Ask for some orders instead: --why-runs 20."
        )
    drawn = () if orders is None else sampled_orders(len(players), orders, seed)
    sets = sets_of(drawn) if drawn else tuple(every_set(len(players)))
    combined, names = _combined(scenario, policy, players, sets)
    return ChangesPlan(policy, scenario.baseline, players, drawn, combined, names)


def players_of(policy: Policy) -> tuple[Player, ...]:
    """The changes of a policy, keys of one table together; what is left out one by one."""
    tables: dict[str, dict[str, object]] = {}
    for key, value in policy.changes.items():
        place = place_of(key) or (key,)
        tables.setdefault(key_text(place[:-1] or place), {})[key] = value
    found = [Player(title, changes) for title, changes in tables.items()]
    return (*found, *(Player(f"without {section}", {}, (section,)) for section in policy.remove))


def _joined(scenario: Scenario, players: Sequence[Player]) -> tuple[Player, ...]:
    """The players, those that do not work in some sets together with those that they need.

    Two players that are refused as a set, while each of them or both with a third are not, cannot
    be told apart; the first set that does not work is joined with the player that mends it.
    """
    found = list(players)
    while (broken := _first_broken(scenario, found)) is not None:
        found = _join(scenario, found, broken)
    return tuple(found)


def _first_broken(scenario: Scenario, players: Sequence[Player]) -> Players | None:
    """The smallest set of players that does not pass the checks; only pairs of many players."""
    for chosen in every_set(len(players)):
        if len(players) > MOST_PLAYERS and 2 < len(chosen) < len(players):
            continue
        if not _works(scenario, [players[number] for number in sorted(chosen)]):
            return chosen
    return None


def _join(scenario: Scenario, players: Sequence[Player], broken: Players) -> list[Player]:
    first = min(broken)
    others = [number for number in range(len(players)) if number not in broken]
    mending = [
        number
        for number in others
        if _works(scenario, [players[one] for one in sorted({*broken, number})])
    ]
    partner = next(iter(mending or others or sorted(broken - {first})))
    one, two = sorted((first, partner))
    both = Player(
        f"{players[one].title} with {players[two].title}",
        {**players[one].changes, **players[two].changes},
        (*players[one].removed, *players[two].removed),
    )
    kept = [player for number, player in enumerate(players) if number not in (one, two)]
    return [*kept[:one], both, *kept[one:]]


def _works(scenario: Scenario, players: Collection[Player]) -> bool:
    try:
        _under(scenario, players)
    except ScenarioError:
        return False
    return True


def _under(scenario: Scenario, players: Collection[Player]) -> Scenario:
    changes = {key: value for player in players for key, value in player.changes.items()}
    removed = [section for player in players for section in player.removed]
    return with_changes(scenario, changes, removed)


def _combined(
    scenario: Scenario, policy: str, players: Sequence[Player], sets: Sequence[Players]
) -> tuple[PolicySet, dict[Players, str]]:
    added: dict[str, Policy] = {}
    under = {scenario.baseline: scenario}
    names: dict[Players, str] = {}
    for chosen in sets:
        if not chosen:
            names[chosen] = scenario.baseline
            continue
        some = [players[number] for number in sorted(chosen)]
        name = f"{policy} with {', '.join(str(number + 1) for number in sorted(chosen))}"
        names[chosen] = name
        added[name] = Policy(
            changes={key: value for player in some for key, value in player.changes.items()},
            remove=tuple(section for player in some for section in player.removed),
        )
        under[name] = _under(scenario, some)
    return PolicySet(scenario.model_copy(update={"policies": added}), under), names


def which_change(
    scenario: Scenario | PolicySet,
    policy: str,
    *,
    orders: int | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: Engine = FLOOR,
) -> ChangesRun:
    """Run a policy with every set of its changes, over the same customers.

    Args:
        scenario: the centre with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders instead of all sets.
        replications: of every set.
        seed: of all random draws, and of the sampled orders.
        workers: as for a run.
        progress: called after each simulation.
        engine: how a replication is simulated and measured.

    Raises:
        ExperimentError: it cannot be asked of this policy.
        ReplicationError: a replication ended in an error.
    """
    plan = plan_of(scenario, policy, orders=orders, seed=seed)
    experiment = run(
        plan.combined,
        policies=list(plan.names.values()),
        replications=replications,
        seed=seed,
        workers=workers,
        progress=progress,
        engine=engine,
    )
    return ChangesRun(plan, experiment)
