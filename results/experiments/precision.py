"""Precision: how many replications are enough."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from results.comparison.estimate import Estimate, across, estimate
from results.errors import ExperimentError, unknown
from results.measures.registry import MEASURES
from results.measures.renamed import answered
from results.measures.summary import Summary

Summaries = Mapping[str, Sequence[Summary]]
"""Summaries by policy, in the order of replications."""


def _default_half_widths() -> dict[str, float]:
    return {"asa": 5.0, "fcr_complaints": 0.01}


@dataclass(frozen=True)
class Precision:
    """Replications are added until every policy's mean is known closely enough.

    After each round the replications still needed are foreseen from the spread seen so far, at
    most as many again as there are. A decision looks at whole rounds only: it is the same for
    any number of workers. A measure that no replication defines (complaints where there are
    none) is not waited for. Source: Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1.
    """

    half_widths: Mapping[str, float] = field(default_factory=_default_half_widths)
    """Largest half-width of the interval by name of measure, in the unit of the measure."""
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
        refuse_unknown_measures(self.half_widths)
        for name, half_width in self.half_widths.items():
            if not half_width > 0.0:
                raise ExperimentError(
                    f"Precision of {name} is {half_width:g}: a half-width must be above 0, in the "
                    f"unit of the measure ({MEASURES[name].unit})."
                )
        if not self.half_widths:
            raise ExperimentError("Precision names no measure: say which, asa for example.")
        if not 2 <= self.at_least <= self.at_most:
            raise ExperimentError(
                f"Precision from {self.at_least} to {self.at_most} replications: it takes at least "
                "2 to see a spread, and at_most must not be below at_least."
            )

    def unmet(self, summaries: Summaries) -> dict[tuple[str, str], Estimate]:
        """The estimates, by policy and measure, that are not yet close enough."""
        estimates = {
            (policy, name): estimate(across(summaries[policy], name), self.confidence)
            for policy in summaries
            for name in self.half_widths
        }
        return {
            (policy, name): found
            for (policy, name), found in estimates.items()
            if found.n > 0 and not found.half_width <= self.half_widths[name]
        }

    def more(self, summaries: Summaries) -> int:
        """How many replications the next round adds under every policy; 0 is enough.

        Args:
            summaries: of whole rounds, equally many for every policy.
        """
        unmet = self.unmet(summaries)
        done = min(len(ran) for ran in summaries.values())
        if not unmet:
            return 0
        foreseen = max(self._foreseen(name, found) for (_, name), found in unmet.items())
        smallest_round = math.ceil(done / 10)
        return min(max(foreseen - done, smallest_round), done, self.at_most - done)

    def _foreseen(self, name: str, found: Estimate) -> int:
        """Replications needed in all if the spread stays as it is."""
        if math.isnan(found.half_width):
            return self.at_most
        needed = found.n * (found.half_width / self.half_widths[name]) ** 2
        return math.ceil(min(needed, self.at_most))


def refuse_unknown_measures(names: Iterable[str]) -> None:
    """Refuse a measure that is not in the registry.

    Raises:
        ExperimentError: names the measure and the nearest known one.
    """
    for name in names:
        if name not in MEASURES:
            raise ExperimentError(answered(name, MEASURES) or unknown("measure", name, MEASURES))
