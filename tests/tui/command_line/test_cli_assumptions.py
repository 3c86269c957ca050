"""What is assumed, as the command line and the report tell it."""

import csv
import io
from pathlib import Path

from scenarios import load, policies_of, under_policies
from scenarios.register import REGISTER
from tests.support.command_line import firstline, shop

REPEAT = """
[repeat]
probability = 0.8
max_contacts = 4
delay_min = { distribution = "exponential", mean = 300 }

[policies.goal.changes."groups.front_line.handle_time_goal"]
talk_s = 200
pressure = 0.5
"""


def test_the_whole_register_is_listed_with_source_and_strength() -> None:
    rows = firstline("assumptions", "--format", "json").json["rows"]
    assert len(rows) == len(REGISTER)
    assert all(row["source"] and row["strength"] and row["unit"] for row in rows)
    assert not any(row["used"] or row["overridden"] for row in rows)
    assert "groups.*.training.knowledge_per_hour" in [row["key"] for row in rows]


def test_what_a_scenario_sets_otherwise_is_marked_with_the_default(tmp_path: Path) -> None:
    done = firstline("assumptions", shop(tmp_path, REPEAT))
    assert done.code == 0
    said = "give up: 4 contacts  set here, the default is 6 contacts"
    assert f"Contacts until the unserved {said}" in done.data
    assert "Time until the unserved come back: exponential, mean 300  set here" in done.data


def test_what_a_scenario_sets_otherwise_is_its_own_figure_and_no_longer_measured(
    tmp_path: Path,
) -> None:
    path = shop(tmp_path, "[callback_offer]\naccept = 0.6\n")
    said = " ".join(firstline("assumptions", path).data.split())
    assert "own: set by the scenario; the default is measured: 37 %" in said
    rows = firstline("assumptions", path, "-f", "json").json["rows"]
    strengths = {row["key"]: row["strength"] for row in rows}
    assert strengths["callback_offer.accept"] == "own"
    assert strengths["callback_offer.answer"] == "measured"


def test_an_assumption_that_only_one_policy_uses_names_it(tmp_path: Path) -> None:
    done = firstline("assumptions", shop(tmp_path, REPEAT))
    assert "groups.front_line.handle_time_goal.knowledge_loss · under goal" in done.data
    assert "knowledge_base" not in done.data
    assert "knowledge_base" in firstline("assumptions", shop(tmp_path, REPEAT), "--all").data


def test_the_rows_for_programs_hold_every_assumption_once(tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(firstline("assumptions", shop(tmp_path), "-f", "csv").data))
    )
    assert len(rows) == len(REGISTER)
    assert {row["used"] for row in rows} == {"False"}


def test_a_change_on_the_command_line_counts(tmp_path: Path) -> None:
    rows = firstline(
        "assumptions", shop(tmp_path, REPEAT), "--set", "repeat.max_contacts=9", "-f", "json"
    ).json["rows"]
    (row,) = [row for row in rows if row["key"] == "repeat.max_contacts"]
    assert (row["value"], row["default"], row["overridden"]) == (9, 6, True)


def test_a_change_without_a_scenario_is_refused() -> None:
    done = firstline("assumptions", "--set", "repeat.max_contacts=9")
    assert done.code == 2
    assert "SCENARIO" in done.words


def test_an_unknown_scenario_is_refused_with_the_nearest_name() -> None:
    done = firstline("assumptions", "textbok")
    assert done.code == 3
    assert "textbook" in done.words


def test_a_relation_at_two_values_has_a_row_for_each() -> None:
    scenario = load("handle-time-goals")
    found = under_policies(policies_of(scenario))
    rows = [one for one in found if one.assumed.assumption.field == "knowledge_loss"]
    assert [(one.assumed.value, one.policies) for one in rows] == [(5.0, ("gentle", "strict"))]


def test_every_assumption_has_a_name_of_its_own() -> None:
    titles = [one.title for one in REGISTER]
    assert len(set(titles)) == len(titles)
