"""The tables that a scenario names, taken along when it is copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.reading import parsed

_KEYS = ("csv", "windows_csv", "records")


def copy_tables(text: str, source: Path, target: Path) -> tuple[Path, ...]:
    """Copy the CSV files that the text of a scenario names, to the same places by another folder.

    What is there already with the same content stays; a table that is missing is left out, as the
    check of the copy will say.

    Args:
        text: The text of the scenario, which may be wrong in any way.
        source: The folder from which its tables are named.
        target: The folder of the copy.

    Returns:
        The files that were written.

    Raises:
        ScenarioError: another file of that name is there, or it cannot be written. Nothing is then
            copied, or only some of the tables.
    """
    wanted = [(source / name, target / name) for name in _names(text)]
    new = [pair for pair in wanted if pair[0].is_file() and not _same(*pair)]
    for _, copy in new:
        if copy.exists():
            rule = "is there already with other content and was not overwritten"
            raise ScenarioError([Problem(str(copy), "", None, rule, "Copy to another folder.")])
    for table, copy in new:
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(table.read_bytes())
        except OSError as error:
            rule = f"cannot be written: {error.strerror}"
            raise ScenarioError([Problem(str(copy), "", None, rule)]) from None
    return tuple(copy for _, copy in new)


def _names(text: str) -> list[str]:
    """The files that are named, in order and once; none where the text is no scenario."""
    try:
        document = parsed(text, "")
    except ScenarioError:
        return []
    return [name for name in dict.fromkeys(_named(document)) if not Path(name).is_absolute()]


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _named(entry)
    if isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, str) and key.rpartition(".")[2] in _KEYS:
                yield entry
            else:
                yield from _named(entry)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
