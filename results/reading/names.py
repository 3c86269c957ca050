"""What a policy is called, for a reader: its title, or its name in words.

Everything that a person reads names policies through this module; only what has to be typed or is
for programs has the name from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from results.reading.listing import joined
from scenarios import Scenario

_CONFUSING = ":,;."
"""Signs of a title that would be taken for those of the sentence around it."""


def title_of_policy(scenario: Scenario, policy: str) -> str:
    """The title of a policy; of the unchanged scenario the one that its report gives it."""
    title = scenario.report.baseline_title if policy == scenario.baseline else ""
    if policy in scenario.policies:
        title = scenario.policies[policy].title
    return title or name_in_words(policy)


def titles_of(scenario: Scenario, policies: Iterable[str]) -> dict[str, str]:
    """The title of each policy."""
    return {policy: title_of_policy(scenario, policy) for policy in policies}


def in_a_sentence(title: str) -> str:
    """A title inside a sentence, in quotes where its own signs would confuse."""
    return f"\u201c{title}\u201d" if any(sign in title for sign in _CONFUSING) else title


def titles_together(titles: Iterable[str]) -> str:
    """Titles in a list; all in quotes where it would not be seen where one of them ends."""
    names = [*titles]
    if len(names) > 1 and any(" and " in name for name in names):
        return joined(f"\u201c{name}\u201d" for name in names)
    return joined(in_a_sentence(name) for name in names)


def group_title(scenario: Scenario, group: str) -> str:
    """What a group of agents is called: its title, or its name in words."""
    return scenario.groups[group].title or name_in_words(group)


def name_in_words(name: str) -> str:
    """A name without its hyphens and underscores, begun with a capital letter."""
    said = " ".join(name.replace("-", " ").replace("_", " ").split()) or name
    return said[:1].upper() + said[1:]


def pair_title(first: Scenario, second: Scenario, pair: tuple[str, str]) -> str:
    """What a policy of one scenario and one of another are called next to each other."""
    titles = title_of_policy(first, pair[0]), title_of_policy(second, pair[1])
    return titles[0] if titles[0] == titles[1] else " → ".join(titles)


def names_to_type(titles: Mapping[str, str]) -> str:
    """The names that commands take, next to the titles they differ from; empty where none does."""
    differing = {name: title for name, title in titles.items() if name != title}
    said = "; ".join(f"{name} is {in_a_sentence(title)}" for name, title in differing.items())
    return f"Names for commands: {said}." if said else ""
