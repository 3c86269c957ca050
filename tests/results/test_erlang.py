"""What Erlang B and C, limited lines and very large centres promise whatever the numbers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.formulas.erlang import (
    erlang_b,
    erlang_c,
    halfin_whitt_p_wait,
    lines_for_blocking,
    priority_waits,
)
from results.formulas.limited_lines import limited_lines
from results.formulas.patience_queue import erlang_a


def approx(value: float) -> Any:
    return pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize("beta", [0.25, 1.0, 2.0])
def test_large_centres_come_ever_closer_to_the_halfin_whitt_limit(beta: float) -> None:
    def distance(load: float) -> float:
        agents = round(load + beta * load**0.5)
        served = (agents - load) / load**0.5  # the beta that whole agents really give
        return abs(erlang_c(load * 3600, 1, agents).p_wait - halfin_whitt_p_wait(served))

    # The limit is missed by the order of 1 / √load.
    assert distance(100) < 0.03
    assert distance(10_000) < 0.003


loads = st.floats(0.01, 400)


@given(load=loads, lines=st.integers(0, 500))
def test_one_more_line_never_blocks_more(load: float, lines: int) -> None:
    assert 0 <= erlang_b(load, lines + 1) <= erlang_b(load, lines) <= 1


@given(load=loads, limit=st.floats(1e-6, 1))
def test_the_lines_found_are_enough_and_one_fewer_is_not(load: float, limit: float) -> None:
    lines = lines_for_blocking(load, limit)
    assert erlang_b(load, lines) <= limit
    assert lines == 0 or erlang_b(load, lines - 1) > limit


@given(load=loads, spare=st.integers(1, 50), aht_s=st.floats(10, 3600))
def test_one_more_agent_never_lengthens_the_wait(load: float, spare: int, aht_s: float) -> None:
    contacts, agents = load * 3600 / aht_s, int(load) + spare
    fewer, more = (erlang_c(contacts, aht_s, count, 20) for count in (agents, agents + 1))
    assert more.p_wait <= fewer.p_wait
    assert more.asa <= fewer.asa
    assert more.service_level >= fewer.service_level
    assert fewer.mean_queue == approx(contacts / 3600 * fewer.asa), "Little's law"


@given(load=loads, agents=st.integers(1, 200))
def test_as_many_lines_as_agents_is_erlang_b(load: float, agents: int) -> None:
    answer = limited_lines(load * 60, 60, agents, lines=agents)
    assert answer.blocked == approx(erlang_b(load, agents))
    assert answer.p_wait == 0
    assert answer.mean_queue == 0


@given(occupancy=st.floats(0.1, 0.95), agents=st.integers(1, 100))
def test_lines_without_end_are_erlang_c(occupancy: float, agents: int) -> None:
    # At 95 % load a queue of 400 has a chance of 0.95**400, about 1e-9.
    few_blocked = limited_lines(occupancy * agents * 60, 60, agents, lines=agents + 400)
    endless = erlang_c(occupancy * agents * 60, 60, agents)
    assert few_blocked.p_wait == approx(endless.p_wait)
    assert few_blocked.asa == approx(endless.asa)


def test_limited_lines_hold_in_a_tenfold_overload_of_a_large_centre() -> None:
    answer = limited_lines(50_000 * 60, 60, agents=5_000, lines=10_000)
    # Nine calls in ten find no line; the queue is full but for a geometric gap of 1 / 9 on average.
    assert answer.blocked == approx(0.9)
    assert answer.mean_queue == approx(5_000 - 1 / 9)
    assert answer.occupancy == approx(1)


def test_nobody_calling_means_nobody_waiting() -> None:
    assert erlang_b(0, 3) == 0
    assert erlang_c(0, 180, 3).service_level == 1
    assert limited_lines(0, 180, 3, 5).asa == 0
    assert erlang_a(0, 180, 3, 120).wait_all == 0


def test_an_overloaded_centre_without_abandonment_is_refused_with_the_agents_it_needs() -> None:
    with pytest.raises(ValueError, match=r"12 erlangs .* 12 agents, .* at least 13 agents"):
        erlang_c(240, 180, 12)


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (lambda: erlang_b(-1, 3), "offered_load is -1, but it must be a finite number of 0 or"),
        (lambda: erlang_b(1, -3), "lines is -3, but it must be at least 0"),
        (lambda: erlang_c(float("nan"), 180, 3), "contacts_per_hour is nan, but it must be"),
        (lambda: erlang_c(100, 0, 3), "aht_s is 0, but it must be a finite number above 0"),
        (lambda: erlang_c(100, 180, 13.5), "agents is 13.5, but it must be a whole number"),  # type: ignore[arg-type]
        (lambda: erlang_c(10, 180, 3, -1), "target_s is -1, but it must be a finite number of 0"),
        (lambda: lines_for_blocking(10, 0), "max_blocked is 0, but it must be a share above 0"),
        (lambda: limited_lines(10, 180, 3, 2), "lines is 2, but 3 agents .* at least 3"),
        (lambda: priority_waits([], 180, 3), "contacts_per_hour_by_class is empty"),
        (lambda: halfin_whitt_p_wait(0), "beta is 0, but it must be a finite number above 0"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name_value_and_rule(
    ask: Any, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        ask()
