"""Who was on duty where there is no roster: windows of activity, skills, and times away.

An agent's window runs from the first contact taken to the end of the last, and a gap of more than
15 minutes without one ends it. Counting the distinct agents of each half hour instead makes
everybody there for all of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Estimate, mean_of, rate_of
from scenarios.records.columns import Flags, Numbers

GAP_S = 900.0
"""A gap without a contact that ends a window."""
HALF_HOUR_S = 1800.0
AT_ONCE_S = 15.0
"""An agent who takes the next contact so soon after the last had not been away."""


@dataclass(frozen=True)
class Window:
    """A stretch in which an agent was logged on, in seconds of a date (beyond 86,400: past it)."""

    agent: int
    date: np.datetime64
    start: float
    end: float


def windows_of(calls: Calls, gap_s: float = GAP_S) -> tuple[Window, ...]:
    """The windows of every agent and date, from what they answered."""
    known = calls.answered & (calls.agent >= 0) & ~np.isnan(calls.ended)
    if not known.any():
        return ()
    rows = np.flatnonzero(known)
    rows = rows[np.lexsort((calls.began[rows], calls.agent[rows], calls.date[rows]))]
    dates, agents = calls.date[rows].astype(int), calls.agent[rows]
    began, ended = calls.began[rows], calls.ended[rows]
    other = np.append(True, (np.diff(dates) != 0) | (np.diff(agents) != 0))
    reached = _reached(ended, np.flatnonzero(other))
    first = other.copy()
    first[1:] |= began[1:] - reached[:-1] > gap_s
    starts = np.flatnonzero(first)
    columns = (agents[starts], dates[starts], began[starts], np.maximum.reduceat(ended, starts))
    each = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(Window(agent, np.datetime64(date, "D"), *span) for agent, date, *span in each)


def _reached(ended: Numbers, firsts: np.ndarray) -> Numbers:
    """The latest end up to each row, of the rows from the last of `firsts` on."""
    reached = ended.copy()
    for first, last in zip(firsts, np.append(firsts[1:], len(ended)), strict=True):
        np.maximum.accumulate(reached[first:last], out=reached[first:last])
    return reached


def logged_on(calls: Calls, gap_s: float = GAP_S) -> tuple[Window, ...]:
    """The windows with the time before the first contact and after the last in which agents waited.

    An agent logs on before the first contact comes and is still there after the last one. How long
    is not recorded, but agents in the middle of a window wait just as long: each end is moved by
    the mean gap between two contacts of an agent, in the same half hour of that day if there are
    eight gaps, else in the five half hours around it, else on the whole day.
    """
    of_date = _by_date(windows_of(calls, gap_s))
    moved: list[Window] = []
    for date, day in calls.by_date():
        mine = of_date[date]
        idle = _Idle(day, gap_s)
        reached = [
            replace(w, start=w.start - idle.around(w.start), end=w.end + idle.around(w.end))
            for w in mine
        ]
        moved += _apart(reached)
    return tuple(moved)


def _by_date(windows: tuple[Window, ...]) -> dict[np.datetime64, list[Window]]:
    of_date: dict[np.datetime64, list[Window]] = defaultdict(list)
    for window in windows:
        of_date[window.date].append(window)
    return of_date


def _apart(windows: list[Window]) -> list[Window]:
    """Windows of one agent that have come to overlap meet in the middle."""
    kept: list[Window] = []
    for window in windows:
        last = kept[-1] if kept else None
        if last is not None and last.agent == window.agent and last.end > window.start:
            middle = (last.end + window.start) / 2
            kept[-1] = replace(last, end=middle)
            window = replace(window, start=middle)  # noqa: PLW2901 - the same window, moved
        kept.append(replace(window, start=max(window.start, 0.0)))
    return kept


class _Idle:
    """Seconds between two contacts of an agent, by half hour of a day."""

    def __init__(self, calls: Calls, gap_s: float) -> None:
        known = np.flatnonzero(calls.answered & (calls.agent >= 0) & ~np.isnan(calls.ended))
        order = known[np.lexsort((calls.began[known], calls.agent[known]))]
        same = calls.agent[order][1:] == calls.agent[order][:-1]
        gap = calls.began[order][1:] - calls.ended[order][:-1]
        usable = same & (gap >= 0) & (gap <= gap_s)
        slot = (calls.began[order][1:][usable] // HALF_HOUR_S).astype(int)
        size = max(int(slot.max()) + 1 if len(slot) else 0, 52)
        self._number = np.bincount(slot, minlength=size).astype(float)
        self._total = np.bincount(slot, gap[usable], minlength=size)
        self._known: dict[int, float] = {}

    def around(self, second: float) -> float:
        """Mean gap near a time of the day; 0 where nobody took two contacts."""
        slot = int(second // HALF_HOUR_S)
        if slot not in self._known:
            self._known[slot] = self._of(slot)
        return self._known[slot]

    def _of(self, slot: int) -> float:
        for reach, least in ((0, 8), (2, 5), (len(self._number), 1)):
            rows = slice(max(slot - reach, 0), slot + reach + 1)
            number = float(self._number[rows].sum())
            if number >= least:
                return float(self._total[rows].sum()) / number
        return 0.0


@dataclass(frozen=True)
class TimesAway:
    """What agents who are logged on do between contacts.

    Attributes:
        when_idle: Share of agents without a contact who are away while nobody waits: a customer
            who comes then has to wait only if all of them are.
        back_s: Seconds until somebody away is back once a customer waits.
        between_s: Seconds between two contacts of an agent who had not been away while somebody
            waited: what the telephone and the agent need to change over.
        busy_while_waiting: Share of logged-on time spent on contacts while somebody waits.
    """

    when_idle: Estimate
    back_s: Estimate
    between_s: Estimate
    busy_while_waiting: float
    back_by_day: Numbers
    """Seconds in which somebody could have come back, and how many did: 2 × days with calls."""


def times_away(calls: Calls, windows: tuple[Window, ...]) -> TimesAway:
    """How often agents are away when nobody waits, and how soon they come back when somebody does.

    Every call that comes while nobody waits and k agents are logged on and free is a trial: it has
    to wait when all k are away. The share is beta-distributed over moments, since breaks are often
    taken together. The time until they come back is all time in which somebody waited and somebody
    free could have come, over the number of calls taken by agents who had been without one.
    """
    free: list[Numbers] = []
    had_to_wait: list[Flags] = []
    between: list[Numbers] = []
    came_back: list[tuple[float, int]] = []
    busy_time = on_duty = 0.0
    of_date = _by_date(windows)
    for date, day in calls.by_date():
        line = _Day(day, of_date[date])
        trials = line.free_when_called()
        free.append(trials[0])
        had_to_wait.append(trials[1])
        busy_time += line.busy_while_waiting
        on_duty += line.on_duty_while_waiting
        gaps = line.gaps_before_waiting()
        came_back.append((line.waiting_beside_free, int((gaps > AT_ONCE_S).sum())))
        between.append(gaps[gaps <= AT_ONCE_S])
    exposure, back = np.array(came_back, dtype=float).T
    return TimesAway(
        _all_away(np.concatenate(free), np.concatenate(had_to_wait)),
        rate_of(int(back.sum()), float(exposure.sum())),
        mean_of(np.maximum(np.concatenate(between), 0.0)),
        busy_time / on_duty if on_duty else np.nan,
        np.array([exposure, back]),
    )


class _Day:
    """Counts of agents and callers by the second of one day, midnight passed included."""

    def __init__(self, calls: Calls, windows: list[Window]) -> None:
        self._calls = calls
        known = calls.answered & (calls.agent >= 0) & ~np.isnan(calls.ended)
        spans = (
            (np.array([w.start for w in windows]), np.array([w.end for w in windows])),
            (calls.began[known], calls.ended[known]),
            (calls.second[calls.waited], (calls.second + calls.wait)[calls.waited]),
        )
        ends = [*(end for _, end in spans), calls.second[calls.asked]]
        latest = max((float(end.max()) for end in ends if len(end)), default=0.0)
        seconds = int(latest) + 2
        on_duty, busy, waiting = (_per_second(start, end, seconds) for start, end in spans)
        self._waiting = waiting
        self._free = np.maximum(on_duty - busy, 0)
        some = waiting > 0
        self.waiting_beside_free = float(np.minimum(self._free, waiting)[some].sum())
        self.busy_while_waiting = float(np.minimum(busy, on_duty)[some].sum())
        self.on_duty_while_waiting = float(on_duty[some].sum())

    def free_when_called(self) -> tuple[Numbers, Flags]:
        """Of calls that came while nobody waited: agents free just before, and who had to wait."""
        calls = self._calls
        before = np.maximum(calls.second[calls.asked].astype(int) - 1, 0)
        alone = (self._waiting[before] == 0) & (self._free[before] > 0)
        return self._free[before][alone].astype(float), calls.waited[calls.asked][alone]

    def gaps_before_waiting(self) -> Numbers:
        """Seconds that agents had been without a contact when they took somebody who had waited."""
        calls = self._calls
        known = np.flatnonzero(calls.answered & (calls.agent >= 0) & ~np.isnan(calls.ended))
        order = known[np.lexsort((calls.began[known], calls.agent[known]))]
        same = calls.agent[order][1:] == calls.agent[order][:-1]
        gap = calls.began[order][1:] - calls.ended[order][:-1]
        return np.asarray(gap[same & (gap <= GAP_S) & (calls.wait[order][1:] > 2.0)])


def _per_second(start: Numbers, end: Numbers, seconds: int) -> Numbers:
    steps = np.zeros(seconds + 1)
    np.add.at(steps, np.clip(start.astype(int), 0, seconds), 1.0)
    np.add.at(steps, np.clip(end.astype(int), 0, seconds), -1.0)
    return np.cumsum(steps)


def _all_away(free: Numbers, had_to_wait: Flags) -> Estimate:
    """Mean of a beta law of the share away, from whether all of `free` agents were.

    The interval is where twice the log-likelihood falls by 3.84 along the mean.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import betaln

    if not len(free):
        return Estimate(np.nan, np.nan, np.nan, 0)
    cells, times = np.unique(np.column_stack([free, had_to_wait]), axis=0, return_counts=True)
    number, waits = cells[:, 0], cells[:, 1] > 0

    def loss(mean: float, log_size: float) -> float:
        a, b = mean * np.exp(log_size), (1 - mean) * np.exp(log_size)
        away = np.exp(betaln(a + number, b) - betaln(a, b))
        chance = np.where(waits, away, 1 - away)
        return -float(times @ np.log(np.maximum(chance, 1e-300)))

    def profile(mean: float) -> float:
        best = minimize_scalar(lambda s: loss(mean, s), bounds=(-3.0, 6.0), method="bounded")
        return float(best.fun)

    grid = np.arange(0.01, 1.0, 0.01)
    losses = np.array([profile(float(mean)) for mean in grid])
    inside = grid[losses <= losses.min() + 1.92]
    value = float(grid[int(np.argmin(losses))])
    return Estimate(value, float(inside[0]), float(inside[-1]), len(free))


def skills_of(calls: Calls, least: float = 0.5) -> dict[int, tuple[int, ...]]:
    """By agent, the reasons taken: at least half as often as chance would give in the same hours.

    Who took fewer than 30 contacts is taken to be able to take everything, since nothing is known.
    """
    known = calls.answered & (calls.agent >= 0)
    if not known.any():
        return {}
    reasons = len(calls.reason_names)
    agents = np.unique(calls.agent[known])
    taken = np.zeros((len(agents), reasons))
    expected = np.zeros_like(taken)
    for who, reason in _by_half_hour(calls, known):
        mix = np.bincount(reason, minlength=reasons) / len(reason)
        rows = np.searchsorted(agents, who)
        np.add.at(taken, (rows, reason), 1.0)
        np.add.at(expected, rows, mix)
    lift = (taken + 0.5) / (expected + 1.0)
    may = (lift >= least) | (taken.sum(axis=1) < 30)[:, None]
    may[np.arange(len(agents)), taken.argmax(axis=1)] = True
    return {int(a): tuple(np.flatnonzero(row).tolist()) for a, row in zip(agents, may, strict=True)}


def _by_half_hour(calls: Calls, known: Flags) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    slots = calls.date[known].astype(int) * 48 + (calls.second[known] // 1800).astype(int)
    order = np.argsort(slots, kind="stable")
    who, reason = calls.agent[known][order], calls.reason[known][order]
    ends = np.flatnonzero(np.diff(slots[order])) + 1
    yield from zip(np.split(who, ends), np.split(reason, ends), strict=True)
