"""Times as they are typed: ``14:30``, ``tue 9:00``, ``day 3 14:30``."""

from __future__ import annotations

import re
from collections.abc import Callable

from scenarios.parts.clock import DAY_S

_TIME = re.compile(
    r"^(?:(?:day\s*)(?P<day>\d+)\s+|(?P<weekday>[a-z]{2,9})\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})$",
    re.IGNORECASE,
)


def read_time(
    text: str, now: float, horizon_s: float, weekday: Callable[[int], str]
) -> float | str:
    """Seconds from midnight of the first day, or a readable message about what is wrong.

    Args:
        text: a time of the present day, or with a weekday (its next one, from today on) or the
            number of a day before it.
        now: the time on the floor.
        horizon_s: when the run ends.
        weekday: the weekday of a day of the run, numbered from 0.
    """
    found = _TIME.match(text.strip())
    if found is None or int(found["hour"]) > 24 or int(found["minute"]) > 59:
        return "A time is written as 14:30, tue 9:00 or day 3 14:30."
    days, today = int(horizon_s // DAY_S), int(now // DAY_S)
    if found["day"]:
        day = int(found["day"]) - 1
    elif found["weekday"]:
        named = found["weekday"].lower()
        week = (*range(today, days), *range(today))
        coming = [day for day in week if weekday(day).startswith(named)]
        if not coming:
            return f"No day of this run is a {found['weekday']}."
        day = coming[0]
    else:
        day = today
    if not 0 <= day < days:
        return f"The run has {days} days." if days > 1 else "The run has one day."
    return float(day * DAY_S + int(found["hour"]) * 3600 + int(found["minute"]) * 60)
