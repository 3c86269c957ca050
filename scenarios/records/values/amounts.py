"""Columns of counts, lengths of time and shares as numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.sources.cells import Cells
from scenarios.records.values.clock import UNIT_MS, length_ms, number, share
from scenarios.records.values.misread import Notes

_YES = frozenset(("yes", "y", "true", "t", "1", "x", "sim", "sí", "si", "ja", "oui", "wahr"))
_NO = frozenset(("no", "n", "false", "f", "0", "não", "nao", "nein", "non", "falsch"))
_LONG_MS = 10_000.0


def counts(name: str, cells: Cells, notes: Notes) -> Numbers:
    """Numbers of at least 0, NaN where there is none."""
    return _read(name, cells, notes, lambda text: _at_least_0(number(text)), "numbers")


def lengths_s(name: str, cells: Cells, unit: str, notes: Notes) -> Numbers:
    """Seconds; a number without punctuation is in `unit` ("s", "ms", "min", "h")."""
    scale = UNIT_MS[unit]

    def read(text: str) -> float | None:
        found = length_ms(text, scale)
        return None if found is None else found / 1000.0

    return _read(name, cells, notes, read, "lengths of time")


def plain_numbers(name: str, cells: Cells, notes: Notes) -> Numbers:
    """Numbers of either sign."""
    return _read(name, cells, notes, number, "numbers")


def shares(name: str, cells: Cells, notes: Notes) -> Numbers:
    """Shares from 0 to 1, whatever style the column has: 0.81, 81, 81 % or 81.20%."""
    read = [share(text) for text in cells.texts]
    bad = [place for place, found in enumerate(read) if found is None]
    notes.misread(name, cells, bad, "shares")
    values = np.array([np.nan if found is None else found[0] for found in read])
    signed = np.array([found is not None and found[1] for found in read], dtype=bool)
    known = values[~np.isnan(values)]
    if signed.any() or (len(known) and known.max() > 1.0):
        values = values / 100.0
    beyond = np.nonzero((values > 1.0 + 1e-9) | (values < 0.0))[0].tolist()
    notes.misread(name, cells, beyond, "shares between 0 and 100 %")
    values[beyond] = np.nan
    return cells.each(values, np.nan)


def flags(cells: Cells) -> Flags:
    """Yes or no: words, or a count over 0; a name of something counts as yes."""

    def read(text: str) -> bool:
        word = text.lower()
        if word in _YES or word in _NO:
            return word in _YES
        value = number(text)
        return value is None or value > 0

    return cells.each(np.array([read(text) for text in cells.texts], dtype=bool), False)


def unit_of(cells: Cells, hint: str) -> tuple[str, bool]:
    """The unit of a column of lengths of time, and whether it had to be guessed.

    Without a word about it, plain numbers are seconds, unless half of those that are not 0 are over
    10,000: then milliseconds.
    """
    if hint:
        return hint, False
    values = [value for text in cells.texts[:5000] if (value := number(text)) is not None]
    positive = [value for value in values if value > 0]
    if positive and float(np.median(positive)) > _LONG_MS:
        return "ms", True
    return "s", False


def codes(cells: Cells) -> tuple[Codes, tuple[str, ...]]:
    """Codes in order of first appearance, and the names."""
    used = np.unique(cells.codes[cells.known])
    place = np.full(len(cells.texts) + 1, -1, dtype=np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return place[cells.codes], tuple(cells.texts[at] for at in used)


def _read(
    name: str, cells: Cells, notes: Notes, read: Callable[[str], float | None], what: str
) -> Numbers:
    values = [read(text) for text in cells.texts]
    bad = [place for place, value in enumerate(values) if value is None]
    notes.misread(name, cells, bad, what)
    as_numbers = np.array([np.nan if value is None else value for value in values], np.float64)
    return cells.each(as_numbers, np.nan)


def _at_least_0(value: float | None) -> float | None:
    return value if value is not None and value >= 0 else None
