"""What was finished before: replications that need not be run again."""

from __future__ import annotations

from results import Experiment
from results.facts.tier_one import BeyondTierOne
from results.measures.summary import Key, Summary
from scenarios import Scenario
from tui.shell.requests import Request

MOST = 3
"""Comparisons that are remembered."""


class FinishedBefore:
    """The latest comparisons of this session, whole or stopped.

    A policy that was saved, taken in or left out changes nothing about the others: what is
    finished under them counts in the next comparison as well.
    """

    def __init__(self) -> None:
        self._found: list[Experiment] = []

    def keep(self, experiment: Experiment) -> None:
        """Remember what was finished; the comparison of longest ago is forgotten."""
        self._found = [*self._found, experiment][-MOST:]

    def known(self, request: Request) -> dict[Key, Summary]:
        """The replications that a request asks for and that are finished already.

        A replication is the same when customers and rules are: the seed, the scenario under the
        policy whatever that is called, and what counts as beyond the front line for all policies.

        Args:
            request: of a comparison, every kind of cut measured.
        """
        under = Experiment(request.scenario, request.policies, request.seed, 0, {}, False).under
        beyond = BeyondTierOne.of(under.values())
        known: dict[Key, Summary] = {}
        for before in self._found:
            if before.seed != request.seed or BeyondTierOne.of(before.under.values()) != beyond:
                continue
            for policy in request.policies:
                for other in before.policies:
                    if _alone(under[policy]) == _alone(before.under[other]):
                        known |= {
                            (policy, number): summary
                            for (name, number), summary in before.finished.items()
                            if name == other
                        }
        return known


def _alone(scenario: Scenario) -> Scenario:
    """A scenario under one policy, without those that it could have been run under."""
    return scenario.model_copy(update={"policies": {}, "baseline": ""})
