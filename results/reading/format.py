"""Numbers as people read them: 48 s, 83.1 %, €410, 12.4 k.

Tables, charts, sentences and screens all write numbers through this module. Files for programs
(JSON, CSV, Parquet) keep the plain numbers.
"""

from __future__ import annotations

import math

from scenarios.shares import percent_as_given

UNDEFINED = "–"
"""What stands for a number that does not exist."""

MINUS = "−"


def duration(seconds: float) -> str:
    """A length of time in one unit: ``3.4 s``, ``48 s``, ``12.1 min``, ``2.4 h``, ``2.4 days``."""
    if not math.isfinite(seconds):
        return number(seconds)
    size = abs(seconds)
    if size < 119.5:
        return _signed(seconds, f"{size:.{0 if size >= 9.95 or not size else 1}f} s")
    limits = ((7_200.0, 60.0, "min"), (172_800.0, 3_600.0, "h"), (math.inf, 86_400.0, "days"))
    one, unit = next((one, unit) for limit, one, unit in limits if size < limit)
    return _signed(seconds, f"{size / one:,.{0 if size / one >= 99.95 else 1}f} {unit}")


def minutes(seconds: float) -> str:
    """A length of time as in a column of an interval table, always alike: ``0:03``, ``12:05``."""
    if not math.isfinite(seconds):
        return number(seconds)
    return f"{round(seconds) // 60}:{round(seconds) % 60:02d}"


def share(fraction: float) -> str:
    """A share of a whole: ``83.1 %``; under one per cent with two decimals."""
    return UNDEFINED if math.isnan(fraction) else _signed(fraction, f"{_percent(fraction)} %")


def goal(amount: float, unit: str, currency: str = "€") -> str:
    """A value that somebody chose, with the digits that were chosen: ``80 %``, not ``80.0 %``."""
    return percent_as_given(amount) if unit == "share" else value(amount, unit, currency)


def points(fraction: float) -> str:
    """A difference between two shares in percentage points: ``18.3 points``."""
    return UNDEFINED if math.isnan(fraction) else _signed(fraction, f"{_percent(fraction)} points")


def number(value: float) -> str:
    """A count or a plain number: ``0.83``, ``4.2``, ``987``, ``9,876``, ``12.4 k``, ``1.2 M``."""
    size = abs(value)
    if math.isnan(value):
        return UNDEFINED
    if math.isinf(value):
        text = "∞"
    elif size >= 999_950:
        text = f"{size / 1e6:,.1f} M"
    elif round(size) >= 10_000:
        text = f"{size / 1e3:.1f} k"
    elif size >= 99.95 or size == round(size):
        text = f"{size:,.0f}"
    else:
        text = f"{size:.1f}" if round(size, 2) >= 1.0 else f"{size:.2f}"
    return _signed(value, text)


def money(amount: float, currency: str = "€") -> str:
    """An amount of money: ``€3.20``, ``€410``, ``€12.4 k``; codes stand apart, ``EUR 410``."""
    if math.isnan(amount):
        return UNDEFINED
    size = abs(amount)
    whole = size if size < 20 else math.floor(size + 0.5)
    digits = f"{size:.2f}" if _has_cents(amount) else number(whole)
    return _signed(amount, f"{currency} {digits}" if currency.isalpha() else currency + digits)


def value(amount: float, unit: str, currency: str = "€") -> str:
    """A measure's value as text, by the unit of the measure.

    Args:
        amount: the value; NaN is written as a dash.
        unit: ``s`` is a length of time, ``hours`` are hours of work, ``share`` is a fraction of
            1, ``money`` is in the scenario's currency; any other unit is a plain number.
        currency: the scenario's currency sign or code.
    """
    if math.isnan(amount):
        return UNDEFINED
    if unit == "s":
        return duration(amount)
    if unit == "share":
        return share(amount)
    if unit == "money":
        return money(amount, currency)
    return f"{number(amount)} h" if unit == "hours" else number(amount)


def size(amount: float, unit: str, currency: str = "€") -> str:
    """How large a difference is, without its sign; shares in points."""
    return points(abs(amount)) if unit == "share" else value(abs(amount), unit, currency)


def change(amount: float, unit: str, currency: str = "€") -> str:
    """A difference with its sign: ``+84 s``, ``−18.3 points``, ``+€410``."""
    text = size(amount, unit, currency)
    return "+" + text if amount > 0.0 and not is_nothing(text) else _signed(amount, text)


def margin(half_width: float, unit: str, estimate: float = math.nan) -> str:
    """How far an estimate may be off, next to the estimate that shows the unit: ``±1.1``.

    Args:
        half_width: of the interval.
        unit: of the measure.
        estimate: next to it; next to an amount without cents the margin of money has none either,
            unless that would leave nothing of it.
    """
    if math.isnan(half_width):
        return UNDEFINED
    if unit == "money" and half_width >= 0.5 and not _has_cents(estimate):
        half_width = math.floor(half_width + 0.5)
    if unit == "share":
        percent = half_width * 100.0
        return f"±{percent:.1f}" if percent >= 0.095 or not percent else f"±{percent:.2f}"
    return "±" + (money(half_width, "") if unit == "money" else value(half_width, unit))


def _has_cents(amount: float) -> bool:
    """Whether an amount of money is written with its cents; small ones are, and NaN."""
    return not abs(amount) >= 19.995 and amount != round(amount, 0)


def _percent(fraction: float) -> str:
    percent = abs(fraction) * 100.0
    return f"{percent:.2f}" if 0.0 < percent < 0.995 else f"{percent:.1f}"


def _signed(amount: float, text: str) -> str:
    return MINUS + text if amount < 0.0 and not is_nothing(text) else text


def is_nothing(text: str) -> bool:
    """True for what is written as zero: it has no sign, and is no difference to a reader."""
    return not any(digit in text for digit in "123456789∞")
