"""An assumption: one default of a relation, where it comes from and how far it may be off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scenarios.parts.meta import meta_of
from scenarios.parts.part import Part
from scenarios.schema import Scenario

Strength = Literal["measured", "standard", "vendor", "assumption"]
"""Measured in a study, a standard of the field, a figure of somebody who sells, or nobody's."""

Standing = Literal["own", Strength]
"""How well a value in a scenario is known: that of the register, or the scenario's own."""

Side = Literal["floor", "answer"]
"""Whether it steers the floor, or only how what happened is read."""


@dataclass(frozen=True)
class Assumption:
    """One default of a relation, with the range in which it may well lie."""

    part: type[Part]
    """The section of the scenario, of which there may be several."""
    field: str
    low: float
    high: float
    source: str
    strength: Strength
    side: Side = "floor"
    figure: str = ""
    """For a distribution, which of its figures: its median for example."""
    off_at: float | None = None
    """At this value the relation is off."""
    applies: Callable[[Part, Scenario], bool] | None = None
    """Whether the section has the relation in a scenario; None where it always has."""

    @property
    def title(self) -> str:
        """What it is in a manager's words."""
        return meta_of(self.part, self.field).title

    @property
    def unit(self) -> str:
        """What its value is counted in."""
        return meta_of(self.part, self.field).unit

    def written(self, *values: float) -> str:
        """Values with their unit, shares in per cent: 15 to 35 %."""
        factor, unit = (
            (100.0, f"%{self.unit[5:]}") if self.unit[:5] == "share" else (1.0, self.unit)
        )
        return f"{' to '.join(f'{value * factor:.4g}' for value in values)} {unit}"

    @property
    def default(self) -> float:
        """The value when the scenario says nothing."""
        value = self.part.model_fields[self.field].get_default()
        if self.figure and isinstance(value, dict):
            value = value[self.figure]
        return float(value)
