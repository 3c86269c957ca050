"""What cannot be modelled is said, with what to write instead."""

import re
from pathlib import Path

import pytest

from scenarios import ScenarioError, load_text
from scenarios.checks.cannot import PAGE, keys_told
from scenarios.checks.places import homes
from tests.support.scenario_texts import SMALLEST

TEXT = Path(__file__).parents[2].joinpath(PAGE).read_text(encoding="utf-8")

TRIED = {
    "holidays": (f'{SMALLEST}[opening]\nholidays = ["2026-12-25"]\n', "opening.days"),
    "a calendar": (f"{SMALLEST}[calendar]\n", "[day_types.NAME] with dates"),
    "skills": (f'{SMALLEST}skills = ["english"]\n', "Skills are groups"),
    "outbound": (f"{SMALLEST}[campaigns.spring]\nper_day = 20\n", "[outbound.NAME] with groups"),
    "video": (
        f"{SMALLEST}[reasons.enquiry.handling.video]\ntalk_s = 60\n",
        "The channels are voice, chat, email and text",
    ),
    "voicemail at night": (f"{SMALLEST}[opening]\nvoicemail = true\n", "reasons.NAME.after_hours"),
}


@pytest.mark.parametrize(("text", "hint"), TRIED.values(), ids=TRIED)
def test_who_writes_what_cannot_be_modelled_reads_what_can(text: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_text(text)
    (problem,) = refused.value.problems
    assert problem.rule == "is not a known key here"
    assert hint in problem.hint
    assert problem.hint.endswith(f"See {PAGE}.")


def test_a_policy_that_tries_reads_it_too() -> None:
    with pytest.raises(ScenarioError) as refused:
        load_text(f'{SMALLEST}[policies.p.changes]\n"groups.agents.skills" = ["english"]\n')
    (problem,) = refused.value.problems
    assert "Skills are groups" in problem.hint


def test_an_ordinary_typo_still_reads_what_was_meant() -> None:
    with pytest.raises(ScenarioError) as refused:
        load_text(SMALLEST.replace("heads", "haeds"))
    assert 'Did you mean "heads"?' in [problem.hint for problem in refused.value.problems]


def test_every_topic_of_a_hint_stands_on_the_page() -> None:
    named = set(re.findall(r"`([a-z_]+)(?: = false)?`", TEXT))
    topics: dict[str, set[str]] = {}
    for key, words in keys_told().items():
        topics.setdefault(words, set()).add(key)
    assert [words for words, keys in topics.items() if not keys & named] == []


def test_every_key_that_the_page_recommends_is_known() -> None:
    column = [line.split("|")[2] for line in TEXT.splitlines() if line.count("|") == 4]
    keys = {key for cell in column for key in re.findall(r"`([a-z_]+(?:\.[a-zA-Z_]+)*)`", cell)}
    values = {"promise_callback", "chat", "text"}
    unknown = {key for key in keys - values if not homes(key.rpartition(".")[2])}
    assert len(keys) > 20
    assert unknown == set()


def test_every_example_on_the_page_is_written_as_a_scenario_takes_it() -> None:
    lists = re.findall(r"`(groups = \[.*?\])`", TEXT)
    assert len(lists) >= 1
    names = {name for line in lists for name in re.findall(r'"(\w+)"', line)}
    groups = "".join(f"[groups.{name}]\nheads = 1\n" for name in sorted(names))
    for line in lists:
        assert load_text(
            SMALLEST.replace('groups = ["agents"]', line)
            + groups.replace("[groups.agents]\nheads = 1\n", "")
        )
