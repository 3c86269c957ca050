"""Turning points: from which level on a further step changes nothing that matters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results.comparison.estimate import adjusted, estimate
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
    """The first point from which on no further point is known to be better by what matters."""


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

    def gain(here: int, there: int) -> float:
        """By how much at least one point is better than another."""
        values = study.values((policy, there), measure) - study.values((policy, here), measure)
        moved = estimate(sign * values, level)
        return moved.mean - moved.half_width

    alike = tuple(at for at in known if at == best or not gain(at, best) > least)
    enough = next(
        at for at in known if not any(gain(at, later) > least for later in known if later > at)
    )
    return Turning(best, alike, enough)
