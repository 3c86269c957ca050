"""From a file to a scenario, or to everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.checks.typos import policy_typos
from scenarios.checks.validate import examined
from scenarios.files.documents import document_of
from scenarios.files.inline import inlined
from scenarios.files.reading import parsed, read_text
from scenarios.library import names, path_of
from scenarios.policies.policy import policy_problems
from scenarios.schema import Scenario


def load(path_or_name: str | Path) -> Scenario:
    """A scenario from a file: a shipped one by its name, an own one by its path.

    The scenario is complete: tables in CSV files next to it are read into it.

    Raises:
        ScenarioError: with every problem found, in the file, its tables or its policies.
    """
    path = named(path_or_name)
    return load_text(read_text(path), file=str(path), folder=path.parent)


def load_text(text: str, *, file: str = "", folder: Path | None = None) -> Scenario:
    """A scenario from TOML text; ``file`` is its name in messages, CSV files lie in ``folder``.

    Raises:
        ScenarioError: with every problem found.
    """
    written = parsed(text, file)
    if "factors" in written and "reasons" not in written:
        rule, hint = "is a study of a scenario, and no scenario", "firstline study runs it."
        raise ScenarioError([Problem(file, "", None, rule, hint)])
    document, problems = inlined(written, folder or Path(), file)
    scenario, wrong = examined(document, file)
    problems = [*problems, *wrong]
    if scenario is not None and not problems:
        problems = policy_problems(scenario, file)
    elif problems:
        # Keys and values as the schema knows them: a number is a distribution that can be changed.
        base = document if scenario is None else document_of(scenario)
        problems += policy_typos(base, problems, file)
    if scenario is None or problems:
        raise ScenarioError(problems)
    return scenario


def named(path_or_name: str | Path) -> Path:
    """The file of a scenario: of a shipped one by its name, of an own one by its path."""
    if isinstance(path_or_name, Path):
        return path_or_name
    is_name = not path_or_name.endswith(".toml") and Path(path_or_name).name == path_or_name
    if is_name and (path_or_name in names() or not _is_file(path_or_name)):
        if path_or_name not in names() and _is_file(f"{path_or_name}.toml"):
            rule, hint = (
                "is no file, and no shipped scenario",
                f'Did you mean "{path_or_name}.toml"?',
            )
            raise ScenarioError([Problem(path_or_name, "", None, rule, hint)])
        return path_of(path_or_name)
    return Path(path_or_name)


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
