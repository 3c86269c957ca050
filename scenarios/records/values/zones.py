"""From the clock that records were written on to the centre's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from scenarios.records.columns import Times

_HOUR_MS = 3_600_000
_FARTHEST = 250_000_000
"""Quarters of an hour from 1970 that are no real date: the year 9100."""


def zone_named(name: str) -> ZoneInfo | None:
    """A time zone by its name, as in "Europe/Berlin"; None when there is none."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(utc: Times, zone: ZoneInfo) -> Times:
    """Moments in UTC on the local clock of a zone, clock changes included."""

    def offset(quarter: dt.datetime) -> dt.timedelta | None:
        return quarter.replace(tzinfo=dt.UTC).astimezone(zone).utcoffset()

    return _moved(utc, offset, 1)


def utc(times: Times, zone: ZoneInfo) -> Times:
    """Moments on the clock of a zone in UTC; of an hour that comes twice, the first."""
    return _moved(times, lambda quarter: quarter.replace(tzinfo=zone).utcoffset(), -1)


def _moved(
    times: Times, offset: Callable[[dt.datetime], dt.timedelta | None], direction: int
) -> Times:
    """Moments, each moved by the offset of its quarter of an hour."""
    ms = times.astype("datetime64[ms]")
    known = ~np.isnat(ms)
    quarters = ms[known].astype(np.int64) // (_HOUR_MS // 4)
    each, places = np.unique(quarters, return_inverse=True)
    offsets = np.array([_offset_ms(int(quarter), offset) for quarter in each], dtype=np.int64)
    moved = ms.copy()
    moved[known] = ms[known] + direction * offsets[places].astype("timedelta64[ms]")
    return moved


def _offset_ms(quarter: int, offset: Callable[[dt.datetime], dt.timedelta | None]) -> int:
    if not -60_000_000 < quarter < _FARTHEST:
        return 0
    found = offset(dt.datetime.fromtimestamp(quarter * 900, tz=dt.UTC).replace(tzinfo=None))
    return 0 if found is None else int(found.total_seconds() * 1000)


def changes(days: npt.NDArray[np.datetime64], zone: ZoneInfo) -> list[np.datetime64]:
    """Those of some dates on which the clock of a zone changes."""
    found = []
    for day in days:
        noon = dt.datetime.combine(day.astype("datetime64[D]").item(), dt.time(0), zone)
        after = noon + dt.timedelta(days=1)
        if noon.utcoffset() != after.utcoffset():
            found.append(day)
    return found
