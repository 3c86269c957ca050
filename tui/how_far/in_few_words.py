"""What a sweep says in few words, to stand beside the question that it answers."""

from __future__ import annotations

import math

from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.rows import short_title
from results.reading.within import within
from results.studies.goal import Goal, reached
from results.studies.study import Study
from scenarios.answer_targets import answer_targets
from scenarios.shares import percent_as_given
from tui.how_far.how_far import HowFar, counts_agents, drawn_measures, rounded, turning_sentence


def in_few_words(found: HowFar, study: Study, goal: Goal, *, sought: bool) -> str:
    """What a sweep says: the least level for a goal, or from where on more brings nothing.

    Args:
        found: the levels.
        study: with at least two replications.
        goal: what a measure should come to.
        sought: somebody asked for this goal; else it is the scenario's own, and is left out where
            the knob does not decide about it.
    """
    said = _goal(found, study, goal)
    if said and (sought or _decides(found, study, goal)):
        return said
    for name in drawn_measures(study):
        if turn := turning_sentence(found, study, name):
            return f"{short_title(name)}: {turn}"
    return said


def _decides(found: HowFar, study: Study, goal: Goal) -> bool:
    """Whether the goal is reached at some level and not at all of them, or agents are counted."""
    if counts_agents(found.knob):
        return True
    curve = study.curve(study.plan.policies[0], goal.measure)
    there = {goal.short_by(one).mean >= 0.0 for one in curve if one.n}
    return len(there) > 1


def aim_in_few_words(study: Study, goal: Goal) -> str:
    """A goal as a manager says it: ``80 % in 20 s``."""
    scenario = study.plan.scenario
    if goal.measure == "service_level" and goal.at_least:
        return f"{percent_as_given(goal.value)} in {within(answer_targets(scenario))}"
    value = numbers.goal(goal.value, MEASURES[goal.measure].unit, scenario.costs.currency)
    return f"{short_title(goal.measure)} {'≥' if goal.at_least else '≤'} {value}"


def _goal(found: HowFar, study: Study, goal: Goal) -> str:
    """The level that reaches a goal; empty where the scenario does not measure it."""
    (policy,) = study.plan.policies
    curve = study.curve(policy, goal.measure)
    if not any(one.n for one in curve):
        return ""
    aim = aim_in_few_words(study, goal)
    if found.knob.kind != "number":
        short = [goal.short_by(one) for one in curve]
        sure = next((at for at, one in enumerate(short) if one.mean >= one.half_width), None)
        return f"no level reaches {aim}" if sure is None else f"{found.levels[sure].words}: {aim}"
    agents, (first, *_, last) = counts_agents(found.knob), (one.words for one in found.levels)
    crossing = reached(study, policy, goal)
    if not crossing.is_reached:
        if agents:
            return f"{aim} is not known to be reached by {last} agents"
        return f"{aim} at no level to {last}"
    if crossing.begins_beyond and crossing.returns is not None:
        return f"{aim} up to {rounded(found.knob, crossing.returns.at, up=False)}"
    if crossing.begins_beyond:
        return (
            f"{first} {_reach(first)} {aim} already" if agents else f"{aim} from {first} to {last}"
        )
    at = rounded(found.knob, crossing.at, up=True)
    if math.isinf(crossing.high):
        return f"{aim} perhaps from {at} on, not certain up to {last}"
    most = rounded(found.knob, crossing.high, up=True)
    span = at if most == at else f"{at} to {most}"
    return f"{span} {_reach(most)} {aim}" if agents else f"{aim} from {span} on"


def _reach(count: str) -> str:
    return "agent reaches" if count == "1" else "agents reach"
