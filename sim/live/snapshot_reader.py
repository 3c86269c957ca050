"""The snapshot reader: what can be seen of a centre at work at one instant.

It costs what is on the floor now (agents, who waits, what is promised), never what has been.
"""

from __future__ import annotations

import math

from scenarios.parts.channels import CHANNELS, WRITTEN
from sim.centre import Centre
from sim.floor.agents import Agent, Group
from sim.floor.cases import Case, Promise
from sim.live.approval_requests import ApprovalRequest
from sim.live.counts import Counts, Measures
from sim.live.snapshots import ApprovalView, Doing, GroupView, PromisesView, QueueView, StoryView
from sim.live.watch import Watch
from sim.trace.codes import AgentState, CaseState, Outcome

_DOING = {
    AgentState.READY: Doing.READY,
    AgentState.TALK: Doing.TALK,
    AgentState.HOLD: Doing.HOLD,
    AgentState.WRAP_UP: Doing.WRAP_UP,
    AgentState.HELPING: Doing.HELPING,
    AgentState.DECIDING: Doing.DECIDING,
    AgentState.BREAK: Doing.BREAK,
    AgentState.MEETING: Doing.AWAY,
    AgentState.TRAINING: Doing.AWAY,
    AgentState.AWAY: Doing.AWAY,
    AgentState.OUTBOUND: Doing.OUTBOUND,
}
_WITH_CUSTOMER = (Doing.TALK, Doing.WRITING, Doing.HOLD, Doing.WITH_APPROVER, Doing.WRAP_UP)
BUSY = (*_WITH_CUSTOMER, Doing.HELPING, Doing.DECIDING, Doing.OUTBOUND)
"""What agents do who serve a customer or a colleague."""

_ENDS = {
    CaseState.RESOLVED: "resolved",
    CaseState.SELF_SERVED: "settled in the voice menu",
    CaseState.GIVEN_UP: "given up",
}

QueueKey = tuple[tuple[int, ...], int]


class SnapshotReader:
    """Reads the parts of snapshots from a centre and its watch."""

    def __init__(self, centre: Centre, watch: Watch) -> None:
        self._centre = centre
        self._watch = watch
        self._queues: dict[QueueKey, None] = {}
        for plan in centre.plan.reasons:
            for channel, _ in plan.channels:
                self._queues[plan.own_groups, channel] = None
        self._queues = dict.fromkeys(sorted(self._queues))

    def queues(self) -> tuple[QueueView, ...]:
        """Every queue; those of transfers from the first transfer on."""
        now, waiting = self._centre.clock.now, self._waiting()
        for key in (*self._watch.transferred, *waiting):
            self._queues.setdefault(key)
        lines = self._watch.today.lines
        names = self._centre.trace.groups
        views = []
        for key in self._queues:
            groups, channel = key
            count, since = waiting.get(key, (0, now))
            line = lines.get(key)
            views.append(
                QueueView(
                    groups=tuple(names[group] for group in groups),
                    channel=CHANNELS[channel],
                    waiting=count,
                    longest_s=now - since,
                    offered=line.offered if line else 0,
                    service_level=line.service_level if line else math.nan,
                    open=self._centre.lines[channel].is_open(now),
                )
            )
        return tuple(views)

    def _waiting(self) -> dict[QueueKey, tuple[int, float]]:
        found: dict[QueueKey, tuple[int, float]] = {}
        for place, contact in self._centre.in_line.items():
            if contact.outcome is Outcome.WAITING:
                groups = contact.case.plan.own_groups
            else:  # transferred
                groups = (place.queue,)
            key = groups, contact.channel
            count, since = found.get(key, (0, math.inf))
            found[key] = count + 1, min(since, place.since)
        return found

    def people_waiting(self) -> int:
        """Customers who wait on the line now: voice and chat."""
        return sum(
            CHANNELS[contact.channel] not in WRITTEN for contact in self._centre.in_line.values()
        )

    def groups(self) -> tuple[GroupView, ...]:
        """Every group with the agents who work for it now."""
        requests = self._watch.requests.open.values()
        asking = {request.leg.agent.number for request in requests}
        members: dict[Group, list[Agent]] = {group: [] for group in self._centre.groups.values()}
        for group in self._centre.groups.values():
            for agent in group.agents:
                members[agent.group].append(agent)
        return tuple(self._group(group, agents, asking) for group, agents in members.items())

    def _group(self, group: Group, agents: list[Agent], asking: set[int]) -> GroupView:
        now, case_of = self._centre.clock.now, self._watch.case_of
        doing = bytes(self._doing(agent, asking, now) for agent in agents)
        cases = tuple(
            case_of[agent.number].number
            if code in _WITH_CUSTOMER and agent.number in case_of
            else -1
            for agent, code in zip(agents, doing, strict=True)
        )
        return GroupView(
            name=group.name,
            agents=tuple(agent.number for agent in agents),
            doing=doing,
            since=tuple(agent.since for agent in agents),
            cases=cases,
        )

    def _doing(self, agent: Agent, asking: set[int], now: float) -> Doing:
        if not agent.duties and not agent.going:
            return Doing.OFF
        doing = _DOING[agent.state]
        if doing is Doing.TALK and agent.written is not None and agent.written.rate > 0.0:
            return Doing.WRITING
        if doing is Doing.HOLD and agent.number in asking:
            return Doing.WITH_APPROVER
        if doing is Doing.READY and agent.own_left > now - agent.since:
            return Doing.OWN_WORK
        return doing

    def approvals(self) -> tuple[ApprovalView, ...]:
        """Open requests for a decision: those being decided first, then the longest waiting."""
        found = [self._spoken(request) for request in self._watch.requests.open.values()]
        for promise in self._centre.promises:
            place = promise.place
            if place is not None and not place.gone and place.state is AgentState.DECIDING:
                found.append(self._written(promise, place.since))
        found.sort(key=lambda view: (view.started is None, view.asked))
        return tuple(found)

    def _spoken(self, request: ApprovalRequest) -> ApprovalView:
        case = request.leg.contact.case
        return ApprovalView(
            case=case.number,
            agent=request.leg.agent.number,
            group=request.group.name,
            kind=self._kind(case),
            money=case.money,
            asked=request.asked,
            started=request.started,
        )

    def _written(self, promise: Promise, asked: float) -> ApprovalView:
        case, step, groups = promise.case, promise.step, self._centre.by_position
        return ApprovalView(
            case=case.number,
            agent=-1,
            group=groups[step.approver].name if step and step.approver >= 0 else "",
            kind=self._kind(case),
            money=case.money,
            asked=asked,
            started=None,
        )

    def _kind(self, case: Case) -> str:
        """The kind of decision that a case needs; empty when it is about knowledge."""
        return self._centre.plan.kinds[case.kind] if case.kind >= 0 else ""

    def promises(self) -> PromisesView:
        """What is still to be kept."""
        now = self._centre.clock.now
        dues = [promise.due for promise in self._centre.promises]
        return PromisesView(
            open=len(dues),
            overdue=sum(due <= now for due in dues),
            next_due=min((due for due in dues if due > now), default=math.inf),
        )

    def measures(self, counts: Counts, overdue: int) -> Measures:
        """The measures of a stretch of time, what agents are doing now included."""
        doing = [
            (agent.state, agent.since)
            for group in self._centre.groups.values()
            for agent in group.agents
            if agent.duties or agent.going
        ]
        return counts.measures(self._centre.clock.now, overdue, doing)

    def story(self, case: int) -> StoryView | None:
        """One customer's story; None when it is unknown or ended long ago."""
        moments = self._watch.journal.story(case)
        if not moments:
            return None
        known = self._watch.case(case)
        plan = known.plan
        return StoryView(
            case=case,
            reason=plan.name,
            complaint=plan.complaint,
            money=known.money if known.kind >= 0 else math.nan,
            began=known.began,
            state=self._state(known),
            moments=moments,
        )

    def _state(self, case: Case) -> str:
        if case.state is not CaseState.OPEN:
            return _ENDS[case.state]
        if case in self._watch.in_hand:
            leg = self._watch.in_hand[case]
            state = leg.agent.state
            if state is AgentState.HOLD:
                return "on hold"
            written = CHANNELS[leg.contact.channel] in WRITTEN
            return "being answered in writing" if written else "talking"
        if any(contact.case is case for contact in self._centre.in_line.values()):
            return "waiting in the queue"
        if case.promise is not None:
            return "waiting for what was promised"
        return "between two contacts"
