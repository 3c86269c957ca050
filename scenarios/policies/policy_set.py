"""A policy set: a scenario with what it becomes under each of its policies, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.policies.policy import policies_of
from scenarios.schema import Scenario


@dataclass(frozen=True)
class PolicySet:
    """A scenario whose policies are checked; where there is one they need no further check."""

    scenario: Scenario
    under: Mapping[str, Scenario]
    """The scenario under each of its policies by name, the baseline first."""

    @classmethod
    def of(cls, scenario: Scenario | PolicySet) -> PolicySet:
        """The policies of a scenario, checked here and now unless they are already.

        Raises:
            ScenarioError: with the problems of every policy that does not work.
        """
        if isinstance(scenario, PolicySet):
            return scenario
        return cls(scenario, policies_of(scenario))
