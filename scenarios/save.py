"""Back to a file: a policy into the user's own, with its comments kept, or a whole scenario."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.documents import Document, short_document
from scenarios.files.reading import parsed, read_text
from scenarios.files.toml_text import key_text, long_text, value_text
from scenarios.load import load_text
from scenarios.schema import Policy, Scenario


def save_policy(
    path: str | Path,
    name: str,
    changes: Mapping[str, Any],
    *,
    title: str = "",
    remove: Sequence[str] = (),
) -> None:
    """Write a policy into a scenario file; one of that name is replaced, all else stays.

    Raises:
        ScenarioError: if the file cannot be read, or would not be a scenario any more; then it is
            left as it is. Also if it cannot be written.
    """
    path = Path(path)
    policy = Policy(title=title, changes=dict(changes), remove=tuple(remove))
    new_text = text_with_policy(read_text(path), name, policy, file=str(path))
    load_text(new_text, file=str(path), folder=path.parent)
    write_text(path, new_text)


def text_with_policy(original: str, name: str, policy: Policy, *, file: str = "") -> str:
    """The text of a scenario file with a policy; one of that name is replaced, all else stays.

    Args:
        original: the text.
        name: of the policy.
        policy: what it changes.
        file: name in messages.

    Raises:
        ScenarioError: the text cannot be read.
    """
    text = original.replace("\r\n", "\n")
    said = {"title": policy.title, "remove": list(policy.remove), "changes": dict(policy.changes)}
    given = {key: value for key, value in said.items() if value}
    new_text = _with_policy(text, parsed(text, file), name, given)
    return new_text.replace("\n", "\r\n") if "\r\n" in original else new_text


def _with_policy(text: str, document: Document, name: str, policy: Document) -> str:
    policies = document.get("policies", {})
    wanted = {**document, "policies": {**policies, name: policy}}
    if name not in policies:
        added = "\n".join([text.rstrip(), *_lines(("policies", name), policy)]) + "\n"
        if _reads_as(added, wanted):
            return added
    edited = tomlkit.parse(text)
    if name not in policies:
        edited["policies"][name] = policy
        return tomlkit.dumps(edited)
    table = edited["policies"][name]
    for key in ("title", "remove", "changes"):
        if key in policy:
            table[key] = tomlkit.parse(f"x = {value_text(policy[key])}")["x"]
        elif key in table:
            del table[key]
    return tomlkit.dumps(edited)


def _reads_as(text: str, document: Document) -> bool:
    try:
        return tomllib.loads(text) == document
    except tomllib.TOMLDecodeError:
        return False


def dump(scenario: Scenario) -> str:
    """The whole scenario as TOML text that loads back equal; defaults are left out."""
    return "\n".join(_lines((), short_document(scenario))).lstrip("\n") + "\n"


def save(scenario: Scenario, path: str | Path) -> None:
    """Write the whole scenario to a file, which is either the old one or whole at any time.

    Raises:
        ScenarioError: if it cannot be written.
    """
    write_text(Path(path), dump(scenario))


def _lines(path: tuple[str, ...], table: Document) -> list[str]:
    """A section with its values first and its tables after them."""
    values = {key: value for key, value in table.items() if not _is_section(value)}
    sections = {key: value for key, value in table.items() if _is_section(value)}
    lines = ["", f"[{key_text(path)}]"] if path and (values or not sections) else []
    # What a policy changes is read without its kind: 2.0 must not come back as 2.
    exact = path[:1] == ("policies",)
    lines += [f"{key_text((key,))} = {_value(value, exact=exact)}" for key, value in values.items()]
    for key, section in sections.items():
        lines += _lines((*path, key), section)
    return lines


def _is_section(value: Any) -> bool:
    return isinstance(value, dict) and "distribution" not in value


def _value(value: Any, *, exact: bool) -> str:
    if isinstance(value, str) and "\n" in value:
        return long_text(value)
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return "[\n" + "".join(f"    {value_text(entry, exact=exact)},\n" for entry in value) + "]"
    return value_text(value, exact=exact)


def write_text(path: Path, text: str) -> None:
    """Write a file through a temporary one next to it, so that nobody finds half of it.

    Raises:
        ScenarioError: if it cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=target.parent, prefix=".", delete=False
        ) as file:
            file.write(text)
        try:
            if target.exists():
                shutil.copymode(target, file.name)
            else:
                Path(file.name).chmod(0o644)
            Path(file.name).replace(target)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
    except OSError as error:
        rule = f"cannot be written: {error.strerror or error}"
        raise ScenarioError([Problem(str(path), "", None, rule)]) from error
