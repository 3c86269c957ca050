"""Curves of the day: customers waiting, agents on duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios import Scenario
from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from sim.live import Curves
from tui.floor.frames import Frame
from tui.floor.lines import Line, Tone
from tui.floor.names import Names, clock
from tui.floor.panel import Panel
from tui.parts.curve import bars

_LABEL = 14


@dataclass(frozen=True)
class _Hours:
    """The part of the day that is drawn, in steps of the curves."""

    first: int
    last: int

    def columns(self, values: Sequence[int], width: int) -> list[int]:
        """The largest value of each column; those to come are missing."""
        found, steps = [], self.last - self.first
        for column in range(width):
            begin = self.first + column * steps // width
            end = max(begin + 1, self.first + (column + 1) * steps // width)
            if begin >= len(values):
                break
            found.append(max(values[begin:end]))
        return found


class DayCurves(Panel):
    """Waiting above, staffed below, on the same hours."""

    HEADING = "Today"

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """Two curves with their present values."""
        snapshot = frame.snapshot
        curves = snapshot.curves
        width, height = self.scrollable_content_region.size
        hours = _hours(curves, names.scenario, snapshot.now)
        ends = (hours.first * curves.step_s, hours.last * curves.step_s)
        self.head(" to ".join(clock(end, seconds=False) for end in ends))
        room, rows = max(1, width - _LABEL), max(1, height // 2)
        waiting = sum(q.waiting for q in snapshot.queues if q.channel in ("voice", "chat"))
        staffed = sum(len(group.doing) - group.doing.count(0) for group in snapshot.groups)
        found = _curve("waiting", waiting, hours.columns(curves.waiting, room), rows, "warn")
        found += _curve("staffed", staffed, hours.columns(curves.staffed, room), rows, "talk")
        return found


def _hours(curves: Curves, scenario: Scenario, now: float) -> _Hours:
    """From opening to closing, and whatever else of the day somebody is at work."""
    steps = int(DAY_S / curves.step_s)
    span = calendar_of(scenario).day(int(now // DAY_S)).opening() or (0.0, DAY_S)
    first, last = int(span[0] // curves.step_s), int(span[1] // curves.step_s)
    present = [step for step, staffed in enumerate(curves.staffed) if staffed]
    if present:
        first, last = min(first, present[0]), max(last, present[-1] + 1)
    return _Hours(first, min(steps, max(last, first + 1)))


def _curve(word: str, now: int, values: Sequence[int], rows: int, tone: Tone) -> list[Line]:
    """Rows of bars with a word and the present value before the lowest."""
    drawn = bars(values, rows)
    label = f"{word:8}{now:>5} "
    return [
        ((label if row == rows - 1 else " " * _LABEL, "muted"), (text, tone))
        for row, text in enumerate(drawn)
    ]
