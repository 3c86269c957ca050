"""The day as it is recorded: back and forth, the worst quarter of an hour, where policies part."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest

from scenarios import Scenario, load, load_text
from scenarios.policies.policy import apply
from sim.live import ChangeError, Curves, LiveRun, Made, SendAgents, SetLimit, Topic, What
from tests.support.busy_centre import BUSY
from tests.support.timed_centres import centre, reason
from tests.tui.app.canned_floor import DAY, moment
from tui.floor.bookmarks import Bookmarks
from tui.floor.heat_strip import Scale
from tui.floor.history import History
from tui.floor.parting import first_difference, parting_of, same_customer
from tui.floor.recorded_day import Quarter, RecordedDay
from tui.floor.repeated_run import RepeatedRun
from tui.floor.worst import worst_of

HOUR = 3600.0
RETAIL = load("retail-complaints")
BUSY_DAYS = load_text(BUSY.replace("days = 9", "days = 2"))


def recorded(scenario: Scenario, *changes: Made, day: int = 0) -> History:
    history = History(lambda: LiveRun(scenario, 3))
    history.look_at(day)
    history.change(changes, day * 24 * HOUR)
    while history.record(1.0):
        pass
    return history


@pytest.fixture(scope="module")
def monday() -> History:
    return recorded(BUSY_DAYS)


# What is recorded is what a run comes to.


@pytest.mark.parametrize("at", [8 * HOUR, 11.25 * HOUR, 17 * HOUR + 120.0])
def test_a_recorded_minute_is_the_floor_at_that_minute(monday: History, at: float) -> None:
    run = LiveRun(BUSY_DAYS, 3)
    run.advance(at)
    found = monday.day.at(at, frozenset(Topic))
    assert found is not None
    there = run.snapshot()
    assert repr(replace(found, recent=())) == repr(replace(there, recent=()))
    # Of one topic the log of a run keeps 150 moments, the record all.
    assert found.recent[-30:] == there.recent[-30:]


def test_a_log_of_some_topics_is_as_long_as_one_of_all(monday: History) -> None:
    found = monday.day.at(15 * HOUR, [Topic.APPROVALS])
    assert found is not None
    assert len(found.recent) > 20
    assert {moment.what for moment in found.recent} <= {
        *(What.MAY_NOT_DECIDE, What.DECIDES_ALONE, What.ASKS, What.TURNS_TO_IT),
        *(What.APPROVED, What.REFUSED, What.PASSED_UP, What.NOBODY_DECIDED),
    }


def test_a_story_is_told_up_to_the_minute_that_is_shown(monday: History) -> None:
    story = monday.story(20)
    assert story is not None
    assert len(story.moments) > 3
    later = story.moments[2].at // 60.0 * 60.0 + 60.0
    run = LiveRun(BUSY_DAYS, 3)
    run.follow(20)
    run.advance(later)
    found, there = monday.day.at(later, story=story), run.snapshot().followed
    assert found is not None
    assert there is not None
    assert found.followed is not None
    assert found.followed.moments == there.moments


def test_nothing_is_shown_of_another_day_or_of_what_is_not_recorded_yet(monday: History) -> None:
    assert monday.day.at(24 * HOUR) is None
    assert RecordedDay(0).at(9 * HOUR) is None


def test_the_second_day_follows_the_first_and_can_be_recorded_alone() -> None:
    history = recorded(BUSY_DAYS)
    history.look_at(1)
    while history.record(1.0):
        pass
    alone = recorded(BUSY_DAYS, day=1)
    assert history.day.reached == alone.day.reached == 48 * HOUR
    assert history.day.moments == alone.day.moments
    assert repr(history.day.minutes[600]) == repr(alone.day.minutes[600])


def test_a_change_leaves_the_morning_before_it_and_records_the_rest_anew(monday: History) -> None:
    made = Made(12 * HOUR, SetLimit("limited", 1_000.0), "limit")
    history = recorded(BUSY_DAYS)
    before = history.day
    history.change([made], made.at)
    assert history.day.reached == 12 * HOUR - 60.0
    assert history.day.minutes[-1] is before.minutes[719]
    while history.record(1.0):
        pass
    assert history.day.moments != monday.day.moments
    alone = recorded(BUSY_DAYS, made)
    assert history.day.moments == alone.day.moments
    assert repr(history.day.quarters) == repr(alone.day.quarters)
    # Taken back, it is the first day again.
    history.change([], made.at)
    while history.record(1.0):
        pass
    assert history.day.moments == monday.day.moments


def test_the_waits_of_the_quarters_are_those_of_the_day(monday: History) -> None:
    final = monday.day.minutes[-1]
    live = [queue for queue in final.queues if not isnan(queue.service_level)]
    # All who came are answered, gave up or took a callback; who was offered nothing is none.
    came = sum(quarter.came for quarter in monday.day.quarters)
    assert came >= sum(queue.offered for queue in live) > 200
    waits = sum(quarter.waits for quarter in monday.day.quarters)
    waited_s = sum(quarter.waited_s for quarter in monday.day.quarters)
    assert 0.8 * came < waits <= came
    assert 0.0 < waited_s / waits < 600.0


# A run that is begun again.


def test_a_run_begun_again_makes_its_changes_at_their_times() -> None:
    run = RepeatedRun(lambda: LiveRun(BUSY_DAYS, 3))
    run.advance(10 * HOUR)
    made = run.change(SetLimit("limited", 60.0))
    run.begin_again()
    run.advance(made.at - 1.0)
    assert run.run.changes == ()
    assert run.changes == (made,)
    assert run.step(frozenset({Topic.CHANGES}), 11 * HOUR)
    assert run.run.changes == (made,)


def test_a_change_taken_back_is_not_made_again() -> None:
    run = RepeatedRun(lambda: LiveRun(BUSY_DAYS, 3))
    run.advance(10 * HOUR)
    first, second = run.change(SetLimit("limited", 60.0)), run.change(SetLimit("limited", 90.0))
    assert run.take_back(first)
    run.begin_again()
    run.advance(11 * HOUR)
    assert run.run.changes == (second,)


def test_a_change_that_cannot_be_made_without_another_is_reported() -> None:
    run = RepeatedRun(lambda: LiveRun(BUSY_DAYS, 3))
    impossible = Made(10 * HOUR, SendAgents(90, "front", "specialists"), "90 agents sent")
    run = RepeatedRun(lambda: LiveRun(BUSY_DAYS, 3), [impossible])
    run.advance(11 * HOUR)
    assert run.changes == ()
    assert "90 agents sent: " in run.refused[0]
    with pytest.raises(ChangeError):
        run.change(SendAgents(90, "front", "specialists"))


# The worst quarter of an hour.


def test_the_worst_quarter_of_an_hour_is_where_many_were_on_break() -> None:
    worst = worst_of(DAY, RETAIL)
    assert worst is not None
    assert worst.begins == 10.5 * HOUR
    assert worst.mean_s == 108.0
    assert [reason.words for reason in worst.reasons] == ["4 on break", "4 with an approver"]


def test_a_single_customer_who_waited_long_makes_no_worst_quarter() -> None:
    day = RecordedDay(0)
    day.minutes = DAY.minutes
    day.quarters = [replace(quarter) for quarter in DAY.quarters]
    day.quarters[79] = Quarter(came=1, new=1, waits=1, waited_s=900.0)
    worst = worst_of(day, RETAIL)
    assert worst is not None
    assert worst.begins == 10.5 * HOUR


def test_more_calls_than_planned_and_an_incident_are_reasons() -> None:
    outage = load("outage")
    history = History(lambda: LiveRun(outage, 1))
    incident = next(iter(outage.incidents.values()))
    history.look_at(incident.day - 1)
    while history.record(1.0):
        pass
    worst = worst_of(history.day, outage)
    assert worst is not None
    assert "incident: " in worst.words
    assert "new calls and chats" in worst.words


def test_on_a_day_without_waits_there_is_no_worst_quarter() -> None:
    quiet = centre({"enquiry": reason(9 * HOUR, 10 * HOUR, talk_s=60)}, {"front": 3})
    history = recorded(quiet)
    assert worst_of(history.day, quiet) is None


# Where two policies part.


def test_two_policies_part_with_the_first_customer_who_is_treated_otherwise() -> None:
    empowered = apply(RETAIL, "empowered")
    parting = parting_of(LiveRun(RETAIL, 1), LiveRun(empowered, 1), 24 * HOUR)
    assert parting is not None
    assert parting.first is not None
    assert parting.second is not None
    assert parting.first.what is What.MAY_NOT_DECIDE
    assert parting.second.what is What.DECIDES_ALONE
    before = [LiveRun(scenario, 1) for scenario in (RETAIL, empowered)]
    for run in before:
        run.keep_moments()
        run.advance(parting.at - 0.001)
    one, other = (run.take_moments() for run in before)
    assert first_difference(one, other) is None


def test_the_same_policy_never_parts_from_itself() -> None:
    assert parting_of(LiveRun(BUSY_DAYS, 3), LiveRun(BUSY_DAYS, 3), 24 * HOUR) is None


def test_another_colleague_who_answers_is_no_difference_to_a_customer() -> None:
    one = [moment(1, 60, What.CALLS, 7, detail="voice/a"), moment(2, 50, What.ANSWERED, 7, agent=1)]
    other = [one[0], one[1]._replace(agent=9)]
    assert first_difference(one, other) is None
    later = [one[0], one[1]._replace(at=one[1].at + 5.0, amount=15.0)]
    parting = first_difference(one, later)
    assert parting is not None
    assert (parting.at, parting.case) == (one[1].at, 7)


def test_a_customer_is_the_same_whatever_number_the_run_gives_them() -> None:
    calls = moment(1, 60, What.CALLS, 7, detail="voice/a")
    waits = moment(2, 60, What.WAITS, 7)
    renumbered = [calls._replace(case=8), waits._replace(case=8)]
    assert first_difference([calls, waits], renumbered) is None
    assert same_customer(renumbered, calls.at, "a") == 8
    assert same_customer(renumbered, calls.at, "b") == -1


# Bookmarks and the strip.


def test_bookmarks_are_gone_through_in_a_circle() -> None:
    marks = Bookmarks()
    assert marks.after(0.0) is None
    assert marks.toggle(9 * HOUR + 12.0)
    assert marks.toggle(14 * HOUR)
    assert marks.after(8 * HOUR) == 9 * HOUR
    assert marks.after(9 * HOUR) == 14 * HOUR
    assert marks.after(14 * HOUR) == 9 * HOUR
    assert marks.after(14 * HOUR, [16 * HOUR]) == 16 * HOUR
    assert not marks.toggle(9 * HOUR + 50.0), "the same minute"
    assert marks.times == [14 * HOUR]


@pytest.mark.parametrize("width", [12, 47, 48, 66, 104, 200])
def test_every_quarter_of_an_hour_has_its_place_on_a_strip_of_any_width(width: int) -> None:
    scale = Scale.of(32, 80, width)
    places = [scale.column_of(quarter * 900.0) for quarter in range(32, 80)]
    assert all(place is not None and place < width for place in places)
    assert places == sorted(places)  # type: ignore[type-var]
    for quarter, place in zip(range(32, 80), places, strict=True):
        assert place is not None
        back = scale.quarter_at(place)
        assert back is not None
        assert back <= quarter < back + scale.quarters
    assert scale.column_of(31 * 900.0) is None
    assert scale.column_of(80 * 900.0) is None


def test_curves_of_a_recorded_minute_end_at_that_minute(monday: History) -> None:
    found = monday.day.at(10 * HOUR)
    assert found is not None
    assert isinstance(found.curves, Curves)
    assert len(found.curves.waiting) == 121
