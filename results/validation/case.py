"""Cases: a small centre each, with the figures that are right for it and how they are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from results.validation.expected import Figures
from results.validation.watch import Estimate

Simulation = Callable[[int, int], Mapping[str, Estimate]]
"""From a seed and a length to what the simulated centre does, by the name of the figure."""


@dataclass(frozen=True)
class Case:
    """A centre whose figures are known."""

    name: str
    title: str
    """The centre in a few words, to be read under the heading of its group."""
    source: str
    """Where the figures come from, short."""
    expected: Figures
    compute: Callable[[], Mapping[str, float]] | None = None
    """The figures that firstline's formulas give."""
    within: float = 1e-6
    """How far a formula may be off, as a share of what is right; more of an approximation."""
    simulate: Simulation | None = None
    short: int | None = None
    """Contacts (or days, where ``counts`` says so) of the short run; None leaves it out."""
    long: int | None = None
    counts: str = "contacts"
    only_computed: tuple[str, ...] = ()
    """Figures that no simulation gives, such as how many agents a target needs."""

    def length(self, *, long: bool) -> int | None:
        """How much is simulated in a set; None is nothing."""
        if self.simulate is None:
            return None
        return (self.long or self.short) if long else self.short

    def simulated(self) -> tuple[str, ...]:
        """The figures that a simulation gives."""
        return tuple(name for name in self.expected() if name not in self.only_computed)


@dataclass(frozen=True)
class History:
    """A few customers at exact times: nothing is left to chance."""

    name: str
    title: str
    source: str
    expected: Mapping[str, Any]
    """What happens, by name."""
    tell: Callable[[], Mapping[str, Any]]
    """The same as it is simulated."""


@dataclass(frozen=True)
class Group:
    """Cases of one kind under one heading."""

    title: str
    cases: tuple[Case | History, ...]
