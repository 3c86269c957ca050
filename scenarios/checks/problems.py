"""Problems of a scenario, for the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from scenarios.files.characters import visible
from scenarios.files.toml_text import KeyPath, key_text, parse_key, shortened

_ENTRIES = {"steps": "step", "breaks": "break", "groups": "stage"}
"""What the entries of a list are called."""
_AN_ENTRY = re.compile(r"\.\d+(\.|$|\")")
_IN_A_LIST = 2
"""Names of a list's table and entry come first: groups.1 is a group called 1."""
_DIGITS = 6

_WIDEST_KEY = 400
"""Characters of a key that a message shows; its author will recognise a longer one."""


@dataclass(frozen=True)
class Problem:
    """One thing that cannot work, or is worth a warning: where, what, and what to do."""

    file: str
    """File as the user named it; empty for a scenario that came from none."""
    key: str
    """Key path as TOML writes it; empty when the problem is with the whole file."""
    value: object
    """The offending value; None when there is none, as for a missing key."""
    rule: str
    """The rule that is broken, of which the key is the subject: "must be a number"."""
    hint: str = ""
    """What to do, or the nearest known name."""
    line: int | None = None
    """Line of the file, where it is known."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        shown = "" if self.value is None else shortened(self.value)
        key = self.key if len(self.key) <= _WIDEST_KEY else f"{self.key[:_WIDEST_KEY]}…"
        # The key of a relative change ends with its own sign: groups.front_line.heads += 2.
        joint = " " if key.endswith("=") else " = "
        what = joint.join(part for part in (key, shown) if part)
        if entries := entries_counted(self.key):
            what += f" ({entries})"
        head = ": ".join(part for part in (place, what) if part)
        # A rule or a hint may name what somebody wrote, and a file may be called anything.
        return "\n    ".join(visible(part, "") for part in (head, self.rule, self.hint) if part)


def entries_counted(key: str) -> str:
    """The entries of lists that a key path leads through, counted from 1 as people count.

    Key paths count from 0, as ``--set`` takes them: steps.0 is step 1.
    """
    if not _AN_ENTRY.search(key):
        return ""
    path = parse_key(key) or ()
    if path[:1] == ("policies",) and path[2:3] == ("changes",):
        path = (*(parse_key(path[3]) or ()), *path[4:]) if len(path) > 3 else ()
    return ", ".join(
        f"{_ENTRIES.get(name, 'entry')} {int(part) + 1}"
        for place, (name, part) in enumerate(pairwise(path))
        if part.isdecimal() and place >= _IN_A_LIST and len(part) < _DIGITS
    )


def found(path: KeyPath, value: object, rule: str, hint: str = "") -> Problem:
    """A problem at a key path of a scenario whose file is not known here."""
    return Problem("", key_text(path), value, rule, hint)


class ScenarioError(Exception):
    """A scenario that cannot be used, with every problem that was found in it."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        return "\n".join([f"{head} in the scenario:", *map(str, self.problems)])


def listed(names: Iterable[str], last: str = "or") -> str:
    """Names in quotes, as a sentence lists them: "a", "b" or "c"."""
    quoted = [f'"{name}"' for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def nearest(name: str, known: Iterable[str], what: str = "Known here") -> str:
    """A hint for a name that is not known: the most similar known one, else all of them."""
    names = list(known)
    by_lower = {candidate.lower(): candidate for candidate in names}
    close = get_close_matches(name.lower(), by_lower, n=1)
    if close:
        return f'Did you mean "{by_lower[close[0]]}"?'
    if not names:
        return f"{what}: none."
    return f"{what}: {', '.join(names[:20])}{', …' if len(names) > 20 else '.'}"
