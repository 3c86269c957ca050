"""The plan of a study: every policy at every point, as policies of one combined scenario.

So it is run, kept, resumed and stored like any other experiment, and every pair of points meets the
same customers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from results.errors import ExperimentError
from results.experiments.experiment import chosen_policies
from results.reading.names import in_a_sentence, title_of_policy
from results.studies.design import Point, grid
from results.studies.factor import Factor
from scenarios import Policy, Scenario, ScenarioError
from scenarios.checks.problems import Problem
from scenarios.files.toml_text import shortened
from scenarios.policies.overrides import on_top
from scenarios.policies.policy_set import PolicySet

AS_IT_IS = -1
"""Stands for no point, where the number of one is asked for."""

Place = tuple[str, int]
"""A policy, and the number of a point, or ``AS_IT_IS``."""


@dataclass(frozen=True)
class StudyPlan:
    """What a study simulates."""

    scenario: Scenario
    """As it stands, with its own policies."""
    policies: tuple[str, ...]
    """Those that are run at every point, the baseline first where it is one of them."""
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    combined: PolicySet
    """With a policy for each policy at each point."""
    names: Mapping[Place, str]
    """The policy of the combined scenario for each policy at each point."""

    def title_of(self, policy: str) -> str:
        """What a reader calls a policy."""
        return title_of_policy(self.scenario, policy)

    def called(self, policy: str) -> str:
        """The same inside a sentence."""
        return in_a_sentence(self.title_of(policy))

    @property
    def beside(self) -> str | None:
        """The policy that is run as it is, next to the points; None where there is none."""
        return next((policy for policy, at in self.names if at == AS_IT_IS), None)

    @property
    def opposites(self) -> dict[str, str]:
        """What each policy at each point is set against, by the names in the combined scenario.

        The policy that runs as it is, where there is one; else the first policy at the same point;
        of a single policy, the policy itself at the first point.
        """
        first = self.policies[0]
        found = {}
        for place, name in self.names.items():
            _, at = place
            if self.beside is not None:
                other: Place = (self.beside, AS_IT_IS)
            elif len(self.policies) > 1:
                other = (first, at)
            else:
                other = (first, 0)
            if place != other:
                found[name] = self.names[other]
        return found

    @property
    def simulations_each(self) -> int:
        """How many simulations a replication takes."""
        return len(self.names)


def plan_of(
    scenario: Scenario | PolicySet,
    factors: Sequence[Factor],
    *,
    policies: Sequence[str] | None = None,
    points: Sequence[Point] | None = None,
    beside: str | None = None,
) -> StudyPlan:
    """Lay out a study.

    Args:
        scenario: the centre with its policies.
        factors: what is varied; at least one, no key twice.
        policies: those that are run at every point; all when None.
        points: combinations of levels; the whole grid when None.
        beside: a policy that is run as it is, to set the points against; None is none.

    Raises:
        ExperimentError: a policy does not exist, a factor stands twice.
        ScenarioError: the scenario does not work at some points, with each problem once.
    """
    if not factors:
        raise ExperimentError("Nothing is varied: name at least one factor.")
    keys = [factor.key for factor in factors]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise ExperimentError(f"{twice} is a factor twice: once is enough.")
    checked = PolicySet.of(scenario)
    chosen = chosen_policies(checked, policies)
    places = tuple(grid(factors) if points is None else points)
    combined, names = _combined(checked, chosen, places)
    if beside is not None:
        combined, names = _with(checked, beside, combined, names)
    return StudyPlan(checked.scenario, tuple(chosen), tuple(factors), places, combined, names)


def _combined(
    checked: PolicySet, chosen: Mapping[str, Scenario], points: Sequence[Point]
) -> tuple[PolicySet, dict[Place, str]]:
    scenario = checked.scenario
    added: dict[str, Policy] = {}
    under: dict[str, Scenario] = {scenario.baseline: scenario}
    names: dict[Place, str] = {}
    problems: list[Problem] = []
    for number, point in enumerate(points):
        for policy, before in chosen.items():
            try:
                made, after = on_top(scenario, policy, before, point)
            except ScenarioError as error:
                problems += error.problems
                continue
            name = f"{policy} @ {label(point)}"
            names[policy, number] = name
            title = scenario.policies[policy].title if policy in scenario.policies else ""
            added[name] = made.model_copy(update={"title": f"{title or policy}, {label(point)}"})
            under[name] = after
    if problems:
        raise ScenarioError(_each_once(problems))
    combined = scenario.model_copy(update={"policies": added})
    return PolicySet(combined, under), names


def _with(
    checked: PolicySet, policy: str, combined: PolicySet, names: Mapping[Place, str]
) -> tuple[PolicySet, dict[Place, str]]:
    """The combined scenario with a policy as it is."""
    (under,) = chosen_policies(checked, [policy]).values()
    own = checked.scenario.policies.get(policy)
    added = {} if own is None else {policy: own}
    scenario = combined.scenario.model_copy(
        update={"policies": {**combined.scenario.policies, **added}}
    )
    everything = PolicySet(scenario, {**combined.under, policy: under})
    return everything, {**names, (policy, AS_IT_IS): policy}


def label(point: Point) -> str:
    """A point as a name that is unique among the points: ``groups.front_line.heads=30``."""
    return ", ".join(f"{key.rstrip('=')}={shortened(level)}" for key, level in point.items())


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that say the same of another policy or another level."""
    said: set[tuple[str, str]] = set()
    found = []
    for one in problems:
        same = {(one.key, str(one.value)), (one.key, one.rule)}
        if not same & said:
            found.append(one)
        said |= same
    return found
