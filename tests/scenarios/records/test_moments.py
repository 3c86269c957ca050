"""Times of day, by the short way for columns of nothing else and by the long one."""

import numpy as np
import pytest

from scenarios.records.sources.cells import Cells
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar, Moments

SECONDS = range(0, 86_400, 37)
EVERY_37TH = [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in SECONDS]


def read(*texts: str) -> Moments:
    cells = Cells.of(list(texts), np.append(np.arange(len(texts)), -1).astype(np.int32))
    return Calendar(None, Notes()).read({"at": cells})["at"]


def test_times_of_day_are_the_same_whatever_else_is_in_their_column() -> None:
    alone, beside = read(*EVERY_37TH), read(*EVERY_37TH, "8:15 pm")
    assert alone.is_clock
    assert alone.clock_ms[:-1].tolist() == [1000.0 * second for second in SECONDS]
    assert alone.clock_ms[:-1].tolist() == beside.clock_ms[: len(EVERY_37TH)].tolist()
    assert np.isnan(alone.clock_ms[-1])


@pytest.mark.parametrize("odd", ["08:15:3008:15:30", "08:15:30\n08:15:31", "08:15:99", "44:15:30"])
def test_what_only_looks_like_a_time_of_day_is_none(odd: str) -> None:
    alone, beside = read("08:15:30", odd).clock_ms, read("08:15:30", odd, "8:15 pm").clock_ms
    assert alone[0] == (8 * 3600 + 15 * 60 + 30) * 1000
    assert np.array_equal(alone[:2], beside[:2], equal_nan=True)
