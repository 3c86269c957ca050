"""Progress of an experiment: what is done, and how long the rest may take."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from results.measures.summary import Key, Summary


@dataclass(frozen=True)
class Progress:
    """How far an experiment has come; counts are replications of one policy each."""

    done: int
    total: int
    """Planned so far: an experiment that runs to a precision may add to it."""
    by_policy: Mapping[str, int]
    """Done under each policy."""
    elapsed_s: float
    left_s: float | None
    """Seconds to the planned end at the pace so far; None before anything was simulated."""
    finished: Mapping[Key, Summary] = field(default_factory=dict, repr=False)
    """What every replication finished so far found: enough for a first estimate. More come into
    it; who keeps it makes a copy."""


class Watch:
    """Counts finished replications against the clock and reports to a listener."""

    def __init__(
        self,
        tell: Callable[[Progress], None] | None,
        policies: tuple[str, ...],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the clock.

        Args:
            tell: called after each replication with the progress; None is nobody.
            policies: those that are run.
            clock: seconds, from any beginning.
        """
        self._tell = tell
        self._clock = clock
        self._began = clock()
        self._counts = Counter(dict.fromkeys(policies, 0))
        self._simulated = 0

    def count(
        self,
        policy: str,
        total: int,
        *,
        simulated: bool = True,
        finished: Mapping[Key, Summary] = MappingProxyType({}),
    ) -> None:
        """Count one more.

        Args:
            policy: that it belongs to.
            total: replications planned so far, over all policies.
            simulated: False when it was read back, which says nothing about the pace.
            finished: what was found so far, this one included.
        """
        self._counts[policy] += 1
        self._simulated += simulated
        if self._tell is not None:
            self._tell(self._now(total, finished))

    def _now(self, total: int, finished: Mapping[Key, Summary]) -> Progress:
        elapsed = self._clock() - self._began
        done = self._counts.total()
        pace = elapsed / self._simulated if self._simulated else None
        left = None if pace is None else pace * (total - done)
        return Progress(done, total, dict(self._counts), elapsed, left, MappingProxyType(finished))
