"""Figures that the header of a shipped scenario names, seen again with the same replications.

A difference of the header holds when the one seen lies within the interval that the header gives
with it: the comparison's, about three standard errors of the mean on either side.
"""

from functools import cache

from results import Comparison, Experiment, compare, run
from results.comparison.estimate import Estimate
from scenarios import load

WHOLE = ("all", "")
Policies = tuple[str, ...] | None


@cache
def compared(
    name: str, replications: int, policies: Policies = None, cut: tuple[str, str] = WHOLE
) -> Comparison:
    """A shipped scenario, compared as its header says; all policies when none are named."""
    return compare(_simulated(name, replications, policies), cut=cut)


@cache
def _simulated(name: str, replications: int, policies: Policies) -> Experiment:
    return run(load(name), policies=policies, replications=replications, seed=1)


def change(comparison: Comparison, policy: str, measure: str) -> Estimate:
    """The difference from the baseline."""
    difference = comparison.findings[policy, measure].difference
    assert difference is not None
    return difference.estimate


def mean(comparison: Comparison, policy: str, measure: str) -> float:
    """The mean under a policy."""
    return comparison.findings[policy, measure].mean.mean
