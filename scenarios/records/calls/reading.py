"""The columns of call records as numbers, before anything is cleaned."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf

import numpy as np

from scenarios.checks.problems import Problem
from scenarios.records.calls.state import UNTOLD, State
from scenarios.records.calls.times import absolute
from scenarios.records.calls.words import OUTBOUND, outbound, outcomes, yes_or_no
from scenarios.records.columns import Codes, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.problems import RecordsError
from scenarios.records.sources.cells import Cells
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values import amounts
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar, Moments, moments_of

TIMES = ("arrived", "menu_left", "queued", "left_queue", "answered", "ended")
LENGTHS = ("wait_s", "talk_s", "handle_s", "hold_s", "wrap_up_s")
_MOST_NAMES = 300
_A_NUMBER = re.compile(r"^\+?[\d\s().-]{7,}$")


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
        agent=columns.codes("agent"),
        reason=reason,
        queue=queue,
        customer=columns.codes("customer"),
        priority=columns.number("priority"),
        transferred=columns.flag("transferred"),
        call_id=columns.codes("call_id"),
        copy_of=grid.fingerprints(),
    )
    return state, reasons, queues


class _Columns:
    """The fields of a grid by name, read once each; nothing where the file has no such column."""

    def __init__(self, grid: Grid, taken: Taken, notes: Notes) -> None:
        self._grid, self._taken, self._notes = grid, taken, notes
        self._flagged: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
        self._held: dict[str, Cells] = {}

    def cells(self, name: str) -> Cells | None:
        if name in self._held:
            return self._held[name]
        column = self._taken.columns.get(name)
        if column is None:
            return None
        cells = self._grid.cells(column)
        return cells.without(self._taken.mapping.missing.get(name, ()))

    def _all_missing(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.full(len(self._grid), np.nan)

    def times(self) -> dict[str, Numbers]:
        read: dict[str, Cells] = {}
        by_field: dict[str, Moments] = {}
        for name in ("date", *TIMES):
            if name in self._flagged or name not in self._taken.columns:
                continue
            if (quick := self._quick(name)) is not None:
                by_field[name] = quick
            elif (cells := self.cells(name)) is not None:
                read[name] = cells
        self._held.clear()
        order = self._taken.mapping.dates or None
        moments = Calendar(order, self._notes).read(
            {self._taken.columns[name]: cells for name, cells in read.items()}
        )
        by_field |= {name: moments[self._taken.columns[name]] for name in read}
        del read
        first = self._first(by_field)
        made = absolute(by_field, first, self._taken.mapping, self._notes)
        if first != "arrived":
            made["arrived"] = made[first]
        return made

    def _quick(self, name: str) -> Moments | None:
        """Times in ISO form, read in one step; None for other columns."""
        if name in self._taken.mapping.missing:
            return None
        ms = self._grid.iso_ms(self._taken.columns[name])
        return None if ms is None else moments_of(ms)

    def _first(self, moments: MappingOf[str, Moments]) -> str:
        """The field that tells when a contact came in.

        Raises:
            RecordsError: if there is none with times of day, or none with dates.
        """
        timed = [name for name in TIMES if name in moments and not moments[name].is_date]
        timed = [name for name in timed if not np.isnan(moments[name].clock_ms).all()]
        file = self._grid.files
        if not timed:
            rule = "has dates and no times of day"
            hint = "Export the calls with the time at which each came in, or an interval report."
            raise RecordsError([Problem(file, "", None, rule, hint)])
        if "date" not in moments and moments[timed[0]].is_clock:
            rule = f'has times of day in "{self._taken.columns[timed[0]]}" and no dates'
            hint = "Export the date as well, or name its column in a mapping file (columns.date)."
            raise RecordsError([Problem(file, "", None, rule, hint)])
        return timed[0]

    def outcome(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        rows = len(self._grid)
        word = np.full(rows, UNTOLD, dtype=np.int8)
        cells = self.cells("outcome")
        if cells is not None:
            column = self._taken.columns["outcome"]
            told = yes_or_no(cells) if not self._taken.mapping.outcomes else None
            if told is None:
                word = outcomes(column, cells, self._taken.mapping.outcomes, self._notes)
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

    def length(self, name: str) -> Numbers:
        cells = self.cells(name)
        if cells is None:
            return self._all_missing()
        column = self._taken.columns[name]
        unit, guessed = amounts.unit_of(cells, self._taken.units.get(name, ""))
        if guessed:
            self._notes.say(
                f'Half of the values in "{column}" are over 10,000.',
                "They were taken as milliseconds.",
                f'If they are seconds, write units.{name} = "s" in a mapping file.',
            )
        return amounts.lengths_s(column, cells, unit, self._notes)

    def number(self, name: str) -> Numbers:
        cells = self.cells(name)
        if cells is None:
            return self._all_missing()
        return amounts.plain_numbers(self._taken.columns[name], cells, self._notes)

    def flag(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        cells = self.cells(name)
        return np.zeros(len(self._grid), bool) if cells is None else amounts.flags(cells)

    def codes(self, name: str) -> Codes:
        column = self._taken.columns.get(name)
        if column is None:
            return np.full(len(self._grid), -1, dtype=np.int32)
        return self._grid.person_codes(column, self._taken.mapping.missing.get(name, ()))

    def names(self, name: str) -> tuple[Codes, tuple[str, ...]]:
        cells = self.cells(name)
        if cells is None:
            return np.full(len(self._grid), -1, dtype=np.int32), ()
        return public_names(cells, self._taken, name, self._notes)


def public_names(
    cells: Cells, taken: Taken, name: str, notes: Notes
) -> tuple[Codes, tuple[str, ...]]:
    """Codes and names of queues or reasons; what looks like a person's number becomes a number.

    A column with hundreds of different values holds no queues or reasons but persons or free
    text, and is left out.
    """
    column = taken.columns[name]
    codes, names = amounts.codes(cells)
    if len(names) > _MOST_NAMES:
        notes.say(
            f'"{column}" has {len(names):,} different values, too many for a {name}.',
            "It was not used: it may hold persons or free text.",
            f"If it is the {name}, group its values first, or name another column in a mapping.",
        )
        return np.full(len(codes), -1, dtype=np.int32), ()
    renamed = taken.mapping.rename
    hidden = [bool(_A_NUMBER.match(each)) for each in names]
    if any(hidden):
        notes.say(
            f'"{column}" has {sum(hidden)} values that look like telephone numbers.',
            f"They are called {name} 1, {name} 2 and so on.",
        )
    shown = [
        renamed.get(text) or (f"{name} {place}" if number else text[:80])
        for place, (text, number) in enumerate(zip(names, hidden, strict=True), 1)
    ]
    merged = {text: place for place, text in enumerate(dict.fromkeys(shown))}
    places = np.array([merged[text] for text in shown] + [-1], dtype=np.int32)
    return places[codes], tuple(merged)
