"""Customers: why they make contact, what they need, and how they behave."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import HoursOrCalendar
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive, Share
from scenarios.parts.returning import FurtherBusiness, Redial, Repeat
from scenarios.parts.stages import Stages
from scenarios.parts.volume import Volume


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


class Message(Part):
    """A voicemail that a customer leaves, and what the centre does with it."""

    group: str | None = None
    """The group that calls back; the reason's own when left out. With ``then = "group"`` the one
    that takes the contact over."""
    due_h: Positive = 24.0
    """Hours within which voicemail is promised to be answered."""
    due_clock: HoursOrCalendar = "opening"
    """Whether these are opening hours of the telephone, or hours of the calendar."""
    called_back: Annotated[bool, Meta(knob="Voicemail is answered by a call")] = True
    """Whether a voicemail is answered by a call. Otherwise what it asks for is done without one, as
    writing is, and takes as long as a call would."""


class _MovedOn(Message):
    """A customer is moved on: to another group, to voicemail, or not at all."""

    @model_validator(mode="after")
    def _names_group(self) -> Self:
        if getattr(self, "then", None) == "group" and self.group is None:
            raise ValueError('then = "group" needs the name of a group')
        return self


class WaitingLimit(_MovedOn):
    """A contact that waits too long is moved on."""

    after_s: NotNegative
    """Seconds of waiting after which it is moved on."""
    then: Literal["group", "voicemail", "closed_message"]
    """Another group, voicemail, or the closed message."""


class QueueLimit(_MovedOn):
    """A queue that takes only so many customers: who comes when it is full does not wait there."""

    max_waiting: Annotated[int, Field(ge=0), Meta(unit="customers", knob="Can wait")]
    """Customers of a channel who can wait at once in the queue of the group tried first, whatever
    their reason; 0 lets nobody wait. Letters are always taken."""
    then: Annotated[
        Literal["busy", "group", "voicemail", "closed_message"],
        Meta(knob="When the queue is full"),
    ] = "busy"
    """Who finds it full hears the busy tone (blocked), is sent to another group, leaves a
    voicemail, or hears the closed message (turned away)."""


class AfterHours(Message):
    """Messages of customers who call or chat while it is closed or nobody is on duty.

    On duty is meant of any group of the reason; a message is answered when somebody is there.
    """

    leaves_message: Annotated[
        Share, Meta("Share of customers who leave a message", unit="share", knob="Leave a message")
    ]
    """Share of customers who leave one; the others hear the closed message."""


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


class PriorityStep(Part):
    """Customers who have waited so long move up in line, all at one time."""

    after_s: Annotated[Positive, Meta(unit="s", knob="Moves up after")]
    """Seconds in the queue after which they move up."""
    points: Annotated[Positive, Meta(unit="points", knob="Moves up by")]
    """Points added to their priority from then on."""


class ChatBot(Part):
    """A bot that every chat of the reason meets first."""

    settles: Annotated[Share, Meta(unit="share", knob="Settled by the bot")] = 0.0
    """Share of the first chats of a case that it settles."""
    leaves: Annotated[Share, Meta(unit="share", knob="Leave at the bot")] = 0.0
    """Share of the chats that the customer ends there, without having been helped."""
    time_s: Distribution = Field(default=60, validate_default=True)
    """Seconds that a customer spends with it, before an agent is asked for."""
    talk_factor: Annotated[Positive, Meta(unit="factor", knob="Talk after the bot")] = 1.0
    """Factor on the talk time of chats that it hands over; below 1 agents read what was said."""


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
    priority_step: PriorityStep | None = None
    patience_s: Annotated[dict[ChannelName, Distribution], Meta(unit="s", knob="Patience, *")] = (
        Field(default={})
    )
    """Seconds customers wait before they abandon, per channel; endless when left out."""
    patience_when_waiting: Crowded = ()
    """Patience on the telephone where many wait already, instead of ``patience_s.voice``."""
    patience_factor: Annotated[Positive, Meta(unit="factor", knob="Patience, all times")] = 1.0
    """Factor on all patience of its customers, that of classes and in long queues too."""
    answer_within_s: Annotated[NotNegative | None, Meta(unit="s")] = None
    """Its own target on voice and chat, in seconds; that of the channel when left out, else that of
    the centre."""
    menu_time_s: Annotated[Distribution | None, Meta(unit="s")] = None
    """Seconds in the voice menu, instead of those of ``voice_menu``."""
    self_service: Annotated[Share, Meta(unit="share", knob="Settled in the menu")] = 0.0
    """Share of calls settled in the voice menu."""
    hangs_up_in_menu: Share = 0.0
    """Share of calls whose caller hangs up in the voice menu."""
    chat_bot: ChatBot | None = None
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
    after_hours: AfterHours | None = None
    redial: Redial | None = None
    """Overrides the scenario's redial for this reason."""
    repeat: Repeat | None = None
    """Overrides the scenario's repeat for this reason."""
    further_business: Annotated[
        FurtherBusiness | None, Meta(knob="Further business", on={"probability": 0.1})
    ] = None

    @property
    def crowded_anywhere(self) -> bool:
        """Whether patience depends on how many wait, for any of its customers."""
        kinds = self.priority_classes.values()
        return bool(self.patience_when_waiting) or any(k.patience_when_waiting for k in kinds)
