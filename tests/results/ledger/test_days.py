"""Days that came and days that were simulated are counted alike."""

from pathlib import Path

import numpy as np
import pytest

from results.ledger.days import COUNTS, QUANTITIES, as_records, of_calls, of_intervals, of_trace
from scenarios.fit.calls import Calls
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.read import read_records
from sim import simulate
from sim.trace.codes import ContactKind
from tests.support.recorded import FIRST, as_csv, small_centre, written_calls
from tests.support.written_traces import abandoned, answered, trace

MONDAY = FIRST.astype("datetime64[D]")
WITHIN_S = 20.0


def quantity(counts: np.ndarray, name: str) -> float:
    (one,) = [one for one in QUANTITIES if one.name == name]
    return float(one.of(counts))


def test_a_simulated_centre_is_counted_as_its_own_export_is(tmp_path: Path) -> None:
    scenario = small_centre(2)
    made = simulate(scenario, 3, 0)
    dates = MONDAY + np.arange(2)
    path = tmp_path / "calls.csv"
    path.write_text(as_csv(as_records(made, MONDAY)), encoding="utf-8")
    read = read_records([path])
    assert isinstance(read, Contacts)
    exported = of_calls(Calls(read), dates, WITHIN_S)
    simulated = of_trace(made, MONDAY, dates, WITHIN_S)
    # This export has neither wrap-up nor agents logged on.
    left_out = ("handled", "handle_s", "staffed_s")
    for at, name in enumerate(COUNTS):
        if name in left_out:
            assert np.isnan(exported[:, at]).all()
        else:
            assert exported[:, at] == pytest.approx(simulated[:, at])


def test_calls_are_counted_by_hand() -> None:
    calls = Calls(written_calls((36_000, 0, 100, 1), (36_010, 30, 200, 2), (36_020, 50, None, -1)))
    (day,) = of_calls(calls, np.array([MONDAY]), WITHIN_S)
    assert quantity(day, "calls") == 3
    assert quantity(day, "abandonment") == pytest.approx(1 / 3)
    assert quantity(day, "wait") == pytest.approx(80 / 3)
    assert quantity(day, "queued") == pytest.approx(2 / 3)
    assert quantity(day, "service_level") == pytest.approx(1 / 3)
    assert quantity(day, "wait_abandoned") == 50
    assert quantity(day, "talk") == 150
    assert np.isnan(quantity(day, "handle")), "no wrap-up is recorded"
    assert quantity(day, "patience") == 80, "all time waited over those who hung up"


def test_the_agents_of_a_simulated_day_are_those_on_duty() -> None:
    dates = MONDAY + np.arange(2)
    counts = of_trace(simulate(small_centre(2), 1, 0), MONDAY, dates, WITHIN_S)
    for day in counts:
        # Four agents of twelve hours, and what they finish after closing.
        assert 48.0 <= quantity(day, "staffed") < 49.0
        assert 40.0 < quantity(day, "agents") <= quantity(day, "staffed")


def test_what_the_centre_begins_itself_is_no_call_that_came() -> None:
    made = trace()
    answered(made, 1, 36_000.0, 5.0, 60.0)
    answered(made, 2, 36_100.0, 5.0, 60.0, kind=ContactKind.CALLBACK)
    answered(made, 3, 36_200.0, 5.0, 60.0, kind=ContactKind.FOLLOW_UP)
    answered(made, 5, 36_400.0, 5.0, 60.0, channel=2)
    abandoned(made, 4, arrival=36_300.0, wait=40.0)
    assert len(as_records(made, MONDAY)) == 2


def test_a_date_between_others_without_a_call_has_none() -> None:
    calls = Calls(written_calls((36_000, 0, 100, 1)))
    dates = MONDAY + np.arange(2)
    assert of_calls(calls, dates, WITHIN_S)[:, 0].tolist() == [1, 0]


REPORT = """\
Date,Start,Interval,Offered,Answered,Abandoned,ASA,Avg Aban Time,AHT,Service Level %,Staffed
2026-01-05,09:00,30,20,18,2,10,30,200,80,5
2026-01-05,09:30,30,10,10,0,4,0,300,100,6
"""


def test_interval_reports_tell_the_same_as_far_as_they_go(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(REPORT, encoding="utf-8")
    read = read_records([path])
    assert isinstance(read, Intervals)
    (day,) = of_intervals(read, np.array([MONDAY]), WITHIN_S)
    assert quantity(day, "calls") == 30
    assert quantity(day, "abandonment") == pytest.approx(2 / 30)
    assert quantity(day, "wait") == pytest.approx((180 + 60 + 40) / 30)
    assert quantity(day, "handle") == pytest.approx((18 * 200 + 10 * 300) / 28)
    assert quantity(day, "staffed") == pytest.approx(5.5)
    for name in ("queued", "agents"):
        assert np.isnan(quantity(day, name)), "no report says"
    assert np.isnan(quantity(day, "service_level")), (
        "the report does not say within how many seconds"
    )
