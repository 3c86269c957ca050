"""What has been said last to a question: by a stored run, or by a what-if, sweep or goal since."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from results import Comparison, compare
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.reading.rows import ASKED
from results.reading.table import measure_rows
from results.runs.store import Manifest, list_runs, open_run
from scenarios import Scenario, ScenarioError
from tui.scenarios.questions import Question, is_about
from tui.shell.given_answers import GivenAnswer
from tui.shell.scenario_file import ScenarioFile

MOST_RUNS = 6
"""The latest runs of a scenario that are asked; older ones have been answered since."""
MOST_SAID = 3
"""Differences that stand beside a question."""
WHAT_IF = "-what-if"
"""Ends the name of a run that the what-if has kept."""
CERTAIN = ("better", "worse")


@dataclass(frozen=True)
class LastAnswer:
    """What was said."""

    words: str
    """The differences that are certain, or the level that reaches a goal, in few words."""
    moment: str
    """When, ISO 8601 in UTC."""
    folder: Path | None = None
    """Of the run that said it; None where the answer alone is remembered."""


def last_answers(
    opened: ScenarioFile,
    questions: Iterable[Question],
    runs: Path,
    given: Mapping[str, GivenAnswer] = MappingProxyType({}),
) -> dict[str, LastAnswer]:
    """The latest answer to each question, by the question's name; none where none is stored.

    Runs that cannot be read answer nothing.

    Args:
        opened: the scenario file whose runs are asked.
        questions: of its scenario.
        runs: where run folders are.
        given: answers that are remembered, by name of the question.
    """
    asked = list(questions)
    found = _of_runs(opened, asked, runs)
    for question in asked:
        said, before = given.get(question.name), found.get(question.name)
        if said is not None and (before is None or said.moment >= before.moment):
            found[question.name] = LastAnswer(said.words, said.moment)
    return found


def _of_runs(
    opened: ScenarioFile, questions: Iterable[Question], runs: Path
) -> dict[str, LastAnswer]:
    found: dict[str, LastAnswer] = {}
    missing = list(questions)
    for folder in _folders(opened, runs):
        if not missing:
            break
        with suppress(ExperimentError, ScenarioError, OSError):
            found |= _answers_of(folder, missing)
        missing = [one for one in missing if one.name not in found]
    return found


def _folders(opened: ScenarioFile, runs: Path) -> list[Path]:
    """The finished runs of a scenario file, the latest first."""
    found = list_runs(runs)
    ours = [folder for folder, manifest in found.items() if _is_of(opened, manifest)]
    ours.sort(key=lambda folder: (found[folder].started, folder.name), reverse=True)
    return ours[:MOST_RUNS]


def _is_of(opened: ScenarioFile, manifest: Manifest) -> bool:
    name = manifest.name.removesuffix(WHAT_IF)
    if manifest.file or not opened.shipped:
        return manifest.file == opened.file
    return name == opened.name


def _answers_of(folder: Path, questions: Sequence[Question]) -> dict[str, LastAnswer]:
    run = open_run(folder)
    experiment, moment = run.experiment, run.manifest.ended or run.manifest.started
    scenario = experiment.scenario
    base, *others = experiment.policies
    if base != scenario.baseline:
        return {}  # set against another policy, it answers another question
    told = {one.name: _best(one, scenario, others) for one in questions}
    if not any(told.values()):
        return {}
    comparison = compare(experiment, ASKED, details=False)
    return {
        name: LastAnswer(
            in_few_words(comparison, policy) + days_in_few_words(scenario), moment, folder
        )
        for name, policy in told.items()
        if policy
    }


def _best(question: Question, scenario: Scenario, policies: Sequence[str]) -> str:
    """The policy of a run that answers a question most closely; empty for none."""
    fitting = [name for name in policies if _answers(question, scenario, name)]

    def closeness(name: str) -> tuple[bool, int]:
        changes = scenario.policies[name].changes
        asked = question.value is None or question.value in [changes.get(k) for k in question.keys]
        return not asked, len(changes)

    return min(fitting, key=closeness, default="")


def _answers(question: Question, scenario: Scenario, policy: str) -> bool:
    if question.policy:
        return question.policy == policy
    made = scenario.policies.get(policy)
    changed = () if made is None else (*made.changes, *made.remove)
    return bool(changed) and is_about(question, changed)


def days_in_few_words(scenario: Scenario) -> str:
    """That an answer is of a part of the days alone, to stand behind it; empty for all of them."""
    horizon = scenario.horizon
    if horizon.part_of_days is None:
        return ""
    days = horizon.days - math.ceil(horizon.warm_up_days)
    return " (one day)" if days == 1 else f" ({days} of {horizon.part_of_days} days)"


def in_few_words(comparison: Comparison, policy: str) -> str:
    """The differences of a policy that are certain, in few words."""
    said = [
        f"{row.short} {row.cells[policy].change}"
        for row in measure_rows(comparison)
        if row.cells[policy].effect in CERTAIN and MEASURES[row.measure].better
    ]
    if not said:
        return "no difference is certain" if comparison.replications > 1 else "one replication"
    return " · ".join(said[:MOST_SAID])
