"""Outbound: lists of customers whom the centre calls while its agents are free."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.clock import DayName, Hours, TimeOfDay, seconds_of
from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Share


class ContactRate(Part):
    """Hours of the day in which more or fewer customers are there to answer."""

    start: TimeOfDay
    """Time of day at which they begin."""
    end: TimeOfDay
    """Time of day at which they end."""
    contact_rate: Share
    """Share of the calls of these hours that somebody answers."""

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if seconds_of(self.end) <= seconds_of(self.start):
            raise ValueError("end must come after start, on the same day")
        return self


class Outbound(Part):
    """A list of customers who are called while agents are free and nobody waits for them.

    It is worked beside what customers ask for: whoever waits on the line goes first. Its calls are
    no contacts and no cases; they have measures of their own.
    """

    title: str = ""
    """What the list is called, for a reader."""
    groups: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Groups whose agents make the calls, of equal rank; who is idle longest makes the next."""
    records_per_day: Annotated[int, Field(ge=0), Meta(unit="customers", knob="New on the list")] = 0
    """Customers who are put on the list each morning; who is not done with stays on it."""
    records_at_start: Annotated[int, Field(ge=0), Meta(unit="customers", knob="On the list")] = 0
    """Customers who are on the list when the horizon begins."""
    weekdays: dict[DayName, NotNegative] = Field(default={})
    """Factor on ``records_per_day`` of single weekdays, day types and dates; 0 adds nobody."""
    hours: Hours | None = None
    """Time of day in which calls are begun, "10:00-18:00", on days on which the telephone is open;
    the opening hours of the telephone when left out."""
    mode: Annotated[Literal["preview", "progressive"], Meta(knob="Calls are made")] = "preview"
    """In preview a free agent reads the record, calls, and waits for the answer. In progressive
    mode a dialler calls ahead for those who are free, and whoever answers meets one of them, or
    nobody (an abandoned call)."""
    pace: Annotated[float, Field(ge=1.0, le=20.0), Meta(unit="factor", knob="Calls per agent")] = (
        1.0
    )
    """In progressive mode: calls that ring at the same time for each free agent."""
    abandoned_at_most: Annotated[
        Share | None, Meta(unit="share", knob="Abandoned at most", on=0.03)
    ] = None
    """In progressive mode: as long as a larger share of those who answered today met nobody, an
    agent is held for every call, so that no more are abandoned."""
    reserve: Annotated[int, Field(ge=0), Meta(unit="agents", knob="Kept free for callers")] = 0
    """Calls are begun only while more than so many agents of the groups are idle; these are kept
    free for customers who call."""
    contact_rate: Annotated[Share, Meta(unit="share", knob="Answered by somebody")]
    """Share of the calls that somebody answers."""
    contact_rate_by_time: Annotated[tuple[ContactRate, ...], Field(strict=False)] = ()
    """Contact rates of some hours of the day, instead of ``contact_rate``; the first that holds
    counts."""
    right_party: Annotated[Share, Meta(unit="share", knob="… by the customer")] = 1.0
    """Share of those who answer who are the customer meant."""
    preview_s: Annotated[Distribution, Meta(unit="s", knob="Reading the record")] = Field(
        default=0, validate_default=True
    )
    """In preview mode: seconds in which the agent reads the record before calling."""
    ring_s: Annotated[Distribution, Meta(unit="s", knob="Rings for")] = Field(
        default=20, validate_default=True
    )
    """Seconds from dialling until somebody answers, or the call is given up."""
    talk_s: Annotated[Distribution, Meta(unit="s", knob="Talk")]
    """Talk with the customer meant, in seconds of an agent with speed 1."""
    wrong_party_s: Annotated[Distribution, Meta(unit="s", knob="Talk with others")] = Field(
        default=0, validate_default=True
    )
    """Talk with somebody else who answered, in seconds."""
    wrap_up_s: Annotated[Distribution, Meta(unit="s", knob="Wrap-up")] = Field(
        default=0, validate_default=True
    )
    """Work after the talk with the customer meant, in seconds."""
    tries: Annotated[int, Field(ge=1, le=100), Meta(unit="calls", knob="Tries")] = 3
    """Calls after which a customer who was not spoken with is taken off the list."""
    retry_after_min: Annotated[Distribution, Meta(unit="min", knob="Tried again after")] = Field(
        default=120, validate_default=True
    )
    """Minutes after which such a customer is called again, if agents are free then."""
