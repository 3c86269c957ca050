"""Rows of the trace by the names of their columns, so that nothing depends on their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sim.trace.trace import SPANS

Row = tuple[float, ...]
"""A number for each column of a table, in the table's order."""


def row_of(columns: Iterable[str], owner: type, **elsewhere: str) -> Callable[[Any], Row]:
    """What makes a row of an object: a column is the attribute of the same name.

    Args:
        columns: names of a table's columns, in order.
        owner: class of the objects.
        elsewhere: where to find the columns with another name, as in ``case="case.number"``.

    Raises:
        TypeError: a column of ``elsewhere`` is not in the table, or an attribute not in the class.
    """
    names = list(columns)
    unknown = [name for name in elsewhere if name not in names]
    paths = [elsewhere.get(name, name) for name in names]
    unknown += [path for path in paths if not hasattr(owner, path.partition(".")[0])]
    assert all(part.isidentifier() for path in paths for part in path.split("."))
    if unknown:
        raise TypeError(f"rows of {owner.__name__}: no column or attribute {', '.join(unknown)}")
    # Written out as by hand, as NamedTuple does it: attrgetter takes twice as long for a row.
    cells = ", ".join(f"it.{path}" for path in paths)
    made: Callable[[Any], Row] = eval(f"lambda it: ({cells},)")  # noqa: S307 - names checked above
    return made


def span(agent: int, state: int, start: float, end: float) -> Row:
    """A row of ``spans``; twice as many are written as of all others together."""
    return (agent, state, start, end)


if tuple(SPANS) != span.__code__.co_varnames:
    raise TypeError("span() does not write the columns of SPANS in their order")
