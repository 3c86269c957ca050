"""The dialler: calls customers of lists while agents are free and nobody waits for them.

What a customer on a list is like, and whether the n-th try reaches somebody, are draws of the
customer and the try; when a try is made, and by whom, is the floor's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from heapq import heappop, heappush
from math import floor, nan
from typing import TYPE_CHECKING

import numpy as np

from sim.draws.draws import crowd, mark_by
from sim.floor.clock import Order
from sim.floor.queues import Medium
from sim.trace.codes import AgentState, DialOutcome

if TYPE_CHECKING:
    from sim.draws.amounts import Amount
    from sim.draws.draws import Draws
    from sim.floor.agenda import Agenda
    from sim.floor.agents import Agent, Group
    from sim.floor.clock import Clock
    from sim.floor.floor import Floor
    from sim.plan.outbound import OutboundPlan
    from sim.trace.trace import Trace

_OUTBOUND = AgentState.OUTBOUND
_VOICE = Medium.VOICE


class _Record:
    """One customer of a list."""

    __slots__ = ("number", "person", "tries")

    def __init__(self, number: int, person: int) -> None:
        self.number = number
        self.person = person
        """By whom draws are keyed."""
        self.tries = 0
        """Calls so far."""


class _Call:
    """One try to reach a customer."""

    __slots__ = ("agent", "began", "dialled", "record", "trial")

    def __init__(self, record: _Record, agent: Agent | None, began: float, dialled: float) -> None:
        self.record = record
        self.trial = record.tries
        """The number of the try, by which its draws are keyed."""
        self.agent = agent
        """Who calls, or is held for whoever answers; None where a dialler calls ahead."""
        self.began = began
        self.dialled = dialled
        record.tries += 1


class _List:
    """The customers of one list who are still to be called, and its calls that ring."""

    def __init__(self, plan: OutboundPlan, groups: tuple[Group, ...]) -> None:
        self.plan = plan
        self.groups = groups
        self.fresh: deque[_Record] = deque()
        """Customers who were never called."""
        self.again: list[tuple[float, int, _Record]] = []
        """Customers to be called again, with the time from which on."""
        self.ringing = 0
        """Calls that ring without an agent being held for them."""
        self.loaded = 0
        self.answered_today = self.abandoned_today = 0

    def next_record(self, now: float) -> _Record | None:
        """Who is called next, taken off the list; None when nobody is to be called now."""
        if self.again and self.again[0][0] <= now:
            return heappop(self.again)[2]
        return self.fresh.popleft() if self.fresh else None

    def holds_agents(self) -> bool:
        """Whether an agent makes, or is held for, each call."""
        plan = self.plan
        return not plan.dials_ahead or (
            self.abandoned_today > plan.most_abandoned * self.answered_today
        )


class Dialler:
    """Works all lists of a centre."""

    def __init__(
        self,
        plans: Sequence[OutboundPlan],
        groups: Sequence[Group],
        the_floor: Floor,
        agenda: Agenda,
        clock: Clock,
        draws: Draws,
        trace: Trace,
    ) -> None:
        """Have the lists and who works them; nobody is on them before the first morning."""
        self._groups = groups
        self._lists = [_List(plan, self._of(plan)) for plan in plans]
        self._floor, self._agenda, self._clock = the_floor, agenda, clock
        self._draws, self._trace = draws, trace
        self._keys: dict[tuple[str, int], tuple[int, int]] = {}
        self._will_look = False
        the_floor.idle_now = {}
        the_floor.somebody_idle = self.look_soon

    def change(self, plans: Sequence[OutboundPlan]) -> None:
        """The lists are worked by other rules from now on."""
        for one, plan in zip(self._lists, plans, strict=True):
            one.plan, one.groups = plan, self._of(plan)

    def _of(self, plan: OutboundPlan) -> tuple[Group, ...]:
        return tuple(self._groups[position] for position in plan.groups)

    def plan(self, day: int) -> None:
        """At midnight: customers are put on the lists, and calls begin at some time."""
        for one in self._lists:
            new = one.plan.records[day]
            if new:
                people = crowd(f"outbound/{one.plan.name}/{day}", np.arange(new))
                one.fresh.extend(
                    _Record(one.loaded + k, person) for k, person in enumerate(people.tolist())
                )
                one.loaded += new
                self._trace.lists.write(
                    outbound=one.plan.position, began=self._clock.now, records=new
                )
            one.answered_today = one.abandoned_today = 0
            window = one.plan.windows[day]
            if window is not None:
                self._agenda.at(window[0], self.look_soon)

    # When to call.

    def look_soon(self) -> None:
        """See at the end of this instant whether somebody can be called: callers come first."""
        if not self._will_look:
            self._will_look = True
            self._clock.ring(0.0, self._look, Order.DIALLING)

    def _look(self, _: object) -> None:
        self._will_look = False
        now = self._clock.now
        for one in self._lists:
            if not one.plan.is_open(now) or any(g.queue.somebody_waits() for g in one.groups):
                continue
            while self._begins(one) and (record := one.next_record(now)) is not None:
                self._call(one, record)

    def _begins(self, one: _List) -> bool:
        """Whether one more call can be begun for the agents who are free now."""
        free = len(self._free(one)) - one.plan.reserve
        ringing = sum(other.ringing for other in self._lists if set(other.groups) & set(one.groups))
        if one.holds_agents():
            return free > ringing
        return free > 0 and ringing < floor(one.plan.pace * free)

    def _free(self, one: _List) -> list[Agent]:
        """The agents of its groups who have nothing in hand."""
        return [agent for agent in self._floor.idle_now or () if agent.group in one.groups]

    def _longest_idle(self, one: _List) -> Agent | None:
        return min(self._free(one), key=lambda agent: agent.stamp, default=None)

    # The calls.

    def _call(self, one: _List, record: _Record) -> None:
        """Call a customer: an agent does, or the dialler does for whoever is free then."""
        agent, now = None, self._clock.now
        if one.holds_agents():
            agent = self._longest_idle(one)
            if agent is not None:
                self._floor.engage(agent, _VOICE, _OUTBOUND)
        read_s = self._amount("preview", one.plan.preview, record) if agent is not None else 0.0
        rings_s = self._amount("ring", one.plan.ring, record)
        call = _Call(record, agent, now, now + read_s)
        one.ringing += agent is None
        self._clock.ring(read_s + rings_s, partial(self._has_rung, one, call))

    def _has_rung(self, one: _List, call: _Call, _: object) -> None:
        """Somebody answers, or nobody does."""
        plan, record, agent = one.plan, call.record, call.agent
        one.ringing -= agent is None
        answers = self._mark("answers", call) < plan.answered_at(call.dialled)
        if not answers:
            self._over(one, call, DialOutcome.NO_ANSWER, agent)
            return
        one.answered_today += 1
        if agent is None:
            agent = self._longest_idle(one)
            if agent is None:
                one.abandoned_today += 1
                self._over(one, call, DialOutcome.ABANDONED, None)
                return
            self._floor.engage(agent, _VOICE, _OUTBOUND)
        if self._mark("right_party", call) < plan.right_party:
            group = agent.group
            talk_s = self._amount("talk", plan.talk, record, call.trial)
            talk_s *= group.plan.talk_factor * agent.speed
            wrap_s = self._amount("wrap_up", plan.wrap_up, record, call.trial)
            wrap_s *= group.plan.wrap_up_factor * agent.pace * agent.wrap_up
            self._over(one, call, DialOutcome.RIGHT_PARTY, agent, talk_s, wrap_s)
        else:
            talk_s = self._amount("wrong_party", plan.wrong_party, record, call.trial)
            self._over(one, call, DialOutcome.WRONG_PARTY, agent, talk_s)

    def _over(
        self,
        one: _List,
        call: _Call,
        outcome: DialOutcome,
        agent: Agent | None,
        talk_s: float = 0.0,
        wrap_up_s: float = 0.0,
    ) -> None:
        """Write the call down, let the agent finish it, and see what becomes of the customer."""
        plan, record, now = one.plan, call.record, self._clock.now
        done = outcome is DialOutcome.RIGHT_PARTY or record.tries >= plan.tries
        spoken = outcome in (DialOutcome.RIGHT_PARTY, DialOutcome.WRONG_PARTY)
        self._trace.dials.write(
            outbound=plan.position,
            record=record.number,
            attempt=call.trial,
            group=-1 if agent is None else agent.group.position,
            agent=-1 if agent is None else agent.number,
            began=call.began,
            dialled=call.dialled,
            answered=nan if outcome is DialOutcome.NO_ANSWER else now,
            ended=now + talk_s,
            outcome=outcome,
            talk_s=talk_s,
            wrap_up_s=wrap_up_s,
            last=int(done),
        )
        if not done:
            later_s = 60.0 * self._amount("retry", plan.retry_after_min, record, call.trial)
            heappush(one.again, (now + later_s, record.number, record))
            self._clock.ring(later_s, lambda _: self.look_soon())
        if agent is None:
            self.look_soon()
        elif spoken and talk_s + wrap_up_s > 0.0:
            self._clock.ring(talk_s + wrap_up_s, lambda _: self._floor.release(agent, _VOICE))
        else:
            self._floor.release(agent, _VOICE)

    # Draws of a customer and a try.

    def _mark(self, purpose: str, call: _Call) -> float:
        return self._drawn(purpose, call.record, call.trial)

    def _amount(
        self, purpose: str, amount: Amount, record: _Record, trial: int | None = None
    ) -> float:
        if isinstance(amount, float):
            return amount
        return amount.at(self._drawn(purpose, record, record.tries if trial is None else trial))

    def _drawn(self, purpose: str, record: _Record, trial: int) -> float:
        key = self._keys.get((purpose, trial))
        if key is None:
            key = self._keys[purpose, trial] = self._draws.key(f"outbound/{purpose}/{trial}")
        return mark_by(key, record.person)
