"""A table for analysts: rows of a run, or the answer to a question, in the library they work with.

Nothing is read before it is asked for; then it goes column by column from the files into the
library, without a Python object for each cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from results.errors import ExperimentError
from results.extras import how_to_install
from results.runs import parquet
from results.runs.table_files import files_of_table, without_damaged

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from duckdb import DuckDBPyRelation

EXTRA = "tables"
"""The extra that brings pandas, polars and Arrow."""

Read = Callable[[Callable[["DuckDBPyRelation"], Any]], Any]
"""Calls what it is given with the rows, and gives what that gives."""


@dataclass(frozen=True)
class Table:
    """Rows with named columns; text, numbers and times as they are stored, nothing where empty."""

    columns: tuple[str, ...]
    read: Read = field(repr=False)
    notes: tuple[str, ...] = ()
    """What a reader must know: files that were left out, measures that meant something else."""

    def __len__(self) -> int:
        """How many rows there are."""
        return int(self.read(lambda rows: rows.count("*").fetchall()[0][0]))

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame of pandas.

        Raises:
            ExperimentError: pandas is not installed, or a file cannot be read.
        """
        _installed("pandas")
        frame: pandas.DataFrame = self.read(lambda rows: rows.df())
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a data frame of polars.

        Raises:
            ExperimentError: polars is not installed, or a file cannot be read.
        """
        frame: polars.DataFrame = self.read(_installed("polars").DataFrame)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a table of Arrow.

        Raises:
            ExperimentError: pyarrow is not installed, or a file cannot be read.
        """
        _installed("pyarrow")
        table: pyarrow.Table = self.read(lambda rows: rows.to_arrow_table())
        return table

    def to_numpy(self) -> dict[str, NDArray[Any]]:
        """The rows as an array for each column; needs no other library.

        Empty cells are NaN, in text None; text is an array of objects.
        """
        return parquet.filled(self.read(lambda rows: rows.fetchnumpy()))


def table_of_run(folder: Path, name: str) -> Table:
    """One table of a run folder: ``measures``, ``intervals``, ``contacts`` and the like.

    Raises:
        ExperimentError: there is no such table, this run has none, or a file cannot be read.
    """
    files = files_of_table(folder, name)
    paths = [str(file.path) for file in files]

    def read(make: Callable[[DuckDBPyRelation], Any]) -> Any:
        with parquet.connection() as database, _said(files[0].path):
            return make(database.read_parquet(paths, union_by_name=True))

    with parquet.connection() as database:
        damaged: list[str] = []
        without_damaged(database, files, damaged, whole=False)
    if damaged:
        raise ExperimentError(" ".join(damaged))
    return Table(tuple(read(lambda rows: rows.columns)), read)


def table_of_columns(columns: Mapping[str, NDArray[Any]]) -> Table:
    """A table of columns that are there already, of equal length."""

    def read(make: Callable[[DuckDBPyRelation], Any]) -> Any:
        with parquet.connection() as database:
            return make(parquet.relation_of(database, columns))

    return Table(tuple(columns), read)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say in a readable message that a table cannot be read to its end."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if parquet.is_interrupt(error):
            raise
        raise ExperimentError(f"{path} cannot be read: {error}") from error


def _installed(library: str) -> Any:
    """The library.

    Raises:
        ExperimentError: it is not installed; says how to.
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise ExperimentError(
            f"{library} is not installed, and the table is wanted in it. to_numpy() needs no "
            f"library. {how_to_install(EXTRA)}"
        ) from error
