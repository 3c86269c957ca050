"""What every part of a scenario has in common: it is checked, complete and cannot be changed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A fraction between 0 and 1."""

NotNegative = Annotated[float, Field(ge=0.0)]
MoneyLimit = Annotated[float, Field(ge=0.0, allow_inf_nan=True)]
"""An amount of money; ``inf`` where there is no limit."""
Positive = Annotated[float, Field(gt=0.0)]


class Part(BaseModel):
    """A section of a scenario: strict about types, without unknown keys, frozen."""

    # The parts are built together when the first scenario is read, which halves the time to import
    # them; for the same reason the texts under the keys are read only for the JSON Schema.
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
    )
