"""Root causes: whose contacts each brings, and what it takes to be rid of it."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parts.clock import WEEK_S
from scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class CausePlan:
    """A root cause: whose contacts it brings, and what it takes to be rid of it."""

    position: int
    share: float
    removes: float
    tracked: bool
    threshold: int
    lead_time_s: float
    cost: float
    answers: float
    """Share of its customers who answer the survey and name it in their answer."""
    asks_everybody: bool
    """The survey also goes to those who never reached anybody."""


def causes_of(scenario: Scenario) -> tuple[CausePlan, ...]:
    """All root causes, in the order of the scenario."""
    survey = scenario.survey
    return tuple(
        CausePlan(
            position,
            cause.share,
            cause.removes,
            cause.tracked,
            cause.threshold,
            cause.lead_time_weeks * WEEK_S,
            cause.cost,
            cause.named_in_survey * (survey.response if survey else 0.0),
            survey is not None and survey.asks == "everybody",
        )
        for position, cause in enumerate(scenario.root_causes.values())
    )
