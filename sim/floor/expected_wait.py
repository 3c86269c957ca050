"""The expected wait: how long somebody who begins to wait now will wait, by the order of service.

Those who are served before the asker are counted, and the planned customers who would overtake,
against the services that the agents at work can begin. Of each set of groups that may take the
asker the shortest such wait counts: each is a wait by which the asker is served if only these
groups served, so that more groups never make what is told longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from sim.floor.outlook import SPAN_S, Outlooks
from sim.floor.peers import Crowd, Peers, Relation, Standing
from sim.floor.queues import MEDIA
from sim.floor.staff_ahead import Staff

if TYPE_CHECKING:
    from sim.floor.agents import Group
    from sim.floor.clock import Clock
    from sim.floor.outlook import Outlook
    from sim.floor.routes import Stages
    from sim.plan.centre_plan import CentrePlan
    from sim.plan.newcomers import Newcomer, Newcomers, Rates
    from sim.plan.routing import ContactRule


LONGEST_S = 24 * 3600.0
"""What is expected where nobody can be seen to come within a day."""

_HALVINGS = 24
"""Steps of looking for the wait where people gain points at different rates."""


class Asker(NamedTuple):
    """A kind of customer who begins to wait."""

    reason: int
    channel: int
    lane: int
    base: float
    """Points at the moment of joining."""


class ExpectedWaits:
    """Computes the expected wait, from what it keeps of the queues and the roster."""

    def __init__(
        self,
        plan: CentrePlan,
        newcomers: Newcomers,
        groups: Sequence[Group],
        clock: Clock,
        rule: ContactRule,
    ) -> None:
        """Keep from now on what the expected wait depends on."""
        self.crowd = Crowd()
        self.outlooks = Outlooks(groups, clock)
        self._plan, self._groups, self._clock = plan, groups, clock
        self._ageing = plan.contact_choice == "highest_score"
        self._rates = newcomers.rates
        self._newcomers = [(one, self._standing(one, rule)) for one in newcomers.kinds]
        self._known: dict[tuple[Asker, Group], list[_Choice]] = {}
        for group in groups:
            group.queue.count_in(self.crowd, group.position)

    def change(self, plan: CentrePlan, newcomers: Newcomers, rule: ContactRule) -> None:
        """Another plan holds from now on; who waits is counted as before."""
        self._plan = plan
        self._ageing = plan.contact_choice == "highest_score"
        self._rates = newcomers.rates
        self._newcomers = [(one, self._standing(one, rule)) for one in newcomers.kinds]
        self._known.clear()

    def _standing(self, one: Newcomer, rule: ContactRule) -> Standing:
        """How newcomers will stand, in the groups that they begin with."""
        reason, groups = one.reason, self._groups
        ranks = tuple((each, groups[each].rank(reason.position)) for each in reason.own_groups)
        pace = reason.points_per_s if self._ageing else 0.0
        return Standing(MEDIA[one.channel], rule(one.priority, 0.0, 0.0), pace, ranks)

    def of(self, asker: Asker, stages: Stages) -> float:
        """Seconds that a customer is expected to wait who begins to wait now."""
        known = asker, stages[0][1][0]
        choices = self._known.get(known)
        if choices is None:
            choices = self._known[known] = self._choices(asker, stages)
        now, line = self._clock.now, self._plan.lines[asker.channel]
        end = line.closing_after(now)
        if end is not None and (line.cuts_off or line.offers_callback):
            return min(end - now, *(choice.wait(now, inf) for choice in choices))
        return min(choice.wait(now, inf if end is None else end) for choice in choices)

    def _choices(self, asker: Asker, stages: Stages) -> list[_Choice]:
        """Each group of the first stage alone, then the first stage, the first two and so on."""
        opened: dict[Group, float] = {}
        for after_s, groups, gate in stages:
            if gate is None or not gate.helps_out:
                for group in groups:
                    opened.setdefault(group, after_s)
        first = [group for group, after_s in opened.items() if after_s == stages[0][0]]
        sets = [[group] for group in first] if len(first) > 1 else []
        sets += [
            [group for group, after_s in opened.items() if after_s <= limit]
            for limit in sorted(set(opened.values()))
        ]
        reason = self._plan.reasons[asker.reason]
        pace = reason.points_per_s if self._ageing else 0.0
        ranks = tuple((group.position, group.rank(asker.reason)) for group in opened)
        standing = Standing(asker.lane, asker.base, pace, ranks)
        return [self._choice(standing, {group: opened[group] for group in one}) for one in sets]

    def _choice(self, asker: Standing, opened: dict[Group, float]) -> _Choice:
        groups = frozenset(group.position for group in opened)
        always: list[Newcomer] = []
        sometimes: list[tuple[Standing, Rates]] = []
        for one, standing in self._newcomers:
            relation = standing.against(asker, groups)
            lead_s = standing.lead_s(asker, 0.0)
            even = standing.points_per_s == asker.points_per_s
            if relation is None or relation is Relation.AFTER:
                continue
            if relation is Relation.BEFORE or (even and lead_s == inf):
                always.append(one)
            elif lead_s > 0.0 or not even:
                sometimes.append((standing, self._rates([one])))
        return _Choice(
            asker,
            groups,
            self.crowd,
            [(group, self.outlooks.by_position[group.position], opened[group]) for group in opened],
            self._rates(always),
            sometimes,
        )


class _Choice:
    """Some of the groups that may take an asker, and who goes first there."""

    def __init__(
        self,
        asker: Standing,
        groups: frozenset[int],
        crowd: Crowd,
        members: list[tuple[Group, Outlook, float]],
        always: Rates,
        sometimes: list[tuple[Standing, Rates]],
    ) -> None:
        """Know the groups with the seconds after which each may take the asker.

        ``always`` are newcomers who outrank the asker whenever they come, ``sometimes`` those who
        do so if they come soon enough.
        """
        self._asker, self._groups, self._crowd = asker, groups, crowd
        self._members, self._always, self._sometimes = members, always, sometimes
        self._met = 0
        self._ahead: list[tuple[Peers, Relation]] = []
        """People who may go first: everybody who waits now and has been met."""
        self._even = all(one.points_per_s == asker.points_per_s for one, _ in sometimes)

    def wait(self, now: float, closing: float) -> float:
        """The least wait in which the groups can serve all who go first, and the asker."""
        self._meet()
        if self._even:
            return self._least(now, closing, 0.0)
        low, high = 0.0, self._least(now, closing, 0.0)
        while (least := self._least(now, closing, high)) > high:
            low, high = high, least
        if least == high:
            return high
        for _ in range(_HALVINGS):  # the longer the wait, the fewer are ahead
            middle = 0.5 * (low + high)
            if self._least(now, closing, middle) <= middle:
                high = middle
            else:
                low = middle
        return high

    def _meet(self) -> None:
        """Take in the kinds of people who have come up since the last time."""
        for peers in islice(self._crowd, self._met, None):
            relation = peers.standing.against(self._asker, self._groups)
            if relation is Relation.BEFORE or relation is Relation.BY_SCORE:
                self._ahead.append((peers, relation))
                even = peers.standing.points_per_s == self._asker.points_per_s
                self._even &= even or relation is Relation.BEFORE
        self._met = len(self._crowd)

    def _count_ahead(self, now: float, wait_s: float) -> int:
        """Who waits now and is served before the asker, if the asker waits so long."""
        found = 0
        for peers, relation in self._ahead:
            if relation is Relation.BEFORE:
                found += len(peers.since)
            elif peers.since:
                found += peers.until(now + peers.standing.lead_s(self._asker, wait_s))
        return found

    def _least(self, now: float, closing: float, guess_s: float) -> float:
        """The least wait, for those who go first if the wait is as guessed."""
        need = self._count_ahead(now, guess_s) + 1.0
        leads = [(rates, now + one.lead_s(self._asker, guess_s)) for one, rates in self._sometimes]
        staff = Staff(self._members, now, closed=closing <= now)
        begun, time, until = 0.0, now, now + LONGEST_S
        stop = closing if now < closing < until else until
        rate, even_until = self._inflow(now, leads) if now < closing else (0.0, inf)
        while time < until:
            if time >= even_until:
                rate, even_until = self._inflow(time, leads)
            if time % SPAN_S == 0.0 and min(even_until, stop) - time > SPAN_S:
                done = staff.pass_over(time, need - begun)
                if done is not None:
                    begun += done - rate * SPAN_S
                    time += SPAN_S
                    continue
            end = min(staff.edge, even_until, stop)
            net = staff.pace - rate
            if net > 0.0:
                wait = (need - begun) / net
                if time + wait <= end:
                    return time - now + wait
            if end // SPAN_S * SPAN_S > time:  # to where its span begins, to pass over it
                end = end // SPAN_S * SPAN_S
            begun += net * (end - time)
            time = end
            if time == closing:
                staff.close()
                stop, rate, even_until = until, 0.0, inf
            else:
                begun += staff.go_to(time)
            if begun >= need:
                return time - now
        return LONGEST_S

    def _inflow(self, time: float, leads: list[tuple[Rates, float]]) -> tuple[float, float]:
        """Customers a second who come at a time and go first, and until when that stays so."""
        rate, edge = self._always.at(time)
        for rates, until in leads:
            if time < until:
                more, end = rates.at(time)
                rate, edge = rate + more, min(edge, end, until)
        return rate, edge
