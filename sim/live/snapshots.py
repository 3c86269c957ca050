"""Snapshots: the floor at one instant, frozen, to be shown while the run continues."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.live.changes import Made
from sim.live.counts import Measures
from sim.live.moments import Moment


class Doing(IntEnum):
    """What an agent is seen doing."""

    OFF = 0
    READY = 1
    TALK = 2
    HOLD = 3
    """With a customer on hold, for another reason than an approval."""
    WITH_APPROVER = 4
    """With a customer on hold, waiting for an approver or talking to one."""
    WRAP_UP = 5
    HELPING = 6
    """Helping a colleague, or listening to a transfer."""
    DECIDING = 7
    OWN_WORK = 8
    BREAK = 9
    AWAY = 10
    """In a meeting or training."""
    WRITING = 11
    """At an email, a text or a ticket."""
    OUTBOUND = 12
    """At a call to a customer of a list."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """The customers who wait for the same groups by the same channel."""

    groups: tuple[str, ...]
    channel: str
    waiting: int
    longest_s: float
    """Longest wait of the customers who wait now."""
    offered: int
    """Contacts offered today that are over."""
    service_level: float
    """Today so far; NaN for channels in writing and for transfers."""
    open: bool = True
    """Whether customers are let in by this channel now."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The agents who work for a group now, or are on its roster and off duty."""

    name: str
    agents: tuple[int, ...]
    """Numbers of the agents."""
    doing: bytes
    """What each of them is doing, as Doing."""
    since: tuple[float, ...]
    cases: tuple[int, ...]
    """The case that each has in hand; -1 for none."""


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """A request for a decision that somebody with more authority has to answer."""

    case: int
    agent: int
    """Who asks; -1 when asked in writing, after the contact."""
    group: str
    """Who is asked."""
    kind: str
    """Kind of decision; empty when it is about knowledge."""
    money: float
    asked: float
    started: float | None
    """When somebody turned to it; None while it waits."""


@dataclass(frozen=True, slots=True)
class PromisesView:
    """Promises that are still to be kept."""

    open: int
    overdue: int
    next_due: float
    """Seconds from midnight of the first day; infinite when none has a time."""


@dataclass(frozen=True, slots=True)
class Curves:
    """The day so far, one value for every ``step_s`` since midnight."""

    step_s: float
    waiting: tuple[int, ...]
    staffed: tuple[int, ...]
    busy: tuple[int, ...]
    """Agents who serve a customer or a colleague."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """One customer's story so far."""

    case: int
    reason: str
    complaint: bool
    money: float
    """Remedy needed; NaN when none."""
    began: float
    state: str
    """What the customer is doing now, or how the case ended."""
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The floor at one instant."""

    now: float
    """Seconds from midnight of the first day."""
    horizon_s: float
    open: bool
    """Whether customers can call now."""
    queues: tuple[QueueView, ...]
    groups: tuple[GroupView, ...]
    approvals: tuple[ApprovalView, ...]
    """Those being decided first, then the longest waiting."""
    promises: PromisesView
    today: Measures
    so_far: Measures
    offered: int
    """Contacts offered on voice and chat today that are over."""
    recent: tuple[Moment, ...]
    """The newest moments of the topics that are shown, the newest last."""
    curves: Curves
    followed: StoryView | None
    changes: tuple[Made, ...]
    written: int
    """Moments so far; distinguishes one snapshot from the next."""

    @property
    def finished(self) -> bool:
        """Whether the run has come to its end."""
        return self.now >= self.horizon_s
