"""The file of one replication: its summary, whole or recognisably not.

The first line is JSON: the number of the format and a checksum of the rest, which is NumPy's
``.npz``, compressed: an array for each column of the tables of a summary (``tables``), text as
codes into a list of words. Nothing is ever unpickled.
"""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.measures.summary import Key, Summary
from results.runs.parquet import misfit
from results.runs.tables import TABLES, TYPES, summaries_of, tables_of

FORMAT = 4
"""One more whenever a column goes or means something else, or is written otherwise; it is counted
apart from that of run folders. The first one was a folder of Parquet files, the second knew no
accounts, the third no queues."""

_WORDS = "words"


class DamagedError(ValueError):
    """The file is not what was written; says why."""


class OtherFormatError(ValueError):
    """The file is whole, and of a format that this version does not read."""

    def __init__(self, number: int) -> None:
        """Remember the number of its format."""
        super().__init__(number)
        self.number = number


def packed(key: Key, summary: Summary) -> bytes:
    """The file of a replication, NaN and every other bit as they are."""
    words: dict[str, int] = {}
    arrays: dict[str, Any] = {
        f"{table}.{name}": _coded(column, words) if column.dtype == object else column
        for table, columns in tables_of({key: summary}).items()
        for name, column in columns.items()
    }
    arrays[_WORDS] = np.frombuffer(json.dumps(list(words)).encode(), dtype=np.uint8)
    columns = BytesIO()
    np.savez(columns, **arrays)
    # One stream over all columns is an eighth of their size, and takes two milliseconds.
    body = zlib.compress(columns.getbuffer(), level=1)
    head = {"format": FORMAT, "crc32": zlib.crc32(body)}
    return json.dumps(head).encode() + b"\n" + body


def unpacked(data: bytes, key: Key) -> Summary:
    """The summary in the file of a replication, the same bits as were written.

    Raises:
        DamagedError: something is missing or changed, or it is another replication's.
        OtherFormatError: it was written in another format.
    """
    head, _, body = data.partition(b"\n")
    try:
        said = json.loads(head)
        number, checksum = said["format"], said["crc32"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError("it is damaged") from error
    if type(number) is not int or checksum != zlib.crc32(body):
        raise DamagedError("it is damaged")
    if number != FORMAT:
        raise OtherFormatError(number)
    # The checksum is right: this is what was written, though perhaps by another program.
    try:
        return _read(body)[key]
    except KeyError as error:
        raise DamagedError("it is another replication's") from error


def _read(body: bytes) -> dict[Key, Summary]:
    with np.load(BytesIO(zlib.decompress(body)), allow_pickle=False) as arrays:
        words = np.array(json.loads(arrays[_WORDS].tobytes()), dtype=object)
        tables = {
            table: {
                name: words[arrays[f"{table}.{name}"]]
                if kind is object
                else arrays[f"{table}.{name}"]
                for name, kind in TYPES[table].items()
            }
            for table in TABLES
        }
    for table, columns in tables.items():
        found = {name: column.dtype for name, column in columns.items()}
        if wrong := misfit(found, {name: np.dtype(kind) for name, kind in TYPES[table].items()}):
            raise DamagedError(wrong)
    return summaries_of(tables)


def _coded(column: NDArray[Any], words: dict[str, int]) -> NDArray[np.int32]:
    cells = column.tolist()
    # Thousands of cells hold some dozen words: only these are looked at one by one.
    for word in dict.fromkeys(cells):
        words.setdefault(word, len(words))
    return np.fromiter(map(words.__getitem__, cells), np.int32, len(cells))
