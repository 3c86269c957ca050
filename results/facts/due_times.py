"""Due times: when each of many contacts is due by the opening hours, all in one step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar.hours import OpenHours
from scenarios.parts.clock import HoursOrCalendar

Floats = NDArray[np.float64]


def due_times(hours: OpenHours, made: Floats, seconds: float, clock: HoursOrCalendar) -> Floats:
    """When each is due, the same to the bit as ``hours.due`` says of one.

    Args:
        hours: in which the seconds count.
        made: seconds from the begin of the horizon, shape (n,).
        seconds: until it is due, not below zero.
        clock: the opening hours or the calendar.

    Returns:
        Seconds from the begin of the horizon, shape (n,).
    """
    spans = hours.spans
    if clock == "calendar" or hours.never_close or not spans or seconds == 0.0:
        return made + seconds
    open_s = sum(end - start for start, end in spans)
    periods, rest = np.divmod(made, hours.period_s)
    passed = np.zeros(len(made))
    for start, end in spans:
        passed += np.clip(rest - start, 0.0, end - start)
    periods, wanted = np.divmod(periods * open_s + passed + seconds, open_s)
    at_the_end = wanted == 0.0  # the end of a period's hours comes before the next
    periods, wanted = periods - at_the_end, np.where(at_the_end, open_s, wanted)
    due, found = np.full(len(made), spans[-1][1]), np.zeros(len(made), dtype=np.bool_)
    for start, end in spans:
        here = ~found & (wanted <= end - start)
        due[here], found = start + wanted[here], found | here
        wanted = wanted - (end - start)
    due_at: Floats = periods * hours.period_s + due
    return due_at
