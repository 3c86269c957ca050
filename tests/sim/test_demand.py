"""Who makes contact: how many, when, and the same customers whatever the policy."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import Span
from scenarios.schema import Scenario
from sim.draws.draws import Draws
from sim.journey.contact import channel_at
from sim.plan.demand import Customers, Demand
from sim.plan.reasons import reasons_of
from tests.support.timed_centres import DAY, HOUR, centre, reason

DAYS = 400


def _a_day(count: float) -> dict[str, Any]:
    """A volume in one interval of a day, quick to draw."""
    return {"counts": {"every_day": [count]}, "interval_min": 1440}


def _scenario(volume: dict[str, Any], **sections: Any) -> Scenario:
    more = sections.pop("more", {})
    enquiry = {**reason(), "volume": volume, **sections.pop("enquiry", {})}
    return centre({"enquiry": enquiry, **more}, {"front": 1}, **sections)


def _days(scenario: Scenario, days: int = DAYS, replication: int = 0) -> list[Customers]:
    demand = Demand(scenario, Draws(1, replication))
    return [demand.customers(day) for day in range(days)]


def _plan(scenario: Scenario, day: int) -> tuple[Span, ...]:
    return calendar_of(scenario).day(day).volume("enquiry")


def _counts(days: list[Customers]) -> NDArray[np.float64]:
    return np.array([len(customers) for customers in days], dtype=np.float64)


def _clock(days: list[Customers]) -> NDArray[np.float64]:
    """Times of day of all arrivals."""
    return np.concatenate([np.array(customers.arrivals) for customers in days]) % DAY


def test_the_number_of_customers_is_poisson() -> None:
    counts = _counts(_days(_scenario(_a_day(100))))
    # Mean 100, standard error 0.5; the index of dispersion is chi-square over its freedom.
    assert abs(counts.mean() - 100) < 4 * 0.5
    dispersion = counts.var(ddof=1) / counts.mean() * (DAYS - 1)
    assert 1e-4 < stats.chi2(DAYS - 1).cdf(dispersion) < 1 - 1e-4


def test_arrivals_are_uniform_within_an_interval_and_independent_of_each_other() -> None:
    clock = _clock(_days(_scenario(_a_day(100))))
    assert stats.kstest(clock / DAY, "uniform").pvalue > 1e-4
    gaps = np.concatenate(
        [np.diff(np.array(c.arrivals)) for c in _days(_scenario(_a_day(500)), 100)]
    )
    assert stats.kstest(gaps, "expon", args=(0, DAY / 500)).pvalue > 1e-4


def test_customers_come_in_order_of_time() -> None:
    for customers in _days(
        _scenario({"per_day": 200}, more={"other": {**reason(), "volume": {"per_day": 99}}}), 5
    ):
        assert np.all(np.diff(np.array(customers.arrivals)) >= 0)


def test_a_profile_spreads_the_daily_volume() -> None:
    profile = {"interval_min": 120, "start": "08:00", "shares": [1, 3]}
    scenario = _scenario({"per_day": 80, "profile": "shop"}, profiles={"shop": profile})
    clock = _clock(_days(scenario))
    morning = (clock >= 8 * HOUR) & (clock < 10 * HOUR)
    noon = (clock >= 10 * HOUR) & (clock < 12 * HOUR)
    assert morning.sum() + noon.sum() == len(clock)
    assert abs(morning.sum() - 20 * DAYS) < 4 * (20 * DAYS) ** 0.5
    assert abs(noon.sum() - 60 * DAYS) < 4 * (60 * DAYS) ** 0.5


def test_counts_hold_for_their_weekday_and_every_other_day() -> None:
    volume = {
        "counts": {"monday": [10.0, 0.0], "every_day": [0.0, 4.0]},
        "interval_min": 60,
        "start": "09:00",
    }
    scenario = _scenario(volume, horizon={"days": 7})
    rates = [[(span.start, span.amount) for span in _plan(scenario, day)] for day in range(7)]
    assert rates == [[(9 * HOUR, 10.0)], *[[(10 * HOUR, 4.0)]] * 6]


def test_weekday_factors_and_the_volume_factor_multiply() -> None:
    volume = {"per_day": 100, "factor": 1.2, "weekdays": {"sunday": 0.5}}
    scenario = _scenario(volume)
    sums = [sum(span.amount for span in _plan(scenario, day)) for day in range(7)]
    assert sums == pytest.approx([120.0] * 6 + [60.0])


def test_without_a_profile_customers_come_evenly_over_the_opening_hours() -> None:
    scenario = _scenario({"per_day": 100}, opening={"hours": "08:15-20:00"})
    spans = _plan(scenario, 0)
    assert spans[0].start == 8.25 * HOUR
    assert spans[-1].end == 20 * HOUR
    assert sum(span.amount for span in spans) == pytest.approx(100)
    rates = {round(span.amount / (span.end - span.start), 9) for span in spans}
    assert rates == {round(100 / (11.75 * HOUR), 9)}


def test_given_arrivals_come_exactly_then_in_every_replication() -> None:
    given = [5.0, 17.25, DAY + 3.0]
    scenario = _scenario({"at_s": given}, horizon={"days": 2})
    for replication in range(3):
        days = _days(scenario, 2, replication)
        assert [time for customers in days for time in customers.arrivals] == given


def test_days_differ_by_a_gamma_factor_common_to_all_reasons() -> None:
    other = {**reason(), "volume": _a_day(1000)}
    scenario = _scenario(_a_day(1000), busyness_cv=0.2, more={"other": other})
    both = [np.bincount(customers.reasons, minlength=2) for customers in _days(scenario)]
    one, two = np.array(both, dtype=float).T
    # Variance = mean + (cv x mean)^2 = 1000 + 40,000; its standard error is about 7 %.
    assert abs(one.mean() - 1000) < 4 * (41_000 / DAYS) ** 0.5
    assert one.var() == pytest.approx(41_000, rel=0.3)
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(40 / 41, abs=0.03)


def test_days_differ_by_a_factor_of_each_reason() -> None:
    other = {**reason(), "volume": _a_day(1000), "busyness_cv": 0.2}
    scenario = _scenario(_a_day(1000), enquiry={"busyness_cv": 0.2}, more={"other": other})
    both = [np.bincount(customers.reasons, minlength=2) for customers in _days(scenario)]
    one, two = np.array(both, dtype=float).T
    assert one.var() == pytest.approx(41_000, rel=0.3)
    # Independent: a correlation of 400 pairs has a standard error of 0.05.
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.2


def test_half_hours_differ_by_a_gamma_factor_common_to_all_reasons() -> None:
    other = {**reason(), "volume": _a_day(4800)}
    scenario = _scenario(_a_day(4800), busyness_by_half_hour_cv=0.2, more={"other": other})
    one, two = _by_half_hour(scenario, 40)
    # 100 a half hour: variance = 100 + (0.2 x 100)^2 = 500, of 1,920 half hours: within 3.2 %.
    assert one.mean() == pytest.approx(100, abs=4 * (500 / one.size) ** 0.5)
    assert one.var() == pytest.approx(500, rel=0.13)
    assert np.corrcoef(one.ravel(), two.ravel())[0, 1] == pytest.approx(0.8, abs=0.04)
    # No half hour says anything of the next.
    assert abs(np.corrcoef(one[:, :-1].ravel(), one[:, 1:].ravel())[0, 1]) < 4 / one.size**0.5


def test_a_half_hour_has_its_factor_whatever_the_intervals_of_the_volume() -> None:
    by_hour = {"interval_min": 60, "counts": {"every_day": [200.0] * 24}}
    by_quarter = {"interval_min": 15, "counts": {"every_day": [50.0] * 96}}
    more = {"other": {**reason(), "volume": by_quarter}}
    scenario = _scenario(by_hour, busyness_by_half_hour_cv=0.4, more=more)
    one, two = _by_half_hour(scenario, 20)
    # Variance 100 + 1,600, of which 1,600 are common.
    assert np.corrcoef(one.ravel(), two.ravel())[0, 1] == pytest.approx(16 / 17, abs=0.02)


def test_without_a_spread_of_half_hours_the_same_customers_come() -> None:
    off, on = (_scenario(_a_day(500), busyness_by_half_hour_cv=cv) for cv in (0.0, 1e-9))
    assert _days(off, 2)[1].arrivals == _days(on, 2)[1].arrivals


def _by_half_hour(scenario: Scenario, days: int) -> NDArray[np.float64]:
    """Counts by reason, day and half hour."""
    found = np.zeros((2, days, 48))
    for day, customers in enumerate(_days(scenario, days)):
        slots = ((np.array(customers.arrivals) % DAY) // 1800).astype(int)
        np.add.at(found, (np.array(customers.reasons), day, slots), 1.0)
    return found


# Incidents.


def _incident(multiplier: float, day: int = 1, minutes: float = 90, **more: Any) -> dict[str, Any]:
    return {"day": day, "start": "10:15", "minutes": minutes, "multiplier": multiplier, **more}


def _within(days: list[Customers], start: float, end: float) -> int:
    clock = _clock(days)
    return int(((clock >= start) & (clock < end)).sum())


def test_an_incident_multiplies_the_rate_for_its_minutes_of_its_day() -> None:
    scenario = _scenario(
        {"per_day": 2400}, incidents={"outage": _incident(5.0)}, horizon={"days": 2}
    )
    both = [_days(scenario, 2, replication) for replication in range(50)]
    first, second = [days[0] for days in both], [days[1] for days in both]
    start, end = 10.25 * HOUR, 11.75 * HOUR
    # 150 customers in 90 minutes as a rule, five times as many in the incident.
    assert abs(_within(first, start, end) - 50 * 750) < 4 * (50 * 750) ** 0.5
    assert abs(_within(second, start, end) - 50 * 150) < 4 * (50 * 150) ** 0.5
    before = _within(first, 8 * HOUR, start)
    assert abs(before - 50 * 225) < 4 * (50 * 225) ** 0.5


def test_two_incidents_at_once_multiply_each_other() -> None:
    incidents = {"outage": _incident(6.0), "recall": _incident(5.0)}
    scenario = _scenario({"per_day": 2400}, incidents=incidents)
    first = [_days(scenario, 1, replication)[0] for replication in range(20)]
    got = _within(first, 10.25 * HOUR, 11.75 * HOUR)
    assert abs(got - 20 * 4500) < 4 * (20 * 4500) ** 0.5


def test_an_incident_concerns_only_its_reasons() -> None:
    other = {**reason(), "volume": {"per_day": 2400}}
    incidents = {"outage": _incident(5.0, reasons=["other"])}
    quiet = _scenario({"per_day": 2400}, more={"other": other})
    loud = _scenario({"per_day": 2400}, more={"other": other}, incidents=incidents)
    (before,), (after,) = _days(quiet, 1), _days(loud, 1)
    assert _of(before, 0) == _of(after, 0)
    assert set(_of(before, 1)) < set(_of(after, 1))


def _of(customers: Customers, position: int) -> list[float]:
    return [t for t, r in zip(customers.arrivals, customers.reasons, strict=True) if r == position]


# The same customers under every policy.


@pytest.mark.parametrize("factor", [0.3, 0.9, 1.1, 4.0])
def test_more_volume_keeps_every_customer_and_adds_others(factor: float) -> None:
    base = _days(_scenario({"per_day": 300}), 3)
    other = _days(_scenario({"per_day": 300, "factor": factor}), 3)
    for day, changed in zip(base, other, strict=True):
        fewer, more = sorted((set(day.arrivals), set(changed.arrivals)), key=len)
        assert fewer < more


def test_an_incident_adds_customers_only_within_its_time_and_takes_none_away() -> None:
    calm = _days(_scenario({"per_day": 2400}), 1)[0]
    storm = _days(_scenario({"per_day": 2400}, incidents={"outage": _incident(5.0)}), 1)[0]
    added = set(storm.arrivals) - set(calm.arrivals)
    assert set(calm.arrivals) < set(storm.arrivals)
    assert all(10.25 * HOUR <= time < 11.75 * HOUR for time in added)


def test_another_reason_or_a_longer_horizon_changes_no_customer() -> None:
    alone = _days(_scenario({"per_day": 300}), 2)
    other = {**reason(), "volume": {"per_day": 99}}
    beside = _days(_scenario({"per_day": 300}, more={"other": other}, horizon={"days": 9}), 2)
    assert [_of(day, 0) for day in alone] == [_of(day, 0) for day in beside]


def test_longer_opening_hours_leave_the_customers_of_the_hours_in_common() -> None:
    short = _scenario({"per_day": 300}, opening={"hours": "09:00-17:00"})
    # Three hours more and as many customers in each of the others.
    long = _scenario({"per_day": 412.5}, opening={"hours": "07:30-18:30"})
    (before,), (after,) = _days(short, 1), _days(long, 1)
    common = [time for time in after.arrivals if 9 * HOUR <= time < 17 * HOUR]
    assert common == list(before.arrivals)


def test_a_customers_own_draws_stay_when_the_volume_changes() -> None:
    (base,) = _days(_scenario({"per_day": 300}), 1)
    (more,) = _days(_scenario({"per_day": 300, "factor": 2.0}), 1)
    for purpose in ("difficulty", "patience", "money"):
        (those,), (all_of_them,) = base.alike, more.alike
        marks = dict(zip(more.arrivals, all_of_them.draw(purpose, 0, None), strict=True))
        assert [marks[time] for time in base.arrivals] == list(those.draw(purpose, 0, None))


def test_the_channel_mix_is_by_shares_of_the_customers_mark() -> None:
    mixed = Scenario.model_validate(
        {
            "reasons": {
                "enquiry": {
                    **reason(0),
                    "channels": {"email": 1.0, "voice": 3.0},
                    "handling": {"email": {"talk_s": 1}, "voice": {"talk_s": 1}},
                }
            },
            "groups": {"front": {"heads": 1}},
        }
    )
    mix = reasons_of(mixed, (), {})[0].channels
    assert [channel_at(mix, mark) for mark in (0.001, 0.749, 0.751, 0.999)] == [0, 0, 2, 2]
