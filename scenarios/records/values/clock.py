"""Times of day and lengths of time, as milliseconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

DAY_MS = 86_400_000
_CLOCK = re.compile(
    r"^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?\s*(m)?\.?$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"^(\d{1,2})\s*([ap])\.?\s*m\.?$", re.IGNORECASE)
_LENGTH = re.compile(r"^(-)?(?:(\d+)[d. ]\s*)?(?:(\d+):)?(\d{1,6}):(\d{1,2})(?:[.,](\d{1,9}))?$")
_UNITS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(ms|days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s)\b\.?,?\s*",
    re.IGNORECASE,
)
_ISO = re.compile(r"^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d[\d ,.']*$|^-?[.,]\d+$")
UNIT_MS = {"ms": 1.0, "s": 1000.0, "min": 60_000.0, "h": 3_600_000.0, "d": float(DAY_MS)}


def clock_ms(text: str) -> int | None:
    """Milliseconds since midnight of a time of day on a 12- or 24-hour clock; None for others.

    24:00 is the end of the day.
    """
    if found := _CLOCK.match(text):
        hours, minutes, seconds, part, half, _ = found.groups()
        ms = int((part or "0").ljust(3, "0")[:3])
        return _of_day(int(hours), int(minutes), int(seconds or 0), ms, half)
    if found := _HOUR.match(text):
        return _of_day(int(found[1]), 0, 0, 0, found[2])
    return None


def _of_day(hours: int, minutes: int, seconds: int, ms: int, half: str | None) -> int | None:
    if half:
        if not 0 < hours <= 12:
            # 13:05 PM: the hour says it already.
            return (
                None
                if half.lower() == "a" or hours > 23
                else _of_day(hours, minutes, seconds, ms, None)
            )
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
    return total if minutes < 60 and seconds < 60 and total <= DAY_MS else None


def clock_reader(texts: Sequence[str]) -> Callable[[str], int | None]:
    """A function from the text of a time of day to milliseconds, for a column of such texts.

    Whole numbers are hours when none is over 24, otherwise hours and minutes in one (800 is
    08:00); fractions under 1 are parts of a day, as spreadsheets keep times.
    """
    numbers = [
        number for text in texts if ":" not in text and (number := _plain_number(text)) is not None
    ]
    whole = all(number.is_integer() for number in numbers)
    if numbers and not whole and max(numbers) <= 1:
        unit = float(DAY_MS)
    elif numbers and whole and max(numbers) <= 24 and len(numbers) * 2 > len(texts):
        unit = UNIT_MS["h"]
    else:
        unit = 0.0

    def read(text: str) -> int | None:
        if ":" in text:
            return clock_ms(text)
        number = _plain_number(text)
        if number is None:
            return clock_ms(text)
        if unit:
            ms = round(number * unit)
            return ms if 0 <= ms <= DAY_MS else None
        if not number.is_integer() or number < 0:
            return None
        hours, minutes = divmod(int(number), 100)
        return _of_day(hours, minutes, 0, 0, None)

    return read


_PLAIN = re.compile(r"\d+(\.\d+)?")


def _plain_number(text: str) -> float | None:
    return float(text) if len(text) < 20 and _PLAIN.fullmatch(text) else None


def length_ms(text: str, unit_ms: float) -> float | None:
    """Milliseconds of a length of time; a number without punctuation is in units of `unit_ms`.

    Two numbers with a colon are minutes and seconds, three are hours, minutes and seconds.
    """
    if _NUMBER.match(text):
        value = number(text)
        return None if value is None else value * unit_ms
    if found := _LENGTH.match(text):
        sign, days, hours, minutes, seconds, part = found.groups()
        if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
            return None
        total = (int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes)
        ms = (total * 60 + int(seconds)) * 1000 + int((part or "0").ljust(3, "0")[:3])
        return float(-ms if sign else ms)
    return _in_words(text)


def _in_words(text: str) -> float | None:
    if text[:1] in "Pp" and len(text) > 2 and (found := _ISO.match(text)):
        parts = [float((part or "0").replace(",", ".")) for part in found.groups()]
        return ((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60_000 + parts[3] * 1000
    if not _UNITS.match(text) or _UNITS.sub("", text).strip():
        return None
    total = 0.0
    for amount, unit in _UNITS.findall(text):
        name = unit.lower()
        key = "ms" if name == "ms" else "min" if name.startswith("m") else name[0]
        total += float(amount.replace(",", ".")) * UNIT_MS[key]
    return total


def number(text: str) -> float | None:
    """A number with a point or comma for decimals and signs between thousands; None for others."""
    bare = text.replace(" ", "").replace("\u00a0", "").replace("'", "").replace("\u202f", "")
    if len(bare) > 40 or not re.fullmatch(r"[-+]?[\d.,]*\d[\d.,]*", bare):
        return None
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return float(bare)
    sign = bare[last]
    other = "," if sign == "." else "."
    thousands = bare.count(sign) > 1 or (
        sign == ","
        and len(bare) - last == 4
        and bare.count(other) == 0
        and not bare.startswith("0")
    )
    cleaned = bare.replace(other, "")
    cleaned = cleaned.replace(sign, "") if thousands else cleaned.replace(sign, ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


def share(text: str) -> tuple[float, bool] | None:
    """A share as it is written, and whether a % sign stands with it; None for what is none."""
    bare = text.strip()
    signed = bare.endswith("%") or bare.startswith("%")
    value = number(bare.strip("% "))
    return None if value is None else (value, signed)
