"""The calendar: what is planned for each day by its number; figures of distributions."""

from math import exp, inf, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from scenarios import with_changes
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.day import Pause, Stint
from scenarios.calendar.spans import Span, binned, parts_within, total, union
from scenarios.parts.distributions import AnyDistribution, Distribution
from scenarios.parts.figures import can_be_zero, greatest, mean_of
from tests.support.scenario_texts import shop, smallest

HOUR = 3600.0
DAY = 24 * HOUR


def distribution(written: Any) -> AnyDistribution:
    read: AnyDistribution = TypeAdapter(Distribution).validate_python(written)
    return read


def test_heads_are_on_duty_while_the_centre_is_open() -> None:
    calendar = calendar_of(shop())
    spans = calendar.duty("specialists")
    assert spans == tuple(Span(d * DAY + 8 * HOUR, d * DAY + 20 * HOUR, 3) for d in range(6))
    assert [span[:2] for span in spans] == [span[:2] for span in calendar.opening()]


@pytest.mark.parametrize(("days", "morning"), [(7, []), (8, [Span(0.0, 4 * HOUR, 2)])])
def test_a_sunday_night_ends_on_monday_when_another_week_follows(
    days: int, morning: list[Span]
) -> None:
    night = {"start": "22:00", "end": "04:00", "heads": 2, "weekdays": ["sunday"]}
    changes = {"horizon.days": days, "groups.night": {"shifts": {"a": night}}}
    spans = calendar_of(with_changes(shop(), changes)).duty("night")
    assert spans == (Span(6 * DAY + 22 * HOUR, 7 * DAY, 2), *morning)


def test_heads_by_interval_have_their_own_weekdays() -> None:
    plan = {"interval_min": 60, "start": "08:00", "heads": {"monday": [0, 2], "every_day": [1]}}
    centre = with_changes(
        smallest(), {"horizon.days": 2, "groups.plan": {"heads_by_interval": plan}}
    )
    assert calendar_of(centre).duty("plan") == (
        Span(9 * HOUR, 10 * HOUR, 2),
        Span(DAY + 8 * HOUR, DAY + 9 * HOUR, 1),
    )


def test_a_volume_follows_its_profile_and_its_weekdays() -> None:
    centre = with_changes(shop(), {"reasons.order.volume.factor": 2})
    spans = calendar_of(centre).volume("order")
    assert total(spans) == pytest.approx(6 * 600)
    assert spans[1] == Span(10 * HOUR, 12 * HOUR, pytest.approx(150))


def test_a_volume_without_a_profile_comes_evenly_while_the_main_channel_is_open() -> None:
    centre = with_changes(smallest(), {"channels.voice.opening": {"hours": "09:00-17:00"}})
    spans = calendar_of(centre).volume("enquiry")
    assert union(spans) == [Span(9 * HOUR, 17 * HOUR)]
    assert {span.amount / (span.end - span.start) for span in spans} == {100 / (8 * HOUR)}


@pytest.mark.parametrize("first", ["monday", "thursday", "sunday"])
def test_a_day_by_its_number_is_the_same_as_in_the_week_laid_out(first: str) -> None:
    night = {"start": "09:00", "end": "18:30", "heads": 2, "weekdays": ["tuesday", "sunday"]}
    changes = {
        "horizon.days": 16,
        "horizon.first_weekday": first,
        "groups.late": {"shifts": {"a": night}},
        "channels.voice": {"opening": {"days": {"tuesday": "closed"}}},
    }
    centre = with_changes(shop(), changes)
    calendar = calendar_of(centre)
    for number in range(16):
        day, begin = calendar.day(number), number % 7 * DAY
        assert day.weekday == centre.horizon.weekday(number)
        of_the_week = [
            [one for one in spans if begin <= one.start < begin + DAY]
            for spans in (
                calendar.volume("order"),
                calendar.duty("late"),
                calendar.opening("voice"),
            )
        ]
        hours = day.opening("voice")
        by_number = [
            [span.later(begin) for span in day.volume("order")],
            [Span(one.start, one.end, one.heads).later(begin) for one in day.duty("late")],
            [] if hours is None else [Span(*hours).later(begin)],
        ]
        assert by_number == of_the_week


def test_days_on_which_the_same_is_planned_are_laid_out_once() -> None:
    calendar = calendar_of(with_changes(shop(), {"horizon.days": 16}))
    assert calendar.day(15) is calendar.day(1)
    assert calendar.day(15) is not calendar.day(2)


def test_the_lines_of_a_crew_have_the_same_places_and_breaks_come_in_waves() -> None:
    coffee = {"at": "01:00", "minutes": 15, "waves": 2}
    shifts = {
        "early": {"start": "06:00", "end": "10:00", "heads": 2, "crew": "split"},
        "night": {"start": "22:00", "end": "04:00", "heads": 3, "breaks": [coffee]},
        "late": {"start": "16:00", "end": "20:00", "heads": 2, "crew": "split"},
    }
    centre = with_changes(smallest(), {"groups.more": {"shifts": shifts}})
    assert calendar_of(centre).day(0).duty("more") == (
        Stint(6 * HOUR, 10 * HOUR, 2, first=0),
        Stint(22 * HOUR, 28 * HOUR, 3, first=2, breaks=(Pause(25 * HOUR, 900.0, 2),)),
        Stint(16 * HOUR, 20 * HOUR, 2, first=0),
    )


def test_given_arrivals_belong_to_the_day_on_which_they_come() -> None:
    given = [5.0, DAY, DAY + 3.0]
    changes = {"horizon.days": 3, "reasons.enquiry.volume.at_s": given}
    centre = with_changes(smallest(), changes, ["reasons.enquiry.volume.per_day"])
    calendar = calendar_of(centre)
    assert [calendar.given("enquiry", day) for day in range(3)] == [[0], [1, 2], []]
    assert calendar.day(0).volume("enquiry") == ()
    assert calendar.volume("enquiry") == tuple(Span(at, at) for at in given)


spans = st.builds(
    lambda start, length, amount: Span(start, start + length, amount),
    st.integers(0, 100),
    st.integers(0, 30),
    st.integers(1, 9),
)


@given(spans, st.lists(spans, max_size=6))
def test_what_lies_within_some_times_is_all_that_does_not_lie_outside(
    span: Span, times: list[Span]
) -> None:
    inside = union(times)
    edges = [-inf, *(edge for time in inside for edge in time[:2]), inf]
    outside = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    parts = parts_within(span, inside) + parts_within(span, outside)
    if span.start < span.end:
        assert total(parts) == pytest.approx(span.amount)


@given(st.lists(spans, max_size=6))
def test_bins_hold_everything_once(counts: list[Span]) -> None:
    assert sum(binned(counts, 7.0, 20)) == pytest.approx(total(counts))


@pytest.mark.parametrize(
    ("written", "mean"),
    [
        (60, 60),
        ({"distribution": "gamma", "mean": 300, "cv": 0.5}, 300),
        ({"distribution": "uniform", "low": 10, "high": 20}, 15),
        ({"distribution": "triangular", "low": 0, "mode": 3, "high": 6}, 3),
        ({"distribution": "empirical", "values": [1, 2, 6]}, 3),
        ({"distribution": "lognormal", "median": 100, "sigma": 0.5}, 100 * exp(0.125)),
        # The 90 % quantile lies 1.2816 standard deviations of the logarithm above the median.
        ({"distribution": "lognormal", "median": 1, "p90": exp(1.2815515655)}, exp(0.5)),
        # Shape 1 is the exponential distribution: its median is log 2 of the mean, p90 log 10.
        ({"distribution": "weibull", "median": 60 * log(2), "p90": 60 * log(10)}, 60),
        ({"distribution": "weibull", "shape": 1, "scale": 60}, 60),
        ({"distribution": "weibull", "shape": 2, "mean": 60}, 60),
        (
            {"distribution": "exponential", "mean": 100, "point_share": 0.1, "point_at": 20},
            0.1 * 20 + 0.9 * 100,
        ),
    ],
)
def test_the_mean_of_a_distribution_is_known_without_drawing(written: Any, mean: float) -> None:
    assert mean_of(distribution(written)) == pytest.approx(mean, rel=1e-9)


def test_the_ends_of_a_distribution_are_known() -> None:
    assert greatest(distribution({"distribution": "uniform", "low": 1, "high": 9})) == 9
    assert greatest(distribution({"distribution": "empirical", "values": [3, 8]})) == 8
    assert greatest(distribution({"distribution": "exponential", "mean": 9})) == inf
    capped = {"distribution": "uniform", "low": 1, "high": 9, "point_share": 0.5, "point_at": 20}
    assert greatest(distribution(capped)) == 20
    only = {"distribution": "exponential", "mean": 9, "point_share": 1.0, "point_at": 5}
    assert greatest(distribution(only)) == 5


def test_zero_is_possible_only_where_it_has_a_probability() -> None:
    assert can_be_zero(distribution(0))
    assert can_be_zero(distribution({"distribution": "empirical", "values": [0, 8]}))
    assert can_be_zero(
        distribution({"distribution": "gamma", "mean": 5, "cv": 1, "point_share": 0.1})
    )
    assert not can_be_zero(distribution({"distribution": "gamma", "mean": 5, "cv": 1}))
    assert not can_be_zero(distribution({"distribution": "uniform", "low": 0, "high": 1}))
