"""Dates: holidays and named day types, single days, and a month of counts and heads in a file."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import Scenario, ScenarioError, check, load, load_text, with_changes
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.hours import hours_of
from scenarios.calendar.spans import Span, total
from scenarios.checks.check import warnings
from scenarios.checks.outline import outline
from scenarios.checks.size import size_of
from scenarios.save import dump
from tests.support.scenario_texts import SMALLEST, shop, smallest

HOUR = 3600.0
DAY = 24 * HOUR

JANUARY = {"horizon.days": 31, "horizon.first_date": "1999-01-01"}
"""A Friday first; the 18th is a Monday."""


def dated(changes: dict[str, Any] | None = None, **more: Any) -> Scenario:
    return with_changes(smallest(), {**JANUARY, **(changes or {}), **more})


def volumes(scenario: Scenario, reason: str = "enquiry") -> list[float]:
    calendar = calendar_of(scenario)
    days = range(scenario.horizon.days)
    return [total(calendar.day(day).volume(reason)) for day in days]


def test_the_first_date_gives_the_weekday() -> None:
    horizon = dated().horizon
    assert [horizon.weekday(day) for day in (0, 2, 17)] == ["friday", "sunday", "monday"]
    assert str(horizon.date(17)) == "1999-01-18"


def test_a_first_weekday_that_contradicts_the_first_date_is_refused() -> None:
    with pytest.raises(ScenarioError, match="first_date is a Friday, and first_weekday says sund"):
        dated({"horizon.first_weekday": "sunday"})
    dated({"horizon.first_weekday": "friday"})


def test_a_date_alone_changes_nothing() -> None:
    plain = with_changes(smallest(), {"horizon.days": 31, "horizon.first_weekday": "friday"})
    calendar, same = calendar_of(dated()), calendar_of(plain)
    assert not calendar.dated
    assert len(calendar.laid_out) == 7
    assert [day.volume("enquiry") for day in calendar.laid_out] == [
        day.volume("enquiry") for day in same.laid_out
    ]


def test_a_holiday_has_its_own_volume_hours_and_roster() -> None:
    shifts = {
        "usual": {"start": "08:00", "end": "16:00", "heads": 5},
        "few": {"start": "09:00", "end": "12:00", "heads": 2, "weekdays": ["holiday"]},
    }
    scenario = dated(
        {
            "day_types.holiday": {"dates": ["1999-01-18", "1999-02-22"], "volume_factor": 0.4},
            "opening.days": {"holiday": "09:00-12:00"},
            "groups.desk": {"shifts": shifts},
            "reasons.enquiry.groups": ["desk"],
        }
    )
    calendar = calendar_of(scenario)
    holiday, monday = calendar.day(17), calendar.day(10)
    assert (holiday.opening(), monday.opening()) == ((9 * HOUR, 12 * HOUR), (0.0, DAY))
    calls = [total(day.volume("enquiry")) for day in (holiday, monday)]
    assert calls == pytest.approx([40.0, 100.0])
    assert [stint[:3] for stint in holiday.duty("desk")] == [(9 * HOUR, 12 * HOUR, 2)]
    assert [stint[:3] for stint in monday.duty("desk")] == [(8 * HOUR, 16 * HOUR, 5)]


def test_the_most_special_name_of_a_day_counts() -> None:
    scenario = dated(
        {
            "day_types.holiday": {"dates": ["1999-01-18", "1999-01-19"], "like": "sunday"},
            "day_types.bridge": {"dates": ["1999-01-25"], "like": "sunday"},
            "reasons.enquiry.volume.weekdays": {
                "monday": 3,
                "tuesday": 3,
                "sunday": 0.5,
                "holiday": 0.2,
                "1999-01-19": 0.7,
            },
        }
    )
    found = volumes(scenario)
    # Monday the 11th, the holiday, the holiday with a date of its own, the day like a Sunday.
    assert [found[day - 1] for day in (11, 18, 19, 25)] == pytest.approx([300, 20, 70, 50])


def test_nobody_works_on_days_without_staff() -> None:
    holiday = {"dates": ["1999-01-18"], "staffed": False}
    calendar = calendar_of(dated({"day_types.holiday": holiday}))
    assert calendar.day(17).duty(next(iter(smallest().groups))) == ()
    assert calendar.day(18).duty(next(iter(smallest().groups))) != ()


def test_time_on_a_holiday_does_not_pass_by_the_opening_hours() -> None:
    hours = {"opening.hours": "08:00-16:00", "opening.days": {"holiday": "closed"}}
    scenario = dated({"day_types.holiday": {"dates": ["1999-01-18"]}, **hours})
    clock = hours_of(scenario)
    sunday_noon = 16 * DAY + 12 * HOUR
    assert clock.next_opening(17 * DAY + 9 * HOUR) == 18 * DAY + 8 * HOUR
    assert clock.after(sunday_noon, 6 * HOUR) == 18 * DAY + 10 * HOUR
    assert not clock.is_open(17 * DAY + 12 * HOUR)
    # The holiday does not come again a week later, nor after the horizon.
    assert all(clock.is_open(day * DAY + 12 * HOUR) for day in (10, 24, 31, 38))


def test_a_centre_closed_for_a_fortnight_opens_again() -> None:
    dates = [f"1999-01-{day:02d}" for day in range(4, 18)]
    shut = {"day_types.works": {"dates": dates}, "opening.days": {"works": "closed"}}
    scenario = dated({"opening.hours": "08:00-16:00", **shut})
    assert hours_of(scenario).next_opening(3 * DAY) == 17 * DAY + 8 * HOUR


def test_every_day_of_the_horizon_counts_once_in_the_estimates() -> None:
    scenario = dated({"day_types.holiday": {"dates": ["1999-01-18"], "volume_factor": 0.0}})
    assert size_of(scenario).contacts == pytest.approx(30 * 100)
    calendar = calendar_of(scenario)
    assert total(calendar.volume("enquiry")) == pytest.approx(3000)
    assert calendar.labels[17] == "1999-01-18"
    busiest = dated({"reasons.enquiry.volume.weekdays": {"1999-01-20": 2.0}})
    assert outline(busiest).day.label == "1999-01-20"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"day_types.holiday": {"dates": ["1999-01-18"]}}, "needs to know the date of the first"),
        ({"opening.days": {"1999-01-18": "closed"}}, "1999-01-18 is named, and nothing says"),
    ],
)
def test_a_date_needs_a_first_date(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        with_changes(shop(), changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"horizon.first_date": "18.1.1999"}, 'write a date as "2026-12-24"'),
        ({"horizon.first_date": "1999-02-30"}, 'write a date as "2026-12-24"'),
        ({"day_types.holiday": {"dates": ["1999-1-1"]}}, 'write a date as "2026-12-24"'),
        ({"opening.days": {"holliday": "closed"}}, "is no weekday, no day type and no date"),
        ({"opening.days": {"mondy": "closed"}}, 'Did you mean "monday"'),
        ({"opening.days": {"every_day": "closed"}}, "is no weekday, no day type and no date"),
        ({"reasons.enquiry.volume.weekdays": {"1999-13-01": 2}}, "is no weekday"),
        ({"day_types.monday": {"dates": []}}, "has the name of a day"),
        (
            {
                "day_types.holiday": {"dates": ["1999-01-18"]},
                "day_types.works": {"dates": ["1999-01-18"]},
            },
            "is of the type holiday already",
        ),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        dated(changes)


def test_a_day_type_without_a_day_on_the_horizon_is_doubted() -> None:
    found = warnings(dated({"day_types.holiday": {"dates": ["1999-12-24"]}}))
    assert any(one.key == "day_types.holiday.dates" for one in found)


def test_shift_lines_of_a_crew_do_not_overlap_on_a_date() -> None:
    lines = {
        "a": {"start": "08:00", "end": "16:00", "heads": 2, "crew": "x"},
        "b": {"start": "09:00", "end": "17:00", "heads": 2, "crew": "x", "weekdays": ["holiday"]},
    }
    holiday = {"day_types.holiday": {"dates": ["1999-01-18"]}}
    dated({**holiday, "groups.more": {"shifts": lines}})
    lines["a"]["weekdays"] = ["holiday"]
    with pytest.raises(ScenarioError, match="overlaps a"):
        dated({**holiday, "groups.more": {"shifts": lines}})


FROM_FILES = f"""
{
    SMALLEST.replace("volume.per_day = 100", 'volume.csv = "calls.csv"').replace(
        "heads = 5", 'heads_by_interval = { csv = "roster.csv" }'
    )
}
[horizon]
days = 3
first_date = "1999-01-01"
"""


def month(folder: Path, text: str = FROM_FILES) -> Path:
    (folder / "calls.csv").write_text(
        "date,start,reason,count\n"
        "1999-01-01,08:00,enquiry,5\n1999-01-01,08:00,other,9\n1999-01-01,08:30,enquiry,7\n"
        "1999-01-02,08:30,enquiry,2.5\n1999-02-01,08:30,enquiry,99\n"
    )
    group = next(iter(smallest().groups))
    (folder / "roster.csv").write_text(
        f"date,start,group,heads\n1999-01-01,08:00,{group},2\n1999-01-02,09:00,{group},1\n"
        f"1999-01-02,08:00,night,7\n1999-01-03,08:00,{group},0\n"
    )
    path = folder / "centre.toml"
    path.write_text(text)
    return path


def test_a_month_of_arrivals_and_heads_is_a_file(tmp_path: Path) -> None:
    scenario = load(month(tmp_path))
    group = next(iter(scenario.groups))
    assert volumes(scenario) == [12.0, 2.5, 0.0]
    assert calendar_of(scenario).day(0).volume("enquiry")[1] == Span(8.5 * HOUR, 9 * HOUR, 7.0)
    assert calendar_of(scenario).duty(group) == (
        Span(8 * HOUR, 9 * HOUR, 2),
        Span(DAY + 9 * HOUR, DAY + 10 * HOUR, 1),
    )
    assert load_text(dump(scenario)) == scenario


def test_a_day_of_the_horizon_that_the_file_leaves_out_is_doubted(tmp_path: Path) -> None:
    text = FROM_FILES.replace('heads_by_interval = { csv = "roster.csv" }', "heads = 5")
    found = warnings(load(month(tmp_path, text)))
    assert any("has no counts for 1999-01-03" in one.rule for one in found)


def test_a_file_without_lines_of_the_reason_is_refused(tmp_path: Path) -> None:
    path = month(tmp_path)
    text = (tmp_path / "calls.csv").read_text().replace(",enquiry,", ",enquiries,")
    (tmp_path / "calls.csv").write_text(text)
    with pytest.raises(ScenarioError, match='has no line with "enquiry" in the column reason'):
        load(path)


def test_a_date_as_a_spreadsheet_writes_it_is_refused_with_the_way_to_write_it(
    tmp_path: Path,
) -> None:
    path = month(tmp_path)
    text = (tmp_path / "calls.csv").read_text().replace("1999-01-02", "02.01.1999")
    (tmp_path / "calls.csv").write_text(text)
    with pytest.raises(ScenarioError, match='no date such as "2026-12-24"'):
        load(path)


def test_a_scenario_by_dates_passes_its_checks() -> None:
    assert check(dated({"day_types.holiday": {"dates": ["1999-01-18"]}})) == ()
