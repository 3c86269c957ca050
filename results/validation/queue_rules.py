"""Rules on the number waiting and on idle agents, against the exact chains of such centres."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from math import ceil, exp, factorial

from results.formulas.erlang import erlang_c
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, centre, exponential, reason
from results.validation.chain import Moves, State, stationary
from results.validation.expected import Expected
from results.validation.watch import Estimate, Watch
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import Outcome

TALK_S = 4 * MINUTE
CHAIN = "exact chain, solved here"

Found = Mapping[str, Estimate]
Right = Mapping[str, Expected]


def _watched(scenario: Scenario, seed: int) -> Watch:
    return Watch(simulate(scenario, seed, 0), warm_up_s=12 * HOUR)


def _days(contacts: int, per_min: float) -> int:
    return ceil(contacts / (per_min * 1440.0))


# A group that helps when more than so many wait.

AGENTS, PER_MIN, LAST_PLACE = 3, 0.7, 250


@cache
def _helped_right(most: int) -> Right:
    def moves(state: State) -> Moves:
        busy, helping, waiting = state
        if busy < AGENTS:
            yield (busy + 1, helping, 0), PER_MIN
        elif helping or waiting < most:
            if waiting < LAST_PLACE:
                yield (busy, helping, waiting + 1), PER_MIN
        else:  # the helper takes the first in line
            yield (busy, 1, waiting), PER_MIN
        if busy:
            less = (busy, helping, waiting - 1) if waiting else (busy - 1, helping, 0)
            yield less, busy * MINUTE / TALK_S
        if helping:
            stays = waiting > most
            yield (busy, int(stays), waiting - stays), MINUTE / TALK_S

    chain = stationary((0, 0, 0), moves)
    wait_s = sum(p * state[2] for state, p in chain.items()) / PER_MIN * MINUTE
    helps = sum(p * state[1] for state, p in chain.items())
    return {"mean_wait": Expected(wait_s, "s"), "occupancy_helper": Expected(helps, "fraction")}


def _helped(most: int, seed: int, contacts: int) -> Found:
    groups = ["agents", {"group": "supervisors", "when_waiting_over": most}]
    call = {**reason(PER_MIN, exponential(TALK_S)), "groups": groups}
    heads = {"agents": {"heads": AGENTS}, "supervisors": {"heads": 1}}
    seen = _watched(centre({"call": call}, heads, _days(contacts, PER_MIN)), seed)
    return {
        "mean_wait": seen.mean(seen.wait, seen.served),
        "occupancy_helper": seen.occupancy(group=1),
    }


# Agents kept free for those who go first.


def _two_classes(agents: int, kept: int, contacts: int, vip: float, other: float) -> Scenario:
    """VIPs and others by their calls a minute, of whom the others leave agents free."""
    rest = {**reason(other, exponential(TALK_S)), "groups": [{"group": "agents", "reserve": kept}]}
    calls = {"vip": reason(vip, exponential(TALK_S), priority=10.0), "other": rest}
    return centre(calls, {"agents": {"heads": agents}}, _days(contacts, vip + other))


@cache
def _kept_right(agents: int, kept: int, vip: float, other: float) -> Right:
    def moves(state: State) -> Moves:
        busy, vips, others = state
        if busy < agents:
            yield (busy + 1, vips, others), vip
        elif vips < 15:
            yield (busy, vips + 1, others), vip
        if busy < agents - kept:
            yield (busy + 1, vips, others), other
        elif others < 60:
            yield (busy, vips, others + 1), other
        if vips:
            yield (busy, vips - 1, others), busy * MINUTE / TALK_S
        elif busy == agents - kept and others:
            yield (busy, vips, others - 1), busy * MINUTE / TALK_S
        elif busy:
            yield (busy - 1, vips, others), busy * MINUTE / TALK_S

    chain = stationary((0, 0, 0), moves)
    wait_s = sum(p * state[2] for state, p in chain.items()) / other * MINUTE
    vip_waits = sum(p for state, p in chain.items() if state[0] == agents)
    other_waits = sum(p for state, p in chain.items() if state[0] >= agents - kept)
    return {
        "p_wait_vip": Expected(vip_waits, "fraction"),
        "p_wait_others": Expected(other_waits, "fraction"),
        "mean_wait_others": Expected(wait_s, "s"),
    }


def _kept(agents: int, kept: int, vip: float, other: float, seed: int, contacts: int) -> Found:
    seen = _watched(_two_classes(agents, kept, contacts, vip, other), seed)
    first = seen.trace.contacts["reason"] == 0
    return {
        "p_wait_vip": seen.share(seen.waited, first),
        "p_wait_others": seen.share(seen.waited, ~first),
        "mean_wait_others": seen.mean(seen.wait, seen.served & ~first),
    }


def _kept_case(agents: int, kept: int, rates: tuple[float, float], *lengths: int | None) -> Case:
    short, long = lengths
    return Case(
        f"KEEP-{agents}-{kept}",
        f"{agents} agents, {kept or 'none'} kept free for VIPs",
        CHAIN,
        partial(_kept_right, agents, kept, *rates),
        simulate=partial(_kept, agents, kept, *rates),
        short=short,
        long=long,
    )


# A queue with so many places, and callbacks taken when more wait.


def _blocked_right(name: str, agents: int, places: int) -> Right:
    """The share who find all places taken in an M/M/c/K queue; without a place Erlang's B."""
    load = 0.5 * TALK_S / MINUTE
    weights = [
        load**n / (factorial(min(n, agents)) * agents ** max(0, n - agents))
        for n in range(agents + places + 1)
    ]
    return {name: Expected(weights[-1] / sum(weights), "fraction")}


def _places(agents: int, most: int, seed: int, contacts: int) -> Found:
    call = reason(0.5, exponential(TALK_S), queue_limit={"max_waiting": most})
    scenario = centre({"call": call}, {"agents": {"heads": agents}}, _days(contacts, 0.5))
    seen = _watched(scenario, seed)
    return {"p_block": seen.share(seen.blocked)}


def _leave(most: int, seed: int, contacts: int) -> Found:
    """Everybody takes the callback, and is called in the year after next: as if it were full."""
    later = {"place": "window", "window_after_min": 1e6, "window_clock": "calendar"}
    offer = {"when_waiting_over": most, "accept": 1.0, **later}
    call = reason(0.5, exponential(TALK_S))
    groups = {"agents": {"heads": 3}}
    scenario = centre({"call": call}, groups, _days(contacts, 0.5), callback_offer=offer)
    seen = _watched(scenario, seed)
    return {"p_callback": seen.share(seen.outcome == Outcome.CALLBACK_TAKEN)}


# Calls behind mail that is finished first.

CALLS, MAILS = 1.5, 0.75


def _behind_mail_right(agents: int) -> Right:
    """Calls go first and do not interrupt: the formula of priority classes."""
    free = agents - CALLS * TALK_S / MINUTE
    waits = erlang_c((CALLS + MAILS) * 60.0, TALK_S, agents).p_wait
    return {
        "service_level_20s": Expected(1.0 - waits * exp(-free * 20.0 / TALK_S), "fraction"),
        "mean_wait": Expected(waits * TALK_S / free, "s"),
    }


def _behind_mail(agents: int, seed: int, contacts: int) -> Found:
    reasons = {
        "call": reason(CALLS, exponential(TALK_S)),
        "mail": {
            "volume": {"per_day": MAILS * 1440.0},
            "channels": {"email": 1.0},
            "groups": ["agents"],
            "handling": {"email": {"talk_s": exponential(TALK_S)}},
        },
    }
    finished = {"email": {"interrupted": False}}
    days = _days(contacts, CALLS + MAILS)
    scenario = centre(reasons, {"agents": {"heads": agents}}, days, channels=finished)
    seen = _watched(scenario, seed)
    call = seen.trace.contacts["reason"] == 0
    return {
        "service_level_20s": seen.share(seen.wait <= 20.0, call),
        "mean_wait": seen.mean(seen.wait, seen.served & call),
    }


_FEW, _MANY = (0.15, 0.25), (300 / 1440, 2000 / 1440)

CASES = (
    *(
        Case(
            f"HELP-{most}",
            f"3 agents, a supervisor helps when more than {most} wait",
            CHAIN,
            partial(_helped_right, most),
            simulate=partial(_helped, most),
            short=40_000 if most == 0 else None,
            long=200_000,
        )
        for most in (0, 2, 5)
    ),
    _kept_case(4, 1, _FEW, 35_000, 200_000),
    _kept_case(4, 2, _FEW, 35_000, 200_000),
    *(_kept_case(10, kept, _MANY, None, 400_000) for kept in (0, 1, 2)),
    *(
        Case(
            f"PLACES-{agents}-{most}",
            f"{agents} agents, {most or 'no'} places to wait",
            "formula of M/M/c/K",
            partial(_blocked_right, "p_block", agents, most),
            simulate=partial(_places, agents, most),
            short=15_000,
            long=100_000,
        )
        for agents, most in ((2, 0), (3, 0), (3, 2))
    ),
    *(
        Case(
            f"LEAVE-{most}",
            f"3 agents, a callback is taken when more than {most} wait",
            "formula of M/M/c/K",
            partial(_blocked_right, "p_callback", 3, most + 1),
            simulate=partial(_leave, most),
            short=15_000,
            long=100_000,
        )
        for most in (0, 2)
    ),
    *(
        Case(
            f"MAIL-{agents}",
            f"{agents} agents, calls wait for mail to be finished",
            "formula of priority classes",
            partial(_behind_mail_right, agents),
            simulate=partial(_behind_mail, agents),
            short=65_000 if agents == 10 else None,
            long=200_000,
        )
        for agents in (10, 11, 12, 13)
    ),
)
