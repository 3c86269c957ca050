"""A sweep that a command asks for: one factor, its goal, its table and its curve."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer

from results.charts.study import draw_study
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.studies.factor import Factor
from results.studies.goal import Goal, reached, worth
from results.studies.goal import goal_of as parsed_goal
from results.studies.plan import AS_IT_IS, StudyPlan
from results.studies.study import Study
from results.studies.words import crossing_words, title, written_in
from tui.answers.machine import write_json
from tui.answers.study_answer import answer, study_data
from tui.command_line.batch import Batch, Keeping
from tui.command_line.console import data, tell
from tui.command_line.options import Format
from tui.command_line.studying import Presentation, conclude, estimate_of, shown_measures, study_of
from tui.run_files import RunFiles


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
    if not factor.is_ordered or not all(a < b for a, b in pairwise(factor.levels)):
        raise typer.BadParameter(
            "needs levels that are numbers, from the lowest to the highest.", param_hint=option
        )
    return factor


def tell_size(plan: StudyPlan, batch: Batch) -> None:
    """Say what it would take."""
    data().print(estimate_of(plan, batch), soft_wrap=True)


def carry_out(
    plan: StudyPlan,
    batch: Batch,
    keeping: Keeping,
    measures: Sequence[str] | None,
    goal: Goal | None,
    format_: Format,
    *,
    charts: bool,
) -> None:
    """Run a sweep and write its answer.

    Raises:
        typer.Exit: it was interrupted.
    """
    study, folder = study_of(plan, batch, keeping)
    shown = tuple(measures) if measures is not None else shown_measures(study)
    if goal is not None and goal.measure not in shown:
        shown = (*shown, goal.measure)

    def write(study: Study, files: RunFiles | None) -> None:
        answer(study, shown, format_, files)
        if goal is not None and format_ is Format.TABLE:
            _tell_goal(study, goal)

    def draw(study: Study, folder: Path) -> object:
        return draw_study(study, shown, folder, goal=goal)

    conclude(study, folder, Presentation(write, draw, format_, charts))


def carry_out_worth(
    plan: StudyPlan,
    batch: Batch,
    keeping: Keeping,
    policy: str,
    measures: Sequence[str] | None,
    format_: Format,
    *,
    charts: bool,
) -> None:
    """Run the baseline level by level next to a policy, and say how many levels it is worth.

    Raises:
        typer.Exit: it was interrupted.
    """
    study, folder = study_of(plan, batch, keeping)
    asked = tuple(measures) if measures is not None else shown_measures(study)
    shown = tuple(name for name in asked if MEASURES[name].better in ("lower", "higher"))

    def write(study: Study, files: RunFiles | None) -> None:
        if format_ is Format.JSON:
            write_json({**study_data(study, shown, files), "worth": worths(study, policy, shown)})
            return
        answer(study, shown, format_, files)
        if format_ is Format.TABLE:
            _tell_worth(study, policy, shown)

    def draw(study: Study, folder: Path) -> object:
        return draw_study(study, shown, folder)

    conclude(study, folder, Presentation(write, draw, format_, charts))


def worths(study: Study, policy: str, measures: Sequence[str]) -> list[dict[str, Any]]:
    """By measure the level at which the baseline comes to the policy, for programs."""
    (baseline,) = study.plan.policies
    rows = []
    for name in measures:
        found = worth(study, policy, baseline, name)
        rows.append(
            {
                "measure": name,
                "policy": policy,
                "key": study.plan.factors[0].key,
                "level": found.at,
                "low": found.low,
                "high": found.high,
                "already_at_the_lowest": found.begins_beyond,
                "up_to": None if found.returns is None else found.returns.at,
            }
        )
    return rows


def _tell_worth(study: Study, policy: str, measures: Sequence[str]) -> None:
    """At which level the baseline comes to the policy, measure by measure."""
    (factor,), (baseline,) = study.plan.factors, study.plan.policies
    called = study.plan.called
    data().print()
    asked = f"What {called(policy)} is worth in {factor.name} of {called(baseline)}"
    data().print(asked, style="bold")
    for name in measures:
        level = study.level((policy, AS_IT_IS), name)
        value = written_in(study, name).value(level.mean)
        said = crossing_words(worth(study, policy, baseline, name), factor)
        tell(f"{title(study, name)} ({value} under {called(policy)}): {said}", mark="• ")
    tell(_HOW, style="dim")


_HOW = (
    "Between two levels read off a straight line; in brackets where the ends of the 95 % interval "
    "reach it, level by level."
)


def _tell_goal(study: Study, goal: Goal) -> None:
    """At which level each policy reaches the goal."""
    (factor,) = study.plan.factors
    value = written_in(study, goal.measure).value(goal.value)
    data().print()
    sign = "at least" if goal.at_least else "at most"
    data().print(f"{title(study, goal.measure)}: {sign} {value}", style="bold")
    for policy in study.plan.policies:
        said = crossing_words(reached(study, policy, goal), factor)
        tell(f"{study.plan.called(policy)}: {factor.name} {said}", mark="• ")
    tell(_HOW, style="dim")
