"""A centre's records, from its files to a clean table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scenarios.checks.problems import Problem
from scenarios.records.calls.build import contacts_of
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.mapping import Mapping
from scenarios.records.problems import RecordsError
from scenarios.records.reports.build import intervals_of
from scenarios.records.shown import Columns, columns_of
from scenarios.records.sources.grid import Grid
from scenarios.records.sources.tables import opened
from scenarios.records.taken import Taken, known_to, lacking, recognised, taken
from scenarios.records.ticket_log.build import tickets_of
from scenarios.records.tickets import Tickets
from scenarios.records.values.misread import Notes

Records = Contacts | Intervals | Tickets


_MAKERS: dict[str, Callable[[Grid, Taken, Notes], Records]] = {
    "contacts": contacts_of,
    "intervals": intervals_of,
    "tickets": tickets_of,
}


class Opened:
    """Files whose columns are known and whose rows have not been looked at yet."""

    def __init__(self, grid: Grid, found: Taken) -> None:
        self._grid, self._taken = grid, found

    @property
    def columns(self) -> Columns:
        """What is taken for what, to be confirmed."""
        return columns_of(self._grid, self._taken)

    def read(self) -> Records:
        """Clean all rows.

        Raises:
            RecordsError: if none of them can be used.
        """
        _refuse_no_rows(self._grid)
        made = _MAKERS[self._taken.kind](self._grid, self._taken, Notes())
        if not len(made):
            rule = "has no row that can be used"
            worst = made.report.findings[:5]
            why = "\n    ".join(f"{each.what} ({each.rows:,} rows)" for each in worst)
            raise RecordsError([Problem(self._grid.files, "", None, rule, why)])
        return made


def _refuse_no_rows(grid: Grid) -> None:
    if not len(grid):
        rule = "has a line of column names and no rows under it"
        raise RecordsError([Problem(grid.files, "", None, rule, "Export it again.")])


@contextmanager
def open_records(paths: Sequence[Path], mapping: Mapping | None = None) -> Iterator[Opened]:
    """Open files of records of one kind.

    Args:
        paths: CSV (gzip or not), Parquet or .xlsx files; several are read as one.
        mapping: Fixes columns and values; found by the columns where none is given.

    Raises:
        RecordsError: with everything that keeps the files from being read.
    """
    with opened(paths, known_to(mapping)) as grid:
        yield Opened(grid, taken(grid.names, grid.files, mapping))


@dataclass(frozen=True)
class Looked:
    """What the columns of some files are taken for.

    Attributes:
        columns: What is taken for what.
        lacking: What the files cannot be read without, in words; empty when they can be read.
    """

    columns: Columns
    lacking: tuple[Problem, ...]


def look(paths: Sequence[Path], mapping: Mapping | None = None) -> Looked:
    """Look at the columns of records, be they enough to read them or not.

    Args:
        paths: CSV (gzip or not), Parquet or .xlsx files.
        mapping: Fixes columns and values; found by the columns where none is given.

    Raises:
        RecordsError: if a file cannot be opened, has no rows, or lacks a column of the mapping.
    """
    with opened(paths, known_to(mapping)) as grid:
        _refuse_no_rows(grid)
        found = recognised(grid.names, grid.files, mapping)
        return Looked(columns_of(grid, found), tuple(lacking(found, grid.names, grid.files)))


def read_records(paths: Sequence[Path], mapping: Mapping | None = None) -> Records:
    """Read, clean and report records of one kind.

    Args:
        paths: CSV (gzip or not), Parquet or .xlsx files; several are read as one.
        mapping: Fixes columns and values; found by the columns where none is given.

    Raises:
        RecordsError: with everything that keeps the files from being read.
    """
    with open_records(paths, mapping) as records:
        return records.read()
