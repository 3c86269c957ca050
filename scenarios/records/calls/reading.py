"""The columns of call records as numbers, before anything is cleaned."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

import numpy as np

from scenarios.checks.problems import Problem
from scenarios.records.calls.state import UNTOLD, State
from scenarios.records.calls.times import absolute
from scenarios.records.calls.words import OUTBOUND, outbound, outcomes, yes_or_no
from scenarios.records.columns import Flags, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.fields import Fields
from scenarios.records.problems import RecordsError
from scenarios.records.sources.cells import Cells
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar, Moments, moments_of

TIMES = ("arrived", "menu_left", "queued", "left_queue", "answered", "ended")
LENGTHS = ("wait_s", "talk_s", "handle_s", "hold_s", "wrap_up_s")


def state_of(
    grid: Grid, taken: Taken, notes: Notes
) -> tuple[State, tuple[str, ...], tuple[str, ...]]:
    """All rows as a state, with the names of reasons and of queues.

    Raises:
        RecordsError: if the rows say no times of day.
    """
    columns = _Columns(grid, taken, notes)
    word = columns.outcome()
    times = columns.times()
    lengths = {name: columns.length(name) for name in LENGTHS}
    if "menu_left" not in times:
        times["menu_left"] = times["arrived"] + 1000 * columns.length("menu_s")
    rows = len(grid)
    reason, reasons = columns.names("reason")
    queue, queues = columns.names("queue")
    state = State(
        **{name: times.get(name, np.full(rows, np.nan)) for name in TIMES},
        **lengths,
        outcome=word,
        agent=columns.persons("agent"),
        reason=reason,
        queue=queue,
        customer=columns.persons("customer"),
        priority=columns.number("priority"),
        transferred=columns.flag("transferred"),
        call_id=columns.persons("call_id"),
        copy_of=grid.fingerprints(),
    )
    return state, reasons, queues


class _Columns(Fields):
    """The fields of call records, read once each."""

    def __init__(self, grid: Grid, taken: Taken, notes: Notes) -> None:
        super().__init__(grid, taken, notes)
        self._flagged: dict[str, Flags] = {}
        self._held: dict[str, Cells] = {}

    def cells(self, name: str) -> Cells | None:
        if name in self._held:
            return self._held[name]
        return super().cells(name)

    def times(self) -> dict[str, Numbers]:
        read: dict[str, Cells] = {}
        by_field: dict[str, Moments] = {}
        for name in ("date", *TIMES):
            if name in self._flagged or name not in self.taken.columns:
                continue
            if (quick := self._quick(name)) is not None:
                by_field[name] = quick
            elif (cells := self.cells(name)) is not None:
                read[name] = cells
        self._held.clear()
        order = self.taken.mapping.dates or None
        moments = Calendar(order, self.notes).read(
            {self.taken.columns[name]: cells for name, cells in read.items()}
        )
        by_field |= {name: moments[self.taken.columns[name]] for name in read}
        del read
        first = self._first(by_field)
        made = absolute(by_field, first, self.taken.mapping, self.notes)
        if first != "arrived":
            made["arrived"] = made[first]
        return made

    def _quick(self, name: str) -> Moments | None:
        """Times in ISO form, read in one step; None for other columns."""
        if name in self.taken.mapping.missing:
            return None
        ms = self.grid.iso_ms(self.taken.columns[name])
        return None if ms is None else moments_of(ms)

    def _first(self, moments: MappingOf[str, Moments]) -> str:
        """The field that says when a contact came in.

        Raises:
            RecordsError: if there is none with times of day, or none with dates.
        """
        timed = [name for name in TIMES if name in moments and not moments[name].is_date]
        timed = [name for name in timed if not np.isnan(moments[name].clock_ms).all()]
        file = self.grid.files
        if not timed:
            rule = "has dates and no times of day"
            hint = "Export the calls with the time at which each came in, or an interval report."
            raise RecordsError([Problem(file, "", None, rule, hint)])
        if "date" not in moments and moments[timed[0]].is_clock:
            rule = f'has times of day in "{self.taken.columns[timed[0]]}" and no dates'
            hint = "Export the date as well, or name its column in a mapping file (columns.date)."
            raise RecordsError([Problem(file, "", None, rule, hint)])
        return timed[0]

    def outcome(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        rows = len(self.grid)
        word = np.full(rows, UNTOLD, dtype=np.int8)
        cells = self.cells("outcome")
        if cells is not None:
            column = self.taken.columns["outcome"]
            told = yes_or_no(cells) if not self.taken.mapping.outcomes else None
            if told is None:
                word = outcomes(column, cells, self.taken.mapping.outcomes, self.notes)
            else:
                yes = Outcome.ABANDONED if "ab" in column.lower() else Outcome.ANSWERED
                no = Outcome.ANSWERED if yes is Outcome.ABANDONED else Outcome.ABANDONED
                word[cells.known] = np.where(told, yes, no)[cells.known]
        for name, yes, no in (
            ("answered", Outcome.ANSWERED, Outcome.ABANDONED),
            ("abandoned", Outcome.ABANDONED, Outcome.ANSWERED),
        ):
            cells = self.cells(name)
            told = None if cells is None else yes_or_no(cells)
            if cells is not None and told is not None:
                self._flagged[name] = told
                word[cells.known] = np.where(told, yes, no)[cells.known]
            elif cells is not None:
                self._held[name] = cells
        cells = self.cells("direction")
        if cells is not None:
            word[outbound(cells)] = OUTBOUND
        return word
