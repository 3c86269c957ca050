"""Rules about root causes: a case has one, and what is tracked can be noted."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.problems import Problem, found
from scenarios.schema import Scenario


def one_cause_for_a_case(scenario: Scenario) -> Iterator[Problem]:
    """The causes of a reason bring at most all of its cases."""
    for name in scenario.reasons:
        shares = [(key, c.share) for key, c in scenario.root_causes.items() if name in c.reasons]
        total = sum(share for _, share in shares)
        if total > 1.0 + 1e-9:
            key, share = shares[-1]
            rule = f"brings the causes of {name} to {total:g}; together they must be at most 1"
            yield found(("root_causes", key, "share"), share, rule)


def complaints_to_note(scenario: Scenario) -> Iterator[Problem]:
    """Only complaints are noted, so a cause that is tracked brings some."""
    for name, cause in scenario.root_causes.items():
        known = [scenario.reasons[each] for each in cause.reasons if each in scenario.reasons]
        if cause.tracked and known and not any(reason.complaint for reason in known):
            rule = "is tracked, and none of its reasons is a complaint: nothing is ever noted"
            hint = "Set complaint = true for a reason, or leave tracked out."
            yield found(("root_causes", name, "tracked"), True, rule, hint)
