"""From the clock that records were written on to the centre's own."""

from __future__ import annotations

import datetime as dt
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
    ms = utc.astype("datetime64[ms]")
    known = ~np.isnat(ms)
    quarters = ms[known].astype(np.int64) // (_HOUR_MS // 4)
    each, places = np.unique(quarters, return_inverse=True)
    offsets = np.array([_offset_ms(int(quarter), zone) for quarter in each], dtype=np.int64)
    moved = ms.copy()
    moved[known] = ms[known] + offsets[places].astype("timedelta64[ms]")
    return moved


def _offset_ms(quarter: int, zone: ZoneInfo) -> int:
    if not -60_000_000 < quarter < _FARTHEST:
        return 0
    offset = dt.datetime.fromtimestamp(quarter * 900, tz=dt.UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1000)


def changes(days: npt.NDArray[np.datetime64], zone: ZoneInfo) -> list[np.datetime64]:
    """Those of some dates on which the clock of a zone changes."""
    found = []
    for day in days:
        noon = dt.datetime.combine(day.astype("datetime64[D]").item(), dt.time(0), zone)
        after = noon + dt.timedelta(days=1)
        if noon.utcoffset() != after.utcoffset():
            found.append(day)
    return found


def utc(times: Times, zone: ZoneInfo) -> Times:
    """Moments on the clock of a zone in UTC; of an hour that comes twice, the first."""
    ms = times.astype("datetime64[ms]")
    known = ~np.isnat(ms)
    quarters = ms[known].astype(np.int64) // (_HOUR_MS // 4)
    each, places = np.unique(quarters, return_inverse=True)
    offsets = np.array([_wall_offset_ms(int(quarter), zone) for quarter in each], dtype=np.int64)
    moved = ms.copy()
    moved[known] = ms[known] - offsets[places].astype("timedelta64[ms]")
    return moved


def _wall_offset_ms(quarter: int, zone: ZoneInfo) -> int:
    if not -60_000_000 < quarter < _FARTHEST:
        return 0
    wall = dt.datetime.fromtimestamp(quarter * 900, tz=dt.UTC).replace(tzinfo=zone)
    offset = wall.utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1000)
