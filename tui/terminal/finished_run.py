"""A run that is over: its tables are stored, and charts and report drawn beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from results import Comparison, Experiment
from results.errors import writing
from results.runs import parquet, store
from results.runs.names import COUNTERFACTUAL_FILE, WHY_FILE
from results.sensitivity.swings import Sensitivity
from results.sensitivity.table import SENSITIVITY, sensitivity_table
from results.uncertain.answer import CentreRun
from results.uncertain.centres import compare_centres
from results.uncertain.table import tables_of
from results.why.account import Accounting
from results.why.counterfactual_table import counterfactual_rows
from results.why.table import accounting_rows
from tui.terminal.drawing import Wanted, draw
from tui.terminal.machine import write_csv
from tui.terminal.run_files import RunFiles


def finished(
    folder: Path,
    experiment: Experiment,
    comparison: Comparison,
    why: Accounting | None = None,
    centres: CentreRun | None = None,
) -> RunFiles:
    """Store the tables of a run, draw it and write its report; a complete one gets its name.

    Args:
        folder: the unfinished run folder.
        experiment: with at least one replication under every policy.
        comparison: of the whole centre, by all measures.
        why: what the difference of a policy is made of, to be drawn; None where nobody asked.
        centres: centres that fit the figures; None where nobody asked.

    Raises:
        ExperimentError: the tables cannot be stored.
    """
    store_run(folder, experiment, comparison, why=why, centres=centres)
    told = None if centres is None else compare_centres(centres)
    missing = draw(folder, experiment, comparison, why=why, centres=told, charts=Wanted())
    return RunFiles(store.give_name(folder), missing)


def store_run(
    folder: Path,
    experiment: Experiment,
    comparison: Comparison,
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    centres: CentreRun | None = None,
    *,
    whole: bool = True,
) -> None:
    """Store the tables of a run.

    Args:
        folder: the unfinished run folder.
        experiment: with at least one replication under every policy.
        comparison: of the whole centre, by all measures.
        sensitivity: what the answer depends on, when that was asked.
        why: what the difference of a policy is made of, when that was asked.
        centres: centres that fit the figures, when that was asked.
        whole: nothing that was asked for is still to be simulated.

    Raises:
        ExperimentError: the tables cannot be stored.
    """
    store.write_tables(folder, experiment, comparison, whole=whole)
    with writing(folder):
        if centres is not None:
            parquet.write(folder, tables_of(centres, compare_centres(centres)))
        if sensitivity is not None:
            parquet.write(folder, {SENSITIVITY: sensitivity_table(sensitivity)})
        if why is not None:
            _write_rows(folder / WHY_FILE, accounting_rows([why]))
            if why.counterfactual is not None:
                _write_rows(folder / COUNTERFACTUAL_FILE, counterfactual_rows(why.counterfactual))


def _write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(rows, to=file)
