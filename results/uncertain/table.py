"""Centres as tables: a row for each policy and measure, and one for each centre and figure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from results.comparison.estimate import Estimate
from results.experiments.experiment import Experiment
from results.reading.names import titles_of
from results.runs.columns import Column, types_of
from results.runs.columns import Columns as Described
from results.runs.parquet import Columns, Types, typed
from results.sensitivity.table import keys_in
from results.uncertain.answer import CentreRun, Centres
from results.uncertain.spread import Spread
from results.uncertain.unknown import Unknown

UNCERTAIN, CENTRES = "uncertain", "centres"
"""Tables of their own in the folders of runs that were asked for them."""

_M, _F = "unit of the measure", "unit of the figure"
COLUMNS: Described = {
    "policy": Column(object, "name of the policy"),
    "measure": Column(object, "name of the measure; those of which a direction is better"),
    "centres": Column(np.int64, "centres in which the difference is defined"),
    "asked": Column(np.int64, "centres that were asked for"),
    "difference": Column(np.float64, "policy minus baseline, the mean over centres", _M),
    "half_width": Column(np.float64, "half of the width of its 95 % interval", _M),
    "better": Column(np.int64, "centres whose mean difference is better"),
    "worse": Column(np.int64, "centres whose mean difference is worse"),
    "better_low": Column(
        np.float64, "low end of the 95 % interval of the share of centres (Wilson)", "share"
    ),
    "better_high": Column(np.float64, "high end of the same", "share"),
    "between": Column(np.float64, "standard deviation between centres", _M),
    "within": Column(np.float64, "standard deviation of one replication: chance", _M),
    "clipped": Column(np.bool_, "the estimate between centres was below 0, and is 0"),
}
OF_CENTRES: Described = {
    "centre": Column(np.int64, "number of the centre, from 0"),
    "key": Column(object, "keys of the scenario that have the figure"),
    "title": Column(object, "what is assumed; empty for a row of [uncertain]"),
    "value": Column(np.float64, "the figure in this centre", _F),
    "low": Column(np.float64, "low end of its range", _F),
    "likeliest": Column(np.float64, "what the scenario has", _F),
    "high": Column(np.float64, "high end of its range", _F),
    "source": Column(object, "where the range is from"),
    "together": Column(np.bool_, "it was drawn together with others that have a yes here"),
}
"""The columns, in order."""

TYPES: Types = types_of(COLUMNS)
TYPES_OF_CENTRES: Types = types_of(OF_CENTRES)
LATER = frozenset({"together"})
"""Columns that tables of older runs do not have."""


def spread_rows(found: Centres) -> list[dict[str, Any]]:
    """A row for each policy and measure."""
    return [_spread_row(spread, found.asked) for spread in found.spreads.values()]


def _spread_row(spread: Spread, asked: int) -> dict[str, Any]:
    low, high = spread.interval
    return {
        "policy": spread.policy,
        "measure": spread.measure,
        "centres": spread.centres,
        "asked": asked,
        "difference": spread.difference.mean,
        "half_width": spread.difference.half_width,
        "better": spread.better,
        "worse": spread.worse,
        "better_low": low,
        "better_high": high,
        "between": spread.between,
        "within": spread.within,
        "clipped": spread.clipped,
    }


def figure_rows(ran: CentreRun) -> Iterator[dict[str, Any]]:
    """A row for each centre and figure."""
    for centre, values in ran.figures.items():
        for one in ran.unknowns:
            yield {
                "centre": centre,
                "key": " ".join(one.keys),
                "title": one.title,
                "value": values[one.name],
                "low": one.low,
                "likeliest": one.value,
                "high": one.high,
                "source": one.source,
                "together": bool(one.drawn),
            }


def tables_of(ran: CentreRun, found: Centres) -> dict[str, Columns]:
    """Both tables by name, for Parquet."""
    return {
        UNCERTAIN: typed(spread_rows(found), TYPES),
        CENTRES: typed(list(figure_rows(ran)), TYPES_OF_CENTRES),
    }


def centres_of(spreads: Columns, figures: Columns, experiment: Experiment) -> Centres:
    """The centres of a run read back from its tables.

    Args:
        spreads: of the table ``uncertain``.
        figures: of the table ``centres``.
        experiment: the run that they belong to.
    """
    rows, drawn = _rows(spreads), _rows(figures)
    found = [_spread(row) for row in rows]
    asked = int(rows[0]["asked"]) if rows else 0
    return Centres(
        experiment.policies,
        titles_of(experiment.scenario, experiment.policies),
        experiment.scenario.costs.currency,
        len({int(row["centre"]) for row in drawn}),
        asked,
        _unknowns(drawn),
        {(one.policy, one.measure): one for one in found},
    )


def _rows(table: Columns) -> list[dict[str, Any]]:
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def _spread(row: Mapping[str, Any]) -> Spread:
    centres = int(row["centres"])
    return Spread(
        str(row["policy"]),
        str(row["measure"]),
        centres,
        Estimate(float(row["difference"]), float(row["half_width"]), centres),
        int(row["better"]),
        int(row["worse"]),
        float(row["between"]),
        float(row["within"]),
        bool(row["clipped"]),
    )


def _unknowns(rows: Sequence[Mapping[str, Any]]) -> tuple[Unknown, ...]:
    """The figures that were drawn, in order, as the rows of one centre tell them."""
    first = rows[0]["centre"] if rows else math.nan
    return tuple(
        Unknown(
            keys_in(str(row["key"])),
            float(row["low"]),
            float(row["likeliest"]),
            float(row["high"]),
            str(row["source"]),
            str(row["title"]),
            drawn=(float(row["value"]),) if row.get("together") else (),
        )
        for row in rows
        if row["centre"] == first
    )
