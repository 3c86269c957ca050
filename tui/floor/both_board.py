"""Two policies at the same clock: where they part, and the key figures of both."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from results.reading.format import minutes
from sim.live import Moment, Snapshot
from tui.floor.differences import difference_rows
from tui.floor.frames import Frame
from tui.floor.lines import Line, Tone
from tui.floor.measure_board import SHORT
from tui.floor.names import Names, clock
from tui.floor.other_policy import OtherPolicy
from tui.floor.panel import TitledLines
from tui.floor.words import told
from tui.parts.fitting import fitted, shortened

FIRST, SECOND = "A", "B"
"""What the two policies are called where there is little room."""

_COLUMN, _DIFFERENCE = 10, 15
_NUMBERS = 2 * _COLUMN + _DIFFERENCE
_TWO_TABLES, _GAP = 104, 4
"""Width from which on the table stands in two halves, and the columns between them."""


class BothBoard(TitledLines):
    """One table of both, the moment they part above it."""

    HEADING = "Both at the same clock"

    def show_both(
        self, first: Frame, names: Names, title: str, second: Frame | None, other: OtherPolicy
    ) -> None:
        """Show what both have come to today."""
        width, height = self.scrollable_content_region.size
        if not width:
            return
        self.head(f"{FIRST} {title}  ·  {SECOND} {other.title}", right=False)
        lines = parting_lines(other, names, width, first.snapshot.now)
        table = _table(first.snapshot, second.snapshot if second else None, names, width)
        self.show([*lines, *table][:height])


def parting_lines(other: OtherPolicy, names: Names, width: int, now: float) -> list[Line]:
    """When and with which customer the two policies part, and what each does."""
    parting = other.parting
    if parting is None:
        if other.sought_until is None:
            words = "Looking for the moment at which the two part …"
        else:
            words = f"The same for every customer until {names.when(other.sought_until - 60, now)}."
        return [((fitted(words, width), "muted"),), (), ()]
    head = f"┼ They part {_when(names, parting.at, now)}, with customer #{parting.case}:"
    return [
        ((fitted(head, width), "bold"),),
        _what(FIRST, parting.first, names, width),
        _what(SECOND, parting.second, other.names, width),
    ]


def _when(names: Names, at: float, now: float) -> str:
    day = "" if at // 86_400.0 == now // 86_400.0 else f"{names.day(at)} "
    return f"at {day}{clock(at)}"


def _what(sign: str, moment: Moment | None, names: Names, width: int) -> Line:
    words = "nothing happens then" if moment is None else told(moment, names)
    late = "" if moment is None else f"{clock(moment.at)} "
    return (
        (f"  {sign} ", "accent"),
        (late, "muted"),
        (fitted(words, max(1, width - 4 - cell_len(late))), "plain"),
    )


def _table(first: Snapshot, second: Snapshot | None, names: Names, width: int) -> Sequence[Line]:
    """Key figures of today; the second column empty until that run is there."""
    columns = 2 if width >= _TWO_TABLES else 1
    room = max(8, min(44, (width - _GAP * (columns - 1)) // columns - _NUMBERS))
    heading = f"{'today':{room}}{FIRST:>{_COLUMN}}{SECOND:>{_COLUMN}}{'B − A':>{_DIFFERENCE}}"
    if second is None:
        return [((heading, "muted"),), (("simulating B …", "muted"),)]
    found: list[Line] = []
    (count, longest), (their_count, their_longest) = _waiting(first), _waiting(second)
    by = _signed(their_count - count, str(abs(their_count - count)))
    found.append(_line("Waiting now", room, str(count), str(their_count), by))
    by = _signed(their_longest - longest, minutes(abs(their_longest - longest)))
    found.append(_line("Longest wait now", room, minutes(longest), minutes(their_longest), by))
    titles = {**SHORT, "remedies_paid": "Remedies paid"}
    for row in difference_rows(titles, first.today, second.today, names.currency):
        found.append(_line(row.title, room, row.first, row.second, row.difference))
    if columns == 1:
        return [((heading, "muted"),), *found]
    gap: Line = ((" " * _GAP, "muted"),)
    half = -(-len(found) // 2)
    left, right = found[:half], [*found[half:], ()]
    rows = [(*one, *gap, *other) for one, other in zip(left, right, strict=False)]
    return [((heading + " " * _GAP + heading, "muted"),), *rows]


def _line(title: str, room: int, first: str, second: str, difference: str) -> Line:
    tone: Tone = "accent" if difference else "muted"
    return (
        (shortened(title, room), "plain"),
        (f"{first:>{_COLUMN}}{second:>{_COLUMN}}", "plain"),
        (f"{difference or 'the same':>{_DIFFERENCE}}", tone),
    )


def _waiting(snapshot: Snapshot) -> tuple[int, float]:
    """How many wait on the line, and since when the longest of them."""
    live = [queue for queue in snapshot.queues if queue.channel in ("voice", "chat")]
    longest = max((queue.longest_s for queue in live if queue.waiting), default=0.0)
    return sum(queue.waiting for queue in live), longest


def _signed(difference: float, text: str) -> str:
    """A difference with its sign; empty where it is written as nothing."""
    if text in ("0", "0:00"):
        return ""
    return f"{'+' if difference > 0.0 else '−'}{text}"
