"""The service methodology: what a centre does about the knowledge and the habits of its people.

Every part is off when it is left out. Where each default comes from, and how sure it is, stands in
the page of its lever in ``docs/levers``.
"""

from typing import Annotated

from pydantic import Field

from scenarios.parts.channels import ChannelName
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import BelowOne, NotNegative, Part, Positive, Share

InnerShare = Annotated[float, Field(gt=0.0, lt=1.0)]
"""A fraction between 0 and 1, neither of the two."""


class KnowledgeBase(Part):
    """Answers that agents look up while the customer is on the line."""

    knowledge: Annotated[
        float, Meta("What a knowledge base adds", unit="logit", knob="… knowledge gained")
    ] = 0.4
    """Shift of the solve probability on the logit scale; 0.4 takes 70 % to 78 %."""
    look_up_s: Annotated[Distribution, Meta(unit="s", knob="… looking up takes")] = Field(
        default=0, validate_default=True
    )
    """Seconds of talk added for every agent met."""


class Training(Part):
    """Hours off the floor in which agents learn; what is learnt fades."""

    hours_per_week: Annotated[Positive, Meta(unit="h", knob="… hours a week")]
    """Paid hours per agent and week, spread evenly over the agent's days of duty."""
    knowledge_per_hour: Annotated[
        NotNegative, Meta("What an hour of training teaches", unit="logit", knob="… gain per hour")
    ] = 0.01
    """Gain per hour, as a shift of the solve probability on the logit scale."""
    pace_per_hour: Annotated[
        NotNegative, Meta("What an hour of training saves", unit="share", knob="… faster per hour")
    ] = 0.0025
    """Share by which talk and wrap-up get shorter with every hour remembered."""
    soft_skills: Annotated[Share, Meta(unit="share", knob="… of it soft skills")] = 0.0
    """Share of the hours spent on listening and manner instead of knowledge and pace."""
    empathy_per_hour: Annotated[
        NotNegative, Meta("What an hour of soft skills teaches", unit="empathy")
    ] = 0.02
    """Gain of empathy per hour of soft skills remembered; 1 is one standard deviation."""
    half_life_weeks: Annotated[
        Positive,
        Meta("Time until half of it is forgotten", unit="weeks", knob="… half forgotten after"),
    ] = 4.0
    """Weeks after which half of what was learnt is forgotten."""
    from_week: Annotated[int, Field(ge=1)] = 1
    """Week of the horizon in which training begins, 1 is the first."""


class LearningCurve(Part):
    """How agents become faster and more knowledgeable with the weeks on the floor."""

    handle_time_at_start: Annotated[
        Positive, Meta("Handle time of newcomers", unit="factor", knob="… handle time at the start")
    ] = 1.64
    """Talk and wrap-up of a newcomer, as a factor on those of an old hand."""
    weeks: Annotated[
        Positive, Meta("Time to become an old hand", unit="weeks", knob="… within")
    ] = 13.0
    """Weeks after which all but 37 % of the difference to an old hand is gone."""
    knowledge_at_start: Annotated[
        float, Meta("Knowledge of newcomers", unit="logit", knob="… knowledge at the start")
    ] = 0.0
    """Knowledge of a newcomer beyond that of an old hand, on the logit scale; below 0 is less."""
    faster_among_old_hands: Annotated[
        BelowOne,
        Meta("Time that old hands save a newcomer", unit="share", knob="… old hands save"),
    ] = 0.0
    """Share of the time to become an old hand that is saved where all colleagues are old hands; in
    proportion where some are."""
    old_hand_weeks: Annotated[
        NotNegative, Meta("Weeks from which somebody is an old hand", unit="weeks")
    ] = 26.0
    """Weeks on the floor from which newcomers learn from somebody."""


class HandleTimeGoal(Part):
    """A target for the talk time that agents are held to, and what they leave out to meet it."""

    talk_s: Annotated[Positive, Meta(unit="s", knob="… talk at most")]
    """Talk time that an agent should not exceed with one customer."""
    pressure: Annotated[Share, Meta(unit="share", knob="… pressure")]
    """Share of the talk above the target that is cut: 0 nobody minds, 1 nobody dares exceed it."""
    channels: Annotated[tuple[ChannelName, ...], Field(strict=False, min_length=1)] = ("voice",)
    """Channels that the target is for."""
    knowledge_loss: Annotated[
        NotNegative, Meta("Knowledge lost under a handle-time goal", unit="logit")
    ] = 2.0
    """Knowledge lost on the logit scale if all of the talk were cut; in proportion below."""
    false_resolution_gain: Annotated[
        Share, Meta("Only seems settled under a handle-time goal", unit="share")
    ] = 0.4
    """Share of the settled contacts that only seem settled, more, if all of the talk were cut."""
    hand_off_gain: Annotated[Share, Meta("Passed on under a handle-time goal", unit="share")] = 0.3
    """Share of the contacts passed on though the agent could solve them, if all were cut."""


class Engagement(Part):
    """How the work of a day makes people stay or go, and come to work or not.

    Engagement is 1 in a job of high quality and 0 in one of low quality.
    """

    start: Annotated[
        float, Meta("Engagement at the beginning", unit="engagement", knob="… at the start")
    ] = 0.5
    """Engagement of everybody when the horizon begins."""
    discretion: Annotated[
        Share | None, Meta("Say over one's own work", unit="share", knob="… say over the work")
    ] = None
    """Counts as the share of decisions made alone until there are any; that at the start when
    left out."""
    half_life_days: Annotated[
        Positive, Meta("How fast engagement changes", unit="days", knob="… half-life")
    ] = 20.0
    """Days at work after which half of what shaped it is outweighed by newer days."""
    load_from: Annotated[Share, Meta("Occupancy that wears people down", unit="share of time")] = (
        0.85
    )
    """Occupancy above which the load wears people down."""
    load_loss: Annotated[NotNegative, Meta("How much the load wears down", unit="engagement")] = 2.0
    """Engagement lost per whole of occupancy above it: 10 points more cost a tenth of this."""
    pressure_loss: Annotated[NotNegative, Meta("How much a goal wears down", unit="engagement")] = (
        0.4
    )
    """Engagement lost under the full pressure of a handle-time goal."""
    anger_loss: Annotated[
        NotNegative, Meta("How much angry customers wear down", unit="engagement")
    ] = 0.5
    """Engagement lost if all customers were people coming back unserved."""
    humour: Annotated[float, Meta(unit="humour", knob="… humour")] = 0.0
    """How readily the group takes things with humour; 0 is ordinary, 1 one standard deviation
    above."""
    humour_eases: Annotated[
        Share, Meta("How much humour eases the anger of customers", unit="share per unit")
    ] = 0.29
    """Share of ``anger_loss`` that is spared per unit of humour."""
    coached_by: str | None = None
    """Group whose own work is the coaching of this one."""
    coaching_loss: Annotated[
        NotNegative, Meta("How much missing coaching wears down", unit="engagement")
    ] = 0.2
    """Engagement lost if none of the coaching planned is done."""
    leaders: Annotated[Share, Meta(unit="share", knob="… supervisors")] = 0.0
    """How far the supervisors are the best of those who lead such people; 0 as they are."""
    leaders_keep: Annotated[Share, Meta("Quits that the best supervisors spare", unit="share")] = (
        0.1
    )
    """Share of the quits that there would be, fewer under the best supervisors."""
    quits_engaged: Annotated[InnerShare, Meta("Turnover of the engaged", unit="share a year")] = (
        0.09
    )
    """Quits per head and year at engagement 1."""
    quits_disengaged: Annotated[
        InnerShare, Meta("Turnover of the disengaged", unit="share a year")
    ] = 0.36
    """Quits per head and year at engagement 0."""
    absence_engaged: Annotated[InnerShare, Meta("Absence of the engaged", unit="share")] = 0.03
    """Share of days absent (paid) at engagement 1."""
    absence_disengaged: Annotated[InnerShare, Meta("Absence of the disengaged", unit="share")] = (
        0.08
    )
    """Share of days absent (paid) at engagement 0."""


class Hiring(Part):
    """How vacant places are filled; without it they stay vacant."""

    open_at_start: Annotated[
        int, Field(ge=0), Meta(unit="places", knob="… vacant at the start")
    ] = 0
    """Places of the roster, the last ones, that are vacant when the horizon begins."""
    class_size: Annotated[int, Field(ge=1)] = 1
    """Vacant places that are gathered before people are looked for."""
    lead_time_weeks: Annotated[
        NotNegative, Meta("Time to find new people", unit="weeks", knob="… found within")
    ] = 6.0
    """Weeks from looking for people to their first paid day."""
    training_weeks: Annotated[
        NotNegative, Meta("Initial training of new people", unit="weeks", knob="… trained for")
    ] = 4.0
    """Weeks of initial training, paid and off the floor."""
    tenure_weeks: Distribution = Field(default=0, validate_default=True)
    """Weeks of experience on a floor that new people bring along."""
    talk_factor: Positive = 1.0
    """Talk time of new people, as a factor on that of the others once all is learnt."""
    knowledge: float = 0.0
    """Knowledge of new people beyond that of the others, on the logit scale."""
    empathy: float = 0.0
    """Empathy of new people beyond that of the others; 1 is one standard deviation."""
    cost_per_hire: NotNegative = 0.0
    """Money for finding one person; initial training is paid by the hour as well."""


class RootCause(Part):
    """Why customers of some reasons have their problem at all, and what it takes to resolve it."""

    title: str = ""
    """What the cause is called, for a reader."""
    reasons: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Reasons that it brings customers to."""
    share: Annotated[Share, Meta(unit="share", knob="Cases due to it")]
    """Share of the cases of each of these reasons that are due to it."""
    tracked: Annotated[bool, Meta(knob="Agents note it")] = False
    """Whether agents note it; what nobody notes is never resolved."""
    named_in_survey: Annotated[
        Share, Meta("Root causes named in the survey", unit="share", knob="Named in the survey by")
    ] = 0.0
    """Share of its customers' answers to the survey that name it; they count like complaints noted,
    each customer once, and whether or not agents note it."""
    threshold: Annotated[
        int, Field(ge=1), Meta(unit="complaints", knob="Complaints until work on it begins")
    ] = 50
    """Complaints noted, and answers to the survey, until somebody begins to work on it."""
    lead_time_weeks: Annotated[
        NotNegative, Meta("Time to resolve a root cause", unit="weeks", knob="Resolved within")
    ] = 4.0
    """Weeks from then until it is resolved."""
    removes: Annotated[
        Share, Meta("What resolving a root cause removes", unit="share", knob="Resolving removes")
    ] = 0.8
    """Share of the cases due to it that no longer arise once it is resolved."""
    cost: Annotated[NotNegative, Meta(unit="money", knob="Resolving it costs")] = 0.0
    """Money for resolving it."""
