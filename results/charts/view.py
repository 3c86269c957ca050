"""An experiment as the charts see it: numbers with their intervals, signs, and where from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from results.comparison.claims import EQUIVALENCE, Outcome
from results.comparison.compare import compare, paired_difference
from results.comparison.comparison import Comparison, Difference
from results.comparison.doubts import NO_DOUBTS, SENT_OFF, Doubts, doubts_by_policy
from results.comparison.estimate import TOTAL, Estimate, across, adjusted, estimate, t_quantile
from results.comparison.relevance import relevance_of
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.measures.summary import Summary
from results.reading import format as words
from results.reading.by import By
from results.reading.hero import Hero, hero_of
from results.reading.names import in_a_sentence, titles_of, titles_together
from results.reading.notation import pair_notation
from results.reading.rows import ASKED
from results.reading.signs import Sign, signs_in
from results.sensitivity.swings import Sensitivity
from results.why.account import Accounting
from scenarios.parts.relevance import Relevance
from scenarios.shares import percent_as_given

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """A number under one policy, and how far the policy moves it."""

    level: Estimate
    """Over the replications of this policy."""
    difference: Difference | None
    """From the baseline; None for the baseline itself."""
    doubted: bool = False
    """The policy sends off more customers: what looks better may count only who is left."""

    @property
    def shift(self) -> Estimate | None:
        """How far the policy moves the number, its interval adjusted for the number of policies."""
        return self.difference.estimate if self.difference else None

    @property
    def clear(self) -> bool:
        """The difference from the baseline is more than chance and rounding."""
        return self.difference is not None and self.difference.clear

    @property
    def level_width(self) -> float:
        """Half the width of the interval of the level; 0 without an interval, as for the next."""
        return _width(self.level)

    @property
    def shift_width(self) -> float:
        """Half the width of the interval of the difference."""
        return _width(self.shift)


def _width(estimate: Estimate | None) -> float:
    return 0.0 if estimate is None or math.isnan(estimate.half_width) else estimate.half_width


Readings = Mapping[str, Reading]
"""By policy, the baseline first."""


@dataclass(frozen=True)
class View:
    """What every chart is drawn from."""

    experiment: Experiment
    summaries: Mapping[str, Sequence[Summary]]
    """By policy, the replications that are finished under every policy."""
    confidence: float
    sensitivity: Sensitivity | None = None
    """How far its answer depends on assumptions; None where nobody asked."""
    why: Accounting | None = None
    """What the difference of a policy is made of; None where nobody asked."""
    by: By | None = None
    """What the answer is broken down by; None is not at all."""

    @classmethod
    def of(
        cls,
        experiment: Experiment,
        confidence: float = 0.95,
        sensitivity: Sensitivity | None = None,
        why: Accounting | None = None,
        by: By | None = None,
    ) -> Self:
        """Look at an experiment.

        Raises:
            ExperimentError: no replication is finished under every policy.
        """
        if not experiment.replications:
            raise ExperimentError(f"Nothing can be drawn yet. {experiment.state}")
        return cls(experiment, experiment.summaries, confidence, sensitivity, why, by)

    @property
    def policies(self) -> tuple[str, ...]:
        """The baseline first."""
        return self.experiment.policies

    @property
    def baseline(self) -> str:
        """The policy that the others are compared with."""
        return self.policies[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The policies that are compared with the baseline."""
        return self.policies[1:]

    @property
    def currency(self) -> str:
        """Sign or code of the scenario's currency."""
        return self.experiment.scenario.costs.currency

    @cached_property
    def signs(self) -> dict[str, Sign]:
        """Colour and sign of each policy, by its place in the scenario."""
        return signs_in(self.experiment.scenario, self.policies)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each policy is called, for a reader."""
        return titles_of(self.experiment.scenario, self.policies)

    def called(self, policy: str) -> str:
        """The title of a policy inside a sentence, in quotes where its own signs would confuse."""
        return in_a_sentence(self.titles[policy])

    def called_together(self, policies: Iterable[str]) -> str:
        """The titles of policies in a list inside a sentence."""
        return titles_together(self.titles[policy] for policy in policies)

    @cached_property
    def comparison(self) -> Comparison:
        """The policies of the whole centre by the measures that a verdict could speak of."""
        return compare(self.experiment, ASKED, self.confidence)

    @cached_property
    def hero(self) -> Hero | None:
        """The policy of which every headline speaks."""
        return hero_of(self.comparison, self.experiment.scenario.report.policy)

    def known(self, policy: str, reading: Reading, measure: str | None, unit: str) -> Outcome:
        """What is known of how a policy moves a number, among all claims of the verdict.

        Args:
            policy: by name.
            reading: of the number under it.
            measure: whose claim decides; None for a number that is no measure.
            unit: of the number.

        Returns:
            It differs for certain, by as much as matters and can be written; it is practically
            the same; or that is not known. Where the number is undefined nothing is known.
        """
        shift = reading.shift
        if shift is None or shift.n < 2:
            return "unknown"
        before = reading.level.mean - shift.mean
        claim = self.comparison.claims.get((policy, measure)) if measure else None
        found = claim.outcome if claim is not None else self._decided(reading, measure, unit)
        pair = before, reading.level.mean
        apart = pair_notation(*pair, unit, self.currency).tells_apart(pair)
        return "same" if found == "differs" and not apart else found

    def _decided(self, reading: Reading, measure: str | None, unit: str) -> Outcome:
        """The same of a number that the verdict does not speak of, as one more of its claims."""
        shift = reading.shift
        assert shift is not None, "the baseline differs from nothing"
        name = measure or next(n for n, one in MEASURES.items() if one.unit == unit)
        before = reading.level.mean - shift.mean
        least = relevance_of(name, self._least, before, self._service_cost)
        others = len(self.others)
        among = max(others, len(self.comparison.claims))
        drawn, all_claims, same = (
            t_quantile((1.0 + adjusted(level, count)) / 2.0, shift.n - 1)
            for level, count in (
                *((self.confidence, others), (self.confidence, among)),
                (EQUIVALENCE, among),
            )
        )
        half = shift.half_width / drawn
        if reading.clear and abs(shift.mean) > half * all_claims and not abs(shift.mean) < least:
            return "differs"
        return "same" if abs(shift.mean) + half * same <= least else "unknown"

    @property
    def _least(self) -> Relevance:
        return self.experiment.scenario.relevance

    @cached_property
    def _service_cost(self) -> float:
        return self.measured("service_cost")[self.baseline].level.mean

    @property
    def has_intervals(self) -> bool:
        """One replication shows no spread."""
        return len(self.experiment.replications) > 1

    @property
    def level_name(self) -> str:
        """The confidence as text: ``95 %``."""
        return percent_as_given(self.confidence)

    @property
    def source(self) -> str:
        """Where the numbers come from, for the foot of a chart."""
        run, count = self.experiment, len(self.experiment.replications)
        days = run.scenario.horizon.days
        parts = [
            run.scenario.title or "Scenario without a title",
            f"{count} replication{'s' if count > 1 else ''} of {days} day{'s' if days > 1 else ''}",
            f"seed {run.seed}",
            f"{self.level_name} intervals" if self.has_intervals else "no intervals",
        ]
        return " · ".join(parts) + ("" if run.complete else f" · {run.state}")

    @cached_property
    def doubts(self) -> Mapping[str, Doubts]:
        """Why each policy but the baseline may look better than it is."""
        level, base = adjusted(self.confidence, len(self.others)), self.summaries[self.baseline]

        def pairs(policy: str, measure: str) -> tuple[Floats, Floats]:
            return across(self.summaries[policy], measure), across(base, measure)

        return doubts_by_policy(self.experiment, pairs, level)

    @property
    def foot(self) -> list[str]:
        """Who is missing in the numbers because a policy sends more customers off; the source."""
        return [
            *(f"{self.sent_off(policy)}." for policy in self.others if self.sends_off(policy)),
            self.source,
        ]

    def sends_off(self, policy: str) -> bool:
        """Whether a policy sends off more customers than the baseline."""
        return self.doubts.get(policy, NO_DOUBTS).sends_off

    def sent_off(self, policy: str) -> str:
        """How many more customers a policy sends off, as a clause; empty where it does not."""
        if not self.sends_off(policy):
            return ""
        found = [self.measured(name)[policy].shift for name in SENT_OFF]
        more = sum(one.mean for one in found if one is not None and one.n)
        return f"{self.called(policy)}: {words.points(more)} more customers are sent off"

    def measured(self, measure: str, cut: Cut = TOTAL) -> Readings:
        """A measure under every policy; undefined where the days cannot show it."""
        unseen = math.nan if measure in hidden_in(self.experiment) else 1.0
        return self.readings(
            {
                policy: across(found, measure, cut) * unseen
                for policy, found in self.summaries.items()
            }
        )

    def gathered(self, number: Callable[[Summary], float]) -> Readings:
        """A number of each replication's own under every policy; NaN where undefined."""
        return self.readings(
            {
                policy: np.array([number(one) for one in found], dtype=np.float64)
                for policy, found in self.summaries.items()
            }
        )

    def readings(self, values: Mapping[str, Floats]) -> Readings:
        """Estimate a number from its values in the replications, shape (replications,) each."""
        level = adjusted(self.confidence, len(self.others))
        base = values[self.baseline]
        return {
            policy: Reading(
                estimate(found, self.confidence),
                None if policy == self.baseline else paired_difference(None, found, base, level),
                self.doubts.get(policy, NO_DOUBTS).sends_off,
            )
            for policy, found in values.items()
        }
