"""Worlds in which a mechanism does not work, by hand: complaints at 0 to 40 s, talk of 60 s."""

from typing import Any

import pytest

from scenarios import load, load_text, with_changes
from sim import simulate
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.plan.switches import mechanisms_of
from sim.trace.trace import Trace
from tests.support.busy_centre import BUSY, digest
from tests.support.timed_centres import (
    EXPERT,
    UNKNOWN,
    centre,
    complaint,
    day_of,
    path,
    reason,
    rows,
)

FIVE = (0, 10, 20, 30, 40)
ASK = {"step": "ask_approver", "group": "boss", "decision_s": 20}
DECLINE = {"step": "decline"}
LEVELS = {"little": {"limit": 20}, "some": {"limit": 40}, "full": {"limit": 1000}}
BOSS = {"heads": 1, "tier": 2, "authority": "full"}
HEAD = {"heads": 1, "tier": 3, "authority": "full"}
EARLY = {"early": {"start": "08:00", "end": "09:00", "heads": 1}}
STORY = "case answered ended ending help talk_s hold_s"
DECIDED = "case group asker_group money limit asked started decided approved paid"

NO_APPROVAL_TIME = Mechanisms(approval_time=False)
NO_HANG_UPS = Mechanisms(hang_ups=False)
NO_RETELLING = Mechanisms(retelling=False)
NO_RETURNS = Mechanisms(returns=False)
NO_GENEROSITY = Mechanisms(generosity=False)
NOTHING_WORKS = Mechanisms(*[False] * 5)


def asked(
    works: Mechanisms, *steps: dict[str, Any], boss: dict[str, Any] = BOSS, **more: Any
) -> Trace:
    groups = {"front": {"heads": 3, "authority": "little"}, "boss": boss, **more.pop("groups", {})}
    reasons = more.pop("reasons", {"refund": complaint(*FIVE)})
    paths = more.pop("paths", {"beyond_authority": path(*steps)})
    scenario = centre(reasons, groups, authority=LEVELS, escalation=paths, **more)
    return simulate(scenario, 1, 0, works)


def transferred(works: Mechanisms, **puzzle: Any) -> Trace:
    groups = {"front": 3, "experts": {"heads": 1, "tier": 2, "knowledge": EXPERT}}
    paths = {"beyond_knowledge": path({"step": "cold_transfer", "group": "experts"})}
    reasons = {"puzzle": reason(*FIVE, solve=UNKNOWN, **puzzle)}
    scenario = centre(reasons, groups, escalation=paths, waiting={"retell_s": 25})
    return simulate(scenario, 1, 0, works)


# Time held for approvals.


def test_a_request_is_decided_in_the_instant_and_nobody_holds_or_spends_time() -> None:
    trace = asked(NO_APPROVAL_TIME, ASK)
    answered = (0, 10, 20, 60, 70)
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 60, "settled", "approved", 60, 0) for case, at in enumerate(answered)
    ]
    assert rows(trace, "decisions", DECIDED) == [
        (case, "boss", "front", 50, 1000, *[at + 60] * 3, 1, 50) for case, at in enumerate(answered)
    ]
    assert day_of(trace, 3, 200) == [("ready", 0, 200)]
    assert set(rows(trace, "cases", "state paid asked_boss")) == {("resolved", 50, 1)}
    assert set(rows(trace, "contacts", "escalated")) == {("authority",)}


def test_the_first_up_the_line_who_may_decide_it_does_so() -> None:
    boss = {**BOSS, "authority": "some", "approver": "head"}
    trace = asked(NO_APPROVAL_TIME, ASK, boss=boss, groups={"head": HEAD})
    assert rows(trace, "decisions", DECIDED)[:2] == [
        (0, "head", "front", 50, 1000, 60, 60, 60, 1, 50),
        (1, "head", "front", 50, 1000, 70, 70, 70, 1, 50),
    ]
    assert len(rows(trace, "decisions", "case")) == 5


def test_what_is_beyond_everybody_is_refused_in_the_instant() -> None:
    trace = asked(NO_APPROVAL_TIME, ASK, boss={**BOSS, "authority": "some"})
    assert rows(trace, "decisions", "case approved paid")[0] == (0, 0, 0)
    assert rows(trace, "contacts", STORY)[0] == (0, 0, 60, "declined", "alone", 60, 0)


def test_no_time_out_ends_a_request_while_the_approver_is_busy() -> None:
    visit = {"refund": complaint(*FIVE), "visit": reason(0, talk_s=1000, groups=["boss"])}
    impatient = {**ASK, "timeout_s": 0}
    kept = asked(ALL_WORK, impatient, DECLINE, reasons=visit)
    assert {row[0] for row in rows(kept, "cases", "state")} == {"given_up", "resolved"}
    trace = asked(NO_APPROVAL_TIME, impatient, DECLINE, reasons=visit)
    assert rows(trace, "cases", "state") == [("resolved",)] * 6


def test_the_approver_says_what_the_approver_would_have_said_anyway() -> None:
    fair = {**ASK, "approval": 0.5}
    many = {"refund": complaint(*range(0, 20_000, 200))}
    said = [
        rows(asked(works, fair, reasons=many), "decisions", "case approved")
        for works in (ALL_WORK, NO_APPROVAL_TIME)
    ]
    assert said[0] == said[1]
    assert {approved for _, approved in said[0]} == {0, 1}


def test_a_request_about_knowledge_is_met_with_the_mean_knowledge_of_the_group() -> None:
    puzzles = {"puzzle": reason(*range(0, 40_000, 100), solve=0.5)}
    paths = {"beyond_knowledge": path(ASK)}
    for knowledge, solved in ((EXPERT, 400), (-EXPERT, 0)):
        boss = {**BOSS, "knowledge": knowledge}
        trace = asked(NO_APPROVAL_TIME, boss=boss, reasons=puzzles, paths=paths)
        helped = rows(trace, "decisions", "approved")
        assert len(helped) > 100
        assert set(helped) == {(float(solved > 0),)}


def test_nobody_decides_where_nobody_of_the_line_is_on_duty() -> None:
    away = {**BOSS, "heads": None, "shifts": EARLY}
    trace = asked(NO_APPROVAL_TIME, ASK, DECLINE, boss=away)
    assert rows(trace, "decisions", "case") == []
    assert set(rows(trace, "contacts", "ending hold_s escalated")) == {("declined", 0, "none")}
    assert set(rows(trace, "cases", "asked_boss")) == {(0,)}


def test_an_agent_alone_on_duty_cannot_ask_the_own_group() -> None:
    paths = {"beyond_knowledge": path({**ASK, "group": "front"})}
    for heads, asked_for in ((1, 0), (2, 1)):
        groups = {"front": {"heads": heads}}
        scenario = centre({"puzzle": reason(0, solve=UNKNOWN)}, groups, escalation=paths)
        trace = simulate(scenario, 1, 0, NO_APPROVAL_TIME)
        assert len(rows(trace, "decisions", "case")) == asked_for


def test_a_promised_decision_is_made_as_soon_as_it_is_promised() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 20}
    refunds = {"refund": complaint(0, 10)}
    trace = asked(NO_APPROVAL_TIME, call, reasons=refunds)
    assert rows(trace, "decisions", "case group asked started decided approved paid") == [
        (0, "boss", 60, 60, 60, 1, 50),
        (1, "boss", 70, 70, 70, 1, 50),
    ]
    assert rows(trace, "contacts", "kind case answered ended ending")[2:] == [
        ("follow_up", 0, 60, 120, "settled"),
        ("follow_up", 1, 70, 130, "settled"),
    ]
    assert day_of(trace, 3, 200) == [("ready", 0, 200)]


def test_a_promised_decision_that_nobody_on_duty_could_make_takes_no_time_in_the_morning() -> None:
    call = {"step": "promise_callback", "due_h": 9, "approver": "boss", "decision_s": 20}
    away = {**BOSS, "heads": None, "shifts": EARLY}
    trace = asked(NO_APPROVAL_TIME, call, boss=away, reasons={"refund": complaint(0)})
    eight = 8 * 3600
    assert rows(trace, "decisions", "asked started decided") == [(60, eight, eight)]


# Hang-ups on hold and in transfer.


def test_customers_hold_as_long_as_it_takes() -> None:
    waiting = {"hold_patience_s": 10}
    refund = {"refund": complaint(0)}
    gone = asked(ALL_WORK, ASK, reasons=refund, waiting=waiting)
    assert rows(gone, "contacts", STORY) == [(0, 0, 70, "hung_up", "alone", 60, 10)]
    trace = asked(NO_HANG_UPS, ASK, reasons=refund, waiting=waiting)
    assert rows(trace, "contacts", STORY) == [(0, 0, 80, "settled", "approved", 60, 20)]


def test_customers_wait_in_a_later_queue_as_long_as_it_takes() -> None:
    ended = "case ended ending"
    impatient = {"patience_s": {"voice": 100}}
    assert rows(transferred(ALL_WORK, **impatient), "contacts", ended)[2] == (2, 180, "hung_up")
    assert rows(transferred(NO_HANG_UPS, **impatient), "contacts", ended) == [
        (0, 145, "settled"),
        (1, 230, "settled"),
        (2, 315, "settled"),
        (3, 400, "settled"),
        (4, 485, "settled"),
    ]


def test_patience_before_the_first_agent_stays_what_it_is() -> None:
    scenario = centre({"enquiry": reason(0, 10, patience_s={"voice": 20})}, {"front": 1})
    trace = simulate(scenario, 1, 0, NO_HANG_UPS)
    assert rows(trace, "contacts", "case ended outcome")[1] == (1, 30, "abandoned")


# Retelling.


def test_nobody_tells_the_story_again_and_it_is_not_on_record() -> None:
    legs = "case leg answered ended retold"
    assert rows(transferred(ALL_WORK), "legs", legs)[1] == (0, 1, 60, 145, 1)
    trace = transferred(NO_RETELLING)
    assert rows(trace, "legs", legs)[1] == (0, 1, 60, 120, 0)
    assert set(rows(trace, "legs", "retold")) == {(0,)}


# Repeats and redials.


def test_a_case_is_given_up_where_the_customer_would_have_come_back() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2}
    puzzle = {"puzzle": reason(0, solve=UNKNOWN, repeat=repeat)}
    back = simulate(centre(puzzle, {"front": 1}), 1, 0)
    assert rows(back, "contacts", "kind ended") == [("first", 60), ("repeat", 720)]
    trace = simulate(centre(puzzle, {"front": 1}), 1, 0, NO_RETURNS)
    assert rows(trace, "contacts", "kind ended") == [("first", 60)]
    assert rows(trace, "cases", "state ended") == [("given_up", 60)]


def test_who_hangs_up_does_not_dial_again() -> None:
    redial = {"after_abandoning": 1.0, "delay_min": 1}
    enquiry = {"enquiry": reason(0, 10, patience_s={"voice": 20}, redial=redial)}
    again = simulate(centre(enquiry, {"front": 1}), 1, 0)
    assert ("redial",) in rows(again, "contacts", "kind")
    trace = simulate(centre(enquiry, {"front": 1}), 1, 0, NO_RETURNS)
    assert rows(trace, "contacts", "kind") == [("first",), ("first",)]
    assert rows(trace, "cases", "state ended") == [("resolved", 60), ("given_up", 30)]


def test_who_would_have_called_about_a_broken_promise_gives_up_then() -> None:
    broken = {"probability": 1.0, "delay_min": 1}
    repeat = {"probability": 1.0, "delay_min": 10, "after_broken_promise": broken}
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, repeat=repeat),
        "enquiry": reason(30, talk_s=9000, groups=["experts"]),
    }
    step = {"step": "promise_callback", "group": "experts", "due_h": 1, "urgent_before_min": 0}
    groups = {"front": 1, "experts": {"heads": 1, "tier": 2, "knowledge": EXPERT}}
    paths = {"beyond_knowledge": path(step, DECLINE)}
    trace = simulate(centre(reasons, groups, escalation=paths), 1, 0, NO_RETURNS)
    assert rows(trace, "cases", "state ended") == [("given_up", 3720), ("resolved", 9030)]
    assert rows(trace, "contacts", "reason kind") == [("puzzle", "first"), ("enquiry", "first")]
    assert rows(trace, "promises", "due done") == [(3660, None)]


def test_a_promise_kept_late_but_before_the_customer_calls_settles_the_case() -> None:
    slow = {"probability": 1.0, "delay_min": 200}
    repeat = {"probability": 1.0, "delay_min": 10, "after_broken_promise": slow}
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, repeat=repeat),
        "enquiry": reason(30, talk_s=9000, groups=["experts"]),
    }
    step = {"step": "promise_callback", "group": "experts", "due_h": 1, "preparation_s": 0}
    groups = {"front": 1, "experts": {"heads": 1, "tier": 2, "knowledge": EXPERT}}
    paths = {"beyond_knowledge": path(step, DECLINE)}
    trace = simulate(centre(reasons, groups, escalation=paths), 1, 0, NO_RETURNS)
    assert rows(trace, "cases", "state ended")[0] == ("resolved", 9090)


# Generosity.


def test_exactly_what_is_due_is_paid() -> None:
    front = {"heads": 5, "authority": "full", "generosity": {"mean": 1.5, "cv": 0.2}}
    scenario = centre({"refund": complaint(*FIVE)}, {"front": front}, authority=LEVELS)
    assert all(paid != 50 for (paid,) in rows(simulate(scenario, 1, 0), "cases", "paid"))
    trace = simulate(scenario, 1, 0, NO_GENEROSITY)
    assert set(rows(trace, "cases", "money paid")) == {(50, 50)}


# What there is, and no switch at all.


def same(one: Trace, other: Trace) -> bool:
    tables = ("contacts", "legs", "decisions", "promises", "cases", "spans", "shifts")
    return all(
        digest(getattr(one, name), tuple(getattr(one, name).as_dict()))
        == digest(getattr(other, name), tuple(getattr(other, name).as_dict()))
        for name in tables
    )


def test_with_no_switch_the_bits_are_those_of_the_centre_as_it_is() -> None:
    busy = load_text(BUSY)
    assert same(simulate(busy, 1, 0), simulate(busy, 1, 0, Mechanisms()))


@pytest.mark.parametrize("name", list(ALL_WORK.__dataclass_fields__))
def test_each_switch_changes_what_happens_in_a_centre_that_has_the_mechanism(name: str) -> None:
    busy = with_changes(
        load_text(BUSY), {"groups.front.generosity.mean": 1.2} if name == "generosity" else {}
    )
    off = Mechanisms(**{name: False})
    assert not same(simulate(busy, 1, 0), simulate(busy, 1, 0, off))


def test_switching_off_what_a_centre_does_not_have_changes_no_bit() -> None:
    smaller = {"reasons.enquiry.volume.per_day": 6912, "groups.agents.heads": 5}
    textbook = with_changes(load("textbook"), smaller)
    assert mechanisms_of(textbook) == ()
    assert same(simulate(textbook, 1, 0), simulate(textbook, 1, 0, NOTHING_WORKS))


def test_the_mechanisms_of_a_centre_are_those_that_it_uses() -> None:
    refunds = {"refund": complaint(*FIVE)}
    groups = {"front": {"heads": 3, "authority": "little"}, "boss": BOSS}
    paths = {"beyond_authority": path(ASK)}
    plain = centre(refunds, groups, authority=LEVELS, escalation=paths)
    assert mechanisms_of(plain) == ("approval_time",)
    holding = with_changes(plain, {"waiting.hold_patience_s": 60})
    assert mechanisms_of(holding) == ("approval_time", "hang_ups")
    transfers = centre(
        {"puzzle": reason(0, solve=UNKNOWN, patience_s={"voice": 100})},
        {"front": 1, "boss": BOSS},
        authority=LEVELS,
        escalation={"beyond_knowledge": path({"step": "cold_transfer", "group": "boss"})},
        waiting={"retell_s": 25},
    )
    assert mechanisms_of(transfers) == ("hang_ups", "retelling")
    rich = load("retail-complaints")
    assert mechanisms_of(rich) == tuple(ALL_WORK.__dataclass_fields__)
