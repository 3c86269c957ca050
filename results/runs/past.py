"""A past run opened for reading: a damaged table costs what it holds and no more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.facts.endings import ENDINGS
from results.measures.intervals import COLUMNS
from results.measures.registry import MEASURES, definitions
from results.measures.renamed import in_todays_names, now_called, why_unequal
from results.measures.slice import Cut
from results.measures.summary import Key, Summary
from results.measures.waits import WAIT_EDGES
from results.runs import parquet
from results.runs.manifest import START_AGAIN, Manifest, read_manifest
from results.runs.names import SCENARIO
from results.runs.table import Table, table_of_run
from results.runs.tables import LATER, OF_INTERVALS, TABLES, TYPES, summaries_of
from scenarios import Scenario, ScenarioError
from scenarios.load import load

SEE = "See docs/measures-changed.md."

Floats = NDArray[np.float32]

_OF_QUEUES = "overflowed_out"
"""A run that does not know this measure knows nothing of queues."""

MEASURED = "measures"
"""The table without which there is nothing to show."""


@dataclass(frozen=True)
class Run:
    """A run folder opened for reading."""

    folder: Path
    manifest: Manifest
    experiment: Experiment
    """As it was run: compare it again, draw its charts."""
    damaged: tuple[str, ...] = ()
    """What of it cannot be read, a sentence for each file; the rest is there."""
    defined_otherwise: tuple[str, ...] = ()
    """Measures that meant something else when it was run, each with what has changed."""

    def table(self, name: str) -> Table:
        """A table of the run for pandas, polars, Arrow or NumPy: ``table("measures").to_pandas()``.

        Args:
            name: ``measures``, ``intervals``, ``endings``, ``waits``, ``accounts``, ``comparison``,
                ``accounting``; of a study ``study``; where traces were kept ``contacts``, ``legs``,
                ``decisions`` and more (docs/run-tables.md).

        Raises:
            ExperimentError: there is no such table, this run has none, or it cannot be read.
        """
        return table_of_run(self.folder, name)

    @property
    def notes(self) -> list[str]:
        """What a reader must know of it, a sentence each; empty for a whole run of today."""
        words = [f"{self.folder} {self.manifest.note}"] if self.manifest.note else []
        words += [f"Left out: {one}" for one in self.damaged]
        if self.manifest.cannot_go_on:
            words.append(f"{self.folder} was {START_AGAIN}.")
        if self.defined_otherwise:
            words.append(
                "This run is of an earlier version. It shows what was measured and said then; "
                f"since then {'; '.join(self.defined_otherwise)}. {SEE}"
            )
        return words


def open_run(folder: str | Path) -> Run:
    """Open a run folder: its experiment can be compared and drawn as when it was run.

    A run of an earlier version is read by the names of today. Measures that were defined otherwise
    keep the values of then; what was said of the policies is what was said then.

    Raises:
        ExperimentError: the folder is not a run, was killed before its tables were written, or
            its measures cannot be read.
        ScenarioError: its scenario cannot be read.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if not manifest.complete and not (folder / f"{MEASURED}.parquet").exists():
        resume = "not finished: resume it before it is opened"
        what = START_AGAIN if manifest.cannot_go_on else resume
        raise ExperimentError(f"{folder} was {what}.")
    tables, damaged = _tables(folder)
    finished = summaries_of(tables)
    then = _definitions_of(manifest, finished)
    scenario = _scenario(folder, manifest)
    unknown = [] if _OF_QUEUES in then else [("queue", name) for name in scenario.groups]
    otherwise = tuple(
        why
        for name, now in definitions().items()
        if then and name in then and (why := why_unequal(name, then[name], now))
    )
    experiment = Experiment(
        scenario=scenario,
        policies=manifest.policies or tuple(dict.fromkeys(policy for policy, _ in finished)),
        seed=manifest.origin.seed,
        planned=manifest.planned or 1 + max((number for _, number in finished), default=0),
        finished={key: _of_today(summary, scenario, unknown) for key, summary in finished.items()},
        complete=manifest.complete,
        definitions=then,
        told=manifest.verdicts if otherwise else {},
    )
    return Run(folder, manifest, experiment, damaged, otherwise)


def _scenario(folder: Path, manifest: Manifest) -> Scenario:
    """The scenario of a run; of one of a later format it is said that this may be why it fails."""
    try:
        return load(folder / SCENARIO)
    except ScenarioError as error:
        if manifest.note:
            raise ExperimentError(f"{folder} {manifest.note}\n{error}") from error
        raise


def _tables(folder: Path) -> tuple[dict[str, parquet.Columns], tuple[str, ...]]:
    """The tables of a run, and what is to be said of those that cannot be read."""
    tables: dict[str, parquet.Columns] = {}
    damaged = []
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if name in LATER and not path.exists():
            tables[name] = parquet.stacked([], TYPES[name])
            continue
        try:
            tables[name] = parquet.read_as(path, TYPES[name], OF_INTERVALS)
        except ExperimentError as error:
            if name == MEASURED:
                raise
            tables[name] = parquet.stacked([], TYPES[name])
            damaged.append(str(error))
    return tables, tuple(damaged)


def _definitions_of(manifest: Manifest, finished: Mapping[Key, Summary]) -> dict[str, int]:
    """The version of each measure of a run, by the names of today."""
    # Version 0.1 wrote no versions down: they were the first ones.
    there = {name for one in finished.values() for values in one.values.values() for name in values}
    written = {name: manifest.origin.measures.get(name, 1) for name in there}
    return {now_called(name, MEASURES) or name: number for name, number in written.items()}


def _of_today(summary: Summary, scenario: Scenario, unknown: Iterable[Cut]) -> Summary:
    """A summary with all that one of today has; what was not measured then is not known.

    Args:
        summary: of the run.
        scenario: of the run.
        unknown: parts of which nothing was measured then.
    """
    values = {cut: _values(cut, found) for cut, found in summary.values.items()}
    values |= {cut: _values(cut, {}) for cut in unknown}
    intervals = summary.intervals or {cut: {} for cut in filter(_has_intervals, values)}
    intervals = {**intervals, **{cut: {} for cut in unknown}}
    endings = summary.endings or {"all": {}}
    nobody = np.zeros(len(WAIT_EDGES) - 1, dtype=np.int64)
    return Summary(
        values=values,
        intervals={cut: _intervals(table, scenario) for cut, table in intervals.items()},
        endings={of: dict.fromkeys(ENDINGS, 0) | counts for of, counts in endings.items()},
        waits=summary.waits or dict.fromkeys(("voice", "chat", *scenario.channels), nobody),
        accounts=summary.accounts,
    )


def _values(cut: Cut, found: Mapping[str, float]) -> dict[str, float]:
    found = in_todays_names(found, MEASURES)
    # Of a cause only a few measures are asked at all.
    asked = (name for name in MEASURES if cut[0] != "cause" or name in found)
    return {name: found.get(name, math.nan) for name in asked}


def _has_intervals(cut: Cut) -> bool:
    return cut[0] not in ("tier", "week", "cause")


def _intervals(table: Mapping[str, Floats], scenario: Scenario) -> dict[str, Floats]:
    """An interval table with every column of today; NaN stands for what is not known."""
    if table.keys() >= set(COLUMNS):
        return dict(table)
    length_s = 60.0 * scenario.targets.interval_min
    starts = np.arange(0.0, 86_400.0 * scenario.horizon.days, length_s).astype(np.float32)
    begun = table.get("start_s", starts)
    unknown = np.full(len(begun), np.nan, dtype=np.float32)
    return {"start_s": begun} | {
        name: table.get(name, unknown) for name in COLUMNS if name != "start_s"
    }
