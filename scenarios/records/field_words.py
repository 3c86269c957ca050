"""What fields of records are called, and what it costs when the records lack them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scenarios.records.mapping import Mapping

FIELDS: dict[str, dict[str, str]] = {
    "contacts": {
        "date": "date",
        "arrived": "came in",
        "menu_left": "left the menu",
        "menu_s": "time in the menu",
        "queued": "into the queue",
        "left_queue": "out of the queue",
        "answered": "answered at (or yes/no)",
        "ended": "end of the talk",
        "wait_s": "waited",
        "talk_s": "talk time",
        "handle_s": "talk and wrap-up",
        "hold_s": "on hold",
        "wrap_up_s": "wrap-up",
        "outcome": "how it ended",
        "abandoned": "hung up (yes/no)",
        "agent": "agent",
        "reason": "reason",
        "queue": "queue",
        "customer": "customer",
        "priority": "priority",
        "transferred": "transferred",
        "call_id": "number of the call",
        "direction": "inbound or outbound",
        "channel": "voice or other",
    },
    "intervals": {
        "date": "date",
        "weekday": "weekday",
        "start": "interval begins",
        "end": "interval ends",
        "length_min": "minutes of an interval",
        "queue": "queue",
        "acd": "telephone system",
        "channel": "voice or other",
        "complete": "whether it is over",
        "offered": "offered",
        "answered": "answered",
        "abandoned": "abandoned",
        "abandoned_share": "share abandoned",
        "answered_share": "share answered",
        "within": "answered in time",
        "service_level": "service level",
        "service_level_s": "seconds of the service level",
        "asa": "mean wait of the answered",
        "answer_wait_sum": "wait of the answered, sum",
        "abandon_wait": "mean wait of the abandoned",
        "abandon_wait_sum": "wait of the abandoned, sum",
        "aht": "mean handling time",
        "handle_sum": "handling time, sum",
        "talk": "mean talk time",
        "talk_sum": "talk time, sum",
        "hold": "mean time on hold",
        "hold_sum": "time on hold, sum",
        "wrap_up": "mean wrap-up",
        "wrap_up_sum": "wrap-up, sum",
        "staffed": "agents logged on",
        "staffed_sum": "time logged on, sum",
        "available_sum": "time free, sum",
        "away_sum": "time away, sum",
        "occupancy": "occupancy",
        "required": "agents required",
        "forecast": "forecast of contacts",
        "forecast_aht": "forecast of handling time",
        "agent": "agent",
    },
    "tickets": {
        "id": "number of the ticket",
        "opened": "opened",
        "assigned": "assigned",
        "first_reply": "first reply at",
        "first_reply_length": "time to the first reply",
        "solved": "solved",
        "closed": "closed",
        "solve_length": "time until solved",
        "reopened": "times reopened",
        "reassigned": "hand-offs",
        "stations": "stations",
        "group": "group",
        "status": "state",
        "agent": "agent",
        "customer": "customer",
        "priority": "priority",
        "channel": "channel",
        "reason": "reason",
        "updated": "changed at",
        "changes": "number of the change",
    },
}
"""By kind and field its name for people."""
_MEAN_TIMES = frozenset({"asa", "aht", "talk", "hold", "wrap_up", "abandon_wait", "forecast_aht"})
_LENGTHS = ("_s", "_sum", "_min", "_length")


def is_time(field: str) -> bool:
    """Whether a field is a length of time, whose numbers have a unit."""
    return field in _MEAN_TIMES or field.endswith(_LENGTHS)


@dataclass(frozen=True)
class Missing:
    """Something that no column says, and what that costs."""

    what: str
    cost: str


_COSTS: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]] = {
    "contacts": (
        (
            ("ended", "talk_s", "handle_s"),
            "When talks ended",
            "no handling time can be told, and without it there is no scenario.",
        ),
        (
            ("agent",),
            "Who answered",
            (
                "heads are inferred from hang-ups and waits; skills, pace and times away are not "
                "fitted, and nothing can be backtested."
            ),
        ),
        (
            ("queued", "wait_s", "menu_left", "menu_s"),
            "When contacts entered the queue",
            "who hung up in the menu counts as abandoned, and the menu as waiting.",
        ),
        (
            ("customer",),
            "Who called",
            "redials cannot be told from new business: none are written.",
        ),
        (("reason", "queue"), "What contacts are about", "all of them have one reason."),
        (("priority",), "Priority", "nobody is put before others."),
        (
            ("wrap_up_s", "handle_s"),
            "Work after the talk",
            "it is read from the gaps between two calls of an agent while somebody waits.",
        ),
    ),
    "intervals": (
        (
            ("aht", "handle_sum", "talk", "talk_sum"),
            "Handling time",
            "without it there is no scenario.",
        ),
        (
            ("staffed", "staffed_sum"),
            "Agents logged on",
            "heads are inferred from hang-ups and waits.",
        ),
        (
            ("abandoned", "abandoned_share", "answered", "answered_share"),
            "Who hung up",
            "patience is not fitted.",
        ),
        (
            ("asa", "answer_wait_sum", "abandon_wait", "abandon_wait_sum"),
            "Waits",
            "patience is not fitted.",
        ),
        (("away_sum",), "Time away", "agents are taken to be there all the time."),
        (("queue",), "Queues", "all contacts have one reason."),
    ),
    "tickets": (
        (("reopened",), "Reopening", "it is not fitted."),
        (("reassigned", "stations"), "Hand-offs", "reopening by hand-offs is not fitted."),
    ),
}


def title_of(kind: str, field: str) -> str:
    """A field as people call it."""
    return FIELDS[kind].get(field, field)


def missing(mapping: Mapping, fields: Collection[str]) -> tuple[Missing, ...]:
    """What records do not say, the most costly first.

    Args:
        mapping: How they are read; logs of events and counts by band say it in ways of their own.
        fields: Those that some column is taken for.
    """
    if mapping.events or mapping.bands:
        return ()
    return tuple(
        Missing(what, cost)
        for wanted, what, cost in _COSTS[mapping.kind]
        if not any(field in fields for field in wanted)
    )
