"""Customers and promises live by the opening hours, worked out by hand."""

from typing import Any

import numpy as np
import pytest

from results.facts.due_times import due_times
from results.measures.registry import summarise
from scenarios import Problem, load_text, policies_of, warnings, with_changes
from scenarios.calendar.hours import OpenHours, hours_of
from scenarios.parts.clock import HoursOrCalendar
from sim import simulate
from sim.trace.codes import ContactKind, Outcome
from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, UNKNOWN, centre, path, played, reason, rows
from tests.support.written_traces import answered, scenario, trace

OPEN = {"hours": "08:00-20:00", "days": {"sunday": "closed"}}
TUE, SAT, MON = DAY, 5 * DAY, 7 * DAY
ONCE_MORE = {"probability": 1.0, "max_contacts": 2}
STORY = "kind arrival outcome"


def _unsolved(*at_s: float, opening: Any = OPEN, delay_min: float = 600, **sections: Any) -> Trace:
    """Calls of a minute that solve nothing, and a repeat of each after a delay."""
    repeat = sections.pop("repeat", {**ONCE_MORE, "delay_min": delay_min})
    calls = {"enquiry": reason(*at_s, solve=UNKNOWN, **sections.pop("more", {}))}
    horizon = sections.pop("horizon", {"days": 9})
    return played(calls, {"front": 9}, opening=opening, repeat=repeat, horizon=horizon, **sections)


# When customers come back.


@pytest.mark.parametrize(
    ("called", "delay_h", "comes"),
    [
        (10 * HOUR, 5, 15 * HOUR + 60),  # within the hours, a minute of talk before
        (17 * HOUR, 10, TUE + 8 * HOUR),  # 03:01 at night
        (17 * HOUR, 3 - 1 / 60, TUE + 8 * HOUR),  # the second at which the door closes
        (SAT + 19 * HOUR, 24, MON + 8 * HOUR),  # on Sunday evening
    ],
)
def test_who_would_come_back_at_a_closed_door_comes_after_the_next_opening(
    called: float, delay_h: float, comes: float
) -> None:
    seen = _unsolved(called, opening={**OPEN, "after_opening_min": 0}, delay_min=60 * delay_h)
    assert rows(seen, "contacts", STORY) == [
        ("first", called, "answered"),
        ("repeat", comes, "answered"),
    ]


def test_those_who_waited_for_the_opening_come_spread_after_it() -> None:
    """Exponential with mean 1 h, modulo 12 h of opening: mean 1 - 12 / (e^12 - 1) h.

    3,000 calls until 16:20, each with a repeat 14 hours later, at night. The tolerance is four
    standard errors.
    """
    seen = _unsolved(*(8 * HOUR + 10.0 * k for k in range(3000)), delay_min=840, more={"talk_s": 1})
    after = seen.contacts["arrival"][seen.contacts["kind"] == ContactKind.REPEAT] - TUE - 8 * HOUR
    assert len(after) == 3000
    assert after.min() >= 0.0
    mean = HOUR * (1.0 - 12.0 / np.expm1(12.0))
    assert after.mean() == pytest.approx(mean, abs=4 * HOUR / 3000**0.5)
    assert np.mean(after > HOUR) == pytest.approx(np.exp(-1.0), abs=4 * 0.482 / 3000**0.5)


def test_nobody_comes_later_than_the_hours_of_the_day_are_long() -> None:
    short = {"hours": "09:00-10:00", "after_opening_min": 300}
    seen = _unsolved(*(9 * HOUR + 5.0 * k for k in range(600)), opening=short, more={"talk_s": 1})
    again = seen.contacts["arrival"][seen.contacts["kind"] == ContactKind.REPEAT]
    assert len(again) == 600
    assert again.min() >= TUE + 9 * HOUR
    assert again.max() < TUE + 10 * HOUR


def test_a_channel_with_hours_of_its_own_is_what_its_customers_know() -> None:
    chat = {"chat": {"opening": {"hours": "10:00-12:00", "after_opening_min": 0}}}
    seen = _unsolved(11 * HOUR, channels=chat, delay_min=120, more={"channel": "chat"})
    assert rows(seen, "contacts", STORY)[1] == ("repeat", TUE + 10 * HOUR, "answered")


def test_letters_are_written_at_any_hour() -> None:
    seen = _unsolved(17 * HOUR, more={"channel": "email"})
    assert rows(seen, "contacts", "kind arrival answered")[1] == (
        *("repeat", 27 * HOUR + 60),
        TUE + 8 * HOUR,
    )


def test_a_redial_that_falls_into_the_night_waits_for_the_opening() -> None:
    seen = played(
        {"enquiry": reason(20 * HOUR - 20, 20 * HOUR - 10, talk_s=600, patience_s={"voice": 5})},
        {"front": 1},
        opening={**OPEN, "after_opening_min": 0},
        redial={"after_abandoning": 1.0, "delay_min": 30},
        horizon={"days": 2},
    )
    assert rows(seen, "contacts", STORY)[1:] == [
        ("first", 20 * HOUR - 10, "abandoned"),
        ("redial", TUE + 8 * HOUR, "answered"),
    ]


def test_first_contacts_keep_their_own_times_and_may_find_it_closed() -> None:
    seen = _unsolved(3 * HOUR, 21 * HOUR)
    assert rows(seen, "contacts", STORY) == [
        ("first", 3 * HOUR, "closed"),
        ("first", 21 * HOUR, "closed"),
    ]


@pytest.mark.parametrize("days", [1, 2])
def test_a_channel_that_never_opens_again_leaves_the_case_open(days: int) -> None:
    """On the last day of the horizon, and where the only day of the week with hours is past."""
    opening = {"hours": "closed", "days": {"monday": "08:00-20:00"}}
    seen = _unsolved(17 * HOUR, opening=opening, horizon={"days": days})
    assert rows(seen, "cases", "state") == [("open",)]
    assert len(seen.contacts["kind"]) == 1


# Some try the closed door anyway.


def test_who_tries_the_closed_door_comes_at_the_time_drawn_and_redials_after_the_opening() -> None:
    seen = _unsolved(
        17 * HOUR,
        opening={**OPEN, "tries_closed": 1.0},
        redial={"after_closed": 1.0, "delay_min": 5},
    )
    assert rows(seen, "contacts", STORY) == [
        ("first", 17 * HOUR, "answered"),
        ("repeat", 27 * HOUR + 60, "closed"),
        ("redial", TUE + 8 * HOUR + 300, "answered"),
    ]


def test_who_has_heard_the_closed_message_does_not_try_the_closed_door_again() -> None:
    """The redial is drawn 13 h after Tuesday's opening: 21:00, so it is Wednesday's opening."""
    seen = _unsolved(
        17 * HOUR,
        opening={**OPEN, "tries_closed": 1.0, "after_opening_min": 0},
        redial={"after_closed": 1.0, "delay_min": 13 * 60},
    )
    assert rows(seen, "contacts", STORY)[1:] == [
        ("repeat", 27 * HOUR + 60, "closed"),
        ("redial", 2 * DAY + 8 * HOUR, "answered"),
    ]


def test_a_share_that_tries_the_closed_door_changes_nobody_else() -> None:
    calls = [9 * HOUR + 30.0 * k for k in range(600)]
    none = _unsolved(*calls, delay_min=900)
    some = _unsolved(*calls, delay_min=900, opening={**OPEN, "tries_closed": 0.3})
    repeats = [seen.contacts["kind"] == ContactKind.REPEAT for seen in (none, some)]
    came = [
        dict(zip(seen.contacts["case"][which], seen.contacts["arrival"][which], strict=True))
        for seen, which in zip((none, some), repeats, strict=True)
    ]
    closed = set(some.contacts["case"][some.contacts["outcome"] == Outcome.CLOSED].tolist())
    assert abs(len(closed) - 180) < 4 * (600 * 0.3 * 0.7) ** 0.5
    assert {case: at for case, at in came[0].items() if case not in closed} == {
        case: at for case, at in came[1].items() if case not in closed
    }
    assert not (none.contacts["outcome"] == Outcome.CLOSED).any()


def test_where_the_door_never_closes_nothing_is_changed() -> None:
    calls = [60.0 * k for k in range(300)]
    plain = _unsolved(*calls, opening={})
    other = _unsolved(*calls, opening={"after_opening_min": 5, "tries_closed": 0.5})
    assert plain.contacts["arrival"].tolist() == other.contacts["arrival"].tolist()


# What is due, and when.

PROMISED = [
    (17 * HOUR, "opening", TUE + 9 * HOUR),
    (15 * HOUR, "opening", 19 * HOUR),
    (SAT + 19.5 * HOUR, "opening", MON + 11.5 * HOUR),
    (17 * HOUR, "calendar", 21 * HOUR),
]


@pytest.mark.parametrize(("made", "clock", "due"), PROMISED)
@pytest.mark.parametrize(
    "step",
    [
        {"step": "promise_callback", "preparation_s": 0},
        {"step": "ticket", "work_s": 60},
    ],
)
def test_four_hours_are_four_opening_hours_unless_they_are_of_the_calendar(
    step: dict[str, Any], made: float, clock: str, due: float
) -> None:
    seen = _unsolved(
        made - 60,
        escalation={"beyond_knowledge": path({**step, "due_h": 4, "due_clock": clock})},
        repeat={},
    )
    assert rows(seen, "promises", "made due")[0] == (made, due)


def test_a_call_is_due_by_the_hours_of_the_telephone_and_a_ticket_by_those_of_the_centre() -> None:
    telephone = {"voice": {"opening": {"hours": "08:00-18:00"}}}
    due = {}
    for step in ({"step": "promise_callback"}, {"step": "ticket", "work_s": 60}):
        paths = {"beyond_knowledge": path({**step, "due_h": 4})}
        seen = _unsolved(17 * HOUR - 60, channels=telephone, escalation=paths, repeat={})
        due[step["step"]] = rows(seen, "promises", "due")[0][0]
    assert due == {"promise_callback": TUE + 11 * HOUR, "ticket": TUE + 9 * HOUR}


@pytest.mark.parametrize(
    ("made", "hours", "due"),
    [
        (16 * HOUR, 4, 20 * HOUR),  # by the end of the day, not the next morning
        (21 * HOUR, 1, TUE + 9 * HOUR),  # made in overtime
        (6 * HOUR, 1, 9 * HOUR),
        (10 * HOUR, 72, MON + 10 * HOUR),  # six days of twelve hours: a week
        (SAT + 20 * HOUR, 0.5, MON + 8.5 * HOUR),
        (10 * HOUR, 24 * 12, 28 * DAY + 10 * HOUR),
        (21 * HOUR, 0, 21 * HOUR),
    ],
)
def test_opening_hours_are_counted_over_nights_and_weeks(
    made: float, hours: float, due: float
) -> None:
    clock = hours_of(centre({"enquiry": reason(0)}, {"front": 1}, opening=OPEN))
    assert clock.due(made, hours * HOUR, "opening") == due


def test_a_promise_is_urgent_that_many_opening_minutes_before_it_is_due() -> None:
    """Made Monday 19:30, due after 40 min of opening: Tuesday 08:10; urgent 30 min before: 19:40.

    The one agent of the office writes a letter of 20 minutes when it is made, and another letter
    waits since 19:25. Who is urgent goes first: the ticket is written at 19:45, not at 20:05.
    """
    seen = played(
        {
            "letter": reason(
                19 * HOUR + 25 * 60,
                19 * HOUR + 26 * 60,
                talk_s=1200,
                channel="email",
                groups=["office"],
            ),
            "puzzle": reason(19.5 * HOUR - 60, solve=UNKNOWN),
        },
        {"front": 1, "office": {"heads": 1, "knowledge": 100}},
        opening=OPEN,
        escalation={
            "beyond_knowledge": path(
                {"step": "ticket", "group": "office", "due_h": 40 / 60, "work_s": 60}
            )
        },
        horizon={"days": 2},
    )
    assert rows(seen, "promises", "made due done kept") == [
        (19.5 * HOUR, TUE + 8 * HOUR + 600, 19 * HOUR + 46 * 60, 1)
    ]


@pytest.mark.parametrize(
    ("clock", "begin", "end"),
    [
        ("opening", TUE + 8.5 * HOUR, TUE + 9.5 * HOUR),  # half an hour today, half tomorrow
        ("calendar", TUE + 8 * HOUR, TUE + 9 * HOUR),  # nobody calls at half past eight at night
    ],
)
def test_the_window_of_a_callback_is_in_opening_hours(clock: str, begin: float, end: float) -> None:
    offer = {"accept": 1.0, "answer": 1.0, "place": "window", "window_clock": clock}
    seen = played(
        {"busy": reason(19.5 * HOUR - 10), "enquiry": reason(19.5 * HOUR)},
        {"front": 1},
        opening=OPEN,
        callback_offer={**offer, "window_after_min": 60, "window_min": 60},
        horizon={"days": 2},
    )
    assert rows(seen, "promises", "made due done kept") == [(19.5 * HOUR, end, begin, 1)]


@pytest.mark.parametrize(
    ("clock", "due"), [("opening", TUE + 9 * HOUR + 30), ("calendar", 21 * HOUR + 30)]
)
def test_a_voicemail_is_due_in_opening_hours(clock: str, due: float) -> None:
    limit = {"after_s": 30, "then": "voicemail", "due_h": 4, "due_clock": clock}
    calls = reason(17 * HOUR - 10, 17 * HOUR, talk_s=600, waiting_limit=limit)
    seen = played({"enquiry": calls}, {"front": 1}, opening=OPEN, horizon={"days": 2})
    assert rows(seen, "promises", "kind made due") == [("voicemail", 17 * HOUR + 30, due)]


@pytest.mark.parametrize(("clock", "within"), [("opening", 1.0), ("calendar", 0.0)])
def test_a_letter_is_answered_in_time_by_the_hours_of_its_channel(
    clock: str, within: float
) -> None:
    """Written Monday 17:00, to be answered in 4 h: Tuesday 09:00. Answered Tuesday 08:30."""
    made = trace(horizon_s=2 * DAY)
    email = {"channel": 2}
    answered(made, 0, 17 * HOUR, 15.25 * HOUR, 900.0, **email)
    of = scenario(
        opening=OPEN,
        horizon={"days": 2},
        channels={"email": {"response_target_h": 4, "target_clock": clock}},
    )
    assert summarise(of, made).values["all", ""]["response_within_target"] == within
    answered(made, 1, 17 * HOUR, 16 * HOUR, 1.0, **email)  # a second after nine
    found = summarise(of, made).values["all", ""]["response_within_target"]
    assert found == within / 2


# Turned away is not closed.


def test_closed_is_who_came_while_it_was_closed_and_turned_away_who_had_got_in() -> None:
    """At 20:00 one is in hand, one waits, one is in the menu; a fourth calls ten seconds later."""
    calls = (20 * HOUR - 600, 20 * HOUR - 300, 20 * HOUR - 5, 20 * HOUR + 10)
    of = centre(
        {"enquiry": reason(*calls, talk_s=3600)},
        {"front": 1},
        opening={**OPEN, "at_closing": "cut_off"},
        voice_menu={"time_s": 10},
    )
    seen = simulate(of, 1, 0)
    assert rows(seen, "contacts", "arrival outcome") == [
        (calls[0], "answered"),
        (calls[1], "turned_away"),
        (calls[2], "turned_away"),
        (calls[3], "closed"),
    ]
    values = summarise(of, seen).values["all", ""]
    assert (values["tried"], values["offered"]) == (4.0, 3.0)
    assert values["closed"] == 1 / 4
    assert values["turned_away"] == 2 / 3
    assert values["service_level"] == 1 / 3


# Three small centres.

REPEATS_AT_NIGHT = """
horizon.days = 10
opening.hours = "09:00-17:00"
groups.a.heads = 50
[reasons.q]
volume = { per_day = 100 }
groups = ["a"]
solve = 0.5
difficulty_drawn = "per_contact"
handling.voice.talk_s = 60
[repeat]
probability = 1.0
max_contacts = 30
delay_min = 600
"""


@pytest.mark.parametrize("delay_min", [60, 600, 1080, 1440])
def test_a_customer_who_always_returns_gives_up_for_no_delay(delay_min: float) -> None:
    """50 agents, 100 cases of a minute: everybody is answered immediately and comes until solved.

    That 30 contacts solve nothing has a chance of 2^-30 a case.
    """
    of = with_changes(load_text(REPEATS_AT_NIGHT), {"repeat.delay_min": delay_min})
    summary = summarise(of, simulate(of, 1, 0))
    assert summary.endings["all"]["given_up"] == 0
    assert summary.values["all", ""]["service_level"] == 1.0
    assert summary.values["all", ""]["closed"] == 0.0


DUE_WHILE_CLOSED = """
horizon.days = 5
opening.hours = "09:00-17:00"
groups.front.heads = 10
groups.spec = { heads = 1, tier = 2, knowledge = 60 }
[reasons.q]
volume = { per_day = 100 }
groups = ["front"]
solve = 0.000001
handling.voice.talk_s = 60
[repeat]
probability = 0.0
after_broken_promise = { probability = 1.0, delay_min = 30 }
[[escalation.beyond_knowledge.steps]]
step = "promise_callback"
group = "spec"
due_h = 4
preparation_s = 180
urgent_before_min = 30
"""


def test_a_promise_of_four_hours_made_in_the_afternoon_is_kept_in_the_morning() -> None:
    """100 calls a day of 4 minutes are 6.7 of the specialist's 8 hours: time enough, it is kept."""
    of = load_text(DUE_WHILE_CLOSED)
    seen = simulate(of, 1, 0)
    assert summarise(of, seen).values["all", ""]["promises_kept"] == 1.0
    assert not (seen.contacts["kind"] == ContactKind.REPEAT).any()


@pytest.mark.parametrize("clock", ["opening", "calendar"])
def test_nobody_who_calls_after_a_broken_promise_finds_the_door_closed(clock: str) -> None:
    """100 calls a day of 11 minutes are 18 hours of work for a specialist who has 8."""
    step = "escalation.beyond_knowledge.steps.0"
    changes = {f"{step}.due_clock": clock, f"{step}.preparation_s": 600}
    seen = simulate(with_changes(load_text(DUE_WHILE_CLOSED), changes), 1, 0)
    repeats = seen.contacts["kind"] == ContactKind.REPEAT
    assert repeats.sum() > 20
    assert (seen.contacts["outcome"][repeats] != Outcome.CLOSED).all()


CLOSING_AT_NOON = """
baseline = "ask"
horizon.days = 3
opening.hours = "09:00-17:00"
groups.front.heads = 8
[reasons.enquiry]
volume = { per_day = 900, profile = "d" }
groups = ["front"]
handling.voice.talk_s = { distribution = "exponential", mean = 240 }
patience_s.voice = { distribution = "exponential", mean = 180 }
[profiles.d]
interval_min = 60
start = "09:00"
shares = [1, 1, 1, 2, 2, 2, 1, 1]
[policies.close_at_noon]
changes = { "opening.hours" = "09:00-12:00" }
[policies.cut_off_at_noon.changes]
"opening.hours" = "09:00-12:00"
"opening.at_closing" = "cut_off"
"groups.front.heads" = 4
"""


def test_closing_at_noon_shows_those_who_came_in_the_afternoon() -> None:
    """The profile has 3 of 11 parts in the morning: 8/11 = 72.7 % of the same customers meet a
    closed door (four standard errors of a share of some 2,700: 3.4 points)."""
    found = {
        name: summarise(of, simulate(of, 1, 0)).values["all", ""]
        for name, of in policies_of(load_text(CLOSING_AT_NOON)).items()
    }
    assert len({values["tried"] for values in found.values()}) == 1
    assert found["ask"]["closed"] == 0.0
    noon = found["close_at_noon"]
    assert noon["closed"] == pytest.approx(8 / 11, abs=0.034)
    assert noon["offered"] == pytest.approx(noon["tried"] * (1.0 - noon["closed"]))
    assert noon["turned_away"] == 0.0
    assert found["cut_off_at_noon"]["closed"] == noon["closed"]
    assert found["cut_off_at_noon"]["turned_away"] > 0.0


# A doubt about a policy.


def _same_number(text: str) -> list[Problem]:
    return [one for one in warnings(load_text(text)) if "same number" in one.rule]


def test_a_policy_on_opening_hours_is_doubtful_where_the_same_callers_come_in_fewer_hours() -> None:
    assert _same_number(CLOSING_AT_NOON) == []
    evenly = CLOSING_AT_NOON.replace(', profile = "d"', "")
    (problem, _) = _same_number(evenly)
    assert problem.key == 'policies.close_at_noon.changes."opening.hours"'
    assert problem.value == "09:00-12:00"
    rule = 'opening: brings the same number of customers of "enquiry" into fewer hours'
    assert problem.rule == rule
    assert "profile" in problem.hint
    longer = _same_number(evenly.replace("09:00-12:00", "08:00-20:00"))
    assert [one.rule.endswith("into more hours") for one in longer] == [True, True]


def test_hours_of_a_channel_that_nobody_uses_are_no_doubt() -> None:
    evenly = CLOSING_AT_NOON.replace(', profile = "d"', "")
    chat = '"channels.chat.opening.hours" = "09:00-12:00"'
    assert _same_number(evenly.replace('"opening.hours" = "09:00-12:00"', chat)) == []


@pytest.mark.parametrize("clock", ["opening", "calendar"])
@pytest.mark.parametrize("hours", ["08:00-18:00", "00:00-24:00"])
def test_the_due_times_of_many_contacts_are_those_of_each_to_the_bit(
    hours: str, clock: HoursOrCalendar
) -> None:
    opening = {"hours": hours, "days": {} if hours == "00:00-24:00" else {"sunday": "closed"}}
    open_hours = OpenHours(scenario(opening=opening))
    made = np.concatenate([np.arange(0.0, 15.0 * 86400.0, 1800.0), np.arange(0.0, 3e6, 7919.3)])
    for seconds in (0.0, 3600.0, 36000.0, 4e5):
        each = [open_hours.due(float(one), seconds, clock) for one in made]
        assert due_times(open_hours, made, seconds, clock).tolist() == each
