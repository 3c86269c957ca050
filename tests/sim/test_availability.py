"""Availability: agents on duty who are away, called back when somebody waits; outages."""

from math import sqrt
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario, ScenarioError, with_changes
from sim import simulate
from sim.people.away import Away, TimesAway
from sim.trace.codes import AgentState
from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, centre, day_of, played, reason, rows

SHARE = 0.8


def planned(monkeypatch: pytest.MonkeyPatch, *times: Away) -> None:
    """These are the times away of the first day."""

    def of_day(_self: object, day: int, *_: object) -> list[Away]:
        return list(times) if day == 0 else []

    monkeypatch.setattr(TimesAway, "of_day", of_day)


def group(heads: int = 1, **availability: Any) -> dict[str, Any]:
    return {"heads": heads, "availability": {"share": SHARE, **availability}}


def contacts(trace: Trace) -> list[tuple[Any, ...]]:
    return rows(trace, "contacts", "arrival answered ended agent")


def test_who_is_called_back_comes_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, 100.0, 1000.0, True, 15.0))
    trace = played({"a": reason(50, 200, 500, 990)}, {"front": group()})
    # In hand until 110 s, then away; called at 200 s, there at 215 s, and away again after it.
    assert contacts(trace) == [
        (50, 50, 110, 0),
        (200, 215, 275, 0),
        (500, 515, 575, 0),
        (990, 1000, 1060, 0),  # the time away is over before the agent is there
    ]
    assert day_of(trace, 0, 1100) == [
        ("ready", 0, 50),
        ("talk", 50, 110),
        ("away", 110, 215),
        ("talk", 215, 275),
        ("away", 275, 515),
        ("talk", 515, 575),
        ("away", 575, 1000),
        ("talk", 1000, 1060),
        ("ready", 1060, 1100),
    ]


def test_who_is_not_called_back_takes_the_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, 100.0, 400.0, False, 0.0))
    trace = played({"a": reason(50, 200)}, {"front": group()})
    assert contacts(trace) == [(50, 50, 110, 0), (200, 410, 470, 0)]


def test_nobody_goes_away_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, 70.0, 1000.0, True, 15.0))
    trace = played({"a": reason(0, 1, 2)}, {"front": group()})
    assert contacts(trace) == [(0, 0, 60, 0), (1, 60, 120, 0), (2, 120, 180, 0)]
    assert day_of(trace, 0, 300)[-1] == ("away", 180, 300)


def test_each_customer_calls_back_who_has_been_away_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned(
        monkeypatch,
        Away(0, 30.0, 1000.0, True, 10.0),
        Away(1, 20.0, 1000.0, True, 5.0),
        Away(2, 40.0, 1000.0, True, 5.0),
    )
    trace = played({"a": reason(100, 101)}, {"front": group(3)})
    assert contacts(trace) == [(100, 105, 165, 1), (101, 111, 171, 0)]


def test_letters_call_nobody_back(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, 10.0, 500.0, True, 5.0))
    trace = played({"a": reason(50, channel="email")}, {"front": group()})
    assert rows(trace, "contacts", "answered") == [(500,)]


def test_writing_is_put_aside_for_a_time_away(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, 20.0, 500.0, True, 0.0))
    trace = played({"a": reason(0, channel="email")}, {"front": group()})
    assert rows(trace, "contacts", "answered ended") == [(0, 540)]


def test_duty_ends_for_who_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Away(0, HOUR, 3 * HOUR, True, 60.0))
    shifts = {"a": {"start": "00:00", "end": "02:00", "heads": 1}}
    front = {"shifts": shifts, "availability": {"share": SHARE}}
    trace = played({"a": reason(2 * HOUR - 30, patience_s={"voice": 600})}, {"front": front})
    # Called back 30 s before the end of duty and 60 s away: nobody comes.
    assert rows(trace, "contacts", "answered") == [(None,)]
    assert day_of(trace, 0) == [("ready", 0, HOUR), ("away", HOUR, 2 * HOUR)]


def away_share(trace: Trace) -> float:
    """Share of the time on duty spent away."""
    spans = trace.spans.as_dict()
    seconds = spans["end"] - spans["start"]
    return float(seconds[spans["state"] == AgentState.AWAY].sum() / seconds.sum())


@pytest.mark.parametrize("called_back", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("by_number", [False, True])
def test_agents_are_available_for_the_share_given(called_back: float, by_number: bool) -> None:
    """The renewal-reward theorem, where nobody calls."""
    heads = 40
    front = group(heads, away_min=5, called_back=called_back)
    if by_number:
        del front["heads"]
        front["heads_by_interval"] = {"heads": {"every_day": [heads] * 24}}
    share = away_share(played({"a": reason(0)}, {"front": front}))
    # Ready and away stretches of 20 ± 20 and 5 ± 0 minutes: the share away in a time t has the
    # variance sd^2 (mean away / mean cycle)^2 / (mean cycle t), with sd of the ready stretches.
    cycle = 25 * 60.0
    error = (20 * 60.0) * (5.0 / 25.0) / sqrt(cycle * heads * DAY)
    assert abs(share - (1 - SHARE)) < 4 * error


@pytest.mark.parametrize("by_number", [False, True])
def test_of_few_agents_on_duty_hardly_anybody_goes_away(by_number: bool) -> None:
    """Ten until noon and forty after it, of whom eight are always there."""
    always, heads = 8, {"morning": 10, "all": 40}
    front = group(away_min=5, always_there=always)
    del front["heads"]
    if by_number:
        front["heads_by_interval"] = {"heads": {"every_day": [10] * 12 + [40] * 12}}
    else:
        late = {"start": "12:00", "end": "24:00", "heads": 30}
        front["shifts"] = {"day": {"start": "00:00", "end": "24:00", "heads": 10}, "late": late}
    trace = played({"a": reason(0)}, {"front": front})
    spans = trace.spans.as_dict()
    away = spans["state"] == AgentState.AWAY
    for start, on_duty in ((0.0, heads["morning"]), (12 * HOUR, heads["all"])):
        lasted = np.clip(spans["end"], start, start + 12 * HOUR) - np.clip(
            spans["start"], start, start + 12 * HOUR
        )
        share = lasted[away].sum() / (on_duty * 12 * HOUR)
        expected = (1 - SHARE) * (1 - always / on_duty)
        # As in the renewal-reward theorem, and for times away that are taken or not.
        error = 2 * (20 * 60.0) * (5.0 / 25.0) / sqrt(25 * 60.0 * on_duty * 12 * HOUR)
        assert abs(share - expected) < 4 * error


def test_times_away_that_are_taken_are_those_of_a_group_in_which_nobody_is_always_there() -> None:
    def away(**more: Any) -> set[tuple[float, ...]]:
        spans = played({"a": reason(0)}, {"front": group(9, **more)}).spans.as_dict()
        rows_away = np.flatnonzero(spans["state"] == AgentState.AWAY)
        return {(spans["agent"][row], spans["start"][row]) for row in rows_away}

    plain = away()
    assert away(always_there=0) == away(always_there=1e-9) == plain
    assert away(always_there=3) < plain


def test_where_as_many_are_always_there_as_are_on_duty_nobody_goes_away() -> None:
    assert away_share(played({"a": reason(0)}, {"front": group(9, always_there=9)})) == 0.0


def test_the_share_differs_from_day_to_day_for_the_whole_group() -> None:
    days, spread, heads = 40, 0.06, 40
    shifts = {"day": {"start": "08:00", "end": "16:00", "heads": heads}}
    section = {"share": SHARE, "spread_by_day": spread, "away_min": 3}
    front = {"shifts": shifts, "availability": section}
    trace = played({"a": reason(0)}, {"front": front}, horizon={"days": days})
    spans = trace.spans.as_dict()
    away = spans["state"] == AgentState.AWAY
    by_day = np.bincount(
        (spans["start"][away] // DAY).astype(int), (spans["end"] - spans["start"])[away], days
    ) / (heads * 8 * HOUR)
    # Standard errors: of a mean spread / sqrt(n), of a standard deviation spread / sqrt(2 n); what
    # chance adds within a day is a twelfth of the spread.
    assert abs(by_day.mean() - (1 - SHARE)) < 4 * spread / sqrt(days)
    assert abs(by_day.std(ddof=1) - spread) < 4 * spread / sqrt(2 * days)


def busy(**availability: Any) -> Scenario:
    enquiry = {
        **reason(talk_s={"distribution": "exponential", "mean": 180}),
        "volume": {"per_day": 1500},
    }
    front = {"heads": 8} if not availability else group(8, **availability)
    return centre({"a": enquiry}, {"front": front}, opening={"hours": "08:00-20:00"})


def waits(scenario: Scenario) -> Any:
    found = simulate(scenario, 5, 0).contacts.as_dict()
    order = np.argsort(found["contact"])
    return (found["answered"] - found["queued"])[order]


def test_who_comes_at_once_when_called_loses_nothing() -> None:
    """Called back always and without delay: the waits of agents who are never away."""
    found = waits(busy(called_back=1.0, back_after_s=0))
    assert np.allclose(found, waits(busy()), atol=1e-6)


def test_a_delay_of_those_called_back_makes_more_queue_and_hardly_longer() -> None:
    plain = waits(busy())
    called = waits(busy(called_back=1.0, back_after_s=8))
    lost = waits(busy(called_back=0.0))
    queued = [float((found > 0).mean()) for found in (plain, called, lost)]
    assert queued[0] + 0.02 < queued[1]
    # Nobody who waits is away longer than by the 8 seconds after which somebody is there.
    assert called.mean() < plain.mean() + 8.0
    assert lost.mean() > called.mean() + 8.0


def test_times_away_are_the_same_whatever_the_customers() -> None:
    one = played({"a": reason(0)}, {"front": group(20, away_min=4)})
    calls = reason(*range(0, 80_000, 400), talk_s=1)
    other = played({"a": calls}, {"front": group(20, away_min=4)})
    share = [away_share(trace) for trace in (one, other)]
    assert share[0] == pytest.approx(share[1], abs=1e-3)


def test_an_outage_lets_nobody_answer_and_what_is_in_hand_is_finished() -> None:
    outage = {"fault": {"day": 1, "start": "00:01", "minutes": 5}}
    reasons = {"a": reason(10, 50, 100, 200), "b": reason(80, channel="email")}
    trace = played(reasons, {"front": 2}, outages=outage)
    assert rows(trace, "contacts", "arrival answered ended") == [
        (10, 10, 70),
        (50, 50, 110),
        (80, 420, 480),
        (100, 360, 420),
        (200, 360, 420),
    ]
    assert day_of(trace, 0, 420) == [
        ("ready", 0, 10),
        ("talk", 10, 70),
        ("away", 70, 360),
        ("talk", 360, 420),
    ]


def test_an_outage_of_one_group_leaves_the_others() -> None:
    outage = {"fault": {"day": 1, "start": "00:00", "minutes": 5, "groups": ["front"]}}
    enquiry = reason(10, groups=["front", {"group": "second", "after_s": 30}])
    trace = played({"a": enquiry}, {"front": 1, "second": 1}, outages=outage)
    assert rows(trace, "contacts", "answered group") == [(40, "second")]


def test_an_outage_by_date_is_on_that_day() -> None:
    sections = {
        "horizon": {"days": 3, "first_date": "1999-01-01"},
        "outages": {"fault": {"date": "1999-01-02", "start": "09:00", "minutes": 10}},
    }
    times = [9 * HOUR + 60, DAY + 9 * HOUR + 60]
    trace = played({"a": reason(*times)}, {"front": 1}, **sections)
    assert rows(trace, "contacts", "answered") == [(times[0],), (DAY + 9 * HOUR + 600,)]


def test_agents_who_come_during_an_outage_wait_for_its_end() -> None:
    shifts = {"a": {"start": "00:02", "end": "12:00", "heads": 1}}
    outage = {"fault": {"day": 1, "start": "00:01", "minutes": 5}}
    trace = played({"a": reason(10)}, {"front": {"shifts": shifts}}, outages=outage)
    assert rows(trace, "contacts", "answered") == [(360,)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"groups.front.availability": {"share": 0}}, "above 0"),
        ({"groups.front.availability": {"share": 0.9, "spread_by_day": 0.5}}, "at most 3 times"),
        ({"groups.front.availability": {"share": 0.9, "away_min": 0}}, "0.05 minutes or more"),
        ({"outages.x": {"start": "08:00", "minutes": 5}}, "exactly one of day or date"),
        ({"outages.x": {"day": 9, "start": "08:00", "minutes": 5}}, "lies beyond the horizon"),
        ({"outages.x": {"date": "1999-01-01", "start": "08:00", "minutes": 5}}, "is named"),
        (
            {"outages.x": {"day": 1, "start": "08:00", "minutes": 5, "groups": ["nobody"]}},
            "names a group that does not exist",
        ),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        with_changes(centre({"a": reason(0)}, {"front": 1}), changes)
