"""Heads are inferred where neither agents nor staff are in the records."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from results.fitting import write_fitted
from results.inferred_heads import infer_heads
from scenarios import load
from scenarios.fit.errors import FitError
from scenarios.fit.from_intervals import offered_in
from scenarios.records.intervals import Intervals
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import Outcome
from tests.support.drawn_sets import drawn_whole
from tests.support.recorded import recorded, reported, true_centre

HEADS = 8
WORK = "groups.agents.talk_factor"
TRUE = {"heads": HEADS, "there": 1.0, "talk": 200.0, "patience": 150.0, "redial": 0.0}


def simulated(days: int = 14) -> Scenario:
    """8 to 20 o'clock, a load of 0.97 for each agent: one in ten hangs up."""
    return true_centre(days, per_day=1670, **TRUE)


@pytest.fixture(scope="module")
def reports() -> Intervals:
    return reported(simulated())


def without_staff(records: Intervals) -> Intervals:
    nothing = np.full(len(records), np.nan)
    return replace(records, staffed=nothing, away=nothing)


def heads_of(scenario: Scenario) -> np.ndarray:
    """Of open half hours, but for the first of each day, in which the queue is still short."""
    by_interval = scenario.groups["agents"].heads_by_interval
    assert by_interval is not None
    return np.array([of_day[17:40] for of_day in by_interval.heads.values()], float)


def test_reports_without_staff_give_the_heads_that_were_there(
    reports: Intervals, tmp_path: Path
) -> None:
    written = write_fitted(without_staff(reports), tmp_path / "centre.toml")
    assert any("Heads are inferred" in line for line in written.lines)
    scenario = load(tmp_path / "centre.toml")
    heads = heads_of(scenario)
    # Two days of 70 calls tell a half hour's heads to one or two; 161 of them tell the mean.
    assert heads.mean() == pytest.approx(HEADS, abs=0.5)
    assert np.abs(heads - HEADS).max() <= 3
    range_ = scenario.uncertain[WORK]
    assert range_.low <= 0.9
    assert range_.high >= 1.1
    assert WORK in drawn_whole(scenario)
    text = (tmp_path / "centre.toml").read_text(encoding="utf-8")
    assert "Heads are inferred" in text


def test_calls_without_agents_give_the_heads_that_were_there(tmp_path: Path) -> None:
    records = recorded(simulated(7))
    nobody = replace(records, agent=np.full(len(records), -1, np.int32))
    write_fitted(nobody, tmp_path / "centre.toml")
    scenario = load(tmp_path / "centre.toml")
    assert heads_of(scenario).mean() == pytest.approx(HEADS, abs=0.7)
    together = drawn_whole(scenario)
    assert WORK in together
    assert "redial.after_abandoning" not in together
    assert any(key.endswith("talk_s.mean") for key in together)


def test_a_centre_with_inferred_heads_loses_as_many_as_were_lost(
    reports: Intervals, tmp_path: Path
) -> None:
    write_fitted(without_staff(reports), tmp_path / "centre.toml")
    contacts = simulate(load(tmp_path / "centre.toml"), 1, 0).contacts.as_dict()
    left = np.mean(contacts["outcome"] == Outcome.ABANDONED)
    seen = reports.abandoned.sum() / reports.offered.sum()
    # Heads are whole and noisy, which costs: two points.
    assert left == pytest.approx(seen, abs=0.03)


def test_days_with_longer_contacts_and_the_same_waits_leave_less_work_to_the_heads(
    reports: Intervals,
) -> None:
    """Work is handling time by factor: what a draw finds in one it does not find in the other."""
    offered = offered_in(without_staff(reports))
    times = np.zeros((2, len(offered.dates)))
    times[0, ::2], times[1, 1::2] = 2.0, 2.0
    even = np.arange(len(offered.dates)) % 2 == 0
    longer = replace(
        offered, handled=offered.handled * [np.where(even, 1.2, 1.0), np.ones_like(even)]
    )
    plain, slow = (infer_heads(one, times) for one in (offered, longer))
    assert slow.by_weekday == plain.by_weekday
    # Every other day a fifth longer: 1.2 and 1.0 times against their mean of 1.1.
    assert slow.drawn / plain.drawn == pytest.approx([1.1 / 1.2, 1.1], rel=0.02)


def test_heads_of_days_to_which_nobody_was_offered_are_refused_in_words(
    reports: Intervals,
) -> None:
    offered = offered_in(without_staff(reports))
    nobody = replace(offered, calls=np.zeros_like(offered.calls))
    with pytest.raises(FitError, match="Look at the column of those offered"):
        infer_heads(nobody, np.ones((2, len(offered.dates))))
