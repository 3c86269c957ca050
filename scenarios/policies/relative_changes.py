"""Relative changes: a number changed by a number, as in ``groups.front_line.heads += 2``."""

from __future__ import annotations

from decimal import Decimal
from math import floor, isfinite
from typing import Any

from scenarios.files.toml_text import parse_key

SIGNS = ("+=", "-=", "*=", "/=")
"""How a key says that its value changes what is there, instead of replacing it."""


def split(key: str) -> tuple[str, str]:
    """The key path and the sign of a change; the sign is empty where a value is set."""
    bare = key.rstrip()
    if bare.endswith(SIGNS):
        return bare[:-2].rstrip(), bare[-2:]
    return key, ""


def place_of(key: str) -> tuple[str, ...] | None:
    """The key path that a change is about, without its sign; None when it is no key path."""
    return parse_key(split(key)[0])


def is_number(value: Any) -> bool:
    """Whether a value can be changed by a number, or be that number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def result_of(old: float, sign: str, by: float, *, whole: bool) -> float:
    """What a number becomes, as a person would work it out: 300 times 1.1 is 330.

    Args:
        old: the number that is there.
        sign: one of ``SIGNS``.
        by: the number it is changed by.
        whole: a whole number is wanted; halves are rounded up.

    Raises:
        ZeroDivisionError: it is divided by 0.
    """
    a, b = Decimal(repr(old)), Decimal(repr(by))
    if sign == "/=" and not b:
        raise ZeroDivisionError
    result = {"+=": a.__add__, "-=": a.__sub__, "*=": a.__mul__, "/=": a.__truediv__}[sign](b)
    if whole:
        return floor(result + Decimal("0.5"))
    number = float(result)
    return int(number) if isinstance(old, int) and number.is_integer() else number
