"""How cases end under each policy: the complaints, or all cases where nobody complains."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.experiments.experiment import Experiment
from results.facts.endings import ENDINGS
from results.measures.summary import Summary

LEAST = 0.004
"""Share up to which a way of ending is not named, unless another policy has more of it."""


@dataclass(frozen=True)
class Endings:
    """Shares of the ways in which cases end."""

    noun: str
    """Complaints, or cases."""
    values: Mapping[str, Mapping[str, NDArray[np.float64]]]
    """By way of ending and policy, the share in each replication, shape (replications,)."""

    @property
    def means(self) -> dict[str, tuple[float, ...]]:
        """By way of ending that is named, as text, the mean over replications by policy."""
        return {ENDINGS[one]: self._means(one) for one in self.named}

    @property
    def named(self) -> tuple[str, ...]:
        """The ways of ending that are common enough to be named."""
        return tuple(one for one in self.values if max(self._means(one)) > LEAST)

    def _means(self, ending: str) -> tuple[float, ...]:
        # A replication without a case has no shares.
        found = (values[~np.isnan(values)] for values in self.values[ending].values())
        return tuple(float(np.mean(shares)) for shares in found)


def endings(experiment: Experiment) -> Endings | None:
    """How cases end; None where none began under some policy."""
    summaries = experiment.summaries
    everybody = [one for found in summaries.values() for one in found]
    complaints = any(sum(one.endings.get("complaints", {}).values()) for one in everybody)
    cases_of = "complaints" if complaints else "all"
    values = {
        ending: {
            policy: np.array([_share(one, cases_of, ending) for one in found])
            for policy, found in summaries.items()
        }
        for ending in ENDINGS
    }
    if not everybody or any(np.isnan(found).all() for found in values["open"].values()):
        return None
    return Endings("complaints" if complaints else "cases", values)


def _share(summary: Summary, cases_of: str, ending: str) -> float:
    counts = summary.endings.get(cases_of, {})
    cases = sum(counts.values())
    return counts.get(ending, 0) / cases if cases else math.nan
