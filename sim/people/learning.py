"""Learning: how weeks on the floor and hours of training move an agent's pace and knowledge."""

from __future__ import annotations

from scenarios.parts.methodology import LearningCurve, Training
from scenarios.portable import exp, log


def pace(curve: LearningCurve | None, weeks: float) -> float:
    """Handle time after some weeks on the floor, as a factor on that of an old hand.

    1 + (a - 1) exp(-w / T), with a the factor of a newcomer: 1.64 and T = 13 weeks meet the gain
    in performance over the first year found by De Grip, Sauermann & Sieben (2016), +64 %.
    """
    if curve is None:
        return 1.0
    return 1.0 + (curve.handle_time_at_start - 1.0) * exp(-weeks / curve.weeks)


def among_old_hands(curve: LearningCurve, old_hands: int, colleagues: int) -> float:
    """How much faster somebody learns on the job than among newcomers, for so many colleagues.

    1 / (1 - faster_among_old_hands × share of old hands): among old hands alone the same is learnt
    in 36 % less time (De Grip, Sauermann & Sieben 2016).
    """
    share = old_hands / colleagues if colleagues else 0.0
    return 1.0 / (1.0 - curve.faster_among_old_hands * share)


def still_to_learn(curve: LearningCurve | None, weeks: float) -> float:
    """Knowledge beyond that of an old hand (below zero: less), on the logit scale."""
    return 0.0 if curve is None else curve.knowledge_at_start * exp(-weeks / curve.weeks)


def learnt(training: Training, known: float, gain: float) -> float:
    """What is left of training the next morning: a day's lessons added, a night forgotten."""
    kept = exp(-log(2.0) / (7.0 * training.half_life_weeks))
    return (known + gain) * kept


def practised(training: Training | None, hours: float) -> float:
    """Handle time with so many hours of training remembered, as a factor on that without any.

    exp(-pace_per_hour × hours): 38 hours at 0.0025 take it to 1 / 1.10, the gain in handle time
    after a week of training found by De Grip & Sauermann (2012).
    """
    if training is None or not training.pace_per_hour:
        return 1.0
    return exp(-training.pace_per_hour * hours)
