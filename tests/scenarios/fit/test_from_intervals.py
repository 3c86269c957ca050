"""A week fitted to interval reports, by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.fit.from_intervals import patience_of_intervals, week_of_intervals
from scenarios.fit.write import files_of
from scenarios.load import load, load_text
from scenarios.records.intervals import Intervals
from scenarios.records.report import DataReport

FIRST = np.datetime64("2026-01-05T00:00:00.000", "ms")
"""A Monday."""


def hours(
    *rows: tuple[float, float, float, float], of: int = 1, wait_left: float = 60.0
) -> Intervals:
    """An hour a row from 8:00 on, on so many days: answered, abandoned, asa, staffed."""
    starts, table = [], []
    for day in range(of):
        for place, row in enumerate(rows):
            starts.append(FIRST + np.timedelta64(24 * day + 8 + place, "h"))
            table.append(row)
    answered, abandoned, asa, staffed = np.array(table, float).T
    count = len(starts)
    unknown = np.full(count, np.nan)
    return Intervals(
        start=np.array(starts, "datetime64[ms]"),
        length_s=np.full(count, 3600.0),
        queue=np.zeros(count, np.int32),
        offered=answered + abandoned,
        answered=answered,
        abandoned=abandoned,
        service_level=unknown,
        service_level_s=unknown,
        asa_s=asa,
        abandon_wait_s=np.full(count, wait_left),
        aht_s=np.full(count, 300.0),
        talk_s=unknown,
        hold_s=unknown,
        wrap_up_s=unknown,
        staffed=staffed,
        available=unknown,
        away=unknown,
        occupancy=unknown,
        required=unknown,
        forecast=unknown,
        forecast_aht_s=unknown,
        within=np.zeros((count, 0)),
        within_s=(),
        queue_names=("service",),
        report=DataReport(("by hand",), "interval reports", "by hand", count, count),
    )


def test_patience_is_the_wait_of_all_over_those_who_hung_up() -> None:
    records = hours((90, 10, 30, 8), (80, 20, 50, 8))
    patience = patience_of_intervals(records, np.ones(2, dtype=bool))
    # (90·30 + 10·60 + 80·50 + 20·60) / 30
    assert patience.value == pytest.approx(8500 / 30)
    assert patience.records == 30


def test_where_the_wait_of_the_abandoned_is_missing_it_is_that_of_the_answered() -> None:
    records = hours((90, 10, 30, 8), wait_left=float("nan"))
    patience = patience_of_intervals(records, np.ones(1, dtype=bool))
    assert patience.value == pytest.approx(100 * 30 / 10)


def test_an_hour_is_shared_out_over_its_half_hours_and_heads_are_not() -> None:
    week, lines = week_of_intervals(hours((90, 10, 30, 8), (40, 10, 20, 6), of=2))
    counts = week.document["reasons"]["service"]["volume"]["counts"]
    assert list(counts) == ["monday", "tuesday"]
    assert counts["monday"][15:20] == [0, 50, 50, 25, 25]
    assert week.document["groups"]["agents"]["heads_by_interval"]["heads"]["monday"][15:21] == [
        0,
        8,
        8,
        6,
        6,
        0,
    ]
    assert any("Not fitted" in line for line in lines)


def test_the_scenario_is_accepted_with_its_ranges(tmp_path) -> None:  # type: ignore[no-untyped-def]
    week, _ = week_of_intervals(hours((90, 10, 30, 8), (40, 10, 20, 6), of=2))
    files = files_of(week, tmp_path / "centre.toml")
    assert list(files) == [tmp_path / "centre.toml"]
    scenario = load_text(files[tmp_path / "centre.toml"], folder=tmp_path)
    assert "reasons.service.patience_s.voice.mean" in scenario.uncertain


def test_without_staff_there_is_no_scenario() -> None:
    with pytest.raises(ValueError, match="nobody staffed"):
        week_of_intervals(hours((90, 10, 30, float("nan"))))


def test_level_handling_time_and_patience_are_taken_again_from_the_same_days(
    tmp_path: Path,
) -> None:
    records = hours((90, 10, 30, 8), (80, 20, 50, 8), of=14)
    random = np.random.default_rng(3)
    factor = np.repeat(1 + 0.1 * random.normal(size=14), 2)
    many = replace(
        records,
        offered=np.round(records.offered * factor),
        answered=np.round(records.answered * factor),
        aht_s=records.aht_s * factor,
        abandon_wait_s=records.abandon_wait_s / factor,
        asa_s=records.asa_s / factor,
    )
    week, _ = week_of_intervals(many)
    week.settle()
    target = tmp_path / "centre.toml"
    for path, text in files_of(week, target).items():
        path.write_text(text, encoding="utf-8")
    rows = load(target).uncertain
    at = "reasons.service"
    level, talk, patience = (
        np.array(rows[f"{at}.{key}"].drawn)
        for key in ("volume.factor", "handling.voice.talk_s.mean", "patience_s.voice.mean")
    )
    assert len(level) == len(talk) == len(patience) == 100
    # One factor moves all three; two days of each weekday leave 0.6 of it to the level.
    assert np.corrcoef(level, talk)[0, 1] > 0.4
    assert np.corrcoef(talk, patience)[0, 1] < -0.8
    # Fourteen days that differ by a tenth: 2.7 % of the mean of 300 s, give or take a third.
    assert talk.std() == pytest.approx(300 * np.std(factor) / np.sqrt(14), rel=0.35)
