"""A rule about the answer: what is measured must be there to be measured."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.problems import Problem, found
from scenarios.schema import Scenario


def surveys_of_satisfaction(scenario: Scenario) -> Iterator[Problem]:
    """A survey asks how satisfied customers are."""
    if scenario.survey is not None and scenario.satisfaction is None:
        rule = "asks about satisfaction, of which the scenario says nothing"
        yield found(("survey",), None, rule, "Add [satisfaction]; its defaults will do.")


def lost_cases_priced_once(scenario: Scenario) -> Iterator[Problem]:
    """A price of a lost case and [loyalty] price the same loss."""
    if scenario.costs.lost_case and scenario.loyalty is not None:
        rule = (
            "prices the cases that nobody ever answered; they are left out of the revenue at risk, "
            "which would price them again"
        )
        hint = "Leave one of the two out if you want the other alone."
        yield found(("costs", "lost_case"), scenario.costs.lost_case, rule, hint)
