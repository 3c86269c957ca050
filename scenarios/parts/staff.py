"""People: groups of agents, their shifts, shrinkage and differences."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from scenarios.parts.availability import Availability, CutOff, EarlyLogOff
from scenarios.parts.clock import DAY_S, WEEKDAYS, DayName, TimeOfDay, seconds_of
from scenarios.parts.distributions import Distribution
from scenarios.parts.manner import Apology
from scenarios.parts.meta import Meta
from scenarios.parts.methodology import (
    Engagement,
    HandleTimeGoal,
    Hiring,
    KnowledgeBase,
    LearningCurve,
    Training,
)
from scenarios.parts.part import NotNegative, Part, Positive, Share
from scenarios.parts.persons import Persons
from scenarios.parts.volume import IntervalMinutes

Heads = Annotated[int, Field(ge=0)]


class Break(Part):
    """A paid break within a shift; in waves, so that not everybody leaves at the same time."""

    at: TimeOfDay
    """Time of day at which the first wave leaves."""
    minutes: Positive
    """Length of the break of each wave, in minutes."""
    waves: Annotated[int, Field(ge=1)] = 1
    """Agents leave in this many waves, one after the other."""

    def begins(self, shift_start: float) -> float:
        """When the first wave leaves, in seconds from midnight of the day the shift begins."""
        at = seconds_of(self.at)
        return at if at >= shift_start else at + DAY_S


class Shift(Part):
    """A line of the roster: so many agents from start to end on some weekdays."""

    start: TimeOfDay
    """Time of day at which the shift begins."""
    end: TimeOfDay
    """End of the shift; before ``start`` it lies on the next day."""
    heads: Annotated[Heads, Meta(unit="agents", knob="Shift *")]
    """Agents on the shift."""
    weekdays: Annotated[tuple[DayName, ...], Field(strict=False)] = WEEKDAYS
    """Weekdays, day types and dates on which the shift begins. On a day type or date that any shift
    of the group names, only those that name it are worked."""
    crew: str | None = None
    """Shift lines with the same crew are worked by the same agents (split or changing shifts)."""
    breaks: Annotated[tuple[Break, ...], Field(strict=False)] = ()

    def span(self) -> tuple[float, float]:
        """Begin and end in seconds from midnight of the first day; over midnight above 24 h."""
        start, end = seconds_of(self.start), seconds_of(self.end)
        return start, end if end > start else end + DAY_S


class HeadsByInterval(Part):
    """Agents on duty per interval, by day."""

    interval_min: IntervalMinutes = 60
    """Length of an interval, in minutes."""
    start: TimeOfDay = "00:00"
    """Time of day at which the first interval begins."""
    heads: dict[DayName, Annotated[tuple[Heads, ...], Field(strict=False, min_length=1)]] = Field(
        default={}
    )
    """Heads per interval by weekday, day type or date; ``every_day`` serves days without their
    own."""
    csv: str | None = None
    """File next to the scenario with the columns date (or weekday), start (HH:MM) and heads; with a
    column group it holds those of several groups."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.heads:
            raise ValueError("give heads, or csv to read them from")
        return self


class Generosity(Part):
    """What agents who decide alone give, as a factor on the money needed."""

    mean: Annotated[Positive, Meta(unit="share", knob="Gives, of what is needed")] = 1.0
    """Mean factor; 1 gives just what is needed."""
    cv: NotNegative = 0.0
    """Spread of the factor from case to case, as standard deviation over mean."""


class OwnWork(Part):
    """Work other than contacts and approvals (coaching, back office), done when nobody asks."""

    hours_per_day: Annotated[Positive, Meta(unit="h", knob="… hours a day")]
    """Hours planned per agent on duty and day."""


class Group(Part):
    """Agents with the same skills, tier, authority level and shift pattern."""

    title: str = ""
    """What the group is called, for a reader."""
    tier: Annotated[int, Field(ge=1, le=1000)] = 1
    """Tier of support, 1 is the front line; a transfer to a higher one is an escalation."""
    heads: Annotated[Heads | None, Meta(unit="agents", knob="Agents on duty")] = None
    """Agents on duty whenever the centre is open."""
    heads_by_interval: HeadsByInterval | None = None
    shifts: dict[str, Shift] | None = None
    """The roster, by name of the shift line."""
    persons: Persons | None = None
    authority: Annotated[str | None, Meta(knob="May decide alone", names="authority")] = None
    """Authority level; without one the group may not decide any remedy."""
    approver: Annotated[str | None, Meta(knob="Asks for approval", names="groups")] = None
    """The group that decides what is beyond this group's authority when it is asked to approve."""
    beyond_authority: Annotated[str, Meta(knob="When it may not decide", names="escalation")] = (
        "beyond_authority"
    )
    """Escalation path when the agent may not decide."""
    beyond_knowledge: Annotated[str, Meta(knob="When it cannot solve it", names="escalation")] = (
        "beyond_knowledge"
    )
    """Escalation path when the agent cannot solve the case."""
    on_demand: Annotated[str, Meta(knob="When the boss is demanded", names="escalation")] = (
        "on_demand"
    )
    """Escalation path when the customer demands a supervisor."""
    generosity: Generosity = Generosity()
    serves_first: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Reasons in the order in which this group prefers them; the rest follows."""
    talk_factor: Annotated[Positive, Meta(unit="factor", knob="Talk time")] = 1.0
    """Factor on the talk time of every reason."""
    talk_factors: dict[str, Positive] = Field(default={})
    """Factor on the talk time by reason, instead of ``talk_factor``."""
    talk_s: dict[str, Distribution] = Field(default={})
    """The group's own talk time by reason, instead of the reason's."""
    wrap_up_factor: Annotated[NotNegative, Meta(unit="factor", knob="Wrap-up time")] = 1.0
    """Factor on the wrap-up time of every reason."""
    solve: Annotated[dict[str, Share], Meta(unit="share", knob="Can solve, *")] = Field(default={})
    """The group's own solve rates by reason, at knowledge 0, instead of the reason's."""
    knowledge: Annotated[float, Meta(unit="logit", knob="Knowledge (logit)")] = 0.0
    """Shift of the solve probability on the logit scale; 0 solves the reason's base rate."""
    knowledge_sd: Annotated[NotNegative, Meta(unit="logit", knob="… differs between agents by")] = (
        0.0
    )
    """Spread of knowledge between agents, on the logit scale."""
    speed_cv: Annotated[NotNegative, Meta(unit="share", knob="Agents' speed differs by")] = 0.0
    """Spread of talk time between agents (about 0.2 in real centres)."""
    empathy: Annotated[float, Meta(unit="empathy", knob="Empathy")] = 0.0
    """Empathy of the group's agents; 0 is ordinary, 1 one standard deviation above."""
    empathy_sd: NotNegative = 0.0
    """Spread of empathy between agents, in the same unit."""
    knowledge_base: Annotated[KnowledgeBase | None, Meta(knob="Knowledge base", on={})] = None
    training: Annotated[Training | None, Meta(knob="Training", on={"hours_per_week": 1})] = None
    tenure_weeks: Distribution | None = None
    """Weeks that the agents have been on the floor when the horizon begins."""
    learning: Annotated[LearningCurve | None, Meta(knob="New people learn", on={})] = None
    handle_time_goal: Annotated[
        HandleTimeGoal | None, Meta(knob="Handle-time goal", on={"talk_s": 240, "pressure": 0.5})
    ] = None
    apology: Annotated[Apology | None, Meta(knob="Apology and explanation", on={})] = None
    engagement: Annotated[Engagement | None, Meta(knob="Engagement", on={})] = None
    hiring: Annotated[Hiring | None, Meta(knob="Vacancies are filled", on={})] = None
    chats_at_once: Annotated[int, Field(ge=1), Meta(unit="chats", knob="Chats at once")] = 1
    """Chats that an agent serves side by side."""
    chat_slowdown: Annotated[
        NotNegative, Meta(unit="share", knob="A further chat slows each by")
    ] = 0.0
    """Each chat is slower by this share for each further chat at the same time."""
    absence: Annotated[Share, Meta(unit="share", knob="Absent")] = 0.0
    """Share of agents absent on a day (paid)."""
    availability: Annotated[
        Availability | None, Meta(knob="Agents are away at times", on={"share": 0.9})
    ] = None
    early_log_off: Annotated[
        EarlyLogOff | None, Meta(knob="Agents log off early", on={"share": 0.2})
    ] = None
    cut_off: Annotated[
        CutOff | None, Meta(knob="Customers are cut off at times", on={"share": 0.03})
    ] = None
    meetings_min_per_day: Annotated[NotNegative, Meta(unit="min", knob="Meetings a day")] = 0.0
    """Minutes of meetings of each agent on a day of duty (paid, off the floor)."""
    training_min_per_day: NotNegative = 0.0
    """Shrinkage without an effect; ``training`` is the kind that one learns from."""
    own_work: Annotated[
        OwnWork | None, Meta(knob="Own work (coaching, …)", on={"hours_per_day": 1})
    ] = None
    cost_per_hour: Annotated[NotNegative, Meta(unit="money", knob="Wage an hour")] = 0.0
    """Money per paid hour."""

    @model_validator(mode="after")
    def _one_roster(self) -> Self:
        given = [self.heads, self.heads_by_interval, self.shifts, self.persons]
        if sum(item is not None for item in given) != 1:
            raise ValueError("give exactly one of heads, heads_by_interval, shifts or persons")
        return self

    def places(self) -> int:
        """How many different agents the roster needs."""
        if self.heads is not None:
            return self.heads
        if self.heads_by_interval is not None:
            return max((max(heads) for heads in self.heads_by_interval.heads.values()), default=0)
        if self.persons is not None:
            return len(self.persons.by_name)
        crews = {shift.crew or name: shift.heads for name, shift in (self.shifts or {}).items()}
        return sum(crews.values())
