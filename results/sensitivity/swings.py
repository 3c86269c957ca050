"""Swings: how far each assumption moves an answer, and whether it turns the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from results.comparison.comparison import Difference
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.names import in_a_sentence, name_in_words
from results.reading.notation import Notation, row_notation
from scenarios.policies.driving_figures import DrivingFigure
from scenarios.register import Assumption
from scenarios.register.entry import Standing


@dataclass(frozen=True)
class Swing:
    """What one assumption does to the difference between a policy and the baseline."""

    policy: str
    assumption: Assumption | DrivingFigure
    keys: tuple[str, ...]
    """Key paths in the scenario, moved together."""
    low: float
    """The value at the low end."""
    high: float
    as_assumed: Difference
    at_low: Difference
    """The policy minus the baseline with the assumption at its low end."""
    at_high: Difference
    own: bool = False
    """The scenario sets the value itself, to something else than the default."""

    @property
    def strength(self) -> Standing:
        """How well the value is known that the scenario has."""
        return "own" if self.own else self.assumption.strength

    @property
    def span(self) -> float:
        """How far the difference moves from one end to the other, in the unit of the measure."""
        means = [one.estimate.mean for one in (self.as_assumed, self.at_low, self.at_high)]
        return max(means) - min(means)

    @property
    def turned_at(self) -> tuple[float, ...]:
        """Ends of the range at which the verdict is another one; empty where it stands.

        A difference that grows and yet is no longer clear is only known less closely.
        """
        ends = ((self.low, self.at_low), (self.high, self.at_high))
        return tuple(end for end, there in ends if self._turns(there))

    def _turns(self, there: Difference) -> bool:
        before, after = self.as_assumed.estimate.mean, there.estimate.mean
        if there.effect == "unclear" and before * after > 0.0:
            return self.as_assumed.clear and abs(after) < abs(before)
        return there.effect != self.as_assumed.effect


def notation_of(swing: Swing, unit: str, currency: str) -> Notation:
    """How the differences of a swing are written next to each other."""
    ends = (swing.at_low, swing.as_assumed, swing.at_high)
    return row_notation([], [one.estimate.mean for one in ends if one.clear], unit, currency)


@dataclass(frozen=True)
class Sensitivity:
    """How far the answer about one measure depends on the assumptions behind it."""

    measure: str
    policies: tuple[str, ...]
    """The baseline first."""
    replications: int
    """Under each policy and at each end; the whole ones when it was interrupted."""
    planned: int
    complete: bool
    currency: str
    swings: Mapping[str, tuple[Swing, ...]]
    """By policy other than the baseline, the assumption with the largest swing first."""
    levers: tuple[str, ...]
    """Key paths that the policies themselves set differently, and which were left alone."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """By policy, what a reader calls it."""

    def title_of(self, policy: str) -> str:
        """What a reader calls a policy."""
        return self.titles.get(policy) or name_in_words(policy)

    def called(self, policy: str) -> str:
        """The same inside a sentence."""
        return in_a_sentence(self.title_of(policy))

    @property
    def tested(self) -> str:
        """How many assumptions and figures of the scenario were varied, of how many in use."""
        first = next(iter(self.swings.values()), ())
        own = sum(isinstance(swing.assumption, DrivingFigure) for swing in first)
        assumed, whole = len(first) - own, len(first) - own + len(self.levers)
        noun = "assumption" if whole == 1 else "assumptions"
        said = f"{assumed} {noun}" if assumed == whole else f"{assumed} of {whole} {noun}"
        return f"{said} and {own} figures of the scenario" if own else said

    def turning(self, policy: str) -> tuple[Swing, ...]:
        """The assumptions that turn the verdict on a policy, the largest swing first."""
        return tuple(swing for swing in self.swings[policy] if swing.turned_at)

    @property
    def verdicts(self) -> Mapping[str, str]:
        """One sentence for each policy: what its verdict depends on."""
        return {policy: self._sentence(policy) for policy in self.swings}

    def _sentence(self, policy: str) -> str:
        swings, turning = self.swings[policy], self.turning(policy)
        name = self.called(policy)
        title = MEASURES[self.measure].title.lower()
        if not swings and self.levers:
            return f"{name}: everything that could be varied is set by the policies."
        if not swings:
            return f"{name}: nothing that could be varied is in use."
        if turning:
            named = "; ".join(_turn(swing) for swing in turning)
            return f"{name}: the verdict on {title} depends on what nobody knows for sure: {named}."
        most = swings[0]
        if not most.span > 0.0:
            return f"{name}: nothing that was varied moves its difference in {title}."
        size = words.size(most.span, MEASURES[self.measure].unit, self.currency)
        return (
            f"{name}: none of {self.tested} alone turns the verdict on {title}; "
            f"{_named(most)} moves the difference most, by {size}."
        )


def _turn(swing: Swing) -> str:
    ends = {swing.low: swing.at_low, swing.high: swing.at_high}
    said = " and ".join(
        f"{ends[end].effect} at {swing.assumption.written(end)}" for end in swing.turned_at
    )
    return f"{_named(swing)}: {swing.as_assumed.effect} as assumed, {said}"


def _named(swing: Swing) -> str:
    title = swing.assumption.title
    return f"{title[0].lower()}{title[1:]} ({swing.keys[0]})"
