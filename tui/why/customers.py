"""The customers behind a difference: found in the traces of one replication, told as stories."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from results import Experiment
from results.reading import format as numbers
from results.reading.names import in_a_sentence, name_in_words, title_of_policy
from results.why.customers import Behind, Lost, Went, customers_behind, lost_customers
from scenarios import Scenario
from scenarios.parts.clock import DAY_S
from scenarios.policies.policy_set import PolicySet
from sim import simulate
from sim.live import TOPIC_OF, LiveRun, Moment
from sim.trace.codes import CaseState
from tui.floor.names import Names, clock
from tui.floor.words import sign, told
from tui.what_if.day import one_day

MOST_DAYS = 14
"""Longer horizons are shown by one day: a person waits for what is simulated here."""
REPLICATION = 0

_ENDS = {
    CaseState.RESOLVED: "resolved",
    CaseState.SELF_SERVED: "settled in the voice menu",
    CaseState.GIVEN_UP: "gave up",
    CaseState.OPEN: "still open",
}


@dataclass(frozen=True)
class Asked:
    """Two policies whose customers are looked at, with the same customers under both."""

    first: Scenario
    second: Scenario
    titles: tuple[str, str]
    seed: int
    stretch: str
    """Which days they are, for a reader."""


@dataclass(frozen=True)
class Found:
    """Who is behind a difference in one replication."""

    customers: tuple[Behind, ...]
    lost: Lost


def asked_of(experiment: Experiment, policy: str) -> Asked:
    """The two policies of a difference, over days that are soon simulated.

    Args:
        experiment: what was compared.
        policy: whose difference from the first is looked at.
    """
    scenario, base = experiment.scenario, experiment.policies[0]
    days = scenario.horizon.days
    stretch = "one day" if days == 1 else f"{days} days"
    if days > MOST_DAYS:
        day = one_day(scenario)
        cut = day.scenario.model_copy(update={"policies": scenario.policies})
        scenario, stretch = cut, day.words
    under = PolicySet.of(scenario).under
    titles = title_of_policy(scenario, base), title_of_policy(scenario, policy)
    return Asked(under[base], under[policy], titles, experiment.seed, stretch)


def find(asked: Asked) -> Found:
    """Simulate the first replication under both policies, and look for who fared differently.

    Takes as long as two replications; not for the thread of the screen.
    """
    one, other = (simulate(each, asked.seed, REPLICATION) for each in (asked.first, asked.second))
    return Found(tuple(customers_behind(one, other)), lost_customers(one, other))


def lost_words(asked: Asked, found: Found) -> str:
    """How many customers gave up under one of the policies alone, as a sentence."""
    first, second = map(in_a_sentence, asked.titles)
    lost = found.lost
    return (
        f"Of {numbers.number(lost.customers)} customers {lost.only_first} gave up under {first} "
        f"and not under {second}, {lost.only_second} the other way round (one replication, "
        f"{asked.stretch}). These are not typical ones, but those who fared most differently: "
        "how it ended, contacts, time waited and held."
    )


def reason_words(asked: Asked, behind: Behind) -> str:
    """What a customer came for."""
    reason = asked.first.reasons[behind.reason]
    return reason.title or name_in_words(behind.reason)


def went_words(went: Went) -> str:
    """How a case went, in a few words."""
    tries = f"{went.contacts} contact{'s' if went.contacts != 1 else ''}"
    parts = [f"{_ENDS[went.state]}, {tries}"]
    for seconds, word in ((went.waited_s, "waited"), (went.held_s, "on hold")):
        if seconds >= 1.0:
            parts.append(f"{word} {numbers.duration(seconds)}")
    return ", ".join(parts)


def went_short(went: Went) -> str:
    """How a case went where room is short: its end, tries, and time waited and held."""
    time_s = went.waited_s + went.held_s
    parts = [_ENDS[went.state], f"{went.contacts}×"]
    return " · ".join([*parts, *([numbers.duration(time_s)] if time_s >= 1.0 else [])])


def story(scenario: Scenario, seed: int, case: int, went: Went) -> list[str]:
    """What happened to a customer, a line for each moment.

    Takes as long as simulating up to there; not for the thread of the screen.

    Args:
        scenario: under the policy.
        seed: of the customers.
        case: number of the case.
        went: how it went under this policy.
    """
    run = LiveRun(scenario, seed, REPLICATION)
    names = Names(scenario)
    names.learn(run.snapshot())
    end = run.horizon_s if math.isnan(went.ended) else min(run.horizon_s, went.ended + 1.0)
    run.advance(end)
    run.follow(case)
    seen = run.snapshot().followed
    if seen is None:
        return ["Nothing was noted about this customer."]
    return [*_lines(seen.moments, names), "", f"In the end: {seen.state}"]


def _lines(moments: Iterable[Moment], names: Names) -> Iterator[str]:
    day = -1.0
    for moment in moments:
        if moment.at // DAY_S != day:
            if day >= 0.0:
                yield ""
            day = moment.at // DAY_S
            yield names.day(moment.at, long=True)
        mark, _ = sign(TOPIC_OF[moment.what])
        yield f"{clock(moment.at)} {mark} {told(moment, names)}"
