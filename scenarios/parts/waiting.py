"""Waiting: order of service, routing, announcements and callback offers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import HoursOrCalendar
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import BelowOne, NotNegative, Part, Positive, Share

AgentChoice = Literal[
    "longest_idle",
    "best_skill",
    "least_authority",
    "fastest",
    "highest_resolution",
    "random",
]
ContactChoice = Literal["highest_score", "longest_waiting"]


class Waiting(Part):
    """The order in which those waiting are served, and what waiting inside a contact costs."""

    points_per_s: Annotated[
        NotNegative, Meta(unit="points per second", knob="Points per second waited")
    ] = 0.0
    """Priority points gained per second in the queue; with 0 priority classes are strict."""
    returning_bonus: Annotated[float, Meta(unit="points", knob="Points for returning")] = 0.0
    """Points for a customer who returns with the same case."""
    transferred_bonus: Annotated[float, Meta(unit="points", knob="Points for transferred")] = 0.0
    """Points for a customer who was transferred."""
    estimate: Literal["queue_length", "last_wait"] = "queue_length"
    """How the expected wait is estimated: from those who are served first and the agents at work,
    or as the wait of the customer of the same class who was answered last."""
    hold_patience_s: Annotated[Distribution | None, Meta(unit="s", knob="Patience on hold")] = None
    """Seconds a customer stays on hold before hanging up; endless when left out."""
    transfer_patience: Annotated[
        Literal["whole", "left", "anew"], Meta(knob="Patience in a transfer")
    ] = "whole"
    """The patience of a customer in the queue of a transfer: the whole patience of the call once
    more, what was left of it after the first queue, or one drawn anew."""
    retell_s: Annotated[NotNegative, Meta(unit="s", knob="Telling the story again takes")] = 0.0
    """Seconds of extra talk when a customer has to tell the story to another agent."""


class Routing(Part):
    """Which free agent takes a contact, and which contact a freed agent takes."""

    agent_choice: Annotated[AgentChoice, Meta(knob="Which free agent")] = "longest_idle"
    """Which of several free agents takes a contact; the longest idle among equals."""
    contact_choice: Annotated[ContactChoice, Meta(knob="Which customer first")] = "highest_score"
    """Which waiting contact goes first: the highest priority score, or the longest wait."""


class Acknowledgement(Part):
    """What is announced to waiting customers; being ignored is worse than waiting."""

    announce: Annotated[Literal["comfort", "position", "expected_wait"], Meta(knob="… says")]
    """A comfort message, the place in line as it moves, or the expected wait."""
    channels: Annotated[tuple[ChannelName, ...], Field(strict=False)] = ("voice",)
    """Channels with announcements."""
    patience_factor: Annotated[Positive, Meta(unit="factor", knob="… patience")] = 1.0
    """Acknowledged customers wait this many times as long."""
    place_factor: Annotated[
        Positive, Meta("Patience of who is told the place in line", unit="factor")
    ] = 2.6
    """Customers who are told their place in line wait this many times as long, on top of that."""
    told_above_s: Annotated[NotNegative, Meta(unit="s", knob="… announced when above")] = 0.0
    """The expected wait is announced only when it is longer than this."""
    told_factor: Annotated[Positive, Meta(unit="factor", knob="… announced wait")] = 1.0
    """The announced wait, as a factor on the expected wait: above 1 is a careful promise."""
    balk: Annotated[Share, Meta(unit="share", knob="… leave immediately when too long")] = 0.0
    """Share that leaves immediately when the announced wait is longer than their patience."""
    hazard_growth_per_min: Annotated[
        NotNegative, Meta("Impatience past the announced wait", unit="share per minute")
    ] = 0.0
    """Growth of the hazard of abandoning per minute waited past the announced wait (up to 0.52)."""
    talk_growth_s_per_min: Annotated[
        NotNegative, Meta("Longer talk past the announced wait", unit="s per minute")
    ] = 0.0
    """Seconds of talk added per minute waited past the announced wait (up to 21)."""

    @property
    def stretches(self) -> float:
        """How many times as long customers wait who hear the announcement."""
        place = self.place_factor if self.announce == "position" else 1.0
        return self.patience_factor * place


class CallbackOffer(Part):
    """Customers who would wait long are offered a call back."""

    channels: Annotated[tuple[ChannelName, ...], Field(strict=False)] = ("voice",)
    """Channels on which callbacks are offered."""
    when_wait_over_s: Annotated[NotNegative, Meta(unit="s", knob="… when the wait is over")] = 0.0
    """Offered when the expected wait is longer than this (and the customer would wait)."""
    when_waiting_over: Annotated[
        Annotated[int, Field(ge=0)] | None, Meta(unit="customers", knob="… when more wait than")
    ] = None
    """Offered only when more customers than this wait already, in the queue of the group tried
    first and for the same channel; whatever the expected wait, unless ``when_wait_over_s`` is above
    0: then both must be."""
    accept: Annotated[
        Share, Meta("Share of customers who take a callback", unit="share", knob="… accepted by")
    ] = 0.37
    """Share of customers who take the offer."""
    accept_falls_per_h: Annotated[
        BelowOne,
        Meta(
            "Fewer take a callback, the later it comes",
            unit="share per hour",
            knob="… falls by, an hour later",
        ),
    ] = 0.0
    """Share of those who would take an immediate callback that is lost with every hour until it is
    to come: the expected wait where the place is kept, otherwise the begin of the window."""
    place: Annotated[Literal["kept", "window"], Meta(knob="… place in the queue")] = "kept"
    """The customer keeps the place in the queue, or is promised a window."""
    window_after_min: Annotated[NotNegative, Meta(unit="min", knob="… window begins after")] = 60.0
    """Minutes from the call to the begin of the window."""
    window_min: Annotated[Positive, Meta(unit="min", knob="… window")] = 60.0
    """Length of the window; a call within it keeps the promise."""
    per_window: Annotated[
        Annotated[int, Field(ge=1)] | None, Meta(unit="callbacks", knob="… at most in a window")
    ] = None
    """Callbacks that can be promised for one window; the windows then follow each other from
    midnight on, and who comes when one is full is promised the next with a free place."""
    when_full: Annotated[Literal["next_window", "not_offered"], Meta(knob="… when it is full")] = (
        "next_window"
    )
    """Whether a later window is promised when the first one is full, or no callback offered."""
    window_clock: HoursOrCalendar = "opening"
    """Whether these minutes are of the telephone's opening hours, or of the calendar."""
    reserve: Annotated[bool, Meta(knob="… an agent is reserved")] = False
    """The next agent who is free in the window is reserved for the callback."""
    priority_bonus: float = 0.0
    """Points of a callback against customers who wait on the line; negative: when nobody waits."""
    answer: Annotated[
        Share, Meta("Share of customers who answer it", unit="share", knob="… customer answers")
    ] = 0.93
    """Probability that the customer answers a try."""
    tries: Annotated[int, Field(ge=1)] = 3
    """Tries to reach the customer until the callback is given up."""
    retry_after_min: Positive = 15.0
    """Minutes between two tries."""
    ring_s: NotNegative = 0.0
    """Seconds an agent spends on a try that nobody answers."""


class Targets(Part):
    """Targets of the centre, used by the measures and drawn on charts; they steer nothing."""

    answer_within_s: Annotated[NotNegative, Meta(unit="s", knob="Goal: answer within")] = 20.0
    """A contact answered within this time counts as within target; a channel and a reason may have
    a target of their own."""
    service_level: Annotated[Share, Meta(unit="share", knob="Goal: service level")] = 0.8
    """Share of contacts that should be answered within ``answer_within_s``."""
    short_abandon_s: NotNegative = 5.0
    """Customers who abandon before this many seconds are short abandons."""
    interval_min: Literal[15, 30, 60] = 30
    """Length of the intervals of the interval table."""

    @model_validator(mode="after")
    def _short_is_short(self) -> Self:
        if self.short_abandon_s > self.answer_within_s > 0.0:
            raise ValueError("short_abandon_s must not be longer than answer_within_s")
        return self
