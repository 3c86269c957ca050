"""Assumptions about the people: what makes them know more, work faster, hurry."""

from __future__ import annotations

from scenarios.methodology import KnowledgeBase, LearningCurve, Training
from scenarios.register.entry import Assumption

_LOGIT = "logit"
_WEEKS = "weeks"

PEOPLE: tuple[Assumption, ...] = (
    Assumption(
        *(KnowledgeBase, "knowledge", _LOGIT, 0.2, 0.7),
        *("+5 to +15 points of first-contact resolution, Turnella", "vendor"),
    ),
    Assumption(
        *(Training, "knowledge_per_hour", _LOGIT, 0.005, 0.02),
        *("a week of training, +10 % performance, De Grip and Sauermann 2012", "measured"),
    ),
    Assumption(
        *(Training, "half_life_weeks", _WEEKS, 2.0, 26.0),
        *("fades within weeks, De Grip and Sauermann 2012; no rate given", "assumption"),
    ),
    Assumption(
        *(LearningCurve, "handle_time_at_start", "factor", 1.3, 2.0),
        *("+64 % over the first year, De Grip, Sauermann and Sieben 2016", "measured"),
    ),
    Assumption(
        *(LearningCurve, "weeks", _WEEKS, 6.0, 20.0),
        *("how steep the first year is, no figure known", "assumption"),
    ),
    Assumption(
        *(LearningCurve, "knowledge_at_start", _LOGIT, -1.5, 0.0, "no measurement known"),
        *("assumption",),
    ),
)
