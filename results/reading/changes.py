"""Changes in a sentence: what a measure is called, and that it rises or falls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from results.measures.registry import MEASURES
from results.reading.notation import pair_notation
from results.reading.within import within


class Subject(NamedTuple):
    """What rises or falls."""

    noun: str
    plural: bool = False


SUBJECTS: Mapping[str, Subject] = {
    "blocked": Subject("callers who find all lines busy", plural=True),
    "closed": Subject("customers who find the centre closed", plural=True),
    "left_message": Subject("customers who leave a message", plural=True),
    "turned_away": Subject("customers who are turned away", plural=True),
    "lost_in_menu": Subject("callers who hang up in the voice menu", plural=True),
    "wait_all": Subject("the wait"),
    "asa": Subject("the wait of those answered"),
    "wait_p90": Subject("the wait of nine in ten"),
    "time_to_agent": Subject("the time to a first agent"),
    "never_reached": Subject("customers who never reach an agent", plural=True),
    "fcr_complaints": Subject("complaints resolved at first contact", plural=True),
    "fcr": Subject("cases resolved at first contact", plural=True),
    "abandonment": Subject("customers who hang up while waiting", plural=True),
    "hung_up_on_hold": Subject("customers who hang up on hold", plural=True),
    "hung_up_in_transfer": Subject("customers who hang up in a transfer", plural=True),
    "service_level": Subject("calls answered in time", plural=True),
    "response_time": Subject("the time to an answer in writing"),
    "response_within_target": Subject("written answers in time", plural=True),
    "promises_kept": Subject("promises kept", plural=True),
    "csat_true": Subject("satisfaction"),
    "unresolved": Subject("cases still open at the end", plural=True),
    "backlog": Subject("the backlog"),
    "failure_demand": Subject("contacts that need not have been", plural=True),
    "escalation_rate": Subject("contacts passed up", plural=True),
    "approvals_per_complaint": Subject("approvals asked for each complaint", plural=True),
    "approval_wait": Subject("the wait for an approval"),
    "approval_hold": Subject("the hold while an approval is asked"),
    "outbound_right_party": Subject("customers of lists who are spoken with", plural=True),
    "outbound_abandoned": Subject("calls of lists that are answered and meet nobody", plural=True),
    "coaching_done": Subject("coaching and own work that gets done"),
    "occupancy": Subject("occupancy"),
    "total_cost": Subject("all costs of a day, lost customers included,", plural=True),
    "service_cost": Subject("the service cost of a day"),
    "revenue_at_risk": Subject("revenue at risk"),
    "time_to_resolution": Subject("the time to resolution"),
    "attrition": Subject("turnover a year"),
    "tenure": Subject("weeks of experience", plural=True),
    "headcount": Subject("the headcount"),
    "engagement": Subject("engagement"),
}
"""What each measure is called where it rises or falls; another by its title."""


def subject_of(measure: str) -> Subject:
    """What a measure is called in a sentence."""
    title = MEASURES[measure].title
    return SUBJECTS.get(measure) or Subject(title[:1].lower() + title[1:])


def subject_within(measure: str, answer_within_s: Sequence[float]) -> Subject:
    """The same, given the targets of the service level, the shortest first."""
    if measure != "service_level":
        return subject_of(measure)
    return Subject(f"customers answered within {within(answer_within_s)}", plural=True)


def moved_words(
    subject: Subject, before: float, after: float, unit: str, currency: str = "€"
) -> str:
    """That something rises or falls: ``the wait falls from 15 to 9 s``; with two numbers."""
    verb = ("rise" if after > before else "fall") + ("" if subject.plural else "s")
    return (
        f"{subject.noun} {verb} {pair_notation(before, after, unit, currency).pair(before, after)}"
    )
