"""Cells: a value of a database as something that JSON, CSV and a table can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_WITHOUT_END = (date.max, date.min)
"""The days of what DuckDB makes of a time that is infinite."""


def plain(value: Any) -> Any:
    """A value as text, a number, true, false, None, a list or a mapping of such.

    Times are ISO 8601, an interval is its seconds (a month has 30 days), bytes are hexadecimal
    digits after 0x. A decimal is a number where no digit is lost, otherwise text.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, date | time):
        return _iso(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | bytearray | memoryview):
        return f"0x{bytes(value).hex()}"
    if isinstance(value, Mapping):
        return {_key(name): plain(one) for name, one in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [plain(one) for one in value]
    return str(value)


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each once: the second ``a`` is called ``a_2``, the third ``a_3``."""
    taken, seen = set(names), Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        new = name
        while seen[name] > 1 and new in taken:
            new = f"{name}_{seen[name]}"
            seen[name] += new in taken
        taken.add(new)
        found.append(new)
    return tuple(found)


def _decimal(value: Decimal) -> float | int | str:
    if not value.is_finite():
        return float(value)
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return int(value)
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)


def _iso(value: date | time) -> str | None:
    day = value.date() if isinstance(value, datetime) else value
    return None if day in _WITHOUT_END else value.isoformat()


def _key(name: Any) -> str:
    shown = plain(name)
    return shown if isinstance(shown, str) else str(shown)
