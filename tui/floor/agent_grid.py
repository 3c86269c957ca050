"""The agents: one cell for each, by what the agent is doing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from sim.live import Doing, GroupView
from tui.floor.frames import Frame
from tui.floor.lines import Line, Tone
from tui.floor.names import Names
from tui.floor.panel import Panel
from tui.parts.fitting import fitted

SIGNS: dict[Doing, tuple[str, Tone, str]] = {
    Doing.READY: ("○", "ready", "ready"),
    Doing.TALK: ("●", "talk", "talking"),
    Doing.WRITING: ("≡", "talk", "writing"),
    Doing.HOLD: ("◐", "hold", "hold"),
    Doing.WITH_APPROVER: ("▲", "approver", "with approver"),
    Doing.WRAP_UP: ("◦", "wrap", "wrap-up"),
    Doing.HELPING: ("◆", "help", "helping"),
    Doing.DECIDING: ("■", "help", "deciding"),
    Doing.OUTBOUND: ("▷", "talk", "calling out"),
    Doing.OWN_WORK: ("□", "ready", "own work"),
    Doing.BREAK: ("~", "break", "break"),
    Doing.AWAY: ("≈", "break", "away"),
    Doing.OFF: ("·", "away", "off"),
}
"""Sign, colour and word for what an agent is doing."""

_CELLS: tuple[tuple[str, Tone], ...] = tuple((SIGNS[doing][0], SIGNS[doing][1]) for doing in Doing)
_ALWAYS = (Doing.READY, Doing.TALK, Doing.HOLD, Doing.WITH_APPROVER, Doing.WRAP_UP)
"""States that stand in the legend whether anybody is in them or not."""

_SHORT = {Doing.WITH_APPROVER: "approver", Doing.OWN_WORK: "own"}
"""Words of the legend where room is short."""

_TITLE = 15
"""Columns before the cells when a group has no line of its own for its title."""


class AgentGrid(Panel):
    """A cell for each agent, group by group, with a legend that counts."""

    HEADING = "Agents"

    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """The groups, then the legend."""
        width, height = self.scrollable_content_region.size
        groups = frame.snapshot.groups
        legend = list(_legend(groups, width))
        self._cells: dict[int, tuple[GroupView, int, int, int]] = {}
        roomy = [1 + -(-len(group.doing) // max(1, width // 2)) for group in groups]
        # Titles are whole where the agents leave room for them.
        most = max((len(group.doing) for group in groups), default=0)
        called = max((cell_len(names.group(group.name)) for group in groups), default=0)
        head = max(_TITLE, min(called + 4, width - most))
        least = sum(-(-len(group.doing) // max(1, width - head)) for group in groups)
        # People first: the legend takes what they leave.
        if len(legend) > height - least:
            legend = list(_legend(groups, width, tight=True))
        legend = legend[: max(0, height - least)]
        found: list[Line] = []
        for group in groups:
            if sum(roomy) + len(legend) <= height:
                found.append(_heading(group, names))
                self._add(found, group, width, "", 2)
            else:
                self._add(found, group, width, _short_heading(group, names, head), 1)
        found += [()] * (height - len(found) - len(legend))
        return [*found[: height - len(legend)], *legend]

    def _add(self, found: list[Line], group: GroupView, width: int, title: str, cell: int) -> None:
        """Add the rows of a group's cells, the title before the first."""
        per_row = max(1, (width - cell_len(title)) // cell)
        for first in range(0, max(1, len(group.doing)), per_row):
            self._cells[len(found)] = group, first, cell_len(title), cell
            row = _row(group.doing[first : first + per_row], cell)
            head = title if first == 0 else " " * cell_len(title)
            found.append(((head, "bold"), *row) if title else row)

    def case_at(self, row: int, column: int) -> int:
        """The case that the agent in a cell has in hand; -1 when there is none."""
        if row not in self._cells:
            return -1
        group, first, indent, cell = self._cells[row]
        place = first + (column - indent) // cell
        return group.cases[place] if column >= indent and place < len(group.cases) else -1


def _here(group: GroupView) -> int:
    return len(group.doing) - group.doing.count(Doing.OFF)


def _heading(group: GroupView, names: Names) -> Line:
    free = group.doing.count(Doing.READY) + group.doing.count(Doing.OWN_WORK)
    return (
        (names.group(group.name), "bold"),
        (f"  {_here(group)} on duty, ", "muted"),
        (f"{free} free", "good" if free else "warn"),
    )


def _short_heading(group: GroupView, names: Names, width: int) -> str:
    return f"{fitted(names.group(group.name), width - 4)}{_here(group):>3} "


def _row(doing: bytes, cell: int) -> Line:
    """Cells, those alike next to each other as one piece."""
    gap = " " * (cell - 1)
    pieces: list[tuple[str, Tone]] = []
    for code in doing:
        sign, tone = _CELLS[code]
        if pieces and pieces[-1][1] == tone:
            pieces[-1] = (pieces[-1][0] + sign + gap, tone)
        else:
            pieces.append((sign + gap, tone))
    return tuple(pieces)


def _legend(groups: Sequence[GroupView], width: int, *, tight: bool = False) -> Iterator[Line]:
    """Every state that anybody is in, and those that matter most, with its count."""
    line: list[tuple[str, Tone]] = []
    used, gap, before = 0, " " if tight else "  ", "" if tight else " "
    for doing, (sign, tone, word) in SIGNS.items():
        count = sum(group.doing.count(doing) for group in groups)
        if not count and doing not in _ALWAYS:
            continue
        text = f"{before}{count} {_SHORT.get(doing, word) if tight else word}"
        if line and used + len(text) + 1 > width:
            yield tuple(line)
            line, used = [], 0
        line += [(sign, tone), (f"{text}{gap}", "muted")]
        used += len(text) + 1 + len(gap)
    yield tuple(line)
