"""Handling: how long a contact takes, and how often it moves on to somebody else."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import any_of, count, mean, ratio
from results.measures.definition import CENTRE, COMMON, COPC, EVERYWHERE, LEGS, Measure
from results.measures.slice import Slice
from sim.trace.codes import AgentState, ContactKind, Trigger

_PARTS = {"talk": "Talk time", "hold": "Hold time", "wrap_up": "Wrap-up time"}
TRIGGERS = {
    "authority": (Trigger.AUTHORITY, "the agent may not decide"),
    "knowledge": (Trigger.KNOWLEDGE, "the agent cannot solve it"),
    "customer": (Trigger.CUSTOMER, "the customer demanded a supervisor"),
    "route": (Trigger.ROUTE, "the reason passes every contact on"),
}
"""By part of a name, what an agent could not do alone, and why."""


def _part(s: Slice, part: str) -> float:
    return mean(s.handled[f"{part}_s"])


def _aht(s: Slice) -> float:
    return sum(_part(s, part) for part in _PARTS)


def _escalated(s: Slice, triggers: tuple[Trigger, ...]) -> float:
    up = any_of(s.handled_contacts["escalated"], triggers)
    customers = _made_by_customers(s)
    return ratio(count(up & customers), count(customers))


def _transferred(s: Slice) -> float:
    customers = _made_by_customers(s)
    return ratio(s.handled_contacts["sideways"][customers].sum(), count(customers))


def _made_by_customers(s: Slice) -> NDArray[np.bool_]:
    """Handled contacts that are no follow-ups, which continue a contact that went up or on.

    Counted as well they would make of asking nobody and promising a call half the escalations.
    """
    customers: NDArray[np.bool_] = s.handled_contacts["kind"] != ContactKind.FOLLOW_UP
    return customers


def _second_person(s: Slice, state: AgentState) -> float:
    return ratio(s.seconds[state], len(s.handled))


MEASURES = (
    Measure(
        "aht",
        "Average handle time",
        "(talk + hold + wrap-up) / handled contacts, callbacks and follow-ups included; for a "
        "group or tier its own legs; time of a second agent or approver is shown apart",
        "s",
        None,
        COPC,
        LEGS,
        _aht,
    ),
    *(
        Measure(
            f"{part}_time",
            title,
            f"{title.lower()} / handled contacts, a part of aht",
            "s",
            None,
            COPC,
            LEGS,
            partial(_part, part=part),
        )
        for part, title in _PARTS.items()
    ),
    Measure(
        "helper_time",
        "Time of helpers per contact",
        "time of colleagues who help or listen to a warm transfer / handled contacts",
        "s",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _second_person(s, AgentState.HELPING),
    ),
    Measure(
        "approver_time",
        "Time of approvers per contact",
        "time of those who decide what others ask / handled contacts",
        "s",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _second_person(s, AgentState.DECIDING),
    ),
    Measure(
        "escalation_rate",
        "Escalated",
        "contacts that went up a tier (asking, transfer or follow-up) / handled contacts, without "
        "the follow-ups that the centre makes itself",
        "share",
        "lower",
        COMMON,
        EVERYWHERE,
        partial(_escalated, triggers=tuple(trigger for trigger, _ in TRIGGERS.values())),
        version=2,
    ),
    *(
        Measure(
            f"escalation_{name}",
            f"Escalated: {why}",
            f"contacts that went up a tier because {why} / handled contacts, without follow-ups",
            "share",
            "lower",
            COMMON,
            EVERYWHERE,
            partial(_escalated, triggers=(trigger,)),
            version=2,
        )
        for name, (trigger, why) in TRIGGERS.items()
    ),
    Measure(
        "transfer_rate",
        "Transfers",
        "sideways moves, to a group of the same tier or below / handled contacts, without the "
        "follow-ups that the centre makes itself",
        "count",
        "lower",
        COMMON,
        EVERYWHERE,
        _transferred,
        version=2,
    ),
)
