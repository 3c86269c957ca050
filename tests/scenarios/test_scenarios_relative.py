"""Relative changes: two agents more, a tenth longer, whatever stands there."""

from typing import Any

import pytest

from scenarios import Problem, Scenario, ScenarioError, apply, differences, load_text, with_changes
from scenarios import parse_change as parsed
from scenarios.policies.relative_changes import result_of
from tests.support.scenario_texts import SHOP, shop

TALK = "reasons.damage.handling.voice.talk_s"


def changed_to(changes: dict[str, Any], centre: Scenario | None = None) -> dict[str, Any]:
    before = centre or shop()
    return {one.key: one.new for one in differences(before, with_changes(before, changes))}


def refusal(key: str, value: Any) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        with_changes(shop("[repeat]\nprobability = 0.5\n"), {key: value})
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("key", "by", "result"),
    [
        ("groups.specialists.heads +=", 2, 5),
        ("groups.specialists.heads+=", 2, 5),
        ("groups.specialists.heads -=", 1, 2),
        ("groups.specialists.heads *=", 2, 6),
        ("groups.specialists.heads /=", 3, 1),
        (f"{TALK}.mean *=", 1.1, 330),
        ("reasons.damage.solve -=", 0.6, 0.3),
        # A number in a file is a constant distribution; what is there is still a number.
        ("reasons.order.handling.voice.wrap_up_s +=", 15, 45),
        ("escalation.beyond_authority.steps.0.timeout_s /=", 2, 60),
    ],
)
def test_a_relative_change_changes_the_number_that_is_there(
    key: str, by: float, result: float
) -> None:
    place = key.rstrip("+-*/= ")
    assert changed_to({key: by}) == {place: result}


@pytest.mark.parametrize(
    ("factor", "heads"), [(1.1, 3), (1.2, 4), (1.5, 5), (1.16, 3), (0.5, 2), (0.1, 0)]
)
def test_whole_people_stay_whole_and_halves_are_rounded_up(factor: float, heads: int) -> None:
    # 3 agents: 3.3, 3.6, 4.5, 3.48, 1.5 and 0.3.
    found = with_changes(shop(), {"groups.specialists.heads *=": factor})
    assert found.groups["specialists"].heads == heads


def test_numbers_come_out_as_a_person_would_work_them_out() -> None:
    assert result_of(300, "*=", 1.1, whole=False) == 330
    assert result_of(0.1, "+=", 0.2, whole=False) == 0.3
    assert result_of(1, "/=", 3, whole=False) == pytest.approx(1 / 3, abs=1e-15)


def test_relative_changes_are_made_in_their_order_on_top_of_what_was_set_before() -> None:
    key = "groups.specialists.heads"
    assert changed_to({key: 10, f"{key} *=": 1.5, f"{key} +=": 1}) == {key: 16}
    assert changed_to({f"{key} +=": 1, f"{key} *=": 1.5}) == {key: 6}
    assert changed_to({f"{key} +=": 7, key: 9}) == {key: 9}


def test_a_number_that_nobody_wrote_is_changed_from_its_default() -> None:
    before = shop("[repeat]\nprobability = 0.5\n")
    default = before.repeat
    assert default is not None
    found = with_changes(before, {"repeat.max_contacts +=": 2}).repeat
    assert found is not None
    assert found.max_contacts == default.max_contacts + 2


def test_relative_changes_may_stand_in_tables_of_a_policy() -> None:
    centre = shop('[policies.more.changes]\ngroups.specialists."heads +=" = 2\nbusyness_cv = 0.1\n')
    found = differences(centre, apply(centre, "more"))
    assert [(one.key, one.new) for one in found] == [
        ("busyness_cv", 0.1),
        ("groups.specialists.heads", 5),
    ]


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("reasons.order.solve -=", 2, "gives -1, which must be a number from 0 to 1"),
        ("groups.specialists.heads -=", 4, "gives -1, which must be a whole number of at least 0"),
        ("groups.specialists.absence *=", 2, "is off here: there is no number for *= to change"),
        ("survey.share +=", 0.1, "is not a known key"),
        ("authority.full.limit +=", 10, "is inf, and += changes only a number"),
        ("groups.front_line.authority +=", 1, 'is "limited", and += changes only a number'),
        ("reasons.damage.complaint +=", 1, "is true, and += changes only a number"),
        (f"{TALK} *=", 1.1, "is a lognormal distribution, and *= changes only a number"),
        ("groups.specialists *=", 1.1, "is a table, and *= changes only a number"),
        ("reasons.damage.groups +=", 1, "is a list, and += changes only a number"),
        ("groups.specialists.heads +=", "two", "must have a number after +="),
        ("groups.specialists.heads +=", True, "must have a number after +="),
        ("groups.specialists.heads *=", float("inf"), "must have a number after *="),
        ("groups.specialists.heads /=", 0, "is divided by 0, which has no result"),
        ("groups.specialist.heads +=", 1, "reaches into groups.specialist, which does not exist"),
        ("groups.specialists.head +=", 1, "is not a known key"),
    ],
)
def test_a_relative_change_that_has_no_result_is_refused(key: str, value: Any, rule: str) -> None:
    problem = refusal(key, value)
    assert (problem.key, problem.value, problem.rule) == (key, value, rule)


def test_a_distribution_is_changed_by_one_of_its_figures() -> None:
    assert refusal(f"{TALK} *=", 1.1).hint == f"Change a number in it, as in {TALK}.mean *= 2."


def test_a_relative_change_of_a_policy_is_refused_with_file_key_value_rule_and_way_out() -> None:
    text = SHOP + '[policies.p]\nchanges = { "groups.specialists.absence *=" = 2 }\n'
    with pytest.raises(ScenarioError) as caught:
        load_text(text, file="shop.toml")
    assert str(caught.value) == (
        "1 problem in the scenario:\n"
        'shop.toml: policies.p.changes."groups.specialists.absence *=" = 2\n'
        "    is off here: there is no number for *= to change\n"
        "    Set a value with = instead, or first."
    )


def test_a_result_that_breaks_a_rule_is_told_by_the_change_with_the_result() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(SHOP + '[policies.p]\nchanges = { "groups.specialists.heads -=" = 9 }\n')
    (problem,) = caught.value.problems
    assert problem.key == 'policies.p.changes."groups.specialists.heads -="'
    assert problem.value == 9
    assert problem.rule == "gives -6, which must be a whole number of at least 0"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("groups.a.heads+=2", ("groups.a.heads +=", 2)),
        ("groups.a.heads -= 2", ("groups.a.heads -=", 2)),
        ("groups.a.heads*=1.1", ("groups.a.heads *=", 1.1)),
        ("groups.a.heads /=2", ("groups.a.heads /=", 2)),
        ('groups."a+=b".heads=2', ('groups."a+=b".heads', 2)),
        ('groups."a-"=2', ('groups."a-"', 2)),
        ("title=a+=b", ("title", "a+=b")),
    ],
)
def test_a_relative_change_on_the_command_line_keeps_its_sign_in_the_key(
    text: str, change: tuple[str, Any]
) -> None:
    assert parsed(text) == change


@pytest.mark.parametrize("groups", ["", "groups = 3\n"])
def test_a_policy_that_adds_people_where_there_are_no_groups_is_told_that_they_are_missing(
    groups: str,
) -> None:
    policy = '[policies.two]\nchanges = { "groups.front.heads +=" = 2 }\n'
    with pytest.raises(ScenarioError) as caught:
        load_text(f'{groups}title = "No groups"\n[reasons.order]\nvolume.per_day = 9\n{policy}')
    assert "groups" in [problem.key for problem in caught.value.problems]
