"""The customers behind a difference: those whose case went most differently under two policies.

Both traces are of the same replication, so a case is the same customer with the same matter; it is
found in the other trace by its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.parts.channels import WRITTEN
from sim.trace.codes import CaseState, ContactKind
from sim.trace.columns_on_disk import columns_of
from sim.trace.trace import CASES, CONTACTS, Trace

MOST_OF_EACH = 3
"""Customers that are named for each way in which a case can go differently, either way round."""
LEAST_S = 60.0
"""Less time waited and held than this does not make a story."""
_BY_THE_CENTRE = (ContactKind.CALLBACK, ContactKind.FOLLOW_UP)
SERVED = (CaseState.RESOLVED, CaseState.SELF_SERVED)

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Went:
    """How a case went under one policy."""

    state: CaseState
    """At the end of the run."""
    contacts: int
    """Of every kind, tries that were not answered as well."""
    answered: int
    waited_s: float
    """On the line for an agent, in all contacts together; a letter waits for nobody's patience."""
    held_s: float
    """On hold."""
    paid: float
    """Remedy."""
    ended: float
    """When it ended, in seconds from midnight of the first day; NaN while it is open."""

    @property
    def served(self) -> bool:
        """Whether the customer got what was wanted."""
        return self.state in SERVED


@dataclass(frozen=True)
class Behind:
    """A customer whose case went differently."""

    case: int
    """Its number, the same under both policies."""
    reason: str
    """By name."""
    began: float
    """When the customer first came, in seconds from midnight of the first day."""
    first: Went
    second: Went


def customers_behind(first: Trace, second: Trace) -> list[Behind]:
    """The customers whose cases differ most, a few for each way in which they can.

    First those who gave up under one policy and not under the other; then those who had to come
    more often; then those who waited and held longer: each under the first policy, then under the
    second. Within each the largest difference comes first, and nobody is named twice.

    Args:
        first: of a replication under one policy.
        second: of the same replication under another one.
    """
    found: dict[int, Behind] = {}
    for ranked in _rankings(_paired(first, second)):
        named = [behind for behind in ranked if behind.case not in found][:MOST_OF_EACH]
        found |= {behind.case: behind for behind in named}
    return list(found.values())


@dataclass(frozen=True)
class Lost:
    """Customers of a replication who gave up under one of two policies alone."""

    only_first: int
    only_second: int
    customers: int
    """In all, after the warm-up."""


def lost_customers(first: Trace, second: Trace) -> Lost:
    """Count the customers who gave up under one policy and not under the other."""
    cases = _paired(first, second)
    here = sum(_lost(one.first) and not _lost(one.second) for one in cases)
    there = sum(_lost(one.second) and not _lost(one.first) for one in cases)
    return Lost(here, there, len(cases))


def _paired(first: Trace, second: Trace) -> list[Behind]:
    """The cases that are in both traces and began after the warm-up."""
    one, other = _went(first), _went(second)
    return [
        Behind(case, first.reasons[reason], began, went, other[case][2])
        for case, (reason, began, went) in one.items()
        if began >= first.warm_up_s and case in other and reason == other[case][0]
    ]


def _rankings(cases: list[Behind]) -> Iterator[list[Behind]]:
    """The cases that are worse in each way under one of the policies, the worst first."""

    def contacts(behind: Behind) -> int:
        return behind.first.contacts - behind.second.contacts

    def time_s(behind: Behind) -> float:
        first, second = behind.first, behind.second
        return first.waited_s + first.held_s - second.waited_s - second.held_s

    for sign in (1, -1):
        lost = [one for one in cases if sign * (_lost(one.first) - _lost(one.second)) > 0]
        yield sorted(lost, key=lambda one: (-sign * contacts(one), -sign * time_s(one), one.case))
    for sign in (1, -1):
        again = [one for one in cases if sign * contacts(one) > 0]
        yield sorted(again, key=lambda one: (-sign * contacts(one), -sign * time_s(one), one.case))
    for sign in (1, -1):
        longer = [one for one in cases if sign * time_s(one) >= LEAST_S]
        yield sorted(longer, key=lambda one: (-sign * time_s(one), one.case))


def _lost(went: Went) -> bool:
    return went.state is CaseState.GIVEN_UP


def _went(trace: Trace) -> dict[int, tuple[int, float, Went]]:
    """By number of the case its reason, when it began and how it went."""
    cases = dict(columns_of(trace.cases, tuple(CASES)))
    contacts = dict(columns_of(trace.contacts, tuple(CONTACTS)))
    waited = np.nan_to_num(_waited(trace, contacts))
    numbers = contacts["case"]
    by_case: dict[int, list[float]] = {}
    for case, wait, hold in zip(numbers.tolist(), waited, contacts["hold_s"], strict=True):
        sums = by_case.setdefault(case, [0.0, 0.0])
        sums[0] += float(wait)
        sums[1] += float(np.nan_to_num(hold))
    found = {}
    for at, case in enumerate(cases["case"].tolist()):
        wait, hold = by_case.get(case, (0.0, 0.0))
        went = Went(
            CaseState(int(cases["state"][at])),
            int(cases["attempts"][at]),
            int(cases["contacts_answered"][at]),
            wait,
            hold,
            float(cases["paid"][at]),
            float(cases["ended"][at]),
        )
        found[case] = int(cases["reason"][at]), float(cases["began"][at]), went
    return found


def _waited(trace: Trace, contacts: Columns) -> NDArray[np.float64]:
    """How long a customer waited on the line in each contact: until answered, or until it ended."""
    answered, ended = contacts["answered"], contacts["ended"]
    until = np.where(np.isnan(answered), ended, answered)
    written = [at for at, name in enumerate(trace.channels) if name in WRITTEN]
    calls = ~np.isin(contacts["kind"], _BY_THE_CENTRE) & ~np.isin(contacts["channel"], written)
    return np.where(calls, until - contacts["queued"], 0.0)
