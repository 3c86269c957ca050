"""Changes made on the floor, saved as a policy of the scenario file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scenarios import Scenario
from scenarios.policy import apply
from scenarios.save import save_policy, write_text
from sim.live import Made, as_policy
from tui.opened import Opened

_NAME = re.compile(r"^[a-zA-Z0-9][a-zA-Z0-9_-]*$")


@dataclass(frozen=True)
class Saved:
    """What would be saved, and what a person should know about it."""

    changes: dict[str, object]
    remove: tuple[str, ...]
    words: str
    taken: frozenset[str]
    """Names of policies that are there already."""

    @property
    def can_be_saved(self) -> bool:
        """Whether a policy can say any of it."""
        return bool(self.changes or self.remove)

    def wrong(self, name: str) -> str:
        """What is wrong with a name for the policy, in words."""
        if not _NAME.match(name):
            return "Letters, digits, - and _, as in more-at-noon."
        return f"There is a policy {name} already." if name in self.taken else ""


def as_saved(base: Scenario, policy: str, made: Iterable[Made]) -> Saved:
    """The changes on top of the policy that was watched, as a policy of the base."""
    watched = base.policies.get(policy)
    before = dict(watched.changes) if watched else {}
    removed = tuple(watched.remove) if watched else ()
    mine = as_policy(apply(base, policy), made)
    lines = [f"{key} = {value}" for key, value in mine.changes.items()]
    lines += [f"without [{key}]" for key in mine.remove]
    if watched:
        lines.insert(0, f"everything of {policy}, and")
    words = "\n".join([*lines, *mine.notes, *(f"Left out: {one}" for one in mine.left_out)])
    everything = bool(mine.changes or mine.remove)
    return Saved(
        changes={**before, **mine.changes} if everything else {},
        remove=(*removed, *mine.remove) if everything else (),
        words=words,
        taken=frozenset({*base.policies, base.baseline}),
    )


def save_changes(opened: Opened, name: str, saved: Saved) -> Path:
    """Write the policy into the file; a shipped scenario is copied into this folder first.

    Raises:
        ScenarioError: if the file would not be a scenario any more, or cannot be written.
        FileExistsError: if a copy would replace a file of that name.
    """
    path = opened.path
    if opened.shipped:
        path = Path.cwd() / f"{opened.name}.toml"
        if path.exists():
            raise FileExistsError(
                f"{path.name} is in this folder already. Open that file and make the change there."
            )
        write_text(path, opened.document)
    save_policy(path, name, saved.changes, title="Tried on the live floor", remove=saved.remove)
    return path
