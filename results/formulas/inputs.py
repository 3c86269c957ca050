"""Checks of the numbers that go into a queueing formula, with refusals a person can act on."""

import math
import operator

MOST = 10**12
"""Agents, lines and erlangs beyond this are a slip; the formulas are tested up to here."""


def not_negative(name: str, value: float) -> float:
    """Accept a finite number of 0 or more.

    Raises:
        ValueError: the value is below 0, infinite or not a number.
    """
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{name} is {value!r}, but it must be a finite number of 0 or more.")
    return float(value)


def above_zero(name: str, value: float) -> float:
    """Accept a finite number above 0.

    Raises:
        ValueError: the value is 0 or below, infinite or not a number.
    """
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} is {value!r}, but it must be a finite number above 0.")
    return float(value)


def whole_number(name: str, value: int, least: int = 1) -> int:
    """Accept a whole number of agents, lines or places.

    Raises:
        ValueError: the value has a fraction, is below `least` or above `MOST`.
    """
    try:
        number = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} is {value!r}, but it must be a whole number.") from None
    if number < least:
        raise ValueError(f"{name} is {number}, but it must be at least {least}.")
    if number > MOST:
        raise ValueError(f"{name} is too large: it must be at most {MOST:,}.")
    return number


def carried_load(load: float) -> float:
    """Accept a load in erlangs that a formula can take.

    Raises:
        ValueError: the load is above `MOST`.
    """
    if not load <= MOST:
        raise ValueError(
            f"{load:.4g} erlangs are offered, but the formulas take at most {MOST:,}: look at "
            "contacts_per_hour and aht_s."
        )
    return load


def share_below_one(name: str, value: float) -> float:
    """Accept a share from 0 up to, not including, 1.

    Raises:
        ValueError: the value is outside that range.
    """
    if not 0 <= value < 1:
        raise ValueError(
            f"{name} is {value!r}, but it must be a share from 0 up to, not including, 1 "
            "(80 % is 0.8)."
        )
    return float(value)


def share_above_zero(name: str, value: float) -> float:
    """Accept a share above 0, up to and including 1.

    Raises:
        ValueError: the value is outside that range.
    """
    if not 0 < value <= 1:
        raise ValueError(
            f"{name} is {value!r}, but it must be a share above 0 and at most 1 (80 % is 0.8)."
        )
    return float(value)
