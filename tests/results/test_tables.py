"""Tables of a run keep their names and types, also when there is nothing to write into them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from results.comparison import table as comparison_table
from results.comparison.compare import compare
from results.facts.traces import trace_tables
from results.measures.summary import Summary
from results.runs import parquet
from results.runs.tables import TABLES, TYPES, named, summaries_of, tables_of
from results.sensitivity import table as sensitivity_table
from results.sensitivity.swings import Sensitivity
from scenarios import load_text
from sim import simulate
from tests.support.busy_centre import BUSY
from tests.support.known_answers import (
    POLICIES,
    SCENARIO,
    canned_trace,
    experiment_with,
    summary_with,
)

NO_SWINGS = Sensitivity("asa", ("today", "quick"), 0, 0, True, "€", {"quick": ()}, ())


def columns(path: Path) -> dict[str, str]:
    """Names and types of a Parquet file, as DuckDB reads it."""
    rows = duckdb.sql(f"describe select * from read_parquet('{path}')").fetchall()
    return {name: kind for name, kind, *_ in rows}


def written(folder: Path, tables: dict[str, Any]) -> dict[str, dict[str, str]]:
    folder.mkdir()
    parquet.write(folder, tables)
    return {name: columns(folder / f"{name}.parquet") for name in tables}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_no_replications_keeps_its_columns_and_types(tmp_path: Path, table: str) -> None:
    empty = written(tmp_path / "empty", tables_of({}))
    full = written(tmp_path / "full", tables_of({("today", 0): summary_with({"asa": 1.0})}))
    assert empty[table] == full[table] == parquet.named_in_sql(TYPES[table])
    count = duckdb.sql(f"select * from '{tmp_path}/empty/{table}.parquet'").fetchall()
    assert count == []


@pytest.mark.parametrize("part", ["intervals", "endings", "waits"])
def test_a_replication_that_has_nothing_to_tell_of_a_kind_is_read_back(
    tmp_path: Path, part: str
) -> None:
    summary = replace(summary_with({"asa": 1.0}), **{part: {}})
    tables = tables_of({("today", 3): summary})
    assert written(tmp_path / "run", dict(tables))[part] == parquet.named_in_sql(TYPES[part])
    back = summaries_of(parquet.read(tmp_path / "run", TABLES))
    assert isinstance(back["today", 3], Summary)
    assert getattr(back["today", 3], part) == {}


def test_a_comparison_of_no_measures_keeps_its_columns_and_types(tmp_path: Path) -> None:
    asa = {policy: {"asa": [1.0, 2.0]} for policy in POLICIES}
    found = compare(experiment_with(asa))
    nothing = compare(experiment_with(asa), measures=())
    full = written(tmp_path / "full", {"comparison": comparison_table.comparison_table(found)})
    empty = written(tmp_path / "empty", {"comparison": comparison_table.comparison_table(nothing)})
    assert empty == full == {"comparison": parquet.named_in_sql(comparison_table.TYPES)}


def test_a_sensitivity_without_swings_keeps_its_columns_and_types(tmp_path: Path) -> None:
    table = sensitivity_table.sensitivity_table(NO_SWINGS)
    (found,) = written(tmp_path / "run", {"sensitivity": table}).values()
    assert found == parquet.named_in_sql(sensitivity_table.TYPES)
    assert found["turns"] == "BOOLEAN"


def test_a_trace_in_which_nothing_happened_keeps_its_columns_and_types(tmp_path: Path) -> None:
    quiet = canned_trace(SCENARIO, 1, 0)
    tables = {name: named(("today", 0), part) for name, part in trace_tables(quiet).items()}
    busy = trace_tables(simulate(load_text(BUSY), 1, 0))
    full = written(
        tmp_path / "full",
        {name: named(("today", 0), part) for name, part in busy.items() if name in tables},
    )
    empty = written(tmp_path / "empty", tables)
    assert any(duckdb.sql(f"from '{tmp_path}/full/contacts.parquet' limit 1").fetchall())
    assert not duckdb.sql(f"from '{tmp_path}/empty/contacts.parquet'").fetchall()
    assert full == {name: empty[name] for name in full}
