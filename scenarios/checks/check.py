"""What cannot work in a scenario and what is doubtful, its policies included."""

from __future__ import annotations

from scenarios.checks.characters import control_characters
from scenarios.checks.problems import Problem, ScenarioError
from scenarios.checks.references import unknown_names
from scenarios.checks.slips import policy_slips
from scenarios.files.documents import document_of
from scenarios.policies.policy import apply, policy_problems, traced
from scenarios.rules import doubtful, impossible
from scenarios.rules.hours import same_callers_in_other_hours
from scenarios.rules.unused import entries_never_named
from scenarios.schema import Scenario


def check(scenario: Scenario) -> tuple[Problem, ...]:
    """Everything that cannot work; empty for a scenario that came from a file.

    Of the policies keys and values are looked at in any case, what follows from them once the
    scenario itself works.
    """
    document = document_of(scenario)
    problems = [*control_characters(document), *unknown_names(document), *impossible(scenario)]
    return tuple([*problems, *policy_slips(document, problems)] or policy_problems(scenario))


def warnings(scenario: Scenario) -> tuple[Problem, ...]:
    """Everything that is allowed and may well be a mistake, in the scenario or under a policy."""
    found = [*doubtful(scenario), *entries_never_named(scenario)]
    known = {(problem.key, problem.rule) for problem in found}
    for name, policy in scenario.policies.items():
        try:
            under = apply(scenario, name)
        except ScenarioError:
            continue
        problems = [*doubtful(under), *same_callers_in_other_hours(scenario, under)]
        for problem in problems:
            if (problem.key, problem.rule) not in known:
                path = ("policies", name)
                found.append(traced(problem, policy.changes, policy.remove, path))
    return tuple(found)
