"""Customers: why they make contact, what they need, and how they behave."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scenarios.parts.clock import HoursOrCalendar, Opening
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive, Share
from scenarios.parts.volume import Volume

ChannelName = Literal["voice", "chat", "email", "text"]
CHANNELS: tuple[ChannelName, ...] = ("voice", "chat", "email", "text")
WRITTEN: tuple[ChannelName, ...] = ("email", "text")
"""Channels that are answered in writing: no patience, but a response target and a backlog."""


class Handling(Part):
    """How long an agent works on a contact of one reason on one channel."""

    talk_s: Annotated[Distribution, Meta(unit="s", knob="Talk, *")]
    """Talk (or writing) time in seconds of an agent with speed 1."""
    wrap_up_s: Annotated[Distribution, Meta(unit="s", knob="Wrap-up, *")] = Field(
        default=0, validate_default=True
    )
    """Work after the contact, in seconds."""


class Remedy(Part):
    """What settles a complaint: a kind of decision and the money it takes."""

    needed: Annotated[Share, Meta(unit="share", knob="Need a remedy")] = 1.0
    """Share of the cases that need a remedy."""
    kinds: dict[str, Positive] = Field(default={"refund": 1.0})
    """Kinds of decision with their relative frequency."""
    money: Annotated[Distribution, Meta(unit="money", knob="Money needed")] = Field(
        default=0, validate_default=True
    )
    """Money needed, in the currency of the scenario."""


class Redial(Part):
    """Customers try again who were not served: abandoned, blocked, closed, missed when called."""

    after_abandoning: Annotated[Share, Meta(unit="share", knob="… after abandoning")] = 0.0
    """Share of customers who try again after they abandoned."""
    after_blocked: Annotated[Share, Meta(unit="share", knob="… after a busy line")] = 0.0
    """Share of customers who try again when no line was free."""
    after_closed: Annotated[Share, Meta(unit="share", knob="… when it was closed")] = 0.0
    """Share of customers who try again after the closed message."""
    after_unreached: Annotated[
        Share | None, Meta(unit="share", knob="… after a missed call back")
    ] = None
    """Share of customers who try again when they were called back and did not answer, after
    ``delay_min``. Left out, the probability and delay of ``[repeat]``."""
    delay_min: Annotated[
        Distribution, Meta("Time until customers dial again", unit="min", knob="… after")
    ] = Field(
        default={"distribution": "lognormal", "median": 18.0, "sigma": 1.95},
        validate_default=True,
    )
    """Minutes until the redial; after a closed message counted from the next opening. Outside the
    opening hours the customer waits for the next opening, see ``after_opening_min``."""
    patience_kept: bool = True
    """A customer has the same patience at every redial; otherwise drawn anew."""
    max_tries: Annotated[
        int, Field(ge=1), Meta("Tries until customers give up dialling", unit="tries")
    ] = 10
    """Tries in a row after which the customer gives up."""


class BrokenPromise(Part):
    """Customers who call because a promise was not kept."""

    probability: Share = 0.0
    """Share of customers who call when a promise is not kept."""
    delay_min: Annotated[
        Distribution, Meta("Time from a broken promise to the call", unit="min")
    ] = Field(default=60, validate_default=True)
    """Minutes from the time at which it was due to the call; never into closed hours."""


class Repeat(Part):
    """Customers who come back because their case is not resolved; each time they are angrier."""

    probability: Annotated[Share, Meta(unit="share", knob="… how many")] = 0.0
    """Probability that a customer with an unresolved case comes back."""
    delay_min: Annotated[
        Distribution, Meta("Time until the unserved come back", unit="min", knob="… after")
    ] = Field(default=1440, validate_default=True)
    """Minutes from the end of the contact to the repeat; a call or chat does not fall into closed
    hours."""
    after_broken_promise: BrokenPromise = BrokenPromise()
    max_contacts: Annotated[
        int, Field(ge=1), Meta("Contacts until the unserved give up", unit="contacts")
    ] = 6
    """Answered contacts after which a customer with an unresolved case gives up."""
    talk_factor: Annotated[Positive, Meta(unit="factor", knob="… talk each time")] = 1.0
    """Talk time after each repeat, as a factor on the one before; not work on a ticket."""
    patience_factor: Annotated[Positive, Meta(unit="factor", knob="… patience each time")] = 1.0
    """Patience at each repeat, as a factor on the one before."""


class WaitingLimit(Part):
    """A contact that waits too long is moved on."""

    after_s: NotNegative
    """Seconds of waiting after which it is moved on."""
    then: Literal["group", "voicemail", "closed_message"]
    """Another group, voicemail (a promised callback), or the closed message."""
    group: str | None = None
    """The group that takes the contact over, or that calls back after voicemail."""
    due_h: Positive = 24.0
    """Hours within which voicemail is promised to be answered."""
    due_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the telephone, or hours of the calendar."""

    @model_validator(mode="after")
    def _names_group(self) -> Self:
        if self.then == "group" and self.group is None:
            raise ValueError('then = "group" needs the name of a group')
        return self


class QueueLimit(Part):
    """A queue that takes only so many customers: who comes when it is full does not wait there."""

    max_waiting: Annotated[int, Field(ge=0), Meta(unit="customers", knob="Can wait")]
    """Customers of a channel who can wait at once in the queue of the group tried first, whatever
    their reason; 0 lets nobody wait. Letters are always taken."""
    then: Annotated[
        Literal["busy", "group", "voicemail", "closed_message"],
        Meta(knob="When the queue is full"),
    ] = "busy"
    """Who finds it full hears the busy tone (blocked), is sent to another group, leaves a voicemail
    (a promised callback), or hears the closed message (turned away)."""
    group: str | None = None
    """The group to which the customer is sent, or that calls back after voicemail."""
    due_h: Positive = 24.0
    """Hours within which voicemail is promised to be answered."""
    due_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the telephone, or hours of the calendar."""

    @model_validator(mode="after")
    def _names_group(self) -> Self:
        if self.then == "group" and self.group is None:
            raise ValueError('then = "group" needs the name of a group')
        return self


class StageRules(Part):
    """When the groups of a stage may take a contact."""

    after_s: NotNegative = 0.0
    """Seconds in the queue from which they may take it; 0 immediately."""
    reserve: Annotated[int, Field(ge=0), Meta(unit="agents")] = 0
    """They take it only while more than so many of their agents are idle; these are kept free for
    whoever may take them without this rule, until the channel closes."""
    when_waiting_over: Annotated[Annotated[int, Field(ge=0)] | None, Meta(unit="customers")] = None
    """They help only while more than so many customers wait in the queue (that of the group tried
    first, for the same channel), and then take who comes first in their order; always when left
    out."""
    when_longest_over_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """They help only while somebody there has waited longer than this; where
    ``when_waiting_over`` is given too, either is enough."""

    @property
    def helps_out(self) -> bool:
        """Whether the groups take contacts only while many wait, or somebody waits long."""
        return self.when_waiting_over is not None or self.when_longest_over_s is not None


class Stage(StageRules):
    """Groups that may take a contact, and from when on."""

    groups: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Groups of equal rank; among them the agent choice rule decides."""


class StageOfOne(StageRules):
    """How a stage of a single group may be written."""

    group: str
    """The group that may take the contact."""


def _stages(value: Any) -> Any:
    """Let a stage be written as a group's name, or as {group = "x", after_s = 60}."""
    if not isinstance(value, list | tuple):
        return value
    return tuple(
        {"groups": [stage]}
        if isinstance(stage, str)
        else {"groups": [stage["group"]], **{k: v for k, v in stage.items() if k != "group"}}
        if isinstance(stage, dict) and "group" in stage and "groups" not in stage
        else stage
        for stage in value
    )


Stages = Annotated[
    tuple[Stage, ...],
    Field(strict=False, min_length=1),
    BeforeValidator(_stages, json_schema_input_type=list[str | StageOfOne | Stage]),
]
"""Groups in the order in which they are tried: "name", or {group = "name", after_s = 60}."""


class CrowdedPatience(Part):
    """Patience of customers who find many waiting already: the first minute thins them out."""

    waiting: Annotated[int, Field(ge=1), Meta(unit="customers")]
    """At least so many wait on the telephone in the queue of the group tried first; of several
    entries the one with the most counts."""
    patience_s: Distribution
    """How long they wait on the telephone before they abandon, in seconds."""


Crowded = Annotated[tuple[CrowdedPatience, ...], Field(strict=False)]


class PriorityClass(Part):
    """Customers of a reason with a base priority of their own (a head start, a key account)."""

    share: Share
    """Share of the reason's customers."""
    priority: float
    """Their base priority, instead of the reason's."""
    patience_s: Distribution | None = None
    """Their own patience on the telephone, in seconds."""
    patience_when_waiting: Crowded = ()
    """The same where many wait already; that of the reason when left out, unless ``patience_s`` is
    given."""


class Reason(Part):
    """Why customers make contact, and how such a case goes."""

    title: str = ""
    """What the reason is called, for a reader."""
    complaint: bool = False
    """Whether its cases are complaints; many measures count those by themselves."""
    volume: Volume
    busyness_cv: NotNegative = 0.0
    """Day-to-day variation of this reason's volume beyond Poisson (cv of a gamma factor)."""
    channels: dict[ChannelName, NotNegative] = Field(default={"voice": 1.0})
    """Channel mix, as relative weights."""
    groups: Stages
    """Groups that take its contacts, in the order in which they are tried."""
    handling: dict[ChannelName, Handling]
    """Talk and wrap-up time per channel."""
    priority: Annotated[float, Meta(unit="points", knob="Priority")] = 0.0
    """Base priority; the contact with the highest score is served first."""
    priority_classes: dict[str, PriorityClass] = Field(default={})
    """Customers with another base priority."""
    points_per_s: NotNegative | None = None
    """Priority points gained per second in the queue; the scenario's own when left out."""
    patience_s: Annotated[dict[ChannelName, Distribution], Meta(unit="s", knob="Patience, *")] = (
        Field(default={})
    )
    """Seconds customers wait before they abandon, per channel; endless when left out."""
    patience_when_waiting: Crowded = ()
    """Patience on the telephone where many wait already, instead of ``patience_s.voice``."""
    answer_within_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """Its own target on voice and chat, in seconds; that of the channel when left out, else that of
    the centre."""
    self_service: Annotated[Share, Meta(unit="share", knob="Settled in the menu")] = 0.0
    """Share of calls settled in the voice menu."""
    hangs_up_in_menu: Share = 0.0
    """Share of calls whose caller hangs up in the voice menu."""
    solve: Annotated[Share, Meta(unit="share", knob="An agent can solve it")] = 1.0
    """Probability that an agent with knowledge 0 can solve the case."""
    difficulty_drawn: Literal["per_case", "per_contact"] = "per_case"
    """Whether a repeat is as difficult as the first contact, or drawn anew."""
    false_resolution: Annotated[Share, Meta(unit="share", knob="Only seems settled")] = 0.0
    """Share of settled contacts that only seem settled; the customer finds out later."""
    false_resolution_by_hand_offs: Annotated[tuple[Share, ...], Field(strict=False)] = ()
    """The same after 1, 2, 3 … hand-offs of the case from agent to agent, the last one for all
    further ones; ``false_resolution`` whatever the hand-offs when left out."""
    remedy: Remedy | None = None
    demands_boss: Annotated[Share, Meta(unit="share", knob="Demand the boss immediately")] = 0.0
    """Share of customers who demand a supervisor immediately."""
    then: str | None = None
    """Escalation path tried after the agent's part whatever the outcome (a reception)."""
    waiting_limit: WaitingLimit | None = None
    queue_limit: QueueLimit | None = None
    redial: Redial | None = None
    """Overrides the scenario's redial for this reason."""
    repeat: Repeat | None = None
    """Overrides the scenario's repeat for this reason."""

    @property
    def crowded_anywhere(self) -> bool:
        """Whether patience depends on how many wait, for any of its customers."""
        kinds = self.priority_classes.values()
        return bool(self.patience_when_waiting) or any(k.patience_when_waiting for k in kinds)


class VoiceMenu(Part):
    """The voice menu (IVR) that every call passes first."""

    time_s: Distribution = Field(default=0, validate_default=True)
    """Seconds that a caller spends in it before anything else."""


class Channel(Part):
    """What holds for every contact of one channel."""

    lines: Annotated[Annotated[int, Field(ge=1)] | None, Meta(unit="lines", knob="Lines")] = None
    """Lines (or chat slots): a contact that finds none free is blocked; endless if left out."""
    opening: Opening | None = None
    """Opening hours of this channel; the centre's own when left out."""
    answer_within_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """Target of voice or chat, in seconds; that of the centre when left out."""
    response_target_h: Annotated[
        Positive | None, Meta(unit="h", knob="Answered in writing within")
    ] = None
    """Hours within which a written contact should be answered."""
    target_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the channel, or hours of the calendar."""
    interrupted: Annotated[bool, Meta(knob="Writing is put aside for a call")] = True
    """In writing: whether what was begun is put aside when somebody calls or chats, or finished
    first. Tickets are worked like email."""
    at_shift_end: Annotated[
        Literal["finish", "put_aside"], Meta(knob="Writing at the end of a shift")
    ] = "finish"
    """In writing: what was begun is finished in overtime, or lies on the agent's desk until the
    agent's next shift. Numbers on duty (``heads_by_interval``) always finish it."""
