"""A full disk: said as what it is, with what is kept and how to continue."""

import errno
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from results import ExperimentError, ReplicationError, run
from results.experiments.replications import Engine
from results.runs.parquet import _by_the_system
from results.runs.store import UNFINISHED
from scenarios import Scenario
from sim import Trace
from tests.support.command_line import QUICK, Answer, firstline, shop
from tests.support.scenario_texts import smallest
from tui.terminal.exits import ExitCode
from tui.terminal.refusals import fault

FULL = os.strerror(errno.ENOSPC)


def mounted(folder: Path, size: str, *, again: bool = False, more: str = "rw") -> bool:
    """Put a small disk there, or change the size of the one that is there."""
    options = f"{'remount,' if again else ''}size={size},{more}"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 KiB, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mounted(folder, "100k"):
        pytest.skip("this user may not mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def results(done: Answer) -> object:
    return {key: value for key, value in done.json.items() if key in ("results", "verdicts")}


def comparison(folder: Path) -> list[str]:
    return ["compare", str(shop(folder)), "-n", "4", *QUICK, "-f", "json"]


def sweep(folder: Path) -> list[str]:
    levels = "groups.front_line.heads=3:4"
    return ["sweep", str(shop(folder)), levels, "-n", "4", *QUICK, "-f", "json"]


@pytest.mark.parametrize("asking", [comparison, sweep])
def test_a_run_on_a_disk_that_fills_up_goes_on_when_there_is_room(
    asking: Callable[[Path], list[str]],
    disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = asking(tmp_path)
    command = [*asked, "-o", str(disk / "runs")]
    monkeypatch.setattr(sys, "argv", ["firstline", *command])
    done = firstline(*command)
    assert done.code == ExitCode.FAILED
    assert FULL in done.words
    assert "{" not in done.words, "no JSON of a library"
    assert "fault" not in done.words
    (folder,) = (disk / "runs").glob(f"*{UNFINISHED}")
    assert f"What was finished is kept in {folder}." in done.words
    (line,) = re.findall(r"To continue: firstline (.*)", done.words)
    assert mounted(disk, "8m", again=True)
    resumed = firstline(*shlex.split(line))
    assert resumed.code == 0, resumed.words
    assert results(resumed) == results(firstline(*asked, "--no-save"))


@pytest.mark.parametrize("asking", [comparison, sweep])
def test_a_file_that_the_system_does_not_let_grow_is_told_in_words(
    asking: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    script = "from tui.cli import main; main()"
    asked = [*asking(tmp_path), "-o", str(tmp_path / "runs")]

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    done = subprocess.run(
        [sys.executable, "-c", script, *asked],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files_only,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == ExitCode.FAILED, done.stderr
    assert os.strerror(errno.EFBIG) in done.stderr
    assert "{" not in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "runs").iterdir()) == [], (
        "a run of which nothing is kept leaves nothing"
    )


@pytest.mark.parametrize("asking", [comparison, sweep])
def test_a_folder_that_can_only_be_read_is_said_before_anything_runs(
    asking: Callable[[Path], list[str]], disk: Path, tmp_path: Path
) -> None:
    assert mounted(disk, "100k", again=True, more="ro")
    done = firstline(*asking(tmp_path), "-o", str(disk / "runs"))
    assert done.code == ExitCode.FAILED
    assert f"cannot be stored in {disk / 'runs'}: {os.strerror(errno.EROFS)}" in done.words
    assert "Choose another folder" in done.words
    assert "Simulated" not in done.words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            'IO Error: Async write failed: {"exception_message":"No: No space left on device"}',
            errno.ENOSPC,
        ),
        ('IO Error: Cannot open file "/a": Permission denied', errno.EACCES),
        ('Invalid Input Error: No magic bytes found in "/a"', None),
    ],
)
def test_the_system_is_heard_through_the_words_of_the_database(
    text: str, number: int | None
) -> None:
    error = _by_the_system(text, Path("/a"))
    assert (error.errno if error else None) == number


def _no_room(_: Scenario, *__: int) -> Trace:
    raise OSError(errno.ENOSPC, FULL)


def test_a_full_folder_for_temporary_files_is_no_fault_of_the_program() -> None:
    with pytest.raises(ExperimentError) as caught:
        run(smallest(), replications=1, workers=1, engine=Engine(simulate=_no_room))
    assert not isinstance(caught.value, ReplicationError)
    assert str(caught.value) == (
        f"Policy 'baseline' cannot be simulated in replication 0: {FULL}, in the folder for "
        f"temporary files, {tempfile.gettempdir()}. Make room there, or set TMPDIR to another "
        "folder."
    )


def test_a_full_folder_for_temporary_files_is_told_by_a_worker_as_well() -> None:
    with pytest.raises(ExperimentError, match="set TMPDIR"):
        run(smallest(), replications=2, workers=2, engine=Engine(simulate=_no_room))


def test_what_is_left_of_a_failing_run_is_told_after_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, FULL)

    asked = ["compare", str(shop(tmp_path)), "-n", "1", *QUICK, "-o", str(tmp_path / "runs")]
    monkeypatch.setattr(sys, "argv", ["firstline", *asked])
    monkeypatch.setattr("results.runs.store.tables_of", no_room)
    done = firstline(*asked, "--quiet")
    assert done.code == ExitCode.FAILED
    assert "Service level" in done.data, "the answer is printed"
    reason, kept, resumes = done.words.splitlines()
    assert reason.endswith(f"{FULL}. Choose another folder, or make room.")
    assert kept.startswith("What was finished is kept in ")
    assert resumes.startswith("To continue: firstline compare ")
    assert "--resume" in resumes


def test_a_fault_is_told_where_its_details_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, FULL)

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_room)
    assert fault(ZeroDivisionError("nobody on duty")) == ExitCode.FAILED
    words = capsys.readouterr().err
    assert "ZeroDivisionError: nobody on duty" in words
    assert f"cannot be written: {FULL}" in words
