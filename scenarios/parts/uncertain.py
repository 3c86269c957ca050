"""What is not known for sure: a range for a figure of the scenario, and where it comes from."""

from typing import Self

from pydantic import model_validator

from scenarios.parts.part import Part


class Uncertain(Part):
    """Between which values a figure of the scenario may well lie; it steers nothing by itself."""

    low: float
    """Smallest value that it may well have, in the unit of the key."""
    high: float
    """Largest value that it may well have."""
    source: str = ""
    """Where the range comes from: how many records, which report, whose guess."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low:g}) must be at most high ({self.high:g})")
        return self
