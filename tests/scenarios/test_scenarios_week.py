"""An ordinary week: who is on duty and when customers turn up; figures of distributions."""

from math import exp, inf, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from scenarios import with_changes
from scenarios.calendar.week import (
    Span,
    binned,
    demand,
    duty,
    open_spans,
    parts_within,
    total,
    union,
)
from scenarios.figures import can_be_zero, greatest, mean_of
from scenarios.parts.distributions import AnyDistribution, Distribution
from tests.support.scenario_texts import shop, smallest

HOUR = 3600.0
DAY = 24 * HOUR


def distribution(written: Any) -> AnyDistribution:
    read: AnyDistribution = TypeAdapter(Distribution).validate_python(written)
    return read


def test_heads_are_on_duty_while_the_centre_is_open() -> None:
    centre = shop()
    spans = duty(centre, centre.groups["specialists"])
    assert spans == [Span(d * DAY + 8 * HOUR, d * DAY + 20 * HOUR, 3) for d in range(6)]
    assert [span[:2] for span in spans] == [span[:2] for span in open_spans(centre)]


@pytest.mark.parametrize(("days", "morning"), [(7, []), (8, [Span(0.0, 4 * HOUR, 2)])])
def test_a_sunday_night_ends_on_monday_when_another_week_follows(
    days: int, morning: list[Span]
) -> None:
    night = {"start": "22:00", "end": "04:00", "heads": 2, "weekdays": ["sunday"]}
    changes = {"horizon.days": days, "groups.night": {"shifts": {"a": night}}}
    centre = with_changes(shop(), changes)
    spans = duty(centre, centre.groups["night"])
    assert spans == [Span(6 * DAY + 22 * HOUR, 7 * DAY, 2), *morning]


def test_heads_by_interval_have_their_own_weekdays() -> None:
    plan = {"interval_min": 60, "start": "08:00", "heads": {"monday": [0, 2], "every_day": [1]}}
    centre = with_changes(
        smallest(), {"horizon.days": 2, "groups.plan": {"heads_by_interval": plan}}
    )
    assert duty(centre, centre.groups["plan"]) == [
        Span(9 * HOUR, 10 * HOUR, 2),
        Span(DAY + 8 * HOUR, DAY + 9 * HOUR, 1),
    ]


def test_a_volume_follows_its_profile_and_its_weekdays() -> None:
    centre = with_changes(shop(), {"reasons.order.volume.factor": 2})
    spans = demand(centre, centre.reasons["order"])
    assert total(spans) == pytest.approx(6 * 600)
    assert spans[1] == Span(10 * HOUR, 12 * HOUR, pytest.approx(150))


def test_a_volume_without_a_profile_comes_evenly_while_the_main_channel_is_open() -> None:
    centre = with_changes(smallest(), {"channels.voice.opening": {"hours": "09:00-17:00"}})
    assert demand(centre, centre.reasons["enquiry"]) == [Span(9 * HOUR, 17 * HOUR, 100)]


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
