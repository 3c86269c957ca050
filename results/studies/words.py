"""What a study says, in sentences: turning points, best levels, goals and worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.listing import joined
from results.reading.notation import Notation, row_notation
from results.reading.table import title_of_measure
from results.studies.crossing import Crossing
from results.studies.factor import Factor
from results.studies.goal import Goal, reached, worth
from results.studies.plan import AS_IT_IS, Place
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
        return f"{name}: no level of {factor.name} is known to be better by as much as matters."
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
        else f"; from {enough} on, no further level is known to be better by as much as matters."
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


def goal_title(study: Study, goal: Goal) -> str:
    """What is sought: ``Service level within 20 s: at least 80 %``."""
    currency = study.plan.scenario.costs.currency
    value = numbers.goal(goal.value, MEASURES[goal.measure].unit, currency)
    sign = "at least" if goal.at_least else "at most"
    return f"{title(study, goal.measure)}: {sign} {value}"


def goal_words(study: Study, goal: Goal, policy: str) -> str:
    """At which level a policy reaches a goal: ``front_line.heads 34.4 (33.1 to 35.9)``."""
    (factor,) = study.plan.factors
    return f"{factor.name} {crossing_words(reached(study, policy, goal), factor)}"


def worth_words(study: Study, policy: str, measure: str) -> str:
    """At which level the baseline does as well as a policy, and how well that is."""
    (factor,), (baseline,) = study.plan.factors, study.plan.policies
    value = written_in(study, measure).value(study.level((policy, AS_IT_IS), measure).mean)
    found = crossing_words(worth(study, policy, baseline, measure), factor)
    return f"{title(study, measure)} ({value} under {study.plan.called(policy)}): {found}"


def _rounded(factor: Factor, level: float) -> str:
    return factor.written(float(f"{level:.3g}") if abs(level) < 100 else round(level))


def written_in(study: Study, measure: str) -> Notation:
    """How a measure is written at every point, so that its numbers stand under each other."""
    known = [study.level(place, measure).mean for place in study.plan.names]
    unit, currency = MEASURES[measure].unit, study.plan.scenario.costs.currency
    return row_notation(known, [], unit, currency)


def place_in_words(study: Study, place: Place) -> str:
    """A policy at a point, for a reader: its title, and the level of each factor."""
    policy, at = place
    if at == AS_IT_IS:
        return study.plan.title_of(policy)
    point = study.plan.points[at]
    levels = [f"{one.name} {one.written(point[one.key])}" for one in study.plan.factors]
    alone = len(study.plan.policies) == 1 and study.plan.beside is None
    return f"{'' if alone else f'{study.plan.called(policy)}, '}{joined(levels)}"


def title(study: Study, measure: str) -> str:
    """The title of a measure in the study's scenario."""
    return title_of_measure(measure, answer_targets(study.plan.scenario))


def varies(study: Study, measure: str) -> bool:
    """Whether a measure differs between policies or points."""
    means = [
        round(one.mean, 9) for place in study.plan.names if (one := study.level(place, measure)).n
    ]
    return len(set(means)) > 1


def varying(study: Study, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures that differ between policies or points; all of them where none does."""
    return tuple(name for name in measures if varies(study, name)) or tuple(measures)


READ_OFF = (
    "Between two levels that were run it is read off a straight line; in brackets the levels at "
    "which the ends of the 95 % interval reach it."
)
"""How the level of a goal or of a worth is found."""
