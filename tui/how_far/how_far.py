"""How far: one knob at several levels, with the same customers at each of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from results import Experiment
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.names import in_a_sentence
from results.studies.factor import Factor
from results.studies.goal import Goal, reached
from results.studies.plan import StudyPlan
from results.studies.study import Study
from results.studies.turning import turning_of
from results.studies.words import title
from scenarios import Policy, Scenario
from scenarios.policies.policy_set import PolicySet
from tui.what_if.bench import Bench, RefusedError
from tui.what_if.day import Stretch
from tui.what_if.knob import Knob

SHOWN = ("asa", "fcr_complaints", "total_cost")
INSTEAD = {"asa": "wait_all", "fcr_complaints": "fcr", "total_cost": "service_cost"}
"""What is drawn, and what instead of it where it is undefined."""
STEPS_EACH_WAY = 4
"""Levels below and above the one at which the knob stands."""
LEAST_RANGE = 0.25
"""How far the levels go at least, as a share of the knob's value."""
REPLICATIONS = 8
HEADS = ".heads"
"""Ends the keys of knobs that count agents."""


@dataclass(frozen=True)
class Level:
    """One level of the knob."""

    value: Any
    words: str
    """For a reader."""
    policy: str
    """What it is called in the experiment."""


@dataclass(frozen=True)
class HowFar:
    """What is run to see how far a knob should be turned."""

    knob: Knob
    levels: tuple[Level, ...]
    plan: StudyPlan
    besides: str = ""
    """What else is turned at every level; empty for nothing."""

    @property
    def scenario(self) -> Scenario:
        """With a policy for each level."""
        return self.plan.combined.scenario

    @property
    def policies(self) -> tuple[str, ...]:
        """The experiment's, in the order of the levels."""
        return tuple(level.policy for level in self.levels)

    def place_of(self, value: Any) -> int | None:
        """At which level a value stands; None where at none of them."""
        values = [level.value for level in self.levels]
        return values.index(value) if value in values else None

    def study(self, experiment: Experiment) -> Study:
        """What was found, as a study of one factor."""
        return Study(self.plan, experiment)


def how_far(bench: Bench, knob: Knob, stretch: Stretch) -> HowFar:
    """Lay out the levels of a knob.

    Everything else stands as it is turned now. Levels at which the scenario does not work are left
    out.

    Raises:
        RefusedError: there are not two levels at which it works.
    """
    base = bench.over(stretch.scenario).model_copy(update={"policies": {}})
    added: dict[str, Policy] = {}
    levels: list[Level] = []
    for value in _values(knob, bench.base):
        try:
            turned = bench.turn(knob.key, value).turned
        except RefusedError:
            continue
        words = knob.words(value)
        name = f"{len(levels) + 1}: {words}"
        changes, removed = dict(turned.changes), turned.remove
        added[name] = Policy(title=f"{knob.title}: {words}", changes=changes, remove=removed)
        levels.append(Level(value, words, name))
    if len(levels) < 2:
        raise RefusedError(f"{knob.title} has no other level at which this scenario works.")
    combined = PolicySet.of(base.model_copy(update={"policies": added}))
    numbered = knob.kind == "number"
    factor = Factor(knob.key, tuple(one.value if numbered else at for at, one in enumerate(levels)))
    points = tuple({knob.key: level} for level in factor.levels)
    names = {(base.baseline, at): one.policy for at, one in enumerate(levels)}
    plan = StudyPlan(base, (base.baseline,), (factor,), points, combined, names)
    besides = "; ".join(f"{one.title}: {one.shown}" for one in bench.changed if one.key != knob.key)
    return HowFar(knob, tuple(levels), plan, besides)


def _values(knob: Knob, scenario: Scenario) -> list[Any]:
    if knob.kind == "switch":
        return [False, True]
    if knob.kind == "choice":
        names, limits = list(knob.choices), scenario.authority
        if all(name in limits for name in names):
            names.sort(key=lambda name: limits[name].limit)
        return names
    return sorted({*_steps(knob, -1), knob.value, *_steps(knob, +1), *_base(knob)})


def _base(knob: Knob) -> list[float]:
    return [] if knob.base is None else [knob.base]


def _steps(knob: Knob, direction: int) -> Iterator[float]:
    """Round levels in one direction: single steps, or several at once where a step is short."""
    step = abs(knob.stepped(direction) - knob.value)
    wanted = LEAST_RANGE * abs(knob.value) / STEPS_EACH_WAY
    many = max(1, round(wanted / step)) if step and math.isfinite(step) else 1
    now = knob
    for _ in range(STEPS_EACH_WAY):
        for _ in range(many):
            now = replace(now, value=now.stepped(direction))
        yield now.value


# -- what it says ----------------------------------------------------------------------------


def drawn_measures(study: Study) -> tuple[str, ...]:
    """Wait, first contact and money, each in the form that the scenario has."""
    (policy,) = study.plan.policies
    chosen = (
        name if any(one.n for one in study.curve(policy, name)) else INSTEAD[name] for name in SHOWN
    )
    return tuple(name for name in chosen if any(one.n for one in study.curve(policy, name)))


def turning_sentence(found: HowFar, study: Study, measure: str) -> str:
    """From which level on more of the knob brings nothing that matters; empty while unknown."""
    (policy,) = study.plan.policies
    turning = turning_of(study, policy, measure)
    if turning is None:
        return ""
    choices = found.knob.kind != "number"
    words = [f"“{one.words}”" if choices else one.words for one in found.levels]
    if len(turning.alike) == len(words):
        return "no level is known to be better by as much as matters"
    if turning.enough == 0:
        return f"no level is known to be better than {words[0]} by as much as matters"
    if turning.enough == len(words) - 1:
        return f"still better at {words[-1]} than at any level before"
    best = "" if turning.enough == turning.best else f", best at {words[turning.best]}"
    enough = words[turning.enough]
    return f"beyond {enough}, no level is known to be better by as much as matters{best}"


def usual_goal(scenario: Scenario) -> Goal:
    """The goal that the scenario itself names."""
    return Goal("service_level", at_least=True, value=scenario.targets.service_level)


def goal_sentence(found: HowFar, study: Study, goal: Goal) -> str:
    """The least level of the knob that reaches a goal, with its interval."""
    (policy,) = study.plan.policies
    said = _aim(study, goal)
    known = [one for one in study.curve(policy, goal.measure) if one.n]
    if not known:
        return f"{said}. This scenario does not measure it"
    if found.knob.kind != "number":
        return _first_choice(found, study, goal, said)
    crossing = reached(study, policy, goal)
    knob, last = found.knob, found.levels[-1].words
    if not crossing.is_reached:
        return _from_above(found, study, goal, said)
    if crossing.begins_beyond and crossing.returns is None:
        return f"{said}. Reached already at {found.levels[0].words}"
    if crossing.begins_beyond and crossing.returns is not None:
        most = crossing.returns
        at = rounded(knob, most.at, up=False)
        return f"{said}. Reached up to {at}{_between(knob, most.low, most.high)}"
    at = rounded(knob, crossing.at, up=True) + (" agents" if counts_agents(knob) else "")
    if math.isinf(crossing.high):
        return f"{said}. Reached from {at} on, not certain up to {last}"
    return f"{said}. Reached from {at} on{_between(knob, crossing.low, crossing.high)}"


def counts_agents(knob: Knob) -> bool:
    """Whether the levels of a knob are numbers of agents."""
    return knob.unit.whole and knob.key.endswith(HEADS)


def _aim(study: Study, goal: Goal) -> str:
    unit, currency = MEASURES[goal.measure].unit, study.plan.scenario.costs.currency
    sign = "at least" if goal.at_least else "at most"
    name = title(study, goal.measure)
    return f"Goal: {name[:1].lower()}{name[1:]} {sign} {numbers.goal(goal.value, unit, currency)}"


def _from_above(found: HowFar, study: Study, goal: Goal, said: str) -> str:
    (policy,) = study.plan.policies
    best = max(goal.short_by(one).mean for one in study.curve(policy, goal.measure) if one.n)
    unit = MEASURES[goal.measure].unit
    short = numbers.size(best, unit, study.plan.scenario.costs.currency)
    first, last = found.levels[0].words, found.levels[-1].words
    return f"{said}. Not reached from {first} to {last}, short by {short} at the best"


def _first_choice(found: HowFar, study: Study, goal: Goal, said: str) -> str:
    (policy,) = study.plan.policies
    curve = study.curve(policy, goal.measure)
    short = [goal.short_by(one) for one in curve]
    sure = next((at for at, one in enumerate(short) if one.mean - one.half_width >= 0.0), None)
    if sure is None:
        return f"{said}. No choice is known to reach it"
    return f"{said}. The first that reaches it: {in_a_sentence(found.levels[sure].words)}"


def rounded(knob: Knob, value: float, *, up: bool) -> str:
    """A level between two that were run; whole people where the knob counts people."""
    if knob.unit.whole:
        return knob.words(math.ceil(value - 1e-9) if up else math.floor(value + 1e-9))
    return knob.words(float(f"{value:.3g}"))


def _between(knob: Knob, low: float, high: float) -> str:
    if math.isinf(low) or math.isinf(high) or math.isnan(low) or math.isnan(high):
        return ""
    ends = rounded(knob, low, up=True), rounded(knob, high, up=True)
    return f" ({ends[0]} to {ends[1]})" if ends[0] != ends[1] else ""
