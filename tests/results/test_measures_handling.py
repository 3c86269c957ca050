import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.measures.registry import summarise
from sim.trace.codes import AgentState, ContactKind, Ending, Trigger
from sim.trace.trace import Trace
from tests.support.examples import examples
from tests.support.written_traces import answered, random_trace, row, scenario, span, trace, values


def test_handle_time_is_talk_hold_and_wrap_up_of_contacts_of_every_kind() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 100.0, hold_s=40.0, wrap_up_s=20.0)
    answered(made, 1, 0.0, 5.0, 200.0, wrap_up_s=40.0, kind=ContactKind.CALLBACK)
    found = values(made)
    assert found["handled"] == 2.0
    assert found["talk_time"] == 150.0
    assert found["hold_time"] == 20.0
    assert found["wrap_up_time"] == 30.0
    assert found["aht"] == 200.0


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_the_parts_of_the_handle_time_add_up_to_it_in_every_cut(seed: int) -> None:
    summary = summarise(scenario(), random_trace(60, seed))
    # A cause of failure demand brings contacts; how they are handled is no cut of it.
    handled = [values for (kind, _), values in summary.values.items() if kind != "cause"]
    for found in handled:
        parts = found["talk_time"] + found["hold_time"] + found["wrap_up_time"]
        assert found["aht"] == pytest.approx(parts, nan_ok=True)


def test_a_contact_still_in_hand_at_the_end_has_no_handle_time_yet() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 100.0)
    answered(made, 1, 0.0, 5.0, 9000.0, ending=Ending.IN_HAND)
    assert values(made)["aht"] == 100.0
    assert values(made)["asa"] == 5.0


def test_time_of_helpers_and_approvers_is_shown_apart() -> None:
    made = trace()
    for contact in range(4):
        answered(made, contact, 0.0, 5.0, 100.0)
    span(made, 0, AgentState.HELPING, 0.0, 40.0)
    span(made, 1, AgentState.DECIDING, 0.0, 80.0)
    found = values(made)
    assert found["aht"] == 100.0
    assert found["helper_time"] == 10.0
    assert found["approver_time"] == 20.0


def test_promising_a_call_is_an_escalation_just_as_asking_is() -> None:
    # Two customers, both passed up; to both the centre calls back itself. All went up, not half.
    made = trace()
    for contact in range(2):
        answered(made, contact, 0.0, 5.0, 100.0, escalated=Trigger.AUTHORITY)
        answered(made, 2 + contact, 200.0, 5.0, 100.0, kind=ContactKind.FOLLOW_UP)
    found = values(made)
    assert found["escalation_rate"] == found["escalation_authority"] == 1.0


def test_escalations_are_split_by_what_triggered_them() -> None:
    made = trace()
    triggers = [*Trigger, Trigger.AUTHORITY, Trigger.NONE, Trigger.NONE]
    for contact, trigger in enumerate(triggers):
        answered(made, contact, 0.0, 5.0, 100.0, escalated=trigger)
    found = values(made)
    assert found["escalation_rate"] == 5 / 8
    assert found["escalation_authority"] == 2 / 8
    assert found["escalation_knowledge"] == 1 / 8
    assert found["escalation_customer"] == 1 / 8
    assert found["escalation_route"] == 1 / 8


def with_legs(groups: tuple[int, ...]) -> Trace:
    """One contact that is transferred through these groups, and one that is not."""
    made = trace()
    answered(made, 0, 0.0, 5.0, 100.0, ending=Ending.TRANSFERRED_COLD, group=groups[0])
    last = len(groups) - 1
    for leg, group in enumerate(groups[1:], start=1):
        ending = Ending.SETTLED if leg == last else Ending.TRANSFERRED_WARM
        times = {"queued": 100.0 * leg, "answered": 100.0 * leg + 5.0, "talk_s": 50.0}
        row(made.legs, contact=0, leg=leg, group=group, ending=ending, **times)
    answered(made, 1, 0.0, 5.0, 100.0)
    return made


@pytest.mark.parametrize(
    ("groups", "rate"),
    [
        ((0, 0), 0.5),  # a colleague of the same tier
        ((0, 1), 0.0),  # up: an escalation
        ((1, 0), 0.5),  # down
        ((0, 1, 0, 0), 1.0),
    ],
)
def test_a_transfer_is_a_move_sideways_or_down_never_up(
    groups: tuple[int, ...], rate: float
) -> None:
    assert values(with_legs(groups))["transfer_rate"] == rate


def test_a_group_reached_by_transfer_has_the_handle_time_of_its_own_legs() -> None:
    made = with_legs((0, 1))
    assert values(made, "group", "bosses")["aht"] == 50.0
    assert values(made, "group", "front")["aht"] == 100.0
