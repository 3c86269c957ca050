"""Dates as they are written: ISO, day first, month first, with names of months, as numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
EPOCH = dt.date(1970, 1, 1)

_MONTHS: dict[str, int] = {}
for _names in (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "jan feb mär apr mai jun jul aug sep okt nov dez",
    "janv févr mars avr mai juin juil août sept oct nov déc",
):
    for _place, _name in enumerate(_names.split(), 1):
        _MONTHS.setdefault(_name, _place)

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_PARTS = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
_WORDS = re.compile(r"^(?:[^\W\d_]+\.?,? )?(\d{1,2})[-/. ]+([^\W\d_]{3,})\.?[-/., ]+(\d{4}|\d{2})$")
_WORDS_US = re.compile(
    r"^(?:[^\W\d_]+,? )?([^\W\d_]{3,})\.?[-/. ]+(\d{1,2}),?[-/. ]+(\d{4}|\d{2})$"
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,? (?=\d)")
_COMPACT = re.compile(r"^(\d{4}|\d{2})(\d{2})(\d{2})$")
EPOCH_SERIAL = (dt.date(1899, 12, 30) - EPOCH).days
"""The day that spreadsheets number 0."""

Read = Callable[[str], "int | None"]


def order_of(texts: Sequence[str]) -> tuple[str, bool]:
    """Whether days or months stand first in dates as 03/04/2026, and whether that is sure.

    A part over 12 settles it. Otherwise the order is taken that puts the dates closer together,
    and with points or dashes the day first.
    """
    parts = [found.groups() for text in texts if (found := _PARTS.match(_bare(text)))]
    if not parts:
        return DAY_FIRST, True
    first = sum(1 for a, _, _ in parts if int(a) > 12)
    second = sum(1 for _, b, _ in parts if int(b) > 12)
    if first or second:
        return (DAY_FIRST if first > second else MONTH_FIRST), True
    by_day = {(int(y), int(b), int(a)) for a, b, y in parts}
    by_month = {(int(y), int(a), int(b)) for a, b, y in parts}
    months = [len({(y, m) for y, m, _ in dates}) for dates in (by_day, by_month)]
    if months[0] != months[1]:
        return (DAY_FIRST if months[0] < months[1] else MONTH_FIRST), max(months) > 3
    signs = Counter("/" in text for text in texts)
    return (MONTH_FIRST if signs[True] >= signs[False] else DAY_FIRST), False


def reader(texts: Sequence[str], order: str) -> Read:
    """A function from the text of a date to its days since 1970, None for what is no date.

    Args:
        texts: The dates that will be read, all different: numbers without punctuation are taken
            as they make sense for most of them.
        order: `DAY_FIRST` or `MONTH_FIRST`.
    """
    serial = sum(1 for text in texts if _serial(text) is not None)
    numbers = _serial if serial * 2 > len(texts) else _compact

    def read(text: str) -> int | None:
        bare = _bare(text)
        if found := _ISO.match(bare):
            return _days(*map(int, found.groups()))
        if found := _PARTS.match(bare):
            a, b, y = map(int, found.groups())
            day, month = (a, b) if order == DAY_FIRST else (b, a)
            if month > 12 >= day:
                day, month = month, day
            return _days(_year(y), month, day)
        return _in_words(bare) if not bare.replace(".", "").isdigit() else numbers(bare)

    return read


def _bare(text: str) -> str:
    one = " ".join(text.split())
    rest = _WEEKDAY.sub("", one)
    return rest if _ISO.match(rest) or _PARTS.match(rest) else one


def _in_words(text: str) -> int | None:
    if found := _WORDS.match(text):
        day, name, year = found.groups()
    elif found := _WORDS_US.match(text):
        name, day, year = found.groups()
    else:
        return None
    month = _MONTHS.get(name.lower()[:3]) or _MONTHS.get(name.lower()[:4])
    return None if month is None else _days(_year(int(year)), month, int(day))


def _compact(text: str) -> int | None:
    """990131 and 20260131."""
    found = _COMPACT.match(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return _days(_year(year), month, day)


def _serial(text: str) -> int | None:
    """A day as a spreadsheet numbers it, between 1982 and 2064."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not 30_000 <= number < 60_000:
        return None
    return EPOCH_SERIAL + int(number)


def _year(year: int) -> int:
    if year > 99:
        return year
    return year + (2000 if year < 70 else 1900)


def _days(year: int, month: int, day: int) -> int | None:
    try:
        return (dt.date(year, month, day) - EPOCH).days
    except ValueError:
        return None
