"""The queues: who waits for whom, how long, and the service level so far today."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from rich.cells import cell_len

from results.reading.format import UNDEFINED, duration, minutes, share
from results.reading.within import within
from scenarios.answer_targets import answer_targets
from sim.live import QueueView
from tui.floor.frames import Frame
from tui.floor.lines import Line, Tone
from tui.floor.names import Names
from tui.floor.panel import Panel
from tui.parts.fitting import fitted

_WAITING, _LONGEST, _LEVEL = 8, 8, 8
_LONG_S = 6000.0
"""From here on a wait is told in hours."""


class QueueBoard(Panel):
    """One line for each queue."""

    HEADING = "Queues"
    SCROLLS = True

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """A heading and the queues."""
        snapshot, targets = frame.snapshot, names.scenario.targets
        name_width = max(12, self.scrollable_content_region.width - _WAITING - _LONGEST - _LEVEL)
        times = answer_targets(names.scenario)
        level = f"in {within(times)}" if len(times) == 1 else "in time"
        columns = f"{'waiting':>{_WAITING}}{'longest':>{_LONGEST}}{level:>{_LEVEL}}"
        self.head(columns, right=True, rows=len(snapshot.queues))
        found: list[Line] = []
        for queue in snapshot.queues:
            groups = " + ".join(names.group(group) for group in queue.groups)
            channel = f" · {queue.channel}"
            name = fitted(groups, max(1, min(cell_len(groups), name_width - cell_len(channel))))
            name = fitted(name + channel, name_width)
            shortest = answer_targets(names.scenario, queue.channel)[0]
            found.append(_line(queue, name, shortest, targets.service_level))
        return found


def _line(queue: QueueView, name: str, within_s: float, target: float) -> Line:
    live = not isnan(queue.service_level) or queue.channel in ("voice", "chat")
    late = live and queue.longest_s > within_s
    closed = not queue.open and not queue.waiting
    waiting: Tone = "muted" if not queue.waiting else "bold"
    longest = _longest(queue.longest_s) if queue.waiting else UNDEFINED
    longest = f"!{longest}" if late and queue.waiting else longest
    return (
        (name, "plain"),
        (f"{'closed' if closed else queue.waiting:>{_WAITING}}", waiting),
        (f"{longest:>{_LONGEST}}", "warn" if late and queue.waiting else "muted"),
        _level(queue.service_level, target),
    )


def _level(level: float, target: float) -> tuple[str, Tone]:
    """The service level, with a sign whether it is below target."""
    if isnan(level):
        return f"{UNDEFINED:>{_LEVEL}}", "muted"
    below = level < target
    text = f"{'!' if below else '✓'}{share(level)}"
    return f"{text:>{_LEVEL}}", "bad" if below else "good"


def _longest(seconds: float) -> str:
    """A wait that grows before the reader's eyes: by the clock, and in hours when it is long."""
    return minutes(seconds) if seconds < _LONG_S else duration(seconds)
