"""Memory: a long horizon goes to disk, and nothing that is read of it changes."""

import gc
import pickle
import sys
from pathlib import Path
from subprocess import run

import numpy as np
import pytest

import sim.trace.table
from results.measures.registry import summarise
from results.measures.summary import Summary
from scenarios import load, load_text, with_changes
from sim import simulate
from sim.trace import columns_on_disk
from sim.trace.table import Table
from tests.support.busy_centre import BUSY

COLUMNS = {"code": int, "seconds": float}


def filled(rows: int) -> Table:
    table = Table(COLUMNS)
    for number in range(rows):
        table.add((number % 7, number / 3.0))
    return table


def test_rows_that_went_to_disk_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.trace.table, "KEPT_BYTES", 100)  # of twelve bytes a row
    table = filled(1000)
    assert len(table) == 1000
    assert table["code"].tolist() == [number % 7 for number in range(1000)]
    table.add((3, -1.0))
    assert table["seconds"].tolist() == [*(number / 3.0 for number in range(1000)), -1.0]
    assert sum(len(part["code"]) for part in table.parts()) == 1001


@pytest.mark.parametrize("kept", [100, 1 << 18])
def test_a_table_comes_whole_from_another_process(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(sim.trace.table, "KEPT_BYTES", kept)
    table = filled(1000)
    told = pickle.loads(pickle.dumps(table))
    assert all((told[name] == table[name]).all() for name in COLUMNS)


def test_a_run_that_is_let_go_closes_what_it_had_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    # The trace goes together with the floor that wrote it, in one ring of references, in an order
    # that the garbage collector chooses; a file that goes before its owner is warned of.
    unclosed: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: unclosed.append(str(told.exc_value)))
    for number in range(3):
        trace = simulate(load("keep-your-word"), 1, number)
        assert len(trace.contacts) > 1000
        del trace
        gc.collect()
    assert unclosed == []


def test_a_column_is_the_same_from_memory_and_from_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns_on_disk, "COLUMNS_BYTES", 900)
    columns = columns_on_disk.ColumnStore()
    columns["here"] = np.arange(100)
    columns["away"] = np.arange(200.0)[::2]
    columns["flags"] = np.arange(200) % 3 == 0
    assert sorted(columns) == ["away", "flags", "here"]
    assert columns["away"].tolist() == np.arange(200.0)[::2].tolist()
    assert columns["flags"].tolist() == (np.arange(200) % 3 == 0).tolist()
    columns["here"] = np.zeros(50)
    assert columns["here"].tolist() == [0.0] * 50
    del columns["away"]
    assert sorted(columns) == ["flags", "here"]


def figures(summary: Summary) -> list[bytes]:
    """Everything in a summary, bit by bit."""
    cuts = [np.array(list(values.values())) for values in summary.values.values()]
    tables = [column for table in summary.intervals.values() for column in table.values()]
    endings = [np.array(list(counts.values())) for counts in summary.endings.values()]
    accounts = [np.array(list(parts.values())) for parts in summary.accounts.values()]
    waits = summary.waits.values()
    return [cells.tobytes() for cells in (*cuts, *tables, *endings, *waits, *accounts)]


def test_every_measure_is_the_same_whether_a_replication_is_in_memory_or_on_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    money = {"satisfaction": {}, "survey": {}, "loyalty": {"customer_value": 100}}
    weeks = {"horizon": {"days": 15, "warm_up_days": 1}}
    scenario = with_changes(load_text(BUSY), {**money, **weeks})
    in_memory = figures(summarise(scenario, simulate(scenario, 1, 0)))
    monkeypatch.setattr(sim.trace.table, "KEPT_BYTES", 2000)
    monkeypatch.setattr(columns_on_disk, "COLUMNS_BYTES", 0)
    monkeypatch.setattr(columns_on_disk, "PICKED_BYTES", 0)
    monkeypatch.setattr(columns_on_disk, "PASS_BYTES", 0)
    assert figures(summarise(scenario, simulate(scenario, 1, 0))) == in_memory


def test_the_tables_of_a_replication_share_the_memory_for_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns_on_disk, "COLUMNS_BYTES", 900)
    room = columns_on_disk.Room()
    first, second = columns_on_disk.ColumnStore(room), columns_on_disk.ColumnStore(room)
    first["codes"] = np.arange(100, dtype=np.int32)
    second["times"] = np.arange(60.0)
    assert room.left == 20
    second["more"] = np.arange(10.0)
    assert room.left == 20  # it is on disk
    assert second["more"].tolist() == np.arange(10.0).tolist()
    first["codes"] = np.arange(10, dtype=np.int32)
    assert room.left == 380


@pytest.mark.long
def test_beyond_the_memory_for_columns_half_a_year_takes_hardly_more_than_a_quarter() -> None:
    # train-or-hire with its measures, which have 8 MiB for columns here. In memory the trace and
    # what is derived of it would take 50 MiB more; what still grows are the answer's interval
    # tables (3 MiB), the numbers of the rows of each cut (4) and some columns at a time.
    folder = Path(__file__).parents[1]
    peaks = []
    for weeks in ("13", "26"):
        command = [sys.executable, "-m", "benchmarks.memory", "weeks", weeks, "8"]
        done = run(command, cwd=folder, capture_output=True, text=True, check=True)
        peaks.append(float(done.stdout.split()[-1]))
    assert peaks[1] - peaks[0] < 15.0
