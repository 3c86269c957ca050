"""What a study says, in sentences: turning points, best levels, goals and worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from results.measures.registry import MEASURES
from results.reading.notation import Notation, row_notation
from results.reading.table import title_of_measure
from results.studies.crossing import Crossing
from results.studies.factor import Factor
from results.studies.study import Study
from results.studies.turning import turning_of
from scenarios.answer_targets import answer_targets


def turning_words(study: Study, policy: str, measure: str) -> str:
    """What the curve of a measure over the one factor says, in a sentence; empty for nothing."""
    found = turning_of(study, policy, measure)
    if found is None:
        return ""
    (factor,), name = study.plan.factors, study.plan.called(policy)
    levels = [factor.written(point[factor.key]) for point in study.plan.points]
    if len(found.alike) == len(levels):
        return f"{name}: no level of {factor.name} is known to be better by what matters."
    best = study.level((policy, found.best), measure)
    value = written_in(study, measure).value(best.mean)
    alike = [levels[at] for at in found.alike if at != found.best]
    others = f"; not known to be worse: {_listed(alike)}" if alike else ""
    said = f"{name}: best at {levels[found.best]} ({value}){others}"
    last = found.enough == len(levels) - 1
    enough = levels[found.enough]
    return said + (
        "; still better at the last level than at any before."
        if last
        else f"; from {enough} on, no further level is better by what matters."
    )


def _listed(levels: Sequence[str], most: int = 4) -> str:
    named = ", ".join(levels[:most])
    return named if len(levels) <= most else f"{named} and {len(levels) - most} more"


def crossing_words(found: Crossing, factor: Factor) -> str:
    """At which level something is reached, with its interval: ``34.4 (33.1 to 35.9)``."""
    highest = factor.written(factor.levels[-1])
    if math.isnan(found.at):
        return f"not reached up to {highest}"
    lowest = factor.written(factor.levels[0])
    if found.returns is not None:
        return f"already at {lowest}, and up to {crossing_words(found.returns, factor)}"
    at = f"at most {lowest}" if found.begins_beyond else _rounded(factor, found.at)
    if math.isinf(found.high):
        return f"{at} (not certain up to {highest})"
    low, high = _rounded(factor, found.low), _rounded(factor, found.high)
    return at if low == high else f"{at} ({low} to {high})"


def _rounded(factor: Factor, level: float) -> str:
    return factor.written(float(f"{level:.3g}") if abs(level) < 100 else round(level))


def written_in(study: Study, measure: str) -> Notation:
    """How a measure is written at every point, so that its numbers stand under each other."""
    known = [study.level(place, measure).mean for place in study.plan.names]
    unit, currency = MEASURES[measure].unit, study.plan.scenario.costs.currency
    return row_notation(known, [], unit, currency)


def title(study: Study, measure: str) -> str:
    """The title of a measure in the study's scenario."""
    return title_of_measure(measure, answer_targets(study.plan.scenario))


def varying(study: Study, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures that differ between policies or points; all of them where none does."""

    def varies(name: str) -> bool:
        means = [
            round(one.mean, 9)
            for policy in study.plan.policies
            for one in study.curve(policy, name)
            if one.n
        ]
        return len(set(means)) > 1

    return tuple(filter(varies, measures)) or tuple(measures)
