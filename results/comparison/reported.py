"""What a verdict reports of a comparison: which measures, and which of their differences."""

from __future__ import annotations

from results.comparison.comparison import Comparison, Difference
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.headlines import HEADLINES, IN_ALL, SERVICE, Headline
from results.reading.rows import defined, is_open, means_of
from results.reading.shown_better_or_worse import shown_effect

_EVER = ("wait_all", "response_time", "fcr_complaints", "fcr", IN_ALL, SERVICE)
"""Measures that are split whether they differ or not, where a policy is explained."""


def deciding(comparison: Comparison) -> str:
    """The first measure of the verdict that differs under a policy.

    Where nothing differs, complaints resolved at first contact; where there are none, the wait.
    """
    headlines = defined_headlines(comparison)
    for line in headlines:
        if line.kind != "part" and any(
            is_reported(comparison, policy, line.measure) for policy in comparison.others
        ):
            return line.measure
    named = [line.measure for line in headlines]
    return next((name for name in ("fcr_complaints", "fcr") if name in named), "asa")


def main_measures(comparison: Comparison, policy: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What customers notice and the money that counts.

    Returns:
        The measures of which the verdict reports that they differ, apart from those that only
        repeat another one; and of the wait, first contact and the money those that it does not.
    """
    differ: list[str] = []
    others: list[str] = []
    for line in defined_headlines(comparison):
        if line.kind not in ("service", "money") or line.beside in differ:
            continue
        if is_reported(comparison, policy, line.measure):
            differ.append(line.measure)
        elif line.measure in _EVER:
            others.append(line.measure)
    return tuple(differ), tuple(others)


def is_marked(comparison: Comparison, policy: str, measure: str) -> bool:
    """Whether a table gives the difference a mark, and among all claims it is not decided."""
    difference = difference_of(comparison, policy, measure)
    marked = shown_effect(difference, MEASURES[measure].unit) != "unclear"
    return marked and comparison.claims[policy, measure].outcome == "unknown"


def is_reported(comparison: Comparison, policy: str, measure: str) -> bool:
    """Whether a difference is reported: certain among all claims, and not written as nothing."""
    difference = difference_of(comparison, policy, measure)
    sure = comparison.claims[policy, measure].outcome == "differs" or comparison.replications < 2
    return sure and not words.is_nothing(size_of(comparison, measure, difference))


def size_of(comparison: Comparison, measure: str, difference: Difference) -> str:
    """A difference without its sign, in the unit of its measure."""
    return words.size(difference.estimate.mean, MEASURES[measure].unit, comparison.currency)


def difference_of(comparison: Comparison, policy: str, measure: str) -> Difference:
    """How far a policy moves a measure away from the baseline."""
    difference = comparison.findings[policy, measure].difference
    assert difference is not None, "only the baseline has no difference from it"
    return difference


def defined_headlines(comparison: Comparison) -> tuple[Headline, ...]:
    """The headlines about which there is something to say."""
    means = means_of(comparison)
    there = {name for name, found in means.items() if is_open(defined(found))}
    # Without a policy to compare there are no claims, and nothing is said of any measure.
    family = {measure for _, measure in comparison.claims}
    return tuple(
        line
        for line in HEADLINES
        if line.measure in there & family and line.instead_of not in there
    )
