"""Turning points: from which level on a further step changes nothing that matters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import adjusted, lowest_of
from results.comparison.relevance import relevance_of
from results.measures.registry import MEASURES
from results.studies.study import Study


@dataclass(frozen=True)
class Turning:
    """What a curve of one measure over one factor does, for a manager."""

    best: int
    """Number of the point with the best mean; of a measure of which neither direction is better,
    the last."""
    alike: tuple[int, ...]
    """Points whose difference from the best one is not known to matter, the best among them."""
    enough: int
    """The first point beyond which none is known to be better by as much as matters."""


def turning_of(study: Study, policy: str, measure: str, confidence: float = 0.95) -> Turning | None:
    """The turning point of a curve; None where the measure has no better direction, or no values.

    A difference counts where its paired interval, adjusted for the number of points, lies wholly
    beyond the least difference that matters in the scenario.

    Args:
        study: of one factor whose levels are ascending numbers.
        policy: whose curve it is.
        measure: by name.
        confidence: of all comparisons with the best point together.
    """
    better = MEASURES[measure].better
    curve = study.curve(policy, measure)
    known = [at for at, one in enumerate(curve) if one.n]
    if better not in ("lower", "higher") or len(known) < 2 or study.replications < 2:
        return None
    sign = 1.0 if better == "higher" else -1.0
    best = max(known, key=lambda at: sign * curve[at].mean)
    level = adjusted(confidence, len(known) - 1)
    service = study.level((policy, known[0]), "service_cost").mean
    least = relevance_of(measure, study.plan.scenario.relevance, curve[best].mean, service)
    least = 0.0 if math.isnan(least) else least

    values = sign * np.array([study.values((policy, at), measure) for at in known])

    def beaten_by(here: int, others: Sequence[int]) -> NDArray[np.bool_]:
        """Which of the others are known to be better than one by more than matters."""
        return lowest_of(values[others] - values[here], level) > least

    place = known.index(best)
    alike = tuple(
        at for number, at in enumerate(known) if at == best or not beaten_by(number, [place]).any()
    )
    enough = next(
        at
        for number, at in enumerate(known)
        if not beaten_by(number, range(number + 1, len(known))).any()
    )
    return Turning(best, alike, enough)
