"""Through what: a policy's difference, split over the mechanisms through which it comes about.

A set of mechanisms comes to the difference between the policy and the baseline in a world in which
only these mechanisms work, in both. What is left without any of them is the direct part; the
others' are their Shapley values, and all add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from types import MappingProxyType

from results.experiments.progress import Progress
from results.why.changes import asked_of
from results.why.game import DEFAULT_REPLICATIONS, Game, GamePlan, Point, run_games
from results.why.shapley import Players, every_set, sampled_orders, sets_of
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet
from sim.plan.mechanisms import ALL_WORK

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "approval_time": "time held for approvals",
        "hang_ups": "hang-ups on hold and in transfer",
        "retelling": "retelling",
        "returns": "repeats and redials",
        "generosity": "generosity",
    }
)
"""What each mechanism is called, in the order in which they are players."""


def through_plan_of(
    scenario: Scenario | PolicySet, policy: str, *, orders: int | None = None, seed: int = 1
) -> GamePlan:
    """Lay out which worlds are run.

    Args:
        scenario: the centre with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders instead of all sets.
        seed: of the sampled orders.

    Raises:
        ExperimentError: there is no such policy, or it is the baseline.
    """
    checked = asked_of(scenario, policy)
    baseline = checked.scenario.baseline
    both = {name: checked.under[name] for name in (policy, baseline)}
    players = _there(both.values())
    count = len(players)
    drawn = () if orders is None else sampled_orders(count, orders, seed)
    points: dict[str, Point] = {}
    pairs: dict[Players, tuple[str, str]] = {}
    for chosen in sets_of(drawn) if drawn else tuple(every_set(count)):
        off = [player for number, player in enumerate(players) if number not in chosen]
        works = replace(ALL_WORK, **dict.fromkeys(off, False))
        pair = tuple(_name(name, off) for name in both)
        points |= {
            point: Point(under, works) for point, under in zip(pair, both.values(), strict=True)
        }
        pairs[chosen] = (pair[0], pair[1])
    titles = tuple(TITLES[player] for player in players)
    return GamePlan(policy, baseline, titles, drawn, points, pairs, checked)


def _there(scenarios: Iterable[Scenario]) -> list[str]:
    """The mechanisms that one of some scenarios has."""
    from sim.plan.switches import mechanisms_of

    found = {name for one in scenarios for name in mechanisms_of(one)}
    return [name for name in TITLES if name in found]


def _name(policy: str, off: Sequence[str]) -> str:
    return f"{policy} without {', '.join(TITLES[one] for one in off)}" if off else policy


def through_what(
    scenario: Scenario | PolicySet,
    policy: str,
    *,
    orders: int | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Game:
    """Run a policy and the baseline in worlds in which only some mechanisms work.

    The mechanisms are the time held for approvals, hang-ups on hold and in transfer, retelling,
    repeats and redials, and generosity, where the scenario has them. ``split`` of the answer
    has the parts of a measure's difference: each mechanism's, and what comes about directly. They
    add up to the whole difference, replication by replication.

    >>> import firstline
    >>> monday = {"horizon.days": 1, "horizon.part_of_days": 7}
    >>> centre = firstline.with_changes(firstline.load("retail-complaints"), monday)
    >>> found = firstline.through_what(
    ...     centre, "empowered", orders=1, replications=2, workers=1
    ... ).split("asa")
    >>> abs(sum(part.found.mean for part in found.parts) - found.whole.mean) < 1e-9
    True

    Args:
        scenario: the centre with its policies.
        policy: whose difference from the baseline is split.
        orders: so many sampled orders instead of all sets of mechanisms.
        replications: of every world.
        seed: of all random draws, and of the sampled orders.
        workers: as for a run.
        progress: called after each simulation.

    Raises:
        ExperimentError: there is no such policy, or it is the baseline.
        ReplicationError: a replication ended in an error.
    """
    plan = through_plan_of(scenario, policy, orders=orders, seed=seed)
    return run_games(
        [plan], replications=replications, seed=seed, workers=workers, progress=progress
    )[0]
