"""A live run: paused, stepped, jumped, watched and changed, with the trace of a plain one."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from math import inf, nextafter

from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.day import close, open_centre
from sim.live.changes import Change, Made
from sim.live.moments import Moment, Topic
from sim.live.snapshot_reader import BUSY, SnapshotReader
from sim.live.snapshots import Curves, Snapshot, StoryView
from sim.live.watch import Watch
from sim.trace.trace import Trace

CURVE_STEP_S = 300.0
"""The curves of the day have a point for every five minutes."""

SHOWN = 120
"""Moments in a snapshot."""

EVERYTHING = frozenset(Topic)


class LiveRun:
    """One replication of one policy, run until it is asked to stop.

    Slicing and watching change no bit of the trace. What is kept for the observer, and what a
    snapshot costs, does not grow with the contacts so far.
    """

    def __init__(self, scenario: Scenario, seed: int, replication: int = 0) -> None:
        self.scenario = scenario
        """As it was before any change."""
        self.seed = seed
        self.replication = replication
        self._centre = open_centre(scenario, seed, replication)
        self._watch = Watch(self._centre)
        self._reader = SnapshotReader(self._centre, self._watch)
        self._made: list[Made] = []
        self._followed: int | None = None
        self._topics: frozenset[Topic] = EVERYTHING
        self._sampled = 0.0
        self._curves: tuple[list[int], list[int], list[int]] = ([], [], [])

    # Running.

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return float(self._centre.clock.now)

    @property
    def horizon_s(self) -> float:
        """When the run ends."""
        return self._centre.plan.horizon_s

    def advance(self, until: float) -> None:
        """Run until a time, at most to the end of the run."""
        until = min(until, self.horizon_s)
        while self._sampled <= until:
            self._centre.run(self._sampled)
            self._sample()
        self._centre.run(until)

    def step(self, topics: Collection[Topic] = EVERYTHING, until: float = inf) -> bool:
        """Run until something visible happens that is about one of these topics.

        Returns whether it happened before ``until``; otherwise the run has reached that time.
        """
        journal, clock = self._watch.journal, self._centre.clock
        before, known = self.now, journal.written
        until = min(until, self.horizon_s)
        while clock.peek() < until:
            clock.step()
            if self._sampled <= self.now:
                self._sample()
            if self.now > before:
                newest = journal.newest(topics, 1) if journal.written > known else ()
                if newest and newest[0].number >= known:
                    return True
                known = journal.written
        self.advance(until)
        return False

    def minute(self) -> None:
        """Run to the next full minute."""
        self.advance((math.floor(self.now / 60.0) + 1.0) * 60.0)

    def next_opening(self) -> float | None:
        """When customers can call next; None when the doors never close, or stay closed."""
        times = [
            self._centre.lines[channel].next_opening(self.now)
            for channel, name in enumerate(CHANNELS)
            if name not in WRITTEN and self._is_used(name)
        ]
        return min((time for time in times if time is not None), default=None)

    def _is_used(self, channel: str) -> bool:
        return any(channel in reason.channels for reason in self.scenario.reasons.values())

    def _sample(self) -> None:
        """Note a point of the curves; they start again every midnight."""
        at = self._sampled
        if at % DAY_S == 0.0:
            self._curves = ([], [], [])
        groups = self._reader.groups()
        waiting, staffed, busy = self._curves
        waiting.append(self._reader.people_waiting())
        staffed.append(sum(len(group.doing) - group.doing.count(0) for group in groups))
        busy.append(sum(group.doing.count(code) for group in groups for code in BUSY))
        self._sampled = at + CURVE_STEP_S

    # Changing.

    def change(self, change: Change) -> Made:
        """Change something from the next full second on.

        Raises:
            ChangeError: if it cannot be done, with the reason; the run is as before.
        """
        at = math.floor(self.now) + 1.0
        return self._make(at, change)

    @property
    def changes(self) -> tuple[Made, ...]:
        """What was changed so far, with its times."""
        return tuple(self._made)

    def repeat(self, made: Made) -> None:
        """Make a change of another run of the same customers, at the same time."""
        self._make(made.at, made.change)

    def _make(self, at: float, change: Change) -> Made:
        # Everything before that time has happened and the rest has not, whatever the slices were,
        # so that the same changes at the same times give the same trace.
        self.advance(nextafter(at, -inf))
        self.advance(at)
        made = Made(at, change, change.make(self._centre))
        self._watch.changed(made.words)
        self._made.append(made)
        return made

    def close(self) -> Trace:
        """Run to the end and return the trace; nothing can be watched afterwards."""
        self.advance(self.horizon_s)
        return close(self._centre)

    # Watching.

    def follow(self, case: int | None) -> None:
        """Show the story of this case in every snapshot from now on."""
        self._followed = case

    def show(self, topics: Iterable[Topic]) -> None:
        """Show only moments about these topics."""
        self._topics = frozenset(topics)

    @property
    def followed(self) -> int | None:
        """The case whose story is in every snapshot."""
        return self._followed

    @property
    def topics(self) -> frozenset[Topic]:
        """Topics of the moments that are shown."""
        return self._topics

    def knows(self, case: int) -> bool:
        """Whether the story of a case is still kept."""
        return bool(self._watch.journal.story(case))

    def story(self, case: int) -> StoryView | None:
        """A customer's story up to now; None when it is unknown or ended long ago."""
        return self._reader.story(case)

    def keep_moments(self) -> None:
        """Keep every moment from now on until ``take_moments`` takes it."""
        self._watch.journal.keep_untaken()

    def take_moments(self) -> list[Moment]:
        """The moments since the last time, in order."""
        return self._watch.journal.take()

    def snapshot(self) -> Snapshot:
        """The floor at this instant."""
        watch, reader = self._watch, self._reader
        watch.counts(self.now)  # a new day begins with its counts at zero
        return Snapshot(
            now=self.now,
            horizon_s=self.horizon_s,
            open=self._is_open(),
            queues=reader.queues(),
            groups=reader.groups(),
            approvals=reader.approvals(),
            promises=reader.promises(),
            today=reader.measures(watch.today, 0),
            so_far=reader.measures(watch.so_far, watch.overdue()),
            offered=watch.today.all.offered,
            recent=watch.journal.newest(self._topics, SHOWN),
            curves=Curves(CURVE_STEP_S, *(tuple(curve) for curve in self._curves)),
            followed=None if self._followed is None else reader.story(self._followed),
            changes=self.changes,
            written=watch.journal.written,
        )

    def _is_open(self) -> bool:
        return any(
            line.is_open(self.now)
            for line, name in zip(self._centre.lines, CHANNELS, strict=True)
            if name not in WRITTEN and self._is_used(name)
        )


def replay(scenario: Scenario, seed: int, replication: int, changes: Iterable[Made] = ()) -> Trace:
    """Run a replication with changes made at their times; without any it is the untouched run."""
    run = LiveRun(scenario, seed, replication)
    for made in changes:
        run.repeat(made)
    return run.close()
