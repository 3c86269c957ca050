"""Changes during a run: agents sent elsewhere or called in, authority, announcements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.parts.waiting import Acknowledgement
from sim.plan.announcements import announcement_of
from sim.plan.groups import authority_of, handling_times

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.agents import Agent, Group


class ChangeError(ValueError):
    """A change that cannot be made now, and why, as a readable message."""


@dataclass(frozen=True)
class SendAgents:
    """Agents work for another group from now on, each after what is in hand."""

    count: int
    leave: str
    """The group that they leave."""
    join: str

    def make(self, centre: Centre) -> str:
        """Send them; returns what was done, as a readable message."""
        leave, join = _group(centre, self.leave), _group(centre, self.join)
        if leave is join:
            raise ChangeError("They work for that group already. Choose two different groups.")
        for group in (leave, join):
            if group.plan.by_headcount:
                raise ChangeError(
                    f"{_title(group)} is staffed by a number of heads per interval, not by persons "
                    "on shifts, so nobody can be sent. Call somebody in instead."
                )
        sent = centre.floor.sent
        going = [agent for agent in _at_work(centre, leave) if agent not in sent]
        if self.count > len(going):
            raise ChangeError(
                f"{_title(leave)} has only {len(going)} on duty who are not leaving already."
            )
        going.sort(key=lambda agent: (bool(agent.held or agent.chat_slots), agent.since))
        for agent in going[: self.count]:
            sent[agent] = join
            centre.floor.turn(agent)
        return f"{_agents(self.count)} from {_title(leave)} to {_title(join)}"


@dataclass(frozen=True)
class CallIn:
    """Agents who are off duty come in for some hours."""

    count: int
    group: str
    hours: float = 4.0

    def make(self, centre: Centre) -> str:
        """Call them in; returns what was done, as a readable message."""
        group = _group(centre, self.group)
        if group.plan.by_headcount:
            return self._raise_headcount(centre, group)
        at_home = centre.workforce.could_come(group)
        if self.count > len(at_home):
            who = f"only {len(at_home)}" if at_home else "nobody"
            raise ChangeError(
                f"{_title(group)} has {who} off duty who could come: the others are at work, "
                "absent or on a course."
            )
        until = centre.clock.now + self.hours * 3600.0
        for agent in at_home[: self.count]:
            centre.workforce.call_in(group, agent, until)
        return f"{_agents(self.count)} called in for {_title(group)}, {self.hours:g} h"

    def _raise_headcount(self, centre: Centre, group: Group) -> str:
        heads = group.on_duty - len(group.drops) + self.count
        if heads > len(group.agents) - len(group.absent):
            absent = f" and {len(group.absent)} absent" if group.absent else ""
            raise ChangeError(
                f"{_title(group)} has {len(group.agents)} agents in all, and "
                f"{group.on_duty} of them are on duty{absent}."
            )
        centre.attendance.set_headcount(group, heads)
        return f"{_agents(self.count)} called in for {_title(group)}, until the headcount changes"


@dataclass(frozen=True)
class SetLimit:
    """Everybody with an authority level may decide up to another amount alone."""

    level: str
    limit: float

    def make(self, centre: Centre) -> str:
        """Set the limit; returns what was done, as a readable message."""
        levels = centre.scenario.authority
        if self.level not in levels:
            raise ChangeError(f"There is no authority level {self.level}.")
        if self.limit < 0.0:
            raise ChangeError("A limit is an amount of money, 0 or more.")
        level = levels[self.level].model_copy(update={"limit": self.limit})
        centre.scenario = centre.scenario.model_copy(
            update={"authority": {**levels, self.level: level}}
        )
        holders = [
            group
            for group in centre.groups.values()
            if centre.scenario.groups[group.name].authority == self.level
        ]
        for group in holders:
            group.authority = authority_of(level, group.tier, centre.plan.kinds)
        who = " and ".join(map(_title, holders)) or "nobody"
        return f"{who} may decide up to {centre.scenario.costs.currency}{self.limit:,g} alone"


@dataclass(frozen=True)
class Announce:
    """What is announced to customers who begin to wait from now on."""

    announce: Literal["none", "comfort", "position", "expected_wait"]
    patience_factor: float = 1.0
    told_factor: float = 1.0

    def make(self, centre: Centre) -> str:
        """Change the announcement; returns what was done, as a readable message."""
        if self.announce == "none":
            words, text = None, "nothing is announced any more"
        else:
            words = self._words(centre.scenario.acknowledgement)
            text = {
                "comfort": "a comfort message",
                "position": "the place in line",
                "expected_wait": "the expected wait",
            }[self.announce]
        centre.scenario = centre.scenario.model_copy(update={"acknowledgement": words})
        centre.announcement = announcement_of(words)
        if centre.announces:
            for group, seconds in zip(
                centre.by_position, handling_times(centre.scenario), strict=True
            ):
                group.handling_s = seconds
        if centre.asks_for_wait:
            centre.expect_waits()
        return f"announcement: {text}"

    def _words(self, before: Acknowledgement | None) -> Acknowledgement:
        if min(self.patience_factor, self.told_factor) <= 0.0:
            raise ChangeError(
                "The factors on patience and on the announced wait must be more than 0."
            )
        update = {
            "announce": self.announce,
            "patience_factor": self.patience_factor,
            "told_factor": self.told_factor,
        }
        if before is None:
            return Acknowledgement.model_validate(update)
        return before.model_copy(update=update)


Change = SendAgents | CallIn | SetLimit | Announce


@dataclass(frozen=True)
class Made:
    """A change with the time at which it was made."""

    at: float
    """Seconds from midnight of the first day."""
    change: Change
    words: str


def _at_work(centre: Centre, group: Group) -> list[Agent]:
    """Agents who work for a group now and whose duty is not over."""
    return [
        agent
        for home in centre.groups.values()
        for agent in home.agents
        if agent.group is group and agent.duties and not agent.going
    ]


def _group(centre: Centre, name: str) -> Group:
    if name not in centre.groups:
        raise ChangeError(f"There is no group {name}.")
    return centre.groups[name]


def _title(group: Group) -> str:
    title = group.plan.title
    return title.replace("_", " ").replace("-", " ") if title == group.name else title


def _agents(count: int) -> str:
    if count < 1:
        raise ChangeError("Say how many: 1 or more.")
    return "1 agent" if count == 1 else f"{count} agents"
