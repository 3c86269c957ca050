"""The files of a run folder that hold tables: which there are, and whether they can be read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from results.comparison import table as comparison_table
from results.errors import ExperimentError, unknown
from results.facts.traces import stored_columns
from results.runs import parquet
from results.runs.finished_replications import TRACES
from results.runs.tables import OF_INTERVALS, TABLES, TYPES
from results.sensitivity import table as sensitivity_table
from results.studies import columns as study_columns
from results.uncertain import table as uncertain_table
from results.why import table as accounting_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OF_TRACES = tuple(stored_columns())
"""Tables that are there where traces were kept; some of them only where something is in them."""

OF_EVERY_RUN = {
    **TYPES,
    comparison_table.COMPARISON: comparison_table.TYPES,
    accounting_table.ACCOUNTING: accounting_table.TYPES,
}
STORED = {
    **OF_EVERY_RUN,
    sensitivity_table.SENSITIVITY: sensitivity_table.TYPES,
    study_columns.STUDY: study_columns.TYPES,
    uncertain_table.UNCERTAIN: uncertain_table.TYPES,
    uncertain_table.CENTRES: uncertain_table.TYPES_OF_CENTRES,
}
"""The columns that a table must have, by name of table; those of traces begin with a policy."""

_ONLY = {
    **dict.fromkeys(
        OF_TRACES, "Only runs with --traces have that table, where there is anything in it."
    ),
    **dict.fromkeys(
        (comparison_table.COMPARISON, accounting_table.ACCOUNTING),
        "Only runs of firstline compare and firstline run have that table.",
    ),
    sensitivity_table.SENSITIVITY: "Only runs with --sensitivity have that table.",
    **dict.fromkeys(
        (uncertain_table.UNCERTAIN, uncertain_table.CENTRES),
        "Only runs with --uncertain have that table.",
    ),
    study_columns.STUDY: "Only runs of firstline sweep, worth and study have that table.",
}


class TableFile(NamedTuple):
    """One table of one run; of a trace that of one replication."""

    run: str
    """Name of the folder."""
    table: str
    path: Path


def only_where(table: str) -> str:
    """Which runs have a table, as a sentence; empty where all do."""
    return _ONLY.get(table, "")


def files_of(folder: Path, tables: Container[str]) -> Iterator[TableFile]:
    """The files of a run folder that hold some tables."""
    places = [(name, folder / f"{name}.parquet") for name in STORED if name in tables]
    for name in OF_TRACES:
        if name in tables:
            places += [(name, path) for path in sorted((folder / TRACES / name).glob("*.parquet"))]
    return (TableFile(folder.name, name, path) for name, path in places if path.exists())


def keeps_traces(folder: Path) -> bool:
    """Whether a run folder has the tables of single contacts."""
    return (folder / TRACES).is_dir()


def files_of_table(folder: Path, table: str) -> list[TableFile]:
    """The files of one table of a run.

    Raises:
        ExperimentError: there is no such table, or this run has none.
    """
    if table not in STORED and table not in OF_TRACES:
        raise ExperimentError(unknown("table", table, [*STORED, *OF_TRACES]))
    found = list(files_of(folder, {table}))
    if not found:
        why = only_where(table) or f"{folder / table}.parquet is missing from its run."
        raise ExperimentError(f"{folder} has no table '{table}'. {why}")
    return found


def missing(folders: Iterable[Path], tables: Container[str]) -> Iterator[str]:
    """The files that every whole run has, and that are not there."""
    for folder in folders:
        for path in (folder / f"{name}.parquet" for name in TABLES if name in tables):
            if not path.exists():
                yield f"{path} is missing from its run."


def without_damaged(
    database: DuckDBPyConnection, files: Sequence[TableFile], left_out: list[str], *, whole: bool
) -> list[TableFile]:
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


def _damage(database: DuckDBPyConnection, file: TableFile, *, whole: bool) -> str:
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
    must_be = parquet.named_in_sql(STORED.get(file.table, {"policy": object}))
    return parquet.misfit(types, must_be, OF_INTERVALS)
