import tomllib
from pathlib import Path

import pytest

from scenarios import apply, list_scenarios, load
from scenarios.templates import templates
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


def test_a_new_scenario_is_a_template_that_runs() -> None:
    done = firstline("scenarios", "new", "mine")
    assert done.code == 0
    assert "mine.toml" in done.words
    text = Path("mine.toml").read_text(encoding="utf-8")
    assert text == templates()["front-line-and-supervisors"]
    assert firstline("check", "mine.toml").code == 0


@pytest.mark.parametrize("folder", [".", "", "sub"])
def test_a_new_scenario_in_a_folder_has_the_name_of_its_template(folder: str) -> None:
    Path(folder).mkdir(exist_ok=True)
    assert firstline("scenarios", "new", folder).code == 0
    assert (Path(folder) / "front-line-and-supervisors.toml").is_file()


def test_a_new_scenario_takes_figures_of_ones_own() -> None:
    own = ("--set", "groups.agents.heads=7", "--set", "title=Own")
    assert firstline("scenarios", "new", "mine.toml", "--template", "one-queue", *own).code == 0
    scenario = load("mine.toml")
    assert (scenario.title, scenario.groups["agents"].heads) == ("Own", 7)
    assert apply(scenario, "one-more").groups["agents"].heads == 8, "one more than one's own"


@pytest.mark.parametrize("change", ["groups.agent.heads=7", "groups.agents.heads=-1", "title"])
def test_a_new_scenario_is_not_written_with_a_figure_that_cannot_be(change: str) -> None:
    done = firstline("scenarios", "new", "mine.toml", "--template", "one-queue", "--set", change)
    assert done.code == 2
    assert change.partition("=")[0] in done.words
    assert not Path("mine.toml").exists()


def test_a_new_scenario_never_overwrites() -> None:
    Path("mine.toml").write_text("precious", encoding="utf-8")
    done = firstline("scenarios", "new", "mine")
    assert done.code == 1
    assert "mine.toml already exists" in done.words
    assert Path("mine.toml").read_text(encoding="utf-8") == "precious"


def test_the_help_names_every_template_and_a_wrong_name_is_met_with_them() -> None:
    described = firstline("scenarios", "new", "--help").data
    refused = firstline("scenarios", "new", "mine.toml", "--template", "one-que")
    assert refused.code == 2
    assert all(name in described for name in templates())
    assert "one-queue" in refused.words


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
