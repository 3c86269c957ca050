"""One customer's story as a time line."""

from __future__ import annotations

from collections.abc import Sequence

from results.reading.format import duration, money
from sim.live import TOPIC_OF, StoryView
from tui.floor.frames import Frame
from tui.floor.lines import Line
from tui.floor.names import Names, clock
from tui.floor.panel import Panel
from tui.floor.words import sign, told


class StoryLine(Panel):
    """From dialling to goodbye and back again, with the time between."""

    HEADING = "Story"
    SCROLLS = True

    def __init__(self, *, id: str, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=can_focus)
        self._length = 0

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """Who it is and what is going on, then every moment."""
        story = frame.snapshot.followed
        if story is None:
            return [(("nobody is followed", "muted"),)]
        self.head(f"#{story.case}, {story.state}")
        found: list[Line] = [_who(story, names)]
        previous = None
        for moment in story.moments:
            mark, tone = sign(TOPIC_OF[moment.what])
            if previous is not None and moment.at - previous >= 1.0:
                gap = duration(moment.at - previous)
                found.append(((" " * 9 + "│ ", "muted"), (gap, "muted")))
            if previous is None or moment.at // 86_400.0 != previous // 86_400.0:
                found.append(((names.day(moment.at, long=True), "bold"),))
            previous = moment.at
            words = told(moment, names)
            found.append(((f"{clock(moment.at)} ", "muted"), (f"{mark} ", tone), (words, "plain")))
        now = frame.snapshot.now
        if previous is not None and story.state not in _OVER:
            found.append(
                ((" " * 9 + "│ ", "muted"), (f"{story.state}, {duration(now - previous)}", "warn"))
            )
        return found

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; the newest moment stays in view."""
        super().show(lines)
        if len(lines) != self._length:
            self._length = len(lines)
            self.call_after_refresh(self.scroll_end, animate=False)


_OVER = ("resolved", "given up", "settled in the voice menu")


def _who(story: StoryView, names: Names) -> Line:
    kind = " (complaint)" if story.complaint else ""
    needs = ""
    if story.money == story.money:
        needs = f", needs {money(story.money, names.currency)}"
    return ((f"{names.reason(story.reason)}{kind}{needs}", "bold"),)
