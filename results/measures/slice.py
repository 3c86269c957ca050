"""A slice: the rows that are counted for one part of a centre, from which every measure takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from results.facts.facts import Facts
from results.facts.number_waiting import NumberWaiting, open_time
from results.facts.rows import Rows, any_of, having
from scenarios.answer_targets import live_channels
from scenarios.parts.channels import ChannelName
from scenarios.parts.waiting import Targets
from scenarios.rules.reach import channels_to
from sim.trace.codes import CaseState, Outcome
from sim.trace.equations import in_target

CutKind = Literal[
    "all", "complaints", "reason", "channel", "queue", "group", "tier", "week", "cause"
]
Cut = tuple[str, str]
"""A kind of cut with a name: ("all", ""), ("complaints", ""), ("reason", "wrong_bill"),
("channel", "chat"), ("queue", "front_line"), ("group", "front_line"), ("tier", "1"), ("week", "3"),
("cause", "not_resolved"). A queue has the name of its group."""

BY_PEOPLE = ("group", "tier")
_IN_MENU = CaseState.SELF_SERVED

Codes = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]


def _selection(pick: Callable[[Slice], Rows]) -> cached_property[Rows]:
    """Rows that are picked once for all cuts of a kind, group by group."""

    @wraps(pick)
    def rows(s: Slice) -> Rows:
        if s.of is None:
            return pick(s)
        together: Rows = getattr(s.of, pick.__name__)
        return together.group(s.number)

    return cached_property(rows)


@dataclass(frozen=True, eq=False)
class Slice:
    """The counted rows that belong to one cut.

    A contact belongs to the group of its first agent, a case to that of its first answered
    contact, a decision to the group that decided, a promise to the group that is to keep it. The
    contacts of a queue are its waits, each with the leg that ended it.
    """

    cut: Cut
    facts: Facts
    groups: Flags
    """Groups whose agent time counts, shape (groups,)."""
    of: Slice | None = None
    """All cuts of the kind together, their rows group by group; None for the whole centre."""
    number: int = 0
    """Which of them it is."""

    @property
    def by_people(self) -> bool:
        """True for a group or a tier, whose customers come by transfer as well."""
        return self.cut[0] in BY_PEOPLE

    @property
    def live_channels(self) -> list[ChannelName]:
        """Those of voice and chat by which customers of this part come."""
        kind, name = self.cut
        if kind == "queue":
            return channels_to(self.facts.scenario, name)
        reasons = self.facts.scenario.reasons
        asked = [reasons[name]] if kind == "reason" else reasons.values()
        found = dict.fromkeys(channel for reason in asked for channel in live_channels(reason))
        return [channel for channel in found if kind != "channel" or channel == name]

    @property
    def targets(self) -> Targets:
        """The targets of the centre."""
        return self.facts.scenario.targets

    @_selection
    def contacts(self) -> Rows:
        """Contacts, tried or made by the centre."""
        return self.facts.contacts

    @_selection
    def legs(self) -> Rows:
        """Agents' parts of contacts."""
        return self.facts.legs

    @_selection
    def cases(self) -> Rows:
        """Customers' problems."""
        return self.facts.cases

    @_selection
    def decisions(self) -> Rows:
        """What somebody decided, or was asked to."""
        return self.facts.decisions

    @_selection
    def promises(self) -> Rows:
        """Anything told with a time in it."""
        return self.facts.promises

    @_selection
    def open_work(self) -> Rows:
        """Written contacts and promises from opening to closing."""
        return self.facts.open_work

    @_selection
    def line(self) -> Rows:
        """Waits on the line from joining to leaving; the warm-up is not left out."""
        return self.facts.line

    @_selection
    def staff(self) -> Rows:
        """Places of the roster by day."""
        return self.facts.staff

    @_selection
    def dials(self) -> Rows:
        """Calls to the customers of lists."""
        return self.facts.dials

    @_selection
    def lists(self) -> Rows:
        """Customers put on lists, by list and day."""
        return self.facts.lists

    @_selection
    def offered(self) -> Rows:
        """Contacts that customers made while it was open, and the voice menu did not settle."""
        return self.contacts.where(self.contacts["offered"])

    @_selection
    def waiting(self) -> Rows:
        """Offered contacts whose customer waits on the line: voice and chat."""
        return self.offered.where(self.offered["live"])

    @_selection
    def queued(self) -> Rows:
        """Those of the waiting who asked for an agent."""
        return self.waiting.where(~np.isnan(self.waiting["wait"]))

    @_selection
    def abandoned(self) -> Rows:
        """Those of the waiting who hung up."""
        return self.waiting.where(having(self.waiting["outcome"], Outcome.ABANDONED))

    @_selection
    def written(self) -> Rows:
        """Offered contacts whose customer waits for an answer in writing."""
        return self.offered.where(self.offered["written"])

    @_selection
    def served(self) -> Rows:
        """Answered contacts of every kind; for a group or tier its legs of them."""
        rows = self.legs if self.by_people else self.contacts
        return rows.where(rows["served"])

    @_selection
    def handled(self) -> Rows:
        """The served that were over when the horizon ended."""
        return self.served.where(self.served["handled"])

    @_selection
    def handled_contacts(self) -> Rows:
        """Contacts that were handled; for a group or tier those whose first agent is of it."""
        if not self.by_people:
            return self.handled
        return self.contacts.where(self.contacts["handled"])

    @_selection
    def answered(self) -> Rows:
        """The served whose customer made the contact and waited on the line."""
        return self.served.where(self.served["inbound"] & self.served["live"])

    @_selection
    def hung_up(self) -> Rows:
        """Legs after which the customer hung up, on hold or in a later queue."""
        return self.legs.where(self.legs["hung_up_on_hold"] | self.legs["hung_up_in_transfer"])

    @_selection
    def answered_in_target(self) -> Rows:
        """The answered who waited no longer than the target says."""
        return self.answered.where(in_target(self.answered["wait"], self.target_s(self.answered)))

    @_selection
    def wanted_agent(self) -> Rows:
        """Cases that began on voice or chat, without those that the voice menu settled."""
        return self.cases.where(self.cases["live"] & ~having(self.cases["state"], _IN_MENU))

    @_selection
    def reached(self) -> Rows:
        """Those of them in which an agent spoke with the customer."""
        return self.wanted_agent.where(~np.isnan(self.wanted_agent["reached_s"]))

    @_selection
    def judged(self) -> Rows:
        """Cases of which a contact was answered and is over."""
        return self.cases.where(self.cases["judged"])

    @_selection
    def resolved(self) -> Rows:
        """Cases that are truly resolved."""
        return self.cases.where(self.cases["resolved"])

    @_selection
    def felt(self) -> Rows:
        """Cases of which it is known how satisfied the customer is."""
        return self.cases.where(~np.isnan(self.cases["csat"]))

    @_selection
    def requests(self) -> Rows:
        """Decisions that agents asked for; not what an approver passed up the line."""
        return self.decisions.where(self.decisions["request"])

    @_selection
    def decided(self) -> Rows:
        """Yes or no to somebody who asked; not passed up the line."""
        final = any_of(self.decisions["approved"], (0.0, 1.0))
        return self.decisions.where(final & self.decisions["asked_for"])

    @_selection
    def closed_requests(self) -> Rows:
        """How each request ended: the last decision of those that were passed up the line."""
        return self.decisions.where(self.decisions["last"] & self.decisions["asked_for"])

    @_selection
    def held_for_approval(self) -> Rows:
        """Contacts whose customer held while an approval was asked for, decided or not."""
        return self.contacts.where(self.contacts["asked_on_hold"])

    @_selection
    def due_promises(self) -> Rows:
        """Promises that fell due before the horizon ended."""
        return self.promises.where(~np.isnan(self.promises["kept"]))

    def target_s(self, rows: Rows) -> Any:
        """The target of each row in seconds; one number where all have the same."""
        targets = self.facts.answer_within_s
        if targets.min() == targets.max():
            return targets[0, 0]
        return targets[rows["reason"], rows["channel"]]

    @cached_property
    def in_line(self) -> NumberWaiting:
        """How many customers wait on the line, from moment to moment; all weeks share it."""
        if self.cut[0] == "week" and self.of is not None:
            return self.of.in_line
        until = self.facts.trace.horizon_s
        hours = open_time(self.facts.scenario, self.live_channels, until)
        return NumberWaiting(self.line["joined"], self.line["left"], hours)

    @cached_property
    def seconds(self) -> NDArray[np.float64]:
        """Seconds of agent time by state, shape (states,)."""
        seconds: NDArray[np.float64] = self.facts.time.seconds[self.groups].sum(axis=0)
        return seconds


def had_to_wait(s: Slice) -> NDArray[np.bool_]:
    """True for those of the queued who were not answered immediately, shape (queued,)."""
    waited: NDArray[np.bool_] = (s.queued["wait"] > 0.0) | ~s.queued["served"]
    return waited
