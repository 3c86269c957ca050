"""Scratch: what would be too much in memory, in a file without a name that goes with its owner."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any
from weakref import finalize

from numpy.typing import NDArray


class Scratch:
    """Bytes on disk, in the system's folder for temporary files; a file only if there are any."""

    def __init__(self) -> None:
        """Begin empty."""
        self._file: IO[bytes] | None = None
        self._size = 0

    def __len__(self) -> int:
        """Count the bytes."""
        return self._size

    def append(self, data: bytearray | memoryview) -> int:
        """Write at the end; returns the place where it begins.

        Raises:
            OSError: the folder for temporary files is full or cannot be written.
        """
        if self._file is None:
            self._file = TemporaryFile(prefix="firstline-")  # noqa: SIM115 - closed with the owner
            # Not in __del__: where owner and file go in one ring of references, Python may let go
            # of the file first, and warns of it.
            finalize(self, self._file.close)
        place = self._size
        self._file.seek(place)
        self._file.write(data)
        self._size += len(data)
        return place

    def read(self, place: int, cells: NDArray[Any]) -> None:
        """Fill an array, of any shape but an empty one, with what was written at a place."""
        assert self._file is not None  # nothing can be read that was not written
        self._file.seek(place)
        self._file.readinto(cells.data.cast("B"))  # type: ignore[attr-defined]
