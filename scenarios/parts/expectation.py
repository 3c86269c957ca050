"""Expectations: what a plan promises, as a bound on a measure that a run is checked against."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.parts.measured import MEASURED
from scenarios.parts.methodology import InnerShare
from scenarios.parts.part import Part

EVERY_POLICY = "all"
"""What stands for every policy in ``policy``."""

MeasureName = Annotated[str, Field(json_schema_extra={"enum": list(MEASURED)})]
"""The name of a measure; an editor completes it."""

PartKind = Literal["complaints", "reason", "channel", "queue", "group", "tier"]


class Expectation(Part):
    """What is expected of a measure; ``firstline check --run`` says whether a run bears it out.

    Expectations steer nothing: a run with them has the same bits as one without.
    """

    measure: MeasureName
    """Name of the measure, such as service_level; ``firstline measures`` lists them."""
    at_least: float | None = None
    """Smallest value expected, in the unit of the measure: 0.8 is 80 %, times are in seconds."""
    at_most: float | None = None
    """Largest value expected, in the unit of the measure."""
    policy: str | None = None
    """Policy of which it is expected, "all" for every one; the baseline when left out, or the
    policy whose changes bring the expectation."""
    by: PartKind | None = None
    """What kind of part it is expected of; the whole centre when left out."""
    part: str | None = None
    """Name of that reason, channel or group (of a queue its group), or number of the tier as text;
    none for complaints."""
    confidence: InnerShare = 0.95
    """Confidence of the interval that must lie within the bounds for the expectation to hold."""

    @property
    def cut(self) -> tuple[str, str]:
        """The part of the centre that is meant, as kind and name."""
        return (self.by or "all", self.part or "")
