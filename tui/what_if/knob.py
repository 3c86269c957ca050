"""A knob: one thing about a centre that a manager may turn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tui.what_if.units import NUMBER, Unit

Kind = Literal["number", "choice", "switch"]

ON, OFF = "on", "off"


@dataclass(frozen=True)
class Limits:
    """The smallest and the largest number that the schema allows."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    """The smallest itself is not allowed."""

    def holds(self, value: float) -> bool:
        """Whether a number is allowed."""
        return (value > self.low if self.above else value >= self.low) and value <= self.high


@dataclass(frozen=True)
class Knob:
    """One knob as it stands now."""

    key: str
    """Key path in the scenario; with a star for a knob that turns several keys together."""
    section: str
    """Where a manager looks for it: customers, people, …"""
    heading: str
    """What it belongs to: the reason, the group; empty for the centre itself."""
    label: str
    kind: Kind
    value: Any
    """As it is under the what-if; True and False for switches."""
    base: Any
    """As it is in the base; None where the base has no such thing."""
    unit: Unit = NUMBER
    limits: Limits = Limits()
    choices: Mapping[str, str] = field(default_factory=dict)
    """What may be chosen, with the words for it."""
    on: Any = None
    """What switching it on writes; True for a plain switch."""
    note: str = ""
    """What it means, in the words of the scenario reference."""
    currency: str = "€"

    @property
    def changed(self) -> bool:
        """Whether it stands elsewhere than in the base."""
        return bool(self.value != self.base)

    @property
    def title(self) -> str:
        """What it is called where its heading is not seen."""
        return f"{self.heading}: {self.label}" if self.heading else self.label

    @property
    def shown(self) -> str:
        """Its value for a reader."""
        return self.words(self.value)

    @property
    def shown_base(self) -> str:
        """The base's value for a reader."""
        return self.words(self.base)

    def words(self, value: Any) -> str:
        """A value of this knob for a reader."""
        if value is None:
            return OFF if self.kind == "switch" else "–"
        if self.kind == "switch":
            return ON if value else OFF
        if self.kind == "choice":
            return self.choices.get(value, str(value))
        return self.unit.show(float(value), self.currency)

    def read(self, text: str) -> Any:
        """The value that a person typed.

        Raises:
            ValueError: it is not valid for this knob; the message says why.
        """
        if self.kind == "number":
            value = self.unit.read(text)
            if not self.limits.holds(value):
                raise ValueError(f"must be {self._limits_in_words()}")
            return value
        for choice, words in self.choices.items():
            if text.strip().lower() in (choice.lower(), words.lower()):
                return choice
        raise ValueError(f"'{text.strip()}' is not one of: {', '.join(self.choices.values())}")

    def _limits_in_words(self) -> str:
        low, high = self.limits.low, self.limits.high
        if math.isinf(high):
            return f"{'above' if self.limits.above else 'at least'} {self.words(low)}"
        return f"from {self.words(low)} to {self.words(high)}"

    def stepped(self, direction: int) -> Any:
        """The next value in a direction: a round number, the next choice, on or off."""
        if self.kind == "switch":
            return direction > 0
        if self.kind == "choice":
            names = list(self.choices)
            at = names.index(self.value) if self.value in names else 0
            return names[(at + direction) % len(names)]
        value = self.unit.stepped(float(self.value), direction)
        value = min(max(value, self.limits.low), self.limits.high)
        return value if self.limits.holds(value) else self.value
