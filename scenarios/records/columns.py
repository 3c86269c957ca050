"""Tables of records are columns of one length: what they share."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Times = npt.NDArray[np.datetime64]
"""Local clock times in milliseconds, NaT where something never happened or is not known."""
Codes = npt.NDArray[np.int32]
"""Codes of names, −1 where it is not known."""
Numbers = npt.NDArray[np.float64]
"""Figures, NaN where not known."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Columns:
    """A table of numpy columns of one length; a row is one contact, interval or ticket."""

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.arrays().values()}
        if len(lengths) > 1:
            raise ValueError(f"The columns of {type(self).__name__} differ in length: {lengths}.")

    def __len__(self) -> int:
        return len(next(iter(self.arrays().values())))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The columns by name."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}

    def take(self, rows: Flags | npt.NDArray[np.intp]) -> Self:
        """Some of the rows, by a mask or by their places; names stay as they are."""
        return replace(self, **{name: column[rows] for name, column in self.arrays().items()})


def seconds(start: Times, end: Times) -> Numbers:
    """Seconds from start to end, NaN where either is not known."""
    gap = (end - start).astype("timedelta64[ms]")
    return np.where(np.isnat(gap), np.nan, gap.astype(np.int64) / 1000.0)
