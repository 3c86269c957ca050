"""Waiting: order of service, routing, announcements and callback offers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.clock import HoursOrCalendar
from scenarios.parts.demand import ChannelName
from scenarios.parts.distributions import Distribution
from scenarios.parts.part import NotNegative, Part, Positive, Share

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

    points_per_s: NotNegative = 0.0
    """Priority points gained per second in the queue; with 0 priority classes are strict."""
    returning_bonus: float = 0.0
    """Points for a customer who comes back with the same case."""
    transferred_bonus: float = 0.0
    """Points for a customer who was transferred."""
    estimate: Literal["queue_length", "last_wait"] = "queue_length"
    """How the expected wait is estimated: from the queue's length, or the last customer's wait."""
    hold_patience_s: Distribution | None = None
    """Seconds a customer stays on hold before hanging up; endless when left out."""
    retell_s: NotNegative = 0.0
    """Seconds of extra talk when a customer has to tell the story to another agent."""


class Routing(Part):
    """Which free agent takes a contact, and which contact a freed agent takes."""

    agent_choice: AgentChoice = "longest_idle"
    """Which of several free agents takes a contact; the longest idle among equals."""
    contact_choice: ContactChoice = "highest_score"
    """Which waiting contact goes first: the highest priority score, or the longest wait."""


class Acknowledgement(Part):
    """What a waiting customer is told; being ignored is worse than waiting."""

    announce: Literal["comfort", "expected_wait"]
    """A comfort message, or the expected wait."""
    channels: Annotated[tuple[ChannelName, ...], Field(strict=False)] = ("voice",)
    """Channels on which customers are told something."""
    patience_factor: Positive = 1.0
    """Acknowledged customers wait this many times as long."""
    told_above_s: NotNegative = 0.0
    """The expected wait is told only when it is longer than this."""
    told_factor: Positive = 1.0
    """The wait told, as a factor on the expected wait: above 1 is a careful promise."""
    balk: Share = 0.0
    """Share that leaves at once among customers told a wait longer than their patience."""
    hazard_growth_per_min: NotNegative = 0.0
    """Growth of the hazard of abandoning per minute waited past the told wait (up to 0.52)."""
    talk_growth_s_per_min: NotNegative = 0.0
    """Seconds of talk added per minute waited past the told wait (up to 21)."""


class CallbackOffer(Part):
    """Customers who would wait long are offered a call back."""

    channels: Annotated[tuple[ChannelName, ...], Field(strict=False)] = ("voice",)
    """Channels on which callbacks are offered."""
    when_wait_over_s: NotNegative = 0.0
    """Offered when the expected wait is longer than this (and the customer would wait)."""
    accept: Share = 0.37
    """Share of customers who take the offer."""
    place: Literal["kept", "window"] = "kept"
    """The customer keeps the place in the queue, or is promised a window."""
    window_after_min: NotNegative = 60.0
    """Minutes from the call to the begin of the window."""
    window_min: Positive = 60.0
    """Length of the window; a call within it keeps the promise."""
    window_clock: HoursOrCalendar = "opening"
    """Whether these minutes are of the telephone's opening hours, or of the calendar."""
    reserve: bool = False
    """The next agent who is free in the window is reserved for the callback."""
    priority_bonus: float = 0.0
    """Points of a callback against those who wait on the line; negative: when nobody waits."""
    answer: Share = 0.93
    """Probability that the customer answers a try."""
    tries: Annotated[int, Field(ge=1)] = 3
    """Tries to reach the customer until the callback is given up."""
    retry_after_min: Positive = 15.0
    """Minutes between two tries."""
    ring_s: NotNegative = 0.0
    """Seconds an agent spends on a try that nobody answers."""


class Targets(Part):
    """Targets of the centre, used by the measures and drawn on charts; they steer nothing."""

    answer_within_s: NotNegative = 20.0
    """A contact answered within this time counts as within target."""
    service_level: Share = 0.8
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
