"""Times of calls put together: dates and clocks, midnight, "never", and zones."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

import numpy as np

from scenarios.records.columns import Flags, Numbers
from scenarios.records.mapping import Mapping
from scenarios.records.values.clock import DAY_MS
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Moments
from scenarios.records.values.zones import local, utc, zone_named

_HALF_DAY_MS = DAY_MS / 2
_HOUR_MS = 3_600_000
_SENTINEL_SHARE = 0.002
"""A clock stands at 0:00:00 in one of 86,400 rows; more often it means that nothing happened."""
_FEW = 20


def absolute(
    moments: MappingOf[str, Moments], arrived: str, mapping: Mapping, notes: Notes
) -> dict[str, Numbers]:
    """Milliseconds since 1970 on the local clock for each column of times.

    Args:
        moments: The columns by field, perhaps with "date".
        arrived: The field that the others follow.
        mapping: For time zones.
        notes: Where to note what was found.
    """
    base_days = _base_days(moments, arrived)
    made: dict[str, Numbers] = {}
    begun: Numbers | None = None
    past_midnight, sentinels = 0, {}
    for name in [arrived, *(name for name in moments if name not in (arrived, "date"))]:
        column = moments[name]
        days = np.where(np.isnan(column.days), base_days, column.days)
        clock = column.clock_ms
        if begun is not None:
            # A column may hold clocks only in rows, or nothing at all.
            bare = np.isnan(column.days) & ~np.isnan(clock)
            never = _never(clock, bare, begun)
            if never.any():
                sentinels[name.replace("_", " ")] = int(never.sum())
            clock = np.where(never, np.nan, clock)
        times = days * DAY_MS + clock
        if begun is not None:
            later = bare & (times < begun - _HALF_DAY_MS)
            past_midnight += int(later.sum())
            times = np.where(later, times + DAY_MS, times)
        else:
            begun = times
        made[name] = _on_local_clock(times, column.offset_min, mapping)
    if sentinels:
        listed = ", ".join(f"{name} ({rows:,})" for name, rows in sentinels.items())
        notes.say(
            f"0:00:00 stands for what never happened, in rows of {listed}.",
            "It counts as never happened, not as midnight.",
        )
    if past_midnight:
        notes.say(
            f"Contacts run past midnight: {past_midnight:,} times of day are of the next date.",
            "They were counted with the day on which the contact began.",
        )
    _say_zones(moments, mapping, notes)
    return made


def _base_days(moments: MappingOf[str, Moments], arrived: str) -> Numbers:
    days = moments[arrived].days
    if "date" in moments:
        days = np.where(np.isnan(days), moments["date"].days, days)
    return days


def _never(clock: Numbers, bare: Flags, begun: Numbers) -> Flags:
    """Rows in which 0:00:00 stands for "never happened"."""
    zero = bare & (clock == 0.0)
    if not zero.any():
        return np.asarray(zero)
    near = bare & (clock > 0) & (clock < 600_000)
    often = zero.sum() > max(_SENTINEL_SHARE * bare.sum(), 5 * near.sum() / 599 + 1)
    if not often or bare.sum() < _FEW:
        # A midnight that follows an arrival shortly before it is one.
        zero &= np.mod(begun, DAY_MS) < DAY_MS - _HOUR_MS
    return np.asarray(zero)


def _on_local_clock(times: Numbers, offset_min: Numbers, mapping: Mapping) -> Numbers:
    zone, recorded = zone_named(mapping.time_zone), zone_named(mapping.recorded_in)
    has = ~np.isnan(offset_min)
    if zone is None or not (has.any() or recorded is not None):
        return times
    stamped = as_times(times - np.where(has, offset_min, 0.0) * 60_000)
    if recorded is not None:
        plain_ones = as_times(np.where(has, np.nan, times))
        stamped = np.where(has, stamped, utc(plain_ones, recorded))
        has = ~np.isnan(times)
    moved = as_ms(local(stamped, zone))
    return np.where(has, moved, times)


def _say_zones(moments: MappingOf[str, Moments], mapping: Mapping, notes: Notes) -> None:
    offsets = [column.offset_min[~np.isnan(column.offset_min)] for column in moments.values()]
    stamped = sum(len(each) for each in offsets)
    if mapping.time_zone:
        if stamped or mapping.recorded_in:
            notes.say("Times carry a time zone.", f"They were moved to {mapping.time_zone}.")
    elif stamped:
        utc_only = all((each == 0).all() for each in offsets)
        said = "The times are in UTC." if utc_only else "The times carry their distance to UTC."
        notes.say(
            said,
            "They were taken as the local clock, as they stand: no time zone is given.",
            'If opening hours look moved, write time_zone = "Europe/Lisbon" in a mapping file.'
            if utc_only
            else "",
        )


def as_times(ms: Numbers) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """Milliseconds since 1970 as moments, NaT where there are none."""
    known = np.isfinite(ms) & (np.abs(ms) < 2.5e14)
    made = np.where(known, ms, 0.0).round().astype(np.int64).astype("datetime64[ms]")
    made[~known] = np.datetime64("NaT")
    return made


def as_ms(times: np.ndarray[tuple[int], np.dtype[np.datetime64]]) -> Numbers:
    """Moments as milliseconds since 1970, NaN where there are none."""
    whole = times.astype("datetime64[ms]")
    return np.where(np.isnat(whole), np.nan, whole.astype(np.int64).astype(np.float64))
