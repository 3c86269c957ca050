"""CSV files next to a scenario, written into it, so that it is complete without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.checks.problems import Problem
from scenarios.files.counts import INTERVALS, Counts, read_counts
from scenarios.files.persons import Persons, read_persons, read_windows
from scenarios.files.records import Days, Records, read_records
from scenarios.files.tables import Source, TableError, Whose
from scenarios.files.toml_text import KeyPath, key_text, parse_key
from scenarios.files.values import column_of, read_columns, read_values

Document = dict[str, Any]


class _Kind(NamedTuple):
    """Sections that may name a CSV of numbers by day and start."""

    table: str
    """Whose entries have the section."""
    section: str
    rows: str
    """The key that the content of the file becomes."""
    column: str
    """Of the file, with the numbers."""
    whose: str
    """Column of a file that holds those of several entries."""
    ways: tuple[str, ...]
    """The keys of which one is given."""
    whole: bool
    """The numbers are whole."""


_RECORDS = "records"
_VOLUMES = ("per_day", "counts", "csv", "records", "at_s")

_KINDS = (
    _Kind("reasons", "volume", "counts", "count", "reason", _VOLUMES, whole=False),
    _Kind("groups", "heads_by_interval", "heads", "heads", "group", ("heads", "csv"), whole=True),
)


def inlined(document: Document, folder: Path, file: str) -> tuple[Document, list[Problem]]:
    """The tables of a scenario with the content of every CSV that they name, and what went wrong.

    Paths are taken from ``folder``. Where a file cannot be used, a plain number stands for it, so
    that the rest can still be checked.
    """
    types = document.get("day_types")
    known = tuple(types) if isinstance(types, dict) else ()
    reader = _Reader(folder, file, known, Days.of(document))
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
    day_types: tuple[str, ...]
    """Names that may stand for days."""
    days: Days
    """Of the horizon."""
    problems: list[Problem] = field(default_factory=list)
    read: list[KeyPath] = field(default_factory=list)
    """The keys in the scenario whose rows came from a table, in the order of reading."""
    columns: dict[Path, dict[str, list[float]]] = field(default_factory=dict)
    """Files of figures that were drawn, by path: each is the file of many rows."""

    def value(self, value: Any, place: KeyPath, key: KeyPath | None = None) -> Any:
        """The value with its tables inlined.

        ``place`` is where it stands in the scenario, ``key`` where it is written (in a policy).
        """
        key = place if key is None else key
        if isinstance(value, list):
            return [self.value(v, (*place, i), (*key, i)) for i, v in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if place[:1] + place[2:] == ("groups", "persons") and _files_of_persons(value):
            return self._persons(value, place, key)
        if isinstance(value.get(_RECORDS), str) and _kind_of(place) is _KINDS[0]:
            return self._records(value, place, key, (*key, _RECORDS))
        if isinstance(value.get("csv"), str):
            if place[:1] == ("uncertain",) and len(place) == 2:
                return self._drawn(value, str(place[1]), key)
            if kind := _kind_of(place):
                return self._by_interval(kind, value, place, key, (*key, "csv"))
            read = {"empirical": self._empirical, "survival": self._survival}
            law = value.get("distribution")
            if isinstance(law, str) and law in read:
                return read[law](value, key)
        return {k: self.value(v, (*place, k), (*key, k)) for k, v in value.items()}

    def policy(self, policy: Any, key: KeyPath, document: Document) -> Any:
        """A policy whose changes have their tables inlined; counts replace the old ones."""
        if not isinstance(policy, dict) or not isinstance(policy.get("changes"), dict):
            return policy
        changes, before = {}, len(self.read)
        for text, value in policy["changes"].items():
            place, where = parse_key(text) or (), (*key, "changes", text)
            kind = _kind_of(place[:-1]) if place[-1:] in (("csv",), (_RECORDS,)) else None
            if kind is _KINDS[0] and isinstance(value, str) and place[-1] == _RECORDS:
                table = self._records({_RECORDS: value}, place[:-1], where, where)
                changes[key_text(place[:-1])] = table
            elif kind and isinstance(value, str) and place[-1] == "csv":
                table = self._by_interval(kind, {"csv": value}, place[:-1], where, where)
                if "at_s" in _rows_there(document, place[:-1]):  # records are replaced
                    table |= {"class_of": [], "channel_of": []}
                changes[key_text(place[:-1])] = table
            else:
                changes[text] = self.value(value, place, where)
        gone = [
            key_text((*place[:-1], rows))
            for place in self.read[before:]
            for rows in _rows_there(document, place[:-1])
        ]
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
            read = read_counts(
                source,
                length,
                column=kind.column,
                whole=kind.whole,
                whose=Whose(kind.whose, str(place[1])),
                day_types=self.day_types,
            )
        except TableError as error:
            self.problems += error.problems
            # A group in which nobody ever works would be a problem of its own.
            read = Counts({"every_day": [1.0 if kind.whole else 0.0]}, 1440, "00:00")
        rows = read.whole if kind.whole else read.counts
        rest = {k: v for k, v in section.items() if k not in kind.ways}
        return {"interval_min": read.interval_min, **rest, kind.rows: rows, "start": read.start}

    def _records(
        self, section: Document, place: KeyPath, key: KeyPath, file_key: KeyPath
    ) -> Document:
        self.read.append((*place, "at_s"))
        *ways, last = _KINDS[0].ways
        if len([way for way in (*ways, last) if way in section]) > 1:
            self._refuse(key, f"give exactly one of {', '.join(ways)} or {last}")
        source = Source(self.folder / section[_RECORDS], key_text(file_key))
        try:
            read = read_records(source, self.days, str(place[1]))
        except TableError as error:
            self.problems += error.problems
            read = Records([0.0], [], [])
        return {k: v for k, v in section.items() if k not in _KINDS[0].ways} | read.rows

    def _persons(self, section: Document, place: KeyPath, key: KeyPath) -> Document:
        group, found = str(place[1]), Persons()
        if "by_name" in section:
            self._refuse(key, "give by_name or files to read it from, not both")
        try:
            if isinstance(section.get("csv"), str):
                source = Source(self.folder / section["csv"], key_text((*key, "csv")))
                found = read_persons(source, group, self.day_types)
            if isinstance(section.get("windows_csv"), str):
                where = key_text((*key, "windows_csv"))
                source = Source(self.folder / section["windows_csv"], where)
                found = read_windows(source, group, self.day_types, found)
        except TableError as error:
            self.problems += error.problems
            # A group in which nobody ever works would be a problem of its own.
            found = {"somebody": {"windows": {"every_day": ["00:00-24:00"]}}}
        rest = {k: v for k, v in section.items() if k not in ("by_name", "csv", "windows_csv")}
        return {**rest, "by_name": found}

    def _drawn(self, row: Document, figure: str, key: KeyPath) -> Document:
        """A row of figures not known for sure with the column of the file that is about it."""
        if "drawn" in row:
            self._refuse(key, "give drawn or csv, not both")
        path = self.folder / row["csv"]
        try:
            if path not in self.columns:
                self.columns[path] = read_columns(Source(path, key_text((*key, "csv"))))
            drawn = column_of(Source(path, key_text((*key, "csv"))), self.columns[path], figure)
        except TableError as error:
            self.problems += error.problems
            # What is wrong with a file is said once.
            self.columns.setdefault(path, {})
            drawn = []
        return {k: v for k, v in row.items() if k not in ("csv", "drawn")} | {"drawn": drawn}

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

    def _survival(self, distribution: Document, key: KeyPath) -> Document:
        if "times" in distribution or "survival" in distribution:
            self._refuse(key, "give times and survival, or csv, not both")
        source = Source(self.folder / distribution["csv"], key_text((*key, "csv")))
        try:
            times, shares = (read_values(source, name) for name in ("time", "survival"))
        except TableError as error:
            self.problems += error.problems
            times, shares = [1.0], [0.5]
        rest = {k: v for k, v in distribution.items() if k not in ("csv", "times", "survival")}
        return {**rest, "times": times, "survival": shares}

    def _refuse(self, key: KeyPath, rule: str) -> None:
        self.problems.append(Problem(self.file, key_text(key), None, rule))


def _files_of_persons(section: Document) -> bool:
    return any(isinstance(section.get(key), str) for key in ("csv", "windows_csv"))


def _kind_of(place: KeyPath) -> _Kind | None:
    """What kind of section a place is; None where it cannot name a CSV by intervals."""
    names = (place[0], place[2]) if len(place) == 3 else ()
    return next((kind for kind in _KINDS if names == (kind.table, kind.section)), None)


def _rows_there(document: Document, place: KeyPath) -> list[str]:
    """The keys that hold the rows of a section, written there or read from a file that it names."""
    value: Any = document
    for part in place:
        value = value.get(part) if isinstance(value, dict) else None
    kind = _kind_of(place)
    if not isinstance(value, dict) or kind is None:
        return []
    rows = [kind.rows] if kind.rows in value or "csv" in value else []
    return [*rows, *(["at_s"] if "at_s" in value or _RECORDS in value else [])]
