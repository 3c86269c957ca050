"""A usual week written from records: menus, trends, and what no key says."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios import load
from scenarios.fit.calls import Calls
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.document import There
from scenarios.fit.estimate import Estimate
from scenarios.fit.figure import shown
from scenarios.fit.returns import returns_of
from scenarios.fit.week import _covered, add_log_ons, latest_level, usual_week
from scenarios.fit.write import files_of
from scenarios.records.contacts import Contacts, Outcome
from tests.support.recorded import NEVER, recorded, small_centre, written_calls

SHARE = Estimate(0.7, 0.6, 0.8, 5)


def with_menu(records: Contacts) -> Contacts:
    """One call in five hangs up in the menu, which takes ten seconds."""
    left = np.arange(len(records)) % 5 == 0
    ten = np.timedelta64(10_000, "ms")
    return replace(
        records,
        arrived=records.arrived - ten,
        queued=np.where(left, NEVER, records.queued),
        answered=np.where(left, NEVER, records.answered),
        outcome=np.where(left, Outcome.MENU, records.outcome).astype(np.int32),
    )


@pytest.fixture(scope="module")
def fitted() -> FittedCentre:
    return fit_centre(Calls(with_menu(recorded(small_centre(5)))))


def test_who_hangs_up_in_the_menu_is_no_abandonment(fitted: FittedCentre) -> None:
    reason = usual_week(fitted).document["reasons"]["service"]
    assert reason["hangs_up_in_menu"] == pytest.approx(0.2, abs=0.005)
    assert reason["menu_time_s"] == 10.0
    # The counts are of those who asked; a fifth more of them come to the menu.
    assert reason["volume"]["factor"] == pytest.approx(1 / 0.8, rel=0.01)


def test_figures_are_shown_with_interval_and_records() -> None:
    assert shown(Estimate(187.4, 184.1, 190.2, 17_545), "s") == "187 s (184–190, 17,545 records)"
    assert shown(Estimate(0.123, 0.1, 0.15, 9), "%") == "12.3 % (10.0–15.0, 9 records)"
    assert shown(Estimate(np.nan, np.nan, np.nan, 3), "s") == "not known (3 records)"


def test_a_trend_that_is_not_chance_brings_the_volume_to_the_days_whose_agents_the_week_has(
    fitted: FittedCentre,
) -> None:
    assert latest_level(fitted) == 1.0  # five days show no trend
    dates = np.arange(np.datetime64("2026-01-05"), np.datetime64("2026-01-26"))
    varying = replace(fitted.arrivals.variation, trend=Estimate(0.9, 0.85, 0.95, 21))
    falling = replace(fitted.arrivals, variation=varying)
    level = latest_level(replace(fitted, dates=dates, arrivals=falling))
    # Three weeks: the last is a week after their mean.
    assert level == pytest.approx(0.9)


def test_no_name_of_an_agent_is_written(fitted: FittedCentre) -> None:
    week = usual_week(fitted)
    add_log_ons(week, fitted, There(0.7), SHARE)
    assert set(week.persons) == {"agent_01", "agent_02", "agent_03", "agent_04"}


def test_skills_whose_names_have_blanks_are_read_as_they_were_written(
    fitted: FittedCentre, tmp_path: Path
) -> None:
    names = ("card lost", "sales", "a | b")
    reason = (np.arange(len(fitted.calls.came)) % 3).astype(np.int32)
    contacts = replace(fitted.calls.contacts, reason=reason, reason_names=names)
    skills: dict[int, tuple[int, ...]] = {0: (0,), 1: (0, 1), 2: (1,), 3: (2,)}
    several = replace(fit_centre(Calls(contacts)), skills=skills)
    week = usual_week(several)
    add_log_ons(week, several, There(0.7), SHARE)
    for path, text in files_of(week, tmp_path / "centre.toml").items():
        path.write_text(text, encoding="utf-8")
    persons = load(tmp_path / "centre.toml").groups["agents"].persons
    assert persons is not None
    read = [set(person.skills or ()) for person in persons.by_name.values()]
    assert read == [{"card lost"}, {"card lost", "sales"}, {"sales"}, {"a / b"}]


def test_somebody_is_there_while_the_centre_is_open() -> None:
    eight, noon, four = 8 * 3600, 12 * 3600, 16 * 3600
    windows = [
        ("one", "monday", eight + 300, noon - 600),
        ("two", "monday", noon, four - 900),
        ("three", "monday", eight + 900, noon - 1800),
    ]
    assert sorted(_covered(windows, eight, four)) == [
        ("one", "monday", eight, noon),
        ("three", "monday", eight + 900, noon - 1800),
        ("two", "monday", noon, four),
    ]
    # An hour without anybody is left as it is.
    late = [("one", "monday", eight + 3600, four)]
    assert _covered(late, eight, four) == late


def cut_off(times: int) -> Contacts:
    """Eighty customers each who are cut off and call again at once, are served, and hang up."""
    rows: list[tuple[float, float, float | None, int]] = []
    who: list[int] = []
    for number in range(80):
        at = 30_000.0 + 600 * number
        calls = ((0, 5.0, number), (60, 100.0, number), (200, 100.0, number + 80))
        for offset, talk, customer in (*calls, (400, None, number + 160)):
            if talk != 5.0 or number < times:
                rows.append((at + offset, 10.0, talk, 0))
                who.append(customer)
    return replace(written_calls(*rows), customer=np.array(who, np.int32))


def test_who_was_cut_off_calls_again_and_who_was_served_does_not() -> None:
    found = returns_of(Calls(cut_off(80)))
    assert found is not None
    assert (found.after_short.value, found.after_short.records) == (1.0, 80)
    assert (found.after_longer.value, found.after_longer.records) == (0.0, 160)


def test_that_customers_are_cut_off_is_said_where_it_can_be_told() -> None:
    fit = fit_centre(Calls(cut_off(80)))
    week = usual_week(fit)
    add_log_ons(week, fit, There(0.7), SHARE)
    said = " ".join(week.notes["groups.agents"])
    assert "After them 100.0 % " in said
    assert "they were cut off" in said
    few = fit_centre(Calls(cut_off(49)))
    other = usual_week(few)
    add_log_ons(other, few, There(0.7), SHARE)
    assert "After them" not in " ".join(other.notes["groups.agents"])
