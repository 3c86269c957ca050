"""The shipped scenarios: each can be read, checked and compared as it comes."""

import pytest

from scenarios import about, list_scenarios, load, warnings

NAMES = [shipped.name for shipped in list_scenarios()]


def test_the_shipped_scenarios_are_those_that_are_promised() -> None:
    assert NAMES == [
        "bank-1999",
        "complaints-are-gifts",
        "handle-time-goals",
        "helpdesk-tiers",
        "keep-your-word",
        "kind-words",
        "outage",
        "retail-complaints",
        "textbook",
        "train-or-hire",
        "who-stays",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_opens_with_what_to_look_at(name: str) -> None:
    assert "What to look at" in about(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_raises_no_doubt_under_any_of_its_policies(name: str) -> None:
    assert [str(problem) for problem in warnings(load(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_of_a_shipped_scenario_has_a_title(name: str) -> None:
    assert all(policy.title for policy in load(name).policies.values())
