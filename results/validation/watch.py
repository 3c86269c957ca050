"""What a trace says about waiting and working, with standard errors from batches of time."""

from collections.abc import Callable, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.validation.centres import HOUR, MINUTE
from sim.trace.codes import AgentState, Outcome
from sim.trace.table import Table
from sim.trace.trace import Trace

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Estimate(NamedTuple):
    """A figure of a simulation."""

    value: float
    standard_error: float
    freedom: int = 1
    """Degrees of freedom of the standard error: batches less one."""


def number_present(starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """A step function: the times at which the number of those present changes, and the number.

    Who never leaves (an end that is NaN) stays for ever.
    """
    ends = ends[~np.isnan(ends)]
    times = np.concatenate([starts, ends])
    steps = np.concatenate([np.ones(len(starts)), -np.ones(len(ends))])
    order = np.argsort(times, kind="stable")
    return times[order], np.cumsum(steps[order])


def ratio(above: Numbers, below: Numbers) -> Estimate:
    """The ratio of two sums over batches, with its standard error (delta method)."""
    value = float(above.sum() / below.sum())
    errors = above - value * below
    count = len(errors)
    spread = float(np.sqrt((errors**2).sum() / (count * (count - 1))) / below.mean())
    return Estimate(value, spread, count - 1)


def over_replications(values: Sequence[float]) -> Estimate:
    """The mean of one value from each replication, with its standard error."""
    count = len(values)
    error = float(np.std(values, ddof=1)) / sqrt(count)
    return Estimate(float(np.mean(values)), error, count - 1)


class Batches:
    """A stretch of time cut into equal batches."""

    def __init__(self, start_s: float, end_s: float, count: int) -> None:
        """Cut the time from start to end.

        Args:
            start_s: where the first batch begins.
            end_s: where the last one ends.
            count: number of batches.
        """
        self.edges = np.linspace(start_s, end_s, count + 1)
        self.lengths = np.diff(self.edges)

    def sums(self, times: Numbers, values: Numbers | None = None) -> Numbers:
        """The sum over what happened in each batch; how often it happened without values."""
        found = np.histogram(times, self.edges, weights=values)[0]
        return found.astype(np.float64)

    def integral(
        self,
        starts: Numbers,
        ends: Numbers,
        of: Callable[[Numbers], Numbers] = lambda number: number,
    ) -> Numbers:
        """The integral over each batch of (a function of) the number of those present."""
        times, numbers = number_present(starts, ends)
        values = of(np.concatenate([[0.0], numbers]))
        cuts = np.union1d(times, self.edges)
        areas = np.diff(cuts) * values[np.searchsorted(times, cuts[:-1], side="right")]
        return np.histogram(cuts[:-1], self.edges, weights=areas)[0].astype(np.float64)


class Watch:
    """What a trace says about waiting and working, batch by batch of time.

    The run begins with an empty centre and ends in the middle of calls: a warm-up and the last
    hours are left out.
    """

    def __init__(
        self,
        trace: Trace,
        warm_up_s: float = 2 * HOUR,
        left_out_s: float = HOUR,
        batches: int = 40,
    ) -> None:
        """Read the trace.

        Args:
            trace: of a whole run.
            warm_up_s: left out at the beginning.
            left_out_s: left out at the end.
            batches: how many stretches of time the rest is cut into.
        """
        self.trace = trace
        self.batches = Batches(warm_up_s, trace.horizon_s - left_out_s, batches)
        contacts = trace.contacts
        self.arrival = contacts["arrival"]
        self.ended = contacts["ended"]
        self.outcome = contacts["outcome"]
        self.served: Mask = self.outcome == Outcome.ANSWERED
        self.abandoned: Mask = self.outcome == Outcome.ABANDONED
        self.blocked: Mask = self.outcome == Outcome.BLOCKED
        self.left_queue = np.where(self.served, contacts["answered"], self.ended)
        """When the wait was over, one way or the other."""
        self.wait = self.left_queue - contacts["queued"]
        self.waited: Mask = ~(self.wait == 0.0) & ~self.blocked
        self.everybody: Mask = np.ones(len(contacts), dtype=bool)

    def share(self, which: Mask, of: Mask | None = None) -> Estimate:
        """The share of some contacts among all, or among others."""
        of = self.everybody if of is None else of
        sums = self.batches.sums
        return ratio(sums(self.arrival[which & of]), sums(self.arrival[of]))

    def mean(self, values: Numbers, of: Mask) -> Estimate:
        """The mean of something over some contacts."""
        return self.mean_at(self.arrival[of], values[of])

    def mean_at(self, times: Numbers, values: Numbers) -> Estimate:
        """The mean of something that happened, with a value each time, at some times."""
        return ratio(self.batches.sums(times, values), self.batches.sums(times))

    def over_time(
        self,
        starts: Numbers,
        ends: Numbers,
        of: Callable[[Numbers], Numbers] = lambda number: number,
    ) -> Estimate:
        """The average over time of (a function of) the number of those present."""
        return ratio(self.batches.integral(starts, ends, of), self.batches.lengths)

    def queue(self, of: Mask | None = None) -> Estimate:
        """The mean number waiting."""
        of = (self.everybody if of is None else of) & ~self.blocked
        return self.over_time(self.trace.contacts["queued"][of], self.left_queue[of])

    def per_min(self, times: Numbers) -> Estimate:
        """How often something happens, per minute."""
        return ratio(self.batches.sums(times), self.batches.lengths / MINUTE)

    def occupancy(self, group: int = 0, *more: AgentState) -> Estimate:
        """The share of a group's time on duty that goes into talking (and into other states)."""
        spans = self.trace.spans
        of_group = self.groups_of(spans) == group
        state = spans["state"]
        busy = of_group & np.isin(state, (AgentState.TALK, *more))
        start, end = spans["start"], spans["end"]
        integral = self.batches.integral
        return ratio(integral(start[busy], end[busy]), integral(start[of_group], end[of_group]))

    def groups_of(self, table: Table) -> NDArray[np.int64]:
        """The group of the agent in each row."""
        groups = np.array([agent.group for agent in self.trace.agents])
        found: NDArray[np.int64] = groups[table["agent"]]
        return found
