"""The formulas without a loop over agents say what the loops said, and work where those cannot."""

import math
import time
from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import poisson

from results.formulas.erlang import erlang_b, erlang_c, halfin_whitt_p_wait, lines_for_blocking
from results.formulas.limited_lines import limited_lines
from results.formulas.patience_queue import erlang_a
from results.formulas.staffing import Target, agents_needed, scheduled_for

BILLION = 10**9
LOADS = (1e-9, 0.01, 0.3, 0.5, 0.7, 0.9, 0.98, 0.999, 1.0, 1.0001, 1.02, 1.3, 3.0, 1e6)
"""Load per agent."""


def recursion(load: float, lines: int) -> Iterator[float]:
    """Erlang B for no line, one line and so on, by the recursion of the textbook."""
    blocked = 1.0
    yield blocked
    for line in range(1, lines + 1):
        blocked = load * blocked / (line + load * blocked)
        yield blocked


@pytest.mark.parametrize("load", [0.02, 1.0, 17.3, 400.0, 2_400.0, 2_500.0, 5_100.0, 1e7])
def test_blocking_is_that_of_the_recursion_for_every_number_of_lines_up_to_five_thousand(
    load: float,
) -> None:
    for lines, blocked in enumerate(recursion(load, 5_000)):
        if blocked < 1e-280:  # there the recursion itself runs out of digits
            assert erlang_b(load, lines) < 1e-279
            break
        # Measured: 2e-13 at worst, where blocking is 1e-220 and its logarithm has lost digits.
        assert erlang_b(load, lines) == pytest.approx(blocked, rel=1e-9, abs=0.0)


def test_a_wait_in_erlang_c_is_that_of_the_recursion() -> None:
    for agents in (1, 2, 3, 14, 100, 777, 5_000):
        for part in (0.1, 0.6, 0.9, 0.99, 0.9999):
            load = part * agents
            *_, blocked = recursion(load, agents)
            waits = agents * blocked / (agents - load * (1 - blocked))
            found = erlang_c(load * 12, 300, agents)
            assert found.p_wait == pytest.approx(waits, rel=1e-9, abs=1e-280)
            if waits:  # with 5,000 agents and 500 at work nobody does, to 308 digits
                assert found.wait_of_waiting == pytest.approx(300 / (agents - load), rel=1e-9)
            assert found.wait_all == pytest.approx(found.p_wait * found.wait_of_waiting, rel=1e-9)


def chain(load: float, agents: int, lines: int) -> np.ndarray:
    """Share of time with so many contacts in the centre, state by state."""
    steps = math.log(load) - np.log(np.minimum(np.arange(1, lines + 1), agents))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(logs - logs.max())
    shares: np.ndarray = weights / weights.sum()
    return shares


@pytest.mark.parametrize("places", [0, 1, 2, 7, 60, 800])
@pytest.mark.parametrize("agents", [1, 2, 12, 90, 1_000])
def test_limited_lines_are_the_markov_chain_of_all_their_states(agents: int, places: int) -> None:
    lines, aht_s, target_s = agents + places, 300.0, 20.0
    for part in LOADS:
        load = part * agents
        shares = chain(load, agents, lines)
        waiting = np.arange(places + 1)
        found = limited_lines(load * 12, aht_s, agents, lines, target_s)
        # The sums of the chain itself are good to 1e-11 with thousands of states.
        assert found.blocked == pytest.approx(shares[-1], rel=1e-9, abs=1e-280)
        assert found.mean_queue == pytest.approx(shares[agents:] @ waiting, rel=1e-9, abs=1e-280)
        assert found.p_empty == pytest.approx(shares[0], rel=1e-9, abs=1e-280)
        got_in = shares[:-1] / shares[:-1].sum()
        assert found.p_wait == pytest.approx(got_in[agents:].sum(), rel=1e-9, abs=1e-280)
        busy = np.minimum(np.arange(lines + 1), agents)
        assert found.occupancy == pytest.approx(shares @ busy / agents, rel=1e-9)
        rate = load / aht_s * shares[:-1].sum()
        assert found.asa == pytest.approx(shares[agents:] @ waiting / rate, rel=1e-9, abs=1e-280)
        late = poisson.cdf(waiting[:-1], agents * target_s / aht_s)
        in_time = 1 - got_in[agents:] @ late
        assert found.service_level == pytest.approx(in_time, rel=1e-9, abs=1e-12)


def test_blocked_callers_wait_for_nothing_and_those_who_get_in_wait_less_than_with_more_lines() -> (
    None
):
    few, many = (limited_lines(240, 300, 21, lines) for lines in (25, 200))
    endless = erlang_c(240, 300, 21)
    assert few.wait_all < many.wait_all < endless.wait_all
    assert few.wait_of_waiting < many.wait_of_waiting < endless.wait_of_waiting
    assert few.blocked > many.blocked
    assert few.service_level > many.service_level > endless.service_level


def test_a_billion_agents_are_answered_within_a_second() -> None:
    load = float(BILLION)
    spare = round(math.sqrt(load))
    limited_lines(12, 300, 1, 2)  # what is loaded once is no part of an answer
    start = time.process_time()
    waits = erlang_c(load * 12, 300, BILLION + spare)
    blocked = erlang_b(load, BILLION)
    lines = limited_lines(load * 12, 300, BILLION, BILLION + spare)
    gives_up = erlang_a(load * 12, 300, BILLION, 300)
    needed = agents_needed(load * 12, 300, Target(service_level=0.8))
    trunks = lines_for_blocking(load, 0.01)
    assert time.process_time() - start < 1.0
    # The limits of very large centres, missed by the order of 1 / √load.
    assert waits.p_wait == pytest.approx(halfin_whitt_p_wait(1.0), rel=1e-4)
    assert blocked == pytest.approx(math.sqrt(2 / math.pi / load), rel=1e-4)
    # Half of the time below its centre, the rest uniform over the places in the queue.
    root = math.sqrt(math.pi / 2)
    assert lines.blocked == pytest.approx(1 / (root + 1) / spare, rel=1e-4)
    # Patience as long as a contact: contacts in the centre are Poisson, and half of them wait.
    assert gives_up.p_wait == pytest.approx(0.5, rel=1e-4)
    assert gives_up.abandonment == pytest.approx(1 / math.sqrt(2 * math.pi * load), rel=1e-4)
    assert BILLION < needed.agents < BILLION + spare
    assert erlang_b(load, trunks) <= 0.01 < erlang_b(load, trunks - 1)


def test_a_roster_has_never_fewer_heads_than_agents() -> None:
    for agents in (1, 21, 10**6, BILLION + 25, 10**12 + 1):
        assert scheduled_for(agents, 0.0) == agents
        assert scheduled_for(agents, 0.5) == 2 * agents
