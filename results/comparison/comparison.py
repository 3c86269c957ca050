"""A comparison as data: what the replications say of each policy and measure.

It is made by ``compare``; sentences, tables and pictures are made from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from results.comparison.better_or_worse import Effect
from results.comparison.break_even import BreakEven
from results.comparison.claims import Claim, Key
from results.comparison.doubts import Doubts
from results.comparison.estimate import Estimate, adjusted
from results.measures.slice import Cut
from results.reading.names import in_a_sentence, name_in_words
from scenarios.shares import percent_as_given


@dataclass(frozen=True)
class Difference:
    """How far a policy moves a measure away from the baseline, replication by replication."""

    estimate: Estimate
    """Policy minus baseline; n counts the replications in which both are defined. The interval
    is adjusted for the number of policies compared."""
    relative: float
    """The difference as a share of the baseline's mean; NaN when that is zero."""
    clear: bool
    """The adjusted interval excludes zero."""
    effect: Effect
    """What a clear difference means, by the better direction of the measure."""


@dataclass(frozen=True)
class Finding:
    """What the replications say about one measure under one policy."""

    policy: str
    measure: str
    mean: Estimate
    """Over the replications of this policy alone, its interval not adjusted."""
    difference: Difference | None
    """From the baseline; None for the baseline itself."""


@dataclass(frozen=True)
class Verdicts(Mapping[str, str]):
    """The sentences by policy; printed, they stand under each other."""

    sentences: Mapping[str, str]
    overall: str
    """What holds for all policies together; empty when the sentences say it all."""

    def __getitem__(self, policy: str) -> str:
        """The sentences of one policy."""
        return self.sentences[policy]

    def __iter__(self) -> Iterator[str]:
        """The policies that have a sentence, in order."""
        return iter(self.sentences)

    def __len__(self) -> int:
        """Count the policies."""
        return len(self.sentences)

    def __str__(self) -> str:
        """The sentences of a policy in a line, what holds for all last."""
        return "\n".join([*self.sentences.values(), *([self.overall] if self.overall else [])])


NO_VERDICTS = Verdicts({}, "")
"""Of a comparison about which nothing has been said yet."""


@dataclass(frozen=True)
class Comparison:
    """The policies of an experiment side by side."""

    title: str
    policies: tuple[str, ...]
    """The baseline first."""
    measures: tuple[str, ...]
    cut: Cut
    confidence: float
    replications: int
    currency: str
    findings: Mapping[tuple[str, str], Finding]
    """By policy and measure."""
    state: str
    """Whether the experiment is complete, in a sentence."""
    days: float = 1.0
    """Calendar days that are measured: money is per day of these."""
    doubts: Mapping[str, Doubts] = field(default_factory=dict)
    """By policy but the baseline, why it may look better than it is."""
    unseen: str = ""
    """What the days cannot show because cases outlast them, in a sentence; empty for most."""
    left_out: tuple[str, ...] = ()
    """Measures of those compared that the days cannot show, though the scenario has them."""
    customer_value: float = math.nan
    """Money that a customer is counted as worth; NaN without [loyalty]."""
    break_even: Mapping[str, BreakEven] = field(default_factory=dict)
    """By policy but the baseline, from what value of a customer on it pays, where [loyalty] is."""
    claims: Mapping[Key, Claim] = field(default_factory=dict)
    """By policy but the baseline and measure, what the verdict may say, decided all together; over
    every measure that it could speak of, compared here or not."""
    answer_within_s: tuple[float, ...] = (20.0,)
    """Seconds within which the service level counts an answer; several where reasons or channels
    have targets of their own, the shortest first."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """By policy, what a reader calls it."""
    verdicts: Verdicts = NO_VERDICTS
    """One sentence for each policy, in a manager's words."""

    @property
    def baseline(self) -> str:
        """The policy that the others are compared with."""
        return self.policies[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The policies that are compared with the baseline."""
        return self.policies[1:]

    def title_of(self, policy: str) -> str:
        """What a reader calls a policy."""
        return self.titles.get(policy) or name_in_words(policy)

    def called(self, policy: str) -> str:
        """The same inside a sentence."""
        return in_a_sentence(self.title_of(policy))

    @property
    def tried(self) -> str:
        """How many policies are compared with the baseline, as text."""
        count = len(self.others)
        return f"{count} {'policy' if count == 1 else 'policies'}"

    @property
    def method(self) -> str:
        """How the intervals were made, in sentences for a report."""
        if self.replications < 2:
            return "One replication: no intervals, so a difference may be chance."
        means = (
            f"Means over {self.replications} replications with {_percent(self.confidence)} "
            "t intervals."
        )
        if not self.others:
            return means
        each = _percent(adjusted(self.confidence, len(self.others)))
        return (
            f"{means} Differences from {self.called(self.baseline)} within the same replication "
            f"(same customers under every policy), with t intervals at {each} each, so that for "
            f"every measure all"
            f" {len(self.others)} hold together with {_percent(self.confidence)} (Bonferroni). "
            f"Marks are not adjusted for the number of measures; sentences are. {self._claimed}"
        )

    @property
    def _claimed(self) -> str:
        """How sentences are decided, in sentences for a report."""
        chance = _percent(1.0 - self.confidence)
        return (
            f"Of {len(self.claims)} claims, policies times measures that a verdict could speak of, "
            f"one is made where the paired t test holds among all (Holm, {chance}) and the "
            "difference is as large as [relevance] asks. Practically the same is what lies within "
            "that by the 90 % interval (Bonferroni over all claims); the rest is not known yet."
        )


def _percent(confidence: float) -> str:
    return percent_as_given(confidence)
