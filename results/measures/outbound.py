"""Outbound: calls to the customers of lists, which are no contacts and no cases."""

from __future__ import annotations

import math

from results.facts.rows import any_of, count, having, ratio
from results.measures.definition import CENTRE, COMMON, PEOPLE, Measure
from results.measures.slice import Slice
from sim.trace.codes import AgentState, DialOutcome

_HOURS = "hours of agents at calls of lists (reading, ringing, talk, wrap-up)"


def line_s(s: Slice) -> float:
    """Seconds of telephone lines, from dialling to the end of talk or ringing."""
    return float((s.dials["ended"] - s.dials["dialled"]).sum())


def _counted(s: Slice, number: float) -> float:
    """A number of calls; nothing where there is no list."""
    return float(number) if s.facts.scenario.outbound else math.nan


def _with(s: Slice, *outcomes: DialOutcome) -> int:
    return count(any_of(s.dials["outcome"], outcomes))


def _answered(s: Slice) -> int:
    return len(s.dials) - _with(s, DialOutcome.NO_ANSWER)


def _hours(s: Slice) -> float:
    return float(s.seconds[AgentState.OUTBOUND]) / 3600.0


def _of_list(s: Slice, number: int) -> float:
    """A share of the customers put on the lists; of a part of the time nothing can be said."""
    return math.nan if s.cut[0] == "week" else ratio(number, int(s.lists["records"].sum()))


def _time(s: Slice) -> float:
    paid = float(s.seconds.sum())
    return ratio(s.seconds[AgentState.OUTBOUND], paid) if s.facts.scenario.outbound else math.nan


MEASURES = (
    Measure(
        "outbound_dials",
        "Outbound calls",
        "calls to customers of lists, answered or given up",
        "count",
        None,
        COMMON,
        CENTRE,
        lambda s: _counted(s, len(s.dials)),
    ),
    Measure(
        "outbound_dials_per_hour",
        "Outbound calls per hour at it",
        f"outbound_dials / {_HOURS}",
        "count",
        None,
        COMMON,
        CENTRE,
        lambda s: ratio(len(s.dials), _hours(s)),
    ),
    Measure(
        "outbound_contact_rate",
        "Outbound: answered",
        "calls to customers of lists that somebody answered / outbound_dials",
        "share",
        None,
        COMMON,
        CENTRE,
        lambda s: ratio(_answered(s), len(s.dials)),
    ),
    Measure(
        "outbound_right_party",
        "Outbound: customers spoken with",
        "calls in which an agent talked with the customer meant",
        "count",
        "higher",
        COMMON,
        CENTRE,
        lambda s: _counted(s, _with(s, DialOutcome.RIGHT_PARTY)),
    ),
    Measure(
        "outbound_right_party_per_hour",
        "Outbound: spoken with per hour at it",
        f"outbound_right_party / {_HOURS}",
        "count",
        "higher",
        COMMON,
        PEOPLE,
        lambda s: ratio(_with(s, DialOutcome.RIGHT_PARTY), _hours(s)),
    ),
    Measure(
        "outbound_abandoned",
        "Outbound: answered and met nobody",
        "calls that somebody answered when no agent was free / calls that somebody answered",
        "share",
        "lower",
        "Ofcom, Persistent misuse: abandoned / (abandoned + passed to an agent); also the FTC's",
        CENTRE,
        lambda s: ratio(_with(s, DialOutcome.ABANDONED), _answered(s)),
    ),
    Measure(
        "outbound_list_tried",
        "List called",
        "customers called at least once / customers put on the lists; common: penetration",
        "share",
        "higher",
        COMMON,
        CENTRE,
        lambda s: _of_list(s, count(having(s.dials["attempt"], 0))),
    ),
    Measure(
        "outbound_list_done",
        "List done",
        "customers spoken with, or called as often as tries says / customers put on the lists",
        "share",
        "higher",
        COMMON,
        CENTRE,
        lambda s: _of_list(s, count(having(s.dials["last"], 1))),
    ),
    Measure(
        "outbound_time",
        "Time for outbound calls",
        "agents at calls of lists / paid time",
        "share",
        None,
        COMMON,
        PEOPLE,
        _time,
    ),
)
