"""Tables of runs in pandas, polars, Arrow and NumPy: the same rows in each, in one call."""

import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from firstline import factor, open_run, query, run_study
from results.errors import ExperimentError
from results.runs.dictionary import dictionary
from results.runs.query import query_runs
from results.runs.table_files import OF_TRACES, STORED
from results.studies.table import write_study
from tests.support.command_line import QUICK, firstline, shop
from tests.support.known_answers import CANNED, SCENARIO
from tests.support.stored_runs import stored


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run that kept traces, and one that did not."""
    root = tmp_path_factory.mktemp("runs")
    asked = ("compare", shop(root), "-n", "2", *QUICK, "-o")
    assert firstline(*asked, root, "--traces").code == 0
    assert firstline(*asked, root, "--seed", "2").code == 0
    return root


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    """The run that kept traces."""
    return next(root.glob("*/traces")).parent


@pytest.fixture(scope="module")
def bare(root: Path, folder: Path) -> Path:
    """The other one."""
    return next(one.parent for one in root.glob("*/manifest.json") if one.parent != folder)


@pytest.mark.parametrize("name", ["measures", "intervals", "comparison", "contacts", "legs"])
def test_every_library_gets_the_rows_that_are_stored(folder: Path, name: str) -> None:
    table = open_run(str(folder)).table(name)
    paths = [*folder.glob(f"{name}.parquet"), *folder.glob(f"traces/{name}/*.parquet")]
    rows = duckdb.read_parquet([str(path) for path in sorted(paths)]).fetchall()
    assert len(table) == len(rows) > 0
    arrow = table.to_arrow()
    assert arrow.column_names == list(table.columns)
    assert list(zip(*(column.to_pylist() for column in arrow.columns), strict=True)) == rows
    assert table.to_polars().rows() == rows
    pandas = table.to_pandas()
    assert [list(pandas.columns), *pandas.shape] == [list(table.columns), len(rows), len(rows[0])]
    for name, column in table.to_numpy().items():
        empty = [cell is None for cell in arrow.column(name).to_pylist()]
        assert pandas[name].isna().tolist() == empty
        assert [cell is None or cell != cell for cell in column.tolist()] == empty
        there = [cell for cell in arrow.column(name).to_pylist() if cell is not None]
        assert pandas[name].dropna().tolist() == there
        assert [cell for cell, no in zip(column.tolist(), empty, strict=True) if not no] == there


def test_a_question_across_runs_comes_as_a_data_frame(root: Path) -> None:
    sql = "select run, policy, avg(value) as asa from measures where measure = 'asa' group by all"
    frame = query(f"{sql} order by all", root).to_pandas()
    assert (
        list(map(tuple, frame.to_numpy().tolist())) == query_runs(root, f"{sql} order by all").rows
    )
    assert isinstance(frame, pd.DataFrame)
    assert frame.run.nunique() == 2


def test_runs_without_contacts_are_named_and_the_others_answer(
    root: Path, folder: Path, bare: Path
) -> None:
    found = query("select distinct run from contacts", root)
    assert found.to_numpy()["run"].tolist() == [folder.name]
    (note,) = found.notes
    assert note.startswith("1 of 2 runs kept no traces and has nothing in contacts: ")
    assert note.endswith(f"{bare.name}.")
    sql = "select run, traces from runs order by traces"
    assert [kept for _, kept in query_runs(root, sql).rows] == [False, True]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("measurs", "There is no table 'measurs'. Did you mean 'measures'?"),
        ("contacts", "Only runs with --traces have that table"),
        ("sensitivity", "Only runs with --sensitivity have that table."),
        ("study", "Only runs of firstline sweep, worth and study have that table."),
    ],
)
def test_a_table_that_a_run_has_not_is_refused_with_the_reason(
    bare: Path, name: str, said: str
) -> None:
    run = open_run(bare)
    with pytest.raises(ExperimentError, match=said.replace("?", r"\?")):
        run.table(name)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1 as a, 2 as a, 3 as b", "Several columns are called a: tell them apart with AS."),
        ("selct 1", "syntax error"),
        ("", "Nothing is asked"),
    ],
)
def test_what_is_no_table_is_refused_when_it_is_asked(root: Path, sql: str, said: str) -> None:
    with pytest.raises(ExperimentError, match=said):
        query(sql, root)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    folder: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = open_run(folder).table("measures")
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExperimentError, match=f"{library} is not installed") as caught:
        getattr(table, {"pyarrow": "to_arrow"}.get(library, f"to_{library}"))()
    assert 'the extra "tables"' in str(caught.value)
    assert len(table.to_numpy()["value"]) == len(table), "numbers are there without a library"


def test_a_damaged_table_is_refused_by_name(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    table = open_run(folder).table("waits")
    path = folder / "waits.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(len(whole) - 60) + whole[-20:])
    for broken in (lambda: open_run(folder).table("waits"), table.to_numpy):
        with pytest.raises(ExperimentError, match=r"waits.parquet cannot be read"):
            broken()


def test_a_study_is_a_table_with_a_column_for_each_factor_and_can_be_asked(
    tmp_path: Path,
) -> None:
    key = "groups.front_line.absence"
    study = run_study(SCENARIO, [factor(f"{key}=0,0.1")], replications=2, workers=1, engine=CANNED)
    frame = study.table(["asa", "fcr"]).to_pandas()
    assert list(frame.columns) == ["policy", "point", key, "replication", "asa", "fcr"]
    assert len(frame) == len(study.plan.names) * 2
    for policy, at in study.plan.names:
        rows = frame[(frame.policy == policy) & (frame.point == at)]
        np.testing.assert_array_equal(rows.asa, study.values((policy, at), "asa"))
        assert rows[key].tolist() == [study.plan.points[at][key]] * 2
    folder, _ = stored(tmp_path)
    write_study(folder, study)
    stored_frame = open_run(folder).table("study").to_pandas()
    pd.testing.assert_frame_equal(stored_frame[frame.columns], frame)
    sql = f'select "{key}" as absence, count(*) as n from study group by all order by all'
    rows = 2 * len(study.plan.policies)
    assert query_runs(tmp_path, sql).rows == [(0.0, rows), (0.1, rows)]


def test_the_tables_of_a_query_have_the_columns_of_the_dictionary(root: Path) -> None:
    known: dict[str, list[str]] = {}
    for row in dictionary():
        if row["kind"] == "column":
            known.setdefault(row["table"], []).append(row["name"])
    asked = ["runs", "definitions", *STORED, *OF_TRACES]
    assert sorted(asked) == sorted(known)
    there = [row[0] for row in query_runs(root, "select view_name from duckdb_views()").rows]
    for table in ("runs", "definitions", *(name for name in asked if name in there)):
        columns = query(f"from {table}", root).columns
        assert set(columns) == {"run", *known[table]}, table
