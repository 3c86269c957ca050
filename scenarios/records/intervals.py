"""Interval reports: one row for each queue and interval of the day."""

from dataclasses import dataclass

from scenarios.records.columns import Codes, Columns, Numbers, Times
from scenarios.records.report import DataReport


@dataclass(frozen=True, eq=False)
class Figures(Columns):
    """What interval reports say of each queue and interval.

    Attributes:
        length_s: Length of the interval in seconds.
        queue: Code in `queue_names`.
        offered: Contacts that came in.
        answered: Contacts that were answered.
        abandoned: Contacts that hung up before an answer.
        service_level: Share (0 to 1) answered within `service_level_s`.
        asa_s: Mean wait of the answered.
        abandon_wait_s: Mean wait of the abandoned.
        aht_s: Mean handling time: talk, hold and wrap-up.
        talk_s: Mean talk, without hold.
        hold_s: Mean hold.
        wrap_up_s: Mean work after the talk.
        staffed: Agents logged on, as a mean over the interval.
        available: Agents idle and ready, as a mean over the interval.
        away: Agents logged on but away (breaks, other work), as a mean over the interval.
        occupancy: Share of staffed time spent on contacts.
        required: Agents planned.
        forecast: Contacts forecast.
        forecast_aht_s: Handling time forecast.
        within: Counts answered within each of `within_s`, rows × bands (rows × 0 where absent).
    """

    length_s: Numbers
    queue: Codes
    offered: Numbers
    answered: Numbers
    abandoned: Numbers
    service_level: Numbers
    asa_s: Numbers
    abandon_wait_s: Numbers
    aht_s: Numbers
    talk_s: Numbers
    hold_s: Numbers
    wrap_up_s: Numbers
    staffed: Numbers
    available: Numbers
    away: Numbers
    occupancy: Numbers
    required: Numbers
    forecast: Numbers
    forecast_aht_s: Numbers
    within: Numbers


@dataclass(frozen=True, eq=False)
class Intervals(Figures):
    """Cleaned interval reports, in order of time and queue, on the centre's local clock.

    Attributes:
        start: Beginning of the interval.
        service_level_s: Seconds of the target of the service level, NaN where the report does not
            say.
        within_s: The bounds of the bands in seconds, increasing.
        queue_names: The queues by code.
        report: What was found in the records.
    """

    start: Times
    service_level_s: Numbers
    within_s: tuple[float, ...]
    queue_names: tuple[str, ...]
    report: DataReport
