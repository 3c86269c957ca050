"""The shipped scenarios; each opens with a comment on what to look at."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from scenarios.checks.problems import Problem, ScenarioError, nearest

_SUFFIX = ".toml"


class Shipped(NamedTuple):
    """A scenario that comes with the program."""

    name: str
    title: str
    story: str


def list_scenarios() -> tuple[Shipped, ...]:
    """The shipped scenarios in the order of their names."""
    found = []
    for name in names():
        document = tomllib.loads(_text(name))
        found.append(Shipped(name, document.get("title", ""), document.get("story", "").strip()))
    return tuple(found)


def names() -> list[str]:
    """The names of the shipped scenarios, in order."""
    return sorted(path.stem for path in _folder().glob(f"*{_SUFFIX}"))


def path_of(name: str) -> Path:
    """The file of a shipped scenario.

    Raises:
        ScenarioError: if there is none of that name.
    """
    known = names()
    if name not in known:
        hint = nearest(name, known, "Shipped scenarios")
        rule = "is neither a shipped scenario nor the path of a file"
        raise ScenarioError([Problem(name, "", None, rule, hint)])
    return _folder() / f"{name}{_SUFFIX}"


def about(name: str) -> str:
    """What to look at in a shipped scenario: the comment with which its file opens.

    Raises:
        ScenarioError: if there is none of that name.
    """
    return opening_comment(_text(name))


def opening_comment(text: str) -> str:
    """The comment with which the text of a scenario file opens, without its signs."""
    head = takewhile(lambda line: line.startswith("#"), text.splitlines())
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in head)


def _folder() -> Path:
    # The wheel is unpacked when it is installed, so that resources are files with a path.
    return Path(str(files("scenarios"))) / "library"


def _text(name: str) -> str:
    return path_of(name).read_text(encoding="utf-8")
