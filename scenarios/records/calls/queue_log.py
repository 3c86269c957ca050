"""The log of events of Asterisk's queues as call records."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenarios.checks.problems import Problem
from scenarios.records.calls.state import State
from scenarios.records.calls.times import absolute
from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.fields import public_names
from scenarios.records.problems import RecordsError
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values import amounts
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar

_ENTER, _CONNECT, _ABANDON = ("ENTERQUEUE",), ("CONNECT",), ("ABANDON",)
_COMPLETE = ("COMPLETEAGENT", "COMPLETECALLER")
_TRANSFER = ("BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER")
_EXIT = ("EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY", "FULL", "JOINUNAVAIL", "JOINEMPTY")
_RING = ("RINGNOANSWER", "RINGCANCELED")


def state_of_events(
    grid: Grid, taken: Taken, notes: Notes
) -> tuple[State, tuple[str, ...], tuple[str, ...]]:
    """One row for each call that came into a queue.

    Raises:
        RecordsError: if no event is a call that comes into a queue.
    """
    log = _Log(grid, taken, notes)
    entered = log.are(_ENTER)
    if not entered.any():
        file = grid.files
        rule = "has no ENTERQUEUE event: no call comes into a queue"
        raise RecordsError([Problem(file, "", None, rule, "Export the whole queue_log.")])
    queued = log.earliest(entered)
    answered = log.earliest(log.are(_CONNECT))
    transferred = log.are(_TRANSFER)
    ended = log.latest(log.are(_COMPLETE) | transferred)
    gone = log.latest(log.are(_ABANDON) | log.are(_EXIT))
    outcome = np.full(log.calls, Outcome.OTHER, dtype=np.int8)
    outcome[~np.isnan(log.latest(log.are(_ABANDON)))] = Outcome.ABANDONED
    outcome[~np.isnan(answered)] = Outcome.ANSWERED
    kept = ~np.isnan(queued)
    log.tell(kept, answered, ended, gone)
    nothing = np.full(log.calls, np.nan)
    no_code = np.full(log.calls, -1, dtype=np.int32)
    state = State(
        arrived=queued.copy(),
        menu_left=nothing.copy(),
        queued=queued,
        left_queue=np.where(np.isnan(answered), gone, answered),
        answered=answered,
        ended=ended,
        wait_s=nothing.copy(),
        talk_s=nothing.copy(),
        handle_s=nothing.copy(),
        hold_s=nothing.copy(),
        wrap_up_s=nothing.copy(),
        outcome=outcome,
        agent=log.first_code("agent", log.are(_CONNECT)),
        reason=no_code.copy(),
        queue=log.first_code("queue", entered),
        customer=log.first_code("data2", entered),
        priority=nothing.copy(),
        transferred=log.any_of(transferred),
        call_id=no_code,
        copy_of=np.arange(log.calls).astype(np.uint64),
    )
    state.keep(kept)
    return state, (), log.queue_names


class _Log:
    """Events in columns, and what they say for each call."""

    def __init__(self, grid: Grid, taken: Taken, notes: Notes) -> None:
        self._grid, self._notes = grid, notes
        column = taken.columns
        moments = Calendar(None, notes).read({column["arrived"]: grid.cells(column["arrived"])})
        times = {"arrived": moments[column["arrived"]]}
        self._at = absolute(times, "arrived", taken.mapping, notes)["arrived"]
        events = grid.cells(column["outcome"])
        self._event, self._names = events.codes, [text.upper() for text in events.texts]
        self._call, ids = amounts.codes(grid.cells(column["call_id"]))
        self.calls = len(ids)
        self._codes = {
            "agent": amounts.codes(grid.cells(column["agent"]))[0],
            "data2": amounts.codes(grid.cells("data2"))[0],
        }
        self._codes["queue"], self.queue_names = public_names(
            grid.cells(column["queue"]), taken, "queue", notes
        )

    def are(self, names: tuple[str, ...]) -> Flags:
        """The events of some names, of calls, at known times."""
        wanted = np.array([name in names for name in self._names] + [False], dtype=bool)
        return wanted[self._event] & (self._call >= 0) & ~np.isnan(self._at)

    def earliest(self, events: Flags) -> Numbers:
        """For each call when the first of some events was; NaN without one."""
        found = np.full(self.calls, np.inf)
        np.minimum.at(found, self._call[events], self._at[events])
        return np.where(np.isinf(found), np.nan, found)

    def latest(self, events: Flags) -> Numbers:
        """For each call when the last of some events was."""
        found = np.full(self.calls, -np.inf)
        np.maximum.at(found, self._call[events], self._at[events])
        return np.where(np.isinf(found), np.nan, found)

    def any_of(self, events: Flags) -> Flags:
        """Which calls have one of some events."""
        return np.bincount(self._call[events], minlength=self.calls) > 0

    def first_code(self, column: str, events: Flags) -> Codes:
        """For each call the code that stands in the first of some events."""
        rows: npt.NDArray[np.intp] = np.nonzero(events)[0]
        found = np.full(self.calls, -1, dtype=np.int32)
        found[self._call[rows[::-1]]] = self._codes[column][rows[::-1]]
        return found

    def tell(self, kept: Flags, answered: Numbers, ended: Numbers, gone: Numbers) -> None:
        """Note what of the log is no contact, or has no end."""
        calls = self.are((*_ENTER, *_CONNECT, *_ABANDON, *_COMPLETE, *_TRANSFER, *_EXIT))
        rings = int(self.are(_RING).sum())
        self._notes.add(
            "Events say that an agent's telephone rang and nobody picked it up.",
            rings,
            "They were not used: the caller went on waiting.",
        )
        self._notes.add(
            "Events are about agents and queues, not about calls.",
            len(self._at) - int(calls.sum()) - rings,
            "They were not used.",
        )
        self._notes.add(
            "Calls have events and never came into the queue within these files.",
            int((self.any_of(calls) & ~kept).sum()),
            "They were left out: they began before the file does.",
        )
        self._notes.add(
            "Answered calls have no end (transfers through local channels are not logged).",
            int((kept & ~np.isnan(answered) & np.isnan(ended)).sum()),
            "How long they talked is not known.",
        )
        self._notes.add(
            "Calls came into the queue and neither were answered nor left it within these files.",
            int((kept & np.isnan(answered) & np.isnan(gone)).sum()),
            "Their wait is not known.",
        )
