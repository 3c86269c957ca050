"""What is read from which column: shipped for common systems, or a user's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from scenarios.checks.problems import Problem, nearest
from scenarios.files.reading import parsed, read_text
from scenarios.records.mapping_rules import TABLES, wrong
from scenarios.records.names import plain
from scenarios.records.problems import RecordsError

KINDS = {"contacts": "call records", "intervals": "interval reports", "tickets": "ticket logs"}


@dataclass(frozen=True)
class Mapping:
    """Where each field of a kind of records comes from, and how its values are written.

    Attributes:
        title: What it is for.
        kind: "contacts", "intervals" or "tickets".
        columns: Field to the names of columns it may come from, the first one there is taken;
            none to take it from no column.
        signature: Columns that show that a file is of this system.
        units: Field to "s", "ms", "min" or "h", for numbers without punctuation.
        missing: Field to values that stand for "none".
        outcomes: Values of the outcome to one "answered", "abandoned", "menu", "other", "outbound".
        only: Field to the values whose rows are read; others are left out.
        rename: Names of queues or reasons to those that the scenario shall have.
        dates: "day-first" or "month-first"; empty where the file shows it.
        time_zone: The centre's time zone, as "Europe/Lisbon"; times with a zone are moved to it.
        recorded_in: The time zone of times that have none, when it is not the centre's.
        interval_min: Length of the intervals in minutes; 0 where the file shows it.
        service_level_s: Seconds of the service level; 0 where the file shows it.
        bands: Prefixes of columns that count answers by band of waiting time.
        per_agent: Whether rows are agents, whose times add up to staffing.
        events: "asterisk" for a log of events.
        own: Whether it is a user's.
    """

    title: str
    kind: str
    columns: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    signature: tuple[str, ...] = ()
    units: MappingOf[str, str] = field(default_factory=dict)
    missing: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: MappingOf[str, str] = field(default_factory=dict)
    only: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    rename: MappingOf[str, str] = field(default_factory=dict)
    dates: str = ""
    time_zone: str = ""
    recorded_in: str = ""
    interval_min: float = 0.0
    service_level_s: float = 0.0
    bands: tuple[str, ...] = ()
    per_agent: bool = False
    events: str = ""
    own: bool = False


@cache
def aliases() -> dict[str, dict[str, tuple[str, ...]]]:
    """By kind and field the names of columns that are known everywhere, plain."""
    document = tomllib.loads((_folder() / "aliases.toml").read_text(encoding="utf-8"))
    return {
        kind: {name: tuple(dict.fromkeys(map(plain, known))) for name, known in table.items()}
        for kind, table in document.items()
    }


@cache
def shipped() -> dict[str, Mapping]:
    """The mappings that firstline ships, by the name of their file."""
    found = {}
    for file in sorted(_folder().iterdir(), key=lambda each: each.name):
        name = file.name.removesuffix(".toml")
        if name not in {file.name, "aliases"}:
            found[name] = _of(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


@cache
def known_names() -> frozenset[str]:
    """Every plain name of a column that some mapping knows."""
    names = {name for table in aliases().values() for known in table.values() for name in known}
    for mapping in shipped().values():
        names |= {plain(name) for known in mapping.columns.values() for name in known}
        names |= {plain(name) for name in mapping.signature}
    return frozenset(names)


def load_mapping(name: str | Path) -> Mapping:
    """A user's mapping file, or a shipped one by its name.

    Raises:
        ScenarioError: if the file cannot be read, with every problem in it.
    """
    if (found := shipped().get(str(name))) is not None:
        return found
    path = Path(name)
    if path.suffix != ".toml" and not path.exists():
        hint = nearest(str(name), shipped(), "Shipped mappings")
        raise RecordsError([Problem(str(name), "", None, "is no mapping", hint)])
    document = parsed(read_text(path), str(path))
    problems = wrong(document, str(path), aliases())
    if problems:
        raise RecordsError(problems)
    made = _of(document)
    return Mapping(**{**vars(made), "own": True, "title": made.title or path.stem})


def _folder() -> Any:
    return files("scenarios.records") / "layouts"


def _of(document: dict[str, Any]) -> Mapping:
    def texts(value: object) -> tuple[str, ...]:
        if value == "":
            return ()
        return (str(value),) if not isinstance(value, list) else tuple(map(str, value))

    tables = {
        name: {key: texts(value) for key, value in document.get(name, {}).items()}
        for name in ("columns", "missing", "only")
    }
    plain_ones = {name: dict(document.get(name, {})) for name in ("units", "outcomes", "rename")}
    rest = {name: value for name, value in document.items() if name not in TABLES}
    rest["signature"] = texts(rest.get("signature", []))
    rest["bands"] = texts(rest.get("bands", []))
    return Mapping(**{"title": "", "kind": "", **rest, **tables, **plain_ones})
