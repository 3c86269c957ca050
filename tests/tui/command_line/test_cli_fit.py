import json
from pathlib import Path

import pytest

from tests.support import record_samples as samples
from tests.support.command_line import firstline


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return samples.written(tmp_path, samples.BANK, "march.csv")


def test_columns_are_shown_without_reading_rows_and_persons_not_at_all(bank: Path) -> None:
    answer = firstline("fit", bank, "--columns")
    assert answer.code == 0
    assert "Call records, recognised as Anonymous bank: 6 rows." in answer.data
    assert "Not used: vru_line, call_id." in answer.data
    assert "Dana" not in answer.data
    assert "What was found" not in answer.data


def test_a_mapping_is_written_once_and_can_be_given(bank: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "columns.toml"
    answer = firstline("fit", bank, "--columns", "-o", mapping)
    assert answer.code == 0
    assert 'answered = "ser_start"' in mapping.read_text(encoding="utf-8")
    assert firstline("fit", bank, "--mapping", mapping).code == 0
    again = firstline("fit", bank, "--columns", "-o", mapping)
    assert again.code == 1
    assert "already exists and was not overwritten" in again.words


def test_the_report_says_what_was_found_done_and_changed(bank: Path) -> None:
    answer = firstline("fit", bank, "--yes")
    assert answer.code == 0
    said = " ".join(answer.data.split())
    assert "march.csv: call records (Anonymous bank). 6 rows read, 6 used." in said
    assert "Contacts hung up in the menu or announcement (1 row)" in said
    assert "abandoned, of all who asked for an agent 50.0 % 20.0 %" in said
    assert "Dana" not in answer.data


def test_the_report_is_there_for_programs(bank: Path) -> None:
    report = firstline("fit", bank, "--format", "json").json
    assert report["kind"] == "call records"
    assert report["rows_used"] == 6
    assert report["columns"]["arrived"] == "vru_entry"
    assert {"what", "rows", "done", "effect"} <= set(report["findings"][0])
    assert json.dumps(report).count("Dana") == 0
    columns = firstline("fit", bank, "--columns", "--format", "json").json
    assert columns["left"] == ["vru_line", "call_id"]
    assert firstline("fit", bank, "--format", "csv").code == 2


def test_what_keeps_records_from_being_read_is_told_to_a_person(tmp_path: Path) -> None:
    answer = firstline("fit", tmp_path / "nothing.csv", "--yes")
    assert answer.code == 3
    assert "1 problem in the records:" in answer.words
    assert "cannot be read: No such file or directory" in answer.words


def test_several_files_are_one(bank: Path, tmp_path: Path) -> None:
    more = samples.written(tmp_path, samples.BANK.replace("1999-03-01", "1999-03-02"), "more.csv")
    report = firstline("fit", bank, more, "--format", "json").json
    assert report["sources"] == ["march.csv", "more.csv"]
    assert report["rows_used"] == 12
    assert [day["date"] for day in report["days"]] == ["1999-03-01", "1999-03-02"]


def test_names_and_numbers_of_persons_reach_no_file_and_no_screen(tmp_path: Path) -> None:
    path = samples.written(tmp_path, samples.days_of_calls(range(12, 16)))
    target = tmp_path / "centre.toml"
    answer = firstline("fit", path, "--yes", "-o", target, "--workers", "1")
    assert answer.code == 0, answer.words
    assert firstline("check", target).code == 0
    written = "".join(
        file.read_text(encoding="utf-8") for file in tmp_path.iterdir() if file != path
    )
    for secret in ("Jane", "Smith", "John", "3519"):
        assert secret not in answer.data + answer.words + written
    assert "order" in written


def test_a_split_table_becomes_a_scenario_that_can_be_run(tmp_path: Path) -> None:
    path = samples.written(tmp_path, samples.AVAYA_HSPLIT)
    target = tmp_path / "centre.toml"
    answer = firstline("fit", path, "--yes", "-o", target)
    assert answer.code == 0
    assert f"firstline check {target}" in answer.words
    assert firstline("check", target).code == 0
    again = firstline("fit", path, "--yes", "-o", target)
    assert again.code == 1
    assert "already exists and was not overwritten" in again.words


def test_what_was_fitted_is_there_for_programs(tmp_path: Path) -> None:
    path = samples.written(tmp_path, samples.AVAYA_HSPLIT)
    target = tmp_path / "centre.toml"
    answer = firstline("fit", path, "-o", target, "--format", "json")
    assert answer.json["files"] == [str(target)]
    figures = {each["key"]: each for each in answer.json["fitted"]}
    assert all(each["low"] <= each["value"] <= each["high"] for each in figures.values())
    assert any(key.endswith("talk_s.mean") for key in figures)
    assert answer.json["kind"] == "interval reports"


def test_too_few_records_for_a_scenario_are_told(bank: Path, tmp_path: Path) -> None:
    answer = firstline("fit", bank, "--yes", "-o", tmp_path / "centre.toml")
    assert answer.code == 3
    assert "march.csv: Only 3 answered contacts; a fit needs 200." in answer.words
    assert not (tmp_path / "centre.toml").exists()


def test_what_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine-agents.csv").write_text("name\n", encoding="utf-8")
    for target, said in (
        (tmp_path, "already exists"),
        (tmp_path / "mine.toml", "mine-agents.csv already exists"),
        (tmp_path / "nowhere" / "mine.toml", "is no folder"),
        (Path("/"), "already exists"),
    ):
        answer = firstline("fit", tmp_path / "no-such.csv", "-o", target)
        assert answer.code == 1
        assert said in answer.words
