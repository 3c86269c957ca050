"""Assumptions about the people: how they learn, keep to a goal, stay, and resolve root causes."""

from __future__ import annotations

from functools import partial

from scenarios.parts.availability import Availability, CutOff
from scenarios.parts.manner import History
from scenarios.parts.methodology import (
    Engagement,
    HandleTimeGoal,
    Hiring,
    KnowledgeBase,
    LearningCurve,
    RootCause,
    Training,
)
from scenarios.parts.part import Part
from scenarios.register.entry import Assumption
from scenarios.schema import Scenario

NOBODY = "no measurement known"
QUALITY = (
    "of centres by quality of the job at one time, not of one agent by the day, "
    "Global Call Centre Report"
)

_cut = partial(Assumption, HandleTimeGoal)
_moved = partial(Assumption, Engagement)


def _listens(training: Part, _: Scenario) -> bool:
    """Whether any of the training is about listening and manner."""
    return isinstance(training, Training) and training.soft_skills > 0.0


def _learns_from_others(curve: Part, _: Scenario) -> bool:
    """Whether newcomers learn faster among old hands."""
    return isinstance(curve, LearningCurve) and curve.faster_among_old_hands > 0.0


def _takes_it_with_humour(feeling: Part, _: Scenario) -> bool:
    """Whether a group is more, or less, humorous than others."""
    return isinstance(feeling, Engagement) and feeling.humour != 0.0


def _is_led_better(feeling: Part, _: Scenario) -> bool:
    """Whether a group has better supervisors than it had."""
    return isinstance(feeling, Engagement) and feeling.leaders > 0.0


_AVAILABILITY = (
    Assumption(*(Availability, "away_min", 1.0, 15.0, NOBODY, "assumption"), figure="mean"),
    Assumption(
        *(CutOff, "after_s", 2.0, 10.0),
        *("mean 4.1 s of answers under 10 s, Anonymous Bank call log, January 1999", "measured"),
        figure="value",
    ),
)

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
        *(Training, "empathy_per_hour", 0.0, 0.05),
        *("the direction only, no measurement known", "assumption"),
        applies=_listens,
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
    Assumption(
        *(LearningCurve, "faster_among_old_hands", 0.0, 0.36),
        *("36 % less time in experienced teams, De Grip, Sauermann and Sieben 2016", "measured"),
        off_at=0.0,
    ),
    Assumption(
        *(LearningCurve, "old_hand_weeks", 13.0, 52.0, NOBODY, "assumption"),
        applies=_learns_from_others,
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
    _moved(
        *("humour_eases", 0.0, 0.4),
        *("humour and coping correlate by 0.29, Mesmer-Magnus and others 2012", "assumption"),
        applies=_takes_it_with_humour,
    ),
    _moved("coaching_loss", 0.0, 0.5, NOBODY, "assumption"),
    _moved(
        *("leaders_keep", 0.0, 0.4),
        *("10 %, estimated of 1 118 agents; 40 % in a draft, Emadi and Staats 2020", "measured"),
        applies=_is_led_better,
    ),
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

_KNOWING = (
    Assumption(
        *(History, "talk_factor", 0.85, 1.0),
        *("no study; sellers of such systems speak of 15 to 45 s a call", "assumption"),
        off_at=1.0,
    ),
)

_MENDING = (
    Assumption(RootCause, "lead_time_weeks", 1.0, 12.0, NOBODY, "assumption"),
    Assumption(RootCause, "removes", 0.4, 1.0, NOBODY, "assumption"),
    Assumption(RootCause, "named_in_survey", 0.0, 0.6, NOBODY, "assumption", off_at=0.0),
)

PEOPLE: tuple[Assumption, ...] = (
    *_AVAILABILITY,
    *_LEARNING,
    *_HURRY,
    *_ENGAGEMENT,
    *_HIRING,
    *_KNOWING,
    *_MENDING,
)
