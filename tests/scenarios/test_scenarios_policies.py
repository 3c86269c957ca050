"""Policies and changes: what if?"""

from collections.abc import Iterator
from typing import Any

import pytest

from scenarios import (
    Problem,
    Scenario,
    ScenarioError,
    apply,
    differences,
    json_schema,
    load_text,
    parse_change,
    policies_of,
    with_changes,
)
from tests.support.scenario_texts import SHOP, shop, smallest

EMPOWERED = """
[policies.empowered]
title = "The front line decides"
changes = { "groups.front_line.authority" = "full", ownership = "agent" }
"""


def refusal(scenario: Scenario, changes: dict[str, Any], *remove: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        with_changes(scenario, changes, remove)
    return caught.value.problems


def file_refusal(more: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        load_text(SHOP + more, file="shop.toml")
    return caught.value.problems


def test_a_policy_changes_what_it_names_and_nothing_else() -> None:
    centre = shop(EMPOWERED)
    changed = apply(centre, "empowered")
    assert changed.groups["front_line"].authority == "full"
    assert [(d.key, d.old, d.new) for d in differences(centre, changed)] == [
        ("groups.front_line.authority", "limited", "full"),
        ("ownership", "anyone", "agent"),
    ]
    assert changed.policies == centre.policies


def test_the_baseline_is_the_scenario_itself_and_comes_first() -> None:
    centre = shop(EMPOWERED)
    assert apply(centre, "baseline") is centre
    policies = policies_of(centre)
    assert list(policies) == ["baseline", "empowered"]
    assert policies["baseline"] is centre


def test_the_baseline_may_have_another_name() -> None:
    centre = load_text('baseline = "ask-the-boss"\n' + SHOP + EMPOWERED)
    assert list(policies_of(centre)) == ["ask-the-boss", "empowered"]


def test_a_policy_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ScenarioError) as caught:
        apply(shop(EMPOWERED), "empowerd")
    assert caught.value.problems[0].hint == 'Did you mean "empowered"?'


def test_policies_may_be_applied_one_on_another() -> None:
    more = '[policies.more]\nchanges = { "groups.supervisors.heads" = 4 }\n'
    both = apply(apply(shop(EMPOWERED + more), "empowered"), "more")
    assert both.groups["front_line"].authority == "full"
    assert both.groups["supervisors"].heads == 4


def test_tables_are_merged_deeply() -> None:
    changed = with_changes(shop(), {"reasons.order": {"handling": {"voice": {"wrap_up_s": 5}}}})
    voice = changed.reasons["order"].handling["voice"]
    assert (
        voice
        == with_changes(shop(), {"reasons.order.handling.voice.wrap_up_s": 5})
        .reasons["order"]
        .handling["voice"]
    )
    assert differences(shop(), changed)[0] == ("reasons.order.handling.voice.wrap_up_s", 30, 5)


def test_one_figure_of_a_distribution_may_be_changed() -> None:
    changed = with_changes(shop(), {"reasons.damage.handling.voice.talk_s.mean": 200})
    assert differences(shop(), changed) == [("reasons.damage.handling.voice.talk_s.mean", 300, 200)]


def test_a_distribution_that_is_named_replaces_the_old_one() -> None:
    new = {"distribution": "exponential", "mean": 200}
    changed = with_changes(shop(), {"reasons.damage.handling": {"voice": {"talk_s": new}}})
    assert differences(shop(), changed)[0].new == new


def test_a_number_replaces_a_distribution() -> None:
    changed = with_changes(shop(), {"reasons.damage.handling.voice.talk_s": 200})
    assert differences(shop(), changed)[0].new == 200


def test_lists_are_replaced() -> None:
    changed = with_changes(shop(), {"reasons.damage.groups": ["specialists"]})
    assert differences(shop(), changed) == [
        (
            "reasons.damage.groups",
            ["front_line", {"group": "specialists", "after_s": 60}],
            ["specialists"],
        )
    ]


def test_a_number_in_a_key_path_is_an_entry_of_a_list() -> None:
    changed = with_changes(shop(), {"escalation.beyond_authority.steps.0.timeout_s": 30})
    assert differences(shop(), changed) == [
        ("escalation.beyond_authority.steps.0.timeout_s", 120, 30)
    ]


@pytest.mark.parametrize("part", ["2", "-1", "first", "0x0"])
def test_an_entry_that_a_list_does_not_have_is_refused(part: str) -> None:
    (problem,) = refusal(shop(), {f"escalation.beyond_authority.steps.{part}.timeout_s": 30})
    assert "without an entry's number" in problem.rule
    assert problem.hint == "Its entries have the numbers 0 to 1."


def test_names_with_dots_are_quoted_in_a_key_path() -> None:
    centre = smallest('[groups."night.line"]\nheads = 2\n')
    changed = with_changes(centre, {'groups."night.line".heads': 3})
    assert differences(centre, changed) == [('groups."night.line".heads', 2, 3)]


def test_a_new_entry_is_added_as_a_table() -> None:
    night = {"groups.night": {"heads": 2}, "reasons.order.groups": ["front_line", "night"]}
    assert with_changes(shop(), night).groups["night"].heads == 2


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("groups.frontline.authority", "front_line"),
        ("reasons.orders.solve", "order"),
        ("authority.limitd.limit", "limited"),
        ("groups.front_line.shifts.erly.heads", "early"),
    ],
)
def test_a_slip_in_a_name_does_not_make_a_new_entry(key: str, meant: str) -> None:
    (problem,) = refusal(shop(), {key: 1})
    assert problem.key == key
    assert "which does not exist" in problem.rule
    assert problem.hint == f'Did you mean "{meant}"?'


def tables_of_named_entries() -> list[str]:
    """The key paths, in the shop, of all tables whose keys are names that the user gives."""
    parts = json_schema()["$defs"]
    entries = {"groups": "front_line", "reasons": "order"}

    def named(node: dict[str, Any], before: str) -> Iterator[str]:
        for key, value in node["properties"].items():
            for way in (value, *value.get("anyOf", [])):
                inside = way.get("additionalProperties")
                if isinstance(inside, dict) and "$ref" in inside and "propertyNames" not in way:
                    yield before + key
                    if key in entries:
                        part = parts[inside["$ref"].rpartition("/")[2]]
                        yield from named(part, f"{before}{key}.{entries[key]}.")

    return [key for key in named(json_schema(), "") if key not in ("policies", "uncertain")]


@pytest.mark.parametrize("table", tables_of_named_entries())
def test_no_change_reaches_into_an_entry_that_nobody_wrote(table: str) -> None:
    (problem,) = refusal(shop(), {f"{table}.nowhere.title": "x"})
    assert problem.rule == f"reaches into {table}.nowhere, which does not exist"


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    (problem,) = refusal(shop(), {"groups.front_line.autority": "full"})
    assert (problem.key, problem.value) == ("groups.front_line.autority", "full")
    assert problem.hint == 'Did you mean "authority"?'


def test_a_key_path_into_a_plain_value_is_refused() -> None:
    (problem,) = refusal(shop(), {"groups.supervisors.heads.monday": 5})
    assert problem.rule == "reaches into groups.supervisors.heads, which has no keys of its own"


@pytest.mark.parametrize("key", ["", "groups.", "a b", "a = 1\nb", "groups..heads", "a\nb"])
def test_what_is_no_key_path_is_refused(key: str) -> None:
    (problem,) = refusal(shop(), {key: 5})
    assert problem.rule == "is not a key path"


@pytest.mark.parametrize("key", ["policies.empowered.title", "policies", "baseline"])
def test_policies_and_baseline_cannot_be_changed(key: str) -> None:
    (problem,) = refusal(shop(EMPOWERED), {key: "x"})
    assert "which a change may not do" in problem.rule


def test_a_section_is_left_out() -> None:
    centre = shop("[repeat]\nprobability = 0.5\n")
    assert with_changes(centre, {}, ["repeat"]).repeat is None


def test_entries_of_a_list_are_left_out_by_the_numbers_they_had() -> None:
    steps = "escalation.beyond_authority.steps"
    three = {
        steps: [{"step": "ask_colleague", "time_s": t} for t in (1, 2)] + [{"step": "decline"}]
    }
    centre = with_changes(shop(), three)
    left = with_changes(centre, {}, [f"{steps}.0", f"{steps}.1"])
    assert [step.step for step in left.escalation["beyond_authority"].steps] == ["decline"]


def test_what_is_left_out_first_can_be_set_anew() -> None:
    changed = with_changes(
        shop(),
        {"reasons.order.volume": {"counts": {"monday": [5, 5]}}},
        ["reasons.order.volume"],
    )
    assert changed.reasons["order"].volume.per_day is None


def test_nothing_to_leave_out_is_refused_with_the_nearest_key() -> None:
    (problem,) = refusal(shop(), {}, "groups.front_line.shifts.erly")
    assert problem.rule == "has nothing to leave out"
    assert problem.hint == 'Did you mean "early"?'


def test_a_change_that_breaks_a_rule_elsewhere_is_told_with_the_place() -> None:
    (problem,) = refusal(
        shop(), {"groups.supervisors.authority": "limited", "authority.limited.limit": 0}
    )
    assert problem.key == "escalation.beyond_authority.steps.0.group"
    assert "nobody there or above may decide" in problem.rule


def test_a_policy_in_a_file_is_tried_and_told_by_the_key_of_its_change() -> None:
    problems = file_refusal(
        """
        [policies.a.changes]
        "groups.front_line.autority" = "full"
        "groups.supervisors.heads" = -2
        "reasons.orders.solve" = 0.5
        [policies.b.changes]
        "reasons.damage" = { solve = 2 }
        groups.supervisors.heads = "many"
        [policies.c]
        remove = ["boss", "escalation.beyond_authority.steps"]
        [policies.baseline]
        title = "Again"
        """
    )
    assert [(p.file, p.key, p.value) for p in problems] == [
        ("shop.toml", 'policies.a.changes."reasons.orders.solve"', 0.5),
        ("shop.toml", 'policies.a.changes."groups.front_line.autority"', "full"),
        ("shop.toml", 'policies.a.changes."groups.supervisors.heads"', -2),
        ("shop.toml", 'policies.b.changes."reasons.damage".solve', 2),
        ("shop.toml", "policies.b.changes.groups.supervisors.heads", "many"),
        ("shop.toml", "policies.c.remove.0", "boss"),
        ("shop.toml", "policies.baseline", None),
    ]
    assert problems[3].rule == "must be a number from 0 to 1"
    assert problems[4].rule == "must be a whole number of at least 0"


def test_all_wrong_values_of_a_policy_are_told() -> None:
    problems = file_refusal(
        """
        [policies.a.changes]
        "groups.front_line.autority" = "full"
        "groups.supervisors.heads" = -2
        """
    )
    assert [p.key for p in problems] == [
        'policies.a.changes."groups.front_line.autority"',
        'policies.a.changes."groups.supervisors.heads"',
    ]


def test_what_a_policy_makes_impossible_is_told_under_its_name() -> None:
    (problem,) = file_refusal(
        '[policies.lean]\nchanges = { "reasons.order.groups" = ["specialists"], '
        '"groups.specialists.heads" = 0 }\n'
    )
    assert problem.key == 'policies.lean.changes."reasons.order.groups"'
    assert problem.rule == "have nobody on duty on any day of the horizon"


def test_what_a_policy_makes_impossible_elsewhere_names_the_place() -> None:
    (problem,) = file_refusal('[policies.few]\nchanges = { "authority.full.limit" = 0 }\n')
    assert problem.key == "policies.few"
    assert problem.rule.startswith("escalation.beyond_authority.steps.0.group: is asked about")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("groups.front_line.heads=40", ("groups.front_line.heads", 40)),
        ("groups.front_line.authority = full", ("groups.front_line.authority", "full")),
        ("opening.hours=08:00-20:00", ("opening.hours", "08:00-20:00")),
        ("profiles.shop.start=08:30", ("profiles.shop.start", "08:30")),
        ("profiles.shop.start=08:30:00", ("profiles.shop.start", "08:30:00")),
        ("reasons.order.complaint=true", ("reasons.order.complaint", True)),
        ("authority.full.limit=inf", ("authority.full.limit", float("inf"))),
        ('groups."a=b.c".heads=5', ('groups."a=b.c".heads', 5)),
        ('x={ distribution = "gamma", mean = 3 }', ("x", {"distribution": "gamma", "mean": 3})),
        ('reasons.order.groups=["a", "b"]', ("reasons.order.groups", ["a", "b"])),
        ('title="it = this"', ("title", "it = this")),
        ("title=two words", ("title", "two words")),
    ],
)
def test_a_change_on_the_command_line_is_read_as_toml_or_as_a_bare_word(
    text: str, change: tuple[str, Any]
) -> None:
    assert parse_change(text) == change


@pytest.mark.parametrize("text", ["heads", "=5", "a b=5", "x=", "x=[1, 2", 'x="open'])
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse_change(text)


def test_a_section_that_only_one_scenario_has_is_one_difference() -> None:
    with_repeat = with_changes(shop(), {"repeat": {"probability": 0.5}})
    assert differences(shop(), with_repeat) == [("repeat", None, {"probability": 0.5})]
    assert differences(with_repeat, shop()) == [("repeat", {"probability": 0.5}, None)]


def test_a_default_that_is_written_out_is_no_difference() -> None:
    assert differences(shop(), with_changes(shop(), {"waiting.points_per_s": 0.0})) == []
