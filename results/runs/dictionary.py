"""The data dictionary of a run folder: every table, column and measure, with type and unit.

It is made from the definitions by which the tables themselves are written and read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np

from results.comparison.table import COLUMNS as COMPARISON_COLUMNS
from results.comparison.table import COMPARISON
from results.facts.traces import stored_columns, words_of
from results.measures.registry import MEASURES
from results.runs.columns import Column, Columns
from results.runs.tables import COLUMNS as STORED
from results.sensitivity.table import COLUMNS as SENSITIVITY_COLUMNS
from results.sensitivity.table import SENSITIVITY
from results.studies.columns import COLUMNS as STUDY_COLUMNS
from results.studies.columns import STUDY
from results.uncertain.table import CENTRES, OF_CENTRES, UNCERTAIN
from results.uncertain.table import COLUMNS as UNCERTAIN_COLUMNS
from results.why.table import ACCOUNTING
from results.why.table import COLUMNS as ACCOUNTING_COLUMNS

DICTIONARY = "dictionary.csv"
NAMES = ("kind", "table", "name", "type", "unit", "meaning", "equation", "version")
"""Columns of the dictionary; a kind is table, column or measure."""

_IN_QUERIES: Mapping[str, Columns] = {
    "runs": {
        "run": Column(object, "name of the run folder"),
        "scenario": Column(object, "name of the scenario"),
        "seed": Column(np.int64, "of all random draws; empty where no database can hold it"),
        "replications": Column(np.int64, "finished under every policy"),
        "started": Column(object, "when it was started, ISO 8601 in UTC"),
        "firstline": Column(object, "version of the program"),
        "command": Column(object, "that made the folder"),
        "traces": Column(np.bool_, "contacts and whatever else is of single contacts were kept"),
    },
    "definitions": {
        "run": Column(object, "name of the run folder"),
        "measure": Column(object, "name of the measure"),
        "version": Column(np.int64, "of its definition; versions of one number mean the same"),
    },
}
"""Tables that no file holds: a query makes them of the manifests."""

_TABLES = {
    "runs": "a row for each finished run; only in queries",
    "definitions": "the version of each measure in each run; only in queries",
    "measures": "a value of each measure for each policy, replication and part of the centre",
    "intervals": "the interval table of each policy, replication and part of the centre",
    "endings": "how many cases ended how, for each policy and replication",
    "waits": "how long customers waited, answered or not, for each policy and replication",
    "accounts": "paid hours and contacts in parts that add up, for each policy and replication",
    COMPARISON: "each policy against the baseline, over the replications",
    ACCOUNTING: "why each policy differs: the parts of its difference, which add up to all of it",
    SENSITIVITY: "what the comparison depends on; only with --sensitivity",
    UNCERTAIN: "policies in centres that fit what is known; only with --uncertain",
    CENTRES: "the figures of each of these centres; only with --uncertain",
    STUDY: "every policy at every point of a study in every replication, next to these columns one "
    "for each factor, called by its key, and one for each measure; only of sweep, worth and study",
    "contacts": "every contact",
    "legs": "every stretch of a contact with one agent",
    "decisions": "every remedy decided, alone or by an approver",
    "promises": "every promise, of a callback or an answer",
    "cases": "every case",
    "spans": "agent time: spans of one state without gaps",
    "shifts": "scheduled duty of every agent",
    "staff": "who held which place on which day, where people change",
    "helps": "every time a colleague helped while the customer held",
    "pending": "every time a promise waited for the customer or a third party",
    "lists": "how many customers were put on which list of customers to call, day by day",
    "dials": "every call to a customer of such a list",
    "business": "every case that is further business of a customer",
    "fixes": "root causes that were begun to be fixed",
    "apologies": "what agents said about a fault to customers who complain",
    "agents": "who the agents are when the horizon begins",
}

_TYPES: Mapping[Any, str] = {
    object: "text",
    int: "whole number",
    np.int64: "whole number",
    float: "number",
    np.float64: "number",
    np.float32: "number",
    np.bool_: "true or false",
}


def dictionary() -> list[dict[str, str]]:
    """The rows of the dictionary: tables with their columns, then measures."""
    return [dict.fromkeys(NAMES, "") | row for row in (*_of_tables(), *_of_measures())]


def write_dictionary(folder: Path) -> None:
    """Write the dictionary into a run folder.

    Raises:
        OSError: it cannot be written.
    """
    with (folder / DICTIONARY).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES, lineterminator="\n")
        writer.writeheader()
        writer.writerows(dictionary())


def _of_tables() -> Iterator[dict[str, str]]:
    stored = {
        **_IN_QUERIES,
        **STORED,
        COMPARISON: COMPARISON_COLUMNS,
        ACCOUNTING: ACCOUNTING_COLUMNS,
        SENSITIVITY: SENSITIVITY_COLUMNS,
        UNCERTAIN: UNCERTAIN_COLUMNS,
        CENTRES: OF_CENTRES,
        STUDY: STUDY_COLUMNS,
    }
    for table, columns in stored.items():
        yield {"kind": "table", "table": table, "meaning": _TABLES[table]}
        yield from (_column(table, name, column) for name, column in columns.items())
    key = {name: STORED["measures"][name] for name in ("policy", "replication")}
    for table, described in stored_columns().items():
        yield {"kind": "table", "table": table, "meaning": f"{_TABLES[table]}; only with --traces"}
        yield from (_column(table, name, column) for name, column in key.items())
        for name, (kind, meaning, unit) in described.items():
            words = words_of(table, name)
            said = _as_stored(meaning, words)
            yield _column(table, name, Column(kind if words is None else object, said, unit))


def _as_stored(meaning: str, words: type[IntEnum] | str | None) -> str:
    """What is in a column as it is stored: words instead of codes, nothing instead of NaN."""
    said = meaning.replace("NaN", "empty")
    if words is not None:
        said = said.replace("-1", "empty")
    if not isinstance(words, type):
        return said
    said = said.removesuffix(f" ({words.__name__})")
    return f"{said}: {', '.join(code.name.lower() for code in words)}"


def _column(table: str, name: str, column: Column) -> dict[str, str]:
    return {
        "kind": "column",
        "table": table,
        "name": name,
        "type": _TYPES[column.kind],
        "unit": column.unit,
        "meaning": column.meaning,
    }


def _of_measures() -> Iterator[dict[str, str]]:
    for name, measure in MEASURES.items():
        yield {
            "kind": "measure",
            "table": "measures",
            "name": name,
            "type": "number",
            "unit": measure.unit,
            "meaning": measure.title,
            "equation": measure.equation,
            "version": str(measure.version),
        }
