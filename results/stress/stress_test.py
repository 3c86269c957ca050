"""What a stress test found: where each policy breaks, and where it breaks first.

A policy breaks under a stress where its service level falls short of the scenario's target, or an
expectation of it does not hold, and that is beyond chance. Which comes first is decided by how far
the mean lies within its bound, as a share of the bound. Abandonment and complaints resolved at
first contact have no bound of their own: they are compared with the same policy unstressed.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from results.comparison.compare import Pair, paired_difference
from results.comparison.comparison import Difference
from results.comparison.doubts import doubts_of
from results.comparison.estimate import Estimate, across, adjusted, estimate
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.expectations import Checked, Expected, Outcome, checked, expected_of, values_of
from results.measures.summary import Summary
from results.reading.names import in_a_sentence, title_of_policy
from results.stress.stress import AS_IT_IS, StressPlan, StressRun
from scenarios.parts.expectation import Expectation

TARGET = "targets.service_level"
"""What the target of the scenario is called among the expectations."""

BOUND = "service_level"
COMPARED = ("abandonment", "fcr_complaints")
"""Measures without a bound of their own."""
MEASURES_SHOWN = (BOUND, *COMPARED)

ROUNDING = 1e-9
"""Shares of a bound that differ by less are the same."""


@dataclass(frozen=True)
class Cell:
    """One policy under one stress, or as it is."""

    policy: str
    stress: str
    """``AS_IT_IS`` for none."""
    levels: Mapping[str, Estimate] = field(default_factory=dict)
    """By measure of ``MEASURES_SHOWN``; empty where the stress is not possible."""
    shifts: Mapping[str, Difference] = field(default_factory=dict)
    """From the same policy as it is, with the same customers; empty for itself."""
    bounds: tuple[Checked, ...] = ()
    """The target first, then what is expected of the policy."""

    @property
    def outcome(self) -> Outcome:
        """Whether every bound holds; a bound on what is not measured here counts as none."""
        outcomes = {one.outcome for one in self.bounds if one.found.n}
        if "does_not_hold" in outcomes:
            return "does_not_hold"
        return "not_known" if "not_known" in outcomes or not outcomes else "holds"

    @property
    def broken(self) -> tuple[Checked, ...]:
        """The bounds that do not hold."""
        return tuple(one for one in self.bounds if one.outcome == "does_not_hold")

    @property
    def nearest(self) -> Checked | None:
        """The bound that the policy comes nearest to, or falls furthest short of."""
        known = [one for one in self.bounds if not math.isnan(one.slack)]
        return min(known, key=lambda one: one.slack, default=None)

    def only(self, names: Container[str]) -> Cell:
        """The same with the bounds of these names and no others."""
        return replace(self, bounds=tuple(one for one in self.bounds if one.name in names))

    def is_further_than(self, other: Cell) -> bool:
        """Whether it lies further outside its bounds than another, beyond rounding."""
        return self.slack < other.slack - ROUNDING

    @property
    def slack(self) -> float:
        """How far it lies within its bounds, as a share of the nearest; NaN without one."""
        return math.nan if self.nearest is None else self.nearest.slack


@dataclass(frozen=True)
class StressTest:
    """Every policy under every stress."""

    plan: StressPlan
    cells: Mapping[tuple[str, str], Cell]
    """By policy and stress; every pair has one."""
    replications: int
    planned: int
    seed: int
    complete: bool
    state: str
    """Whether it is complete, in a sentence."""
    confidence: float

    @property
    def policies(self) -> tuple[str, ...]:
        """The baseline first."""
        return tuple(self.plan.policies)

    @property
    def columns(self) -> tuple[str, ...]:
        """``AS_IT_IS``, then the names of the stresses."""
        return (AS_IT_IS, *(one.name for one in self.plan.stresses))

    @property
    def titles(self) -> dict[str, str]:
        """What each column is called."""
        return {AS_IT_IS: "As it is", **{one.name: one.title for one in self.plan.stresses}}

    def title_of(self, policy: str) -> str:
        """What a reader calls a policy."""
        return title_of_policy(self.plan.scenario, policy)

    def called(self, policy: str) -> str:
        """The same inside a sentence."""
        return in_a_sentence(self.title_of(policy))

    @property
    def expected(self) -> tuple[str, ...]:
        """The names of all bounds, the target first."""
        named = (one.name for cell in self.cells.values() for one in cell.bounds)
        return tuple(dict.fromkeys(named))

    @property
    def currency(self) -> str:
        """Sign or code of the scenario's currency."""
        return self.plan.scenario.costs.currency

    def stressed(self, policy: str) -> tuple[Cell, ...]:
        """The cells of a policy under the stresses that are possible for it."""
        found = (self.cells[policy, stress] for stress in self.columns[1:])
        return tuple(cell for cell in found if cell.levels)

    def first_to_break(self, policy: str) -> Cell | None:
        """The stress under which a policy falls furthest short; None where none makes it break.

        Bounds that the policy misses even as it is count only where no other breaks, and where a
        stress takes it further from them.
        """
        as_it_is = self.cells[policy, AS_IT_IS]
        missed = {one.name for one in as_it_is.broken}
        kept = {one for one in self.expected if one not in missed}
        for names in (kept, missed):
            cells = worst_first(cell.only(names) for cell in self.stressed(policy))
            broken = [cell for cell in cells if cell.broken]
            if broken and broken[0].is_further_than(as_it_is.only(names)):
                return self.cells[policy, broken[0].stress]
        return None


def worst_first(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells by how far they lie within their bounds, the furthest short first."""
    return tuple(sorted(cells, key=lambda cell: (math.isnan(cell.slack), cell.slack)))


def judge(ran: StressRun, confidence: float = 0.95) -> StressTest:
    """Hold every policy under every stress to the targets and to what is expected of it.

    Args:
        ran: of which at least one replication is finished under every policy and stress.
        confidence: of the intervals, and of all differences of a policy together.

    Raises:
        ExperimentError: nothing is finished under every policy and stress.
    """
    experiment = ran.experiment
    if not experiment.replications:
        raise ExperimentError(f"There is nothing to report yet. {ran.state}")
    hidden = hidden_in(experiment)
    expected = expected_of(ran.plan.scenario, ran.plan.policies)
    columns = (AS_IT_IS, *(one.name for one in ran.plan.stresses))
    judging = _Judging(ran, confidence, expected, hidden)
    return StressTest(
        plan=ran.plan,
        cells={(p, s): judging.cell(p, s) for p in ran.plan.policies for s in columns},
        replications=len(experiment.replications),
        planned=experiment.planned,
        seed=experiment.seed,
        complete=experiment.complete,
        state=ran.state,
        confidence=confidence,
    )


@dataclass(frozen=True)
class _Judging:
    ran: StressRun
    confidence: float
    expected: Sequence[Expected]
    hidden: frozenset[str]

    def cell(self, policy: str, stress: str) -> Cell:
        found = self.ran.summaries(policy, stress)
        if not found:
            return Cell(policy, stress)
        return Cell(
            policy,
            stress,
            {name: estimate(across(found, name), self.confidence) for name in MEASURES_SHOWN},
            {} if stress == AS_IT_IS else self._shifts(policy, found),
            tuple(
                checked(one, values_of(one.expectation, found, self.hidden))
                for one in self._bounds(policy)
            ),
        )

    def _shifts(self, policy: str, found: Sequence[Summary]) -> dict[str, Difference]:
        """How far a stress moves each measure, replication by replication."""
        base = self.ran.summaries(policy, AS_IT_IS)
        level = adjusted(self.confidence, len(self.ran.plan.stresses))

        def pairs(name: str) -> Pair:
            return across(found, name), across(base, name)

        doubts = doubts_of(pairs, level)
        return {
            name: paired_difference(name, *pairs(name), level, doubts) for name in MEASURES_SHOWN
        }

    def _bounds(self, policy: str) -> tuple[Expected, ...]:
        target = self.ran.plan.policies[policy].targets.service_level
        bound = Expectation(measure=BOUND, at_least=target, confidence=self.confidence)
        own = (one for one in self.expected if one.policy == policy)
        return (Expected(TARGET, policy, bound), *own)
