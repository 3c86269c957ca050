"""The heat strip: how long customers waited through the day, and where the clock stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from rich.cells import cell_len

from results.reading.format import minutes
from scenarios import Scenario
from scenarios.answer_targets import answer_targets
from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from tui.floor.lines import Line, Tone
from tui.floor.names import clock
from tui.floor.panel import TitledLines
from tui.floor.recorded_day import QUARTER_S, QUARTERS, Quarter, RecordedDay
from tui.floor.worst import Worst
from tui.parts.curve import EIGHTHS
from tui.parts.fitting import fitted

_LABEL = 7
_MOST_COLUMNS = 4
"""Columns of a quarter of an hour on a wide screen."""
_FULL_S = 60.0
"""A mean wait as high as a cell on a day on which nobody waits longer."""
_TIMES = (1.0, 3.0, 8.0)
"""Multiples of the time in which customers are to be answered, between the colours."""
_HEATS: tuple[Tone, ...] = ("heat0", "heat1", "heat2", "heat3")


@dataclass(frozen=True)
class Marks:
    """What is marked on the strip; times in seconds from midnight of the first day."""

    now: float
    bookmarks: Sequence[float] = ()
    worst: Worst | None = None
    parting: float | None = None
    """When two policies part."""


class HeatStrip(TitledLines):
    """A cell for each quarter of an hour, higher and hotter the longer customers waited."""

    DEFAULT_CSS = """
    HeatStrip { height: 5; }
    """
    HEADING = "Waits"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._given: tuple[Sequence[tuple[str, RecordedDay]], Marks, Scenario] | None = None
        self._scale = Scale(0, QUARTERS, 1, 1)

    def show_days(
        self, days: Sequence[tuple[str, RecordedDay]], marks: Marks, scenario: Scenario
    ) -> None:
        """Show one day, or the same day under two policies, each with a word before it.

        Without a word it says there how long the highest cell's wait is.
        """
        self._given = days, marks, scenario
        if self.size.width:
            self._fill()

    def on_resize(self) -> None:
        """Another width has other cells."""
        if self._given is not None:
            self._fill()

    def time_at(self, column: int) -> float | None:
        """The beginning of the quarter of an hour in a column; None beside the cells."""
        if self._given is None:
            return None
        place = self._scale.quarter_at(column - _LABEL)
        return None if place is None else self._given[0][0][1].begins + place * QUARTER_S

    def _fill(self) -> None:
        assert self._given is not None
        days, marks, scenario = self._given
        width, height = self.scrollable_content_region.size
        first, last = hours_of([day for _, day in days], scenario)
        self._scale = scale = Scale.of(first, last, max(1, width - _LABEL))
        self._say(days, marks, width)
        within_s = min(answer_targets(scenario))
        rows = max(1, (height - 1) // len(days))
        full = max([_FULL_S, *(one for _, day in days for one in scale.waits(day) if one == one)])
        found: list[Line] = []
        for word, day in days:
            label = fitted(word or f"{minutes(full):>{_LABEL - 2}}", _LABEL)
            found += _bars(label, scale, day, rows, full, within_s)
        found.append(_axis(scale, days[0][1], marks))
        self.show(found)

    def _say(self, days: Sequence[tuple[str, RecordedDay]], marks: Marks, width: int) -> None:
        day, worst = days[0][1], marks.worst
        if not day.complete:
            self.head(f"simulating the day, {clock(max(day.begins, day.reached), seconds=False)}")
        elif worst is None:
            self.head("nobody waited on this day")
        else:
            begins = f"worst from {clock(worst.begins, seconds=False)}"
            mean = f"{minutes(worst.mean_s)} on average"
            room = width - cell_len(self.heading) - 4
            texts = [f"w: {begins}, {mean}: {words}" for words in (worst.words, worst.short)]
            texts.append(f"w: {begins}: {worst.short}")
            self.head(next((text for text in texts if cell_len(text) <= room), texts[-1]))


@dataclass(frozen=True)
class Scale:
    """Which columns stand for which quarters of an hour."""

    first: int
    """The first quarter that is shown, counted from midnight."""
    last: int
    """The one after the last."""
    columns: int
    """Columns of a cell."""
    quarters: int
    """Quarters in a cell."""

    @classmethod
    def of(cls, first: int, last: int, width: int) -> Scale:
        """As many columns as there is room for, or as many quarters in one as it takes."""
        count = max(1, last - first)
        columns = min(_MOST_COLUMNS, width // count)
        return cls(first, last, max(1, columns), 1 if columns else -(-count // width))

    @property
    def cells(self) -> range:
        """The first quarter of each cell."""
        return range(self.first, self.last, self.quarters)

    @property
    def hour(self) -> float:
        """Columns of an hour."""
        return 4.0 * self.columns / self.quarters

    def waits(self, day: RecordedDay) -> list[float]:
        """Mean wait of each cell; NaN where nobody came."""
        found = []
        for begin in self.cells:
            some: Sequence[Quarter] = day.quarters[begin : min(begin + self.quarters, self.last)]
            waits = sum(one.waits for one in some)
            found.append(sum(one.waited_s for one in some) / waits if waits else float("nan"))
        return found

    def column_of(self, second: float) -> int | None:
        """The column of a second of the day; None when it is not shown."""
        place = second / QUARTER_S - self.first
        if not 0.0 <= place < self.last - self.first:
            return None
        if self.quarters > 1:
            return int(place // self.quarters)
        return int(place * self.columns)

    def quarter_at(self, column: int) -> int | None:
        """The quarter in a column; None beyond both ends."""
        place = self.first + column // self.columns * self.quarters
        return place if column >= 0 and place < self.last else None


def hours_of(days: Iterable[RecordedDay], scenario: Scenario) -> tuple[int, int]:
    """The quarters from opening to closing, and whatever else of the day somebody is at work."""
    first, last = QUARTERS, 0
    for day in days:
        span = calendar_of(scenario).day(day.number).opening() or (0.0, DAY_S)
        first = min(first, int(span[0] // QUARTER_S))
        last = max(last, -int(-span[1] // QUARTER_S))
        there = [n for n, one in enumerate(day.quarters) if one.came]
        if there:
            first, last = min(first, there[0]), max(last, there[-1] + 1)
    return max(0, first), min(QUARTERS, max(last, first + 1))


def _bars(
    label: str, scale: Scale, day: RecordedDay, rows: int, full: float, within_s: float
) -> list[Line]:
    """Rows of cells, the highest first with the label before it."""
    waits = scale.waits(day)
    lines: list[Line] = []
    for row in reversed(range(rows)):
        pieces: list[tuple[str, Tone]] = [(label if row == rows - 1 else " " * _LABEL, "muted")]
        for begin, wait in zip(scale.cells, waits, strict=True):
            known = day.begins + begin * QUARTER_S <= day.reached
            text, tone = _cell(wait, row, rows * 8.0 / full, within_s, known=known)
            text *= scale.columns
            if pieces[-1][1] == tone:
                pieces[-1] = pieces[-1][0] + text, tone
            else:
                pieces.append((text, tone))
        lines.append(tuple(pieces))
    return lines


def _cell(
    wait: float, row: int, eighths_a_second: float, within_s: float, *, known: bool
) -> tuple[str, Tone]:
    if isnan(wait):
        return (" ", "heat0") if known or row else ("·", "away")
    heat = _HEATS[sum(wait > times * within_s for times in _TIMES)]
    # Who came and did not wait is seen as well: the lowest row is never empty.
    eighths = max(1, round(wait * eighths_a_second))
    return EIGHTHS[max(0, min(8, eighths - 8 * row))], heat


def _axis(scale: Scale, day: RecordedDay, marks: Marks) -> Line:
    """Hours, with the marks between them; the clock's place wins over everything."""
    columns = len(scale.cells) * scale.columns
    signs: list[tuple[str, Tone]] = [(" ", "muted")] * columns
    step = next((one for one in (1, 2, 3, 4, 6) if one * scale.hour >= 4), 12)
    for hour in range(0, 24, step):
        at = scale.column_of(hour * 3600.0)
        if at is not None and at + 2 <= columns:
            signs[at : at + 2] = [(sign, "muted") for sign in f"{hour:02d}"]
    for time, sign, tone in _marked(marks):
        at = scale.column_of(time - day.begins)
        if at is not None and at < columns:
            for beside in (at - 1, at + 1):  # half an hour's number is no number
                if 0 <= beside < columns and signs[at][0].isdigit() and signs[beside][0].isdigit():
                    signs[beside] = " ", "muted"
            signs[at] = sign, tone
    pieces: list[tuple[str, Tone]] = [(" " * _LABEL, "muted")]
    for sign, tone in signs:
        if pieces[-1][1] == tone:
            pieces[-1] = pieces[-1][0] + sign, tone
        else:
            pieces.append((sign, tone))
    return tuple(pieces)


def _marked(marks: Marks) -> Iterable[tuple[float, str, Tone]]:
    """Time, sign and tone of each mark, the weightiest last."""
    if marks.worst is not None:
        yield marks.worst.begins, "!", "bad"
    for time in marks.bookmarks:
        yield time, "◆", "accent"
    if marks.parting is not None:
        yield marks.parting, "┼", "accent"
    yield marks.now, "▲", "here"
