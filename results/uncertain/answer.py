"""What centres that fit the figures say of the policies: as it was run, and as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from results.experiments.experiment import Experiment
from results.reading.names import in_a_sentence, name_in_words
from results.uncertain.spread import EACH, Spread
from results.uncertain.unknown import Unknown


@dataclass(frozen=True)
class CentreRun:
    """Policies simulated in centres that fit the figures, whole or up to an interruption."""

    experiment: Experiment
    """Replications 2k and 2k + 1 are of centre k."""
    unknowns: tuple[Unknown, ...]
    """What was drawn."""
    figures: Mapping[int, Mapping[str, float]]
    """By number of a centre that counts, its figures by name."""

    @property
    def complete(self) -> bool:
        """Whether every centre that was asked for is simulated."""
        return self.experiment.complete

    @property
    def asked(self) -> int:
        """How many centres were asked for."""
        return self.experiment.planned // EACH

    @property
    def numbers(self) -> tuple[int, ...]:
        """Centres whose replications are finished under every policy: those that count."""
        return tuple(self.figures)


@dataclass(frozen=True)
class Centres:
    """What centres that fit the figures say of the policies."""

    policies: tuple[str, ...]
    """The baseline first."""
    titles: Mapping[str, str]
    """By policy, what a reader calls it."""
    currency: str
    centres: int
    """How many count."""
    asked: int
    """How many were asked for."""
    unknowns: tuple[Unknown, ...]
    """What was drawn."""
    spreads: Mapping[tuple[str, str], Spread]
    """By policy but the baseline and measure; measures of which a direction is better."""

    def title_of(self, policy: str) -> str:
        """What a reader calls a policy."""
        return self.titles.get(policy) or name_in_words(policy)

    def called(self, policy: str) -> str:
        """The same inside a sentence."""
        return in_a_sentence(self.title_of(policy))
