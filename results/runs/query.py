"""Questions across runs: SQL over the tables of every run folder.

A file that cannot be read is left out and named; the others answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.measures.renamed import answered, why_unequal
from results.runs import parquet
from results.runs.cells import plain, told_apart
from results.runs.question import UNSHOWABLE, of_columns, refuse_unless_one
from results.runs.store import Manifest, list_runs, unreadable_runs
from results.runs.table import Table
from results.runs.table_files import (
    OF_EVERY_RUN,
    OF_TRACES,
    STORED,
    TableFile,
    files_of,
    keeps_traces,
    missing,
    only_where,
    without_damaged,
)
from results.runs.tables import LATER

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

Taken = TypeVar("Taken")

_AT_ONCE = 10_000
"""Rows that are fetched in one step."""


@dataclass(frozen=True)
class Answer:
    """Rows that answer a question, with the names of their columns."""

    columns: tuple[str, ...]
    """Each name once: a second ``a`` is called ``a_2``."""
    rows: list[tuple[Any, ...]]
    """Text, numbers, true, false, None, and lists and mappings of these."""
    notes: tuple[str, ...] = ()
    """What a reader must know: files that were left out, measures that meant something else."""


def query_runs(root: Path, sql: str) -> Answer:
    """Ask all finished runs under a root in one step.

    The tables are ``runs`` (one row each), ``definitions`` (the version of each measure, which
    version 0.1 did not write down) and those of ``table_files``; each row names its ``run``, and
    of a trace also policy and replication.

    Args:
        root: where run folders are.
        sql: one question in DuckDB's SQL.

    Raises:
        ExperimentError: there is no finished run, it is not one question, or it cannot be
            answered.
    """

    def every_row(database: DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
        database.execute(sql)
        names = [column[0] for column in database.description or ()]
        rows: list[tuple[Any, ...]] = []
        # What a million rows hold is not held twice.
        while part := database.fetchmany(_AT_ONCE):
            rows += [tuple(map(plain, row)) for row in part]
        return names, rows

    (names, rows), notes = _ask(root, sql, every_row)
    columns = told_apart(names)
    return Answer(columns, rows, (*notes, *of_columns(names, columns)))


def query_table(root: Path, sql: str) -> Table:
    """Ask as ``query_runs`` does, for an answer in pandas, polars, Arrow or NumPy.

    The question is understood here, and answered from the files of then when rows are asked for.

    Args:
        root: where run folders are.
        sql: one question in DuckDB's SQL; each column has a name of its own.

    Raises:
        ExperimentError: there is no finished run, it is not one question, or it cannot be
            answered.
    """

    def relation(database: DuckDBPyConnection) -> DuckDBPyRelation:
        found: DuckDBPyRelation | None = database.sql(sql)
        if found is None:
            raise ExperimentError("Nothing is asked: a table comes of a SELECT.")
        return found

    def read(make: Callable[[DuckDBPyRelation], Any]) -> Any:
        return _ask(root, sql, lambda database: make(relation(database)))[0]

    columns, notes = _ask(root, sql, lambda database: relation(database).columns)
    if twice := [name for name in dict.fromkeys(columns) if columns.count(name) > 1]:
        several = ", ".join(twice)
        raise ExperimentError(f"Several columns are called {several}: tell them apart with AS.")
    return Table(tuple(columns), read, notes)


def _ask(
    root: Path, sql: str, take: Callable[[DuckDBPyConnection], Taken]
) -> tuple[Taken, tuple[str, ...]]:
    """What is taken from a database with all tables in it, and what is to be said of them."""
    refuse_unless_one(sql)
    left_out = list(unreadable_runs(root).values())
    runs = _named_runs(list_runs(root), left_out)
    if not runs:
        reasons = " ".join(("", *left_out))
        raise ExperimentError(f"There is no finished run in {root} to ask.{reasons}")
    asked = _asked(sql)
    named = asked & {word.lower() for word in _words(sql)}
    files = [file for folder in runs for file in files_of(folder, asked)]
    left_out += missing(runs, named or asked - LATER)
    with parquet.connection() as database:
        _add_runs(database, runs)
        taken = _taken(database, sql, files, left_out, take)
    left_out_notes = (f"Left out: {one}" for one in left_out)
    later = (f"{folder} {one.note}" for folder, one in runs.items() if one.note)
    notes = (*left_out_notes, *later, *_without_traces(named, runs), *_of_measures(sql, runs))
    return taken, notes


def _taken(
    database: DuckDBPyConnection,
    sql: str,
    files: list[TableFile],
    left_out: list[str],
    take: Callable[[DuckDBPyConnection], Taken],
) -> Taken:
    """What is taken; files that cannot be read are named in left_out."""
    import duckdb

    # The names of this program's variables are no tables.
    database.execute("set python_enable_replacements = false")
    files = without_damaged(database, files, left_out, whole=False)
    while True:
        try:
            _add_views(database, files)
            return take(database)
        except (OverflowError, ValueError, KeyError) as error:
            raise ExperimentError(UNSHOWABLE) from error
        except duckdb.Error as error:
            # What a file says of itself may be in order, and what is in it not.
            sound = without_damaged(database, files, left_out, whole=True)
            if len(sound) == len(files):
                raise ExperimentError(_unanswered(error, sql)) from error
            files = sound


def _without_traces(named: set[str], runs: Mapping[Path, Manifest]) -> Iterator[str]:
    """Which runs say nothing of single contacts, where a question asks for them."""
    tables = sorted(named & set(OF_TRACES))
    without = [folder.name for folder in runs if not keeps_traces(folder)]
    if tables and without:
        shown = ", ".join(without[:3]) + (" ..." if len(without) > 3 else "")
        yield (
            f"{len(without)} of {len(runs)} runs kept no traces and {_have(without)} nothing in "
            f"{' and '.join(tables)}: {shown}."
        )


def _have(runs: Sequence[str]) -> str:
    return "has" if len(runs) == 1 else "have"


def _named_runs(found: Mapping[Path, Manifest], left_out: list[str]) -> dict[Path, Manifest]:
    """The runs whose folder a database can name."""
    runs = {}
    for folder, manifest in found.items():
        try:
            str(folder).encode()
        except UnicodeEncodeError:
            shown = str(folder).encode("utf-8", "replace").decode()
            left_out.append(f"the name of {shown} is not UTF-8; rename it to ask it.")
            continue
        runs[folder] = manifest
    return runs


def _asked(sql: str) -> set[str]:
    """The tables that a question names; all of them when it names none."""
    every = {*STORED, *OF_TRACES}
    return {word.lower() for word in _words(sql)} & every or every


def _add_runs(database: DuckDBPyConnection, runs: Mapping[Path, Manifest]) -> None:
    manifests = list(runs.values())
    text: dict[str, list[Any]] = {
        "run": [folder.name for folder in runs],
        "scenario": [one.name for one in manifests],
        "seed": [str(one.origin.seed) for one in manifests],
        "replications": [str(one.replications) for one in manifests],
        "started": [one.started for one in manifests],
        "firstline": [one.origin.versions.get("firstline") for one in manifests],
        "command": [one.command for one in manifests],
    }
    kept = np.array([keeps_traces(folder) for folder in runs])
    database.register("runs_as_text", _of_text(text) | {"traces": kept})
    # A seed may be larger than any number of a database; then it is unknown there.
    database.execute(
        "create view runs as select * replace (try_cast(seed as bigint) as seed, "
        "try_cast(replications as bigint) as replications) from runs_as_text"
    )
    rows = [
        (folder.name, name, version)
        for folder, one in runs.items()
        for name, version in one.origin.measures.items()
    ]
    names = ("run", "measure", "version")
    database.register(
        "definitions",
        _of_text({name: [row[k] for row in rows] for k, name in enumerate(names[:2])})
        | {"version": np.array([row[2] for row in rows], dtype=np.int64)},
    )


def _of_text(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    return {name: np.array(cells, dtype=object) for name, cells in columns.items()}


def _add_views(database: DuckDBPyConnection, files: Sequence[TableFile]) -> None:
    for table in (*STORED, *OF_TRACES):
        mine = [file for file in files if file.table == table]
        if mine:
            _add_view(database, table, mine)
        else:
            database.execute(f"drop view if exists {table}")
            if table in OF_EVERY_RUN:
                # Every run has this table: that none can be read is no reason to deny it.
                database.register(table, _without_rows(table))


def _without_rows(table: str) -> dict[str, Any]:
    return {"run": np.array([], dtype=object), **parquet.stacked([], STORED[table])}


def _add_view(database: DuckDBPyConnection, table: str, files: Sequence[TableFile]) -> None:
    """Show the files of a table as one; the run is some steps up in the path."""
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

    depth = -4 if table in OF_TRACES else -2
    steps = FunctionExpression("parse_path", ColumnExpression("filename"))
    run = FunctionExpression("list_extract", steps, ConstantExpression(depth)).alias("run")
    # Another version may have written another column: a column that is missing is empty.
    paths = [str(file.path) for file in files]
    relation = database.read_parquet(paths, filename=True, union_by_name=True)
    relation.select(run, StarExpression(exclude=["filename"])).create_view(table, replace=True)


def _unanswered(error: Exception, sql: str) -> str:
    words = f"The question cannot be answered: {error}"
    tables = (*STORED, *OF_TRACES)
    kept = [only_where(name) for name in tables if f"name {name} does not exist" in words]
    return " ".join((words, *kept, *_renamed(sql)))


def _of_measures(sql: str, runs: Mapping[Path, Manifest]) -> list[str]:
    """What is to be known of the measures that a question names."""
    notes = _renamed(sql)
    for name in _words(sql):
        if name not in MEASURES:
            continue
        versions = {one.origin.measures.get(name, 1) for one in runs.values()}
        if len(versions) > 1:
            why = why_unequal(name, min(versions), max(versions))
            notes.append(
                f"Not of one meaning in these runs: {why}. Compare by definitions.version."
            )
    return notes


def _renamed(sql: str) -> list[str]:
    return [words for name in _words(sql) if (words := answered(name, MEASURES))]


def _words(sql: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\w+", sql)))
