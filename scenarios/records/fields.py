"""The fields of records by name, read from the columns that hold them."""

from __future__ import annotations

import re

import numpy as np

from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.sources.cells import Cells
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values import amounts
from scenarios.records.values.misread import Notes

_MOST_NAMES = 300
_A_NUMBER = re.compile(r"^\+?[\d\s().-]{7,}$")


class Fields:
    """Reads the fields of a grid; nothing where the file has no such column."""

    def __init__(self, grid: Grid, taken: Taken, notes: Notes) -> None:
        """Take a grid, the column of each field, and notes for what cannot be read."""
        self.grid, self.taken, self.notes = grid, taken, notes

    def cells(self, name: str) -> Cells | None:
        """The cells of a field's column."""
        column = self.taken.columns.get(name)
        if column is None:
            return None
        return self.grid.cells(column).without(self.taken.mapping.missing.get(name, ()))

    def nothing(self) -> Numbers:
        """NaN for every row."""
        return np.full(len(self.grid), np.nan)

    def count(self, name: str) -> Numbers:
        """Counts."""
        cells = self.cells(name)
        if cells is None:
            return self.nothing()
        return amounts.counts(self.taken.columns[name], cells, self.notes)

    def number(self, name: str) -> Numbers:
        """Numbers of either sign."""
        cells = self.cells(name)
        if cells is None:
            return self.nothing()
        return amounts.plain_numbers(self.taken.columns[name], cells, self.notes)

    def share(self, name: str) -> Numbers:
        """Shares from 0 to 1."""
        cells = self.cells(name)
        if cells is None:
            return self.nothing()
        return amounts.shares(self.taken.columns[name], cells, self.notes)

    def flag(self, name: str) -> Flags:
        """Yes or no; no where nothing is known."""
        cells = self.cells(name)
        return np.zeros(len(self.grid), dtype=bool) if cells is None else amounts.flags(cells)

    def length(self, name: str, *, guess: bool = True) -> Numbers:
        """Seconds; plain numbers may be found to be milliseconds."""
        cells = self.cells(name)
        if cells is None:
            return self.nothing()
        column, said = self.taken.columns[name], self.taken.units.get(name, "")
        unit, guessed = amounts.unit_of(cells, said or ("" if guess else "s"))
        if guessed:
            self.notes.say(
                f'Half of the values in "{column}" are over 10,000.',
                "They were taken as milliseconds.",
                f'If they are seconds, write units.{name} = "s" in a mapping file.',
            )
        return amounts.lengths_s(column, cells, unit, self.notes)

    def persons(self, name: str) -> Codes:
        """Codes of persons, whose names are not kept."""
        column = self.taken.columns.get(name)
        if column is None:
            return np.full(len(self.grid), -1, dtype=np.int32)
        return self.grid.person_codes(column, self.taken.mapping.missing.get(name, ()))

    def names(self, name: str) -> tuple[Codes, tuple[str, ...]]:
        """Codes and names of queues, reasons and the like."""
        cells = self.cells(name)
        if cells is None:
            return np.full(len(self.grid), -1, dtype=np.int32), ()
        return public_names(cells, self.taken, name, self.notes)


def public_names(
    cells: Cells, taken: Taken, name: str, notes: Notes
) -> tuple[Codes, tuple[str, ...]]:
    """Codes and names of queues or reasons; what looks like a person's number becomes a number.

    A column with hundreds of different values holds no queues or reasons but persons or free
    text, and is left out.
    """
    column = taken.columns[name]
    codes, names = amounts.codes(cells)
    if len(names) > _MOST_NAMES:
        notes.say(
            f'"{column}" has {len(names):,} different values, too many for a {name}.',
            "It was not used: it may hold persons or free text.",
            f"If it is the {name}, group its values first, or name another column in a mapping.",
        )
        return np.full(len(codes), -1, dtype=np.int32), ()
    renamed = taken.mapping.rename
    hidden = [bool(_A_NUMBER.match(each)) for each in names]
    if any(hidden):
        notes.say(
            f'"{column}" has {sum(hidden)} values that look like telephone numbers.',
            f"They are called {name} 1, {name} 2 and so on.",
        )
    shown = [
        renamed.get(text) or (f"{name} {place}" if number else text[:80])
        for place, (text, number) in enumerate(zip(names, hidden, strict=True), 1)
    ]
    merged = {text: place for place, text in enumerate(dict.fromkeys(shown))}
    places = np.array([merged[text] for text in shown] + [-1], dtype=np.int32)
    return places[codes], tuple(merged)
