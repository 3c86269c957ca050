"""Places in a queue, and the queue of one group in its order of service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from simpy import Event

from sim.floor.clock import Order
from sim.floor.gates import Gate, Tallies, Tally

if TYPE_CHECKING:
    from sim.floor.clock import Clock
    from sim.floor.peers import Crowd, Peers
    from sim.trace.codes import AgentState


class Medium(IntEnum):
    """What kind of attention is asked for; a lower number goes first."""

    HELP = 0
    """A colleague or customer is held up until somebody comes, or a promise is about to break."""
    VOICE = 1
    CHAT = 2
    WRITTEN = 3
    """Email, text, tickets, and promised calls that are not yet pressing."""


MEDIA = (Medium.VOICE, Medium.CHAT, Medium.WRITTEN, Medium.WRITTEN)
"""What kind of attention a contact needs, by channel."""

VOICE = 0
"""Position of the telephone among the channels."""

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_WRITTEN = Medium.WRITTEN
_HANDING_OVER = Order.HANDING_OVER


class Left(IntEnum):
    """Why a place in a queue was left without an agent."""

    PATIENCE = 0
    TIMEOUT = 1
    LIMIT = 2
    CLOSING = 3
    CANCELLED = 4


Leaving = tuple[float, Left, Callable[[], bool] | None]
"""After how many seconds a place is given up, why, and (where it may be no use) whether it is."""


class Place(Event):
    """A place in one or more queues: the first agent or reason to leave that comes, wins.

    It is the event of leaving the queues; ``came`` says for whom or why.
    """

    _ok = True
    _value = None

    medium: Medium
    """How much of the agent it takes."""
    lane: Medium
    """How soon it is served; a promise moves up when it is about to break."""
    state: AgentState
    """What the agent who comes will be doing."""
    came: object
    """The agent who came, or why nobody did, once the place is left."""
    score = 0.0
    """Within a rank a higher score goes first, then the longer wait, then who came first."""
    points_per_s = 0.0
    """By how much the score rises."""
    reason = -1
    """Position of the reason by which groups rank it; -1 before all that they rank."""
    mark = 0.0
    """Points at one of the free agents, where the choice among them is left to chance."""
    queue = -1
    """Position of the group that the queue has its name from."""
    tallies: Sequence[Tally] = ()
    """Where it is counted as long as it is held."""
    kept_for: Queue | None = None
    """The queue of the one agent who is waited for; None where anybody of the groups will do."""
    peers: Peers | None = None
    """Those who stand alike in the same queues, where they are counted."""

    def __init__(self, clock: Clock, medium: Medium, state: AgentState, since: float) -> None:
        self.callbacks = []
        self._clock = clock
        self.medium = self.lane = medium
        self.state = state
        self.since = since
        self.gone = False
        self.queues: list[Queue] = []

    def leave(self, why: Left) -> None:
        """Give the place up, unless somebody already came."""
        if not self.gone:
            self.take(why)

    def take(self, came: object) -> None:
        """An agent comes, or a reason to leave."""
        self.gone = True
        self.came = came
        self._clock.schedule(self, _HANDING_OVER)
        for tally in self.tallies:
            tally.count -= 1
        for queue in self.queues:
            queue.waiting -= 1
        if self.peers is not None:
            self.peers.remove(self.since)

    def stand_anew(self) -> None:
        """Stand in no queue any more, to join them again with another score."""
        for queue in self.queues:
            queue.waiting -= 1
        self.queues = []
        if self.peers is not None:
            self.peers.remove(self.since)
            self.peers = None

    def count_in(self, tally: Tally) -> None:
        """Count the place there as long as it is held."""
        tally.count += 1
        self.tallies = (*self.tallies, tally)

    def leave_after(
        self, seconds: float, why: Left, can_go: Callable[[], bool] | None = None
    ) -> None:
        """Give the place up when nobody came within ``seconds``, if there is a use in it then."""
        self._clock.ring(seconds, _leave, subject=(self, why, can_go))


def _leave(limit: tuple[Place, Left, Callable[[], bool] | None]) -> None:
    """So long has somebody waited; almost everybody who waits has such a limit."""
    place, why, can_go = limit
    if not place.gone and (can_go is None or can_go()):
        place.take(why)


class _Lane:
    """Places of one medium, rank, ageing rate, gate and reason: their order does not change."""

    __slots__ = ("asks_for", "gate", "heap", "medium", "points_per_s", "reason", "standing")

    def __init__(
        self,
        medium: int,
        rank: int,
        points_per_s: float,
        asks_for: Medium,
        gate: Gate | None,
        reason: int,
    ) -> None:
        self.medium = medium
        self.standing = (medium, rank)
        self.points_per_s = points_per_s
        self.asks_for = asks_for
        """How much of the agent the places take."""
        self.gate = gate
        self.reason = reason
        """Position of the reason; -1 where the lane is of all reasons."""
        self.heap: list[tuple[float, float, int, Place]] = []

    def first(self) -> Place | None:
        heap = self.heap
        while heap:
            place = heap[0][3]
            if not place.gone:
                return place
            heappop(heap)
        return None

    def goes_before(self, other: _Lane, now: float) -> bool:
        """Whether the first here goes before the first of another lane of the same standing."""
        (score, since, *_), (others, others_since, *_) = self.heap[0], other.heap[0]
        score, others = score - self.points_per_s * now, others - other.points_per_s * now
        return (score, since) < (others, others_since)


class Queue:
    """Everything that waits for one group."""

    def __init__(self, *, by_reason: bool = False) -> None:
        self.waiting = 0
        """Places that are still held."""
        self.line = Tallies()
        """Customers on the line in the queue that has its name from this group."""
        self.crowd: Crowd | None = None
        """Counts everybody who waits and is no written work, where that is asked for."""
        self.position = -1
        """That of the group."""
        self._by_reason = by_reason
        """Whether some of the agents do not take all reasons."""
        self._lanes: dict[tuple[int, int, float, Medium, Gate | None, int], _Lane] = {}
        self._order: list[_Lane] = []
        self._joined = count()

    def join(self, place: Place, rank: int, gate: Gate | None = None) -> None:
        """Stand in line in the place's lane; a lower rank goes first, behind a gate if it is open.

        Who stands where a group only helps out has no part in how many people wait for it.
        """
        reason = place.reason if self._by_reason else -1
        key = (place.lane, rank, place.points_per_s, place.medium, gate, reason)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane(*key)
            self._order = sorted(self._lanes.values(), key=lambda lane: lane.standing)
        heappush(lane.heap, (-place.score, place.since, next(self._joined), place))
        place.queues.append(self)
        self.waiting += 1
        if self.crowd is not None and (gate is None or not gate.helps_out):
            self._count(place, rank)

    def somebody_waits(self) -> bool:
        """Whether a customer or colleague waits here for whom the group is to come now."""
        return self.waiting > 0 and any(
            lane.medium < _WRITTEN
            and lane.first() is not None
            and (lane.gate is None or not lane.gate.helps_out or lane.gate.is_open(lane.asks_for))
            for lane in self._order
        )

    def count_in(self, crowd: Crowd, position: int) -> None:
        """Count everybody who waits from now on, those who do already included."""
        self.crowd, self.position = crowd, position
        for lane in self._order:
            if lane.gate is not None and lane.gate.helps_out:
                continue
            for _, _, _, place in lane.heap:
                if not place.gone and lane.medium == place.lane:
                    self._count(place, lane.standing[1])

    def _count(self, place: Place, rank: int) -> None:
        """Count a place among the waiting, if they are counted and it is no written work."""
        if self.crowd is not None and place.lane is not _WRITTEN:
            score, pace, at = place.score, place.points_per_s, (self.position, rank)
            place.peers = self.crowd.join(place.peers, place.since, place.lane, score, pace, at)

    def first(
        self,
        now: float,
        least: int = 0,
        most: int = 3,
        asks_for: Medium | None = None,
        barred: frozenset[int] = frozenset(),
    ) -> Place | None:
        """The place that is served next among the media from ``least`` to ``most``.

        With ``asks_for`` only places count that take just that much of an agent, and reasons that
        are barred are passed over. The agent who asks is not counted among the idle.
        """
        best: _Lane | None = None
        for lane in self._order:
            if lane.medium < least:
                continue
            if lane.medium > most or (best is not None and lane.standing != best.standing):
                break
            if asks_for is not None and lane.asks_for != asks_for:
                continue
            if barred and lane.reason in barred:
                continue
            if lane.gate is not None and not lane.gate.is_open(lane.asks_for, 1):
                continue
            if lane.first() is not None and (best is None or lane.goes_before(best, now)):
                best = lane
        return None if best is None else best.heap[0][3]
