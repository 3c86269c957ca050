"""Whatever is written into a scenario is answered, quickly, and all of it together."""

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
[policies.astray]
remove = ["groups.bosses"]
[policies.astray.changes]
"groups.bosses.heads" = 2
"groups.agents.heads +=" = "two"
"""


def test_typos_in_policies_are_told_together_with_those_in_the_scenario() -> None:
    more, also, astray = (f"policies.{name}.changes" for name in ("more", "also", "astray"))
    expected = {
        "titel": "is not a known key here",
        "reasons.call.groups.0": "names a group that does not exist",
        f'{more}."groups.agents.haeds"': "is not a known key here",
        f'{more}."reasons.call.handling.voice.talk_s.vlaue"': "is not a known key here",
        f'{more}."reasons.call.solve"': "must be a number from 0 to 1",
        f'{more}."reasons.call.groups".0': "names a group that does not exist",
        f'{also}."groups.agents.speedcv"': "is not a known key here",
        "policies.astray.remove.0": "has nothing to leave out",
        f'{astray}."groups.bosses.heads"': "reaches into groups.bosses, which does not exist",
        f'{astray}."groups.agents.heads +="': "must have a number after +=",
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


def test_what_is_wrong_within_a_table_that_a_change_sets_is_told_by_its_own_key() -> None:
    policy = '[policies.p.changes]\n"groups.agents" = { heads = 2, reserve = 1 }\n'
    (found,) = problems_of(SMALLEST + policy)
    assert (found.key, found.value) == ('policies.p.changes."groups.agents".reserve', 1)
    assert found.rule == "is not a known key here"
    with pytest.raises(ScenarioError) as refused:
        with_changes(smallest(), {"redial": {"after_abandoning": 2, "max_tries": 3}})
    (found,) = refused.value.problems
    assert str(found).startswith("redial.after_abandoning = 2\n    must be")


def test_what_a_change_brings_about_beside_it_is_told_with_what_the_change_says() -> None:
    # The heads are those of the scenario: the change has no such key.
    shifts = {"one": {"start": "08:00", "end": "16:00", "heads": 2}}
    with pytest.raises(ScenarioError) as refused:
        with_changes(smallest(), {"groups.agents": {"shifts": shifts}})
    (found,) = refused.value.problems
    assert found.key == "groups.agents"


@pytest.mark.parametrize("heads", ["1e9", "50.0"])
def test_a_whole_number_written_with_an_exponent_or_a_point_is_told_how_to_write_it(
    heads: str,
) -> None:
    (found,) = problems_of(SMALLEST.replace("heads = 5", f"heads = {heads}"))
    assert found.rule == "must be a whole number of at least 0"
    whole = int(float(heads))
    assert found.hint == f"Write it without a decimal point or an exponent: {whole}."


def test_a_limit_that_is_exceeded_is_in_the_rule() -> None:
    expected = '[expect.wait]\nmeasure = "asa"\nat_most = 60\nconfidence = 95\n'
    (found,) = problems_of(SMALLEST + expected)
    assert found.rule == "must be a number above 0 and below 1"
    spread = SMALLEST.replace(
        "talk_s = 60", 'talk_s = { distribution = "lognormal", median = 60, sigma = 30 }'
    )
    (found,) = problems_of(spread)
    assert found.rule == "must be a number above 0 and at most 20"


def test_a_number_of_endless_digits_is_not_repeated_in_full() -> None:
    with pytest.raises(ScenarioError) as refused:
        with_changes(smallest(), {"groups.agents.heads": "9" * 100_000})
    assert len(str(refused.value)) < 400


def test_a_change_through_what_the_scenario_has_wrong_is_told_once_the_scenario_works() -> None:
    text = SMALLEST.replace("[groups.agents]", "[groups.agents]\nhedas = 3")
    text += '[policies.p.changes]\n"groups.agents.hedas +=" = 2\n'
    assert list(told(problems_of(text))) == ["groups.agents.hedas"]


def test_a_typo_is_told_of_the_change_that_has_it_and_not_of_one_around_it() -> None:
    policy = '[policies.p.changes]\n"groups.agents.hedas" = 1\n"groups.agents" = { heads = 2 }\n'
    (found,) = problems_of(SMALLEST + policy)
    assert (found.key, found.value) == ('policies.p.changes."groups.agents.hedas"', 1)


@pytest.mark.long
def test_a_file_of_twelve_thousand_unknown_keys_is_refused_in_seconds() -> None:
    # Each key was compared with every other one: a hundred million comparisons.
    begun = time.process_time()
    assert len(problems_of(SMALLEST + "".join(f"[k{n}]\n" for n in range(12_000)))) == 12_000
    assert time.process_time() - begun < 12.0


def test_five_thousand_shift_lines_are_looked_at_crew_by_crew() -> None:
    # Each was compared with every other one, whether or not they are the same people.
    line = '{ start = "08:00", end = "16:00", heads = 1 }'
    lines = "".join(f"s{n} = {line}\n" for n in range(5_000))
    text = SMALLEST.replace("heads = 5", f"[groups.agents.shifts]\n{lines}")
    begun = time.process_time()
    load_text(text)
    assert time.process_time() - begun < 6.0
