"""A study as a tidy table: a row for each policy, point and replication."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from results.errors import writing
from results.measures.registry import MEASURES
from results.runs import parquet
from results.studies.study import Study

STUDY = "study"
"""Name of the table in a run folder."""


def study_columns(study: Study, measures: Sequence[str] = tuple(MEASURES)) -> dict[str, Any]:
    """The table as columns: policy, point, each factor, replication, each measure.

    A factor whose levels are not all numbers is a column of text.
    """
    rows = list(study.rows(measures))
    columns: dict[str, Any] = {}
    ordered = {factor.key: factor.is_ordered for factor in study.plan.factors}
    for name in rows[0] if rows else ():
        found = [row[name] for row in rows]
        if name in ("point", "replication"):
            columns[name] = np.array(found, np.int64)
        elif name == "policy" or not ordered.get(name, True):
            columns[name] = np.array([str(one) for one in found], object)
        else:
            columns[name] = np.array(found, np.float64)
    return columns


def write_study(folder: Path, study: Study) -> None:
    """Write the table into a run folder, ``study.parquet`` and ``study.csv``.

    Raises:
        ExperimentError: a file cannot be written.
    """
    columns = study_columns(study)
    with writing(folder):
        parquet.write(folder, {STUDY: columns})
        with (folder / f"{STUDY}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            cells = [column.tolist() for column in columns.values()]
            writer.writerows(
                ["" if value != value else value for value in row]
                for row in zip(*cells, strict=True)
            )
