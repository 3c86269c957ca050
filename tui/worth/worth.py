"""Worth: how many agents more do as well as a policy, and how many its money would pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from results import Experiment
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.reading.names import in_a_sentence, name_in_words
from results.studies.choice import usual_measures
from results.studies.crossing import Crossing
from results.studies.equal_money import equal_money_words
from results.studies.factor import Factor
from results.studies.goal import worth
from results.studies.plan import AS_IT_IS, StudyPlan, plan_of
from results.studies.study import Study
from results.studies.words import title, written_in
from scenarios import Scenario, ScenarioError
from scenarios.files.toml_text import key_text
from scenarios.parts.staff import Group
from scenarios.policies.roster import crews_of

MOST_MORE = 0.3
"""Agents more that are tried, as a share of the group; at least ``LEAST_MORE``."""
LEAST_MORE = 4
STEPS = 6
REPLICATIONS = 5


@dataclass(frozen=True)
class Worth:
    """What is run to see what a policy is worth in agents of a group."""

    plan: StudyPlan
    policy: str
    group: str
    """Title of the group that has more agents."""

    @property
    def policies(self) -> tuple[str, ...]:
        """The experiment's: the policy as it is, and the baseline with more and more agents."""
        return tuple(self.plan.names.values())

    @property
    def levels(self) -> tuple[int, ...]:
        """Agents more, ascending from none."""
        return tuple(self.plan.factors[0].levels)

    def study(self, experiment: Experiment) -> Study:
        """What was found."""
        return Study(self.plan, experiment)

    def sentences(self, study: Study) -> Iterator[str]:
        """What is known: measure by measure, then the money."""
        measures = usual_measures(study)
        baseline = study.plan.policies[0]
        for name in measures:
            if MEASURES[name].unit != "money":
                yield self._measure(study, name, worth(study, self.policy, baseline, name))
        compared = [name for name in measures if MEASURES[name].unit != "money"]
        yield equal_money_words(study, self.policy, compared, self._agents)

    def drawn(self, study: Study) -> list[str]:
        """Measures whose curve over the agents more says something; not money."""
        baseline = study.plan.policies[0]
        return [
            name
            for name in usual_measures(study)
            if MEASURES[name].unit != "money" and any(one.n for one in study.curve(baseline, name))
        ]

    def reached(self, study: Study, measure: str) -> float:
        """What a measure is under the policy as it is; NaN where it is not known."""
        return study.level((self.policy, AS_IT_IS), measure).mean

    def _agents(self, more: int) -> str:
        count = {0: "no more agents", 1: "1 more agent"}.get(more, f"{more} more agents")
        return f"{count} of {self.group}"

    def _measure(self, study: Study, name: str, found: Crossing) -> str:
        value = written_in(study, name).value(study.level((self.policy, AS_IT_IS), name).mean)
        said = f"{title(study, name)}, {value}: worth"
        most = self.levels[-1]
        if not found.is_reached:
            return f"{said} more than {most} agents: with {most} more it is not reached"
        if found.begins_beyond:
            return f"{said} no agent: as good without one more"
        high = f"to {found.high:.1f}" if found.high <= most else f"to more than {most}"
        return f"{said} {found.at:.1f} agents ({found.low:.1f} {high})"


def worth_of(scenario: Scenario, policy: str) -> Worth:
    """Lay out what is run.

    Args:
        scenario: with its policies.
        policy: whose worth is asked; not the baseline.

    Raises:
        ExperimentError: the policy is the baseline, or no group of the front line can have more
            agents.
    """
    if policy == scenario.baseline:
        raise ExperimentError("The baseline is what agents are added to: choose another policy.")
    name, heads = _largest(scenario)
    most = max(LEAST_MORE, round(MOST_MORE * heads))
    levels = sorted({round(most * step / STEPS) for step in range(STEPS + 1)})
    factor = Factor(f"{key_text(('groups', name, 'heads'))} +=", tuple(levels))
    try:
        plan = plan_of(scenario, [factor], policies=[scenario.baseline], beside=policy)
    except ScenarioError as error:
        raise ExperimentError(f"More agents do not work in this scenario: {error}") from error
    group = scenario.groups[name].title or name_in_words(name)
    return Worth(plan, policy, in_a_sentence(group))


def _largest(scenario: Scenario) -> tuple[str, int]:
    """The group that customers reach first with most people, and how many."""
    sizes = {n: _heads(group) for n, group in scenario.groups.items() if group.tier == 1}
    if not any(sizes.values()):
        raise ExperimentError("No group that customers reach first has people to be added to.")
    name = max(sizes, key=sizes.__getitem__)
    return name, sizes[name]


def _heads(group: Group) -> int:
    if group.shifts:
        shifts = {name: shift.model_dump() for name, shift in group.shifts.items()}
        return sum(crews_of(shifts).values())
    return group.heads or 0
