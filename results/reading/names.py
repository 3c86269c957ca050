"""What a policy is called, for a reader: its title, or its name in words."""

from __future__ import annotations

from scenarios import Scenario


def title_of_policy(scenario: Scenario, policy: str) -> str:
    """The title of a policy; of the unchanged scenario the one that its report gives it."""
    title = scenario.report.baseline_title if policy == scenario.baseline else ""
    if policy in scenario.policies:
        title = scenario.policies[policy].title
    return title or name_in_words(policy)


def name_in_words(name: str) -> str:
    """A name without its hyphens and underscores, begun with a capital letter."""
    said = " ".join(name.replace("-", " ").replace("_", " ").split()) or name
    return said[:1].upper() + said[1:]
