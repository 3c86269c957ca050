"""What happens to a run folder while it runs is told, and nothing is lost that need not be."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from results.experiments import experiment as experiments
from results.experiments.progress import Progress
from results.runs.query import query_runs
from results.runs.store import open_run
from tests.support.command_line import QUICK, firstline, shop
from tests.support.running_elsewhere import running_elsewhere
from tui.command_line import batch, finishing

pytestmark = pytest.mark.usefixtures("here")
COMMAND = Path(sys.executable).with_name("firstline")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shop(tmp_path)
    return tmp_path


def begun(*more: str) -> Path:
    """The folder of a run as if it had been killed before it got its name."""
    made = firstline("compare", "shop.toml", "-n", "2", *QUICK, *more, "-f", "json").json
    return Path(made["folder"]).rename(f"{made['folder']}.unfinished")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lock of this kind")
def test_a_run_that_is_running_is_not_resumed_a_second_time() -> None:
    folder = begun()
    before = sorted(path.name for path in folder.iterdir())
    with running_elsewhere(folder) as process:
        done = firstline("compare", "shop.toml", "-n", "2", *QUICK, "--resume", folder)
        assert done.code == 1
        assert f"is being run right now, by process {process.pid}." in done.words
        assert "Without --resume a run gets a folder of its own." in done.words
        # A run of its own is not told to resume what is running.
        fresh = firstline("compare", "shop.toml", "-n", "1", *QUICK)
        assert (fresh.code, " continues it" in fresh.words) == (0, False)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*before, ".running"])
    again = firstline("compare", "shop.toml", "-n", "2", *QUICK, "--resume", folder, "-f", "json")
    assert again.code == 0
    assert not (Path(again.json["folder"]) / ".running").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="its signals are others")
def test_two_processes_do_not_run_in_one_folder() -> None:
    slow = [COMMAND, "compare", "shop.toml", "-n", "400", "--workers", "1", "--no-charts"]
    with subprocess.Popen(slow, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as first:
        until = time.monotonic() + 60
        while not list(Path("runs").glob("*.unfinished/kept/ask/0.summary")):
            assert time.monotonic() < until
            time.sleep(0.05)
        (folder,) = Path("runs").glob("*.unfinished")
        second = firstline("compare", "shop.toml", *QUICK, "--resume", folder)
        assert second.code == 1
        assert f"by process {first.pid}" in second.words
        first.send_signal(signal.SIGKILL)
    # The lock went with the process: what it finished is there.
    third = firstline("compare", "shop.toml", "-n", "2", *QUICK, "--resume", folder, "-f", "json")
    assert (third.code, third.json["replications"]) == (0, 2)


def test_a_scenario_edited_before_it_is_resumed_is_told_by_key_and_how_to_go_on(
    here: Path,
) -> None:
    folder = begun("--set", "repeat.max_contacts=4")
    path = here / "shop.toml"
    path.write_text(path.read_text().replace("heads = 4", "heads = 6"), encoding="utf-8")
    done = firstline("compare", "shop.toml", *QUICK, "--resume", folder)
    assert done.code == 1
    assert "another scenario" in done.words
    assert "groups.front_line.heads: 4 → 6" in done.words
    line = f"firstline compare {folder}/scenario.toml --resume {folder}"
    assert f"To continue it as it was started: {line}\n" in done.words
    # The line does what it says, with the changes of the first command.
    again = firstline(*line.split()[1:], *QUICK, "-f", "json")
    assert (again.code, again.json["replications"]) == (0, 2)
    assert Path(again.json["folder"]).name == folder.name.removesuffix(".unfinished")


def test_another_seed_names_no_key() -> None:
    folder = begun()
    done = firstline("compare", "shop.toml", "--seed", "9", *QUICK, "--resume", folder)
    assert "seed 1 instead of 9" in done.words
    assert "Changed since" not in done.words


@pytest.mark.parametrize(
    ("when", "traces"), [(1, ()), (3, ()), (4, ()), (3, ("--traces",)), (4, ("--traces",))]
)
def test_a_folder_deleted_while_it_runs_is_made_anew_with_all_that_was_found(
    monkeypatch: pytest.MonkeyPatch, when: int, traces: tuple[str, ...]
) -> None:
    asked = ("compare", "shop.toml", "-n", "2", *QUICK, "-f", "json", *traces)
    undisturbed = firstline(*asked, "-o", "others").json
    gone = []

    def run(*arguments: object, **options: object) -> object:
        show = options["progress"]

        def delete(now: Progress) -> None:
            show(now)  # type: ignore[operator]
            if now.done == when:
                shutil.rmtree(options["folder"])  # type: ignore[arg-type]
                gone.append(now.done)

        return experiments.run(*arguments, **{**options, "progress": delete})  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "run", run)
    done = firstline(*asked)
    assert (done.code, gone) == (0, [when])
    assert "was deleted during the run; it is created again with all results." in done.words
    assert ("The traces in it are lost." in done.words) == bool(traces)
    found = done.json
    assert found["results"] == undisturbed["results"]
    folder = Path(found["folder"])
    assert open_run(folder).experiment.replications == (0, 1)
    (row,) = query_runs(Path("runs"), "select scenario, command != '' from runs").rows
    assert row == ("shop", True)


def test_a_folder_deleted_while_it_is_drawn_keeps_its_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(folder: Path, *_: object, **__: object) -> tuple[str, ...]:
        shutil.rmtree(folder)
        return ()

    monkeypatch.setattr(finishing, "draw", draw)
    done = firstline("compare", "shop.toml", "-n", "1", "--workers", "1", "-f", "json")
    assert done.code == 0
    assert "was deleted during drawing; its tables are written again." in done.words
    folder = Path(done.json["folder"])
    assert not folder.name.endswith(".unfinished")
    assert open_run(folder).experiment.replications == (0,)
