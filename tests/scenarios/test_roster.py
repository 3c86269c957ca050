"""A group planned by shift or interval gets more or fewer people as a whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import Scenario, ScenarioError, differences, list_scenarios, load, override
from scenarios import with_changes as changed
from scenarios.policies.roster import spread
from tests.support.timed_centres import centre, reason

RETAIL = "groups.front_line.heads"


def lines(scenario: Scenario, group: str = "front_line") -> dict[str, int]:
    return {name: shift.heads for name, shift in (scenario.groups[group].shifts or {}).items()}


def refused(scenario: Scenario, key: str, value: Any) -> tuple[str, str]:
    with pytest.raises(ScenarioError) as caught:
        changed(scenario, {key: value})
    problem, *_ = caught.value.problems
    return problem.rule, problem.hint


def test_new_people_go_to_the_largest_shifts_and_a_crew_is_counted_once() -> None:
    # Of 40 people the late shift has 10, the day 8; Saturday's crews of six work on weekdays too.
    before = load("retail-complaints")
    one, three = (changed(before, {f"{RETAIL} +=": by}) for by in (1, 3))
    assert {n: h for n, h in lines(one).items() if h != lines(before)[n]} == {"late": 11}
    more = {name: heads for name, heads in lines(three).items() if heads != lines(before)[name]}
    assert more == {"late": 11, "day": 9, "morning_and_saturday": 7, "saturday_early": 7}
    assert three.groups["front_line"].places() == 43


@pytest.mark.parametrize(
    ("key", "by", "people"), [("+=", 5, 45), ("-=", 5, 35), ("*=", 1.1, 44), ("/=", 2, 20)]
)
def test_a_roster_is_changed_like_one_number(key: str, by: float, people: int) -> None:
    after = changed(load("retail-complaints"), {f"{RETAIL} {key}": by})
    assert after.groups["front_line"].places() == people


def test_no_change_of_a_roster_leaves_every_shift_as_it_is() -> None:
    before = load("retail-complaints")
    assert differences(before, changed(before, {f"{RETAIL} +=": 0})) == []


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1),
    st.integers(0, 300),
)
def test_one_more_person_takes_nobody_from_another_shift(crews: dict[str, int], total: int) -> None:
    here, next_one = spread(crews, total), spread(crews, total + 1)
    assert sum(here.values()) == total
    assert all(next_one[crew] - here[crew] in (0, 1) for crew in crews)
    # No shift is farther from its proportion than the people cannot be divided.
    weight = sum(crews.values())
    if weight:
        assert all(abs(here[c] - crews[c] * total / weight) < len(crews) for c in crews)


def test_millions_of_people_are_spread_without_counting_to_a_million() -> None:
    assert spread({"early": 1, "late": 3}, 4_000_000_000) == {
        "early": 1_000_000_000,
        "late": 3_000_000_000,
    }


def by_interval() -> Scenario:
    heads = {"sunday": [0] * 8 + [3, 1, 2] + [0] * 13, "monday": [2] * 24}
    return centre({"a": reason(30_000)}, {"front": {"heads_by_interval": {"heads": heads}}})


def test_by_interval_two_more_are_on_duty_wherever_anybody_is() -> None:
    before = by_interval()
    after = changed(before, {"groups.front.heads +=": 2})
    rows = [one.groups["front"].heads_by_interval for one in (before, after)]
    assert rows[0] is not None
    assert rows[1] is not None
    assert rows[1].heads == {
        day: tuple(heads + 2 if heads else 0 for heads in row) for day, row in rows[0].heads.items()
    }


@pytest.mark.parametrize("name", [one.name for one in list_scenarios()])
def test_every_group_of_a_shipped_scenario_that_names_nobody_can_get_more_people(name: str) -> None:
    shipped = load(name)
    for group, before in shipped.groups.items():
        if before.persons is None:
            after = changed(shipped, {f"groups.{group}.heads +=": 3})
            assert after.groups[group].places() == before.places() + 3


def test_a_roster_that_would_have_fewer_than_nobody_is_refused() -> None:
    rule, _ = refused(load("retail-complaints"), f"{RETAIL} -=", 41)
    assert rule == "leaves -1 people: there are 40 in its shifts"
    rule, _ = refused(by_interval(), "groups.front.heads -=", 4)
    assert rule.startswith("leaves -3 on duty in an interval: on sunday one has 1")


def test_one_number_for_a_group_with_shifts_is_refused_with_the_change_that_works() -> None:
    rule, hint = refused(load("retail-complaints"), RETAIL, 36)
    assert rule == "sets one number, and front_line has 40 people in shifts"
    assert hint == f"{RETAIL} += 2 adds two, and *= 1.1 a tenth."


@pytest.mark.parametrize(("key", "value"), [("heads +=", 2), ("heads *=", 1.5), ("heads", 5)])
def test_a_number_for_a_table_of_persons_is_refused_with_the_change_that_works(
    key: str, value: float
) -> None:
    table = {"persons": {"by_name": {"ann": WINDOWS, "ben": WINDOWS}}}
    before = centre({"a": reason(0)}, {"front": table})
    rule, hint = refused(before, f"groups.front.{key}", value)
    assert rule == "is a number of people, and front has 2 persons by name"
    assert "Write one more as groups.front.persons.by_name.NAME" in hint
    after = changed(before, {"groups.front.persons.by_name.cem": WINDOWS})
    assert after.groups["front"].places() == 3


WINDOWS = {"windows": {"every_day": ["00:00-24:00"]}}


def test_more_people_under_every_policy_are_told_where_a_policy_has_its_own() -> None:
    found = override(load("retail-complaints"), {f"{RETAIL} +=": 2})
    assert {(one.policy, one.change) for one in found.clashes} == {
        ("five-more-agents", f"{RETAIL} +=")
    }
    assert found.scenario.groups["front_line"].places() == 42
