"""Assumptions about the people: how they learn, keep to a goal, stay, and resolve root causes."""

from __future__ import annotations

from functools import partial

from scenarios.parts.methodology import (
    Engagement,
    HandleTimeGoal,
    Hiring,
    KnowledgeBase,
    LearningCurve,
    RootCause,
    Training,
)
from scenarios.register.entry import Assumption

NOBODY = "no measurement known"
QUALITY = (
    "of centres by quality of the job at one time, not of one agent by the day, "
    "Global Call Centre Report"
)

_cut = partial(Assumption, HandleTimeGoal)
_moved = partial(Assumption, Engagement)

_LEARNING = (
    Assumption(
        *(KnowledgeBase, "knowledge", 0.2, 0.7),
        *("+5 to +15 points of first-contact resolution, Turnella", "vendor"),
    ),
    Assumption(
        *(Training, "knowledge_per_hour", 0.005, 0.02),
        *(
            "a week of training makes faster, quality not lower, De Grip and Sauermann 2012",
            "assumption",
        ),
    ),
    Assumption(
        *(Training, "pace_per_hour", 0.0005, 0.004),
        *("a week of training, 100 / handle time +10 %, De Grip and Sauermann 2012", "measured"),
        off_at=0.0,
    ),
    Assumption(
        *(Training, "half_life_weeks", 2.0, 26.0),
        *("fades within weeks, De Grip and Sauermann 2012; no rate given", "assumption"),
    ),
    Assumption(
        *(LearningCurve, "handle_time_at_start", 1.3, 2.0),
        *("+64 % over the first year, De Grip, Sauermann and Sieben 2016", "measured"),
    ),
    Assumption(
        *(LearningCurve, "weeks", 6.0, 20.0),
        *("how steep the first year is, no figure known", "assumption"),
    ),
    Assumption(
        *(LearningCurve, "knowledge_at_start", -1.5, 0.0, NOBODY),
        *("assumption",),
    ),
)

_HURRY = (
    _cut("knowledge_loss", 0.5, 4.0, NOBODY, "assumption"),
    _cut("false_resolution_gain", 0.1, 0.8, NOBODY, "assumption"),
    _cut(
        *("hand_off_gain", 0.0, 0.6),
        *(NOBODY, "assumption"),
    ),
)

_ENGAGEMENT = (
    _moved("start", 0.2, 0.8, NOBODY, "assumption"),
    _moved("half_life_days", 5.0, 60.0, NOBODY, "assumption"),
    _moved("load_from", 0.75, 0.95, "band of 75 to 85 %, ICMI", "standard"),
    _moved("load_loss", 0.0, 5.0, NOBODY, "assumption"),
    _moved("pressure_loss", 0.0, 0.8, NOBODY, "assumption"),
    _moved("anger_loss", 0.0, 1.0, NOBODY, "assumption"),
    _moved("coaching_loss", 0.0, 0.5, NOBODY, "assumption"),
    _moved("quits_engaged", 0.05, 0.25, f"9 % {QUALITY}", "assumption"),
    _moved("quits_disengaged", 0.2, 0.6, f"36 % {QUALITY}", "assumption"),
    _moved("absence_engaged", 0.01, 0.05, NOBODY, "assumption"),
    _moved("absence_disengaged", 0.05, 0.15, NOBODY, "assumption"),
)

_HIRING = (
    Assumption(Hiring, "lead_time_weeks", 2.0, 12.0, NOBODY, "assumption"),
    Assumption(
        *(Hiring, "training_weeks", 2.0, 8.0),
        *("4.2 weeks in US centres, Batt, Doellgast and Kwon", "measured"),
    ),
)

_MENDING = (
    Assumption(RootCause, "lead_time_weeks", 1.0, 12.0, NOBODY, "assumption"),
    Assumption(RootCause, "removes", 0.4, 1.0, NOBODY, "assumption"),
)

PEOPLE: tuple[Assumption, ...] = (*_LEARNING, *_HURRY, *_ENGAGEMENT, *_HIRING, *_MENDING)
