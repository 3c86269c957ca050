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
