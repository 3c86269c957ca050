"""What is not known for sure: a range for a figure of the scenario, and where it comes from."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from scenarios.parts.part import Part


class Uncertain(Part):
    """Between which values a figure of the scenario may well lie; it steers nothing by itself."""

    low: float
    """Smallest value that it may well have, in the unit of the key."""
    high: float
    """Largest value that it may well have."""
    source: str = ""
    """Where the range comes from: how many records, which report, whose guess."""
    drawn: Annotated[tuple[float, ...], Field(strict=False)] = ()
    """The figure estimated again from other days, in the unit of the key. As many in each row that
    has any: the n-th of all rows were estimated together and are drawn together, in the place of
    independent draws between low and high."""
    csv: str | None = None
    """File next to the scenario that holds ``drawn`` in a column named after the key."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low:g}) must be at most high ({self.high:g})")
        return self
