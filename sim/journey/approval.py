"""Asking for a decision: an approver, and the next one up when the money is beyond both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from math import fsum
from typing import TYPE_CHECKING

from sim.floor.cases import NAN
from sim.floor.queues import Medium
from sim.journey.authority import asked_s, may_decide, must_ask, pay

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.agents import Agent, Group
    from sim.floor.cases import Case
    from sim.floor.clock import Waits
    from sim.journey.waiting import Finding
    from sim.plan.steps import StepPlan


class Question(ABC):
    """What is asked of approvers, and what becomes of the customer meanwhile."""

    case: Case
    contact: int
    """Number of the contact in which it came up."""
    occasion: int
    """The occasion of the draws about the time that an answer takes."""

    @abstractmethod
    def asker(self, group: Group) -> Group:
        """The group that asks another one."""

    @abstractmethod
    def can_be_put(self, group: Group) -> bool:
        """Whether there is a use in asking a group."""

    @abstractmethod
    def could_be_put(self, group: Group) -> bool:
        """Whether somebody of a group is on duty, apart from who asks."""

    @abstractmethod
    def put(self, group: Group) -> None:
        """The question is put to a group."""

    @abstractmethod
    def find(self, group: Group) -> Finding:
        """Wait for an approver of a group; None when none came."""

    @abstractmethod
    def wait(self, seconds: float) -> Generator[Waits, None, bool]:
        """Wait for the answer; False when it is of no use to the customer any more."""

    def verdict(self, step: StepPlan, group: Group, _knowledge: float) -> int:
        """1 yes, 0 no, -1 when it is beyond the group too and there is a next one up."""
        case = self.case
        if must_ask(case, group):
            return -1 if group.plan.approver >= 0 else 0
        return int(approves(case, step, group))

    @abstractmethod
    def nobody_came(self, group: Group, asked: float) -> None:
        """Nobody of a group came who was asked at a time."""

    @abstractmethod
    def answered(self, verdict: int | None) -> None:
        """An approver has answered; None when the customer did not wait for it."""


def ask_up(
    centre: Centre, question: Question, step: StepPlan, group: Group
) -> Generator[Waits, None, int | None]:
    """Ask a group, and up the line from there; 1 yes, 0 no, None when nobody decided."""
    case, takes_time = question.case, centre.plan.works.approval_time
    if not takes_time and any(map(question.could_be_put, _line_from(centre, group))):
        return _ask_in_the_instant(centre, question, step, group)
    while question.can_be_put(group):
        asked = centre.clock.now
        question.put(group)
        put = question.case, question.contact, group, question.asker(group)
        centre.questions[question] = *put, None, (asked, NAN)
        approver = yield from question.find(group)
        if approver is None:
            del centre.questions[question]
            question.nobody_came(group, asked)
            return None
        times = asked, centre.clock.now
        centre.questions[question] = *put, approver, times
        seconds = 0.0
        if takes_time:
            seconds = asked_s(case, "decision_s", step, group, question.occasion)
        stayed = yield from question.wait(seconds)
        verdict = question.verdict(step, group, approver.knowledge) if stayed else None
        del centre.questions[question]
        _carry_out(centre, question, group, approver, times, verdict)
        centre.floor.release(approver, Medium.VOICE)
        question.answered(verdict)
        if verdict != -1:
            return verdict
        group = centre.by_position[group.plan.approver]
    return None


def _carry_out(
    centre: Centre,
    question: Question,
    group: Group,
    approver: Agent | None,
    times: tuple[float, float],
    verdict: int | None,
) -> None:
    """Pay what is granted, and note the decision."""
    case = question.case
    grants = verdict == 1 and case.kind >= 0 and not case.granted
    paid = pay(case, group) if grants and may_decide(case, group) else 0.0
    asker = question.asker(group)
    centre.note_decision(case, question.contact, group, approver, asker, times, verdict, paid)


def _line_from(centre: Centre, group: Group) -> Iterator[Group]:
    """A group, whom it asks, and so on."""
    yield group
    while group.plan.approver >= 0:
        group = centre.by_position[group.plan.approver]
        yield group


def _ask_in_the_instant(centre: Centre, question: Question, step: StepPlan, group: Group) -> int:
    """The first group up the line that may decide does so now, and nobody spends time on it.

    Nobody in particular decides: with the draw that the group has anyway, and its mean knowledge.
    """
    for each in _line_from(centre, group):
        knowledge = fsum(agent.knowledge for agent in each.agents) / max(1, len(each.agents))
        group, verdict = each, question.verdict(step, each, knowledge)
        if verdict != -1:
            break
    question.put(group)
    now = centre.clock.now
    _carry_out(centre, question, group, None, (now, now), verdict)
    question.answered(verdict)
    return verdict


def approves(case: Case, step: StepPlan, group: Group) -> bool:
    """Whether an approver of a group says yes; less likely the more money is asked for.

    The mark is the case's: a group that is asked about it again says the same again.
    """
    probability = step.approval - step.approval_falls_per_100 * case.money / 100.0
    return case.mark(f"approval/{group.name}") < probability
