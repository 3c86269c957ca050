"""Ranges of figures that are not known for sure: checked, carried along, and shown."""

import json
from pathlib import Path

import pytest

from results.studies.factor import Factor
from results.studies.plan import plan_of
from scenarios import Scenario, ScenarioError, apply, load_text, override, with_changes
from scenarios.save import dump
from sim import simulate
from tests.support.command_line import firstline
from tests.support.scenario_texts import SMALLEST

RANGES = """
[uncertain."reasons.enquiry.handling.voice.talk_s"]
low = 55
high = 66
source = "412 calls of 1-20 January"
[uncertain."groups.agents.absence"]
low = 0
high = 0.1
"""


def centre(ranges: str = RANGES, more: str = "") -> Scenario:
    return load_text(SMALLEST + ranges + more)


def test_ranges_are_carried_in_the_scenario() -> None:
    scenario = centre()
    one = scenario.uncertain["reasons.enquiry.handling.voice.talk_s"]
    assert (one.low, one.high, one.source) == (55, 66, "412 calls of 1-20 January")
    assert load_text(dump(scenario)) == scenario


def test_ranges_steer_nothing() -> None:
    found = [simulate(one, 1, 0).contacts.as_dict() for one in (centre(), centre(""))]
    assert found[0]["answered"].tobytes() == found[1]["answered"].tobytes()


def test_a_policy_may_leave_the_range_and_the_ranges_stay() -> None:
    policy = '[policies.slow.changes]\n"reasons.enquiry.handling.voice.talk_s" = 200\n'
    scenario = centre(more=policy)
    assert apply(scenario, "slow").uncertain == scenario.uncertain
    assert with_changes(scenario, {"groups.agents.absence": 0.5}).uncertain == scenario.uncertain


@pytest.mark.parametrize(
    ("ranges", "told"),
    [
        ('[uncertain."reasons.enquiri.solve"]\nlow = 0\nhigh = 1', 'Did you mean "enquiry"'),
        ('[uncertain."reasons.enquiry.groups"]\nlow = 0\nhigh = 1', "is not about a number"),
        ('[uncertain."groups.agents.heads"]\nlow = 6\nhigh = 9', "heads is 5"),
        ('[uncertain."groups.agents.heads"]\nlow = 2\nhigh = 4', "heads is 5"),
        ('[uncertain."groups.agents.absence"]\nlow = -0.1\nhigh = 1', "must be at least 0"),
        ('[uncertain."groups.agents.absence"]\nlow = 0\nhigh = 1.5', "must be at most 1"),
        ('[uncertain."groups.agents.absence"]\nlow = 1\nhigh = 0', "must be at most high"),
        ('[uncertain."groups.agents.absence"]\nlow = 0', "is missing"),
    ],
)
def test_a_range_that_cannot_be_is_refused(ranges: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        centre(ranges + "\n")


def test_a_policy_does_not_change_what_is_known() -> None:
    policy = '[policies.sure.changes]\n"uncertain" = {}\n'
    with pytest.raises(ScenarioError, match="which a change may not do"):
        centre(more=policy)


def test_a_check_shows_what_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(SMALLEST + RANGES)
    shown = firstline("check", str(path)).data
    assert "Not known for sure" in shown
    assert "talk_s: 60, from 55 to 66, 412 calls of 1-20 January" in " ".join(shown.split())
    rows = json.loads(firstline("check", str(path), "-f", "json").data)["uncertain"]
    assert [row["value"] for row in rows] == [60.0, 0.0]


def test_a_range_has_the_limits_of_the_distribution_that_it_is_about() -> None:
    law = '{ distribution = "lognormal", mean = 60, cv = 1 }'
    text = SMALLEST.replace("talk_s = 60", f"talk_s = {law}")
    assert law in text
    # A hyperexponential law has a cv above 1; a lognormal one need not.
    ranges = '\n[uncertain."reasons.enquiry.handling.voice.talk_s.cv"]\nlow = 0.9\nhigh = 1.1\n'
    (one,) = load_text(text + ranges).uncertain.values()
    assert one.low == 0.9


def test_a_policy_may_leave_a_range_next_to_what_is_set_for_all() -> None:
    slow = '[policies.slow.changes]\n"reasons.enquiry.handling.voice.talk_s" = 200\n'
    changed = override(centre(more=slow), {"horizon.days": 3}).scenario
    assert set(changed.uncertain) == set(centre().uncertain)
    assert apply(changed, "slow").reasons["enquiry"].handling["voice"].talk_s.value == 200
    assert load_text(dump(changed)) == changed


def test_what_is_set_on_the_command_line_is_known() -> None:
    slow = '[policies.slow.changes]\n"groups.agents.absence" = 0.3\n'
    changed = override(centre(more=slow), {"reasons.enquiry.handling.voice.talk_s": 300}).scenario
    assert set(changed.uncertain) == {"groups.agents.absence"}
    assert load_text(dump(changed)) == changed


def test_a_range_may_be_left_at_a_point_of_a_study() -> None:
    scenario = centre(more='[policies.more.changes]\n"groups.agents.heads" = 6\n')
    key = "reasons.enquiry.handling.voice.talk_s"
    plan = plan_of(scenario, [Factor(key, (50, 300))])
    assert load_text(dump(plan.combined.scenario)).uncertain == scenario.uncertain


TALK, ABSENCE = "reasons.enquiry.handling.voice.talk_s", "groups.agents.absence"
TOGETHER = """
[uncertain."reasons.enquiry.handling.voice.talk_s"]
low = 55
high = 66
csv = "sets.csv"
[uncertain."groups.agents.absence"]
low = 0
high = 0.1
csv = "sets.csv"
"""


def from_sets(folder: Path, sets: str) -> Scenario:
    (folder / "sets.csv").write_text(sets, encoding="utf-8")
    return load_text(SMALLEST + TOGETHER, folder=folder)


def test_figures_drawn_together_are_read_from_a_table_next_to_the_scenario(tmp_path: Path) -> None:
    scenario = from_sets(tmp_path, f"{TALK},{ABSENCE}\n61.5,0.01\n57.0,0.08\n")
    assert scenario.uncertain[TALK].drawn == (61.5, 57.0)
    assert scenario.uncertain[ABSENCE].drawn == (0.01, 0.08)
    # Saved it is complete without the table, and steers as little.
    assert load_text(dump(scenario)) == scenario
    found = [simulate(one, 1, 0).contacts.as_dict() for one in (scenario, centre(""))]
    assert found[0]["answered"].tobytes() == found[1]["answered"].tobytes()


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        (f"{TALK},other\n61.5,0.01\n", "is not a column of the file"),
        (f"{TALK},{ABSENCE}\n61.5,\n", "must be a number of at least 0"),
        (f"{TALK},{ABSENCE}\n61.5,1.2\n", "is nothing that groups.agents.absence can be"),
    ],
)
def test_a_table_of_sets_that_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, sets: str, told: str
) -> None:
    with pytest.raises(ScenarioError, match=told):
        from_sets(tmp_path, sets)


def test_rows_that_are_drawn_together_have_as_many_figures_each() -> None:
    rows = RANGES.replace("high = 66", "high = 66\ndrawn = [57, 61]").replace(
        "high = 0.1", "high = 0.1\ndrawn = [0.05]"
    )
    with pytest.raises(ScenarioError, match=r"has 1 figures, .* has 2: they belong together"):
        centre(rows)


def test_check_says_how_many_figures_are_drawn_together(tmp_path: Path) -> None:
    from_sets(tmp_path, f"{TALK},{ABSENCE}\n61.5,0.01\n57.0,0.08\n")
    file = tmp_path / "centre.toml"
    file.write_text(SMALLEST + TOGETHER, encoding="utf-8")
    shown = " ".join(firstline("check", str(file)).data.split())
    assert "All of these are drawn together: 2 sets" in shown
    rows = json.loads(firstline("check", str(file), "-f", "json").data)["uncertain"]
    assert [row["sets"] for row in rows] == [2, 2]
