"""What every part of a scenario has in common: it is checked, complete and cannot be changed."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A fraction between 0 and 1."""

BelowOne = Annotated[float, Field(ge=0.0, lt=1.0)]
"""A fraction between 0 and 1, and not all of it."""

NotNegative = Annotated[float, Field(ge=0.0)]
MoneyLimit = Annotated[float, Field(ge=0.0, allow_inf_nan=True)]
"""An amount of money; ``inf`` where there is no limit."""
Positive = Annotated[float, Field(gt=0.0)]


LEAST = 1e-12
"""Size of every figure but 0: what is divided by one then stays a number."""
_DEEPEST = 3
"""Tables within tables of figures: counts by weekday and interval."""


class Part(BaseModel):
    """A section of a scenario: strict about types, without unknown keys, frozen."""

    # The parts are built together when the first scenario is read, which halves the time to import
    # them; for the same reason the texts under the keys are read only for the JSON Schema.
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
    )

    @model_validator(mode="after")
    def _within_reach(self) -> Self:
        for name, value in self:
            for figure in _figures(value):
                if 0.0 < abs(figure) < LEAST:
                    raise ValueError(f"{name} must be 0 or at least {LEAST:g}")
        return self


def _figures(value: Any, depth: int = _DEEPEST) -> Iterator[float]:
    """The figures under a key: one, or those of a list or table; parts look at their own."""
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, dict | tuple) and depth:
        for entry in value.values() if isinstance(value, dict) else value:
            if not isinstance(entry, Part | str):
                yield from _figures(entry, depth - 1)
