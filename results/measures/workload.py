"""Workload: what the paid time of agents goes into, overtime and coaching included."""

from __future__ import annotations

from results.facts.rows import ratio
from results.measures.definition import COMMON, COPC, PEOPLE, Measure
from results.measures.slice import Slice
from sim.trace.codes import AgentState
from sim.trace.equations import occupancy
from sim.trace.states import AVAILABLE_STATES, BUSY_STATES, COLLEAGUE_STATES


def _busy_s(s: Slice) -> float:
    return float(s.seconds[list(BUSY_STATES)].sum())


def _paid_s(s: Slice) -> float:
    return float(s.seconds.sum())


def _occupancy(s: Slice) -> float:
    return occupancy(_busy_s(s), float(s.seconds[list(AVAILABLE_STATES)].sum()))


def _utilisation(s: Slice) -> float:
    return ratio(_busy_s(s) + s.seconds[AgentState.OWN_WORK], _paid_s(s))


def _time_for_colleagues(s: Slice) -> float:
    return ratio(s.seconds[list(COLLEAGUE_STATES)].sum(), _paid_s(s))


def _hours_per_day(s: Slice, seconds: float) -> float:
    return ratio(seconds / 3600.0, s.facts.days)


def _coaching_done(s: Slice) -> float:
    return ratio(s.seconds[AgentState.OWN_WORK], s.facts.time.own_work[s.groups].sum())


MEASURES = (
    Measure(
        "occupancy",
        "Occupancy",
        "(talk + hold + wrap-up) / (the same + ready and waiting); time held for an approver is "
        "hold, time of a helper or approver counts as their talk, own work done while nobody asks "
        "as waiting",
        "share",
        None,
        COPC,
        PEOPLE,
        _occupancy,
    ),
    Measure(
        "utilisation",
        "Utilisation",
        "productive time (talk, hold, wrap-up, helping, deciding, own work) / paid time",
        "share",
        None,
        COPC,
        PEOPLE,
        _utilisation,
    ),
    Measure(
        "time_for_colleagues",
        "Time for colleagues' questions",
        "(helping colleagues + deciding what they ask) / paid time",
        "share",
        None,
        COMMON,
        PEOPLE,
        _time_for_colleagues,
    ),
    Measure(
        "paid_hours",
        "Paid hours a day",
        "agent time from coming to going, absence and breaks included / days",
        "hours",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _hours_per_day(s, _paid_s(s)),
    ),
    Measure(
        "overtime",
        "Overtime hours a day",
        "paid time outside scheduled duty / days",
        "hours",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _hours_per_day(s, float(s.facts.time.overtime[s.groups].sum())),
    ),
    Measure(
        "coaching_done",
        "Coaching and own work done",
        "own work done / planned, which is own_work.hours_per_day for each agent and day on duty, "
        "neither absent nor in initial training; a duty over midnight is on two days, and no day "
        "has more of it than duty",
        "share",
        "higher",
        COMMON,
        PEOPLE,
        _coaching_done,
        version=2,
    ),
)
