"""The files of a fitted centre: a scenario with comments, its agents and their windows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np

from scenarios.files.toml_text import key_text, value_text
from scenarios.fit.document import GROUP, Document, clock
from scenarios.fit.figure import Uncertain
from scenarios.fit.week import Week

WIDTH = 96


def files_of(week: Week, target: Path, *, one_file: bool = False) -> dict[Path, str]:
    """The text of every file by its path: the scenario and, where there are, its agents' tables.

    Args:
        week: What is written.
        target: The scenario file.
        one_file: Write the agents into the scenario instead of tables next to it.
    """
    drawn = target.with_name(f"{target.stem}-resampled.csv")
    sets = {} if one_file or not week.sets.values else {drawn: _sets(week)}
    csv_name = drawn.name if sets else ""
    if not week.persons:
        return {target: scenario_text(week.document, week, csv_name), **sets}
    agents = target.with_name(f"{target.stem}-agents.csv")
    logons = target.with_name(f"{target.stem}-logons.csv")
    persons: Document = {"csv": agents.name, "windows_csv": logons.name}
    if one_file:
        persons = {"by_name": _with_windows(week)}
    group = {"persons": persons, **week.document["groups"][GROUP]}
    document = {**week.document, "groups": {**week.document["groups"], GROUP: group}}
    tables = {} if one_file else {agents: _agents(week.persons), logons: _logons(week)}
    return {target: scenario_text(document, week, csv_name), **tables, **sets}


def _with_windows(week: Week) -> Document:
    """The agents with their windows by weekday."""
    found = {name: {**person, "windows": {}} for name, person in week.persons.items()}
    for name, day, start, end in week.windows:
        found[name]["windows"].setdefault(day, []).append(f"{clock(start)}-{clock(end)}")
    return found


def scenario_text(document: Document, week: Week, sets: str = "") -> str:
    """The scenario as TOML, comments first.

    Args:
        document: Its tables.
        week: Comments, and what is not known for certain.
        sets: Name of the file of figures estimated from days drawn anew; without one they stand in
            the scenario.
    """
    lines = [
        "# Written from the records of a centre. Every figure with an interval is in [uncertain]",
        "# at the end as well: low and high are a 95 % interval. Change what you know better.",
        "",
        *_comment(week.notes.get("", [])),
    ]
    plain = {key: value for key, value in document.items() if not isinstance(value, dict)}
    lines += [f"{key} = {value_text(value)}" for key, value in plain.items()]
    for key, value in document.items():
        if isinstance(value, dict):
            lines += _table((key,), value, week)
    known = [line for entry in week.uncertain for line in _uncertain(entry, week, sets)]
    if known:
        lines += ["", "# --- What is not known for certain ---", ""]
        lines += _comment([_TOGETHER] if week.sets.values else [])
        lines += ["[uncertain]", *known]
    return "\n".join(lines).rstrip() + "\n"


_TOGETHER = (
    "Rows with csv (or drawn) were estimated again from days drawn with replacement, all from the "
    "same days: a centre of firstline compare --uncertain takes one set of them. Delete the row of "
    "a figure that you know better."
)


def _table(path: tuple[str, ...], table: dict[str, Any], week: Week) -> list[str]:
    """A table with its comments; tables of plain values in a line, deeper ones by themselves."""
    here: dict[tuple[str, ...], Any] = {
        (key,): value for key, value in table.items() if _in_line(value)
    }
    inner = {key: value for key, value in table.items() if (key,) not in here}
    for key in [key for key, value in inner.items() if _of_lists(value)]:
        here |= {(key, name): value for name, value in inner.pop(key).items()}
    notes = _comment(week.notes.get(".".join(path), []))
    lines: list[str] = []
    if here or notes:
        lines += ["", *notes, f"[{key_text(path)}]"]
        lines += [f"{key_text(key)} = {_value(value)}" for key, value in here.items()]
    for key, value in inner.items():
        if isinstance(value, list):
            for entry in value:
                lines += ["", f"[[{key_text((*path, key))}]]"]
                lines += [f"{name} = {_value(part)}" for name, part in entry.items()]
        else:
            lines += _table((*path, key), value, week)
    return lines


def _in_line(value: Any) -> bool:
    if isinstance(value, list):
        return not value or not isinstance(value[0], dict)
    return not isinstance(value, dict) or "distribution" in value


def _of_lists(value: Any) -> bool:
    """A table of short lists, such as windows by weekday: a line for each."""
    return isinstance(value, dict) and all(
        isinstance(each, list) and all(isinstance(item, str) for item in each)
        for each in value.values()
    )


def _value(value: Any) -> str:
    """A value; a long list over several lines."""
    if isinstance(value, list) and len(value) > 12:
        rows = wrap(", ".join(value_text(item) for item in value), WIDTH)
        return "[\n" + "\n".join(f"    {row}" for row in rows) + "\n]"
    return value_text(value)


def _comment(notes: list[str]) -> list[str]:
    return [f"# {row}" for note in notes for row in wrap(note, WIDTH)]


def _uncertain(entry: Uncertain, week: Week, sets: str) -> list[str]:
    low, high = entry.estimate.low, entry.estimate.high
    if not (np.isfinite(low) and np.isfinite(high)):
        return []
    table = {
        "low": _digits(low, np.floor),
        "high": _digits(high, np.ceil),
        "source": f"{entry.estimate.records:,} records: {entry.source}",
    }
    drawn = week.sets.values.get(entry.key)
    if drawn is not None:
        table |= {"csv": sets} if sets else {"drawn": [float(_cell(one)) for one in drawn]}
    return [f"{value_text(key_text(entry.key))} = {value_text(table)}"]


def _digits(value: float, towards: Callable[[float], float]) -> float:
    """Four digits, rounded so that a range only gets wider."""
    if value == 0:
        return 0.0
    scale = 10.0 ** (3 - int(np.floor(np.log10(abs(value)))))
    return float(f"{float(towards(value * scale)) / scale:.4g}")


def _sets(week: Week) -> str:
    """A column for each figure, a line for each set."""
    known = {entry.key for entry in week.uncertain}
    columns = {key: values for key, values in week.sets.values.items() if key in known}
    names = tuple(key_text(key) for key in columns)
    return _csv(names, [tuple(map(_cell, row)) for row in zip(*columns.values(), strict=True)])


def _cell(value: float) -> str:
    """Five digits, written so that no point can be taken for one of thousands."""
    text = np.format_float_positional(float(f"{value:.5g}"), trim="-")
    return f"{text}0" if "." in text else text


def _agents(persons: Document) -> str:
    factors = [
        key
        for key in ("talk_factor", "cut_off_factor")
        if any(key in person for person in persons.values())
    ]
    rows = [
        (name, _skills(person.get("skills", [])), *(person[key] for key in factors))
        for name, person in persons.items()
    ]
    return _csv(("name", "skills", *factors), rows)


def _skills(names: list[str]) -> str:
    """Names with | between them; behind one as well, if it has blanks that are not between two."""
    alone = len(names) == 1 and len(names[0].split()) > 1
    return f"{names[0]} |" if alone else " | ".join(names)


def _logons(week: Week) -> str:
    rows = [(name, day, clock(start), clock(end)) for name, day, start, end in week.windows]
    return _csv(("name", "weekday", "start", "end"), rows)


def _csv(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()
