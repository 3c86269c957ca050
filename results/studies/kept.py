"""A study in its run folder: what was asked, so that it continues and is read again by itself.

study.toml             the study file of the run, whichever command asked
base-scenario.toml     the scenario before anything was varied
scenario.toml          every policy at every point, as the policies of one scenario
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from results.errors import ExperimentError
from results.runs.names import BASE, STUDY_FILE
from results.runs.past import Run
from results.studies.read import read_study
from results.studies.study import Study
from results.studies.study_file import GRID, WHAT_MATTERS, StudyFile
from scenarios import Scenario, ScenarioError, load, load_text
from scenarios.files.reading import parsed, read_text
from scenarios.policies.differences import Difference, all_differences
from scenarios.save import dump


@dataclass(frozen=True)
class PastStudy:
    """A study opened for reading."""

    asked: StudyFile
    study: Study


def files_of(asked: StudyFile, scenario: Scenario) -> dict[str, str]:
    """What a run folder keeps of a study from its beginning, by name of file.

    Args:
        asked: the study, with the number of replications that is run.
        scenario: before anything is varied, changes made.
    """
    return {STUDY_FILE: text_of(asked, BASE), BASE: dump(scenario)}


def text_of(asked: StudyFile, scenario: str) -> str:
    """The study as a file of its own, about a scenario that has its changes already.

    Args:
        asked: the study.
        scenario: the file of the scenario, as it is named in the text.
    """
    said: dict[str, Any] = {"title": asked.title, "scenario": scenario}
    if asked.worth is None:
        said["policies"] = list(asked.policies or ())
    said |= {
        "worth": asked.worth,
        "measures": list(asked.measures or ()),
        "replications": None if asked.precision else asked.replications,
        "seed": asked.seed,
        "goal": asked.goal.text if asked.goal else None,
        "design": "" if asked.design == GRID else asked.design,
        "points": asked.points or None,
        "report": _filled(
            {
                "question": asked.question,
                "author": asked.author,
                "pictures": list(asked.pictures),
            }
        ),
    }
    if asked.precision is not None:
        wanted = {
            name: WHAT_MATTERS if half is None else half
            for name, half in asked.precision.differences.items()
        }
        rounds = {"at_least": asked.precision.at_least, "at_most": asked.precision.at_most}
        said["precision"] = wanted | rounds
    said["factors"] = [{"key": one.key, "levels": list(one.levels)} for one in asked.factors]
    return tomlkit.dumps(_filled(said))


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def changed_since(folder: Path, files: Mapping[str, str]) -> list[Difference]:
    """What is asked now and was not when a study was begun, and the other way round.

    Args:
        folder: of the run, as it was begun.
        files: from ``files_of``, of what is asked now.

    Raises:
        ScenarioError: the folder's own files cannot be read.
    """
    begun, now = load(folder / BASE), load_text(files[BASE])
    then = parsed(read_text(folder / STUDY_FILE), STUDY_FILE)
    asked = parsed(files[STUDY_FILE], STUDY_FILE)
    before, after = _varied(then), _varied(asked)
    return [
        *all_differences(begun, now),
        *(
            Difference(key, before.get(key), after.get(key))
            for key in dict.fromkeys((*before, *after))
            if before.get(key) != after.get(key)
        ),
    ]


def _varied(document: Mapping[str, Any]) -> dict[str, Any]:
    """What decides which simulations a study has: levels by key, and how they are combined."""
    levels = {one["key"]: one["levels"] for one in document.get("factors", [])}
    named = ("policies", "worth", "design", "points")
    return {**{key: document[key] for key in named if key in document}, **levels}


def study_in(run: Run) -> PastStudy:
    """The study of a past run.

    Raises:
        ExperimentError: what was asked cannot be read, or is not what was run.
    """
    folder = run.folder
    try:
        asked = read_study(folder / STUDY_FILE)
        plan = asked.plan(asked.load_scenario())
    except ScenarioError as error:
        raise ExperimentError(
            f"{folder / STUDY_FILE} does not say any more what was varied: {error}\n{_AGAIN}"
        ) from error
    missing = [name for name in plan.names.values() if name not in run.experiment.policies]
    if missing:
        raise ExperimentError(
            f"{folder / STUDY_FILE} asks for '{missing[0]}', which the run does not have: it was "
            f"edited since, or made by another version. {_AGAIN}"
        )
    return PastStudy(asked, Study(plan, run.experiment))


_AGAIN = "The figures are in study.csv of the folder; run the study again to have its report."
