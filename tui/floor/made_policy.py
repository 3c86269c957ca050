"""Changes made on the floor, as a policy of the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from results.reading.names import title_of_policy
from scenarios import Scenario
from scenarios.files.toml_text import parse_key
from scenarios.policies.changes import combined
from scenarios.policies.policy import apply
from scenarios.policies.relative_changes import place_of
from scenarios.schema import Policy
from sim.live import Made, as_policy


class MadePolicy(NamedTuple):
    """The policy, and what a person should know about it before it is saved."""

    policy: Policy | None
    """None when no policy can say any of it."""
    words: str


def made_policy(base: Scenario, watched: str, made: Iterable[Made]) -> MadePolicy:
    """The changes on top of the policy that was watched, as a policy of the base."""
    before = base.policies.get(watched, Policy())
    mine = as_policy(apply(base, watched), made)
    lines = [f"· {words}" for words in mine.words.values()]
    if watched in base.policies:
        lines.insert(0, f"Everything of {title_of_policy(base, watched)}, and:")
    words = "\n".join([*lines, *mine.notes, *(f"Left out: {one}" for one in mine.left_out)])
    if not mine.changes and not mine.remove:
        return MadePolicy(None, words)
    # What is left out now is not changed by what the watched policy said about it.
    policy = Policy(
        title="Tried on the live floor",
        changes=combined(_outside(before.changes, mine.remove), mine.changes),
        remove=(*before.remove, *mine.remove),
    )
    return MadePolicy(policy, words)


def _outside(changes: Mapping[str, Any], remove: Iterable[str]) -> dict[str, Any]:
    """The changes that lie in none of the sections."""
    sections = [parse_key(key) or ("",) for key in remove]
    return {
        key: value
        for key, value in changes.items()
        if not any((place_of(key) or ())[: len(one)] == one for one in sections)
    }
