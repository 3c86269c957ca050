"""Times of a contact in their order; lengths that cannot be; who asked, and how it ended."""

from __future__ import annotations

import numpy as np

from scenarios.records.calls.state import UNTOLD, State, step
from scenarios.records.columns import Flags, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.values.misread import Notes

HOUR_MS = 3_600_000.0
_LONGEST_MS = 4 * HOUR_MS
"""A wait or talk over four hours is a record that was never closed."""
_ROUNDING_MS = 5_000.0
_DAY_MS = 24 * HOUR_MS


def fill(state: State) -> None:
    """Times that other columns tell: an answer from the wait, an end from the talk."""
    begun = np.where(np.isnan(state.menu_left), state.arrived, state.menu_left)
    wait = 1000 * state.wait_s
    has_queue = not np.isnan(state.queued).all()
    waited = ~np.isnan(wait) & ((wait > 0) | (not has_queue))
    _fill(state.queued, np.where(waited, state.left_queue - wait, np.nan))
    _fill(state.queued, np.where(waited, begun, np.nan))
    if not has_queue:
        told = (state.outcome != Outcome.MENU) & ~np.isnan(begun)
        _fill(state.queued, np.where(told, begun, np.nan))
    _fill(state.left_queue, state.queued + wait)
    talk = 1000 * np.where(np.isnan(state.talk_s), _handled_s(state), state.talk_s)
    answered = state.outcome == Outcome.ANSWERED
    answered |= (state.outcome == UNTOLD) & (talk > 0) & np.isnan(state.answered)
    if not np.isnan(state.answered).all():
        # Where other rows have a time of answer, a talk of 0 s says that there was none to note.
        answered &= talk > 0
    _fill(state.answered, np.where(answered, state.left_queue, np.nan))
    _fill(state.answered, np.where(answered, state.ended - talk, np.nan))
    _fill(state.ended, state.answered + talk)


def _handled_s(state: State) -> Numbers:
    return np.asarray(np.maximum(state.handle_s - np.nan_to_num(state.wrap_up_s), 0.0))


def _fill(column: Numbers, values: Numbers) -> None:
    empty = np.isnan(column)
    column[empty] = values[empty]


def settle(state: State, notes: Notes) -> None:
    """Decide how each contact ended, and put its times in order."""
    step(
        state,
        notes,
        "Contacts ended otherwise by their word, yet have a time of answer and no agent.",
        "The word was believed: the time of answer counts as not known.",
        _word_against_time,
    )
    _untold(state)
    for what, done, act in _ORDER:
        step(state, notes, what, done, act)


def _word_against_time(state: State) -> int:
    other = np.isin(state.outcome, [Outcome.ABANDONED, Outcome.MENU, Outcome.OTHER])
    timed = other & ~np.isnan(state.answered)
    talked = (state.ended - state.answered > 0) | (np.nan_to_num(state.talk_s) > 0)
    by_agent = timed & (state.agent >= 0) & talked & (state.outcome != Outcome.MENU)
    state.outcome[by_agent] = Outcome.ANSWERED
    false = timed & ~by_agent
    # The clock of the answer is the end of the wait where nothing else is.
    _fill(state.left_queue, np.where(false, state.answered, np.nan))
    state.answered[false] = np.nan
    return int(false.sum())


def _untold(state: State) -> None:
    """Contacts whose end no column gives: it is read from their times."""
    untold = state.outcome == UNTOLD
    answered = untold & (~np.isnan(state.answered))
    state.outcome[answered] = Outcome.ANSWERED
    state.outcome[untold & ~answered] = Outcome.ABANDONED
    # The end of an unanswered contact is its hanging up.
    hung_up = state.outcome != Outcome.ANSWERED
    _fill(state.left_queue, np.where(hung_up & state.asked, state.ended, np.nan))
    state.ended[hung_up] = np.nan
    state.agent[hung_up] = -1


def _menu(state: State) -> int:
    never = np.isnan(state.queued) & (state.outcome == Outcome.ABANDONED)
    state.outcome[never] = Outcome.MENU
    menu = state.outcome == Outcome.MENU
    for column in (state.queued, state.left_queue, state.answered):
        column[menu] = np.nan
    return int(menu.sum())


def _no_answer_time(state: State) -> int:
    answered = state.outcome == Outcome.ANSWERED
    begun = np.where(np.isnan(state.menu_left), state.arrived, state.menu_left)
    timeless = answered & np.isnan(state.answered)
    _fill(state.answered, np.where(timeless, state.left_queue, np.nan))
    _fill(state.answered, np.where(timeless, begun, np.nan))
    state.ended[timeless] = np.nan
    _fill(state.left_queue, np.where(answered & state.asked, state.answered, np.nan))
    return int(timeless.sum())


def _at_once(state: State) -> int:
    """Contacts that were answered without coming into the queue waited for nothing."""
    at_once = (state.outcome == Outcome.ANSWERED) & np.isnan(state.queued)
    state.queued[at_once] = state.answered[at_once]
    state.left_queue[at_once] = state.answered[at_once]
    return int(at_once.sum())


def _clock_change(state: State) -> int:
    changed = np.zeros(len(state), bool)
    chain = [state.arrived, state.queued, state.left_queue, state.answered, state.ended]
    night = np.mod(state.arrived, _DAY_MS) < 4 * HOUR_MS
    before = chain[0].copy()
    for column in chain[1:]:
        gap = column - before
        back = night & (gap < -15 * 60_000) & (gap >= -HOUR_MS)
        column[back] += HOUR_MS
        changed |= back
        before = np.where(np.isnan(column), before, column)
    return int(changed.sum())


def _arrival(state: State) -> int:
    first = np.fmin(state.queued, state.left_queue)
    first = np.where(np.isnan(first), state.answered, first)
    late = state.arrived > first
    state.arrived[late] = first[late]
    return int(late.sum())


def _late_exit(state: State) -> int:
    """The answer ends the wait, whatever another machine wrote; clocks differ by a second or so."""
    late = (state.answered < state.left_queue) & (state.answered >= state.queued - _ROUNDING_MS)
    far = late & (state.left_queue - state.answered > _ROUNDING_MS)
    state.left_queue[late] = state.answered[late]
    return int(far.sum())


def _negative_wait(state: State) -> int:
    just = (state.left_queue < state.queued) & (state.queued - state.left_queue <= _ROUNDING_MS)
    state.left_queue[just] = state.queued[just]
    state.answered[:] = _not_before(state.answered, state.left_queue, _ROUNDING_MS)
    wrong = state.left_queue < state.queued
    backwards = state.answered < state.queued
    state.queued[backwards] = state.answered[backwards]
    state.arrived[:] = np.fmin(state.arrived, state.queued)
    state.left_queue[wrong] = np.nan
    return int((wrong | backwards).sum())


def _not_before(times: Numbers, earliest: Numbers, by: float) -> Numbers:
    just = (times < earliest) & (earliest - times <= by)
    return np.where(just, earliest, times)


def _negative_talk(state: State) -> int:
    just = (state.ended < state.answered) & (state.answered - state.ended <= _ROUNDING_MS)
    state.ended[just] = state.answered[just]
    return _forget(state.ended, state.ended < state.answered)


def _long_wait(state: State) -> int:
    return _forget(state.left_queue, state.left_queue - state.queued > _LONGEST_MS)


def _long_talk(state: State) -> int:
    return _forget(state.ended, state.ended - state.answered > _LONGEST_MS)


def _forget(column: Numbers, rows: Flags) -> int:
    column[rows] = np.nan
    return int(rows.sum())


_ORDER = (
    (
        "Contacts hung up in the menu or announcement.",
        "They never asked for an agent and do not count as abandoned.",
        _menu,
    ),
    (
        "Answered contacts have no time of answer.",
        "They were answered when they left the queue; how long they talked is not known.",
        _no_answer_time,
    ),
    (
        "Answered contacts have no time in the queue.",
        "They were answered without a wait, which counts as 0 s.",
        _at_once,
    ),
    (
        "Times run backwards by up to an hour at night, as when the clock is set back.",
        "An hour was added to what came after the change.",
        _clock_change,
    ),
    (
        "Contacts come into the queue before they arrive (a negative time in the menu).",
        "They arrived when they came into the queue.",
        _arrival,
    ),
    (
        "Contacts leave the queue after they are answered, by more than 5 s.",
        "The answer ends the wait.",
        _late_exit,
    ),
    (
        "Contacts leave the queue before they enter it (a negative wait).",
        "Their wait counts as not known.",
        _negative_wait,
    ),
    (
        "Talks end before they begin (a negative duration).",
        "The end counts as not known.",
        _negative_talk,
    ),
    (
        "Waits are longer than four hours.",
        "They are records that were never closed: the wait counts as not known.",
        _long_wait,
    ),
    (
        "Talks are longer than four hours.",
        "They are records that were never closed: the end counts as not known.",
        _long_talk,
    ),
)
"""One after the other: what is found, what is done about it, and by whom."""
