"""What cannot work in a scenario and what is worth a warning, its policies included."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.checks.characters import control_characters
from scenarios.checks.problems import Problem, ScenarioError
from scenarios.checks.references import unknown_names
from scenarios.checks.typos import policy_typos
from scenarios.files.documents import document_of
from scenarios.policies.policy import apply, policy_problems, traced
from scenarios.rules import impossible, worth_a_warning
from scenarios.rules.coverage import same_callers_in_other_hours
from scenarios.rules.entries import entries_never_named
from scenarios.schema import Scenario


def check(scenario: Scenario) -> tuple[Problem, ...]:
    """Everything that cannot work; empty for a scenario that came from a file.

    Of the policies keys and values are looked at in any case, what follows from them once the
    scenario itself works.
    """
    document = document_of(scenario)
    problems = [*control_characters(document), *unknown_names(document), *impossible(scenario)]
    return tuple([*problems, *policy_typos(document, problems)] or policy_problems(scenario))


def warnings(
    scenario: Scenario, under: Mapping[str, Scenario] | None = None
) -> tuple[Problem, ...]:
    """Everything that is allowed and may well be a mistake, in the scenario or under a policy.

    Args:
        scenario: with its policies.
        under: what it is under each of them, where that is known; one that does not work says
            nothing here.
    """
    found = [*worth_a_warning(scenario), *entries_never_named(scenario)]
    known = {(problem.key, problem.rule) for problem in found}
    for name, policy in scenario.policies.items():
        try:
            other = apply(scenario, name) if under is None else under[name]
        except ScenarioError:
            continue
        problems = [*worth_a_warning(other), *same_callers_in_other_hours(scenario, other)]
        for problem in problems:
            if (problem.key, problem.rule) not in known:
                path = ("policies", name)
                found.append(traced(problem, policy.changes, policy.remove, path))
    return tuple(found)
