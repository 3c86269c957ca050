from math import isnan

import pytest

from results.measures.registry import summarise
from sim.trace.codes import ContactKind, Ending, Outcome, PromiseKind
from tests.support.written_traces import NAN, abandoned, answered, row, scenario, trace, values

HOUR = 3600.0
EMAIL = 2


def test_promises_are_kept_by_kind_and_only_those_that_fell_due_count() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    for kind, kept in (
        (PromiseKind.TOLD_WAIT, 1.0),
        (PromiseKind.TICKET, 1.0),
        (PromiseKind.TICKET, 0.0),
        (PromiseKind.TICKET, 0.0),
        (PromiseKind.FOLLOW_UP_CALL, NAN),
    ):
        row(made.promises, kind=kind, made=60.0, due=90.0, kept=kept, group=1)
    found = values(made)
    assert found["promises_kept"] == 2 / 4
    assert found["promises_kept_told_wait"] == 1.0
    assert found["promises_kept_ticket"] == pytest.approx(1 / 3)
    assert isnan(found["promises_kept_follow_up_call"])
    assert values(made, "group", "bosses")["promises_kept_ticket"] == pytest.approx(1 / 3)
    assert isnan(values(made, "group", "front")["promises_kept"])


def test_an_email_is_late_when_its_answer_is_sent_or_still_missing_after_the_target() -> None:
    made = trace(horizon_s=10 * HOUR)
    answered(made, 0, 0.0, 2 * HOUR, HOUR, channel=EMAIL)
    answered(made, 1, 0.0, 3 * HOUR, 1.5 * HOUR, channel=EMAIL)  # sent after 4.5 h of 4
    waits = {"channel": EMAIL, "outcome": Outcome.WAITING}
    abandoned(made, 2, 1 * HOUR, NAN, **waits)  # 9 h old
    abandoned(made, 3, 7 * HOUR, NAN, **waits)  # 3 h old, nobody can tell yet
    found = values(made)
    assert found["response_within_target"] == pytest.approx(1 / 3)
    assert found["response_time"] == pytest.approx(3.75 * HOUR)


def test_without_a_response_target_nothing_is_within_it() -> None:
    made = trace()
    answered(made, 0, 0.0, 2 * HOUR, HOUR, channel=3)
    assert isnan(values(made)["response_within_target"])
    assert values(made)["response_time"] == 3 * HOUR


def test_the_backlog_counts_open_emails_tickets_and_callbacks_at_the_end_of_intervals() -> None:
    made = trace(horizon_s=4 * 0.5 * HOUR)
    answered(made, 0, 100.0, 2000.0, 60.0, channel=EMAIL)  # open at the first end only
    abandoned(made, 1, 1900.0, NAN, channel=EMAIL, outcome=Outcome.WAITING)
    answered(made, 2, 0.0, 5.0, 60.0, reason=1, ending=Ending.TICKETED)
    row(made.promises, contact=2, case=2, kind=PromiseKind.TICKET, made=65.0, group=1)
    row(made.promises, contact=2, case=2, kind=PromiseKind.TOLD_WAIT, made=0.0)
    found = summarise(scenario(), made)
    assert found.intervals[("all", "")]["backlog"].tolist() == [2.0, 2.0, 2.0, 2.0]
    assert found.intervals[("complaints", "")]["backlog"].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert found.intervals[("group", "front")]["backlog"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert found.values[("all", "")]["backlog"] == 2.0


def test_a_customer_who_comes_first_takes_the_promise_out_of_the_backlog() -> None:
    made = trace(horizon_s=4 * 0.5 * HOUR)
    answered(made, 0, 0.0, 5.0, 60.0, case=3, ending=Ending.PROMISED_CALLBACK)
    answered(made, 1, 4000.0, 5.0, 60.0, case=3, attempt=1, kind=ContactKind.REPEAT)
    answered(made, 2, 2000.0, 5.0, 60.0, case=4)
    row(made.promises, contact=0, case=3, kind=PromiseKind.FOLLOW_UP_CALL, made=65.0)
    backlog = summarise(scenario(), made).intervals[("all", "")]["backlog"]
    assert backlog.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_the_backlog_of_the_warm_up_is_still_there_afterwards() -> None:
    made = trace(horizon_s=2 * HOUR, warm_up_s=1 * HOUR)
    abandoned(made, 0, 100.0, NAN, channel=EMAIL, outcome=Outcome.WAITING)
    assert values(made)["backlog"] == 1.0
    assert values(made)["offered"] == 0.0
