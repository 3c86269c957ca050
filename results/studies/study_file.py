"""The study file: which policies at which points of which scenario, in TOML.

scenario = "retail-complaints"          # by name, or by path from this file
policies = ["ask-the-boss", "empowered"]
measures = ["wait_all", "fcr_complaints", "total_cost"]
replications = 5

[[factors]]
key = "groups.front_line.heads"
range = "32:40:2"                       # from, to, step

[[factors]]
key = "reasons.complaint.volume.factor *="
levels = [0.9, 1.0, 1.1]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.studies.design import Point, grid, space_filling
from results.studies.factor import Factor, steps
from scenarios import Problem, Scenario, ScenarioError, load, override
from scenarios.checks.problems import nearest
from scenarios.files.reading import parsed, read_text
from scenarios.files.toml_text import key_text, parse_key
from scenarios.policies.relative_changes import split

GRID, SPACE_FILLING = "grid", "space_filling"


@dataclass(frozen=True)
class StudyFile:
    """A study as it is written down; the scenario is not read yet."""

    scenario: str
    factors: tuple[Factor, ...]
    policies: tuple[str, ...] | None = None
    """None is every policy."""
    measures: tuple[str, ...] | None = None
    """None is the wait, complaints resolved at first contact, and the money."""
    replications: int | None = None
    seed: int = 1
    design: str = GRID
    points: int = 0
    """How many points a space-filling design has."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Made under every policy before anything is varied, as with ``--set``."""
    title: str = ""
    folder: Path = Path()
    """Of the file: where the path of a scenario begins."""

    def load_scenario(self) -> Scenario:
        """The scenario with the changes of the study.

        Raises:
            ScenarioError: it cannot be read, or does not work with the changes.
        """
        beside = self.folder / self.scenario
        own = self.scenario.endswith(".toml") or beside.is_file()
        return override(load(beside if own else self.scenario), self.changes).scenario

    def places(self) -> tuple[Point, ...]:
        """The points of the design.

        Raises:
            ExperimentError: there are too many.
        """
        if self.design == GRID:
            return grid(self.factors)
        return space_filling(self.factors, self.points, self.seed)


def read_study(path: Path) -> StudyFile:
    """Read a study file.

    Raises:
        ScenarioError: it cannot be read, with everything that is wrong in it.
    """
    return study_of(parsed(read_text(path), str(path)), file=str(path), folder=path.parent)


def study_of(
    document: Mapping[str, Any], *, file: str = "", folder: Path | None = None
) -> StudyFile:
    """A study from the tables of its file.

    Raises:
        ScenarioError: with everything that is wrong.
    """
    reader = _Reader(document, file)
    kept = {key: reader.value(key, *rule) for key, rule in _KEYS.items() if key in document}
    factors = reader.factors()
    reader.unknown(("factors", "changes", *_KEYS), document, ())
    changes = reader.value("changes", _is_table, "a table of keys") if "changes" in document else {}
    if "scenario" not in document:
        reader.refuse("scenario", None, "is missing: it must name a scenario or its file")
    if kept.get("design") == SPACE_FILLING and not kept.get("points"):
        reader.refuse(
            "points", kept.get("points"), f'must say how many points design = "{SPACE_FILLING}" has'
        )
    if kept.get("points") and kept.get("design", GRID) == GRID:
        rule = f'belongs to design = "{SPACE_FILLING}"; a grid has the points of its levels'
        reader.refuse("points", kept["points"], rule)
    for name in kept.get("measures") or ():
        if name not in MEASURES:
            reader.refuse("measures", name, "is not a measure", nearest(name, list(MEASURES)))
    if reader.problems:
        raise ScenarioError(reader.problems)
    for key in {"policies", "measures"} & kept.keys():
        kept[key] = tuple(kept[key])
    return StudyFile(**kept, factors=factors, changes=changes, folder=folder or Path())


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_seed(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


_KEYS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_text, "a text"),
    "scenario": (_is_text, "the name of a shipped scenario, or the path of a file"),
    "policies": (_are_names, "a list of names of policies"),
    "measures": (_are_names, "a list of names of measures"),
    "replications": (_is_count, "a whole number of at least 1"),
    "seed": (_is_seed, "a whole number of at least 0"),
    "design": (lambda value: value in (GRID, SPACE_FILLING), f'"{GRID}" or "{SPACE_FILLING}"'),
    "points": (_is_count, "a whole number of at least 1"),
}
"""The keys of a study file: what is asked of each value."""


class _Reader:
    """Reads values and remembers every problem."""

    def __init__(self, document: Mapping[str, Any], file: str) -> None:
        self.problems: list[Problem] = []
        self._document, self._file = document, file

    def refuse(self, key: str, value: Any, rule: str, hint: str = "") -> None:
        self.problems.append(Problem(self._file, key, value, rule, hint))

    def value(self, key: str, works: Callable[[Any], bool], wanted: str) -> Any:
        value = self._document[key]
        if not works(value):
            self.refuse(key, value, f"must be {wanted}")
            return None
        return value

    def unknown(
        self, known: Sequence[str], table: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> None:
        for key in table:
            if key not in known:
                place = key_text((*path, key))
                self.refuse(place, None, "is not a known key here", nearest(key, list(known)))

    def factors(self) -> tuple[Factor, ...]:
        """The factors, those that can be read."""
        tables = self._document.get("factors", [])
        if not isinstance(tables, list) or not tables or not all(map(_is_table, tables)):
            rule = "must be at least one table [[factors]] with key and levels, or key and range"
            self.refuse("factors", None, rule)
            return ()
        found = [self._factor(number, table) for number, table in enumerate(tables)]
        return tuple(one for one in found if one is not None)

    def _factor(self, number: int, table: Mapping[str, Any]) -> Factor | None:
        place = f"factors.{number}"
        self.unknown(("key", "levels", "range"), table, ("factors", str(number)))
        key = table.get("key")
        if not isinstance(key, str) or parse_key(split(key)[0]) is None:
            rule = "must be a key of the scenario, groups.front_line.heads for example"
            self.refuse(f"{place}.key", key, rule)
            return None
        if ("levels" in table) == ("range" in table):
            self.refuse(place, None, "must have either levels or range")
            return None
        try:
            if "range" in table:
                return Factor(key, tuple(steps(str(table["range"]))))
            levels = table["levels"]
            if not isinstance(levels, list):
                self.refuse(f"{place}.levels", levels, "must be a list of values")
                return None
            return Factor(key, tuple(levels))
        except ExperimentError as error:
            self.refuse(place, None, f"cannot be varied so: {error}")
            return None
