"""Customers who come with further business: no failure, and the same under every policy."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import Scenario
from sim import simulate
from sim.trace.trace import Trace
from tests.support.timed_centres import UNKNOWN, centre, played, reason, rows

FURTHER = {"probability": 0.95, "delay_min": 30}


def busy(heads: int = 3, **more: Any) -> Scenario:
    """Two thousand customers on two days, of whom three in ten come with further business."""
    further = {"probability": 0.3, "delay_min": {"distribution": "exponential", "mean": 60}}
    talk = {"distribution": "exponential", "mean": 60}
    patience = {"voice": {"distribution": "exponential", "mean": 60}}
    each = reason(*range(0, 80_000, 40), talk_s=talk, further_business=further, patience_s=patience)
    return centre({"order": {**each, **more}}, {"front": heads}, horizon={"days": 2})


def chain(trace: Trace) -> list[int]:
    """Cases that are further business after each customer's first case."""
    found = trace.business.as_dict()
    root = {int(case): int(case) for case in trace.cases.as_dict()["case"]}
    for case, after in zip(found["case"].tolist(), found["after"].tolist(), strict=True):
        root[case] = root[after]
    return [root[case] for case in sorted(root)]


def test_further_business_is_a_case_of_its_own_and_no_repeat() -> None:
    trace = played({"order": reason(0, further_business=FURTHER)}, {"front": 1})
    contacts = rows(trace, "contacts", "case arrival ended kind attempt")
    # Nineteen in twenty come again; this one comes until midnight or the twentieth.
    assert contacts[:3] == [
        (0, 0, 60, "first", 0),
        (1, 1860, 1920, "first", 0),
        (2, 3720, 3780, "first", 0),
    ]
    assert rows(trace, "business", "case after")[:2] == [(1, 0), (2, 1)]
    assert {row[0] for row in rows(trace, "cases", "state")} <= {"resolved", "open"}


def test_it_comes_as_well_after_a_case_that_came_to_nothing() -> None:
    each = reason(0, solve=UNKNOWN, further_business=FURTHER)
    trace = played({"order": each}, {"front": 1})
    assert len(trace.business.as_dict()["case"]) >= 1
    assert rows(trace, "cases", "state")[0] == ("given_up",)


def test_as_many_come_as_written_and_first_contact_resolution_stays() -> None:
    scenario = busy()
    trace = simulate(scenario, 1, 0)
    # Each case brings 0.3 others: 2,000 / 0.7, with a standard error of some 36.
    assert len(chain(trace)) == pytest.approx(2000 / 0.7, abs=150)
    found = summarise(scenario, trace).values["all", ""]
    assert found["fcr"] == 1.0
    assert found["repeat_rate"] == 0.0


def test_the_same_customers_come_with_the_same_business_however_they_were_served() -> None:
    few, many = simulate(busy(2), 1, 0), simulate(busy(6), 1, 0)
    counts = [np.bincount(chain(one)) for one in (few, many)]
    # Cases are numbered as they begin, so first customers are known by when they came.
    first = [
        {
            float(at): int(counts[k][case])
            for at, case in zip(
                one.contacts.as_dict()["arrival"], one.contacts.as_dict()["case"], strict=True
            )
            if float(at) % 40 == 0 and counts[k][case]
        }
        for k, one in enumerate((few, many))
    ]
    morning = [at for at in first[0] if at < 40_000]
    assert len(morning) == 1000
    assert [first[0][at] for at in morning] == [first[1][at] for at in morning]


def test_a_call_does_not_fall_into_closed_hours() -> None:
    each = reason(36_000, further_business={"probability": 0.95, "delay_min": 600})
    trace = played(
        {"order": each}, {"front": 1}, opening={"hours": "08:00-12:00"}, horizon={"days": 3}
    )
    second = rows(trace, "contacts", "arrival")[1][0]
    assert isinstance(second, float)
    assert 86_400 + 8 * 3600 <= second < 86_400 + 12 * 3600


def test_a_share_of_nothing_changes_no_bit() -> None:
    plain, none = (
        simulate(busy(further_business=each), 1, 0) for each in (None, {"probability": 0.0})
    )
    assert "business" not in none.tables()
    one, other = plain.contacts.as_dict(), none.contacts.as_dict()
    assert all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


def test_further_business_keeps_the_channel_and_draws_the_rest_anew() -> None:
    talk = {"talk_s": {"distribution": "exponential", "mean": 60}}
    both = {"channels": {"voice": 0.5, "chat": 0.5}, "handling": {"voice": talk, "chat": talk}}
    trace = simulate(busy(**both), 1, 0)
    found, contacts = trace.business.as_dict(), trace.contacts.as_dict()
    served = contacts["talk_s"] > 0
    of_case = dict(zip(contacts["case"][served].tolist(), np.flatnonzero(served), strict=True))
    pairs = np.array(
        [
            (of_case[one], of_case[other])
            for one, other in zip(found["after"].tolist(), found["case"].tolist(), strict=True)
            if one in of_case and other in of_case
        ]
    ).T
    assert (contacts["channel"][pairs[0]] == contacts["channel"][pairs[1]]).all()
    assert set(contacts["channel"][pairs[0]]) == {0, 1}
    # Independent talk times: a correlation of some 700 pairs within four standard errors.
    assert abs(np.corrcoef(contacts["talk_s"][pairs])[0, 1]) < 0.15
