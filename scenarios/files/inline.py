"""CSV files next to a scenario, written into it, so that it is complete without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.checks.problems import Problem
from scenarios.files.tables import (
    INTERVALS,
    Counts,
    Source,
    TableError,
    read_counts,
    read_values,
)
from scenarios.files.toml_text import KeyPath, key_text, parse_key

Document = dict[str, Any]


class _Kind(NamedTuple):
    """Sections that may name a CSV of numbers by weekday and start."""

    table: str
    """Whose entries have the section."""
    section: str
    rows: str
    """The key that the content of the file becomes."""
    column: str
    """Of the file, with the numbers."""
    ways: tuple[str, ...]
    """The keys of which one is given."""
    whole: bool
    """The numbers are whole."""


_KINDS = (
    _Kind(
        "reasons", "volume", "counts", "count", ("per_day", "counts", "csv", "at_s"), whole=False
    ),
    _Kind("groups", "heads_by_interval", "heads", "heads", ("heads", "csv"), whole=True),
)


def inlined(document: Document, folder: Path, file: str) -> tuple[Document, list[Problem]]:
    """The tables of a scenario with the content of every CSV that they name, and what went wrong.

    Paths are taken from ``folder``. Where a file cannot be used, a plain number stands for it, so
    that the rest can still be checked.
    """
    reader = _Reader(folder, file)
    result = {key: reader.value(entry, (key,)) for key, entry in document.items()}
    if isinstance(document.get("policies"), dict):
        result["policies"] = {
            name: reader.policy(policy, ("policies", name), document)
            for name, policy in document["policies"].items()
        }
    return result, reader.problems


@dataclass
class _Reader:
    folder: Path
    file: str
    problems: list[Problem] = field(default_factory=list)
    read: list[KeyPath] = field(default_factory=list)
    """The keys in the scenario whose rows came from a table, in the order of reading."""

    def value(self, value: Any, place: KeyPath, key: KeyPath | None = None) -> Any:
        """The value with its tables inlined.

        ``place`` is where it stands in the scenario, ``key`` where it is written (in a policy).
        """
        key = place if key is None else key
        if isinstance(value, list):
            return [self.value(v, (*place, i), (*key, i)) for i, v in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("csv"), str):
            if kind := _kind_of(place):
                return self._by_interval(kind, value, place, key, (*key, "csv"))
            if value.get("distribution") == "empirical":
                return self._empirical(value, key)
        return {k: self.value(v, (*place, k), (*key, k)) for k, v in value.items()}

    def policy(self, policy: Any, key: KeyPath, document: Document) -> Any:
        """A policy whose changes have their tables inlined; counts replace the old ones."""
        if not isinstance(policy, dict) or not isinstance(policy.get("changes"), dict):
            return policy
        changes, before = {}, len(self.read)
        for text, value in policy["changes"].items():
            place, where = parse_key(text) or (), (*key, "changes", text)
            kind = _kind_of(place[:-1]) if place[-1:] == ("csv",) else None
            if kind and isinstance(value, str):
                table = self._by_interval(kind, {"csv": value}, place[:-1], where, where)
                changes[key_text(place[:-1])] = table
            else:
                changes[text] = self.value(value, place, where)
        gone = [key_text(place) for place in self.read[before:] if _is_there(document, place)]
        if gone and isinstance(policy.get("remove", []), list):
            policy = {**policy, "remove": [*policy.get("remove", []), *gone]}
        return {**policy, "changes": changes}

    def _by_interval(
        self, kind: _Kind, section: Document, place: KeyPath, key: KeyPath, csv_key: KeyPath
    ) -> Document:
        self.read.append((*place, kind.rows))
        if len([way for way in kind.ways if way in section]) > 1:
            *ways, last = kind.ways
            self._refuse(key, f"give exactly one of {', '.join(ways)} or {last}")
        if "start" in section:
            self._refuse((*key, "start"), "cannot be given with csv, which has its own start times")
        given = section.get("interval_min")
        source = Source(self.folder / section["csv"], key_text(csv_key))
        try:
            length = given if given in INTERVALS else None
            read = read_counts(source, length, column=kind.column, whole=kind.whole)
        except TableError as error:
            self.problems += error.problems
            # A group in which nobody ever works would be a problem of its own.
            read = Counts({"every_day": [1.0 if kind.whole else 0.0]}, 1440, "00:00")
        rows = read.whole if kind.whole else read.counts
        rest = {k: v for k, v in section.items() if k not in kind.ways}
        return {"interval_min": read.interval_min, **rest, kind.rows: rows, "start": read.start}

    def _empirical(self, distribution: Document, key: KeyPath) -> Document:
        if "values" in distribution:
            self._refuse(key, "give values or csv, not both")
        column = distribution.get("column")
        source = Source(self.folder / distribution["csv"], key_text((*key, "csv")))
        try:
            values = read_values(source, column if isinstance(column, str) else None)
        except TableError as error:
            self.problems += error.problems
            values = [0.0]
        rest = {k: v for k, v in distribution.items() if k not in ("csv", "column", "values")}
        return {**rest, "values": values}

    def _refuse(self, key: KeyPath, rule: str) -> None:
        self.problems.append(Problem(self.file, key_text(key), None, rule))


def _kind_of(place: KeyPath) -> _Kind | None:
    """What kind of section a place is; None where it cannot name a CSV by intervals."""
    names = (place[0], place[2]) if len(place) == 3 else ()
    return next((kind for kind in _KINDS if names == (kind.table, kind.section)), None)


def _is_there(document: Document, place: KeyPath) -> bool:
    """Whether a section has the rows, or names a table of them."""
    value: Any = document
    for part in place[:-1]:
        value = value.get(part) if isinstance(value, dict) else None
    return isinstance(value, dict) and (place[-1] in value or "csv" in value)
