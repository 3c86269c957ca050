"""Questions across runs: SQL over the tables of every run folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from results.errors import ExperimentError
from results.experiments.kept import TRACES
from results.runs import parquet
from results.runs.sensitivity_table import SENSITIVITY
from results.runs.store import Manifest, list_runs
from results.runs.tables import COMPARISON, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Answer:
    """Rows that answer a question, with the names of their columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def query_runs(root: Path, sql: str) -> Answer:
    """Ask all finished runs under a root at once.

    The tables are ``runs`` (one row each), ``measures``, ``intervals``, ``endings``, ``waits``,
    ``comparison``, where somebody asked ``sensitivity``, and, where traces were kept, ``contacts``,
    ``legs``, ``decisions``, ``promises``, ``cases``, ``spans`` and ``shifts``; each row names its
    ``run``.

    Args:
        root: where run folders are.
        sql: one question in DuckDB's SQL.

    Raises:
        ExperimentError: there is no finished run, or the question cannot be answered.
    """
    import duckdb

    runs = list_runs(root)
    if not runs:
        raise ExperimentError(f"There is no finished run in {root} to ask.")
    with parquet.connection() as database:
        _add_runs(database, runs)
        for table in (*TABLES, COMPARISON, SENSITIVITY):
            _add_view(database, table, [folder / f"{table}.parquet" for folder in runs], depth=-2)
        for table, paths in _trace_paths(runs).items():
            _add_view(database, table, paths, depth=-4)
        try:
            rows = database.execute(sql).fetchall()
        except duckdb.Error as error:
            raise ExperimentError(f"The question cannot be answered: {error}") from error
        return Answer(tuple(column[0] for column in database.description or ()), rows)


def _add_runs(database: DuckDBPyConnection, runs: dict[Path, Manifest]) -> None:
    manifests = list(runs.values())
    columns: dict[str, list[Any]] = {
        "run": [folder.name for folder in runs],
        "scenario": [one.name for one in manifests],
        "seed": [one.origin.seed for one in manifests],
        "replications": [one.replications for one in manifests],
        "started": [one.started for one in manifests],
        "firstline": [one.origin.versions.get("firstline") for one in manifests],
        "command": [one.command for one in manifests],
    }
    numbers = ("seed", "replications")
    database.register(
        "runs",
        {
            name: np.array(cells, None if name in numbers else object)
            for name, cells in columns.items()
        },
    )


def _add_view(database: DuckDBPyConnection, table: str, paths: list[Path], depth: int) -> None:
    """Show the files of a table as one; the run is that many steps up in the path."""
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

    files = [str(path) for path in paths if path.exists()]
    if not files:
        return
    steps = FunctionExpression("parse_path", ColumnExpression("filename"))
    run = FunctionExpression("list_extract", steps, ConstantExpression(depth)).alias("run")
    # Another version may have written another column: a column that is missing is empty.
    relation = database.read_parquet(files, filename=True, union_by_name=True)
    relation.select(run, StarExpression(exclude=["filename"])).create_view(table)


def _trace_paths(runs: dict[Path, Manifest]) -> dict[str, list[Path]]:
    paths: dict[str, list[Path]] = {}
    for folder in runs:
        for path in sorted((folder / TRACES).glob("*/*.parquet")):
            paths.setdefault(path.parent.name, []).append(path)
    return paths
