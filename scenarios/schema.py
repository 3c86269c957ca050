"""The scenario: one contact centre, its customers, its people, its rules, its policies.

First rule: a section that is left out is off. A scenario with only reasons and groups is the
textbook queue.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scenarios.parts.authority import AuthorityLevel, Boss, EscalationPath
from scenarios.parts.clock import Horizon, Opening
from scenarios.parts.demand import Channel, ChannelName, Reason, VoiceMenu
from scenarios.parts.expectation import Expectation
from scenarios.parts.manner import History
from scenarios.parts.meta import Meta
from scenarios.parts.methodology import RootCause
from scenarios.parts.part import NotNegative, Part
from scenarios.parts.relevance import Relevance
from scenarios.parts.report import Report
from scenarios.parts.returning import Redial, Repeat
from scenarios.parts.satisfaction import Loyalty, Satisfaction, Survey, WordOfMouth
from scenarios.parts.staff import Group
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
    "*=" = 1.1 or "/="; a whole number stays whole, halves rounded up."""
    remove: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Key paths of sections that are left out under this policy."""


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
    opening: Opening = Opening()
    profiles: dict[str, Profile] = Field(default={})
    reasons: Annotated[dict[str, Reason], Field(min_length=1)]
    busyness_cv: Annotated[NotNegative, Meta(unit="share", knob="Days differ by")] = 0.0
    """Day-to-day variation of all volumes together beyond Poisson (cv of a gamma factor)."""
    incidents: dict[str, Incident] = Field(default={})
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
    expect: dict[str, Expectation] = Field(default={})
    policies: dict[str, Policy] = Field(default={})
