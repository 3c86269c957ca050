"""A study survives what machines and people do to it, and says how to continue."""

import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from results.experiments import experiment
from tests.support.command_line import QUICK, SHOP, firstline, shop
from tests.support.process_trees import WATCHED, assert_all_end, descendants
from tui.terminal.exits import ExitCode

COMMAND = Path(sys.executable).with_name("firstline")
PATIENCE_S = 240.0
FINISHED = "runs/*.unfinished/kept/*/*.summary"
STUDY = """\
scenario = "shop.toml"
replications = {count}
measures = ["asa", "fcr_complaints"]
[[factors]]
key = "groups.front_line.heads"
levels = [3, 4]
[[factors]]
key = "groups.front_line.absence"
levels = [0.0, 0.2]
"""


def written(folder: Path, count: int) -> Path:
    """A study of eight simulations a replication, next to its scenario."""
    shop(folder)
    file = folder / "study.toml"
    file.write_text(STUDY.format(count=count), encoding="utf-8")
    return file


def started(*asked: str, workers: int = 2) -> subprocess.Popen[str]:
    command = [COMMAND, *asked, "--workers", str(workers), "--no-charts", "-f", "csv"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_until(true: Callable[[], bool], running: subprocess.Popen[str]) -> bool:
    """Wait for something; False where the command has ended before."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if running.poll() is not None:
            return False
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return True


def finished() -> dict[Path, int]:
    """The replications that are on disk, with the time at which each was written."""
    return {path: path.stat().st_mtime_ns for path in Path().glob(FINISHED)}


@WATCHED
@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_a_study_killed_at_any_moment_loses_only_what_was_under_way(
    tmp_path: Path, seed: int
) -> None:
    written(tmp_path, 12)
    whole = firstline("study", "study.toml", *QUICK, "-f", "csv", "--no-save")
    chance, before, kills = random.Random(seed), {}, 0
    asked = ["study", "study.toml"]
    for _ in range(4):
        running = started(*asked)
        wanted = len(before) + chance.randint(1, 20)
        if not wait_until(lambda wanted=wanted: len(finished()) >= wanted, running):
            break
        time.sleep(chance.uniform(0.0, 0.05))
        family = descendants(running.pid)
        running.kill()
        running.communicate()
        assert_all_end(family)
        kills += 1
        after = finished()
        assert before.items() <= after.items(), "what was finished is not made again"
        before = after
        (folder,) = Path("runs").iterdir()
        asked = ["study", "study.toml", "--resume", str(folder)]
    assert kills > 1
    done = firstline(*asked, *QUICK, "-f", "csv")
    assert done.code == 0, done.words
    assert done.data == whole.data


@WATCHED
@pytest.mark.long
def test_a_study_whose_worker_dies_says_so_and_goes_on_with_the_same_bits(tmp_path: Path) -> None:
    written(tmp_path, 40)
    running = started("study", "study.toml")
    assert wait_until(lambda: len(finished()) >= 2, running)
    # The helper of multiprocessing is a child as well, and no worker.
    workers = [
        pid
        for pid in descendants(running.pid)
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(workers[0], signal.SIGKILL)
    _, words = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == ExitCode.FAILED, words
    said = " ".join(words.split())
    assert "A worker process ended unexpectedly; usually the memory was full." in said
    assert "Run it again with fewer workers." in said
    assert "What was finished is kept in" in said
    assert "Traceback" not in words
    (line,) = re.findall(r"To continue: firstline (.*)", words)
    # As many as are there already, rounded up to whole replications: enough to compare.
    count = str(1 + len(finished()) // 8)
    done = firstline(*shlex.split(line), "-n", count)
    assert done.code == 0, done.words
    again = firstline("study", "study.toml", *QUICK, "-f", "csv", "--no-save", "-n", count)
    assert done.data == again.data


def interrupted(monkeypatch: pytest.MonkeyPatch, *asked: str, after: int) -> Path:
    """The unfinished folder of a study that somebody stopped."""
    count, told = experiment.Watch.count, []

    def counted(self: experiment.Watch, *given: object, **more: object) -> None:
        count(self, *given, **more)  # type: ignore[arg-type]
        told.append(1)
        if len(told) == after:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(experiment.Watch, "count", counted)
        stopped = firstline(*asked)
    assert stopped.code == ExitCode.INTERRUPTED
    (folder,) = Path("runs").iterdir()
    return folder


def test_a_scenario_edited_in_between_is_named_with_the_command_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 2)
    asked = ("study", "study.toml", *QUICK, "-f", "csv")
    whole = firstline(*asked, "--no-save")
    folder = interrupted(monkeypatch, *asked, after=9)
    shop(tmp_path, text=SHOP.replace("approval = 0.9", "approval = 0.4"))
    refused = firstline(*asked, "--resume", folder)
    assert refused.code == ExitCode.FAILED
    assert "another experiment: another scenario." in refused.words
    assert "approval: 0.9 → 0.4" in refused.words
    (line,) = re.findall(r"as it was started: firstline (.*)", refused.words)
    done = firstline(*shlex.split(line), *QUICK, "-f", "csv")
    assert done.code == 0, done.words
    assert done.data == whole.data


def test_a_sweep_whose_scenario_was_edited_goes_on_as_the_study_that_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("sweep", str(shop(tmp_path)), "groups.front_line.heads=3:4", "-n", "2", *QUICK)
    measured = (*asked, "--measures", "asa,fcr", "--goal", "asa<=60", "-f", "csv")
    whole = firstline(*measured, "--no-save")
    folder = interrupted(monkeypatch, *measured, after=5)
    shop(tmp_path, text=SHOP.replace("volume.per_day = 60", "volume.per_day = 61"))
    refused = firstline(*measured, "--resume", folder)
    (line,) = re.findall(r"as it was started: firstline (.*)", refused.words)
    assert line == f"study {folder}/study.toml --resume {folder}"
    done = firstline(*shlex.split(line), *QUICK, "-f", "csv")
    assert done.data == whole.data


def test_levels_edited_in_between_are_named_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 2)
    asked = ("study", "study.toml", *QUICK)
    folder = interrupted(monkeypatch, *asked, after=9)
    file.write_text(file.read_text("utf-8").replace("[3, 4]", "[3, 5]"), encoding="utf-8")
    refused = firstline(*asked, "--resume", folder)
    assert refused.code == ExitCode.FAILED
    words = " ".join(refused.words.split())
    assert "groups.front_line.heads: [3, 4] → [3, 5]" in words
    assert "policies." not in words


def test_a_folder_without_its_study_file_is_given_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 2)
    asked = ("study", "study.toml", *QUICK)
    folder = interrupted(monkeypatch, *asked, after=9)
    (folder / "study.toml").unlink()
    done = firstline(*asked, "--resume", folder)
    assert done.code == 0, done.words
    assert (Path("runs") / folder.stem / "study.toml").is_file()
