"""Tables of an experiment: what its replications found, in rows that any program can read.

Five tables. Each row names its policy and replication, the first of which is 0:

measures   dimension, key (the cut), measure, value
intervals  dimension, key (the cut), then the columns of the interval table
endings    cases_of (all, complaints or a reason), ending, cases
waits      channel, from_s, to_s, contacts (answered contacts by how long they waited; those who
           left unanswered, and resolved cases by how long that took, under names of their own)
accounts   account, key (a group), part, amount (hours by what they were spent on, contacts by why)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.measures.intervals import MEANINGS
from results.measures.slice import Cut
from results.measures.summary import Key, Summary
from results.measures.waits import WAIT_EDGES
from results.runs.columns import Column, types_of
from results.runs.columns import Columns as Described
from results.runs.parquet import Columns, Types, stacked

TABLES = ("measures", "intervals", "endings", "waits", "accounts")

LATER = frozenset({"accounts"})
"""Tables that runs of an earlier version do not have."""

POLICY = Column(object, "name of the policy")
_KEY: Described = {
    "policy": POLICY,
    "replication": Column(np.int64, "number of the replication, from 0"),
}
CUT: Described = {
    "dimension": Column(object, "what the centre is cut by: all, complaints, reason, channel ..."),
    "key": Column(object, "which part of it; empty for the whole"),
}
MEASURE = Column(object, "name of the measure; its definition is in this dictionary")
OF_MEASURE = "unit of the measure"
_OF_TRACE: Mapping[str, Described] = {
    "measures": {
        **CUT,
        "measure": MEASURE,
        "value": Column(np.float64, "of the measure; empty where nothing is counted", OF_MEASURE),
    },
    "intervals": {
        **CUT,
        **{name: Column(np.float32, *meaning) for name, meaning in MEANINGS.items()},
    },
    "endings": {
        "cases_of": Column(object, "all, complaints, or a reason"),
        "ending": Column(object, "how cases ended"),
        "cases": Column(np.int64, "that ended so"),
    },
    "waits": {
        "channel": Column(
            object,
            "of the answered contacts; with 'not answered' those who left the queue unanswered; "
            "'until resolved' are resolved cases by the time that took",
        ),
        "from_s": Column(np.float64, "shortest wait that counts here", "s"),
        "to_s": Column(np.float64, "longest wait that counts here, itself left out", "s"),
        "contacts": Column(np.int64, "contacts that waited so long, or cases that took it"),
    },
    "accounts": {
        "account": Column(object, "what is split: hours or contacts"),
        "key": Column(object, "the group whose hours they are; empty for contacts"),
        "part": Column(object, "what hours were spent on, or why contacts came about"),
        "amount": Column(
            np.float64, "paid hours or contacts over the days measured; they add up to all"
        ),
    },
}

COLUMNS: Mapping[str, Described] = {
    name: {**_KEY, **columns} for name, columns in _OF_TRACE.items()
}
"""The columns of every table, in order."""

TYPES: Mapping[str, Types] = {name: types_of(columns) for name, columns in COLUMNS.items()}
"""The columns of every table with their types, in order; a table without rows keeps them."""

OF_INTERVALS = frozenset(tuple(MEANINGS)[1:])
"""Columns that a run of another version may lack; every other column a table must have."""


def tables_of(summaries: Mapping[Key, Summary]) -> dict[str, Columns]:
    """Write summaries as tables, by name of table."""
    parts = [
        (_values(one), _intervals(one), _endings(one), _waits(one), _accounts(one))
        for one in summaries.values()
    ]
    return {
        name: stacked(
            [named(key, part[index]) for key, part in zip(summaries, parts, strict=True)],
            TYPES[name],
        )
        for index, name in enumerate(TABLES)
    }


def summaries_of(tables: Mapping[str, Columns]) -> dict[Key, Summary]:
    """Read summaries back from tables; the same bits as were written."""
    by_key = {name: _by_key(tables[name]) for name in TABLES}
    values, intervals, endings, waits, accounts = (by_key[name] for name in TABLES)
    return {
        key: Summary(
            values={
                cut: dict(zip(rows["measure"], rows["value"].tolist(), strict=True))
                for cut, rows in _by_cut(values[key])
            },
            intervals={
                cut: _without_keys(rows) for cut, rows in _by_cut(intervals.get(key, _NOTHING))
            },
            endings={
                name: dict(zip(rows["ending"], rows["cases"].tolist(), strict=True))
                for (name,), rows in _runs(endings.get(key, _NOTHING), ("cases_of",))
            },
            waits={
                name: rows["contacts"]
                for (name,), rows in _runs(waits.get(key, _NOTHING), ("channel",))
            },
            accounts={
                (account, name): dict(zip(rows["part"], rows["amount"].tolist(), strict=True))
                for (account, name), rows in _runs(accounts.get(key, _NOTHING), ("account", "key"))
            },
        )
        for key in values
    }


_NOTHING: Columns = {}
"""The rows of a replication that has none in a table: no channel, no interval."""


def named(key: Key, columns: Columns) -> Columns:
    """Add the policy and the replication to every row."""
    rows = len(next(iter(columns.values())))
    policy, replication = key
    return {
        "policy": _text([policy] * rows),
        "replication": np.full(rows, replication, dtype=np.int64),
        **columns,
    }


def _values(summary: Summary) -> Columns:
    columns: dict[str, list[Any]] = {"dimension": [], "key": [], "measure": [], "value": []}
    for (dimension, key), found in summary.values.items():
        columns["dimension"] += [dimension] * len(found)
        columns["key"] += [key] * len(found)
        columns["measure"] += found
        columns["value"] += found.values()
    text = {name: _text(cells) for name, cells in columns.items() if name != "value"}
    return {**text, "value": np.array(columns["value"], dtype=np.float64)}


def _intervals(summary: Summary) -> Columns:
    parts = [_at(cut, columns) for cut, columns in summary.intervals.items()]
    return stacked(parts, types_of(_OF_TRACE["intervals"]))


def _at(cut: Cut, columns: Columns) -> Columns:
    rows = len(next(iter(columns.values())))
    return {"dimension": _text([cut[0]] * rows), "key": _text([cut[1]] * rows), **columns}


def _endings(summary: Summary) -> Columns:
    names = [(of, ending) for of, counts in summary.endings.items() for ending in counts]
    return {
        "cases_of": _text([row[0] for row in names]),
        "ending": _text([row[1] for row in names]),
        "cases": np.array([summary.endings[of][ending] for of, ending in names], dtype=np.int64),
    }


def _waits(summary: Summary) -> Columns:
    bins, channels = len(WAIT_EDGES) - 1, summary.waits
    return {
        "channel": _text([channel for channel in channels for _ in range(bins)]),
        "from_s": np.tile(WAIT_EDGES[:-1], len(channels)),
        "to_s": np.tile(WAIT_EDGES[1:], len(channels)),
        "contacts": np.concatenate([np.array([], dtype=np.int64), *channels.values()]),
    }


def _accounts(summary: Summary) -> Columns:
    names = [(*account, part) for account, parts in summary.accounts.items() for part in parts]
    amounts = [amount for parts in summary.accounts.values() for amount in parts.values()]
    return {
        "account": _text([row[0] for row in names]),
        "key": _text([row[1] for row in names]),
        "part": _text([row[2] for row in names]),
        "amount": np.array(amounts, dtype=np.float64),
    }


def _text(words: Sequence[str]) -> NDArray[Any]:
    return np.array(words, dtype=object)


def _by_key(columns: Columns) -> dict[Key, Columns]:
    names = ("policy", "replication")
    return {(policy, int(number)): rows for (policy, number), rows in _runs(columns, names)}


def _by_cut(columns: Columns) -> Iterator[tuple[Cut, Columns]]:
    return (((kind, name), rows) for (kind, name), rows in _runs(columns, ("dimension", "key")))


def _without_keys(columns: Columns) -> dict[str, NDArray[Any]]:
    keys = ("policy", "replication", "dimension", "key")
    return {name: column for name, column in columns.items() if name not in keys}


def _runs(columns: Columns, names: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], Columns]]:
    """Stretches of rows in which the named columns do not change, with what they hold there."""
    if not columns:
        return
    length = len(columns[names[0]])
    changed = np.zeros(max(length - 1, 0), dtype=np.bool_)
    for name in names:
        changed |= columns[name][1:] != columns[name][:-1]
    edges = [0, *(np.flatnonzero(changed) + 1).tolist(), length] if length else []
    for start, end in pairwise(edges):
        yield (
            tuple(columns[name][start] for name in names),
            {name: column[start:end] for name, column in columns.items()},
        )
