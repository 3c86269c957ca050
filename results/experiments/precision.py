"""Precision: how many replications are enough."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, across, adjusted, estimate
from results.comparison.relevance import relevance_of
from results.errors import ExperimentError, unknown
from results.measures.registry import MEASURES
from results.measures.renamed import answered
from results.measures.summary import Summary
from scenarios.parts.relevance import Relevance

Summaries = Mapping[str, Sequence[Summary]]
"""Summaries by policy, in the order of replications."""


def _default_half_widths() -> dict[str, float]:
    return {"asa": 5.0, "fcr_complaints": 0.01}


@dataclass(frozen=True)
class Margin:
    """How closely a mean or a difference is known, next to how closely it should be."""

    policy: str
    measure: str
    found: Estimate
    wanted: float
    """Largest half-width asked for."""
    of_difference: bool
    """Of the difference from the baseline, or of the policy's own mean."""

    @property
    def is_met(self) -> bool:
        """Whether it is close enough; what no replication defines is not waited for."""
        undefined = self.found.n == 0 or math.isnan(self.wanted)
        return undefined or self.found.half_width <= self.wanted


@dataclass(frozen=True)
class Precision:
    """Replications are added until the means, or the differences, are known closely enough.

    After each round the replications still needed are foreseen from the spread seen so far, at
    most as many again as there are. A decision looks at whole rounds only: it is the same for
    any number of workers. It looks at the width of an interval, never at what lies in it: a run
    that ended as soon as a difference looks certain would find differences that are chance. A
    measure that no replication defines (complaints where there are none) is not waited for.
    Source: Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1.
    """

    half_widths: Mapping[str, float] = field(default_factory=_default_half_widths)
    """Largest half-width of the interval of every policy's mean, by name of measure, in the unit of
    the measure."""
    differences: Mapping[str, float | None] = field(default_factory=dict)
    """Largest half-width of the interval of every policy's difference from the baseline, by name
    of measure, in its unit; None for the least difference that matters."""
    opposites: Mapping[str, str] = field(default_factory=dict)
    """By policy the one that its difference is from; empty is the baseline for all the others. Each
    of these differences is known as closely as asked by itself, not all of them together."""
    matters: Relevance = field(default_factory=Relevance)
    """From what size on a difference matters; a run puts that of its scenario here."""
    at_least: int = 10
    """Replications of the first round; the spread seen in fewer says little."""
    at_most: int = 200
    """Replications after which it ends, precise enough or not."""
    confidence: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what cannot be reached.

        Raises:
            ExperimentError: an unknown measure, a half-width that is not above zero, or rounds
                that are too few or upside down.
        """
        given = {**self.half_widths, **self.differences}
        refuse_unknown_measures(given)
        for name, half_width in given.items():
            if half_width is not None and not half_width > 0.0:
                raise ExperimentError(
                    f"Precision of {name} is {half_width:g}: a half-width must be above 0, in the "
                    f"unit of the measure ({MEASURES[name].unit})."
                )
        if not given:
            raise ExperimentError("Precision names no measure: say which, asa for example.")
        if not 2 <= self.at_least <= self.at_most:
            raise ExperimentError(
                f"Precision from {self.at_least} to {self.at_most} replications: it takes at least "
                "2 to see a spread, and at_most must not be below at_least."
            )

    @property
    def text(self) -> str:
        """As it is typed: ``asa=5,difference.fcr=0.01``; what matters has no number."""
        means = [f"{name}={half:g}" for name, half in self.half_widths.items()]
        differences = [
            f"difference.{name}" + ("" if half is None else f"={half:g}")
            for name, half in self.differences.items()
        ]
        return ",".join((*means, *differences))

    def unmet(self, summaries: Summaries) -> list[Margin]:
        """What is not yet known closely enough.

        Args:
            summaries: of whole rounds, equally many for every policy, the baseline first.
        """
        return [one for one in self._margins(summaries) if not one.is_met]

    def more(self, summaries: Summaries) -> int:
        """How many replications the next round adds under every policy; 0 is enough.

        Args:
            summaries: of whole rounds, equally many for every policy, the baseline first.
        """
        unmet = self.unmet(summaries)
        done = min(len(ran) for ran in summaries.values())
        if not unmet:
            return 0
        foreseen = max(map(self._foreseen, unmet))
        smallest_round = math.ceil(done / 10)
        return min(max(foreseen - done, smallest_round), done, self.at_most - done)

    def _margins(self, summaries: Summaries) -> Iterator[Margin]:
        base, *others = summaries
        for name, wanted in self.half_widths.items():
            for policy in summaries:
                found = estimate(across(summaries[policy], name), self.confidence)
                yield Margin(policy, name, found, wanted, of_difference=False)
        opposites = self.opposites or dict.fromkeys(others, base)
        level = self.confidence if self.opposites else adjusted(self.confidence, len(others))
        for name, asked in self.differences.items():
            values = {other: across(summaries[other], name) for other in set(opposites.values())}
            for policy, other in opposites.items():
                there = values[other]
                least = self._least(name, there, summaries[other]) if asked is None else asked
                moved = estimate(across(summaries[policy], name) - there, level)
                yield Margin(policy, name, moved, least, of_difference=True)

    def _least(self, name: str, base: NDArray[np.float64], summaries: Sequence[Summary]) -> float:
        """The least difference of a measure that matters."""
        service = estimate(across(summaries, "service_cost")).mean
        return relevance_of(name, self.matters, estimate(base).mean, service)

    def _foreseen(self, margin: Margin) -> int:
        """Replications needed in all if the spread stays as it is."""
        found = margin.found
        if math.isnan(found.half_width) or not margin.wanted > 0.0:
            return self.at_most
        needed = found.n * (found.half_width / margin.wanted) ** 2
        return math.ceil(min(needed, self.at_most))


def refuse_unknown_measures(names: Iterable[str]) -> None:
    """Refuse a measure that is not in the registry.

    Raises:
        ExperimentError: names the measure and the nearest known one.
    """
    for name in names:
        if name not in MEASURES:
            raise ExperimentError(answered(name, MEASURES) or unknown("measure", name, MEASURES))
