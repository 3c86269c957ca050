"""The policy of which headlines speak: one for a whole report, that of the overall verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from results.comparison.comparison import Comparison
from results.comparison.reported import deciding, is_reported
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.headlines import HEADLINES, IN_ALL


class Hero(NamedTuple):
    """Whom headlines speak of."""

    policies: tuple[str, ...]
    """Those that come out alike together; the first is the one whose figures are given."""
    helps: bool
    """It is the best of several; else it does the worst harm, and none helps."""
    measure: str
    """What it is chosen by."""


def hero_of(comparison: Comparison, chosen: str | None = None) -> Hero | None:
    """The policy that the verdict favours, or that does the worst harm where none helps.

    Args:
        comparison: of the whole centre by the measures of the verdict.
        chosen: by the reader instead; left out where it was not run.

    Returns:
        None where no policy differs for certain by as much as matters.
    """
    if not comparison.others or comparison.replications < 2:
        return None
    measure = decides(comparison)
    if chosen in comparison.others:
        return Hero((chosen,), _balance(comparison, chosen) >= 0, measure)
    helping = [one for one in comparison.others if _effect(comparison, one, measure) == "better"]
    if helping:
        return Hero(_best(comparison, helping, measure), helps=True, measure=measure)
    balance = {policy: _balance(comparison, policy) for policy in comparison.others}
    most = max(balance.values())
    if most > 0:
        first = next(policy for policy in comparison.others if balance[policy] == most)
        return Hero((first,), helps=True, measure=measure)
    harming = [one for one in comparison.others if _effect(comparison, one, measure) == "worse"]
    harming = harming or [policy for policy in comparison.others if balance[policy] < 0]
    if not harming:
        return None
    worst = max(
        harming, key=lambda policy: (abs(_moved(comparison, policy, measure)), -balance[policy])
    )
    return Hero((worst,), helps=False, measure=measure)


def decides(comparison: Comparison) -> str:
    """The measure that decides: the cost in all where a policy moves it, else the verdict's first.

    The cost in all counts everybody: who is refused, left open or lost.
    """
    moved = any(_effect(comparison, policy, IN_ALL) for policy in comparison.others)
    return IN_ALL if moved else deciding(comparison)


def _best(comparison: Comparison, helping: Sequence[str], measure: str) -> tuple[str, ...]:
    """The policy that helps most, and those whose figure is written alike."""
    unit, currency = MEASURES[measure].unit, comparison.currency

    def level(policy: str) -> float:
        return comparison.findings[policy, measure].mean.mean

    turned = -1.0 if MEASURES[measure].better == "higher" else 1.0
    best = min(helping, key=lambda policy: turned * level(policy))
    written = words.value(level(best), unit, currency)
    alike = [p for p in helping if words.value(level(p), unit, currency) == written]
    # Of those that come out alike the one comes first that does most else for customers.
    return tuple(sorted(alike, key=lambda policy: _further(comparison, policy), reverse=True))


def _further(comparison: Comparison, policy: str) -> tuple[int, float]:
    """How much else gets better under a policy, and how much is resolved at first contact."""
    found = [comparison.findings.get((policy, name)) for name in ("fcr_complaints", "fcr")]
    resolved = [one.mean.mean for one in found if one is not None and one.mean.n]
    return _balance(comparison, policy), next(iter(resolved), 0.0)


def _effect(comparison: Comparison, policy: str, measure: str) -> str:
    """Better or worse where that is certain and matters; else empty."""
    if measure not in comparison.measures or (policy, measure) not in comparison.claims:
        return ""
    difference = comparison.findings[policy, measure].difference
    if difference is None or not is_reported(comparison, policy, measure):
        return ""
    return difference.effect if difference.effect in ("better", "worse") else ""


def _moved(comparison: Comparison, policy: str, measure: str) -> float:
    found = comparison.findings.get((policy, measure))
    difference = found.difference if found else None
    return (
        0.0
        if difference is None or math.isnan(difference.estimate.mean)
        else difference.estimate.mean
    )


def _balance(comparison: Comparison, policy: str) -> int:
    """How many things that customers notice get better, less those that get worse."""
    effects = [
        _effect(comparison, policy, line.measure) for line in HEADLINES if line.kind == "service"
    ]
    return effects.count("better") - effects.count("worse")
