"""What pooling several equal queues gains."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.formulas.erlang import erlang_c
from results.formulas.limited_lines import limited_lines
from results.formulas.patience_queue import erlang_a
from results.formulas.pooling import pooling
from results.formulas.staffing import Target, agents_needed

USUAL = Target(service_level=0.8)


def test_pooled_queues_are_one_queue_with_the_contacts_agents_and_lines_of_all() -> None:
    found = pooling(4, 60, 300, agents=7, target=USUAL)
    assert found.separate.answer == erlang_c(60, 300, 7)
    assert found.pooled.answer == erlang_c(240, 300, 28)
    assert found.separate.agents == found.pooled.agents == 28
    with_lines = pooling(4, 60, 300, agents=7, target=USUAL, lines=9)
    assert with_lines.separate.answer == limited_lines(60, 300, 7, 9)
    assert with_lines.pooled.answer == limited_lines(240, 300, 28, 36)
    patient = pooling(4, 60, 300, agents=7, target=USUAL, mean_patience_s=90)
    assert patient.pooled.answer == erlang_a(240, 300, 28, 90)


def test_two_single_desks_that_are_pooled_wait_as_the_closed_forms_say() -> None:
    # M/M/1 waits ρ / (1 - ρ) services, M/M/2 ρ² / (1 - ρ²).
    found = pooling(2, 48, 60, agents=1, target=USUAL)
    assert found.separate.answer.wait_all == pytest.approx(60 * 0.8 / 0.2)
    assert found.pooled.answer.wait_all == pytest.approx(60 * 0.64 / 0.36)


def test_separate_queues_get_the_fewest_agents_each_and_the_pooled_one_for_all() -> None:
    found = pooling(4, 60, 300, target=USUAL, shrinkage=0.3)
    each, least = agents_needed(60, 300, USUAL), agents_needed(240, 300, USUAL, shrinkage=0.3)
    assert found.separate.agents == 4 * each.agents
    assert found.separate.scheduled == 4 * math.ceil(each.agents / 0.7)
    assert found.least == least
    assert found.agents_saved == 4 * each.agents - least.agents > 0


limits: dict[str, Any] = {
    "mean_patience_s": st.none() | st.floats(10, 900),
    "spare_lines": st.integers(0, 40),
}


@given(
    queues=st.integers(2, 12),
    load=st.floats(0.1, 60),
    spare=st.integers(1, 20),
    **limits,
)
def test_pooling_never_lengthens_a_wait_or_blocks_or_loses_more(
    queues: int, load: float, spare: int, mean_patience_s: float | None, spare_lines: int
) -> None:
    agents = math.floor(load) + spare
    lines = agents + spare_lines if mean_patience_s is None and spare_lines else None
    found = pooling(
        queues,
        load * 12,
        300,
        agents=agents,
        target=USUAL,
        mean_patience_s=mean_patience_s,
        lines=lines,
    )
    apart, one = found.separate.answer, found.pooled.answer
    room = 1 + 1e-9
    if lines is None:
        assert one.wait_all <= apart.wait_all * room
        assert one.p_wait <= apart.p_wait * room
    for lost in ("abandonment", "blocked"):
        assert getattr(one, lost, 0.0) <= getattr(apart, lost, 0.0) * room + 1e-15
    if found.least is not None:
        assert found.least.answer.service_level >= apart.service_level


def test_one_queue_alone_cannot_be_pooled() -> None:
    with pytest.raises(ValueError, match="queues is 1, but it must be at least 2"):
        pooling(1, 60, 300, target=USUAL)
