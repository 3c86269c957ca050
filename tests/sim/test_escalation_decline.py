"""Declining, and the rules by which steps of a path apply, worked out by hand."""

from typing import Any

from sim.trace.trace import Trace
from tests.support.timed_centres import UNKNOWN, complaint, path, played, reason, rows

FIVE = (0, 10, 20, 30, 40)
DECLINE = {"step": "decline"}
TICKET = {"step": "ticket", "group": "office", "due_h": 1, "work_s": 200}
STORY = "case ended ending"


def _declined(*steps: dict[str, Any], reasons: dict[str, Any]) -> Trace:
    groups = {"front": 5, "office": 5}
    return played(reasons, groups, escalation={"beyond_authority": path(*steps)})


def _endings(trace: Trace) -> list[Any]:
    return [row[-1] for row in rows(trace, "contacts", "kind case ending") if row[0] == "first"]


def test_declining_ends_the_contact_and_the_customer_gives_up() -> None:
    trace = _declined(DECLINE, reasons={"refund": complaint(*FIVE)})
    assert rows(trace, "contacts", STORY) == [
        (case, at + 60, "declined") for case, at in enumerate(FIVE)
    ]
    assert rows(trace, "cases", "began ended state money paid") == [
        (at, at + 60, "given_up", 50, 0) for at in FIVE
    ]
    assert rows(trace, "decisions", "case") == []


def test_without_a_path_the_agent_declines_what_is_beyond_authority() -> None:
    reasons = {"refund": complaint(*FIVE), "puzzle": reason(5, 15, 25, solve=UNKNOWN)}
    trace = played(reasons, {"front": 8})
    assert set(rows(trace, "contacts", "reason ending")) == {
        ("refund", "declined"),
        ("puzzle", "unsolved"),
    }


def test_a_step_applies_only_from_and_to_an_amount_of_money() -> None:
    reasons = {
        f"refund_{money}": complaint(at, money=money)
        for at, money in zip(FIVE, (10, 20, 50, 100, 101), strict=True)
    }
    trace = _declined({**TICKET, "money_from": 20, "money_to": 100}, DECLINE, reasons=reasons)
    assert _endings(trace) == ["declined", "ticketed", "ticketed", "ticketed", "declined"]


def test_a_step_applies_only_for_its_reasons() -> None:
    reasons = {"wrong_bill": complaint(0, 20, 40), "damaged_item": complaint(10, 30)}
    trace = _declined({**TICKET, "reasons": ["wrong_bill"]}, DECLINE, reasons=reasons)
    assert _endings(trace) == ["ticketed", "declined", "ticketed", "declined", "ticketed"]


def test_a_step_applies_only_on_its_channels() -> None:
    reasons = {
        "call": complaint(0, 20),
        "chat": complaint(10, channel="chat"),
        "letter": complaint(30, 40, channel="email"),
    }
    trace = _declined({**TICKET, "channels": ["chat", "email"]}, DECLINE, reasons=reasons)
    assert _endings(trace) == ["declined", "ticketed", "declined", "ticketed", "ticketed"]


def test_a_step_applies_only_from_a_contact_of_the_case_on() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 4}
    reasons = {"refund": complaint(*FIVE, repeat=repeat)}
    trace = _declined({**TICKET, "contacts_from": 2}, DECLINE, reasons=reasons)
    assert [row for row in rows(trace, "contacts", "case kind ended ending") if row[0] == 0] == [
        (0, "first", 60, "declined"),
        (0, "repeat", 720, "ticketed"),
        (0, "follow_up", 920, "declined"),
        (0, "repeat", 1580, "ticketed"),
        (0, "follow_up", 1780, "declined"),
    ]


def test_a_step_with_a_chance_is_tried_for_that_share_of_the_cases() -> None:
    reasons = {"refund": complaint(*range(0, 40_000, 100))}
    trace = _declined({**TICKET, "chance": 0.25}, DECLINE, reasons=reasons)
    share = _endings(trace).count("ticketed")
    assert abs(share - 100) < 35  # 400 cases: four standard errors are 35
