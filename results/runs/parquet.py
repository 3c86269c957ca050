"""Parquet files: columns of a table, written and read by DuckDB without a server or a lock."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        if _is_interrupt(error):
            raise KeyboardInterrupt from error
        raise


def _is_interrupt(error: Exception) -> bool:
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
            database.register("columns", dict(columns))
            table = database.table("columns").select(*_typed(columns))
            with _named(path, "written"):
                table.write_parquet(str(path), compression="zstd")


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
                columns = database.read_parquet(str(path)).fetchnumpy()
            tables[name] = {column: _filled(cells) for column, cells in columns.items()}
    return tables


@contextmanager
def _named(path: Path, done: str) -> Iterator[None]:
    """Say which file it was when the database cannot read or write."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if _is_interrupt(error):
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


def stacked(parts: Sequence[Columns]) -> dict[str, NDArray[Any]]:
    """Put tables of one shape under each other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _typed(columns: Columns) -> list[duckdb.Expression]:
    """The columns, text named as such: of a column without any text DuckDB cannot tell."""
    from duckdb import ColumnExpression

    return [
        ColumnExpression(name).cast("VARCHAR").alias(name)
        if column.dtype.kind in "OU"
        else ColumnExpression(name)
        for name, column in columns.items()
    ]


def _filled(column: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    filled = column.data.copy()
    filled[np.ma.getmaskarray(column)] = np.nan if column.dtype.kind == "f" else None
    return filled
