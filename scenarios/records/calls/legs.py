"""Rows that are no contact of their own: copies, further legs, calls that the centre made."""

from __future__ import annotations

import numpy as np

from scenarios.records.calls.state import State, step
from scenarios.records.calls.words import OUTBOUND
from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.values.misread import Notes

_NEXT_LEG_MS = 10 * 60_000
"""A leg begins within these of the end of the one before; the same number later is another one."""
_ENDLESS_MS = 3_600_000
"""The same for a leg whose end is not known, from its beginning."""


def one_row_each(state: State, notes: Notes) -> None:
    """Leave every contact one row."""
    step(
        state,
        notes,
        "Rows have no time at which the contact came in.",
        "They were left out: nothing can be told from them.",
        _without_arrival,
    )
    step(
        state,
        notes,
        "Rows are calls that the centre made itself, or returned.",
        "They were left out: no customer waited.",
        _outbound,
    )
    step(
        state,
        notes,
        "Rows are copies of another row in every cell.",
        "One of each was kept.",
        _copies,
    )
    step(
        state,
        notes,
        "Contacts have more rows than one: a row for each leg, joined by the number of the call.",
        "Their legs were joined: the wait of the first, the talk of all.",
        _legs,
    )


def _without_arrival(state: State) -> int:
    known = ~np.isnan(state.arrived)
    state.keep(known)
    return int((~known).sum())


def _outbound(state: State) -> int:
    made = state.outcome == OUTBOUND
    state.keep(~made)
    return int(made.sum())


def _copies(state: State) -> int:
    # Without a number of the call, two rows of the same minute may well be two contacts.
    exact = (state.call_id >= 0).any() or (np.mod(state.arrived, 60_000) != 0).any()
    if not exact or not len(state):
        return 0
    _, first = np.unique(state.copy_of, return_index=True)
    gone = len(state) - len(first)
    state.keep(np.sort(first))
    return gone


def _legs(state: State) -> int:
    """Join rows with the same number of the call that begin within hours; rows that went."""
    known = state.call_id >= 0
    if not known.any() or len(np.unique(state.call_id[known])) == known.sum():
        return 0
    state.keep(np.lexsort((state.arrived, state.call_id)))
    contact = _contacts(state)
    first = np.concatenate([[True], contact[1:] != contact[:-1]])
    starts = np.nonzero(first)[0]
    joined = int((~first).sum())
    if joined:
        _join(state, starts, contact)
    return joined


def _contacts(state: State) -> Codes:
    """A number for each contact, for rows ordered by call and time."""
    same = (state.call_id[1:] == state.call_id[:-1]) & (state.call_id[1:] >= 0)
    same &= state.arrived[1:] <= _latest_ends(state)[:-1]
    return np.concatenate([[0], np.cumsum(~same)]).astype(np.int32)


def _latest_ends(state: State) -> Numbers:
    """Until when a row's next leg must have begun."""
    length = np.fmax(np.nan_to_num(state.talk_s), np.nan_to_num(state.handle_s))
    by_length = state.arrived + 1000 * (length + np.nan_to_num(state.wait_s))
    by_length = np.where(by_length > state.arrived, by_length, np.nan)
    end = np.fmax(np.fmax(state.ended, state.left_queue), by_length)
    return np.where(np.isnan(end), state.arrived + _ENDLESS_MS, end + _NEXT_LEG_MS)


def _join(state: State, starts: np.ndarray[tuple[int], np.dtype[np.intp]], contact: Codes) -> None:
    """Write what all legs say into the first row of each contact, and keep those."""
    legs = np.diff(np.concatenate([starts, [len(state)]]))
    served = (state.outcome == Outcome.ANSWERED) | ~np.isnan(state.answered)
    served |= (state.outcome < 0) & (np.nan_to_num(state.talk_s) > 0)
    answering = _first_of(served, starts, contact)
    any_served = answering >= 0
    handled = np.bincount(contact, served, minlength=len(starts))
    agents = _different_agents(state, served, contact, len(starts))
    talk = _summed((state.ended - state.answered) / 1000.0, served, contact, len(starts))
    from_leg = np.where(any_served, answering, starts)
    last = starts + legs - 1
    for name in ("answered", "agent", "outcome", "left_queue", "reason", "queue"):
        column = getattr(state, name)
        # The row of an unanswered contact that tells how it ended is its last.
        column[starts] = column[np.where(any_served, from_leg, last)]
    state.ended[starts] = np.where(
        any_served & (talk > 0), state.answered[starts] + 1000 * talk, state.ended[from_leg]
    )
    for name in ("talk_s", "handle_s", "hold_s", "wrap_up_s"):
        column = getattr(state, name)
        column[starts] = _summed(column, np.ones(len(state), bool), contact, len(starts))
    waits = _summed(state.wait_s, np.arange(len(state)) <= from_leg[contact], contact, len(starts))
    state.wait_s[starts] = waits
    state.queued[starts] = _least(state.queued, starts)
    state.transferred[starts] |= (handled > 1) & (agents != 1)
    state.keep(starts)


def _first_of(
    wanted: Flags, starts: np.ndarray[tuple[int], np.dtype[np.intp]], contact: Codes
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The first wanted row of each contact, −1 where there is none."""
    rows = np.nonzero(wanted)[0]
    found = np.full(len(starts), -1, dtype=np.intp)
    found[contact[rows[::-1]]] = rows[::-1]
    return found


def _different_agents(state: State, served: Flags, contact: Codes, contacts: int) -> Codes:
    pairs = np.unique(
        np.stack([contact[served & (state.agent >= 0)], state.agent[served & (state.agent >= 0)]]),
        axis=1,
    )
    return np.bincount(pairs[0], minlength=contacts).astype(np.int32)


def _summed(values: Numbers, counted: Flags, contact: Codes, contacts: int) -> Numbers:
    known = ~np.isnan(values) & counted
    total = np.bincount(contact[known], values[known], minlength=contacts)
    there = np.bincount(contact[known], minlength=contacts) > 0
    return np.where(there, total, np.nan)


def _least(values: Numbers, starts: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Numbers:
    least = np.minimum.reduceat(np.where(np.isnan(values), np.inf, values), starts)
    return np.where(np.isinf(least), np.nan, least)
