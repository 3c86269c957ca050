"""Reading a study file: every value checked, every problem remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from results.errors import ExperimentError
from results.experiments.precision import Precision
from results.measures.registry import MEASURES
from results.studies.choice import PICTURES
from results.studies.factor import Factor, steps
from results.studies.goal import Goal, goal_of
from results.studies.study_file import (
    AT_LEAST,
    AT_MOST,
    GRID,
    SPACE_FILLING,
    WHAT_MATTERS,
    StudyFile,
)
from scenarios import Problem, ScenarioError
from scenarios.checks.problems import nearest
from scenarios.files.reading import parsed, read_text
from scenarios.files.toml_text import key_text, parse_key
from scenarios.policies.relative_changes import is_number, split


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
    _refuse_scenario(document, file)
    reader = _Reader(document, file)
    kept = {key: reader.value(key, *rule) for key, rule in _KEYS.items() if key in document}
    factors = reader.factors()
    precision, goal = reader.precision(), reader.goal()
    kept |= reader.report()
    reader.unknown(("factors", "changes", "precision", "goal", "report", *_KEYS), document, ())
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
    if "precision" in document and "replications" in document:
        rule = "cannot stand next to replications: give one of the two"
        reader.refuse("precision", None, rule)
    if "worth" in document and "policies" in document:
        reader.refuse("policies", None, "cannot stand next to worth, which runs the baseline")
    if reader.problems:
        raise ScenarioError(reader.problems)
    for key in {"policies", "measures", "pictures"} & kept.keys():
        kept[key] = tuple(kept[key])
    kept |= {"factors": factors, "precision": precision, "goal": goal, "changes": changes}
    return StudyFile(**kept, folder=folder or Path())


def _refuse_scenario(document: Mapping[str, Any], file: str) -> None:
    """One sentence for a scenario's file, instead of one about each of its sections."""
    if {"reasons", "groups"} <= document.keys() and not {"scenario", "factors"} & document.keys():
        hint = (
            f'A study is a file of its own with scenario = "{Path(file).name}" and [[factors]]: '
            "see firstline study --help. firstline compare runs a scenario's policies."
        )
        raise ScenarioError([Problem(file, "", None, "is a scenario, and no study of one", hint)])


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
    "worth": (_is_text, "the name of a policy"),
}
"""The keys of a study file: what is asked of each value."""


_REPORT: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "question": (_is_text, "a text"),
    "author": (_is_text, "a text"),
    "pictures": (_are_names, "a list of names of pictures"),
}
"""The same of its section [report]."""


_ROUNDS: Mapping[str, int] = {"at_least": AT_LEAST, "at_most": AT_MOST}
"""Keys of [precision] that are no measures."""


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

    def report(self) -> dict[str, Any]:
        """What the section [report] says."""
        table = self._document.get("report", {})
        if not _is_table(table):
            self.refuse("report", table, "must be a table: [report]")
            return {}
        self.unknown(tuple(_REPORT), table, ("report",))
        found = {}
        for key, (works, wanted) in _REPORT.items():
            if key in table and not works(table[key]):
                self.refuse(f"report.{key}", table[key], f"must be {wanted}")
            elif key in table:
                found[key] = table[key]
        for name in found.get("pictures", ()):
            if name not in PICTURES:
                hint = nearest(name, list(PICTURES)) or f"There are: {', '.join(PICTURES)}."
                self.refuse("report.pictures", name, "is not a picture of a study", hint)
        return found

    def goal(self) -> Goal | None:
        """What a measure should come to; None where nothing is asked."""
        text = self._document.get("goal")
        if text is None:
            return None
        try:
            return goal_of(str(text))
        except ExperimentError as error:
            self.refuse("goal", text, f"cannot be read: {error}")
            return None

    def precision(self) -> Precision | None:
        """How closely a difference is to be known; None where nothing is asked."""
        table = self._document.get("precision")
        if table is None:
            return None
        if not _is_table(table):
            rule = "must be a table: [precision] with a measure and half the width of its interval"
            self.refuse("precision", table, rule)
            return None
        rounds = {key: table.get(key, usual) for key, usual in _ROUNDS.items()}
        wanted = {key: value for key, value in table.items() if key not in _ROUNDS}
        wrong = [key for key, value in rounds.items() if not _is_count(value)]
        for key in wrong:
            self.refuse(f"precision.{key}", rounds[key], "must be a whole number of at least 1")
        for name, value in wanted.items():
            if name not in MEASURES:
                known = [*MEASURES, *_ROUNDS]
                self.refuse(f"precision.{name}", value, "is not a measure", nearest(name, known))
            elif value != WHAT_MATTERS and not is_number(value):
                rule = f'must be a number in the unit of the measure, or "{WHAT_MATTERS}"'
                self.refuse(f"precision.{name}", value, rule)
        if wrong or any(one.key.startswith("precision.") for one in self.problems):
            return None
        differences = {
            name: None if value == WHAT_MATTERS else float(value) for name, value in wanted.items()
        }
        try:
            return Precision(half_widths={}, differences=differences, **rounds)
        except ExperimentError as error:
            self.refuse("precision", None, f"cannot be reached: {error}")
            return None

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
