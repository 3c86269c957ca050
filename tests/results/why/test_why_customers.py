"""The customers behind a difference: who is named, from traces written by hand."""

import math
from typing import Any

from results.why.customers import LEAST_S, customers_behind, lost_customers
from sim.trace.codes import CaseState, ContactKind
from sim.trace.trace import Trace
from tests.support.written_traces import answered, row, trace

VOICE, EMAIL = 0, 2


def of(*cases: dict[str, Any], warm_up_s: float = 0.0) -> Trace:
    """A trace of cases, each with one answered contact of a wait and a hold."""
    found = trace(warm_up_s=warm_up_s)
    for one in cases:
        went = {"state": CaseState.RESOLVED, "contacts": 1, "wait": 0.0, "hold": 0.0, **one}
        began = went.get("began", 100.0)
        kind, channel = went.get("kind", ContactKind.FIRST), went.get("channel", VOICE)
        row(
            found.cases,
            case=went["case"],
            reason=1,
            began=began,
            ended=math.nan,
            state=went["state"],
            attempts=went["contacts"],
        )
        which = {"kind": kind, "channel": channel, "reason": 1, "hold_s": went["hold"]}
        answered(found, went["case"], began, went["wait"], 60.0, **which)
    return found


def test_who_gives_up_under_one_policy_alone_is_named_first_and_counted_both_ways() -> None:
    gone, there = {"state": CaseState.GIVEN_UP}, {"state": CaseState.RESOLVED}
    first = of({"case": 1, **gone}, {"case": 2, **there}, {"case": 3, **there}, {"case": 4, **gone})
    second = of(
        {"case": 1, **there}, {"case": 2, **gone}, {"case": 3, **there}, {"case": 4, **gone}
    )
    assert [one.case for one in customers_behind(first, second)] == [1, 2]
    lost = lost_customers(first, second)
    assert (lost.only_first, lost.only_second, lost.customers) == (1, 1, 4)


def test_then_those_who_came_more_often_and_those_who_waited_and_held_longer() -> None:
    first = of(
        {"case": 1, "wait": 300.0},
        {"case": 2, "contacts": 4},
        {"case": 3, "hold": 500.0},
        {"case": 4, "wait": LEAST_S / 2},
    )
    second = of({"case": 1}, {"case": 2}, {"case": 3}, {"case": 4})
    assert [one.case for one in customers_behind(first, second)] == [2, 3, 1]
    assert [one.case for one in customers_behind(second, first)] == [2, 3, 1], "either way round"


def test_a_letter_and_a_call_of_the_centre_are_no_wait_on_the_line() -> None:
    first = of(
        {"case": 1, "wait": 40_000.0, "channel": EMAIL},
        {"case": 2, "wait": 40_000.0, "kind": ContactKind.FOLLOW_UP},
    )
    assert customers_behind(first, of({"case": 1, "channel": EMAIL}, {"case": 2})) == []


def test_customers_of_the_warm_up_and_those_of_one_policy_alone_are_left_out() -> None:
    gone = {"state": CaseState.GIVEN_UP}
    first = of({"case": 1, "began": 10.0, **gone}, {"case": 2, **gone}, warm_up_s=50.0)
    second = of({"case": 1, "began": 10.0}, {"case": 3}, warm_up_s=50.0)
    assert customers_behind(first, second) == []
    assert lost_customers(first, second).customers == 0


def test_how_a_case_went_is_read_off_its_contacts() -> None:
    found = customers_behind(of({"case": 7, "wait": 90.0, "hold": 30.0}), of({"case": 7}))
    (one,) = found
    assert (one.first.waited_s, one.first.held_s) == (90.0, 30.0)
    assert one.reason == "damaged"
    assert one.first.served
    assert math.isnan(one.first.ended)
