"""Tickets, worked out by hand: five customers, talk of 60 s, answers written in 200 s."""

from typing import Any

from sim.trace.trace import Trace
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    HOUR,
    UNKNOWN,
    complaint,
    day_of,
    path,
    played,
    reason,
    rows,
)

FIVE = (0, 10, 20, 30, 40)
TICKET = {"step": "ticket", "group": "office", "due_h": 1, "work_s": 200}
OFFICE = {"heads": 1, "tier": 3, "knowledge": EXPERT}
STORY = "case kind channel answered ended ending agent talk_s"
PROMISED = "case kind made due done kept group"


def _ticketed(*steps: dict[str, Any], office: Any = OFFICE, **sections: Any) -> Trace:
    reasons = sections.pop("reasons", {"puzzle": reason(*FIVE, solve=UNKNOWN)})
    groups = {"front": 5, "office": office}
    paths = {"beyond_knowledge": path(*steps)}
    return played(reasons, groups, escalation=paths, **sections)


def test_the_back_office_writes_one_answer_after_the_other() -> None:
    trace = _ticketed(TICKET)
    assert rows(trace, "contacts", STORY) == [
        (0, "first", "voice", 0, 60, "ticketed", 0, 60),
        (1, "first", "voice", 10, 70, "ticketed", 1, 60),
        (2, "first", "voice", 20, 80, "ticketed", 2, 60),
        (3, "first", "voice", 30, 90, "ticketed", 3, 60),
        (4, "first", "voice", 40, 100, "ticketed", 4, 60),
        (0, "follow_up", "email", 60, 260, "settled", 5, 200),
        (1, "follow_up", "email", 260, 460, "settled", 5, 200),
        (2, "follow_up", "email", 460, 660, "settled", 5, 200),
        (3, "follow_up", "email", 660, 860, "settled", 5, 200),
        (4, "follow_up", "email", 860, 1060, "settled", 5, 200),
    ]
    assert rows(trace, "promises", PROMISED) == [
        (0, "ticket", 60, 3660, 260, 1, "office"),
        (1, "ticket", 70, 3670, 460, 1, "office"),
        (2, "ticket", 80, 3680, 660, 1, "office"),
        (3, "ticket", 90, 3690, 860, 1, "office"),
        (4, "ticket", 100, 3700, 1060, 1, "office"),
    ]
    assert day_of(trace, 5, 1070) == [("ready", 0, 60), ("talk", 60, 1060), ("ready", 1060, 1070)]


def test_a_ticket_is_kept_when_it_is_answered_not_when_it_is_begun() -> None:
    trace = _ticketed({**TICKET, "due_h": 0.1})  # 360 s
    assert rows(trace, "promises", "due done kept") == [
        (420, 260, 1),
        (430, 460, 0),  # begun at 260 s
        (440, 660, 0),
        (450, 860, 0),
        (460, 1060, 0),
    ]


def test_a_ticket_is_put_aside_for_calls_and_resumed() -> None:
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN),
        "direct": reason(100, 150, 400, 405, talk_s=30, groups=["office"]),
    }
    trace = _ticketed(TICKET, reasons=reasons)
    # 60-100, 130-150, 180-320: two hundred seconds of writing.
    assert rows(trace, "contacts", "reason kind answered ended talk_s") == [
        ("puzzle", "first", 0, 60, 60),
        ("puzzle", "follow_up", 60, 320, 200),
        ("direct", "first", 100, 130, 30),
        ("direct", "first", 150, 180, 30),
        ("direct", "first", 400, 430, 30),
        ("direct", "first", 430, 460, 30),
    ]


def test_a_pressing_ticket_goes_before_other_tickets_but_not_before_calls() -> None:
    reasons = {
        "puzzle": reason(0, 10, solve=UNKNOWN),
        "letter": reason(5, 6, 7, 8, channel="email", talk_s=600, groups=["office"]),
        "direct": reason(1000, talk_s=60, groups=["office"]),
    }
    step = {**TICKET, "due_h": 0.5, "urgent_before_min": 20}
    trace = _ticketed(step, reasons=reasons)
    # Pressing from 60 + 1800 - 1200 = 660 s on; the letter begun at 605 s is finished first.
    assert [
        row for row in rows(trace, "contacts", "reason kind answered ended") if row[2] > 20
    ] == [
        ("letter", "first", 605, 1265),
        ("letter", "first", 1665, 2265),
        ("letter", "first", 2265, 2865),
        ("direct", "first", 1000, 1060),
        ("puzzle", "follow_up", 1265, 1465),
        ("puzzle", "follow_up", 1465, 1665),
    ]
    assert rows(trace, "promises", "due done kept") == [(1860, 1465, 1), (1870, 1665, 1)]


def test_tickets_wait_over_night_for_the_next_day() -> None:
    shift = {"start": "08:00", "end": "17:00", "heads": 1}
    reasons = {"puzzle": reason(*(17 * HOUR - 160 + at for at in FIVE), solve=UNKNOWN)}
    office = {"knowledge": EXPERT, "shifts": {"day": shift}}
    trace = _ticketed(TICKET, reasons=reasons, office=office, horizon={"days": 2})
    five = 17 * HOUR
    morning = DAY + 8 * HOUR
    # The ticket in hand at 17:00 is finished, the others are work for tomorrow.
    assert rows(trace, "contacts", "kind answered ended")[5:] == [
        ("follow_up", five - 100, five + 100),
        ("follow_up", morning, morning + 200),
        ("follow_up", morning + 200, morning + 400),
        ("follow_up", morning + 400, morning + 600),
        ("follow_up", morning + 600, morning + 800),
    ]
    assert day_of(trace, 5)[-1] == ("talk", five - 100, five + 100)


def test_a_group_that_cannot_settle_its_ticket_tells_the_customer_so() -> None:
    trace = _ticketed(TICKET, office={"heads": 5, "tier": 3})
    assert rows(trace, "contacts", "kind ended ending")[5:] == [
        ("follow_up", 260 + 10 * k, "unsolved") for k in range(5)
    ]
    assert set(rows(trace, "cases", "state")) == {("given_up",)}
    assert set(rows(trace, "promises", "kept")) == {(1,)}


def test_an_escalation_while_a_ticket_is_written_asks_the_approver_without_anybody_on_hold() -> (
    None
):
    levels = {"little": {"limit": 20}, "full": {"limit": 1000}}
    ask = {"step": "ask_approver", "group": "boss", "decision_s": 20}
    trace = played(
        {"refund": complaint(*FIVE, solve=UNKNOWN)},
        {
            "front": {"heads": 5, "authority": "little"},
            "office": {"heads": 5, "tier": 3, "knowledge": EXPERT, "authority": "little"},
            "boss": {"heads": 1, "tier": 2, "authority": "full"},
        },
        authority=levels,
        escalation={"beyond_knowledge": path(TICKET), "beyond_authority": path(ask)},
        waiting={"hold_patience_s": 5},
    )
    # Written at 260, 270 ... 300 s; the boss decides one after the other, in 20 s each.
    assert rows(trace, "contacts", "kind answered ended ending talk_s hold_s")[5:] == [
        ("follow_up", 60, 280, "settled", 200, 20),
        ("follow_up", 70, 300, "settled", 200, 30),
        ("follow_up", 80, 320, "settled", 200, 40),
        ("follow_up", 90, 340, "settled", 200, 50),
        ("follow_up", 100, 360, "settled", 200, 60),
    ]


def test_an_answer_in_writing_takes_no_retelling_and_a_promised_call_does() -> None:
    told = {"waiting": {"retell_s": 40}, "reasons": {"puzzle": reason(0, solve=UNKNOWN)}}
    trace = _ticketed(TICKET, **told)
    assert rows(trace, "legs", "contact talk_s retold") == [(0, 60, 0), (1, 200, 0)]
    call = {"step": "promise_callback", "group": "office", "due_h": 1}
    trace = _ticketed(call, **told)
    assert rows(trace, "legs", "contact talk_s retold") == [(0, 60, 0), (1, 100, 1)]


def test_an_email_that_somebody_else_answers_again_takes_no_retelling() -> None:
    """What was written is read by the next agent."""
    for channel, retold in (("email", 0), ("voice", 1)):
        trace = played(
            {
                "puzzle": reason(0, solve=UNKNOWN, channel=channel),
                "busy": reason(10, 70, talk_s=100),
            },
            {"front": 2},
            repeat={"probability": 1.0, "delay_min": 2, "max_contacts": 2},
            waiting={"retell_s": 40},
        )
        legs = rows(trace, "legs", "reason agent talk_s retold")
        assert [row for row in legs if row[0] == "puzzle"] == [
            ("puzzle", 0, 60, 0),
            ("puzzle", 1, 60 + 40 * retold, retold),
        ]
