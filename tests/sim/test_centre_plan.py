"""The plan of a centre: a scenario as numbers, positions and codes, without a clock."""

from dataclasses import FrozenInstanceError

import pytest

from scenarios import load_text, with_changes
from sim import simulate
from sim.plan.centre_plan import CentrePlan, plan_of
from sim.plan.stages import Onward, StagePlan
from sim.plan.steps import OWN_GROUP, AtTimeout, StepKind
from tests.support.busy_centre import BUSY, digest

VOICE, CHAT, EMAIL = 0, 1, 2
FRONT, SPECIALISTS, SUPERVISORS = 0, 1, 2
REFUND, GOODWILL = 0, 1


def busy(**changes: object) -> CentrePlan:
    return plan_of(with_changes(load_text(BUSY), changes) if changes else load_text(BUSY))


def test_nothing_of_a_plan_can_be_changed() -> None:
    plan = busy()
    for part, name in ((plan, "days"), (plan.groups[0], "tier"), (plan.reasons[0], "solve")):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, 1)


def test_groups_are_positions_with_limits_by_kind() -> None:
    front, specialists, supervisors = busy().groups
    assert [group.name for group in (front, specialists, supervisors)] == [
        "front",
        "specialists",
        "supervisors",
    ]
    assert front.authority.limits == (25.0, 25.0)
    assert supervisors.authority.limits == (float("inf"), float("inf"))
    assert specialists.approver == SUPERVISORS
    assert front.approver == supervisors.approver == -1
    assert (
        front.authority.standing < specialists.authority.standing < supervisors.authority.standing
    )
    assert (front.chats_at_once, front.chat_slowdown) == (2, 0.3)
    assert supervisors.own_work_s == 3 * 3600.0
    assert front.own_work_s is None


def test_a_kind_that_is_never_allowed_has_a_limit_below_zero() -> None:
    plan = busy(
        **{"authority.limited.never": ["goodwill"], "authority.limited.limits.refund": 40.0}
    )
    assert plan.kinds == ("refund", "goodwill")
    assert plan.groups[FRONT].authority.limits == (40.0, -1.0)


def test_reasons_know_who_takes_their_contacts_and_when() -> None:
    order, damage = busy().reasons
    assert order.stages == (StagePlan(0.0, (FRONT,)),)
    assert damage.stages == (StagePlan(0.0, (FRONT,)), StagePlan(90.0, (SPECIALISTS,)))
    assert damage.own_groups == (FRONT,)
    assert damage.taking_groups == {FRONT, SPECIALISTS}
    assert damage.remedies == ((REFUND, 0.7), (GOODWILL, 0.3))
    assert [channel for channel, _ in order.channels] == [VOICE, CHAT, EMAIL]
    assert [below for _, below in order.channels] == pytest.approx([0.6, 0.8, 1.0])
    assert set(order.patience) == {VOICE, CHAT}
    assert order.repeat is not None
    assert order.repeat.talk_factor == 1.1


def test_a_group_that_takes_over_after_a_waiting_limit_is_one_that_may_take_the_contact() -> None:
    limit = {"after_s": 60, "then": "group", "group": "specialists"}
    order, _ = busy(**{"reasons.order.waiting_limit": limit}).reasons
    assert order.waiting_limit is not None
    assert (order.waiting_limit.then, order.waiting_limit.group) == (Onward.GROUP, SPECIALISTS)
    assert order.taking_groups == {FRONT, SPECIALISTS}


def test_escalation_is_a_table_of_steps() -> None:
    front = busy().groups[FRONT]
    ask, ticket = front.beyond_authority
    assert (ask.kind, ask.group, ask.timeout_s) == (StepKind.ASK_APPROVER, SUPERVISORS, 120.0)
    assert ask.decision == 60.0
    assert (ticket.kind, ticket.group) == (StepKind.TICKET, SPECIALISTS)
    assert (ticket.due_s, ticket.urgent_before_s, ticket.time) == (24 * 3600.0, 1800.0, 300.0)
    colleague, cold, promise = front.beyond_knowledge
    assert (colleague.group, colleague.timeout_s, colleague.chance) == (OWN_GROUP, 0.0, 0.4)
    assert cold.at_timeout is AtTimeout.NEXT_STEP
    assert promise.approver == -1
    (warm,) = front.on_demand
    assert (warm.kind, warm.group) == (StepKind.WARM_TRANSFER, SUPERVISORS)


def test_lines_know_their_hours_and_what_closing_time_means() -> None:
    plan = busy()
    voice, email = plan.lines[VOICE], plan.lines[EMAIL]
    assert voice.closings(0) == (18 * 3600.0,)
    assert voice.closings(6) == ()  # closed on Sundays
    assert email.always_open
    assert email.closings(0) == ()
    assert not voice.cuts_off or not voice.offers_callback


def test_what_is_left_out_is_off() -> None:
    plan = busy()
    assert plan.announcement is None
    assert plan.offer is not None
    assert plan.offer.accept == 0.4
    assert plan.causes == ()
    without = plan_of(
        load_text(BUSY.replace("[callback_offer]\nwhen_wait_over_s = 60\naccept = 0.4", ""))
    )
    assert without.offer is None
    assert without.calling_back.tries == 3
    assert [group.handling_s for group in without.groups] == [0.0, 0.0, 0.0]
    assert plan.groups[FRONT].handling_s > 100.0


def test_a_replication_is_the_same_whichever_replications_its_scenario_had_before() -> None:
    scenario = load_text(BUSY)
    plan = plan_of(scenario)
    alone = simulate(load_text(BUSY), 1, 1).tables()
    simulate(scenario, 1, 0)
    assert plan.usual
    after = simulate(scenario, 1, 1).tables()
    assert plan_of(scenario) is plan
    assert list(after) == list(alone)
    for name, table in after.items():
        columns = tuple(table.columns)
        assert digest(table, columns) == digest(alone[name], columns)
