"""A comparison as a table: a row for each policy and measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from results.comparison.comparison import Comparison
from results.comparison.estimate import NOTHING, Estimate
from results.runs.columns import Column, types_of
from results.runs.columns import Columns as Described
from results.runs.parquet import Columns, Types, typed
from results.runs.tables import CUT, MEASURE, OF_MEASURE, POLICY

COMPARISON = "comparison"
"""A table of run folders that can be made again from the others."""

_INTERVAL = "end of the 95 % interval"

COLUMNS: Described = {
    "policy": POLICY,
    **CUT,
    "measure": MEASURE,
    "mean": Column(np.float64, "over the replications", OF_MEASURE),
    "mean_low": Column(np.float64, f"lower {_INTERVAL} of the mean", OF_MEASURE),
    "mean_high": Column(np.float64, f"upper {_INTERVAL} of the mean", OF_MEASURE),
    "n": Column(np.int64, "replications in which the measure is defined"),
    "difference": Column(
        np.float64, "policy minus baseline, replication by replication", OF_MEASURE
    ),
    "low": Column(np.float64, f"lower {_INTERVAL}, adjusted for the policies", OF_MEASURE),
    "high": Column(np.float64, f"upper {_INTERVAL}, adjusted for the policies", OF_MEASURE),
    "pairs": Column(np.int64, "replications in which both are defined"),
    "relative": Column(np.float64, "difference over the mean of the baseline", "share"),
    "effect": Column(object, "better, worse, different or unclear; empty for the baseline"),
}
"""The columns, in order."""

TYPES: Types = types_of(COLUMNS)
"""The columns with their types, in order."""


def comparison_table(comparison: Comparison) -> Columns:
    """Write a comparison as a table: a row for each policy and measure.

    ``low`` and ``high`` bound the difference from the baseline, adjusted for the number of
    policies; the columns of the difference are empty for the baseline itself.
    """
    rows = [
        {
            "policy": found.policy,
            "dimension": comparison.cut[0],
            "key": comparison.cut[1],
            "measure": found.measure,
            **_estimated(found.mean, ("mean", "mean_low", "mean_high", "n")),
            **_estimated(
                found.difference.estimate if found.difference else NOTHING,
                ("difference", "low", "high", "pairs"),
            ),
            "relative": found.difference.relative if found.difference else math.nan,
            "effect": found.difference.effect if found.difference else None,
        }
        for found in comparison.findings.values()
    ]
    return typed(rows, TYPES)


def _estimated(found: Estimate, names: Sequence[str]) -> dict[str, Any]:
    return dict(zip(names, (found.mean, found.low, found.high, found.n), strict=True))
