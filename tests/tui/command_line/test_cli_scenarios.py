import tomllib
from pathlib import Path

from scenarios import list_scenarios, load
from tests.support.command_line import CROWDED, firstline, shop


def test_the_shipped_scenarios_are_listed_with_their_stories() -> None:
    data = firstline("scenarios", "list").data
    assert all(one.name in data for one in list_scenarios())
    assert [one["name"] for one in firstline("scenarios", "list", "-f", "json").json["rows"]] == [
        one.name for one in list_scenarios()
    ]


def test_a_shown_scenario_is_its_file() -> None:
    shown = firstline("scenarios", "show", "textbook").data
    assert shown.startswith("# Textbook")
    assert tomllib.loads(shown)["reasons"]


def test_a_copied_scenario_is_the_users_own_and_loads() -> None:
    done = firstline("scenarios", "copy", "textbook", "mine.toml")
    assert done.code == 0
    assert "mine.toml" in done.words
    assert load("mine.toml") == load("textbook")


def test_a_copy_without_a_path_has_the_name_of_the_scenario() -> None:
    assert firstline("scenarios", "copy", "textbook").code == 0
    assert Path("textbook.toml").is_file()


def test_a_copy_never_overwrites() -> None:
    Path("mine.toml").write_text("precious", encoding="utf-8")
    done = firstline("scenarios", "copy", "textbook", "mine.toml")
    assert done.code == 1
    assert "mine.toml already exists" in done.words
    assert Path("mine.toml").read_text(encoding="utf-8") == "precious"


def test_a_check_tells_what_each_policy_changes(tmp_path: Path) -> None:
    done = firstline("check", shop(tmp_path))
    assert done.code == 0
    assert "no problem" in " ".join(done.data.split())
    assert '  groups.front_line.authority: "nothing" → "everything"' in done.data


def test_a_check_tells_all_problems_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    text = '\n[groups.third]\nheds = 3\nauthority = "evrything"\n'
    done = firstline("check", shop(tmp_path, text))
    assert done.code == 3
    assert "groups.third.heds = 3" in done.data
    assert 'Did you mean "heads"?' in done.data
    found = firstline("check", shop(tmp_path, text), "-f", "json").json
    assert not found["usable"]
    assert {one["key"] for one in found["findings"]} >= {"groups.third.heds"}


def test_doubts_are_told_and_do_not_fail_a_check(tmp_path: Path) -> None:
    done = firstline("check", shop(tmp_path, text=CROWDED))
    assert done.code == 0
    assert done.data.startswith("Warning: reasons.order.groups")
    found = firstline("check", shop(tmp_path, text=CROWDED), "-f", "json").json
    assert {one["kind"] for one in found["findings"]} == {"warning"}


def test_the_schema_knows_every_section_of_a_scenario() -> None:
    schema = firstline("schema").json
    assert set(schema["properties"]) >= {"reasons", "groups", "authority", "escalation", "policies"}
