"""Which change does it: a policy's difference, split over the changes that it makes.

The players are the changed keys, those of one table together. What a set of them comes to is the
measure with only these changes, over the same customers; each player's part is its Shapley value,
and the parts add up to the whole difference, replication by replication.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from results.errors import ExperimentError
from results.experiments.experiment import chosen_policies
from results.experiments.progress import Progress
from results.why.game import DEFAULT_REPLICATIONS, Game, GamePlan, Point, run_games
from results.why.shapley import Players, every_set, sampled_orders, sets_of
from scenarios import Policy, Scenario, ScenarioError
from scenarios.files.toml_text import key_text
from scenarios.policies.policy import changes_of, with_changes
from scenarios.policies.policy_set import PolicySet
from scenarios.policies.relative_changes import place_of
from scenarios.schema import Phase

MOST_PLAYERS = 6


@dataclass(frozen=True)
class Player:
    """Changes of a policy that are made together or not at all."""

    title: str
    """The table whose keys are changed, or the section that is left out."""
    changes: Mapping[str, object]
    removed: tuple[str, ...] = ()


def plan_of(
    scenario: Scenario | PolicySet, policy: str, *, orders: int | None = None, seed: int = 1
) -> GamePlan:
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
    checked = asked_of(scenario, policy)
    given = checked.scenario.policies[policy]
    players = joined(checked.scenario, players_of(given, checked.scenario.phases))
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
    names = {chosen: _name(checked.scenario, policy, len(players), chosen) for chosen in sets}
    points = {
        name: Point(
            checked.under.get(name)
            or _under(checked.scenario, [players[number] for number in sorted(chosen)])
        )
        for chosen, name in names.items()
    }
    base = names[frozenset()]
    pairs = {chosen: (name, base) for chosen, name in names.items()}
    titles = tuple(player.title for player in players)
    return GamePlan(policy, checked.scenario.baseline, titles, drawn, points, pairs, checked)


def asked_of(scenario: Scenario | PolicySet, policy: str) -> PolicySet:
    """The policies of a scenario, of which one is to be explained.

    Raises:
        ExperimentError: there is no such policy, or it is the baseline.
    """
    checked = PolicySet.of(scenario)
    chosen_policies(checked, [policy])
    if policy == checked.scenario.baseline:
        raise ExperimentError(f"{policy} is the baseline: it differs from nothing.")
    return checked


def _name(scenario: Scenario, policy: str, count: int, chosen: Players) -> str:
    if not chosen:
        return scenario.baseline
    if len(chosen) == count:
        return policy
    return f"{policy} with {', '.join(str(number + 1) for number in sorted(chosen))}"


def players_of(policy: Policy, phases: Sequence[Phase] = ()) -> tuple[Player, ...]:
    """The changes of a policy, keys of one table together; what is left out one by one.

    ``phases`` are those of the scenario; what a policy changes from later days on is one change.
    """
    tables: dict[str, dict[str, object]] = {}
    for key, value in changes_of(policy, phases).items():
        place = place_of(key) or (key,)
        tables.setdefault(key_text(place[:-1] or place), {})[key] = value
    found = [Player(title, changes) for title, changes in tables.items()]
    return (*found, *(Player(f"without {section}", {}, (section,)) for section in policy.remove))


def joined(scenario: Scenario, players: Sequence[Player]) -> tuple[Player, ...]:
    """The players, those that do not work in some sets together with those that they need.

    Two players that are refused as a set, while each of them or both with a third are not, cannot
    be told apart; the first set that does not work is joined with the player that makes it work.
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
    joining = [
        number
        for number in others
        if _works(scenario, [players[one] for one in sorted({*broken, number})])
    ]
    partner = next(iter(joining or others or sorted(broken - {first})))
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


def which_change(
    scenario: Scenario | PolicySet,
    policy: str,
    *,
    orders: int | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Game:
    """Run a policy with every set of its changes, over the same customers.

    Keys of one table are one change. ``split`` of the answer has the part of each change in a
    measure's difference; they add up to the whole difference, replication by replication.

    >>> import firstline
    >>> found = firstline.which_change(
    ...     firstline.load("textbook"), "two-more-agents", replications=2, workers=1
    ... ).split("asa")
    >>> [part.title for part in found.parts], found.parts[0].found == found.whole
    (['groups.agents'], True)

    Args:
        scenario: the centre with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders instead of all sets.
        replications: of every set.
        seed: of all random draws, and of the sampled orders.
        workers: as for a run.
        progress: called after each simulation.

    Raises:
        ExperimentError: it cannot be asked of this policy.
        ReplicationError: a replication ended in an error.
    """
    plan = plan_of(scenario, policy, orders=orders, seed=seed)
    return run_games(
        [plan], replications=replications, seed=seed, workers=workers, progress=progress
    )[0]
