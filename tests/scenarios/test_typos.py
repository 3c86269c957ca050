"""Whatever is written into a scenario is answered in words, quickly, and all of it together."""

import time
from typing import Any

import pytest

from scenarios import Problem, Scenario, ScenarioError, check, load_text, parse_change, with_changes
from scenarios.files.extent import MOST_LEVELS
from tests.support.scenario_texts import SMALLEST, smallest

A_DISTRIBUTION = '{ distribution = "lognormal", mean = 300, cv = 1, median_s = 5 }'


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as refused:
        load_text(text)
    str(refused.value)
    return refused.value.problems


def told(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.key: problem.rule for problem in problems}


def test_a_typo_in_a_distribution_of_an_unknown_channel_is_told_with_the_keys_of_the_file() -> None:
    found = problems_of(f"{SMALLEST}\n[reasons.enquiry.handling.fax]\ntalk_s = {A_DISTRIBUTION}\n")
    assert told(found) == {
        "reasons.enquiry.handling.fax": "is not a known key here",
        "reasons.enquiry.handling.fax.talk_s.median_s": "is not a known key here",
    }
    assert found[1].hint == 'Did you mean "median"?'


@pytest.mark.parametrize(
    ("slip", "key", "rule"),
    [
        ("mean = -5, cv = 1", "mean", "must be a number above 0"),
        ('mean = "x", cv = 1', "mean", "must be a number above 0"),
        ("cv = 1", "", "give mean and cv, or median and sigma, or median and p90"),
    ],
)
def test_a_wrong_figure_under_an_unknown_channel_names_a_key_that_is_in_the_file(
    slip: str, key: str, rule: str
) -> None:
    more = f'[reasons.enquiry.handling.fax]\ntalk_s = {{ distribution = "lognormal", {slip} }}\n'
    place = ".".join(filter(None, ("reasons.enquiry.handling.fax.talk_s", key)))
    assert told(problems_of(f"{SMALLEST}\n{more}"))[place] == rule


DEEP = {
    "lists": f"x = {'[' * 10_000}{']' * 10_000}",
    "lists that a reader still takes": f"title = {'[' * 300}{']' * 300}",
    "tables in braces": f"x = {'{a = ' * 10_000}1{'}' * 10_000}",
    "tables in braces that a reader still takes": f"x = {'{a = ' * 150}1{'}' * 150}",
    "a section": f"[{'.'.join('a' * 10_000)}]",
    "a key with dots": f"{'.'.join('a' * 200_000)} = 1",
    "a key with dots in braces": f"x = {{ {'.'.join('a' * 200_000)} = 1 }}",
    "sections by and by": f"[{'.'.join('a' * 30)}]\n{'.'.join('b' * 30)} = 1",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_tables_and_lists_without_end_are_a_problem_in_words(text: str) -> None:
    begun = time.process_time()
    (problem,) = problems_of(f"{text}\n")
    assert problem.rule.startswith(f"must have at most {MOST_LEVELS} tables and lists")
    assert time.process_time() - begun < 1.0  # by the square of its length it would be minutes


def test_a_change_of_a_policy_may_not_be_deeper_than_the_scenario() -> None:
    change = f'[policies.p.changes]\n"groups.agents" = {"{a = " * 100}1{"}" * 100}\n'
    (problem,) = problems_of(f"{SMALLEST}\n{change}")
    assert "tables and lists within one another" in problem.rule
    deep: Any = 1
    for _ in range(5_000):
        deep = {"a": deep}
    with pytest.raises(ScenarioError, match="tables and lists within one another"):
        with_changes(smallest(), {"groups.agents": deep})


@pytest.mark.parametrize(
    "text",
    [
        "a." * 500_000 + "a=1", "a" * 1_000_000, "=" * 1_000_000, '"=' * 500_000,
        "'" * 1_000_000 + "=1", "x=" + "[" * 100_000, "x={" + "a." * 400_000 + "a=1}",
    ],
    ids=["dots", "no equals sign", "equals signs", "quotes", "apostrophes", "lists", "in braces"],
)  # fmt: skip
def test_a_change_of_a_million_characters_is_refused_as_quickly_as_it_is_read(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as refused:
        parse_change(text)
    assert time.process_time() - begun < 1.0
    assert len(str(refused.value)) < 1_000


FULL_OF_TYPOS = """
titel = "Typos"
[reasons.call]
volume.per_day = 10
groups = ["agent"]
handling.voice.talk_s = 60
[groups.agents]
heads = 2
[policies.more.changes]
"groups.agents.haeds" = 3
"reasons.call.handling.voice.talk_s.vlaue" = 90
"reasons.call.solve" = 2
"reasons.call.groups" = ["agenst"]
[policies.fine.changes]
"groups.agents.heads" = 3
[policies.also.changes]
"groups.agents.speedcv" = 0.2
"""


def test_typos_in_policies_are_told_together_with_those_in_the_scenario() -> None:
    more, also = "policies.more.changes", "policies.also.changes"
    expected = {
        "titel": "is not a known key here",
        "reasons.call.groups.0": "names a group that does not exist",
        f'{more}."groups.agents.haeds"': "is not a known key here",
        f'{more}."reasons.call.handling.voice.talk_s.vlaue"': "is not a known key here",
        f'{more}."reasons.call.solve"': "must be a number from 0 to 1",
        f'{more}."reasons.call.groups"': "0: names a group that does not exist",
        f'{also}."groups.agents.speedcv"': "is not a known key here",
    }
    assert told(problems_of(FULL_OF_TYPOS)) == expected
    known_keys = FULL_OF_TYPOS.replace("titel", "title")  # only a name is wrong besides
    assert told(problems_of(known_keys)) == {k: v for k, v in expected.items() if k != "titel"}


def test_a_scenario_made_in_python_tells_them_together_too() -> None:
    document = {
        "reasons": {
            "call": {
                "volume": {"per_day": 10},
                "groups": ["agent"],
                "handling": {"voice": {"talk_s": 60}},
            }
        },
        "groups": {"agents": {"heads": 2}},
        "policies": {"more": {"changes": {"groups.agents.haeds": 3}}},
    }
    assert told(check(Scenario.model_validate(document))) == {
        "reasons.call.groups.0.groups.0": "names a group that does not exist",
        'policies.more.changes."groups.agents.haeds"': "is not a known key here",
    }


def test_steps_and_stages_are_counted_from_one_as_people_count() -> None:
    steps = '[{ step = "decline" }, { step = "ticket", due_h = 3 }]'
    found = problems_of(
        SMALLEST.replace('["agents"]', '["agents", { group = "agents", after_s = -4 }]')
        + f"[escalation.up]\nsteps = {steps}\n"
        + '[policies.p.changes]\n"escalation.up.steps.1.due_h" = -1\n'
    )
    told = {str(problem).partition("\n")[0] for problem in found}
    assert told == {
        "reasons.enquiry.groups.1.after_s = -4 (stage 2)",
        "escalation.up.steps.1.work_s (step 2)",
        'policies.p.changes."escalation.up.steps.1.due_h" = -1 (step 2)',
    }


def test_a_group_that_is_called_by_a_number_is_no_entry_of_a_list() -> None:
    found = problems_of(SMALLEST.replace("agents", "1").replace("heads = 5", "heads = -5"))
    assert [str(problem).partition("\n")[0] for problem in found] == ["groups.1.heads = -5"]
