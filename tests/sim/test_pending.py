"""Promises that wait for the customer, and calls that another group prepares: by hand."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from sim import simulate
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    HOUR,
    UNKNOWN,
    centre,
    path,
    played,
    reason,
    rows,
)

OPEN = {"hours": "08:00-18:00"}
DAY_SHIFT = {"shifts": {"day": {"start": "08:00", "end": "18:00", "heads": 1}}}
BACK = {**DAY_SHIFT, "tier": 2, "knowledge": EXPERT}


def ticketed(pending: dict[str, Any] | None, *at_s: float, **more: Any) -> Any:
    """Calls that nobody at the front solves, each a ticket of 600 s for the back office."""
    step = {"step": "ticket", "group": "back", "due_h": 4, "work_s": 600, **more}
    if pending is not None:
        step["pending"] = pending
    return played(
        {"call": reason(*at_s, talk_s=60, solve=UNKNOWN)},
        {"front": DAY_SHIFT, "back": BACK},
        escalation={"beyond_knowledge": path(step)},
        opening=OPEN,
        horizon={"days": 4},
    )


def test_a_ticket_is_worked_on_when_the_customer_has_answered() -> None:
    trace = ticketed({"share": 1.0, "hours": 3}, 9 * HOUR)
    made = 9 * HOUR + 60
    assert rows(trace, "contacts", "kind answered ended")[1] == (
        *("follow_up", made + 3 * HOUR),
        made + 3 * HOUR + 600,
    )
    assert rows(trace, "promises", "made due kept") == [(made, made + 7 * HOUR, 1)]


def test_an_answer_of_the_night_is_worked_on_in_the_morning() -> None:
    trace = ticketed({"share": 1.0, "hours": 15}, 9 * HOUR)  # until 00:01
    assert rows(trace, "contacts", "answered")[1] == (DAY + 8 * HOUR,)
    assert rows(trace, "promises", "due") == [(DAY + 12 * HOUR,)]


def test_waits_in_opening_hours_leave_out_the_night() -> None:
    trace = ticketed({"share": 1.0, "hours": 10, "clock": "opening"}, 9 * HOUR)
    assert rows(trace, "contacts", "answered")[1] == (DAY + 9 * HOUR + 60,)


def test_the_clock_of_the_promise_may_run_on_while_the_customer_is_waited_for() -> None:
    trace = ticketed({"share": 1.0, "hours": 6, "stops_due": False}, 9 * HOUR)
    assert rows(trace, "promises", "due kept") == [(9 * HOUR + 60 + 4 * HOUR, 0)]


def test_some_wait_once_more_and_none_more_often_than_is_allowed() -> None:
    trace = ticketed({"share": 1.0, "hours": 1, "again": 1.0, "at_most": 3}, 9 * HOUR)
    assert rows(trace, "contacts", "answered")[1] == (9 * HOUR + 60 + 3 * HOUR,)


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_so_many_tickets_wait_and_who_does_is_the_same_at_every_share(share: float) -> None:
    """300 tickets; the standard error of a share is at most 0.029."""
    calls = [8 * HOUR + 100.0 * k for k in range(300)]
    due_at_once = {row[0] for row in rows(ticketed(None, *calls), "promises", "due")}
    seen = []
    for each in (share, 0.9):
        trace = ticketed({"share": each, "hours": 200}, *calls)
        found = rows(trace, "promises", "case due")
        seen.append({case for case, due in found if due not in due_at_once})
    assert len(seen[0]) / 300 == pytest.approx(share, abs=4 * 0.029)
    assert seen[0] < seen[1]


def test_another_group_prepares_the_call_that_the_front_has_promised() -> None:
    step = {
        "step": "promise_callback",
        "due_h": 4,
        "preparation_s": 900,
        "prepared_by": "back",
    }
    trace = played(
        {"call": reason(9 * HOUR, talk_s=60, solve=UNKNOWN)},
        {"front": DAY_SHIFT, "back": BACK},
        escalation={"beyond_knowledge": path(step)},
        opening=OPEN,
    )
    made = 9 * HOUR + 60
    assert rows(trace, "contacts", "kind group answered talk_s")[1] == (
        *("follow_up", "front", made + 900),
        60,
    )
    helped = rows(trace, "helps", "group asker_group started ended")
    assert helped == [("back", "front", made, made + 900)]


def measures_of(trace: Any, scenario: Any) -> dict[str, float]:
    return summarise(scenario, trace).values["all", ""]


def back_office(pending: dict[str, Any] | None, *at_s: float, days: int = 4) -> Any:
    step: dict[str, Any] = {"step": "ticket", "group": "back", "due_h": 4, "work_s": 600}
    if pending is not None:
        step["pending"] = pending
    return centre(
        {"call": reason(*at_s, talk_s=60, solve=UNKNOWN)},
        {"front": DAY_SHIFT, "back": BACK},
        escalation={"beyond_knowledge": path(step)},
        opening=OPEN,
        horizon={"days": days},
    )


def test_the_time_to_resolution_is_told_with_and_without_what_the_customer_took() -> None:
    scenario = back_office({"share": 1.0, "hours": 3}, 9 * HOUR)
    trace = simulate(scenario, 1, 0)
    made = 9 * HOUR + 60
    assert rows(trace, "pending", "case started ended") == [(0, made, made + 3 * HOUR)]
    found = measures_of(trace, scenario)
    assert found["time_to_resolution"] == 660 + 3 * HOUR
    assert found["time_pending"] == 3 * HOUR
    assert found["time_to_resolution_net"] == found["time_to_resolution_net_p90"] == 660


def test_where_nothing_ever_waits_for_customers_no_such_time_is_told() -> None:
    scenario = back_office(None, 9 * HOUR)
    trace = simulate(scenario, 1, 0)
    assert "pending" not in trace.tables()
    assert np.isnan(measures_of(trace, scenario)["time_to_resolution_net"])


def test_what_is_still_pending_at_the_end_has_no_end_and_counts_for_no_resolved_case() -> None:
    scenario = back_office({"share": 1.0, "hours": 30}, 9 * HOUR, days=1)
    trace = simulate(scenario, 1, 0)
    assert rows(trace, "pending", "started ended") == [(9 * HOUR + 60, None)]
    assert np.isnan(measures_of(trace, scenario)["time_pending"])


def test_a_customer_who_calls_before_answering_ends_the_wait_for_the_answer() -> None:
    step = {"step": "ticket", "group": "back", "due_h": 1, "work_s": 600}
    step |= {"pending": {"share": 1.0, "hours": 200, "stops_due": False}}
    repeat = {"probability": 1.0, "delay_min": 30}
    trace = played(
        {"call": reason(9 * HOUR, talk_s=60, solve=UNKNOWN)},
        {"front": DAY_SHIFT, "back": BACK},
        escalation={"beyond_knowledge": path(step)},
        opening=OPEN,
        repeat={**repeat, "after_broken_promise": repeat, "max_contacts": 2},
    )
    made = 9 * HOUR + 60
    calls_again = made + HOUR + 1800
    assert rows(trace, "contacts", "arrival")[1] == (calls_again,)
    assert rows(trace, "pending", "started ended")[0] == (made, calls_again)
