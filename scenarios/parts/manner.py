"""How agents meet a customer: what they know of the history, and what they say about a fault.

Both are off when they are left out. What they rest on stands in ``docs/levers``.
"""

from typing import Annotated

from pydantic import Field

from scenarios.parts.distributions import Distribution
from scenarios.parts.meta import Meta
from scenarios.parts.part import Part, Positive, Share


class History(Part):
    """What agents see of a customer before they say hello."""

    at_hand: Annotated[Share, Meta(unit="share", knob="… at hand in")] = 1.0
    """Share of the answers in which the agent sees it; nobody has to tell the story again then."""
    talk_factor: Annotated[
        Positive, Meta("Talk with the history at hand", unit="factor", knob="… talk with it")
    ] = 1.0
    """Talk time with the history at hand, as a factor on that without it; not work on a ticket."""


class Apology(Part):
    """What agents say to a customer who complains."""

    apologises: Annotated[Share, Meta(unit="share", knob="… apologises to")] = 1.0
    """Share of the answers to complaints in which the agent apologises."""
    explains: Annotated[Share, Meta(unit="share", knob="… explains to")] = 1.0
    """Share of the answers to complaints in which the agent says how it came to the fault."""
    honest: Annotated[Share, Meta(unit="share", knob="… explains honestly")] = 1.0
    """Share of the explanations that give the reason; the others justify, which pleases nobody."""
    takes_s: Annotated[Distribution, Meta(unit="s", knob="… takes")] = Field(
        default=0, validate_default=True
    )
    """Seconds of talk that it takes to apologise, to explain, or both."""
