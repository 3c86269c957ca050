"""A centre's records, from its files to a clean table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.checks.problems import Problem
from scenarios.records.calls.build import contacts_of
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.mapping import Mapping
from scenarios.records.problems import RecordsError
from scenarios.records.reports.build import intervals_of
from scenarios.records.sources.tables import opened
from scenarios.records.taken import known_to, taken
from scenarios.records.ticket_log.build import tickets_of
from scenarios.records.tickets import Tickets
from scenarios.records.values.misread import Notes

Records = Contacts | Intervals | Tickets


def read_records(paths: Sequence[Path], mapping: Mapping | None = None) -> Records:
    """Read, clean and report records of one kind.

    Args:
        paths: CSV (gzip or not), Parquet or .xlsx files; several are read as one.
        mapping: Fixes columns and values; found by the columns where none is given.

    Raises:
        RecordsError: with everything that keeps the files from being read.
    """
    with opened(paths, known_to(mapping)) as grid:
        found = taken(grid.names, grid.files, mapping)
        if not len(grid):
            rule = "has a line of column names and no rows under it"
            raise RecordsError([Problem(grid.files, "", None, rule, "Export it again.")])
        notes = Notes()
        made: Records
        if found.kind == "contacts":
            made = contacts_of(grid, found, notes)
        elif found.kind == "intervals":
            made = intervals_of(grid, found, notes)
        else:
            made = tickets_of(grid, found, notes)
        if not len(made):
            rule = "has no row that can be used"
            why = "; ".join(
                f"{each.what} ({each.rows:,} rows)" for each in made.report.findings[:5]
            )
            raise RecordsError([Problem(grid.files, "", None, rule, why)])
        return made
