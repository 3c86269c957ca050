"""The end of a shift: agents who log off early, and work handed to a colleague; by hand."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from sim import simulate
from tests.support.timed_centres import DAY, HOUR, centre, day_of, played, reason, rows

DAY_SHIFT = {"start": "09:00", "end": "17:00", "heads": 1}


def early(share: float, minutes: Any, heads: int = 1) -> dict[str, Any]:
    shifts = {"day": {**DAY_SHIFT, "heads": heads}}
    return {"shifts": shifts, "early_log_off": {"share": share, "minutes": minutes}}


def test_who_logs_off_early_is_gone_and_paid_until_the_end_of_the_shift() -> None:
    calls = reason(16.5 * HOUR, 16.8 * HOUR, talk_s=60)
    trace = played({"call": calls}, {"front": early(1.0, 15)}, horizon={"days": 2})
    assert day_of(trace, 0)[-1] == ("away", 16.75 * HOUR, 17 * HOUR)
    nine = DAY + 9 * HOUR
    assert rows(trace, "contacts", "answered") == [(16.5 * HOUR,), (nine,)]
    assert rows(trace, "shifts", "start end")[0] == (9 * HOUR, 17 * HOUR)


def test_the_contact_in_hand_is_finished_before_the_agent_leaves_early() -> None:
    call = reason(16.74 * HOUR, talk_s=600)
    trace = played({"call": call}, {"front": early(1.0, 15)})
    end = 16.74 * HOUR + 600
    assert day_of(trace, 0)[-2:] == [("talk", 16.74 * HOUR, end), ("away", end, 17 * HOUR)]


def test_a_contact_that_lasts_beyond_the_shift_leaves_nothing_of_the_time_gone_early() -> None:
    call = reason(16.74 * HOUR, talk_s=HOUR)
    trace = played({"call": call}, {"front": early(1.0, 15)})
    assert day_of(trace, 0)[-1] == ("talk", 16.74 * HOUR, 17.74 * HOUR)


def test_nobody_goes_into_a_meeting_after_having_logged_off() -> None:
    group = {**early(1.0, 480), "meetings_min_per_day": 30}
    trace = played({"call": reason(9 * HOUR)}, {"front": group}, horizon={"days": 2})
    assert day_of(trace, 0) == [("away", 9 * HOUR, 17 * HOUR)]


def test_only_the_last_stretch_of_a_day_ends_early() -> None:
    shifts = {
        "morning": {"start": "08:00", "end": "10:00", "heads": 1, "crew": "one"},
        "evening": {"start": "15:00", "end": "17:00", "heads": 1, "crew": "one"},
    }
    group = {"shifts": shifts, "early_log_off": {"share": 1.0, "minutes": 30}}
    trace = played({"call": reason(0.0)}, {"front": group})
    assert day_of(trace, 0)[-2:] == [
        ("ready", 15 * HOUR, 16.5 * HOUR),
        ("away", 16.5 * HOUR, 17 * HOUR),
    ]


def leavers(share: float) -> set[tuple[int, int]]:
    """Agents and days on which they are away before the end, over ten days."""
    trace = played(
        {"call": reason(9 * HOUR)}, {"front": early(share, 15, heads=40)}, horizon={"days": 10}
    )
    spans = trace.spans.as_dict()
    away = spans["state"] == 11
    days = (spans["start"][away] // DAY).astype(int)
    return set(zip(spans["agent"][away].tolist(), days.tolist(), strict=True))


def test_the_share_of_agents_and_days_is_as_written_and_more_of_it_adds_others() -> None:
    few, many = leavers(0.2), leavers(0.5)
    # 400 agents and days; three standard errors are allowed.
    assert len(few) == pytest.approx(80, abs=3 * np.sqrt(400 * 0.2 * 0.8))
    assert len(many) == pytest.approx(200, abs=3 * np.sqrt(400 * 0.5 * 0.5))
    assert few < many


def test_hours_lost_to_leaving_early_are_paid_and_lower_the_occupancy_of_nobody() -> None:
    calls = {"call": reason(10 * HOUR, talk_s=600)}
    found = {}
    for share in (0.0, 1.0):
        scenario = centre(calls, {"front": early(share, 60)})
        found[share] = summarise(scenario, simulate(scenario, 1, 0)).values["all", ""]
    assert found[0.0]["paid_hours"] == found[1.0]["paid_hours"] == 8.0
    assert found[0.0]["overtime"] == found[1.0]["overtime"] == 0.0
    assert found[1.0]["occupancy"] == pytest.approx(600 / (7 * HOUR))


# Writing that is handed to a colleague.

EARLY = {"start": "08:00", "end": "12:00", "heads": 1}
LATE = {"start": "11:00", "end": "16:00", "heads": 1}
HANDED_OVER = {"email": {"at_shift_end": "hand_over", "hand_over_s": 300}}
LEGS = "leg agent queued answered ended talk_s ending"


def letter(at: float, talk_s: float, **more: Any) -> dict[str, Any]:
    return reason(at, channel="email", talk_s=talk_s, **more)


def two_shifts(reasons: dict[str, Any], **more: Any) -> Any:
    group = {"shifts": {"early": EARLY, "late": LATE}}
    return played(reasons, {"front": group}, channels=HANDED_OVER, horizon={"days": 2}, **more)


def test_a_colleague_on_duty_takes_up_a_letter_and_reads_it_first() -> None:
    trace = two_shifts({"letter": letter(10.5 * HOUR, 2 * HOUR, wrap_up_s=60)})
    noon = 12 * HOUR
    read = noon + HOUR / 2 + 300
    assert rows(trace, "legs", LEGS) == [
        (0, 0, 10.5 * HOUR, 10.5 * HOUR, noon, 1.5 * HOUR, "handed_over"),
        (1, 1, noon, noon, read, HOUR / 2 + 300, "settled"),
    ]
    assert rows(trace, "contacts", "talk_s wrap_up_s ended legs transfers ending") == [
        (2 * HOUR + 300, 60, read, 2, 0, "settled")
    ]
    assert day_of(trace, 0)[-1] == ("talk", 10.5 * HOUR, noon)


def test_without_a_colleague_the_letter_waits_for_whoever_comes_next() -> None:
    trace = two_shifts({"letter": letter(15.5 * HOUR, HOUR)})
    eight = DAY + 8 * HOUR
    assert rows(trace, "legs", "agent answered ended talk_s") == [
        (1, 15.5 * HOUR, 16 * HOUR, HOUR / 2),
        (0, eight, eight + HOUR / 2 + 300, HOUR / 2 + 300),
    ]


def test_a_letter_that_was_begun_goes_before_one_that_came_later() -> None:
    letters = reason(15.5 * HOUR, 15.6 * HOUR, channel="email", talk_s=HOUR)
    trace = two_shifts({"letter": letters})
    eight = DAY + 8 * HOUR
    assert rows(trace, "contacts", "answered ended") == [
        (15.5 * HOUR, eight + HOUR / 2 + 300),
        (eight + HOUR / 2 + 300, eight + 1.5 * HOUR + 300),
    ]


def test_letters_put_aside_for_calls_are_handed_over_too() -> None:
    reasons = {"letter": letter(11.5 * HOUR, HOUR), "call": reason(11.9 * HOUR, talk_s=0.2 * HOUR)}
    group = {"shifts": {"early": EARLY, "late": {**LATE, "start": "12:00"}}}
    trace = played(reasons, {"front": group}, channels=HANDED_OVER)
    # The call ends at 12:06, with the early agent; the letter has 0.6 hours left then.
    assert rows(trace, "legs", "reason agent answered ended talk_s")[:2] == [
        ("letter", 0, 11.5 * HOUR, 12.1 * HOUR, pytest.approx(0.4 * HOUR)),
        ("letter", 1, 12.1 * HOUR, pytest.approx(12.7 * HOUR + 300), 0.6 * HOUR + 300),
    ]


def test_who_works_faster_finishes_sooner_what_a_slower_colleague_began() -> None:
    windows = {"every_day": ["08:00-12:00"]}, {"every_day": ["12:00-16:00"]}
    people = {
        "slow": {"windows": windows[0], "talk_factor": 2.0},
        "fast": {"windows": windows[1], "talk_factor": 0.5},
    }
    trace = played(
        {"letter": letter(11 * HOUR, HOUR)},
        {"front": {"persons": {"by_name": people}}},
        channels=HANDED_OVER,
    )
    # Half of two hours' writing is left: a quarter of it for somebody four times as fast.
    assert rows(trace, "legs", "talk_s") == [(HOUR,), (HOUR / 4 + 300,)]


def test_a_ticket_is_handed_over_and_its_promise_kept_when_the_colleague_has_written() -> None:
    step = {"step": "ticket", "group": "back", "due_h": 8, "work_s": 2 * HOUR}
    back = {"shifts": {"early": EARLY, "late": LATE}, "tier": 2, "knowledge": 100}
    trace = played(
        {"call": reason(11 * HOUR, talk_s=0.1 * HOUR, solve=1e-12)},
        {"front": 1, "back": back},
        channels=HANDED_OVER,
        escalation={"beyond_knowledge": {"steps": [step]}},
    )
    done = 11.1 * HOUR + 2 * HOUR + 300
    assert rows(trace, "promises", "done") == [(pytest.approx(done),)]
    assert rows(trace, "legs", "agent ending")[1:] == [(1, "handed_over"), (2, "settled")]


def test_an_owner_s_letter_is_the_colleague_s_from_then_on() -> None:
    trace = two_shifts({"letter": letter(11.5 * HOUR, HOUR)}, ownership="agent")
    assert rows(trace, "legs", "agent ending") == [(0, "handed_over"), (1, "settled")]


def test_nothing_is_handed_over_where_it_is_finished_within_the_shift() -> None:
    trace = two_shifts({"letter": letter(10 * HOUR, HOUR)})
    assert rows(trace, "legs", "agent ending talk_s") == [(0, "settled", HOUR)]
