"""Every run folder and every answer in JSON says its format; a later one is read as known."""

import json
from pathlib import Path
from typing import Any

import pytest

from results.runs.manifest import FORMAT, read_manifest
from results.runs.query import query_runs
from results.runs.store import list_runs, open_run
from tests.support.command_line import QUICK, firstline, shop
from tests.support.known_answers import POLICIES
from tests.support.stored_runs import stored


def rewritten(folder: Path, **changed: Any) -> None:
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8")) | changed
    path.write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ("check", "textbook"),
        ("measures",),
        ("measures", "asa"),
        ("assumptions",),
        ("scenarios", "list"),
        ("erlang", "--contacts", "240", "--aht", "300", "--agents", "22"),
        ("runs", "list"),
        ("runs", "query", "select 1 as one"),
        ("compare", "shop.toml", "-n", "1", *QUICK, "--no-save"),
        ("run", "shop.toml", "-n", "1", *QUICK, "--no-save"),
        ("run", "shop.toml", "-n", "1", *QUICK, "--no-save", "--intervals"),
    ],
)
def test_every_answer_in_json_says_its_format_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    shop(tmp_path)
    stored(tmp_path / "runs")
    found = firstline(*command, "-f", "json").json
    assert next(iter(found.items())) == ("format", 1)


def test_the_schema_is_a_document_of_another_standard_and_says_that_ones() -> None:
    schema = firstline("schema").json
    assert "format" not in schema
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_the_manifest_says_the_format_of_its_folder_first(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert next(iter(said.items())) == ("format", FORMAT)
    assert "unread" not in said
    assert read_manifest(folder).note == ""


def test_a_run_from_before_there_was_a_format_is_read_without_a_word(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del said["format"]
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    assert read_manifest(folder).format == 0
    assert open_run(folder).notes == []


def test_a_run_of_a_later_version_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    folder, experiment = stored(tmp_path)
    rewritten(
        folder,
        format=FORMAT + 1,
        policies={"today": {"title": "of a new shape"}},
        planned="many",
        mood="good",
    )
    manifest = list_runs(tmp_path)[folder]
    assert (manifest.name, manifest.replications) == ("retail", 2)
    assert manifest.unread == ("policies", "planned")
    opened = open_run(folder)
    assert set(opened.experiment.policies) == set(POLICIES)
    assert opened.experiment.replications == experiment.replications
    assert f"{folder} was written by a later version of firstline" in opened.notes[0]
    assert "without policies, planned" in opened.notes[0]


@pytest.mark.parametrize(
    "command", [("runs", "list", "-o"), ("runs", "query", "select run from runs", "-o")]
)
def test_a_run_of_a_later_version_is_listed_and_asked_with_a_note(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder, _ = stored(tmp_path)
    rewritten(folder, format=FORMAT + 1, verdicts=["of another shape"])
    done = firstline(*command, tmp_path)
    assert done.code == 0
    assert folder.name in done.data
    assert "was written by a later version" in done.words
    assert "without verdicts" in done.words
    shown = firstline("runs", "show", folder)
    assert (shown.code, "later version" in shown.words) == (0, True)


def test_a_scenario_of_a_later_version_is_not_taken_for_a_typo(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    rewritten(folder, format=FORMAT + 1)
    path = folder / "scenario.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[weather]\nrain = 1\n", encoding="utf-8")
    done = firstline("runs", "show", folder)
    assert done.code == 1
    assert "later version" in done.words
    assert "weather" in done.words
    assert query_runs(tmp_path, "select count(*) from measures").rows[0][0] > 0


def test_the_same_damage_in_a_folder_of_today_is_a_damage(tmp_path: Path) -> None:
    folder, _ = stored(tmp_path)
    rewritten(folder, planned="many")
    assert list_runs(tmp_path) == {}


def test_a_run_of_a_later_version_is_not_resumed_by_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = firstline("compare", shop(tmp_path), "-n", "1", *QUICK, "-f", "json").json
    folder = Path(made["folder"])
    unfinished = folder.rename(f"{folder}.unfinished")
    rewritten(unfinished, format=FORMAT + 1)
    before = (unfinished / "manifest.json").read_bytes()
    done = firstline("compare", "shop.toml", "-n", "1", *QUICK, "--resume", unfinished)
    assert done.code == 1
    assert "Continue it there." in done.words
    assert (unfinished / "manifest.json").read_bytes() == before
    fresh = firstline("compare", "shop.toml", "-n", "1", *QUICK)
    assert " continues it" not in fresh.words
