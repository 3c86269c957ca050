"""A centre's records, from its files to a clean table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from scenarios.records.taken import Taken, known_to, taken
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
        if not len(self._grid):
            rule = "has a line of column names and no rows under it"
            raise RecordsError([Problem(self._grid.files, "", None, rule, "Export it again.")])
        made = _MAKERS[self._taken.kind](self._grid, self._taken, Notes())
        if not len(made):
            rule = "has no row that can be used"
            worst = made.report.findings[:5]
            why = "\n    ".join(f"{each.what} ({each.rows:,} rows)" for each in worst)
            raise RecordsError([Problem(self._grid.files, "", None, rule, why)])
        return made


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
