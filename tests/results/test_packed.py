"""Interval tables packed: the same bits in a fraction of the room."""

import pickle

import numpy as np

from results.experiments.experiment import run
from results.measures.packed import PackedIntervals
from results.measures.registry import summarise
from scenarios import load_text
from sim import simulate
from tests.support.command_line import SHOP


def test_packed_tables_are_the_tables_bit_by_bit() -> None:
    centre = load_text(SHOP)
    plain = summarise(centre, simulate(centre, 1, 0))
    packed = plain.packed()
    assert packed.packed() is packed
    assert isinstance(packed.intervals, PackedIntervals)
    assert list(packed.intervals) == list(plain.intervals)
    for cut, table in plain.intervals.items():
        again = packed.intervals[cut]
        assert list(again) == list(table)
        for name, column in table.items():
            assert again[name].dtype == column.dtype
            assert again[name].tobytes() == column.tobytes(), "NaN and every other bit"


def test_what_a_worker_sends_is_small_no_matter_who_works() -> None:
    centre = load_text(SHOP)
    plain = summarise(centre, simulate(centre, 1, 0))
    for workers in (1, 2):
        found = run(centre, policies=["ask"], replications=1, workers=workers).finished["ask", 0]
        assert isinstance(found.intervals, PackedIntervals)
        assert len(pickle.dumps(found.intervals)) < len(pickle.dumps(plain.intervals)) / 3


def test_tables_without_columns_or_rows_stay_so() -> None:
    nothing = np.array([], dtype=np.float32)
    packed = PackedIntervals({("all", ""): {}, ("reason", "a"): {"offered": nothing}})
    assert packed["all", ""] == {}
    assert packed["reason", "a"]["offered"].shape == (0,)
    assert ("reason", "b") not in packed
    assert len(packed) == 2
