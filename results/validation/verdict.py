"""Verdicts: whether what was found is what is right.

A formula must be right to a millionth. A simulated figure has an interval, and all intervals of a
set together hold with 99 %: each is as wide as Bonferroni's inequality asks, with Student's t for
the number of batches. So a simulator that is right is called wrong in one run of the set in a
hundred, whatever the seed. Where the right figure is itself rounded or was simulated, its rounding
is added, or its standard error to that of the simulation.
"""

from __future__ import annotations

from enum import StrEnum
from math import hypot

from results.comparison.estimate import t_quantile
from results.validation.expected import Expected
from results.validation.watch import Estimate

FALSE_ALARM = 0.01
"""How often a set that is right contains a figure that differs."""

_ARITHMETIC = 1e-9
"""What the last bits of a floating-point number may differ by."""


class Verdict(StrEnum):
    """What is said of a figure, and of a case: the worst of its figures."""

    AGREES = "agrees"
    TOO_ROUGH = "too rough"
    """So few contacts that the figure could not be told from none at all."""
    DIFFERS = "differs"


def margin(expected: Expected, found: Estimate, figures: int) -> float:
    """How far a simulated figure may be from the right one.

    Args:
        expected: the right one.
        found: the simulated one.
        figures: how many are simulated in the whole set.
    """
    quantile = t_quantile(1.0 - FALSE_ALARM / (2.0 * figures), found.freedom)
    error = hypot(found.standard_error, expected.standard_error)
    return quantile * error + expected.rounding + _ARITHMETIC * max(1.0, abs(expected.value))


def of_simulated(expected: Expected, found: Estimate, allowed: float) -> Verdict:
    """The verdict on a simulated figure, with its margin."""
    # Written so that what is no number differs.
    if not abs(found.value - expected.value) <= allowed:
        return Verdict.DIFFERS
    if expected.value and not allowed < abs(expected.value):
        return Verdict.TOO_ROUGH
    return Verdict.AGREES


def of_computed(expected: Expected, value: float, within: float) -> Verdict:
    """The verdict on what a formula gives.

    Args:
        expected: what is right.
        value: what the formula gives.
        within: how far it may be off, as a share of what is right.
    """
    allowed = within * abs(expected.value) + expected.rounding + 1e-12
    return Verdict.AGREES if abs(value - expected.value) <= allowed else Verdict.DIFFERS


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of several verdicts."""
    return max(verdicts, key=list(Verdict).index, default=Verdict.AGREES)
