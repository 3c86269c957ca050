"""A column of text: its different values, and which row has which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MISSING = frozenset(
    (
        *(
            "",
            "?",
            "-",
            "--",
            "—",
            "n/a",
            "na",
            "#n/a",
            "null",
            "(null)",
            "none",
            "nan",
            "nat",
            r"\n",
        ),
        *("unknown", "undefined", "(blank)", "(empty)", "(none)", "no_server", "nil", "."),
    )
)
"""Texts that stand for no value, in small letters."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A column as it stands in a file, blanks and signs for "missing" taken out.

    Attributes:
        texts: The different values.
        codes: For each row the place of its value in `texts`, −1 where there is none.
    """

    texts: list[str]
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str], codes: npt.NDArray[np.int32]) -> Cells:
        """The cells of a column by its different values, and for each row the place of its own."""
        # Most values are clean, and a look at their ends shows it: a million take a second.
        odd = [
            place
            for place, value in enumerate(values)
            if not "0" <= value[:1] <= "9" or value[-1] <= " "
        ]
        cleaned = {place: values[place].strip().removeprefix("'").strip() for place in odd}
        if all(values[at] == text and text.lower() not in MISSING for at, text in cleaned.items()):
            return cls(list(values), codes)
        texts: dict[str, int] = {}
        found = np.full(len(values) + 1, -1, dtype=np.int32)
        for place, value in enumerate(values):
            text = cleaned.get(place, value)
            if text.lower() not in MISSING:
                found[place] = texts.setdefault(text, len(texts))
        return cls(list(texts), found[codes])

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """The rows that have a value."""
        return self.codes >= 0

    def counts(self) -> npt.NDArray[np.intp]:
        """How many rows have each value."""
        return np.bincount(self.codes[self.known], minlength=len(self.texts))

    def each(self, values: npt.NDArray[Any], missing: object) -> npt.NDArray[Any]:
        """For each row what stands in `values` (one for each of `texts`) for its text."""
        filled = np.empty(len(self.texts) + 1, dtype=values.dtype)
        filled[:-1] = values
        filled[-1] = missing
        return filled[self.codes]

    def numbers(self, read: Callable[[str], float]) -> npt.NDArray[np.float64]:
        """A number for each row, NaN where there is none."""
        return self.each(np.array([read(text) for text in self.texts], dtype=np.float64), np.nan)

    def without(self, texts: Iterable[str]) -> Cells:
        """The same with some values taken as missing; case aside."""
        gone = {text.lower() for text in texts}
        keep = np.array([text.lower() not in gone for text in self.texts], dtype=bool)
        return Cells(self.texts, np.where(self.each(keep, False), self.codes, np.int32(-1)))

    def take(self, rows: npt.NDArray[Any]) -> Cells:
        """Some of the rows."""
        return Cells(self.texts, self.codes[rows])
