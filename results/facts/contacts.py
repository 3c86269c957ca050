"""What the contacts of a trace were, and what hangs at them: legs, decisions, promises."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.due_times import due_times
from results.facts.rows import any_of, firsts, having, lasts, positions
from scenarios.calendar.hours import hours_of
from scenarios.parts.channels import WRITTEN
from scenarios.schema import Scenario
from sim.trace.codes import ContactKind, Ending, Outcome
from sim.trace.columns_on_disk import ColumnStore, Room, columns_of
from sim.trace.equations import made_by_customer, was_offered
from sim.trace.states import LOST
from sim.trace.table import Table
from sim.trace.trace import DECISIONS, PROMISES, Trace

Columns = MutableMapping[str, NDArray[Any]]

_CONTACTS = (
    *("contact", "case", "attempt", "kind", "reason", "channel", "outcome", "ending", "help"),
    *("false_resolution", "queue", "group", "transfers", "escalated", "offered_callback"),
    *("arrival", "queued", "answered", "ended", "talk_s", "hold_s", "wrap_up_s", "told_s"),
)
_LEGS = (
    *("contact", "leg", "reason", "channel", "queue", "next_queue", "group", "agent"),
    *("ending", "trigger", "retold"),
    *("queued", "answered", "ended", "talk_s", "hold_s", "wrap_up_s"),
)
_OF_CONTACT = ("reason", "channel", "kind", "complaint", "live", "inbound", "arrival", "interval")
"""Columns that legs, decisions and promises take over from their contact."""

_INTO_A_QUEUE = (Ending.TRANSFERRED_COLD, Ending.PASSED_ON)
_TRANSFERRED = (Ending.TRANSFERRED_WARM, Ending.TRANSFERRED_COLD)


def contact_columns(
    scenario: Scenario, trace: Trace, ends: NDArray[np.float64], room: Room
) -> Columns:
    """The contacts of a trace with what each was, waited, and how long it held a line.

    Args:
        scenario: the scenario of the trace.
        trace: one replication.
        ends: end of each interval of the interval table, in seconds.
        room: memory for the columns.

    Returns:
        Columns of the trace and, each of shape (contacts,): complaint, written, live (voice and
        chat), inbound (made by the customer), offered, served (answered), handled (answered and
        over); wait; by_case (rows in order of cases, and within a case of its contacts);
        after_loss (a try again of somebody who was not served in the contact before);
        served_before (answered earlier in the case); answer_due (when a written contact has missed
        its response target, NaN without one); line_s (seconds of a telephone line); interval.
    """
    contacts = ColumnStore(room)
    contacts.update(columns_of(trace.contacts, _CONTACTS))
    outcome, channel = contacts["outcome"], contacts["channel"]
    complaint = np.array([scenario.reasons[name].complaint for name in trace.reasons], np.bool_)
    written = np.array([name in WRITTEN for name in trace.channels], np.bool_)
    voice = np.array([name == "voice" for name in trace.channels], np.bool_)
    contacts["complaint"] = complaint[contacts["reason"]]
    contacts["written"] = written[channel]
    contacts["live"] = ~contacts["written"]
    contacts["inbound"] = made_by_customer(contacts["kind"])
    contacts["offered"] = was_offered(contacts["kind"], outcome)
    contacts["served"] = outcome == Outcome.ANSWERED
    contacts["handled"] = contacts["served"] & (contacts["ending"] != Ending.IN_HAND)
    contacts["ended"] = np.where(np.isnan(contacts["ended"]), trace.horizon_s, contacts["ended"])
    left = np.where(contacts["served"], contacts["answered"], contacts["ended"])
    contacts["wait"] = left - contacts["queued"]
    contacts["by_case"] = np.lexsort((contacts["attempt"], contacts["case"])).astype(np.int32)
    contacts["after_loss"], contacts["served_before"] = _history(contacts)
    contacts["answer_due"] = _answer_due(scenario, trace, contacts)
    rang = np.where(contacts["inbound"], contacts["arrival"], contacts["answered"])
    line_s = np.where(voice[channel], contacts["ended"] - rang, 0.0)
    contacts["line_s"] = np.where(np.isnan(line_s), 0.0, line_s)
    interval = np.searchsorted(ends, contacts["arrival"], side="right")
    contacts["interval"] = np.minimum(interval, len(ends) - 1).astype(np.int32)
    return contacts


def _history(contacts: Columns) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tries again of customers not served in the contact before, and who was answered earlier."""
    order = contacts["by_case"]
    first = firsts(contacts["case"][order])
    lost = any_of(contacts["outcome"][order], LOST)
    after = np.zeros(len(order), dtype=np.bool_)
    after[order[1:]] = lost[:-1]
    after[order[first]] = False
    served = contacts["served"][order].astype(np.int64)
    earlier = np.cumsum(served) - served
    of_case = earlier[first][np.cumsum(first) - 1] if len(order) else earlier
    before = np.zeros(len(order), dtype=np.bool_)
    before[order] = earlier > of_case
    return after & any_of(contacts["kind"], (ContactKind.REDIAL, ContactKind.REPEAT)), before


def _answer_due(scenario: Scenario, trace: Trace, contacts: Columns) -> NDArray[np.float64]:
    """When each written contact should be answered by its channel's target; shape (contacts,)."""
    due = np.full(len(contacts["arrival"]), np.nan)
    for name in WRITTEN:
        section = scenario.channels.get(name)
        if section is None or section.response_target_h is None:
            continue
        seconds, clock = section.response_target_h * 3600.0, section.target_clock
        hours = hours_of(scenario, name)
        rows = np.flatnonzero(contacts["channel"] == trace.channels.index(name))
        due[rows] = due_times(hours, contacts["arrival"][rows], seconds, clock)
    return due


def leg_columns(trace: Trace, contacts: Columns, room: Room) -> Columns:
    """The legs of a trace with columns of their contact, answered or not, and the wait.

    hung_up_on_hold and hung_up_in_transfer, each of shape (legs,), are true for the last leg of a
    contact whose customer hung up while that agent asked, or in the queue to which it passed them.
    """
    legs = _with_contact(trace.legs, _LEGS, contacts, room)
    legs["served"] = ~np.isnan(legs["answered"])
    legs["handled"] = legs["served"] & (legs["ending"] != Ending.IN_HAND)
    legs["wait"] = legs["answered"] - legs["queued"]
    gone = having(contacts["ending"], Ending.HUNG_UP)[legs["row"]]
    on_hold = having(legs["ending"], Ending.HUNG_UP)
    legs["hung_up_on_hold"] = gone & on_hold
    last = np.zeros(len(gone), dtype=np.bool_)
    order = np.lexsort((legs["leg"], legs["row"]))
    last[order] = lasts(legs["row"][order])
    legs["hung_up_in_transfer"] = gone & ~on_hold & last
    return legs


def decision_columns(trace: Trace, contacts: Columns, legs: Columns, room: Room) -> Columns:
    """The decisions of a trace with who was asked, when first, and what was only passed on.

    asked_for is true when somebody else asked for the decision, request only for the first
    approver who was asked, last only for the last one, on_hold when agent and customer hold
    meanwhile; first_asked is when the first was asked, waited_until when a question on hold waited
    no longer: somebody turned to it, or the agent who had asked was done with the contact. The
    contacts get asked_on_hold: somebody was asked while the customer held.
    """
    decisions = _with_contact(trace.decisions, tuple(DECISIONS), contacts, room)
    order = np.argsort(decisions["row"], kind="stable")
    passed_on = np.zeros(len(order), dtype=np.bool_)
    passed_on[1:] = (decisions["approved"][order] == -1.0)[:-1]
    head = ~passed_on | firsts(decisions["row"][order])
    chain = np.cumsum(head) - 1
    first_asked = np.empty(len(order))
    first_asked[order] = decisions["asked"][order][head][chain]
    decisions["first_asked"] = first_asked
    decisions["asked_for"] = decisions["asker_group"] >= 0
    decisions["request"] = _marked(len(order), order[head]) & decisions["asked_for"]
    decisions["last"] = _marked(len(order), order[np.append(head, True)[1:]])
    on_hold = decisions["asked_for"] & (decisions["asked"] < contacts["ended"][decisions["row"]])
    decisions["on_hold"] = on_hold
    taken_up = decisions["started"]
    done = _leg_ends(legs, decisions["row"], decisions["asked"], trace.horizon_s)
    decisions["waited_until"] = np.where(np.isnan(taken_up), done, taken_up)
    contacts["asked_on_hold"] = _marked(len(contacts["ended"]), decisions["row"][on_hold])
    return decisions


def _leg_ends(
    legs: Columns, contact: NDArray[np.int64], at: NDArray[np.float64], horizon_s: float
) -> NDArray[np.float64]:
    """When the leg ends in which each of these contacts is at a moment; the horizon at the latest.

    Args:
        legs: all of them.
        contact: row of the contact, shape (n,).
        at: the moments, shape (n,).
        horizon_s: end of the run.
    """
    served = np.flatnonzero(legs["served"])
    # One time axis for all contacts: each has a stretch of it that is longer than the run.
    stretch = 1.0 + 2.0 * horizon_s
    began = legs["row"][served] * stretch + legs["answered"][served]
    order = np.argsort(began, kind="stable")
    place = np.searchsorted(began[order], contact * stretch + at, side="right") - 1
    if not len(served):
        return np.full(len(at), horizon_s)
    ends = legs["ended"][served[order[np.maximum(place, 0)]]]
    return np.fmin(np.where(np.isnan(ends), horizon_s, ends), horizon_s)


def promise_columns(trace: Trace, contacts: Columns, room: Room) -> Columns:
    """The promises of a trace with the columns of the contact in which each was made.

    And queue: that of the group that is to keep it, or that of the contact where any group may.
    """
    promises = _with_contact(trace.promises, tuple(PROMISES), contacts, room)
    anybody = contacts["queue"][promises["row"]]
    promises["queue"] = np.where(promises["group"] >= 0, promises["group"], anybody)
    return promises


def add_moves(legs: Columns, contacts: Columns) -> None:
    """Add who was transferred where, from the tiers of the legs.

    Legs get out (ended in a transfer), in (began with one) and in_warm (with one for which the
    agent before waited), contacts get sideways: their transfers to a group of the same tier or
    below.
    """
    order = np.lexsort((legs["leg"], legs["row"]))
    legs["out"] = any_of(legs["ending"], _TRANSFERRED)
    moved = legs["out"][order[:-1]] & ~firsts(legs["row"][order])[1:]
    before, after = order[:-1][moved], order[1:][moved]
    legs["in"] = _marked(len(order), after)
    warm = having(legs["ending"][before], Ending.TRANSFERRED_WARM)
    legs["in_warm"] = _marked(len(order), after[warm])
    sideways = before[legs["tier"][after] <= legs["tier"][before]]
    contacts["sideways"] = np.bincount(legs["row"][sideways], minlength=len(contacts["contact"]))


def add_later_queues(legs: Columns, contacts: Columns) -> None:
    """Add later_queue_s to the contacts, shape (contacts,): seconds in queues after the first.

    From the end of a leg that left the customer to another queue until the next leg, or until the
    contact ended without one; written contacts wait nowhere on the line.
    """
    order = np.lexsort((legs["leg"], legs["row"]))
    row, answered, ended = (legs[name][order] for name in ("row", "answered", "ended"))
    until = contacts["ended"][row]
    followed = ~firsts(row)[1:]
    until[:-1][followed] = answered[1:][followed]
    waits = any_of(legs["ending"][order], _INTO_A_QUEUE) & contacts["live"][row]
    seconds = np.where(waits, np.maximum(until - ended, 0.0), 0.0)
    contacts["later_queue_s"] = np.bincount(row, seconds, minlength=len(contacts["contact"]))


def _with_contact(table: Table, names: tuple[str, ...], contacts: Columns, room: Room) -> Columns:
    """The rows with columns of their contact; a row whose contact has not ended is left out."""
    columns = ColumnStore(room)
    row = positions(contacts["contact"], table["contact"])
    known = row >= 0
    row = row[known]
    for name in _OF_CONTACT:
        if name not in names:
            columns[name] = contacts[name][row]
    for name, column in columns_of(table, names):
        columns[name] = column[known]
    columns["row"] = row
    return columns


def _marked(length: int, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    marked = np.zeros(length, dtype=np.bool_)
    marked[rows] = True
    return marked
