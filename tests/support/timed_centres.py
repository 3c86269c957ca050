"""Small centres for traces worked out by hand: given arrivals, constant times, readable rows."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from results.measures.registry import summarise
from scenarios import check
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import (
    AgentState,
    CaseState,
    ContactKind,
    DialOutcome,
    Ending,
    Help,
    Outcome,
    PromiseKind,
    Trigger,
)
from sim.trace.trace import Trace

HOUR = 3600.0
DAY = 86_400.0

UNKNOWN = 1e-12
"""A solve probability at which an agent with knowledge 0 solves nothing."""
EXPERT = 100.0
"""Knowledge with which everything is solved."""

_CODES: dict[tuple[str, str], type[IntEnum]] = {
    ("contacts", "kind"): ContactKind,
    ("contacts", "outcome"): Outcome,
    ("contacts", "ending"): Ending,
    ("contacts", "help"): Help,
    ("contacts", "escalated"): Trigger,
    ("legs", "ending"): Ending,
    ("legs", "trigger"): Trigger,
    ("promises", "kind"): PromiseKind,
    ("dials", "outcome"): DialOutcome,
    ("cases", "state"): CaseState,
}
_ORDER = {
    "contacts": ("contact",),
    "legs": ("contact", "leg"),
    "decisions": ("asked", "contact"),
    "promises": ("made", "contact"),
    "helps": ("started", "agent"),
    "pending": ("started", "case"),
    "cases": ("case",),
    "business": ("case",),
    "lists": ("began", "outbound"),
    "dials": ("began", "record"),
    "shifts": ("agent", "start"),
}

Cell = float | str | None


def reason(*at_s: float, talk_s: Any = 60, wrap_up_s: Any = 0, **more: Any) -> dict[str, Any]:
    """A reason whose customers arrive at given seconds, on one channel, for the group front."""
    channel = more.pop("channel", "voice")
    return {
        "volume": {"at_s": list(at_s)},
        "channels": {channel: 1.0},
        "groups": ["front"],
        "handling": {channel: {"talk_s": talk_s, "wrap_up_s": wrap_up_s}},
        **more,
    }


def complaint(*at_s: float, money: Any = 50, **more: Any) -> dict[str, Any]:
    """A complaint that a refund settles."""
    return reason(*at_s, complaint=True, remedy={"kinds": {"refund": 1.0}, "money": money}, **more)


def centre(reasons: dict[str, Any], groups: dict[str, Any], **sections: Any) -> Scenario:
    """A scenario that works; a group may be written as its number of heads."""
    written = {
        name: {"heads": group} if isinstance(group, int) else group
        for name, group in groups.items()
    }
    scenario = Scenario.model_validate({"reasons": reasons, "groups": written, **sections})
    assert check(scenario) == ()
    return scenario


def played(reasons: dict[str, Any], groups: dict[str, Any], **sections: Any) -> Trace:
    """The trace of one replication of such a scenario."""
    return simulate(centre(reasons, groups, **sections), 1, 0)


def measured(reasons: dict[str, Any], groups: dict[str, Any], **sections: Any) -> dict[str, float]:
    """The measures of one replication of such a scenario."""
    scenario = centre(reasons, groups, **sections)
    return summarise(scenario, simulate(scenario, 1, 0)).values["all", ""]


def path(*steps: dict[str, Any]) -> dict[str, Any]:
    """An escalation path."""
    return {"steps": list(steps)}


def rows(trace: Trace, table: str, columns: str) -> list[tuple[Cell, ...]]:
    """Rows of a table with codes as words and NaN as None, in order of contacts or of time."""
    cells = getattr(trace, table).as_dict()
    order = sorted(
        range(len(next(iter(cells.values())))),
        key=lambda row: tuple(cells[column][row] for column in _ORDER[table]),
    )
    names = columns.split()
    return [tuple(_cell(trace, table, name, cells[name][row]) for name in names) for row in order]


def _cell(trace: Trace, table: str, column: str, value: float) -> Cell:
    if value != value:
        return None
    if column in ("group", "asker_group", "queue", "next_queue"):
        return trace.groups[int(value)] if value >= 0 else None
    if column == "reason":
        return trace.reasons[int(value)]
    if column == "channel":
        return trace.channels[int(value)]
    code = _CODES.get((table, column))
    return code(int(value)).name.lower() if code else round(float(value), 6)


def day_of(trace: Trace, agent: int, until: float = DAY) -> list[tuple[str, float, float]]:
    """What an agent did, stretch by stretch: state, start, end; equal states are put together."""
    told: list[tuple[str, float, float]] = []
    for state, start, end in spans_of(trace, agent):
        if start >= until:
            break
        name = AgentState(state).name.lower()
        if told and told[-1][0] == name and told[-1][2] == start:
            told[-1] = (name, told[-1][1], min(end, until))
        else:
            told.append((name, start, min(end, until)))
    return told


def spans_of(trace: Trace, agent: int) -> Iterable[tuple[int, float, float]]:
    """The spans of one agent in order of time: state, start, end."""
    spans = trace.spans.as_dict()
    mine = spans["agent"] == agent
    columns = (spans[name][mine].tolist() for name in ("state", "start", "end"))
    return sorted(zip(*columns, strict=True), key=lambda span: span[1])
