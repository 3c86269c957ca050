"""A week fitted to a ticket log, by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios import Scenario, load
from scenarios.fit.from_tickets import reopened_by_hand_offs, time_to_solve, week_of_tickets
from scenarios.fit.week import Week
from scenarios.fit.write import files_of
from scenarios.records.report import DataReport
from scenarios.records.tickets import Tickets
from tests.support.drawn_sets import drawn_whole

FIRST = np.datetime64("2026-01-05T09:00:00.000", "ms")
"""A Monday."""


def tickets(count: int = 400) -> Tickets:
    """One every 20 minutes, solved after 5 hours; hand-offs 0 to 4, reopened the more often."""
    number = np.arange(count)
    opened = FIRST + number * np.timedelta64(20, "m")
    hand_offs = (number % 5).astype(float)
    # Of each class, of eighty: 4, 8, 16, 24 and 24 are reopened.
    within = number // 5
    reopened = within < np.array([4, 8, 16, 24, 24])[number % 5]
    unknown = np.full(count, -1, np.int32)
    return Tickets(
        opened=opened,
        assigned=opened,
        first_reply=opened,
        solved=opened + np.timedelta64(5, "h"),
        reopened=reopened.astype(float),
        reassigned=hand_offs,
        group=np.zeros(count, np.int32),
        reason=np.zeros(count, np.int32),
        status=np.zeros(count, np.int32),
        agent=(number % 7).astype(np.int32),
        customer=unknown,
        priority=np.full(count, np.nan),
        channel=np.zeros(count, np.int32),
        group_names=("desk",),
        reason_names=("claim",),
        status_names=("solved",),
        channel_names=("mail",),
        report=DataReport(("by hand",), "ticket logs", "by hand", count, count),
    )


def test_reopening_rises_with_hand_offs() -> None:
    shares = reopened_by_hand_offs(tickets())
    assert {n: share.value for n, share in shares.items()} == {
        0: 4 / 80,
        1: 8 / 80,
        2: 16 / 80,
        3: 48 / 160,
    }


def test_tickets_that_are_open_count_as_longer() -> None:
    log = tickets()
    assert time_to_solve(log).value == 5 * 3600
    still_open = log.solved.copy()
    still_open[::2] = np.datetime64("NaT", "ms")
    assert time_to_solve(replace(log, solved=still_open)).value >= 5 * 3600


def written(week: Week, folder: Path) -> Scenario:
    for path, text in files_of(week, folder / "desk.toml").items():
        path.write_text(text, encoding="utf-8")
    return load(folder / "desk.toml")


def test_the_scenario_is_accepted_and_has_the_hand_offs(tmp_path: Path) -> None:
    week, lines = week_of_tickets(tickets())
    claim = written(week, tmp_path).reasons["claim"]
    assert claim.false_resolution == 0.05
    assert claim.false_resolution_by_hand_offs == (0.1, 0.2, 0.3)
    assert any("Not fitted" in line for line in lines)
    # Four classes of five have a hand-off.
    assert any("Handed on at least once: 80.0 %" in line for line in lines)


def test_the_level_of_a_ticket_log_has_a_range(tmp_path: Path) -> None:
    week, _ = week_of_tickets(tickets(2000))
    level = written(week, tmp_path).uncertain["reasons.claim.volume.factor"]
    # 72 tickets a day, Poisson over 28 days: 1.96 / √2000 at least, and less than a quarter.
    assert 1 - level.low > 1.96 / np.sqrt(2000) - 0.001
    assert level.high < 1.25


def test_busy_days_of_a_desk_reopen_more_and_a_centre_draws_both_together(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    busy = rng.choice([0.7, 1.3], 28)
    day = np.repeat(np.arange(28), rng.poisson(150 * busy))
    log = tickets(len(day))
    again = rng.random(len(day)) < 0.2 * busy[day] ** 2
    log = replace(
        log,
        opened=FIRST + day * np.timedelta64(1, "D"),
        reassigned=np.zeros(len(day)),
        reopened=again.astype(float),
    )
    week, _ = week_of_tickets(log)
    week.settle()
    level, reopened = (
        week.sets.values["reasons", "claim", *key]
        for key in (("volume", "factor"), ("false_resolution",))
    )
    # Days differ by 30 %: 5.7 % of 28; the spread of 28 days is known to 13 %, of 100 sets to 7 %.
    assert level.std() == pytest.approx(0.3 / np.sqrt(28), rel=0.45)
    assert reopened.mean() == pytest.approx(again.mean(), rel=0.1)
    # Days of the busy kind have both; chance in single tickets takes a little of 1.
    assert np.corrcoef(level, reopened)[0, 1] > 0.5
    keys = {"reasons.claim.volume.factor", "reasons.claim.false_resolution"}
    assert drawn_whole(written(week, tmp_path)) == keys


def test_a_hundred_tickets_are_the_least() -> None:
    with pytest.raises(ValueError, match="Only 99 tickets"):
        week_of_tickets(tickets(99))
