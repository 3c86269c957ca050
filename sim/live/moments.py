"""Moments: what happens on the floor, one visible event at a time; the journal keeps them."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from enum import IntEnum
from typing import NamedTuple

from sim.trace.codes import ContactKind, Ending, Outcome, Trigger

KEPT_PER_TOPIC = 150
"""Moments of each topic that the log can still show."""

KEPT_STORIES = 5_000
"""Cases that have ended and whose story is still kept."""


class Topic(IntEnum):
    """What a moment is about, for a reader who wants to see less."""

    ARRIVALS = 0
    """Customers call, write, and try again."""
    WAITING = 1
    """They wait, hear an announced wait, are offered a callback."""
    ANSWERS = 2
    """They are answered, held, transferred."""
    APPROVALS = 3
    """Agents ask somebody who may decide."""
    PROMISES = 4
    """Promises are made, kept, broken."""
    LOST = 5
    """Customers hang up, find no line, give up."""
    RESOLVED = 6
    PEOPLE = 7
    """Agents come, take breaks, go."""
    CHANGES = 8
    """What was changed during the run."""


class What(IntEnum):
    """What happened."""

    CALLS = 0
    """The customer makes contact for the first time; detail is the reason."""
    REDIALS = 1
    REPEATS = 2
    CALLED_BACK = 3
    """The centre calls because the customer took a callback."""
    FOLLOWED_UP = 4
    """The centre calls or writes to keep a promise."""
    SELF_SERVED = 5
    LEFT_MENU = 6
    BLOCKED = 7
    CLOSED = 8
    UNREACHED = 9
    """Called back, and not at the telephone."""
    WAITS = 10
    """Detail is the group waited for."""
    WAIT_ANNOUNCED = 11
    """Amount is the announced wait in seconds."""
    OFFERED_CALLBACK = 12
    TAKES_CALLBACK = 13
    ABANDONS = 14
    """Amount is the seconds waited."""
    ANSWERED = 15
    """Amount is the seconds waited."""
    MAY_NOT_DECIDE = 16
    """Amount is the money needed, detail the kind of decision."""
    CANNOT_SOLVE = 17
    DEMANDS_BOSS = 18
    PASSED_ON = 19
    """The reason passes every contact on."""
    DECIDES_ALONE = 20
    """Amount is what was paid."""
    ASKS = 21
    """Amount is the money asked for, detail the group asked."""
    HOLDS = 22
    OFF_HOLD = 23
    """Amount is the seconds on hold."""
    APPROVED = 24
    """Amount is what was paid."""
    REFUSED = 25
    PASSED_UP = 26
    NOBODY_DECIDED = 27
    TRANSFERRED = 28
    """Detail is the group to which the customer goes, empty when it is the queue again."""
    PROMISED_CALL = 29
    """Amount is when it is due, in seconds from midnight of the first day."""
    PROMISED_ANSWER = 30
    KEPT = 31
    """Amount is the seconds it came too late, 0 when it was kept."""
    CALLED_OFF = 32
    """The customer called before the promise was kept."""
    SETTLED = 33
    DECLINED = 34
    UNSOLVED = 35
    HANGS_UP = 36
    CUT_OFF = 37
    WILL_TRY_AGAIN = 38
    """Amount is the seconds until then."""
    RESOLVED = 39
    GIVES_UP = 40
    COMES = 41
    GOES = 42
    PAUSES = 43
    """Detail is what for: break, meeting or training."""
    BACK = 44
    MOVES = 45
    """The agent begins to work for another group, which is the detail."""
    CHANGED = 46
    """Detail is what was changed, as a readable message."""
    TURNS_TO_IT = 47
    """Somebody who may decide has time for the question; amount is the seconds it waited."""
    TURNED_AWAY = 48
    """Cut off at closing time, or sent away by a waiting limit."""
    LEAVES_MESSAGE = 49
    """The customer met nobody."""
    HANDED_OVER = 50
    """The agent leaves unfinished writing to a colleague."""


class Moment(NamedTuple):
    """One visible thing that happened."""

    number: int
    """Counts the moments of the run."""
    at: float
    what: What
    case: int
    """-1 when it concerns no customer."""
    agent: int
    """-1 when it concerns no agent."""
    amount: float
    detail: str


OF_KIND = {
    ContactKind.FIRST: What.CALLS,
    ContactKind.REDIAL: What.REDIALS,
    ContactKind.REPEAT: What.REPEATS,
    ContactKind.CALLBACK: What.CALLED_BACK,
    ContactKind.FOLLOW_UP: What.FOLLOWED_UP,
}
"""How a contact begins, by its kind."""

OF_OUTCOME = {
    Outcome.BLOCKED: What.BLOCKED,
    Outcome.CALLBACK_TAKEN: What.TAKES_CALLBACK,
    Outcome.LEFT_MESSAGE: What.LEAVES_MESSAGE,
    Outcome.CLOSED: What.CLOSED,
    Outcome.SELF_SERVED: What.SELF_SERVED,
    Outcome.LEFT_MENU: What.LEFT_MENU,
    Outcome.UNREACHED: What.UNREACHED,
    Outcome.TURNED_AWAY: What.TURNED_AWAY,
}
"""How a contact ends that no agent answered; abandoned ones have an amount."""

OF_TRIGGER = {
    Trigger.KNOWLEDGE: What.CANNOT_SOLVE,
    Trigger.CUSTOMER: What.DEMANDS_BOSS,
    Trigger.ROUTE: What.PASSED_ON,
}
"""What an agent cannot do alone; authority has an amount."""

OF_ENDING = {
    Ending.SETTLED: What.SETTLED,
    Ending.TRANSFERRED_WARM: What.TRANSFERRED,
    Ending.TRANSFERRED_COLD: What.TRANSFERRED,
    Ending.PASSED_ON: What.TRANSFERRED,
    Ending.HANDED_OVER: What.HANDED_OVER,
    Ending.DECLINED: What.DECLINED,
    Ending.UNSOLVED: What.UNSOLVED,
    Ending.HUNG_UP: What.HANGS_UP,
    Ending.CUT_OFF: What.CUT_OFF,
}
"""How an agent's part of a contact ends; promises have an amount."""

OF_VERDICT = {None: What.NOBODY_DECIDED, 1: What.APPROVED, 0: What.REFUSED, -1: What.PASSED_UP}
"""What comes of a request for a decision."""

_TOPICS: dict[Topic, Iterable[int]] = {
    Topic.ARRIVALS: (*range(What.CALLS, What.SELF_SERVED), What.WILL_TRY_AGAIN),
    Topic.WAITING: range(What.WAITS, What.ABANDONS),
    Topic.ANSWERS: (
        What.ANSWERED,
        *range(What.CANNOT_SOLVE, What.DECIDES_ALONE),
        *(What.HOLDS, What.OFF_HOLD, What.TRANSFERRED, What.HANDED_OVER),
    ),
    Topic.APPROVALS: (
        *(What.MAY_NOT_DECIDE, What.DECIDES_ALONE, What.ASKS, What.TURNS_TO_IT),
        *range(What.APPROVED, What.TRANSFERRED),
    ),
    Topic.PROMISES: (*range(What.PROMISED_CALL, What.SETTLED), What.LEAVES_MESSAGE),
    Topic.LOST: (
        *range(What.LEFT_MENU, What.WAITS),
        *range(What.DECLINED, What.WILL_TRY_AGAIN),
        *(What.ABANDONS, What.GIVES_UP, What.TURNED_AWAY),
    ),
    Topic.RESOLVED: (What.SELF_SERVED, What.SETTLED, What.RESOLVED),
    Topic.PEOPLE: range(What.COMES, What.CHANGED),
    Topic.CHANGES: (What.CHANGED,),
}
TOPIC_OF: tuple[Topic, ...] = tuple(
    topic for _, topic in sorted((what, topic) for topic in Topic for what in _TOPICS[topic])
)
"""The topic of each kind of moment, by its number."""


class Journal:
    """The newest moments of every topic, and the stories of recent cases.

    What it keeps is bounded, however long a run is: so many moments for each topic, the
    stories of all open cases and of the last cases that ended.
    """

    def __init__(self) -> None:
        self.written = 0
        """Moments so far."""
        self._newest: dict[Topic, deque[Moment]] = {
            topic: deque(maxlen=KEPT_PER_TOPIC) for topic in Topic
        }
        self._stories: dict[int, list[Moment]] = {}
        self._ended: deque[int] = deque()
        self._untaken: list[Moment] | None = None

    def keep_untaken(self) -> None:
        """Keep every moment from now on until it is taken."""
        self._untaken = []

    def take(self) -> list[Moment]:
        """The moments since the last time, in order; none unless they are kept."""
        taken, self._untaken = self._untaken or [], None if self._untaken is None else []
        return taken

    def note(
        self,
        at: float,
        what: What,
        case: int = -1,
        agent: int = -1,
        amount: float = 0.0,
        detail: str = "",
    ) -> None:
        """Write down what happens now."""
        moment = Moment(self.written, at, what, case, agent, amount, detail)
        self.written += 1
        self._newest[TOPIC_OF[what]].append(moment)
        if self._untaken is not None:
            self._untaken.append(moment)
        if case >= 0:
            story = self._stories.get(case)
            if story is None:
                story = self._stories[case] = []
            story.append(moment)

    def end_story(self, case: int) -> int:
        """The case has ended; its story is kept until many others have ended too.

        Returns the case whose story is forgotten instead, or -1.
        """
        self._ended.append(case)
        if len(self._ended) <= KEPT_STORIES:
            return -1
        oldest = self._ended.popleft()
        del self._stories[oldest]
        return oldest

    def story(self, case: int) -> tuple[Moment, ...]:
        """All moments of a case in order; empty when it is unknown or ended long ago."""
        return tuple(self._stories.get(case, ()))

    def newest(self, topics: Collection[Topic], count: int) -> tuple[Moment, ...]:
        """The last ``count`` moments of some topics, the newest last."""
        found = [moment for topic in topics for moment in self._newest[topic]]
        found.sort()
        return tuple(found[-count:])
