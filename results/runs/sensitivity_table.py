"""The sensitivity of an answer as a table: a row for each policy and assumption."""

from __future__ import annotations

from typing import Any

import numpy as np

from results.experiments.swings import Sensitivity, Swing
from results.runs.parquet import Columns, Types, typed

SENSITIVITY = "sensitivity"
"""A table of its own in the folders of runs that were asked for it."""

TYPES: Types = {
    "policy": object,
    "measure": object,
    "key": object,
    "title": object,
    "unit": object,
    "strength": object,
    "low": np.float64,
    "high": np.float64,
    "difference": np.float64,
    "at_low": np.float64,
    "at_high": np.float64,
    "half_width": np.float64,
    "half_width_at_low": np.float64,
    "half_width_at_high": np.float64,
    "moves_by": np.float64,
    "effect": object,
    "effect_at_low": object,
    "effect_at_high": object,
    "turns": np.bool_,
}
"""The columns with their types, in order."""


def sensitivity_rows(found: Sensitivity) -> list[dict[str, Any]]:
    """The rows, the assumption with the largest swing first under each policy.

    ``low`` and ``high`` are values of the assumption; ``difference`` is that of the policy from
    the baseline as assumed, ``at_low`` and ``at_high`` are the same at the ends; ``turns`` says
    whether the verdict is another one at an end.
    """
    return [_row(found.measure, swing) for swings in found.swings.values() for swing in swings]


def sensitivity_table(found: Sensitivity) -> Columns:
    """The same by column, for Parquet."""
    return typed(sensitivity_rows(found), TYPES)


def _row(measure: str, swing: Swing) -> dict[str, Any]:
    return {
        "policy": swing.policy,
        "measure": measure,
        "key": " ".join(swing.keys),
        "title": swing.assumption.title,
        "unit": swing.assumption.unit,
        "strength": swing.assumption.strength,
        "low": swing.low,
        "high": swing.high,
        "difference": swing.as_assumed.estimate.mean,
        "at_low": swing.at_low.estimate.mean,
        "at_high": swing.at_high.estimate.mean,
        "half_width": swing.as_assumed.estimate.half_width,
        "half_width_at_low": swing.at_low.estimate.half_width,
        "half_width_at_high": swing.at_high.estimate.half_width,
        "moves_by": swing.span,
        "effect": swing.as_assumed.effect,
        "effect_at_low": swing.at_low.effect,
        "effect_at_high": swing.at_high.effect,
        "turns": bool(swing.turned_at),
    }
