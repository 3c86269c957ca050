"""A study that a command asks for: its answer, its goal or worth, its pictures and its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from results.charts.study import draw_study
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.report.stored import write_study_report
from results.studies.choice import PICTURES
from results.studies.crossing import Crossing
from results.studies.equal_money import equal_money_words
from results.studies.factor import Factor
from results.studies.factor import factor_of as parsed_factor
from results.studies.goal import Goal, reached, worth
from results.studies.goal import goal_of as parsed_goal
from results.studies.kept import PastStudy, files_of
from results.studies.plan import StudyPlan
from results.studies.study import Study, replications_of
from results.studies.study_file import StudyFile
from results.studies.words import READ_OFF, goal_title, goal_words, worth_words
from tui.command_line import parsed_options
from tui.command_line.answers.study_answer import answer, study_data
from tui.command_line.batch import Batch, Keeping
from tui.command_line.options import Format
from tui.command_line.studying import Presentation, conclude, estimate_of, study_of
from tui.terminal.console import data, tell
from tui.terminal.drawing import Wanted
from tui.terminal.machine import write_json
from tui.terminal.run_files import RunFiles


def factor_of(text: str) -> Factor:
    """What is varied, as it was typed.

    Raises:
        typer.BadParameter: it is no key with levels.
    """
    try:
        return parsed_factor(text)
    except ExperimentError as error:
        raise typer.BadParameter(str(error), param_hint="KEY=LEVELS") from error


def goal_of(text: str | None, factor: Factor) -> Goal | None:
    """The goal that was asked for; None without one.

    Raises:
        typer.BadParameter: it is none, or the levels do not ascend.
    """
    if text is None:
        return None
    try:
        goal = parsed_goal(text)
    except ExperimentError as error:
        raise typer.BadParameter(str(error), param_hint="--goal") from error
    ascending(factor, "--goal")
    return goal


def ascending(factor: Factor, option: str) -> Factor:
    """The factor itself, when its levels are numbers from the lowest to the highest.

    Raises:
        typer.BadParameter: they are not.
    """
    if not factor.is_ascending:
        raise typer.BadParameter(
            "needs levels that are numbers, from the lowest to the highest.", param_hint=option
        )
    return factor


def parse_charts(text: str | None, no_charts: bool) -> Wanted:
    """Which pictures of a study are drawn.

    Raises:
        typer.BadParameter: one is not known, or none is wanted and some are.
    """
    return parsed_options.parse_charts(text, no_charts, known=PICTURES)


def carry_out(
    asked: StudyFile,
    plan: StudyPlan,
    batch: Batch,
    keeping: Keeping,
    format_: Format,
    *,
    charts: Wanted,
    dry_run: bool = False,
) -> None:
    """Run a study and write its answer, or only say what it would take.

    Args:
        asked: what the study asks.
        plan: the same laid out.
        batch: how it is run; a number of replications takes the place of a precision.
        keeping: where.
        format_: of the answer.
        charts: which pictures are drawn.
        dry_run: say what it would take, and run nothing.

    Raises:
        typer.Exit: it was interrupted.
    """
    precision = asked.precision if batch.replications is None else None
    if precision is not None:
        precision = replace(precision, opposites=plan.opposites)
    batch = replace(batch, precision=precision)
    if dry_run:
        data().print(estimate_of(plan, batch), soft_wrap=True)
        return
    count = None if precision else batch.replications or replications_of(plan)
    asked = replace(asked, replications=count, precision=precision, seed=batch.seed_or_default)
    batch = replace(batch, files=files_of(asked, plan.scenario))
    study, folder = study_of(plan, batch, keeping)
    shown = asked.shown(study)

    def write(study: Study, files: RunFiles | None) -> None:
        _write(asked, study, shown, format_, files)

    def draw(study: Study, folder: Path) -> object:
        names = charts.names or asked.pictures
        return draw_study(study, shown, folder, goal=asked.goal, names=names)

    def report(study: Study, folder: Path) -> object:
        return write_study_report(PastStudy(asked, study), folder)

    conclude(study, folder, Presentation(write, draw, report, format_, charts.draw))


def _write(
    asked: StudyFile,
    study: Study,
    shown: Sequence[str],
    format_: Format,
    files: RunFiles | None,
) -> None:
    if format_ is Format.JSON:
        more: dict[str, Any] = {}
        if asked.goal is not None:
            more["goal"] = goal_data(study, asked.goal)
        if asked.worth is not None:
            more["worth"] = worths(study, asked.worth, shown)
        write_json({**study_data(study, shown, files), **more})
        return
    answer(study, shown, format_, files)
    if format_ is Format.TABLE and asked.goal is not None:
        _tell_goal(study, asked.goal)
    if format_ is Format.TABLE and asked.worth is not None:
        _tell_worth(study, asked.worth, shown)


def worths(study: Study, policy: str, measures: Sequence[str]) -> list[dict[str, Any]]:
    """By measure the level at which the baseline comes to the policy, for programs."""
    (baseline,) = study.plan.policies
    rows = []
    for name in measures:
        found = worth(study, policy, baseline, name)
        rows.append({"measure": name, "policy": policy, **_level_data(study, found)})
    return rows


def goal_data(study: Study, goal: Goal) -> dict[str, Any]:
    """By policy the level at which it reaches a goal, for programs."""
    levels = [
        {"policy": policy, **_level_data(study, reached(study, policy, goal))}
        for policy in study.plan.policies
    ]
    asked = {"measure": goal.measure, "at_least": goal.at_least, "value": goal.value}
    return {**asked, "levels": levels}


def _level_data(study: Study, found: Crossing) -> dict[str, Any]:
    return {
        "key": study.plan.factors[0].key,
        "level": found.at,
        "low": found.low,
        "high": found.high,
        "already_at_the_lowest": found.begins_beyond,
        "up_to": None if found.returns is None else found.returns.at,
    }


def _tell_worth(study: Study, policy: str, measures: Sequence[str]) -> None:
    """At which level the baseline comes to the policy, measure by measure."""
    (factor,), (baseline,) = study.plan.factors, study.plan.policies
    called = study.plan.called
    data().print()
    asked = f"What {called(policy)} is worth in {factor.name} of {called(baseline)}"
    data().print(asked, style="bold")
    for name in measures:
        tell(worth_words(study, policy, name), mark="• ")
    compared = [name for name in measures if MEASURES[name].unit != "money"]
    tell(equal_money_words(study, policy, compared), mark="• ")
    tell(READ_OFF, style="dim")


def _tell_goal(study: Study, goal: Goal) -> None:
    """At which level each policy reaches the goal."""
    data().print()
    data().print(goal_title(study, goal), style="bold")
    for policy in study.plan.policies:
        tell(f"{study.plan.called(policy)}: {goal_words(study, goal, policy)}", mark="• ")
    tell(READ_OFF, style="dim")
