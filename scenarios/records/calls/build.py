"""Call records as a clean table of contacts with its report."""

from __future__ import annotations

import numpy as np

from scenarios.records.calls import order
from scenarios.records.calls.legs import one_row_each
from scenarios.records.calls.queue_log import state_of_events
from scenarios.records.calls.reading import TIMES, state_of
from scenarios.records.calls.state import Key, State, key_figures, step
from scenarios.records.calls.times import as_times
from scenarios.records.columns import Codes
from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.days import days_of
from scenarios.records.outages import outages_of
from scenarios.records.report import DataReport, Figure
from scenarios.records.reporting import report_of
from scenarios.records.rows import wanted
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values.clock import DAY_MS
from scenarios.records.values.misread import Notes
from scenarios.records.years import strays
from scenarios.shares import percent

_SHORT_S = 10.0
_SHORT_SHARE = 0.15
_ENOUGH = 50


def contacts_of(grid: Grid, taken: Taken, notes: Notes) -> Contacts:
    """Clean contacts from rows of call records.

    Raises:
        RecordsError: if the rows say no times of day, or none of them can be used.
    """
    read = state_of_events if taken.mapping.events else state_of
    state, reasons, queues = read(grid, taken, notes)
    before = _as_they_came(state)
    if not taken.mapping.events:
        state.keep(wanted(grid, taken, notes))
    one_row_each(state, notes)
    step(
        state,
        notes,
        "Dates have another year than all others.",
        "The year of the others was taken.",
        _wrong_year,
    )
    step(
        state,
        notes,
        "Dates lie months from all others.",
        "Their rows were left out: the date is not known.",
        _strays,
    )
    order.fill(state)
    order.settle(state, notes)
    _say_short(state, notes)
    _say_agents(state, notes)
    state.keep(np.argsort(state.arrived, kind="stable"))
    report = report_of(grid, taken, notes, len(state))
    return _table(state, reasons, queues, _completed(report, state, before))


def _as_they_came(state: State) -> Key:
    """The figures of rows taken at their word: everything unanswered is abandoned."""
    answered = state.outcome == Outcome.ANSWERED
    if not (state.outcome >= 0).any():
        answered = ~np.isnan(state.answered) | (np.nan_to_num(state.talk_s) > 0)
    abandoned = 1.0 - float(answered.mean()) if len(state) else np.nan
    told = key_figures(state)
    waits = (told.wait_s, _mean(state.wait_s), _mean((state.answered - state.arrived) / 1000.0))
    wait = next((each for each in waits if not np.isnan(each)), np.nan)
    talk = told.talk_s if not np.isnan(told.talk_s) else _mean(state.talk_s)
    return Key(abandoned, wait, talk)


def _mean(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _wrong_year(state: State) -> int:
    shift, _ = strays(np.floor_divide(state.arrived, DAY_MS).astype(np.int64))
    moved, arrived = shift != 0, state.arrived.copy()
    for name in TIMES:
        column = getattr(state, name)
        # A time of its own date may have the right year where the arrival has not.
        near = moved & (np.abs(column - arrived) < 2 * DAY_MS)
        column[near] += shift[near] * DAY_MS
    return int(moved.sum())


def _strays(state: State) -> int:
    _, unfit = strays(np.floor_divide(state.arrived, DAY_MS).astype(np.int64))
    state.keep(~unfit)
    return int(unfit.sum())


def _say_short(state: State, notes: Notes) -> None:
    """Answered contacts of seconds, and whether they belong to few agents."""
    talk = (state.ended - state.answered) / 1000.0
    short = talk < _SHORT_S
    if not short.any():
        return
    known = ~np.isnan(talk) & (state.agent >= 0)
    calls = np.bincount(state.agent[known])
    brief = np.bincount(state.agent[known & short], minlength=len(calls))
    enough = calls >= _ENOUGH
    often = int((brief[enough] > _SHORT_SHARE * calls[enough]).sum())
    who = ""
    if enough.any():
        who = f"{often} of {enough.sum()} agents have over {percent(_SHORT_SHARE)} of such contacts"
    share = float(short.sum() / max((~np.isnan(talk)).sum(), 1))
    notes.add(
        f"Answered contacts last less than 10 s ({percent(share, 1)} of those whose talk is "
        "known).",
        int(short.sum()),
        "They stay: whether they are service or a hang-up is for the fit to tell.",
        who,
    )


def _say_agents(state: State, notes: Notes) -> None:
    answered = state.outcome == Outcome.ANSWERED
    nameless = answered & (state.agent < 0)
    if nameless.any() and not nameless[answered].all():
        notes.add(
            "Answered contacts have no agent.",
            int(nameless.sum()),
            "They stay, with the agent not known.",
        )


def _completed(report: DataReport, state: State, before: Key) -> DataReport:
    after = key_figures(state)
    arrived, asked = as_times(state.arrived), as_times(state.queued[state.asked])
    served = as_times(state.answered[~np.isnan(state.answered)])
    figures = (
        Figure(
            "abandoned, of all who asked for an agent", "share", before.abandoned, after.abandoned
        ),
        Figure("mean wait of all who asked", "s", before.wait_s, after.wait_s),
        Figure("mean talk", "s", before.talk_s, after.talk_s),
    )
    return DataReport(
        **{
            **vars(report),
            "figures": figures,
            "days": days_of(arrived, served=served),
            "outages": outages_of(asked, served),
        }
    )


def _compact(codes: Codes) -> Codes:
    """Codes from 0 without gaps, in no order that a file has."""
    each, places = np.unique(codes, return_inverse=True)
    lowest = 1 if len(each) and each[0] < 0 else 0
    return (places.astype(np.int32) - lowest).reshape(codes.shape)


def _table(
    state: State, reasons: tuple[str, ...], queues: tuple[str, ...], report: DataReport
) -> Contacts:
    return Contacts(
        arrived=as_times(state.arrived),
        queued=as_times(state.queued),
        left_queue=as_times(state.left_queue),
        answered=as_times(state.answered),
        ended=as_times(state.ended),
        outcome=state.outcome.astype(np.int32),
        agent=_compact(state.agent),
        reason=state.reason,
        queue=state.queue,
        customer=_compact(state.customer),
        priority=state.priority,
        transferred=state.transferred,
        hold_s=state.hold_s,
        wrap_up_s=state.wrap_up_s,
        reason_names=reasons,
        queue_names=queues,
        report=report,
    )
