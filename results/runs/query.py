"""Questions across runs: SQL over the tables of every run folder.

A file that cannot be read is left out and named; the others answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from results.comparison import table as comparison_table
from results.errors import ExperimentError
from results.facts.traces import stored_columns
from results.measures.registry import MEASURES
from results.measures.renamed import answered, why_unequal
from results.runs import parquet
from results.runs.cells import plain, told_apart
from results.runs.finished_replications import TRACES
from results.runs.question import UNSHOWABLE, of_columns, refuse_unless_one
from results.runs.store import Manifest, list_runs, unreadable_runs
from results.runs.tables import LATER, OF_INTERVALS, TABLES, TYPES
from results.sensitivity import table as sensitivity_table
from results.why import table as accounting_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OF_TRACES = tuple(stored_columns())
"""Tables that are there where traces were kept; some of them only where something is in them."""

_OF_EVERY_RUN = {
    **TYPES,
    comparison_table.COMPARISON: comparison_table.TYPES,
    accounting_table.ACCOUNTING: accounting_table.TYPES,
}
_STORED = {**_OF_EVERY_RUN, sensitivity_table.SENSITIVITY: sensitivity_table.TYPES}


@dataclass(frozen=True)
class Answer:
    """Rows that answer a question, with the names of their columns."""

    columns: tuple[str, ...]
    """Each name once: a second ``a`` is called ``a_2``."""
    rows: list[tuple[Any, ...]]
    """Text, numbers, true, false, None, and lists and mappings of these."""
    notes: tuple[str, ...] = ()
    """What a reader must know: files that were left out, measures that meant something else."""


@dataclass(frozen=True)
class _File:
    """One table of one run."""

    run: str
    table: str
    path: Path


def query_runs(root: Path, sql: str) -> Answer:
    """Ask all finished runs under a root in one step.

    The tables are ``runs`` (one row each), ``definitions`` (the version of each measure, which
    version 0.1 did not write down), ``measures``, ``intervals``, ``endings``, ``waits``,
    ``accounts``, ``comparison``, ``accounting``, where somebody asked ``sensitivity``, and, where
    traces were kept, those of ``OF_TRACES``; each row names its ``run``, and of a trace also policy
    and replication.

    Args:
        root: where run folders are.
        sql: one question in DuckDB's SQL.

    Raises:
        ExperimentError: there is no finished run, it is not one question, or it cannot be
            answered.
    """
    refuse_unless_one(sql)
    left_out = list(unreadable_runs(root).values())
    runs = _named_runs(list_runs(root), left_out)
    if not runs:
        reasons = " ".join(("", *left_out))
        raise ExperimentError(f"There is no finished run in {root} to ask.{reasons}")
    asked = _asked(sql)
    files = [file for file in _files(runs) if file.table in asked]
    left_out += _missing(runs, asked if asked & set(_words(sql.lower())) else asked - LATER)
    with parquet.connection() as database:
        _add_runs(database, runs)
        names, rows = _answered(database, sql, files, left_out)
    columns, shown = told_apart(names), [tuple(map(plain, row)) for row in rows]
    left_out_notes = (f"Left out: {one}" for one in left_out)
    later = (f"{folder} {one.note}" for folder, one in runs.items() if one.note)
    notes = [*left_out_notes, *later, *of_columns(names, columns), *_of_measures(sql, runs)]
    return Answer(columns, shown, tuple(notes))


def _answered(
    database: DuckDBPyConnection, sql: str, files: list[_File], left_out: list[str]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns and the rows; files that cannot be read are named in left_out."""
    import duckdb

    # The names of this program's variables are no tables.
    database.execute("set python_enable_replacements = false")
    files = _without_damaged(database, files, left_out, whole=False)
    while True:
        try:
            _add_views(database, files)
            rows = database.execute(sql).fetchall()
            return [column[0] for column in database.description or ()], rows
        except (OverflowError, ValueError, KeyError) as error:
            raise ExperimentError(UNSHOWABLE) from error
        except duckdb.Error as error:
            # What a file says of itself may be in order, and what is in it not.
            sound = _without_damaged(database, files, left_out, whole=True)
            if len(sound) == len(files):
                raise ExperimentError(_unanswered(error, sql)) from error
            files = sound


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
    every = {*_STORED, *OF_TRACES}
    return {word.lower() for word in _words(sql)} & every or every


def _files(runs: Mapping[Path, Manifest]) -> list[_File]:
    found = []
    for folder in runs:
        places = [(name, folder / f"{name}.parquet") for name in _STORED]
        for name in OF_TRACES:
            places += [(name, path) for path in sorted((folder / TRACES / name).glob("*.parquet"))]
        found += [_File(folder.name, name, path) for name, path in places if path.exists()]
    return found


def _missing(runs: Mapping[Path, Manifest], asked: Container[str]) -> Iterator[str]:
    """The files that every whole run has, and that are not there."""
    for folder in runs:
        for path in (folder / f"{name}.parquet" for name in TABLES if name in asked):
            if not path.exists():
                yield f"{path} is missing from its run."


def _without_damaged(
    database: DuckDBPyConnection, files: Sequence[_File], left_out: list[str], *, whole: bool
) -> list[_File]:
    """The files that can be read; the others are named.

    Args:
        database: to read with.
        files: to look at.
        left_out: where the others are named, a sentence each.
        whole: read all that is in them, and not only what they say of themselves.
    """
    sound = []
    for file in files:
        if problem := _damage(database, file, whole=whole):
            shown = str(file.path).encode("utf-8", "replace").decode()
            left_out.append(f"{shown} cannot be read: {problem}")
        else:
            sound.append(file)
    return sound


def _damage(database: DuckDBPyConnection, file: _File, *, whole: bool) -> str:
    """What is wrong with a file; empty when nothing is."""
    import duckdb

    try:
        str(file.path).encode()
        relation = database.read_parquet(str(file.path))
        types = {
            name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)
        }
        if whole:
            relation.fetchnumpy()
    except UnicodeEncodeError:
        return "its name is not UTF-8."
    except (duckdb.Error, RuntimeError) as error:
        if parquet.is_interrupt(error):
            raise
        return str(error)
    must_be = parquet.named_in_sql(_STORED.get(file.table, {"policy": object}))
    return parquet.misfit(types, must_be, OF_INTERVALS)


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
    database.register("runs_as_text", _of_text(text))
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


def _add_views(database: DuckDBPyConnection, files: Sequence[_File]) -> None:
    for table in (*_STORED, *OF_TRACES):
        mine = [file for file in files if file.table == table]
        if mine:
            _add_view(database, table, mine)
        else:
            database.execute(f"drop view if exists {table}")
            if table in _OF_EVERY_RUN:
                # Every run has this table: that none can be read is no reason to deny it.
                database.register(table, _without_rows(table))


def _without_rows(table: str) -> dict[str, Any]:
    return {"run": np.array([], dtype=object), **parquet.stacked([], _STORED[table])}


def _add_view(database: DuckDBPyConnection, table: str, files: Sequence[_File]) -> None:
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
    kept = [_ONLY_WITH_TRACES for name in OF_TRACES if f"name {name} does not exist" in words]
    return " ".join((words, *kept, *_renamed(sql)))


_ONLY_WITH_TRACES = "Only runs with --traces have that table, where there is anything in it."


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
