"""What has just been found out answers questions of the scenario: it is remembered for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from results import Comparison
from scenarios import Scenario
from tui.scenarios.last_answers import days_in_few_words, in_few_words
from tui.scenarios.questions import Question, is_about, questions_of
from tui.shell.given_answers import GivenAnswers
from tui.shell.scenario_file import ScenarioFile
from tui.what_if.bench import Bench, Turned
from tui.what_if.knob import Knob


def remember_what_if(
    book: GivenAnswers,
    opened: ScenarioFile,
    bench: Bench,
    comparison: Comparison,
    stretch: Scenario,
) -> None:
    """Remember what a what-if says for the questions that it answers.

    Args:
        book: where answers are remembered.
        opened: the scenario file.
        bench: what was turned.
        comparison: of the base and the what-if.
        stretch: the base over the days that were run.
    """
    if bench.turned.nothing:
        return
    words = in_few_words(comparison, bench.name) + days_in_few_words(stretch)
    for question in _answered(opened, bench.turned):
        asked = question.policy or question.value in bench.turned.changes.values()
        turned = next(iter(bench.changed), None)
        said = words if asked or turned is None else f"{_shown(turned)}: {words}"
        book.give(opened, [question.name], said)


def remember_levels(
    book: GivenAnswers,
    opened: ScenarioFile,
    bench: Bench,
    knob: Knob,
    words: str,
    stretch: Scenario,
) -> None:
    """Remember what a sweep of a knob, or a goal sought over it, says.

    Where something else is turned as well it answers another question, and nothing is remembered.

    Args:
        book: where answers are remembered.
        opened: the scenario file.
        bench: what was turned when the sweep began.
        knob: that is swept.
        words: what it says.
        stretch: the base over the days that were run.
    """
    names = [
        question.name
        for question in _asked(opened)
        if not question.policy
        and (question.knob == knob.key or knob.key in question.keys)
        and is_about(question, _changed(bench.turned))
    ]
    book.give(opened, names, words + days_in_few_words(stretch))


def _asked(opened: ScenarioFile) -> list[Question]:
    return questions_of(opened.scenario) if opened.scenario is not None else []


def _answered(opened: ScenarioFile, turned: Turned) -> Iterator[Question]:
    policies = opened.scenario.policies if opened.scenario is not None else {}
    for question in _asked(opened):
        if question.policy:
            policy = policies[question.policy]
            if Turned(dict(policy.changes), tuple(policy.remove)) == turned:
                yield question
        elif is_about(question, _changed(turned)):
            yield question


def _changed(turned: Turned) -> Iterable[str]:
    return (*turned.changes, *turned.remove)


def _shown(knob: Knob) -> str:
    """Where a knob stands, as it is read beside a question."""
    agents = knob.unit.whole and knob.key.endswith(".heads")
    return f"{knob.shown} agents" if agents else knob.shown
