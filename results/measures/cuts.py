"""Cuts: the parts of a centre for which every measure is computed alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.facts.facts import Facts
from results.facts.rows import Rows
from scenarios.parts.waiting import Targets

CutKind = Literal["all", "complaints", "reason", "channel", "group", "tier", "week", "cause"]
Cut = tuple[str, str]
"""A kind of cut with a name: ("all", ""), ("complaints", ""), ("reason", "wrong_bill"),
("channel", "chat"), ("group", "front_line"), ("tier", "1"), ("week", "3"),
("cause", "not_resolved")."""


@dataclass(frozen=True)
class Slice:
    """The counted rows that belong to one cut.

    A contact belongs to the group of its first agent, a case to that of its first answered
    contact, a decision to the group that decided, a promise to the group that is to keep it.
    """

    cut: Cut
    facts: Facts
    contacts: Rows
    legs: Rows
    cases: Rows
    decisions: Rows
    promises: Rows
    open_work: Rows
    groups: NDArray[np.bool_]
    """Groups whose agent time counts, shape (groups,)."""

    @property
    def by_people(self) -> bool:
        """True for a group or a tier, whose customers come by transfer as well."""
        return self.cut[0] in ("group", "tier")

    @property
    def targets(self) -> Targets:
        """The targets of the centre."""
        return self.facts.scenario.targets

    @cached_property
    def offered(self) -> Rows:
        """Contacts that customers made while it was open, and the voice menu did not settle."""
        return self.contacts.where(self.contacts["offered"])

    @cached_property
    def waiting(self) -> Rows:
        """Offered contacts whose customer waits on the line: voice and chat."""
        return self.offered.where(self.offered["live"])

    @cached_property
    def queued(self) -> Rows:
        """Those of the waiting who asked for an agent."""
        return self.waiting.where(~np.isnan(self.waiting["wait"]))

    @cached_property
    def served(self) -> Rows:
        """Answered contacts of every kind; for a group or tier its legs of them."""
        rows = self.legs if self.by_people else self.contacts
        return rows.where(rows["served"])

    @cached_property
    def handled(self) -> Rows:
        """The served that were over when the horizon ended."""
        return self.served.where(self.served["handled"])

    @cached_property
    def answered(self) -> Rows:
        """The served whose customer made the contact and waited on the line."""
        return self.served.where(self.served["inbound"] & self.served["live"])

    @cached_property
    def judged(self) -> Rows:
        """Cases of which a contact was answered and is over."""
        return self.cases.where(self.cases["judged"])

    @cached_property
    def seconds(self) -> NDArray[np.float64]:
        """Seconds of agent time by state, shape (states,)."""
        seconds: NDArray[np.float64] = self.facts.time.seconds[self.groups].sum(axis=0)
        return seconds


def slices(facts: Facts) -> Iterator[Slice]:
    """Every cut of a replication: the whole, the complaints, each reason, channel, group, tier."""
    trace, scenario = facts.trace, facts.scenario
    tiers = np.array([scenario.groups[name].tier for name in trace.groups], dtype=np.int64)
    everybody = np.ones(len(tiers), dtype=np.bool_)
    nobody = ~everybody
    yield Slice(
        ("all", ""),
        facts,
        *(facts.contacts, facts.legs, facts.cases),
        *(facts.decisions, facts.promises, facts.open_work),
        everybody,
    )
    yield _slice(facts, ("complaints", ""), "complaint", 1, nobody)
    for code, name in enumerate(trace.reasons):
        yield _slice(facts, ("reason", name), "reason", code, nobody)
    for code, name in enumerate(trace.channels):
        yield _slice(facts, ("channel", name), "channel", code, nobody)
    for code, name in enumerate(trace.groups):
        yield _slice(facts, ("group", name), "group", code, np.arange(len(tiers)) == code)
    for tier in sorted(set(tiers.tolist())):
        yield _slice(facts, ("tier", str(tier)), "tier", tier, tiers == tier)


def _slice(facts: Facts, cut: Cut, column: str, code: int, groups: NDArray[np.bool_]) -> Slice:
    def part(rows: Rows) -> Rows:
        return rows.where(rows[column] == code)

    return Slice(
        cut,
        facts,
        *(part(facts.contacts), part(facts.legs), part(facts.cases)),
        *(part(facts.decisions), part(facts.promises), part(facts.open_work)),
        groups,
    )
