"""Rules on the number waiting and on idle agents, against the exact chains of such centres."""

from collections.abc import Callable, Iterable
from math import exp, factorial

import numpy as np
import pytest

from results.formulas.erlang import erlang_c
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import Outcome
from tests.support.batch_means import Numbers, Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, centre, exponential, reason
from tests.support.reference_cases import assert_near

State = tuple[int, ...]
Moves = Iterable[tuple[State, float]]
TALK_S = 4 * MINUTE


def stationary(start: State, moves: Callable[[State], Moves]) -> dict[State, float]:
    """How likely each state of a chain is in the long run, from all that ``start`` leads to."""
    number = {start: 0}
    rows: list[list[tuple[int, float]]] = []
    queue = [start]
    while len(rows) < len(queue):
        row = []
        for other, rate in moves(queue[len(rows)]):
            if other not in number:
                number[other] = len(queue)
                queue.append(other)
            row.append((number[other], rate))
        rows.append(row)
    rates = np.zeros((len(queue), len(queue)))
    for here, row in enumerate(rows):
        for there, rate in row:
            rates[there, here] += rate
            rates[here, here] -= rate
    rates[-1] = 1.0
    found: Numbers = np.linalg.solve(rates, np.eye(len(queue))[-1])
    return dict(zip(queue, found.tolist(), strict=True))


def watched(scenario: Scenario) -> Watch:
    return Watch(simulate(scenario, SEED, 0), warm_up_s=12 * HOUR)


@pytest.mark.parametrize("most", [0, 2, 5])
def test_a_group_that_helps_above_a_length_shortens_the_wait_as_the_exact_chain_says(
    most: int,
) -> None:
    agents, per_min, end = 3, 0.7, 250

    def moves(state: State) -> Moves:
        busy, helping, waiting = state
        if busy < agents:
            yield (busy + 1, helping, 0), per_min
        elif helping or waiting < most:
            if waiting < end:
                yield (busy, helping, waiting + 1), per_min
        else:  # the helper takes the first in line
            yield (busy, 1, waiting), per_min
        if busy:
            less = (busy, helping, waiting - 1) if waiting else (busy - 1, helping, 0)
            yield less, busy * MINUTE / TALK_S
        if helping:
            stays = waiting > most
            yield (busy, int(stays), waiting - stays), MINUTE / TALK_S

    chain = stationary((0, 0, 0), moves)
    wait_s = sum(p * state[2] for state, p in chain.items()) / per_min * MINUTE
    helps = sum(p * state[1] for state, p in chain.items())
    groups = ["agents", {"group": "supervisors", "when_waiting_over": most}]
    call = {**reason(per_min, exponential(TALK_S)), "groups": groups}
    heads = {"agents": {"heads": agents}, "supervisors": {"heads": 1}}
    seen = watched(centre({"call": call}, heads, days=40))
    assert_near(seen.mean(seen.wait, seen.served), wait_s, what="wait")
    assert_near(seen.occupancy(group=1), helps, what="time of the helper")


def two_classes(agents: int, kept: int, days: int, vip: float, other: float) -> Scenario:
    """VIPs and others by their calls a minute, of whom the others leave agents free."""
    rest = {**reason(other, exponential(TALK_S)), "groups": [{"group": "agents", "reserve": kept}]}
    calls = {"vip": reason(vip, exponential(TALK_S), priority=10.0), "other": rest}
    return centre(calls, {"agents": {"heads": agents}}, days)


@pytest.mark.parametrize("kept", [1, 2])
def test_agents_kept_free_share_the_waits_as_the_exact_chain_says(kept: int) -> None:
    agents, vip, other = 4, 0.15, 0.25

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
    seen = watched(two_classes(agents, kept, 60, vip, other))
    first = seen.trace.contacts["reason"] == 0
    found = {
        "VIPs who wait": seen.share(seen.waited, first),
        "others who wait": seen.share(seen.waited, ~first),
        "wait of others": seen.mean(seen.wait, seen.served & ~first),
    }
    expected = {
        "VIPs who wait": sum(p for state, p in chain.items() if state[0] == agents),
        "others who wait": sum(p for state, p in chain.items() if state[0] >= agents - kept),
        "wait of others": sum(p * state[2] for state, p in chain.items()) / other * MINUTE,
    }
    for name, value in expected.items():
        assert_near(found[name], value, what=name)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kept", "vip_waits", "other_wait_s"), [(0, 0.141, 10.2), (1, 0.0212, 24.5), (2, 0.0034, 67.0)]
)
def test_one_or_two_of_ten_agents_kept_free_are_worth_what_the_exact_chain_says(
    kept: int, vip_waits: float, other_wait_s: float
) -> None:
    seen = watched(two_classes(10, kept, 400, 300 / 1440, 2000 / 1440))
    first = seen.trace.contacts["reason"] == 0
    share, wait_s = seen.share(seen.waited, first), seen.mean(seen.wait, seen.served & ~first)
    # The figures are rounded to their last digit.
    assert_near(share, vip_waits, 4.0 * share.standard_error + 0.0005, "VIPs who wait")
    assert_near(wait_s, other_wait_s, 4.0 * wait_s.standard_error + 0.5, "wait of others")


def blocked(agents: int, places: int, per_min: float) -> float:
    """The share who find all places taken in an M/M/c/K queue; without a place Erlang's B."""
    load = per_min * TALK_S / MINUTE
    weights = [
        load**n / (factorial(min(n, agents)) * agents ** max(0, n - agents))
        for n in range(agents + places + 1)
    ]
    return weights[-1] / sum(weights)


@pytest.mark.parametrize(("agents", "most"), [(2, 0), (3, 0), (3, 2)])
def test_a_queue_with_few_places_turns_away_as_many_as_erlang_says(agents: int, most: int) -> None:
    call = reason(0.5, exponential(TALK_S), queue_limit={"max_waiting": most})
    seen = watched(centre({"call": call}, {"agents": {"heads": agents}}, days=20))
    assert_near(seen.share(seen.blocked), blocked(agents, most, 0.5), what="busy")


@pytest.mark.parametrize("most", [0, 2])
def test_who_takes_a_callback_by_the_length_of_the_queue_leaves_it_as_the_formula_says(
    most: int,
) -> None:
    # Everybody takes it, and is called in the year after next: as if the queue were full.
    later = {"place": "window", "window_after_min": 1e6, "window_clock": "calendar"}
    offer = {"when_waiting_over": most, "accept": 1.0, **later}
    call = reason(0.5, exponential(TALK_S))
    groups = {"agents": {"heads": 3}}
    seen = watched(centre({"call": call}, groups, days=20, callback_offer=offer))
    taken = seen.outcome == Outcome.CALLBACK_TAKEN
    assert_near(seen.share(taken), blocked(3, most + 1, 0.5), what="callbacks")


@pytest.mark.parametrize(("agents", "level"), [(10, 0.52), (11, 0.72), (12, 0.84), (13, 0.91)])
def test_calls_behind_mail_that_is_finished_wait_as_the_priority_formula_says(
    agents: int, level: float
) -> None:
    calls, mails = 1.5, 0.75
    free = agents - calls * TALK_S / MINUTE
    waits = erlang_c((calls + mails) * 60.0, TALK_S, agents).p_wait
    reasons = {
        "call": reason(calls, exponential(TALK_S)),
        "mail": {
            "volume": {"per_day": mails * 1440.0},
            "channels": {"email": 1.0},
            "groups": ["agents"],
            "handling": {"email": {"talk_s": exponential(TALK_S)}},
        },
    }
    finished = {"email": {"interrupted": False}}
    seen = watched(centre(reasons, {"agents": {"heads": agents}}, days=20, channels=finished))
    call = seen.trace.contacts["reason"] == 0
    in_time = 1.0 - waits * exp(-free * 20.0 / TALK_S)
    assert round(in_time, 2) == level
    assert_near(seen.share(seen.wait <= 20.0, call), in_time, what="service level")
    assert_near(seen.mean(seen.wait, seen.served & call), waits * TALK_S / free, what="wait")
