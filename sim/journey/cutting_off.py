"""Cutting off: the line drops seconds after the answer, and nothing has been dealt with."""

from __future__ import annotations

from collections.abc import Generator

from sim.floor.cases import Leg
from sim.floor.clock import Waits
from sim.floor.queues import VOICE
from sim.trace.codes import Ending


def is_cut_off(leg: Leg) -> bool:
    """Whether the agent cuts this customer off; calls that keep a promise never are."""
    contact = leg.contact
    if contact.channel != VOICE or contact.task is not None:
        return False
    return contact.case.mark("cut_off", leg.occasion) < leg.agent.cut_off


def cut_off(leg: Leg) -> Generator[Waits, None, Ending]:
    """The few seconds until the line drops."""
    seconds = leg.contact.case.amount("cut_off_s", leg.agent.group.plan.cut_off_s, leg.occasion)
    if seconds > 0.0:
        yield seconds
        leg.talk_s += seconds
    return Ending.CUT_OFF
