"""A live floor made by hand: one frozen moment of retail-complaints, and a driver that replays."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import replace
from math import inf, nan

from sim.live import (
    ApprovalView,
    Change,
    ChangeError,
    Curves,
    Doing,
    GroupView,
    Made,
    Moment,
    PromisesView,
    QueueView,
    SetLimit,
    Snapshot,
    StoryView,
    Topic,
    What,
)
from tui.floor.frames import SPEEDS, Frame
from tui.floor.recorded_day import Quarter, RecordedDay

HOUR = 3600.0
NOW = 10 * HOUR + 42 * 60.0 + 7.0

_SIGNS = {
    ".": Doing.OFF,
    "r": Doing.READY,
    "t": Doing.TALK,
    "h": Doing.HOLD,
    "a": Doing.WITH_APPROVER,
    "w": Doing.WRAP_UP,
    "H": Doing.HELPING,
    "D": Doing.DECIDING,
    "o": Doing.OWN_WORK,
    "b": Doing.BREAK,
    "m": Doing.AWAY,
}


def group(name: str, first: int, doing: str) -> GroupView:
    return GroupView(
        name=name,
        agents=tuple(range(first, first + len(doing))),
        doing=bytes(_SIGNS[sign] for sign in doing),
        since=(NOW - 60.0,) * len(doing),
        cases=tuple(500 + place if sign in "thaw" else -1 for place, sign in enumerate(doing)),
    )


def moment(number: int, before_s: float, what: What, case: int = -1, **more: object) -> Moment:
    given = {"agent": -1, "amount": 0.0, "detail": "", **more}
    return Moment(number, NOW - before_s, what, case, **given)  # type: ignore[arg-type]


STORY = (
    moment(1, 4_000, What.CALLS, 412, detail="voice/damaged_item"),
    moment(2, 4_000, What.WAITS, 412, detail="front_line"),
    moment(3, 3_900, What.ABANDONS, 412, amount=100.0),
    moment(4, 3_900, What.WILL_TRY_AGAIN, 412, amount=3_300.0),
    moment(5, 600, What.REDIALS, 412, detail="voice/damaged_item"),
    moment(6, 600, What.WAITS, 412, detail="front_line"),
    moment(7, 600, What.WAIT_ANNOUNCED, 412, amount=90.0),
    moment(8, 545, What.ANSWERED, 412, agent=2, amount=55.0),
    moment(9, 200, What.MAY_NOT_DECIDE, 412, agent=2, amount=64.0, detail="refund"),
    moment(10, 200, What.ASKS, 412, agent=2, amount=64.0, detail="supervisors"),
    moment(11, 200, What.HOLDS, 412, agent=2),
    moment(12, 131, What.TURNS_TO_IT, 412, agent=54, amount=69.0),
)
LOG = (
    moment(13, 95, What.CALLS, 431, detail="voice/order_enquiry"),
    moment(14, 95, What.ANSWERED, 431, agent=7, amount=0.0),
    moment(15, 80, What.PAUSES, agent=20, detail="break"),
    moment(16, 61, What.SETTLED, 425, agent=9),
    moment(17, 61, What.RESOLVED, 425),
    moment(18, 47, What.OFFERED_CALLBACK, 429),
    moment(19, 47, What.TAKES_CALLBACK, 429),
    moment(20, 31, What.TRANSFERRED, 419, agent=12, detail="specialists"),
    moment(21, 22, What.PROMISED_CALL, 418, agent=14, amount=NOW + 24 * HOUR),
    moment(22, 16, What.REFUSED, 416, agent=55, amount=310.0, detail="supervisors"),
    moment(23, 9, What.DECIDES_ALONE, 430, agent=4, amount=18.5, detail="front_line"),
    moment(24, 3, What.CHANGED, detail="2 agents called in for Front line, 4 h"),
    moment(25, 0, What.GIVES_UP, 399),
)

TODAY = {
    "service_level": 0.741,
    "asa": 21.4,
    "abandonment": 0.034,
    "fcr": 0.861,
    "fcr_complaints": 0.482,
    "approval_wait": 171.0,
    "promises_kept": nan,
    "occupancy": 0.842,
    "remedies_paid": 1_240.0,
}

SNAPSHOT = Snapshot(
    now=NOW,
    horizon_s=7 * 24 * HOUR,
    open=True,
    queues=(
        QueueView(("front_line",), "voice", 3, 74.0, 210, 0.741),
        QueueView(("front_line",), "chat", 0, 0.0, 98, 0.903),
        QueueView(("front_line",), "email", 6, 1_910.0, 0, nan),
        QueueView(("specialists",), "voice", 1, 12.0, 0, nan),
    ),
    groups=(
        group("front_line", 0, "ttattrwtthttttatttwtbtttttt.............mtttr"),
        group("specialists", 45, "tH.."),
        group("supervisors", 52, "Do.."),
    ),
    approvals=(
        ApprovalView(412, 2, "supervisors", "refund", 64.0, NOW - 200.0, NOW - 131.0),
        ApprovalView(428, 14, "supervisors", "fee_waiver", 31.5, NOW - 74.0, None),
        ApprovalView(401, -1, "supervisors", "goodwill", 22.0, NOW - 900.0, None),
    ),
    promises=PromisesView(open=4, overdue=1, next_due=NOW + 3 * HOUR),
    today=TODAY,
    so_far={**TODAY, "service_level": 0.823, "promises_kept": 0.95},
    offered=308,
    recent=LOG,
    curves=Curves(
        300.0,
        waiting=(0,) * 97 + tuple((k * k) % 7 for k in range(32)),
        staffed=(0,) * 96 + (9,) * 12 + (17,) * 21,
        busy=(0,) * 129,
    ),
    followed=None,
    changes=(),
    written=26,
)
_RESTED = replace(SNAPSHOT, groups=(group("front_line", 0, "t" * 24 + "r" * 6),))
_TIRED = replace(SNAPSHOT, groups=(group("front_line", 0, "t" * 22 + "a" * 4 + "b" * 4),))
FOLLOWED = StoryView(412, "damaged_item", True, 64.0, NOW - 4_000.0, "on hold", STORY)


def _recorded() -> RecordedDay:
    """The day by quarters of an hour: calm, with the worst one at 10:30, when many are on break."""
    day = RecordedDay(0)
    for minute in range(1440):
        at = 60.0 * minute
        tired = 10.5 * HOUR <= at < 10.75 * HOUR
        day.minutes.append(replace(_TIRED if tired else _RESTED, now=at))
    for place in range(32, 80):
        waits = (place * 7) % 5 * 6.0 if place != 42 else 108.0
        day.quarters[place] = Quarter(came=30, new=30, waits=30, waited_s=30 * waits)
    day.complete = True
    return day


DAY = _recorded()


class CannedDriver:
    """Does what it is asked to the frozen snapshot, and remembers it."""

    def __init__(self) -> None:
        self.latest: Frame | None = Frame(SNAPSHOT, 60.0, 60.0, paused=True, going_to=None)
        self.failed = ""
        self.asked: list[object] = []
        self.refuses = ""
        self.day = DAY
        self._held: bool | None = None

    def _becomes(self, **changes: object) -> None:
        assert self.latest is not None
        self.latest = replace(self.latest, **changes)  # type: ignore[arg-type]

    def _shows(self, **changes: object) -> None:
        assert self.latest is not None
        self._becomes(snapshot=replace(self.latest.snapshot, **changes))  # type: ignore[arg-type]

    def pause(self) -> None:
        self._becomes(paused=True)

    def hold(self) -> None:
        assert self.latest is not None
        self._held = self.latest.paused if self._held is None else self._held
        self._becomes(paused=True)

    def release(self) -> None:
        if self._held is not None:
            self._becomes(paused=self._held)
        self._held = None

    def refusals(self) -> list[str]:
        return []

    def quarters(self, by: int) -> None:
        self.asked.append(("quarters", by))

    def take_back(self, made: Made) -> None:
        assert self.latest is not None
        self._becomes(changes=tuple(one for one in self.latest.changes if one is not made))

    def pause_or_go_on(self) -> None:
        assert self.latest is not None
        self._becomes(paused=not self.latest.paused)

    def go_on(self) -> None:
        self._becomes(paused=False)

    def set_speed(self, speed: float) -> None:
        self._becomes(speed=speed, pace=0.0 if speed < inf else 9_000.0)

    def faster(self, by: int) -> None:
        assert self.latest is not None
        place = SPEEDS.index(self.latest.speed) + by
        self.set_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, place))])

    def step(self, topics: Collection[Topic]) -> None:
        self.asked.append(("step", frozenset(topics)))

    def minute(self) -> None:
        self.asked.append("minute")

    def jump(self, to: float | None) -> None:
        self.asked.append(("jump", to))

    def change(self, change: Change) -> Future[Made]:
        done: Future[Made] = Future()
        if self.refuses:
            done.set_exception(ChangeError(self.refuses))
            return done
        made = Made(NOW + 1.0, change, f"done: {change}")
        assert self.latest is not None
        self._becomes(changes=(*self.latest.changes, made))
        done.set_result(made)
        return done

    def follow(self, case: int | None) -> Future[bool]:
        done: Future[bool] = Future()
        known = case in (None, FOLLOWED.case)
        if known:
            self._shows(followed=FOLLOWED if case is not None else None)
        done.set_result(known)
        return done

    def show(self, topics: Collection[Topic]) -> None:
        self.asked.append(("show", frozenset(topics)))

    def stop(self) -> None:
        self.asked.append("stop")


LIMIT = SetLimit("none", 100.0)
