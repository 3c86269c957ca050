"""Transfers into the queue of several groups, or of another reason: worked out by hand."""

from typing import Any

from tests.support.timed_centres import EXPERT, UNKNOWN, path, played, reason, rows

SHOWN = "leg group queued answered ended"


def passed_on(step: dict[str, Any], *at_s: float, **reasons: Any) -> Any:
    """Calls of 100 s for a reception that passes everything on."""
    call = reason(*at_s, talk_s=100, solve=UNKNOWN)
    skilled = {"heads": 1, "tier": 2, "knowledge": EXPERT}
    groups = {"front": 3, "desk": skilled, "reserve": skilled}
    steps = {"beyond_knowledge": path({"step": "cold_transfer", "group": "desk", **step})}
    return played({"call": call, **reasons}, groups, escalation=steps)


def test_any_of_several_groups_takes_who_is_transferred() -> None:
    trace = passed_on({"or_groups": ["reserve"]}, 0, 10, 20)
    second = [row[1:] for row in rows(trace, "legs", SHOWN) if row[0] == 1]
    assert second == [
        ("desk", 100, 100, 200),
        ("reserve", 110, 110, 210),
        ("desk", 120, 200, 300),
    ]


def test_who_is_handled_as_another_reason_takes_its_time_and_its_groups() -> None:
    """Bills take 40 s at the desk; after 15 s in the queue the reserve may take them."""
    billing = reason(
        0, talk_s=40, groups=["desk", {"group": "reserve", "after_s": 15}], wrap_up_s=0
    )
    trace = passed_on({"handled_as": "bill"}, 0, 10, 20, bill=billing)
    second = [row[1:] for row in rows(trace, "legs", SHOWN) if row[0] == 1]
    assert second == [
        ("desk", 100, 100, 140),
        ("reserve", 110, 125, 165),
        ("desk", 120, 140, 180),
    ]
    reasons = [row[0] for row in rows(trace, "contacts", "reason")]
    assert sorted(reasons) == ["bill", "call", "call", "call"]


def test_the_second_agent_passes_on_what_that_reason_passes_on() -> None:
    """A call is handled as a claim, and a claim is always passed on to the reserve."""
    claim = reason(5000, talk_s=30, groups=["desk"], then="assess")
    call = reason(0, talk_s=100, solve=UNKNOWN)
    skilled = {"heads": 1, "tier": 2, "knowledge": EXPERT}
    trace = played(
        {"call": call, "claim": claim},
        {"front": 1, "desk": skilled, "reserve": skilled},
        escalation={
            "beyond_knowledge": path(
                {"step": "cold_transfer", "group": "desk", "handled_as": "claim"}
            ),
            "assess": path({"step": "cold_transfer", "group": "reserve"}),
        },
    )
    mine = [row for row in rows(trace, "legs", f"contact {SHOWN}") if row[3] < 5000]  # type: ignore[operator]
    assert [row[1:] for row in mine] == [
        (0, "front", 0, 0, 100),
        (1, "desk", 100, 100, 130),
        (2, "reserve", 130, 130, 160),
    ]


def test_who_goes_back_to_the_first_queue_is_handled_as_before() -> None:
    """The desk is busy for an hour: after 20 s the caller is back at the front, for 100 s."""
    bill = reason(0, talk_s=3600, groups=["desk"])
    step = {"handled_as": "bill", "timeout_s": 20, "at_timeout": "back_to_queue"}
    trace = passed_on(step, 1, bill=bill)
    mine = [row[1:] for row in rows(trace, "legs", f"contact {SHOWN}") if row[2] == "front"]
    assert [row[1:] for row in mine][:2] == [("front", 1, 1, 101), ("front", 101, 121, 221)]
