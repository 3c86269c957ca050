"""How cases end under each policy: the complaints, or all cases where nobody complains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from results import Experiment
from results.facts.endings import ENDINGS
from results.measures.summary import Summary

LEAST = 0.005
"""Share below which a way of ending is left out."""


@dataclass(frozen=True)
class EndingsView:
    """Shares of the ways in which cases end."""

    noun: str
    """Complaints, or cases."""
    shares: Mapping[str, tuple[float, ...]]
    """By way of ending, in words, the share under each policy, in the order of the policies."""
    policies: tuple[str, ...]


def endings(experiment: Experiment) -> EndingsView | None:
    """How cases end; None where none began."""
    summaries = experiment.summaries
    everybody = [one for found in summaries.values() for one in found]
    complaints = any(sum(one.endings.get("complaints", {}).values()) for one in everybody)
    cases_of = "complaints" if complaints else "all"
    shares = {
        words: tuple(_share(summaries[policy], cases_of, name) for policy in experiment.policies)
        for name, words in ENDINGS.items()
    }
    seen = {words: found for words, found in shares.items() if max(found, default=0.0) >= LEAST}
    if not seen:
        return None
    noun = "complaints" if complaints else "cases"
    return EndingsView(noun, seen, experiment.policies)


def _share(found: tuple[Summary, ...], cases_of: str, name: str) -> float:
    cases = sum(sum(one.endings.get(cases_of, {}).values()) for one in found)
    return sum(one.endings.get(cases_of, {}).get(name, 0) for one in found) / cases if cases else 0
