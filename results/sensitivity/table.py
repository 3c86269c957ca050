"""The sensitivity of an answer as a table: a row for each policy and assumption."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from results.comparison.comparison import Difference
from results.comparison.estimate import Estimate
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.reading.names import titles_of
from results.runs.columns import Column, types_of
from results.runs.columns import Columns as Described
from results.runs.parquet import Columns, Types, typed
from results.sensitivity.assumption_ranges import variants_of
from results.sensitivity.swings import Sensitivity, Swing
from scenarios.policies.driving_figures import DRIVING_FIGURES, DrivingFigure
from scenarios.register import REGISTER, Assumption

SENSITIVITY = "sensitivity"
"""A table of its own in the folders of runs that were asked for it."""

_M = "unit of the measure"
_HALF = "half of the width of its 95 % interval"
COLUMNS: Described = {
    "policy": Column(object, "name of the policy"),
    "measure": Column(object, "name of the measure"),
    "key": Column(object, "keys of the scenario that hold the assumption"),
    "title": Column(object, "what is assumed"),
    "unit": Column(object, "of the assumption"),
    "strength": Column(object, "how sure the assumption is; own where the scenario sets it"),
    "low": Column(np.float64, "low end of the assumption's range", "column unit"),
    "high": Column(np.float64, "high end of the assumption's range", "column unit"),
    "difference": Column(np.float64, "policy minus baseline as assumed", _M),
    "at_low": Column(np.float64, "the same at the low end", _M),
    "at_high": Column(np.float64, "the same at the high end", _M),
    "half_width": Column(np.float64, _HALF, _M),
    "half_width_at_low": Column(np.float64, f"{_HALF} at the low end", _M),
    "half_width_at_high": Column(np.float64, f"{_HALF} at the high end", _M),
    "moves_by": Column(np.float64, "how far the difference moves from end to end", _M),
    "effect": Column(object, "better, worse, different or unclear, as assumed"),
    "effect_at_low": Column(object, "the same at the low end"),
    "effect_at_high": Column(object, "the same at the high end"),
    "turns": Column(np.bool_, "the verdict is another one at an end"),
}
"""The columns, in order."""

TYPES: Types = types_of(COLUMNS)
"""The columns with their types, in order."""


_KEY = re.compile(r'(?:[^\s"]|"(?:\\.|[^"\\])*")+')
"""One of several keys with blanks between them; in a name in quotes a blank is its own."""


def keys_in(text: str) -> tuple[str, ...]:
    """The keys in the column of a table that holds several."""
    return tuple(_KEY.findall(text))


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


def sensitivity_of(table: Columns, experiment: Experiment) -> Sensitivity:
    """A sensitivity analysis read back from its table.

    Args:
        table: with these columns.
        experiment: the run that it belongs to.

    Raises:
        ExperimentError: an assumption is not in the register of today.
    """
    rows = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    base, *others = experiment.policies
    count = len(experiment.replications)
    swings = {
        policy: tuple(_swing(row, count) for row in rows if row["policy"] == policy)
        for policy in others
    }
    return Sensitivity(
        measure=str(rows[0]["measure"]) if rows else "fcr_complaints",
        policies=(base, *others),
        replications=count,
        planned=experiment.planned,
        complete=experiment.complete,
        currency=experiment.scenario.costs.currency,
        swings=swings,
        levers=variants_of({name: experiment.under[name] for name in (base, *others)}).levers,
        titles=titles_of(experiment.scenario, (base, *others)),
    )


def _swing(row: dict[str, Any], count: int) -> Swing:
    title, unit = row["title"], row["unit"]
    known: tuple[Assumption | DrivingFigure, ...] = (*REGISTER, *DRIVING_FIGURES)
    found = [one for one in known if (one.title, one.unit) == (title, unit)]
    if not found:
        raise ExperimentError(f"'{title}' is no assumption of this version.")

    def there(end: str) -> Difference:
        suffix = f"_at_{end}" if end else ""
        mean = float(row[f"at_{end}" if end else "difference"])
        effect = row[f"effect{suffix}"]
        moved = Estimate(mean, float(row[f"half_width{suffix}"]), count)
        return Difference(moved, math.nan, effect != "unclear", effect)

    return Swing(
        policy=row["policy"],
        assumption=found[0],
        keys=keys_in(row["key"]),
        low=float(row["low"]),
        high=float(row["high"]),
        as_assumed=there(""),
        at_low=there("low"),
        at_high=there("high"),
        own=row["strength"] == "own",
    )


def _row(measure: str, swing: Swing) -> dict[str, Any]:
    return {
        "policy": swing.policy,
        "measure": measure,
        "key": " ".join(swing.keys),
        "title": swing.assumption.title,
        "unit": swing.assumption.unit,
        "strength": swing.strength,
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
