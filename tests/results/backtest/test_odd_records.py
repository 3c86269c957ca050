"""Records of centres unlike any other are fitted, or refused with a reason for people."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from results.backtest.backtest import backtest, split
from results.fitting import write_fitted
from scenarios import with_changes
from scenarios.fit.calls import Calls
from scenarios.records.contacts import Contacts
from scenarios.records.read import read_records
from tests.support.recorded import NEVER, as_csv, recorded, true_centre, written_calls

Row = tuple[float, float, float | None, int]


def days(count: int, call: Callable[[int], Row], calls: int = 120) -> Contacts:
    """Days of calls, one a minute from 8:00 on."""
    rows = [call(place) for place in range(calls)]
    return written_calls(
        *(
            (28_800 + 60 * place + 86_400 * day + row[0], *row[1:])
            for day in range(count)
            for place, row in enumerate(rows)
        )
    )


NOBODY_WAITS = days(4, lambda place: (0, 0, 50, place % 3))
EVERYBODY_WAITS = days(4, lambda _: (0, 30, 30, 1))
NEARLY_ALL_HANG_UP = days(
    5, lambda place: (0, 30, None if place % 10 else 50, -1 if place % 10 else 1), 500
)
NO_TIME_TO_TALK = days(4, lambda place: (0, 3, 0, place % 3))
ONE_DAY = days(1, lambda place: (0, 3, 40, place % 3), 300)
TWO_DAYS = days(2, lambda place: (0, 3, 40, place % 3), 300)


@pytest.mark.parametrize(
    "records", [NOBODY_WAITS, EVERYBODY_WAITS, NEARLY_ALL_HANG_UP, NO_TIME_TO_TALK, ONE_DAY]
)
def test_what_is_written_is_accepted(records: Contacts, tmp_path: Path) -> None:
    assert write_fitted(records, tmp_path / "centre.toml")


@pytest.mark.parametrize("records", [NOBODY_WAITS, EVERYBODY_WAITS, TWO_DAYS])
def test_days_are_predicted(records: Contacts) -> None:
    calls = Calls(records)
    test = backtest(calls, *split(calls.dates), replications=2)
    assert test.parts[0].observed[..., 0].sum() == len(calls.on(test.test).contacts)


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        (days(4, lambda _: (0, 0, 50, -1)), "any number of agents would do"),
        (days(4, lambda _: (0, 3, 9000, 1)), "handling times cannot be told"),
        (days(3, lambda _: (0, 3, 100, 1), 5), "Only 15 answered contacts"),
        (replace(NOBODY_WAITS, ended=np.full(len(NOBODY_WAITS), NEVER)), "cannot be told"),
    ],
)
def test_what_cannot_be_fitted_is_refused(records: Contacts, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=reason):
        write_fitted(records, tmp_path / "centre.toml")
    assert list(tmp_path.iterdir()) == []


def later(records: Contacts, days: int) -> Contacts:
    gap = np.timedelta64(days, "D").astype("timedelta64[ms]")
    times = ("arrived", "queued", "left_queue", "answered", "ended")
    return replace(records, **{name: getattr(records, name) + gap for name in times})


@pytest.mark.long
def test_an_evening_centre_is_predicted_on_days_that_are_far_too_busy(tmp_path: Path) -> None:
    """Other hours than a bank's, agents called A01, and a quarter more calls than they can take."""
    usual, busy = (
        with_changes(
            true_centre(days, per_day=per_day, redial=0.0), {"opening.hours": "13:00-23:30"}
        )
        for days, per_day in ((10, 1100), (4, 2200))
    )
    parts = [as_csv(recorded(usual)), as_csv(later(recorded(busy, 2), 10)).partition("\n")[2]]
    (tmp_path / "evenings.csv").write_text("\n".join(part.strip() for part in parts))
    records = read_records([tmp_path / "evenings.csv"])
    assert isinstance(records, Contacts)
    calls = Calls(records)
    test = backtest(calls, calls.dates[:10], calls.dates[10:], replications=20)
    assert len(test.test) == 4
    (part,) = test.parts
    left, wait = part.scores["all"]["abandonment"], part.scores["all"]["wait"]
    before = float(calls.on(test.train).abandoned.sum() / calls.on(test.train).asked.sum())
    assert left.observed[0] > 2 * before
    # In an overload it is patience and the agents there that decide: their intervals are a tenth.
    assert abs(left.bias) < 0.1 * left.observed[0]
    assert abs(wait.bias) < 0.12 * wait.observed[0]
