"""CSV files next to a scenario, written into it, so that it is complete without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

_WAYS = ("per_day", "counts", "at_s")


def inlined(document: Document, folder: Path, file: str) -> tuple[Document, list[Problem]]:
    """The tables of a scenario with the content of every CSV that they name, and what went wrong.

    Paths are taken from ``folder``. Where a file cannot be used, zeros stand for it, so that the
    rest can still be checked.
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
    volumes: list[KeyPath] = field(default_factory=list)
    """The places in the scenario whose counts came from a table, in the order of reading."""

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
            if _is_volume(place):
                return self._volume(value, place, key, (*key, "csv"))
            if value.get("distribution") == "empirical":
                return self._empirical(value, key)
        return {k: self.value(v, (*place, k), (*key, k)) for k, v in value.items()}

    def policy(self, policy: Any, key: KeyPath, document: Document) -> Any:
        """A policy whose changes have their tables inlined; counts replace the old ones."""
        if not isinstance(policy, dict) or not isinstance(policy.get("changes"), dict):
            return policy
        changes, before = {}, len(self.volumes)
        for text, value in policy["changes"].items():
            place, where = parse_key(text) or (), (*key, "changes", text)
            if _is_volume(place[:-1]) and place[-1] == "csv" and isinstance(value, str):
                table = self._volume({"csv": value}, place[:-1], where, where)
                changes[key_text(place[:-1])] = table
            else:
                changes[text] = self.value(value, place, where)
        replaced = [place for place in self.volumes[before:] if _has_counts(document, place)]
        gone = [key_text((*place, "counts")) for place in replaced]
        if gone and isinstance(policy.get("remove", []), list):
            policy = {**policy, "remove": [*policy.get("remove", []), *gone]}
        return {**policy, "changes": changes}

    def _volume(self, volume: Document, place: KeyPath, key: KeyPath, csv_key: KeyPath) -> Document:
        self.volumes.append(place)
        if any(way in volume for way in _WAYS):
            self._refuse(key, "give exactly one of per_day, counts, csv or at_s")
        if "start" in volume:
            self._refuse((*key, "start"), "cannot be given with csv, which has its own start times")
        given = volume.get("interval_min")
        source = Source(self.folder / volume["csv"], key_text(csv_key))
        try:
            read = read_counts(source, given if given in INTERVALS else None)
        except TableError as error:
            self.problems += error.problems
            read = Counts({"every_day": [0.0]}, 1440, "00:00")
        rest = {k: v for k, v in volume.items() if k not in (*_WAYS, "csv")}
        return {
            "interval_min": read.interval_min,
            **rest,
            "counts": read.counts,
            "start": read.start,
        }

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


def _is_volume(place: KeyPath) -> bool:
    return len(place) == 3 and place[0] == "reasons" and place[2] == "volume"


def _has_counts(document: Document, place: KeyPath) -> bool:
    value: Any = document
    for part in place:
        value = value.get(part) if isinstance(value, dict) else None
    return isinstance(value, dict) and ("counts" in value or "csv" in value)
