"""The event log: the newest moments as sentences, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

from sim.live import TOPIC_OF, Moment
from tui.floor.cursor_panel import CursorPanel
from tui.floor.frames import Frame
from tui.floor.lines import Line
from tui.floor.names import Names, clock
from tui.floor.words import sign, told


class EventLog(CursorPanel):
    """What has just happened; the newest moment stands at the bottom."""

    HEADING = "Log"

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """As many of the newest moments as there are rows."""
        rows = max(1, self.scrollable_content_region.height)
        self.moments: Sequence[Moment] = frame.snapshot.recent[-rows:]
        if not self.moments:
            return [(("nothing yet", "muted"),)]
        return [_line(moment, names) for moment in self.moments]

    def case_at(self, row: int) -> int:
        """The case that a line is about; -1 when it is about none."""
        return self.moments[row].case if row < len(self.moments) else -1


def _line(moment: Moment, names: Names) -> Line:
    mark, tone = sign(TOPIC_OF[moment.what])
    who = f"#{moment.case} " if moment.case >= 0 else ""
    return (
        (f"{clock(moment.at)} ", "muted"),
        (f"{mark} ", tone),
        (who, "accent"),
        (told(moment, names), "plain"),
    )
