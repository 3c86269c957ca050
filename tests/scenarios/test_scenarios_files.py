"""Files that hold a scenario: shipped ones by name, own ones by path, and what can go wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from scenarios import (
    Problem,
    ScenarioError,
    about,
    check,
    list_scenarios,
    load,
    path_of,
    policies_of,
)
from tests.support.scenario_texts import SMALLEST, smallest

NAMES = [shipped.name for shipped in list_scenarios()]


def problem_with(path: Path | str) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (problem,) = caught.value.problems
    return problem


def test_an_own_scenario_goes_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(SMALLEST)
    assert load(file) == load(str(file)) == smallest()


def test_a_file_without_a_suffix_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("centre").write_text(SMALLEST)
    assert load("centre") == smallest()


def test_a_shipped_scenario_goes_by_its_name_wherever_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("textbook").mkdir()
    assert load("textbook") == load(path_of("textbook"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_works_under_all_of_its_policies(name: str) -> None:
    scenario = load(name)
    assert check(scenario) == ()
    assert list(policies_of(scenario)) == [scenario.baseline, *scenario.policies]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_says_what_it_is_and_what_to_look_at(name: str) -> None:
    shipped = next(each for each in list_scenarios() if each.name == name)
    assert shipped.title == load(name).title != ""
    assert shipped.story
    assert "\n" in about(name)
    assert not about(name).startswith("#")


def test_a_scenario_that_is_not_shipped_is_told_with_the_nearest_name() -> None:
    problem = problem_with("textbok")
    assert problem.rule == "is neither a shipped scenario nor the path of a file"
    assert problem.hint == 'Did you mean "textbook"?'


def test_a_file_named_without_its_ending_is_found_by_the_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-centre.toml").write_text("", encoding="utf-8")
    assert problem_with("my-centre").hint == 'Did you mean "my-centre.toml"?'


def test_a_file_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    problem = problem_with(tmp_path / "no.toml")
    assert (problem.file, problem.rule) == (str(tmp_path / "no.toml"), "does not exist")


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    assert problem_with(tmp_path).rule == "is a folder"


def test_a_file_below_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert problem_with(tmp_path / "a" / "b.toml").rule.startswith("cannot be read: ")


def test_a_path_that_no_system_knows_is_a_problem() -> None:
    assert problem_with("a\0b.toml").rule.startswith("cannot be read: ")
    assert problem_with("x" * 5000).rule.startswith("is neither a shipped scenario")


def test_a_file_that_may_not_be_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert problem_with("centre.toml").rule == "cannot be read: Permission denied"


def test_text_in_another_encoding_is_a_problem_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_bytes("# one\ntitle = 'Büro'\n".encode("latin-1"))
    problem = problem_with(file)
    assert (problem.line, problem.rule) == (2, "is not UTF-8 text")


def test_a_file_from_an_editor_that_marks_its_encoding_is_read(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode())
    assert load(file) == smallest()


def test_reading_a_scenario_loads_nothing_that_only_writing_needs() -> None:
    script = "import sys, scenarios; scenarios.load('textbook'); print('tomlkit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
