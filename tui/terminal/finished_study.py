"""A study that is over: its tables are stored, and pictures and report made beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from results import Experiment
from results.charts.study import draw_study
from results.errors import ExperimentError
from results.experiments.precision import Precision
from results.report.stored import write_study_report
from results.runs import store
from results.runs.names import BASE, CHARTS, STUDY_FILE
from results.studies.kept import PastStudy
from results.studies.read import read_study
from results.studies.study import Study
from results.studies.table import write_study
from scenarios.load import load
from tui.terminal.refusals import fault_words
from tui.terminal.run_files import RunFiles


def is_study(folder: Path) -> bool:
    """Whether a run folder is one of a study."""
    return (folder / STUDY_FILE).is_file()


def study_precision(folder: Path) -> Precision | None:
    """How closely a study is to be known at every point; None where replications are counted.

    Args:
        folder: of its run, begun.

    Raises:
        ScenarioError: the study file or its scenario cannot be read.
        ExperimentError: it cannot be laid out.
    """
    asked = read_study(folder / STUDY_FILE)
    if asked.precision is None:
        return None
    return replace(asked.precision, opposites=asked.plan(load(folder / BASE)).opposites)


def finished_study(folder: Path, experiment: Experiment) -> RunFiles:
    """Store the tables of a study, draw it and write its report; a complete one gets its name.

    Args:
        folder: the unfinished run folder, with the study file in it.
        experiment: every policy at every point, at least one replication of each.

    Raises:
        ExperimentError: the tables cannot be stored, or the study file cannot be read.
        ScenarioError: the scenario of the study cannot be read.
    """
    asked = read_study(folder / STUDY_FILE)
    plan = asked.plan(load(folder / BASE))
    past = PastStudy(asked, Study(plan, replace(experiment, checked=plan.combined)))
    store.write_tables(folder, experiment)
    write_study(folder, past.study)
    missing = _made(lambda: _draw(past, folder), "The charts")
    missing += _made(lambda: write_study_report(past, folder), "The report")
    return RunFiles(store.give_name(folder), missing)


def _draw(past: PastStudy, folder: Path) -> object:
    asked, study = past.asked, past.study
    names = asked.pictures
    return draw_study(study, asked.shown(study), folder / CHARTS, goal=asked.goal, names=names)


def _made(make: Callable[[], object], what: str) -> tuple[str, ...]:
    """Make something; what keeps it from being made, as a message: it costs only itself."""
    try:
        make()
    except ExperimentError as error:
        return (str(error),)
    except Exception as error:  # noqa: BLE001 - the answer is there; a picture cannot cost it
        return (f"{what} could not be made; everything else is there. {fault_words(error)}",)
    return ()
