"""A recorded day: the floor at every full minute, all that happened, and the waits by quarter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from math import nan

from scenarios.parts.clock import DAY_S
from sim.live import TOPIC_OF, Curves, Moment, Snapshot, StoryView, Topic, What

MINUTE_S = 60.0
QUARTER_S = 900.0
QUARTERS = int(DAY_S / QUARTER_S)

_SHOWN = 120
"""Moments in a snapshot that is shown again."""
_NO_CURVES = Curves(300.0, (), (), ())
_MADE_BY_CUSTOMER = (What.CALLS, What.REDIALS, What.REPEATS)
_WAIT_OVER = (What.ANSWERED, What.ABANDONS)
_NOT_WAITING = (
    *(What.TAKES_CALLBACK, What.LEAVES_MESSAGE, What.BLOCKED, What.CLOSED, What.TURNED_AWAY),
    *(What.SELF_SERVED, What.LEFT_MENU),
)


@dataclass
class Quarter:
    """Calls and chats that came in a quarter of an hour, and how long these customers waited."""

    came: int = 0
    """Calls and chats that customers made."""
    new: int = 0
    """Of those, the ones of customers who had not made contact before."""
    waits: int = 0
    """Of those, the ones that were answered or given up by now."""
    waited_s: float = 0.0
    """Their waits together."""

    @property
    def mean_s(self) -> float:
        """Mean wait, of the answered and of those who gave up; NaN where nobody came."""
        return self.waited_s / self.waits if self.waits else nan


class RecordedDay:
    """What a run of one day was like, as far as it is recorded; grows at its end only."""

    def __init__(self, number: int) -> None:
        self.number = number
        """Days before it."""
        self.minutes: list[Snapshot] = []
        """The floor at each full minute from midnight on, without log, story and curves."""
        self.moments: list[Moment] = []
        """Everything that happened on the day, in order."""
        self.quarters = [Quarter() for _ in range(QUARTERS)]
        self.curves = _NO_CURVES
        self.complete = False
        """Whether the day is recorded to its end."""
        self._waiting: dict[int, None] = {}
        """Cases whose customer is on the line and not answered yet."""

    @property
    def begins(self) -> float:
        """Midnight, in seconds from midnight of the first day."""
        return self.number * DAY_S

    @property
    def reached(self) -> float:
        """The last minute that is recorded; before the day when none is."""
        return self.minutes[-1].now if self.minutes else self.begins - 1.0

    def add(self, snapshot: Snapshot, moments: Iterable[Moment]) -> None:
        """Add the floor at the next minute and what happened until then."""
        for moment in moments:
            self.moments.append(moment)
            self._count(moment)
        self.curves = snapshot.curves
        self.minutes.append(replace(snapshot, recent=(), curves=_NO_CURVES, followed=None))

    def _count(self, moment: Moment) -> None:
        what, case = moment.what, moment.case
        if what in _MADE_BY_CUSTOMER:
            channel = moment.detail.partition("/")[0]
            if channel in ("voice", "chat"):
                quarter = self._quarter(moment.at)
                quarter.came += 1
                quarter.new += what is What.CALLS
                self._waiting[case] = None
        elif what in _WAIT_OVER and case in self._waiting:
            del self._waiting[case]
            quarter = self._quarter(moment.at - moment.amount)
            quarter.waits += 1
            quarter.waited_s += moment.amount
        elif what in _NOT_WAITING:
            self._waiting.pop(case, None)

    def _quarter(self, at: float) -> Quarter:
        place = int((at - self.begins) // QUARTER_S)
        return self.quarters[max(0, min(QUARTERS - 1, place))]

    def take_until(self, other: RecordedDay, time: float) -> None:
        """Begin with what another record of this day has up to a time."""
        minutes = other.minutes
        first = bisect_left(minutes, time, key=lambda snapshot: snapshot.now)
        self.minutes, self.curves = minutes[:first], other.curves
        written = self.minutes[-1].written if first else 0
        for moment in other.moments:
            if moment.number >= written:
                break
            self.moments.append(moment)
            self._count(moment)

    def at(
        self, time: float, topics: Collection[Topic] = (), story: StoryView | None = None
    ) -> Snapshot | None:
        """The floor at the last full minute up to a time; None when that is not recorded.

        Args:
            time: seconds from midnight of the first day.
            topics: what the log is to show.
            story: a customer's story, told up to then.
        """
        place = int((time - self.begins) // MINUTE_S)
        if not 0 <= place < len(self.minutes):
            return None
        then = self.minutes[place]
        samples = int((then.now - self.begins) // self.curves.step_s) + 1
        waiting, staffed, busy = self.curves.waiting, self.curves.staffed, self.curves.busy
        return replace(
            then,
            recent=self._log(then.written, topics),
            curves=Curves(self.curves.step_s, waiting[:samples], staffed[:samples], busy[:samples]),
            followed=None if story is None else story_until(story, then.written),
        )

    def _log(self, written: int, topics: Collection[Topic]) -> tuple[Moment, ...]:
        """The newest moments about some topics, of so many that are written."""
        found: list[Moment] = []
        place = bisect_left(self.moments, written, key=lambda moment: moment.number)
        while place and len(found) < _SHOWN:
            place -= 1
            if TOPIC_OF[self.moments[place].what] in topics:
                found.append(self.moments[place])
        return tuple(reversed(found))


def story_until(story: StoryView, written: int) -> StoryView | None:
    """A customer's story as it was when so many moments were written; None before it began."""
    moments = tuple(moment for moment in story.moments if moment.number < written)
    if not moments:
        return None
    if len(moments) == len(story.moments):
        return story
    return replace(story, moments=moments, state=_STATES.get(moments[-1].what, "talking"))


_STATES = {
    What.RESOLVED: "resolved",
    What.SELF_SERVED: "settled in the voice menu",
    What.GIVES_UP: "given up",
    What.CALLS: "on the line",
    What.REDIALS: "on the line",
    What.REPEATS: "on the line",
    **dict.fromkeys(
        (What.WAITS, What.WAIT_ANNOUNCED, What.OFFERED_CALLBACK), "waiting in the queue"
    ),
    **dict.fromkeys(
        (What.HOLDS, What.ASKS, What.TURNS_TO_IT, What.PASSED_UP, What.APPROVED, What.REFUSED),
        "on hold",
    ),
    **dict.fromkeys(
        (What.PROMISED_CALL, What.PROMISED_ANSWER, What.TAKES_CALLBACK, What.LEAVES_MESSAGE),
        "waiting for what was promised",
    ),
    **dict.fromkeys(
        (
            *(What.WILL_TRY_AGAIN, What.ABANDONS, What.BLOCKED, What.CLOSED, What.LEFT_MENU),
            *(What.TURNED_AWAY, What.UNREACHED, What.HANGS_UP, What.CUT_OFF, What.UNSOLVED),
            *(What.SETTLED, What.DECLINED, What.KEPT, What.CALLED_OFF),
        ),
        "between two contacts",
    ),
}
"""What a customer is doing after a moment, as its last word says; else somebody talks to them."""
