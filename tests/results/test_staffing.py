"""The least number of agents is enough, and one fewer is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.formulas.erlang import erlang_c
from results.formulas.patience_queue import erlang_a
from results.formulas.staffing import Target, agents_needed, scheduled_for

centres = {"contacts_per_hour": st.floats(1, 2000), "aht_s": st.floats(30, 900)}
targets = st.builds(
    Target,
    service_level=st.none() | st.floats(0.1, 0.99),
    target_s=st.floats(0, 120),
    asa_s=st.floats(1, 120),
    max_occupancy=st.none() | st.floats(0.4, 1),
)


@given(target=targets, **centres)
def test_patient_callers_get_the_least_agents_that_keep_every_promise(
    target: Target, contacts_per_hour: float, aht_s: float
) -> None:
    staffing = agents_needed(contacts_per_hour, aht_s, target)
    fewer = staffing.agents - 1
    assert target.met_by(staffing.answer)
    if fewer > contacts_per_hour * aht_s / 3600:
        assert not target.met_by(erlang_c(contacts_per_hour, aht_s, fewer, target.target_s))


@given(target=targets, limit=st.floats(0.005, 0.5), patience_s=st.floats(5, 1800), **centres)
def test_callers_who_may_give_up_get_the_least_agents_that_keep_every_promise(
    target: Target, limit: float, patience_s: float, contacts_per_hour: float, aht_s: float
) -> None:
    target = Target(
        target.service_level, target.target_s, target.asa_s, target.max_occupancy, limit
    )
    staffing = agents_needed(contacts_per_hour, aht_s, target, mean_patience_s=patience_s)
    fewer = staffing.agents - 1
    assert target.met_by(staffing.answer)
    if fewer:
        answer = erlang_a(contacts_per_hour, aht_s, fewer, patience_s, target.target_s)
        assert not target.met_by(answer)


def test_abandonment_lets_fewer_agents_keep_the_same_service_level() -> None:
    target = Target(service_level=0.8)
    patient = agents_needed(1200, 300, target)
    impatient = agents_needed(1200, 300, target, mean_patience_s=120)
    assert impatient.agents < patient.agents


def test_a_large_centre_is_staffed_by_the_square_root_rule() -> None:
    # 5,000 erlangs: 80 % in 20 s takes fewer than one square root of spare agents.
    staffing = agents_needed(60_000, 300, Target(service_level=0.8))
    assert 5_000 < staffing.agents < 5_000 + 5_000**0.5


@pytest.mark.parametrize(
    ("agents", "shrinkage", "scheduled"),
    [(14, 0.3, 20), (21, 0.3, 30), (18, 0.55, 40), (10, 0.0, 10), (10, 0.35, 16)],
)
def test_shrinkage_is_added_by_dividing_and_rounding_up(
    agents: int, shrinkage: float, scheduled: int
) -> None:
    assert scheduled_for(agents, shrinkage) == scheduled


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (Target, "The target is empty, but it must set at least one of"),
        (lambda: Target(service_level=80), "service_level is 80, but it must be a share from 0"),
        (lambda: Target(service_level=1), "service_level is 1, but it must be a share from 0"),
        (lambda: Target(asa_s=0), "asa_s is 0, but it must be a finite number above 0"),
        (lambda: Target(max_occupancy=1.2), "max_occupancy is 1.2, but it must be a share above"),
        (lambda: scheduled_for(10, 1), "shrinkage is 1, but it must be a share from 0 up to"),
        (
            lambda: agents_needed(100, 300, Target(max_abandonment=0.05)),
            "max_abandonment is 0.05, but without mean_patience_s nobody gives up",
        ),
    ],
)
def test_a_target_nobody_can_keep_is_refused(ask: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ask()
