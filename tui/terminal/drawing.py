"""Charts and report of a run: each is made by itself, and one that fails costs only itself."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from results import Comparison, Experiment
from results.charts.drawing import draw_all
from results.charts.titles import TITLES
from results.errors import ExperimentError
from results.reading.by import By
from results.report.comparison import write_report
from results.runs.names import CHARTS
from results.sensitivity.swings import Sensitivity
from results.uncertain.answer import Centres
from results.why.account import Accounting
from tui.terminal.refusals import fault_words


@dataclass(frozen=True)
class Wanted:
    """Which charts are drawn."""

    draw: bool = True
    names: tuple[str, ...] = ()
    """Those that were asked for; else those of the scenario."""
    by: By | None = None
    """What the answer is broken down by."""


def draw(
    folder: Path,
    experiment: Experiment,
    comparison: Comparison,
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    centres: Centres | None = None,
    *,
    charts: Wanted,
    workers: Executor | None = None,
) -> tuple[str, ...]:
    """Draw the charts of a run and write its report.

    Args:
        folder: of the run.
        experiment: with at least one replication under every policy.
        comparison: of the whole centre, by all measures.
        sensitivity: what the answer depends on, when that was asked.
        why: what the difference of a policy is made of, when that was asked.
        centres: what centres that fit the figures say, when that was asked.
        charts: which are drawn.
        workers: processes that have nothing else to do; None is this one.

    Returns:
        What is missing and why, a sentence for each chart; empty when everything is there.
    """
    missing: list[str] = []

    def failed(name: str, error: Exception) -> None:
        missing.append(_missing(f'The chart "{TITLES[name]}" ({name})', error))

    drawn: list[Path] = []
    if charts.draw:
        try:
            drawn = draw_all(
                experiment,
                folder / CHARTS,
                sensitivity=sensitivity,
                why=why,
                failed=failed,
                workers=workers,
                names=charts.names,
                by=charts.by,
            )
        except ExperimentError as error:
            missing.append(str(error))
    try:
        write_report(experiment, comparison, folder, drawn, sensitivity, why, centres)
    except Exception as error:  # noqa: BLE001 - the answer is there; a report cannot cost it
        missing.append(_missing("The report", error))
    return tuple(missing)


def _missing(what: str, error: Exception) -> str:
    """What could not be made, and why, for the person who reads the answer."""
    if isinstance(error, OSError) and error.strerror:
        return f"{what} could not be written: {error.strerror}. Everything else is there."
    if isinstance(error, ExperimentError):
        return f"{what} could not be made: {error}"
    return f"{what} could not be made; everything else is there. {fault_words(error)}"
