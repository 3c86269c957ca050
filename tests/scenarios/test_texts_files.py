"""Control characters: refused in names, shown in messages, sent to nobody."""

import json

import pytest

from results.errors import unknown
from scenarios import Problem, ScenarioError, check, load_text, parse_change, with_changes
from scenarios.files.characters import controls_in, visible
from tests.support.hostile_names import CURRENCIES, NAMES, scenario
from tests.support.scenario_texts import SMALLEST, smallest


def refused(text: str, file: str = "shop.toml") -> list[Problem]:
    with pytest.raises(ScenarioError) as refusal:
        load_text(text, file=file)
    return list(refusal.value.problems)


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\n", "\t", "\x7f", "\x9b", "\u202e", "\u2028"])
def test_a_name_with_a_control_character_is_refused_with_place_and_rule(sign: str) -> None:
    name = json.dumps(f"a{sign}b")
    for text, key in (
        (f"title = {name}\n{SMALLEST}", "title"),
        (f"{SMALLEST}[costs]\ncurrency = {name}\n", "costs.currency"),
        (f"{SMALLEST}[policies.{name}]\nchanges = {{}}\n", 'policies."a'),
        (f'{SMALLEST}[policies.a]\nchanges."groups.agents.title" = {name}\n', "policies.a.changes"),
        (SMALLEST.replace("groups.agents", f"groups.{name}"), 'groups."a'),
        (SMALLEST.replace("enquiry", name), 'reasons."a'),
    ):
        told = [one for one in refused(text) if "control character" in one.rule]
        assert told, text
        assert told[0].file == "shop.toml"
        assert told[0].key.startswith(key)
        assert controls_in(str(told[0]), "\n") == [], "no message sends what it complains of"
        assert visible(sign, "") in told[0].rule
        assert "Leave it out" in told[0].hint


def test_a_story_may_have_lines_and_tabs_and_nothing_else() -> None:
    assert load_text(f'story = "one\\n\\ttwo"\n{SMALLEST}').story == "one\n\ttwo"
    (told,) = refused(f'story = "one\\u001b[2Jtwo"\n{SMALLEST}')
    assert "but line breaks and tabs" in told.rule


def test_a_wrong_value_with_a_control_character_is_told_once() -> None:
    (told,) = refused(SMALLEST.replace("heads = 5", 'heads = "5\\u001b"'))
    assert told.rule == "must be a whole number of at least 0"
    assert told.value == "5\x1b"
    assert "\x1b" not in str(told)


def test_changes_and_scenarios_made_in_python_are_looked_through_as_well() -> None:
    with pytest.raises(ScenarioError, match="control characters"):
        with_changes(smallest(), dict([parse_change('costs.currency="\\u001b"')]))
    (told,) = check(smallest().model_copy(update={"title": "a\x1b"}))
    assert told.key == "title"


def test_messages_show_control_characters_of_files_names_and_broken_lines() -> None:
    assert "\x1b" not in str(refused("x = \x1b[31m\n", file="a\x1b.toml")[0])
    hint = str(refused(SMALLEST.replace('["agents"]', '["agnets\\u001b"]'))[0])
    assert "\x1b" not in hint
    assert unknown("policy", "a\x1b]0;x\x07", ["b"]).count(r"\u001b") == 1


def test_joiners_that_scripts_and_pictures_need_are_letters() -> None:
    # "I want" in Persian, and a family.
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    family = "👨\u200d👩\u200d👧"
    found = load_text(f'title = "{persian}"\n{SMALLEST}[policies."{family}"]\n')
    assert (found.title, list(found.policies)) == (persian, [family])


@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_other_name_and_currency_is_taken_as_it_is(currency: str) -> None:
    found = load_text(scenario(currency=currency))
    assert tuple(found.policies) == NAMES
    assert found.costs.currency == currency
