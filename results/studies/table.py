"""A study as a tidy table: a row for each policy, point and replication."""

from __future__ import annotations

import csv
from pathlib import Path

from results.errors import writing
from results.measures.registry import MEASURES
from results.runs import parquet
from results.studies.columns import STUDY
from results.studies.study import Study


def write_study(folder: Path, study: Study) -> None:
    """Write the table into a run folder, ``study.parquet`` and ``study.csv``.

    Raises:
        ExperimentError: a file cannot be written.
    """
    columns = study.columns(tuple(MEASURES))
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
