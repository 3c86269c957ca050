"""Parquet files: columns of a table, written and read by DuckDB without a server or a lock."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from results.errors import ExperimentError

if TYPE_CHECKING:
    import duckdb

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
"""The disk takes no more; which file met it first does not matter."""

Columns = Mapping[str, NDArray[Any]]
"""Columns of equal length by name."""

Types = Mapping[str, type[Any]]
"""The type of each column by name, in the order of the table; ``object`` is text."""

_IN_A_DATABASE = {
    np.dtype(object): "VARCHAR",
    np.dtype(np.int64): "BIGINT",
    np.dtype(np.float64): "DOUBLE",
    np.dtype(np.float32): "FLOAT",
    np.dtype(np.bool_): "BOOLEAN",
}


@contextmanager
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory; one thread keeps rows in the order they were written.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed while the database was at work.
    """
    # Loading DuckDB takes a third of a second, and not every run is stored.
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as database:
            yield database
    except (duckdb.Error, RuntimeError) as error:
        if is_interrupt(error):
            raise KeyboardInterrupt from error
        raise


def is_interrupt(error: Exception) -> bool:
    """Whether an error is the Ctrl-C that came while DuckDB worked: it makes its own of it."""
    return any(words in str(error) for words in ("KeyboardInterrupt", "Query interrupted"))


def write(folder: Path, tables: Mapping[str, Columns]) -> None:
    """Write tables, ``<name>.parquet`` each; NaN becomes NULL, which SQL leaves out of averages.

    Raises:
        OSError: the system does not let a file be written: the disk is full, for example.
        ExperimentError: a file cannot be written for another reason.
    """
    with connection() as database:
        for name, columns in tables.items():
            path = folder / f"{name}.parquet"
            table = relation_of(database, columns)
            with _named(path, "written"):
                table.write_parquet(str(path), compression="zstd")


def relation_of(database: duckdb.DuckDBPyConnection, columns: Columns) -> duckdb.DuckDBPyRelation:
    """Columns as rows of a database; NaN becomes NULL."""
    database.register("columns", dict(columns))
    return database.table("columns").select(*_typed(columns))


def read(folder: Path, names: Iterable[str]) -> dict[str, dict[str, NDArray[Any]]]:
    """Read tables by name; NULL becomes NaN, or None in text.

    Raises:
        ExperimentError: a file cannot be read.
    """
    tables = {}
    with connection() as database:
        for name in names:
            path = folder / f"{name}.parquet"
            with _named(path, "read"):
                tables[name] = filled(database.read_parquet(str(path)).fetchnumpy())
    return tables


def named_in_sql(types: Types) -> dict[str, str]:
    """What a database calls the types of columns."""
    return {name: _IN_A_DATABASE[np.dtype(kind)] for name, kind in types.items()}


def read_as(path: Path, types: Types, optional: Collection[str] = ()) -> dict[str, NDArray[Any]]:
    """Read a table that must have certain columns; NULL becomes NaN, or None in text.

    Args:
        path: of the file.
        types: the columns with their types.
        optional: those of them that may be missing.

    Raises:
        ExperimentError: it cannot be read, or holds something else.
    """
    (columns,) = read(path.parent, [path.stem]).values()
    found = {name: column.dtype for name, column in columns.items()}
    must_be = {name: np.dtype(kind) for name, kind in types.items()}
    if wrong := misfit(found, must_be, optional):
        raise ExperimentError(f"{path} cannot be read: {wrong}")
    return columns


def misfit(
    found: Mapping[str, object], must_be: Mapping[str, object], optional: Collection[str] = ()
) -> str:
    """What keeps columns from being those of a table, as a sentence; empty when nothing does.

    Args:
        found: types by column.
        must_be: what they should be. Further columns are no fault.
        optional: columns that may be missing.
    """
    for name, kind in must_be.items():
        if name not in found and name not in optional:
            return f"it has no column {name}."
        if name in found and found[name] != kind:
            return f"its column {name} is {found[name]} and must be {kind}."
    return ""


def refuse_damaged(paths: Iterable[Path]) -> None:
    """Refuse a file that is no table at all; what is in it is not read.

    Raises:
        ExperimentError: names the file.
    """
    with connection() as database:
        for path in paths:
            with _named(path, "read"):
                database.read_parquet(str(path))


@contextmanager
def _named(path: Path, done: str) -> Iterator[None]:
    """Say which file it was when the database cannot read or write."""
    import duckdb

    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise ExperimentError(f"{path} cannot be {done}: its name is not UTF-8.") from error
    try:
        yield
    except duckdb.Error as error:
        if is_interrupt(error):
            raise
        refused = _by_the_system(str(error), path)
        if refused is not None and refused.errno in _FULL:
            raise refused from error
        reason = refused.strerror if refused else str(error).partition(': {"exception_type"')[0]
        raise ExperimentError(f"{path} cannot be {done}: {reason}") from error


def _by_the_system(text: str, path: Path) -> OSError | None:
    """The error of the system in the database's words, which carry it in JSON; None without one."""
    for number in errno.errorcode:
        reason = os.strerror(number)
        if f": {reason}" in text:
            return OSError(number, reason, str(path))
    return None


def stacked(parts: Sequence[Columns], types: Types) -> dict[str, NDArray[Any]]:
    """Put tables of one shape under each other; no tables at all make one without rows.

    Args:
        parts: with the columns that ``types`` names.
        types: of the columns, in their order.
    """
    return {
        name: np.concatenate([np.array([], dtype=kind), *(part[name] for part in parts)])
        for name, kind in types.items()
    }


def typed(rows: Sequence[Mapping[str, Any]], types: Types) -> dict[str, NDArray[Any]]:
    """Make columns of rows; without a row they keep their names and types."""
    return {name: np.array([row[name] for row in rows], kind) for name, kind in types.items()}


def _typed(columns: Columns) -> list[duckdb.Expression]:
    """The columns, text named as such: of a column without any text DuckDB cannot tell."""
    from duckdb import ColumnExpression

    return [
        ColumnExpression(name).cast("VARCHAR").alias(name)
        if column.dtype.kind in "OU"
        else ColumnExpression(name)
        for name, column in columns.items()
    ]


def filled(columns: Columns) -> dict[str, NDArray[Any]]:
    """Columns as a database gives them: NULL becomes NaN, or None in text."""
    return {name: _filled(column) for name, column in columns.items()}


def _filled(column: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    filled = column.data.copy()
    filled[np.ma.getmaskarray(column)] = np.nan if column.dtype.kind == "f" else None
    return filled
