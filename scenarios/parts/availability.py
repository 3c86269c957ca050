"""Availability: when agents on duty are not ready for contacts, and when nobody answers at all."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from scenarios.parts.clock import Date, TimeOfDay
from scenarios.parts.distributions import Distribution
from scenarios.parts.figures import mean_of
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive, Share

_MOST_SPREAD = 3.0
"""Of the share away, as standard deviation over mean: beyond it most days have nobody away."""


_LEAST_MIN = 0.05
"""Minutes of a time away on average: what is shorter is no time away."""


class Availability(Part):
    """Agents on duty are away at times: not ready, and nobody knows for how long.

    The times are planned in the morning, for each agent by draws of its own. A share of them lasts
    only while nobody waits; the others are pauses of which each is taken in full.
    """

    share: Annotated[
        float, Field(gt=0.0, le=1.0), Meta(unit="share", knob="Available while on duty")
    ]
    """Share of the time on duty in which an agent is not away, where nobody is called back."""
    always_there: Annotated[NotNegative, Meta(unit="agents", knob="… of whom always there")] = 0.0
    """So many of those on duty are always there, and ``share`` is that of the others: of k agents
    on duty k - ``always_there`` go away in turn. Where few are on duty, hardly anybody does."""
    spread_by_day: Annotated[NotNegative, Meta(unit="share")] = 0.0
    """Standard deviation of that share from day to day, the same for the whole group on a day."""
    away_min: Annotated[
        Distribution, Meta("Time that an agent is away", unit="min", knob="… away for")
    ] = Field(default={"distribution": "exponential", "mean": 5.0}, validate_default=True)
    """Minutes of a time away."""
    called_back: Annotated[Share, Meta(unit="share", knob="… called back when somebody waits")] = (
        0.0
    )
    """Share of the times away that last only while nobody waits on the line. Each customer who
    begins to wait calls back the agent of the group who has been away longest."""
    back_after_s: Annotated[Distribution, Meta(unit="s", knob="… and there after")] = Field(
        default=0, validate_default=True
    )
    """Seconds until an agent who is called back is there."""

    @model_validator(mode="after")
    def _room_to_vary(self) -> Self:
        if mean_of(self.away_min) < _LEAST_MIN:
            raise ValueError(f"away_min must be {_LEAST_MIN:g} minutes or more on average")
        if self.spread_by_day > _MOST_SPREAD * (1.0 - self.share) * (1.0 + 1e-9):
            raise ValueError(
                f"spread_by_day must be at most {_MOST_SPREAD:g} times what is left to 1, "
                f"{_MOST_SPREAD * (1.0 - self.share):g}"
            )
        return self


class CutOff(Part):
    """Customers on the telephone are cut off seconds after an agent has answered.

    The line drops, or somebody hangs up on them: nothing has been dealt with, the case is not
    resolved, and they call again as often as ``repeat.after_cut_off`` says. Calls that keep a
    promise are never cut off.
    """

    share: Annotated[Share, Meta(unit="share", knob="Customers cut off by agents")]
    """Share of the calls answered by an agent that are cut off, ``cut_off_factor`` times as many by
    a person of a table (the same cases under every policy)."""
    after_s: Annotated[
        Distribution, Meta("Time until a customer is cut off", unit="s", knob="… after")
    ] = Field(default=4, validate_default=True)
    """Seconds from the answer until then, whatever the agent's speed."""


class EarlyLogOff(Part):
    """Some agents log off before their duty is over, on some days: paid, and gone.

    Who does, and how early, is drawn for each agent and day. What is in hand is finished before.
    """

    share: Annotated[Share, Meta(unit="share", knob="Log off early")]
    """Share of an agent's days on duty on which the agent logs off early, at the end of the last
    stretch of the day."""
    minutes: Annotated[
        Distribution, Meta("Time by which an agent logs off early", unit="min", knob="… by")
    ] = Field(default=15, validate_default=True)
    """Minutes by which it is too early."""


class Outage(Part):
    """A stretch of time in which nobody of some groups takes a contact: a fault, an evacuation.

    What agents have in hand is finished; customers come as ever.
    """

    day: Annotated[int, Field(ge=1)] | None = None
    """Day of the horizon, 1 is the first."""
    date: Date | None = None
    """The same as a date; needs ``horizon.first_date``."""
    start: TimeOfDay
    """Time of day at which it begins."""
    minutes: Annotated[Positive, Meta(unit="min", knob="Lasts")]
    """How long it lasts, in minutes."""
    groups: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Groups in which nobody takes a contact; all of them when left out."""

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.day is None) == (self.date is None):
            raise ValueError("give exactly one of day or date")
        return self
