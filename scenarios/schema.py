"""The scenario: one contact centre, its customers, its people, its rules, its policies.

First rule: a section that is left out is off. A scenario with only reasons and groups is the
textbook queue.
"""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.authority import AuthorityLevel, Boss, EscalationPath
from scenarios.parts.availability import Outage
from scenarios.parts.channels import Channel, ChannelName, VoiceMenu
from scenarios.parts.clock import Date, DayType, Horizon, Opening
from scenarios.parts.demand import Reason
from scenarios.parts.expectation import Expectation
from scenarios.parts.manner import History
from scenarios.parts.meta import Meta
from scenarios.parts.methodology import RootCause
from scenarios.parts.outbound import Outbound
from scenarios.parts.part import NotNegative, Part
from scenarios.parts.relevance import Relevance
from scenarios.parts.report import Report
from scenarios.parts.returning import Redial, Repeat
from scenarios.parts.satisfaction import Loyalty, Satisfaction, Survey, WordOfMouth
from scenarios.parts.staff import Group
from scenarios.parts.uncertain import Uncertain
from scenarios.parts.volume import Incident, Profile, TimeOfDayRule
from scenarios.parts.waiting import Acknowledgement, CallbackOffer, Routing, Targets, Waiting


class Costs(Part):
    """Money in addition to the paid hours of the groups."""

    currency: str = "€"
    """Sign or code of the currency that all money is in."""
    telecom_per_min: Annotated[NotNegative, Meta(unit="money", knob="Telephone, a minute")] = 0.0
    """Money per minute of a call, from the first ring to goodbye."""
    queue_per_min: NotNegative = 0.0
    """Price of a minute that a customer waits on the line, in the first or a later queue."""
    hold_per_min: NotNegative = 0.0
    """Price of a minute that a customer is on hold."""
    blocked_call: NotNegative = 0.0
    """Price of a call that finds no free line."""
    lost_case: NotNegative = 0.0
    """Price of a case that ends without ever having been answered. Where [loyalty] is given too,
    such a case is left out of the revenue at risk: it is the same loss."""
    overtime_factor: NotNegative = 1.0
    """What an hour outside scheduled duty costs, as a factor on the wage; 1 is the wage itself."""


class Phase(Part):
    """Changes that hold from a day of the horizon on, on top of what held before.

    They come into force at midnight; customers, people, queues and promises stay as they are. New
    places of a group with ``[hiring]`` are filled as vacancies are.
    """

    WHEN: ClassVar[tuple[str, ...]] = ("from_week", "from_day", "from_date")
    """The keys of which one is given."""

    from_week: Annotated[int, Field(ge=1)] | None = None
    """Week of the horizon from whose first day on they hold, 1 is the first."""
    from_day: Annotated[int, Field(ge=1)] | None = None
    """Day of the horizon from which they hold, 1 is the first."""
    from_date: Date | None = None
    """The same as a date; needs ``horizon.first_date``."""
    changes: dict[str, Any] = Field(
        default={},
        json_schema_extra={"patternProperties": {r"[-+*/]=\s*$": {"type": "number"}}},
    )
    """New values by key path, as in a policy."""
    remove: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Key paths of sections that are left out from then on."""

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if sum(getattr(self, key) is not None for key in self.WHEN) != 1:
            raise ValueError("give exactly one of from_week, from_day or from_date")
        return self

    @property
    def when(self) -> str:
        """From when on they hold, as a phrase: from week 5."""
        if self.from_date is not None:
            return f"from {self.from_date}"
        return (
            f"from day {self.from_day}" if self.from_week is None else f"from week {self.from_week}"
        )

    def begins(self, horizon: Horizon) -> int:
        """Number of the day from which they hold, 0 is the first."""
        if self.from_date is not None:
            return horizon.number(self.from_date)
        return 7 * ((self.from_week or 1) - 1) if self.from_day is None else self.from_day - 1


class Policy(Part):
    """A named set of changes to the scenario: what if?"""

    title: str = ""
    """What the policy is called, for a reader."""
    changes: dict[str, Any] = Field(
        default={},
        json_schema_extra={"patternProperties": {r"[-+*/]=\s*$": {"type": "number"}}},
    )
    """New values by key path, "groups.front_line.authority" = "full"; tables are merged. A key with
    a sign at its end changes the number that is there: "groups.front_line.heads +=" = 2, "-=",
    "*=" = 1.1 or "/="; a whole number stays whole, halves rounded up. "groups.NAME.heads +="
    changes a whole roster: shifts in proportion, the largest first, and every interval; persons are
    written one by one."""
    remove: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Key paths of sections that are left out under this policy."""
    phases: Annotated[tuple[Phase, ...], Field(strict=False)] = ()
    """What the policy changes from later days on."""


class Scenario(Part):
    """One contact centre and the policies to compare; immutable and complete."""

    title: str = ""
    """What the centre is called, for a reader."""
    story: str = ""
    """What the centre is and what to look at, for a reader."""
    baseline: str = "baseline"
    """Name of the unchanged scenario among the policies."""
    horizon: Horizon = Horizon()
    targets: Targets = Targets()
    relevance: Relevance = Relevance()
    report: Report = Report()
    costs: Costs = Costs()
    day_types: dict[str, DayType] = Field(default={})
    opening: Opening = Opening()
    profiles: dict[str, Profile] = Field(default={})
    reasons: Annotated[dict[str, Reason], Field(min_length=1)]
    busyness_cv: Annotated[NotNegative, Meta(unit="share", knob="Days differ by")] = 0.0
    """Day-to-day variation of all volumes together beyond Poisson (cv of a gamma factor)."""
    busyness_by_half_hour_cv: Annotated[
        NotNegative, Meta(unit="share", knob="Half hours differ by")
    ] = 0.0
    """Variation of all volumes together from half hour to half hour, besides that of the days (cv
    of a gamma factor for each half hour of each day)."""
    incidents: dict[str, Incident] = Field(default={})
    outages: dict[str, Outage] = Field(default={})
    times_of_day: dict[str, TimeOfDayRule] = Field(default={})
    root_causes: dict[str, RootCause] = Field(default={})
    channels: dict[ChannelName, Channel] = Field(default={})
    voice_menu: VoiceMenu | None = None
    redial: Annotated[
        Redial | None, Meta(knob="Redial after giving up", on={"after_abandoning": 0.5})
    ] = None
    repeat: Annotated[
        Repeat | None, Meta(knob="Unresolved cases come back", on={"probability": 0.5})
    ] = None
    waiting: Waiting = Waiting()
    routing: Routing = Routing()
    acknowledgement: Annotated[
        Acknowledgement | None, Meta(knob="Announcement in the queue", on={"announce": "comfort"})
    ] = None
    callback_offer: Annotated[
        CallbackOffer | None, Meta(knob="Offer of a callback", on={"when_wait_over_s": 120})
    ] = None
    history: Annotated[History | None, Meta(knob="Customer's history", on={})] = None
    outbound: dict[str, Outbound] = Field(default={})
    groups: Annotated[dict[str, Group], Field(min_length=1)]
    authority: dict[str, AuthorityLevel] = Field(default={})
    escalation: dict[str, EscalationPath] = Field(default={})
    boss: Boss = Boss()
    ownership: Annotated[Literal["anyone", "agent"], Meta(knob="Who keeps a promise")] = "anyone"
    """Who follows up on a promise: any free agent, or the agent who made it."""
    satisfaction: Satisfaction | None = None
    survey: Survey | None = None
    loyalty: Loyalty | None = None
    word_of_mouth: WordOfMouth | None = None
    phases: Annotated[tuple[Phase, ...], Field(strict=False)] = ()
    """What changes from later days on, whatever the policy."""
    uncertain: dict[str, Uncertain] = Field(default={})
    """Ranges of figures, by key path: ``"reasons.order.solve" = { low = 0.7, high = 0.9 }``."""
    expect: dict[str, Expectation] = Field(default={})
    policies: dict[str, Policy] = Field(default={})
