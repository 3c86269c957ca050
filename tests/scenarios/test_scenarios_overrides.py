"""Overrides: what is set on the command line holds under every policy, also where one disagrees."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenarios import (
    Policy,
    Scenario,
    ScenarioError,
    apply,
    differences,
    load,
    override,
    parse_changes,
    policies_of,
    with_changes,
)
from scenarios.library import names
from scenarios.save import dump, load_text
from tests.support.examples import examples
from tests.support.scenario_texts import shop

HEADS = "groups.supervisors.heads"

POLICIES = f"""
[repeat]
probability = 0.5
[policies.four]
title = "Four supervisors"
changes = {{ "{HEADS}" = 4 }}
[policies.half-more]
changes = {{ "{HEADS} *=" = 1.5, busyness_cv = 0.1 }}
[policies.table.changes]
groups.supervisors = {{ heads = 6, absence = 0.05 }}
[policies.no-repeats]
remove = ["repeat"]
[policies.other]
changes = {{ ownership = "agent" }}
"""


@pytest.fixture(scope="module")
def centre() -> Scenario:
    return shop(POLICIES)


def heads_under(scenario: Scenario) -> dict[str, int | None]:
    return {name: one.groups["supervisors"].heads for name, one in policies_of(scenario).items()}


def test_a_value_holds_under_every_policy_whatever_the_policy_says(centre: Scenario) -> None:
    found = override(centre, {HEADS: 3})
    assert set(heads_under(found.scenario).values()) == {3}
    assert [(one.policy, one.had, one.now) for one in found.clashes] == [
        ("four", 4, 3),
        ("table", 6, 3),
    ], "half-more had 3 itself"
    assert apply(found.scenario, "table").groups["supervisors"].absence == 0.05


def test_a_relative_change_keeps_the_differences_of_the_policies(centre: Scenario) -> None:
    found = override(centre, {f"{HEADS} +=": 2})
    assert heads_under(centre) == {
        "baseline": 2,
        "four": 4,
        "half-more": 3,
        "table": 6,
        "no-repeats": 2,
        "other": 2,
    }
    assert heads_under(found.scenario) == {
        name: heads + 2 for name, heads in heads_under(centre).items() if heads is not None
    }
    assert [(one.policy, one.had, one.now) for one in found.clashes] == [
        ("four", 4, 6),
        ("half-more", 3, 5),
        ("table", 6, 8),
    ]
    assert not found.same


def test_a_policy_that_changes_nothing_any_more_is_named(centre: Scenario) -> None:
    assert override(centre, {HEADS: 3}).same == ("four",)
    assert override(centre, {"ownership": "agent"}).same == ("other",)


def test_a_table_that_is_set_wins_over_a_key_in_it_and_leaves_the_rest(centre: Scenario) -> None:
    found = override(centre, {"groups.supervisors": {"heads": 3}})
    assert set(heads_under(found.scenario).values()) == {3}
    assert [(one.policy, one.key, one.had) for one in found.clashes] == [
        ("four", HEADS, 4),
        ("table", HEADS, 6),
    ]


def test_what_a_policy_leaves_out_stays_left_out(centre: Scenario) -> None:
    for changes in ({"repeat.probability": 0.7}, {"repeat.probability *=": 1.2}):
        found = override(centre, changes)
        assert apply(found.scenario, "no-repeats").repeat is None
        (key,) = changes
        assert found.off == ((key, "no-repeats", "repeat"),)


def test_a_whole_section_that_is_set_holds_also_where_a_policy_leaves_it_out(
    centre: Scenario,
) -> None:
    found = override(centre, {"repeat": {"probability": 0.7}})
    under = apply(found.scenario, "no-repeats").repeat
    assert under is not None
    assert under.probability == 0.7
    assert found.same == ("no-repeats",)


def test_a_list_that_is_set_holds_also_where_a_policy_changes_an_entry_of_it() -> None:
    steps = "escalation.beyond_authority.steps"
    scenario = shop(f'[policies.quick]\nchanges = {{ "{steps}.1.due_h" = 4 }}\n')
    found = override(scenario, {steps: [{"step": "decline"}]})
    paths = [one.escalation["beyond_authority"] for one in policies_of(found.scenario).values()]
    assert [len(path.steps) for path in paths] == [1, 1]
    assert found.same == ("quick",)


def test_a_policy_that_nothing_disagrees_with_stays_as_it_is_written(centre: Scenario) -> None:
    found = override(centre, {"groups.specialists.heads": 5})
    assert found.scenario.policies == centre.policies
    assert not found.clashes


def test_the_names_and_titles_of_policies_stay(centre: Scenario) -> None:
    found = override(centre, {HEADS: 3}).scenario
    assert list(found.policies) == list(centre.policies)
    assert found.policies["four"].title == "Four supervisors"


def test_what_does_not_work_under_one_policy_is_refused_with_its_name(centre: Scenario) -> None:
    scenario = shop(f'[policies.none]\nchanges = {{ "{HEADS}" = 1 }}\n')
    with pytest.raises(ScenarioError) as caught:
        override(scenario, {f"{HEADS} -=": 2})
    (problem,) = caught.value.problems
    assert (problem.key, problem.value) == (f"{HEADS} -=", 2)
    assert problem.rule == (
        "under the policy none: gives -1, which must be a whole number of at least 0"
    )
    with pytest.raises(ScenarioError):
        override(centre, {HEADS: "many"})


def test_the_last_of_several_changes_of_a_key_counts_and_a_relative_one_is_not_lost() -> None:
    given_twice = parse_changes([f"{HEADS}=5", f"{HEADS}+=2", f"{HEADS}=3"])
    assert list(given_twice.items()) == [(f"{HEADS} +=", 2), (HEADS, 3)]
    with pytest.raises(ScenarioError) as caught:
        parse_changes([f"{HEADS}+=2", f"{HEADS}+=2"])
    assert caught.value.problems[0].rule == "is given twice"


CHANGES: list[dict[str, Any]] = [
    {HEADS: 3},
    {f"{HEADS} +=": 2},
    {"groups.supervisors": {"heads": 3, "absence": 0.2}},
    {"repeat.probability": 0.7},
    {"repeat": {"probability": 0.7}},
    {"reasons.damage.handling.voice.talk_s": 200},
    {"reasons.damage.handling.voice.talk_s.mean *=": 1.1},
    {"reasons.damage.handling.voice.talk_s": {"distribution": "exponential", "mean": 99}},
    {"reasons.order.groups": ["front_line", "specialists"]},
    {"escalation.beyond_authority.steps.0.timeout_s": 30},
    {"escalation.beyond_authority.steps.1.due_h": 4},
    {"escalation.beyond_authority.steps": [{"step": "decline"}]},
    {"groups.front_line.shifts.early.heads -=": 1},
    {"ownership": "agent"},
]


@settings(max_examples=examples(50))
@given(
    policy=st.lists(st.sampled_from(CHANGES), max_size=4),
    remove=st.sampled_from([(), ("repeat",), ("groups.front_line.shifts.late",)]),
    overrides=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3),
)
def test_each_policy_is_what_the_changes_make_of_it_after_its_own(
    policy: list[dict[str, Any]], remove: tuple[str, ...], overrides: list[dict[str, Any]]
) -> None:
    before = shop("[repeat]\nprobability = 0.5\n")
    own = {key: value for one in policy for key, value in one.items()}
    wanted = {key: value for one in overrides for key, value in one.items()}
    # A section that the policy leaves out stays left out; that has a test of its own.
    assume(not any(key.startswith(f"{section}.") for section in remove for key in wanted))
    try:
        under = with_changes(before, own, remove)
        after = with_changes(under, wanted)
        base = with_changes(before, wanted)
    except ScenarioError:
        assume(False)
    scenario = before.model_copy(update={"policies": {"p": Policy(changes=own, remove=remove)}})
    found = override(scenario, wanted).scenario
    assert differences(found, base) == []
    assert differences(apply(found, "p"), after) == []
    # What is kept of a run is its scenario as text.
    again = load_text(dump(found))
    assert differences(apply(again, "p"), after) == []


@pytest.mark.parametrize("name", names())
def test_no_policy_of_a_shipped_scenario_is_rewritten_by_another_horizon(name: str) -> None:
    scenario = load(name)
    found = override(scenario, {"horizon.days": scenario.horizon.days + 7})
    assert found.scenario.policies == scenario.policies
