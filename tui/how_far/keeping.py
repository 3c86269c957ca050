"""A sweep that is kept: its run folder with the curves of the command line, and a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from results.charts.study import draw_study
from results.report.stored import write_study_report
from results.runs import store
from results.runs.names import CHARTS
from results.studies.choice import SWEEP
from results.studies.factor import Factor
from results.studies.goal import Goal
from results.studies.kept import PastStudy
from results.studies.plan import StudyPlan
from results.studies.study import Study
from results.studies.study_file import StudyFile
from tui.how_far.how_far import HowFar
from tui.shell.requests import Request
from tui.shell.run_keeping import begun, whole
from tui.shell.scenario_file import ScenarioFile
from tui.terminal.run_files import RunFiles
from tui.what_if.knob import Knob


def kept_sweep(
    root: Path, opened: ScenarioFile, asked: HowFar, study: Study, goal: Goal
) -> tuple[RunFiles, list[Path]]:
    """Store a sweep, draw its curves and write its report.

    Args:
        root: where run folders are.
        opened: the scenario file that was asked about.
        asked: the levels of the knob.
        study: what was found, at least two replications.
        goal: what is sought.

    Returns:
        The run folder, and the files of the picture.

    Raises:
        ExperimentError: something cannot be written.
    """
    experiment = whole(study.experiment)
    policies = experiment.policies
    request = Request(experiment.scenario, policies, experiment.planned, seed=experiment.seed)
    folder = begun(root, f"{opened.name}-how-far", request, opened.file)
    store.write_tables(folder, experiment)
    read, as_read = for_readers(asked, goal), _plan_for_readers(asked)
    past = PastStudy(read, Study(as_read, experiment))
    shown = read.shown(past.study)
    drawn = draw_study(past.study, shown, folder / CHARTS, goal=read.goal, names=(SWEEP,))
    write_study_report(past, folder)
    named = store.give_name(folder)
    return RunFiles(named), [named / CHARTS / path.name for path in drawn]


def for_readers(asked: HowFar, goal: Goal) -> StudyFile:
    """What was asked, the knob called as the screen calls it."""
    plan, knob = _plan_for_readers(asked), asked.knob
    return StudyFile(
        scenario=plan.scenario.title,
        factors=plan.factors,
        measures=None,
        goal=goal if plan.factors[0].is_ascending else None,
        title=f"How far? {knob.title}",
        question=f"All levels with {asked.besides}." if asked.besides else "",
    )


def _plan_for_readers(asked: HowFar) -> StudyPlan:
    factor = _factor(asked)
    (policy,) = asked.plan.policies
    points = tuple({factor.key: level} for level in factor.levels)
    names = {(policy, at): one.policy for at, one in enumerate(asked.levels)}
    plan = asked.plan
    return StudyPlan(plan.scenario, plan.policies, (factor,), points, plan.combined, names)


def _factor(asked: HowFar) -> Factor:
    """The knob as a factor with levels as they are read: 45 for 45 %, the words of a choice."""
    knob = asked.knob
    if knob.kind != "number":
        return Factor(knob.title, tuple(level.words for level in asked.levels))
    sign = f" ({knob.unit.sign})" if knob.unit.sign else ""
    return Factor(f"{knob.title}{sign}", tuple(_as_read(knob, one.value) for one in asked.levels))


def _as_read(knob: Knob, value: Any) -> float:
    return round(float(value) * knob.unit.scale, 6)
