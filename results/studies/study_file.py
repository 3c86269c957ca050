"""The study file: which policies at which points of which scenario, in TOML.

scenario = "retail-complaints"          # by name, or by path from this file
policies = ["ask-the-boss", "empowered"]
measures = ["wait_all", "fcr_complaints", "total_cost"]
replications = 5

[[factors]]
key = "groups.front_line.heads"
range = "32:40:2"                       # from, to, step

[[factors]]
key = "reasons.damaged_item.volume.factor *="
levels = [0.9, 1.0, 1.1]

[precision]                             # instead of replications
fcr_complaints = 0.01                   # half the interval of a difference, at every point
at_most = 60

[report]
question = "How many people does each policy take?"
pictures = ["frontier", "main-effects"]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from results.errors import ExperimentError, unknown
from results.experiments.precision import Precision
from results.measures.registry import MEASURES
from results.studies.choice import shown_measures
from results.studies.design import Point, grid, space_filling
from results.studies.factor import Factor
from results.studies.goal import Goal
from results.studies.plan import StudyPlan, plan_of
from results.studies.study import Study
from scenarios import Scenario, load, override
from scenarios.policies.policy_set import PolicySet

WHAT_MATTERS = "what_matters"
"""Instead of a half-width: the least difference that matters in the scenario."""
AT_LEAST, AT_MOST = 5, 100
"""Replications of the first round, and after which a study ends, precise enough or not."""

GRID, SPACE_FILLING = "grid", "space_filling"


@dataclass(frozen=True)
class StudyFile:
    """A study as it is written down; the scenario is not read yet."""

    scenario: str
    factors: tuple[Factor, ...]
    policies: tuple[str, ...] | None = None
    """None is every policy."""
    measures: tuple[str, ...] | None = None
    """None is the wait, complaints resolved at first contact, and the money."""
    replications: int | None = None
    precision: Precision | None = None
    """Instead of a number of replications: how closely a difference is to be known."""
    seed: int = 1
    goal: Goal | None = None
    """What a measure should come to; of one factor whose levels ascend."""
    worth: str | None = None
    """A policy that is run as it is; the level of the one factor is asked at which the baseline
    does as well."""
    design: str = GRID
    points: int = 0
    """How many points a space-filling design has."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Made under every policy before anything is varied, as with ``--set``."""
    title: str = ""
    question: str = ""
    author: str = ""
    pictures: tuple[str, ...] = ()
    """Those that are drawn, in this order; empty is what suits the factors."""
    folder: Path = Path()
    """Of the file: where the path of a scenario begins."""

    @classmethod
    def of(
        cls,
        scenario: str,
        factor: Factor,
        *,
        policies: Sequence[str] | None = None,
        measures: Sequence[str] | None = None,
        goal: Goal | None = None,
        worth: str | None = None,
    ) -> Self:
        """The study of one factor that a command line asks for."""
        return cls(
            scenario,
            (factor,),
            None if policies is None else tuple(policies),
            None if measures is None else tuple(measures),
            goal=goal,
            worth=worth,
        )

    def load_scenario(self) -> Scenario:
        """The scenario with the changes of the study.

        Raises:
            ScenarioError: it cannot be read, or does not work with the changes.
        """
        beside = self.folder / self.scenario
        own = self.scenario.endswith(".toml") or beside.is_file()
        return override(load(beside if own else self.scenario), self.changes).scenario

    def places(self) -> tuple[Point, ...]:
        """The points of the design.

        Raises:
            ExperimentError: there are too many.
        """
        if self.design == GRID:
            return grid(self.factors)
        return space_filling(self.factors, self.points, self.seed)

    def plan(self, scenario: Scenario | PolicySet) -> StudyPlan:
        """Lay the study out.

        Args:
            scenario: from ``load_scenario``.

        Raises:
            ExperimentError: a policy does not exist, there are too many points, or what is asked
                of one factor is asked of several.
            ScenarioError: the scenario does not work at some points.
        """
        checked = PolicySet.of(scenario)
        policies = self.policies
        if self.worth is not None:
            self._refuse_unworthy(checked, self.worth)
            policies = (checked.scenario.baseline,)
        for asked, key in ((self.goal, "goal"), (self.worth, "worth")):
            if asked is not None and not (len(self.factors) == 1 and self.factors[0].is_ascending):
                raise ExperimentError(
                    f"{key} asks for a level: it needs one factor whose levels are numbers, from "
                    "the lowest to the highest."
                )
        return plan_of(
            checked, self.factors, policies=policies, points=self.places(), beside=self.worth
        )

    def shown(self, study: Study) -> tuple[str, ...]:
        """The measures that the answer is about; of a worth those with a better direction."""
        shown = shown_measures(study, self.measures)
        if self.goal is not None and self.goal.measure not in shown:
            shown = (*shown, self.goal.measure)
        if self.worth is None:
            return shown
        return tuple(name for name in shown if MEASURES[name].better in ("lower", "higher"))

    def _refuse_unworthy(self, checked: PolicySet, policy: str) -> None:
        if policy not in checked.under:
            raise ExperimentError(unknown("policy", policy, checked.under))
        if policy == checked.scenario.baseline:
            raise ExperimentError(
                f"{policy} is the baseline itself, which is worth nothing against itself."
            )
