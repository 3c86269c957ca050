"""The supervisors' queue: what agents and customers wait to have decided."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from results.reading.format import duration, money
from sim.live import ApprovalView
from tui.floor.frames import Frame
from tui.floor.lines import Line
from tui.floor.names import Names, said
from tui.floor.panel import Panel
from tui.parts.fitting import fitted


class ApprovalQueue(Panel):
    """Questions being decided, then those that wait."""

    HEADING = "Approvals"

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """One line for each question; what is promised below."""
        snapshot = frame.snapshot
        waiting = sum(view.started is None for view in snapshot.approvals)
        deciding = len(snapshot.approvals) - waiting
        self.head(f"{deciding} deciding, {waiting} wait" if snapshot.approvals else "")
        width, height = self.scrollable_content_region.size
        self._cases = [view.case for view in snapshot.approvals]
        found = [_line(view, snapshot.now, names, width) for view in snapshot.approvals]
        if not found:
            found.append((("nobody asks", "muted"),))
        promises = snapshot.promises
        if promises.open:
            words = f"{promises.open} promised"
            late = f"  !{promises.overdue} overdue" if promises.overdue else ""
            soon = f"  next {names.when(promises.next_due, snapshot.now)}"
            soon = soon if cell_len(words + late + soon) + 2 <= width else ""
            found.append((("◇ ", "accent"), (words, "muted"), (late, "bad"), (soon, "muted")))
        if len(found) > height:
            found[height - 1 :] = [((f"and {len(found) - height + 1} more", "muted"),)]
        return found

    def case_at(self, row: int) -> int:
        """The case that a line is about; -1 when it is about none."""
        return self._cases[row] if row < len(self._cases) else -1


def _line(view: ApprovalView, now: float, names: Names, width: int) -> Line:
    decided = view.started is not None
    since = duration(now - (view.asked if view.started is None else view.started))
    what = money(view.money, names.currency) if view.kind else "advice"
    who = names.agent(view.agent) if view.agent >= 0 else "in writing"
    text = f"#{view.case} {what} {said(view.kind)}".rstrip()
    state = f"{'decides' if decided else 'waits'} {since}"
    room = max(8, width - 2 - len(state) - 1)
    text = fitted(f"{text} · {who}", room)
    return (
        ("■ " if decided else "▲ ", "help" if decided else "approver"),
        (text + " ", "plain"),
        (state, "muted" if decided else "warn"),
    )
