"""Columns of the tables in a run folder: their type, what is in them, and in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from results.runs.parquet import Types


class Column(NamedTuple):
    """A column, and what is in it."""

    kind: type[Any]
    """``object`` is text."""
    meaning: str
    unit: str = ""
    """Empty for text, counts and plain numbers."""


Columns = Mapping[str, Column]
"""By name, in the order of the table."""


def types_of(columns: Columns) -> Types:
    """The types by name."""
    return {name: column.kind for name, column in columns.items()}
