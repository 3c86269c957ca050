"""Approval requests: who asks whom for a decision, since when, and when somebody turns to it."""

from __future__ import annotations

from sim.floor.agents import Group
from sim.floor.cases import Leg


class ApprovalRequest:
    """An agent's request for a decision that is not yet answered."""

    __slots__ = ("asked", "group", "leg", "started")

    def __init__(self, leg: Leg, group: Group, asked: float) -> None:
        self.leg = leg
        self.group = group
        """Who is asked."""
        self.asked = asked
        self.started: float | None = None
        """When an approver turned to it; None while it waits."""


class ApprovalRequests:
    """The open requests of one run, by the number of the contact."""

    def __init__(self) -> None:
        self.open: dict[int, ApprovalRequest] = {}
        self._first_asked: dict[int, float] = {}
        """When a request was made that has gone up the line since."""

    def make(self, leg: Leg, group: Group, now: float) -> None:
        """An agent asks."""
        self.open[leg.contact.number] = ApprovalRequest(leg, group, now)

    def start(self, leg: Leg, now: float) -> float:
        """An approver turns to the request; returns how long it waited, in seconds."""
        request = self.open[leg.contact.number]
        request.started = now
        return now - request.asked

    def close(self, contact: int, asked: float, *, passed_up: bool) -> float:
        """The request is answered, by a decision or by passing it up the line.

        Args:
            contact: number of the contact in which the agent asked.
            asked: when the approver who answers was asked.
            passed_up: whether the next approver is asked now.

        Returns:
            when the agent asked, of whichever approver first.
        """
        self.open.pop(contact, None)
        first = self._first_asked.pop(contact, asked)
        if passed_up:
            self._first_asked[contact] = first
        return first

    def forget(self, contact: int) -> None:
        """Nobody waits for an answer any more."""
        self.open.pop(contact, None)
        self._first_asked.pop(contact, None)
