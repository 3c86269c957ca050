"""Why policies differ, as a tidy table: a row for each policy, account and part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from results.runs.columns import Column, types_of
from results.runs.columns import Columns as Described
from results.runs.parquet import Columns, Types, typed
from results.why.account import Account, Accounting, Line

ACCOUNTING = "accounting"
"""A table of run folders that can be made again from the others."""

_UNIT = "column unit"

COLUMNS: Described = {
    "policy": Column(object, "name of the policy"),
    "against": Column(object, "the policy that it is set against, mostly the baseline"),
    "account": Column(object, "agents, supervisors, contacts, cases or money"),
    "part": Column(object, "what is a part of it; total is the whole, to which all others add up"),
    "title": Column(object, "the part, for a reader"),
    "unit": Column(object, "hours, count or money"),
    "per": Column(object, "a week or a day"),
    "base": Column(np.float64, "mean under the policy that it is set against", _UNIT),
    "mean": Column(np.float64, "mean under the policy", _UNIT),
    "difference": Column(np.float64, "mean minus base, replication by replication", _UNIT),
    "low": Column(np.float64, "lower end of its interval, adjusted for the policies", _UNIT),
    "high": Column(np.float64, "upper end of its interval, adjusted for the policies", _UNIT),
    "pairs": Column(np.int64, "replications"),
    "outcome": Column(object, "differs, same or unknown among all parts; empty for the whole"),
    "relevance": Column(np.float64, "the least difference that matters", _UNIT),
}
"""The columns, in order."""

TYPES: Types = types_of(COLUMNS)
"""The columns with their types, in order."""


def accounting_rows(found: Iterable[Accounting]) -> list[dict[str, Any]]:
    """The rows, account by account, the whole of each last."""
    return [row for one in found for row in _rows(one)]


def accounting_table(found: Iterable[Accounting]) -> Columns:
    """The same by column, for Parquet."""
    return typed(accounting_rows(found), TYPES)


def _rows(found: Accounting) -> Iterator[dict[str, Any]]:
    for account in found.accounts:
        for line in (*account.lines, account.total):
            yield _row(found, account, line)


def _row(found: Accounting, account: Account, line: Line) -> dict[str, Any]:
    moved, claim = line.difference.estimate, line.claim
    return {
        "policy": found.policy,
        "against": found.baseline,
        "account": account.name,
        "part": line.part,
        "title": line.title,
        "unit": account.unit,
        "per": account.per,
        "base": line.base,
        "mean": line.policy,
        "difference": moved.mean,
        "low": moved.low,
        "high": moved.high,
        "pairs": moved.n,
        "outcome": claim.outcome if claim else None,
        "relevance": claim.relevance if claim else float("nan"),
    }
