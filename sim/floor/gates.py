"""Gates: groups that take contacts only while enough of them are idle, or while many wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sim.plan.stages import GatePlan


class Counted(Protocol):
    """What is counted up and down, and never gone through."""

    count: int


class Tally:
    """How many wait."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


class Tallies(dict[int, Tally]):
    """A tally for each kind of attention."""

    def __missing__(self, medium: int) -> Tally:
        tally = self[medium] = Tally()
        return tally


class Gate:
    """When the groups of a stage take contacts: the same for all reasons with the same rule."""

    def __init__(
        self,
        plan: GatePlan,
        line: Tallies,
        idle: Sequence[Mapping[Any, Counted]],
        closed: Callable[[int], bool],
    ) -> None:
        """What it depends on.

        Args:
            plan: the rule.
            line: customers on the line in the queue that is watched.
            idle: the idle agents of the groups, for every kind of attention.
            closed: whether customers of a kind are served out, their channel having closed.
        """
        self.helps_out = plan.helps_out
        """Whether the groups help only while many wait, or somebody waits long."""
        self.late_after_s = plan.longest_over_s
        self.late = Tallies()
        """Customers in the queue who have waited so long that the groups help."""
        self._line, self._most = line, plan.waiting_over
        self._idle, self._reserve = idle, plan.reserve
        self._closed = closed

    def is_open(self, medium: int, turning: int = 0) -> bool:
        """Whether the groups take a contact now.

        Args:
            medium: what is asked of the agent.
            turning: how many agents turn to the next contact and so are idle, though not counted.
        """
        many = self._line[medium].count > self._most or self.late[medium].count > 0
        if self.helps_out and not many:
            return False
        if self._reserve == 0:
            return True
        free = turning + sum(idle[medium].count for idle in self._idle)
        # When the channel has closed nobody comes any more for whom to keep agents free.
        return free > self._reserve or self._closed(medium)
