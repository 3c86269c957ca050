"""Every answer of the page "How do I model …?" works, and changes what happens."""

import tomllib
from typing import Any

import pytest

from scenarios.checks.validate import examined
from scenarios.files.documents import Document
from sim import simulate
from sim.trace.trace import Trace
from tests.support.doc_commands import ROOT, blocks

PAGE = ROOT / "docs" / "how-to" / "model-a-rule.md"
BASE, *ANSWERS = [block.text for block in blocks(PAGE) if block.language == "toml"]


def merged(table: Document, more: Document) -> Document:
    both: dict[str, Any] = dict(table)
    for key, value in more.items():
        here = both.get(key)
        both[key] = merged(here, value) if isinstance(here, dict) and here else value
    return both


def played(document: Document) -> Trace:
    scenario, problems = examined(document)
    assert problems == []
    assert scenario is not None
    return simulate(scenario, 1, 0)


def waits(trace: Trace) -> list[float]:
    return sorted((trace.contacts["ended"] - trace.contacts["arrival"]).tolist())


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_can_be_copied_and_changes_what_happens(answer: str) -> None:
    base = tomllib.loads(BASE)
    # Busier than on the page and for two days, so that every rule is met.
    base["groups"]["agents"]["heads"] = 2
    base["horizon"] = {"days": 2}
    changed = played(merged(base, tomllib.loads(answer)))
    assert waits(changed) != waits(played(base))


def test_the_page_answers_twenty_questions() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("\n**") == len(ANSWERS) >= 20
