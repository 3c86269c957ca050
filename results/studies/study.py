"""A study that was run: what each policy does at each point, and how any two differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, across, estimate
from results.comparison.unseen import hidden_in
from results.experiments.experiment import Experiment, run
from results.experiments.precision import Precision
from results.experiments.progress import Progress
from results.experiments.replications import FLOOR, Engine
from results.measures.registry import MEASURES
from results.runs.table import Table, table_of_columns
from results.sensitivity.sensitivity import default_replications
from results.studies.design import Point
from results.studies.factor import Factor
from results.studies.plan import AS_IT_IS, Place, StudyPlan, plan_of
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet

DEFAULT_REPLICATIONS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """A plan with what its replications found; only replications finished everywhere count."""

    plan: StudyPlan
    experiment: Experiment
    """Of the combined scenario."""

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the replications that count."""
        return self.experiment.replications

    @property
    def replications(self) -> int:
        """How many count."""
        return len(self.numbers)

    @property
    def state(self) -> str:
        """One sentence: what is there, what is missing, and what counts."""
        one, each = self.experiment, self.plan.simulations_each
        if one.complete:
            return f"All {one.planned} replications of {each} simulations are finished."
        return (
            f"Interrupted: of {one.planned * each} simulations planned {len(one.finished)} are "
            f"finished; {self.replications} of {one.planned} replications are whole and count."
        )

    def values(self, place: Place, measure: str) -> Floats:
        """A measure under a policy at a point, shape (replications,); NaN where undefined.

        It is undefined where the days cannot show it.
        """
        name, finished = self.plan.names[place], self.experiment.finished
        found = across([finished[name, number] for number in self.numbers], measure)
        return found * math.nan if measure in self._hidden else found

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return hidden_in(self.experiment)

    def level(self, place: Place, measure: str, confidence: float = 0.95) -> Estimate:
        """The mean under a policy at a point, with its t interval."""
        return estimate(self.values(place, measure), confidence)

    def difference(
        self, place: Place, other: Place, measure: str, confidence: float = 0.95
    ) -> Estimate:
        """How far one policy at one point lies above another one at another point.

        Both met the same customers, so that the interval is that of the paired differences.
        """
        return estimate(self.values(place, measure) - self.values(other, measure), confidence)

    def curve(self, policy: str, measure: str) -> tuple[Estimate, ...]:
        """The mean of a measure under a policy at every point, in the order of the points."""
        return tuple(self.level((policy, at), measure) for at in range(len(self.plan.points)))

    def table(self, measures: Sequence[str] | None = None) -> Table:
        """The study for pandas, polars, Arrow or NumPy: ``study.table().to_pandas()``.

        A row for each policy, point and replication, with its factors and measures.

        Args:
            measures: by name; all when None.
        """
        return table_of_columns(self.columns(tuple(MEASURES) if measures is None else measures))

    def columns(self, measures: Sequence[str]) -> dict[str, NDArray[Any]]:
        """The same as columns: policy, point, each factor, replication, each measure.

        A factor whose levels are not all numbers is a column of text.
        """
        rows = list(self.rows(measures))
        kinds: dict[str, type[Any]] = {"policy": object, "point": np.int64, "replication": np.int64}
        kinds |= {one.key: object for one in self.plan.factors if not one.is_ordered}
        return {
            name: np.array([str(row[name]) if kind is object else row[name] for row in rows], kind)
            for name in (rows[0] if rows else ())
            for kind in [kinds.get(name, np.float64)]
        }

    def rows(self, measures: Sequence[str]) -> Iterator[dict[str, Any]]:
        """One tidy row for each policy, point and replication: its factors, then its measures."""
        summaries = self.experiment.summaries
        for (policy, at), name in self.plan.names.items():
            none = dict.fromkeys((factor.key for factor in self.plan.factors), math.nan)
            point: Point = none if at == AS_IT_IS else self.plan.points[at]
            for number, summary in zip(self.numbers, summaries[name], strict=True):
                values = summary.values["all", ""]
                yield {
                    "policy": policy,
                    "point": at,
                    **point,
                    "replication": number,
                    **{measure: values.get(measure, math.nan) for measure in measures},
                }


def run_study(  # noqa: PLR0913 - each argument is a question of its own
    scenario: Scenario | PolicySet,
    factors: Sequence[Factor],
    *,
    policies: Sequence[str] | None = None,
    points: Sequence[Point] | None = None,
    beside: str | None = None,
    replications: int | None = None,
    precision: Precision | None = None,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    folder: Path | None = None,
    engine: Engine = FLOOR,
) -> Study:
    """Run every policy at every point of a study, with the same customers everywhere.

    Ctrl-C (or a KeyboardInterrupt from ``progress``) ends it and keeps what is finished.

    Args:
        scenario: the centre with its policies.
        factors: what is varied.
        policies: those that are run at every point; all when None.
        points: combinations of levels; the whole grid when None (``design`` has others).
        beside: a policy that is run as it is, to set the points against (``worth``).
        replications: at each point; None is 10, fewer where that takes more than some hundred
            simulations.
        precision: instead, how closely differences are to be known at every point: of each policy
            from the first one, of a single policy from the first point.
        seed: of all random draws.
        workers: as for a run.
        progress: called after each simulation.
        folder: where finished replications are kept as they come, and read back from.
        engine: how a replication is simulated and measured.

    Raises:
        ExperimentError: what was asked cannot be run.
        ScenarioError: the scenario does not work at some points.
        ReplicationError: a replication ended in an error.
    """
    plan = plan_of(scenario, factors, policies=policies, points=points, beside=beside)
    experiment = run(
        plan.combined,
        policies=list(plan.names.values()),
        replications=None if precision else replications or replications_of(plan),
        precision=replace(precision, opposites=plan.opposites) if precision else None,
        seed=seed,
        workers=workers,
        progress=progress,
        folder=folder,
        engine=engine,
    )
    return Study(plan, experiment)


def replications_of(plan: StudyPlan) -> int:
    """How many replications to take when none is given."""
    return default_replications(plan.simulations_each, DEFAULT_REPLICATIONS)
