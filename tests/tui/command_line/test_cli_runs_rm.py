"""Runs are removed by name, after a question, and nothing else ever is."""

import errno
import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from results.runs import running
from results.runs.store import begin
from tests.support.command_line import firstline
from tests.support.known_answers import SCENARIO, TOML
from tests.support.running_elsewhere import running_elsewhere
from tests.support.stored_runs import stored
from tui.cli import app


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("runs")


def unfinished(root: Path) -> Path:
    folder = begin(root, "retail", SCENARIO, TOML, 1)
    running.release(folder)
    return folder


def answered(text: str, *names: str) -> tuple[int, str]:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["runs", "rm", *names], input=text)
    return done.exit_code, done.stderr


def test_a_run_is_removed_by_its_path_or_its_name_when_that_is_confirmed(root: Path) -> None:
    first, second, third = (stored(root)[0] for _ in range(3))
    code, words = answered("y\n", str(first), second.name)
    assert code == 0
    assert "Remove these 2 runs?" in words
    assert f"{first}  0." in words
    assert not first.exists()
    assert not second.exists()
    assert third.is_dir()


@pytest.mark.parametrize(
    ("text", "said"), [("n\n", "Nothing was removed."), ("", "Use --yes to remove")]
)
def test_without_a_yes_nothing_is_removed(root: Path, text: str, said: str) -> None:
    folder, _ = stored(root)
    code, words = answered(text, folder.name)
    assert code == 1
    assert said in words
    assert folder.is_dir()


def test_with_yes_nobody_is_asked(root: Path) -> None:
    folder, _ = stored(root)
    done = firstline("runs", "rm", folder, "--yes")
    assert (done.code, done.data) == (0, "")
    assert done.words == f"Removed {folder}.\n"


def test_a_run_that_cannot_be_removed_is_told_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    folder, _ = stored(root)
    monkeypatch.setattr("results.runs.folders.shutil.rmtree", refused)
    done = firstline("runs", "rm", folder, "--yes")
    assert done.code == 1
    assert f"{folder} cannot be removed, or not all of it: Permission denied." in done.words
    assert folder.is_dir()


def test_unfinished_runs_go_when_named_or_all_together_and_finished_ones_stay(root: Path) -> None:
    named, one, other, whole = *(unfinished(root) for _ in range(3)), stored(root)[0]
    assert firstline("runs", "rm", named, "-y").code == 0
    assert not named.exists()
    assert one.exists()
    assert firstline("runs", "rm", "--unfinished", "-y").code == 0
    assert (one.exists(), other.exists(), whole.exists()) == (False, False, True)
    assert "no unfinished run" in firstline("runs", "rm", "--unfinished").words


def test_what_is_no_run_or_lies_elsewhere_is_refused_and_nothing_is_removed(root: Path) -> None:
    mine, _ = stored(root)
    elsewhere, _ = stored(Path("elsewhere"))
    (root / "notes").mkdir()
    (root / "link").symlink_to(elsewhere.resolve())
    bad = {
        "notes": "runs/notes is not a run: it has no manifest.json.",
        str(elsewhere): f"{elsewhere} is not in runs: say with --output where the runs are.",
        f"../elsewhere/{elsewhere.name}": "is not in runs",
        ".": ". is not in runs",
        "..": ".. is not in runs",
        "link": "is a link to another place",
        f"{mine.name[:-1]}k": f"Did you mean '{mine.name}'?",
    }
    done = firstline("runs", "rm", mine, *bad, "--yes")
    assert done.code == 1
    for said in bad.values():
        assert said in done.words
    assert done.words.endswith("Nothing was removed.\n")
    assert mine.is_dir()
    assert (elsewhere / "manifest.json").is_file()
    for name, said in bad.items():
        alone = firstline("runs", "rm", name, "--yes")
        assert alone.code == 1
        assert said in alone.words


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lock of this kind")
def test_a_run_that_is_running_stays_until_it_is_over(root: Path) -> None:
    folder = unfinished(root)
    with running_elsewhere(folder):
        assert "running now" in firstline("runs", "list").data
        named = firstline("runs", "rm", folder, "--yes")
        assert named.code == 1
        assert f"{folder} is running right now" in named.words
        assert firstline("runs", "rm", "--unfinished", "--yes").code == 0
        assert folder.is_dir()
    # Killed, it runs no longer: the system takes its lock away.
    (listed,) = firstline("runs", "list", "-f", "json").json["rows"]
    assert listed["running"] is False
    assert firstline("runs", "rm", folder, "--yes").code == 0
    assert not folder.exists()


def test_the_question_and_its_answer_stand_in_lines_of_their_own(root: Path) -> None:
    folder, _ = stored(root)
    _, words = answered("", folder.name)
    assert words.endswith(
        "[y/N]:\nNothing was removed: there was no reply. Use --yes to remove without a question.\n"
    )


def test_a_run_whose_manifest_is_damaged_can_be_removed_by_name(root: Path) -> None:
    folder, _ = stored(root)
    (folder / "manifest.json").write_text("{")
    assert firstline("runs", "rm", folder, "--yes").code == 0
    assert not folder.exists()


def test_a_name_or_unfinished_must_be_given(root: Path) -> None:
    done = firstline("runs", "rm")
    assert done.code == 2
    assert "--unfinished" in done.words
    stored(Path("others"))
    far = firstline("runs", "rm", "zzz", "-o", "others")
    assert "There is no run 'zzz'. firstline runs list shows" in far.words
    assert "There is no run in runs." in firstline("runs", "rm", "nothing").words
    assert not root.exists()
