"""Names of a centre's parts as its manager knows them, and times of its week."""

from __future__ import annotations

from math import isinf

from results.reading.names import name_in_words
from scenarios import Scenario
from scenarios.parts.clock import DAY_S
from sim.live import Snapshot


def clock(at: float, *, seconds: bool = True) -> str:
    """A time of day: ``10:42:07``."""
    second = int(at % DAY_S)
    text = f"{second // 3600:02d}:{second // 60 % 60:02d}"
    return f"{text}:{second % 60:02d}" if seconds else text


class Names:
    """What things are called in one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.currency = scenario.costs.currency
        self._badges: dict[int, tuple[str, int]] = {}

    def learn(self, snapshot: Snapshot) -> None:
        """Give every agent a badge: the group at the beginning, and a number in it."""
        if self._badges:
            return
        for group in snapshot.groups:
            for place, agent in enumerate(sorted(group.agents), start=1):
                self._badges[agent] = (group.name, place)

    def group(self, name: str) -> str:
        """A group's title."""
        group = self.scenario.groups.get(name)
        return (group.title if group else "") or name_in_words(name)

    def reason(self, name: str) -> str:
        """A reason's title."""
        reason = self.scenario.reasons.get(name)
        return (reason.title if reason else "") or said(name)

    def level(self, name: str) -> str:
        """An authority level's title."""
        level = self.scenario.authority.get(name)
        return (level.title if level else "") or said(name)

    def agent(self, number: int) -> str:
        """An agent: the group's title and a number."""
        if number not in self._badges:
            return f"agent {number + 1}"
        group, place = self._badges[number]
        return f"{self.group(group)} {place}"

    def day(self, at: float, *, long: bool = False) -> str:
        """The weekday of a time."""
        weekday = self.scenario.horizon.weekday(int(at // DAY_S)).capitalize()
        return weekday if long else weekday[:3]

    def when(self, at: float, now: float) -> str:
        """A time as it is said now: ``14:30``, ``Tue 14:30``."""
        if isinf(at):
            return "at no set time"
        text = clock(at, seconds=False)
        return text if at // DAY_S == now // DAY_S else f"{self.day(at)} {text}"


def said(name: str) -> str:
    """A name from the file, as it is said."""
    return name.replace("_", " ").replace("-", " ")
