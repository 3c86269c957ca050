"""Engagement: what a day at work does to people, and how that decides who stays and who comes.

With d the share of decisions made alone, o the occupancy, p the pressure, a the share of customers
who came back unserved and c the share of the planned coaching that was done, a day is worth

    d - load_loss * max(0, o - load_from) - pressure_loss * p - anger_loss * (1 - h) * a
      - coaching_loss * (1 - c)

with h the share of the anger that humour eases. Engagement follows the days with a half-life, and
quits and absence lie on the logit scale between their figures at engagement 1 and 0: 9 % and 36 % a
year in jobs of very high and of low quality (Global Call Centre Report). The best supervisors spare
a tenth of the quits (Emadi & Staats 2020). What each of the other terms weighs is an assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.portable import exp, log
from sim.trace.states import AVAILABLE_STATES, BUSY_STATES

if TYPE_CHECKING:
    from scenarios.parts.methodology import Engagement
    from sim.trace.codes import AgentState

DAYS_A_YEAR = 365.0

_NEVER = 700.0
"""On the logit scale; beyond it there is no number."""


class Day:
    """What one agent met with since the day began."""

    __slots__ = ("alone", "angry", "asked", "busy_s", "free_s", "met")

    def __init__(self) -> None:
        self.busy_s = 0.0
        self.free_s = 0.0
        self.alone = 0
        """Decisions made alone."""
        self.asked = 0
        """Decisions that somebody else had to make."""
        self.met = 0
        """Customers met."""
        self.angry = 0
        """Those of them who had come back after being served, to no avail."""

    def spend(self, state: AgentState, seconds: float) -> None:
        """Note time spent in a state."""
        if state in AVAILABLE_STATES:
            self.free_s += seconds
        elif state in BUSY_STATES:
            self.busy_s += seconds

    @property
    def occupancy(self) -> float:
        """Share of the time on the floor with customers or colleagues; 0 without any."""
        return self.busy_s / (self.busy_s + self.free_s) if self.busy_s else 0.0

    @property
    def worked(self) -> bool:
        """Whether the agent was on the floor at all."""
        return self.busy_s + self.free_s > 0.0


def worth(
    section: Engagement, day: Day, discretion: float, pressure: float, coached: float
) -> float:
    """What a day at work is worth, 1 for a job of high quality and 0 for one of low quality."""
    angry = day.angry / day.met if day.met else 0.0
    return (
        discretion
        - section.load_loss * max(0.0, day.occupancy - section.load_from)
        - section.pressure_loss * pressure
        - section.anger_loss * max(0.0, 1.0 - section.humour_eases * section.humour) * angry
        - section.coaching_loss * (1.0 - coached)
    )


def follows(section: Engagement, engagement: float, today: float) -> float:
    """Engagement after one more day at work."""
    return today + (engagement - today) * exp(-log(2.0) / section.half_life_days)


def quit_chance(section: Engagement, engagement: float) -> float:
    """Probability of quitting at the end of a day: the yearly quits per head, by the day."""
    rate = _between(section.quits_disengaged, section.quits_engaged, engagement)
    return rate * (1.0 - section.leaders_keep * section.leaders) / DAYS_A_YEAR


def absence(section: Engagement, engagement: float) -> float:
    """Probability of being absent on a day."""
    return _between(section.absence_disengaged, section.absence_engaged, engagement)


def _between(low: float, high: float, engagement: float) -> float:
    """On the line through two shares on the logit scale, at engagement 0 and 1."""
    line = _logit(low) + engagement * (_logit(high) - _logit(low))
    return 1.0 / (1.0 + exp(min(-line, _NEVER)))


def _logit(share: float) -> float:
    return log(share / (1.0 - share))
