"""Customers who come back: redials of those not answered, repeats of those not helped."""

from typing import Annotated

from pydantic import Field

from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive, Share


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
    after_lost_in_transfer: Annotated[
        Share | None, Meta(unit="share", knob="… after hanging up in a transfer")
    ] = None
    """Share of customers who try again when they hung up in the queue to which they were
    transferred, after ``delay_min``. Left out, the probability and delay of ``[repeat]``."""
    by_try: Annotated[
        tuple[NotNegative, ...], Field(strict=False, min_length=1), Meta(unit="factor")
    ] = (1.0,)
    """Factors on these shares after the first, second, … try in a row; the last holds for all
    later ones. A share above 1 counts as 1."""
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


class FurtherBusiness(Part):
    """Customers who make contact again soon, about something new: no failure, a case of its own.

    It comes whatever became of the case before, and by the same channel. Who calls because that
    case was not resolved is ``[repeat]``.
    """

    probability: Annotated[
        float, Field(ge=0.0, le=0.95), Meta(unit="share", knob="Come with further business")
    ]
    """Share of cases after which the customer has further business."""
    delay_min: Annotated[
        Distribution, Meta("Time until further business", unit="min", knob="… after")
    ] = Field(
        default={"distribution": "lognormal", "median": 140.0, "sigma": 2.0},
        validate_default=True,
    )
    """Minutes from the end of the case until then; a call or chat does not fall into closed
    hours."""


class BrokenPromise(Part):
    """Customers who call because a promise was not kept."""

    probability: Share = 0.0
    """Share of customers who call when a promise is not kept."""
    delay_min: Annotated[
        Distribution, Meta("Time from a broken promise to the call", unit="min")
    ] = Field(default=60, validate_default=True)
    """Minutes from the time at which it was due to the call; never into closed hours."""


class AfterCutOff(Part):
    """Customers who call again because they were cut off."""

    probability: Annotated[Share, Meta(unit="share", knob="… how many of those cut off")]
    """Share of customers who call again when they were cut off."""
    delay_min: Annotated[
        Distribution, Meta("Time until a customer who was cut off calls again", unit="min")
    ] = Field(
        default={"distribution": "lognormal", "median": 1.6, "sigma": 1.3},
        validate_default=True,
    )
    """Minutes until then; never into closed hours."""


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
    after_cut_off: AfterCutOff | None = None
    """Customers who were cut off, by an agent or in a transfer that nobody took in time. Left out,
    as many come back, and as late, as of all others whose case is not resolved."""
    max_contacts: Annotated[
        int, Field(ge=1), Meta("Contacts until the unserved give up", unit="contacts")
    ] = 6
    """Answered contacts after which a customer with an unresolved case gives up."""
    talk_factor: Annotated[Positive, Meta(unit="factor", knob="… talk each time")] = 1.0
    """Talk time after each repeat, as a factor on the one before; not work on a ticket."""
    patience_factor: Annotated[Positive, Meta(unit="factor", knob="… patience each time")] = 1.0
    """Patience at each repeat, as a factor on the one before."""
