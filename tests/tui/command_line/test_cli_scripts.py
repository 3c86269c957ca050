"""What people who write scripts expect: standard input, quiet, the environment, plain progress."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from results import Progress
from results.runs.store import UNFINISHED, open_run
from tests.support.command_line import CROWDED, QUICK, SHOP, Answer, firstline, shop
from tui.app.app import run_app
from tui.cli import app
from tui.command_line.progress_bar import GRACE_S, LINE_S, plain_lines
from tui.command_line.standard_input import from_the_folder


def piped(text: str | bytes, *arguments: str) -> Answer:
    """Give a command a scenario by standard input."""
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, list(arguments), input=text)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


# --- Standard input ---------------------------------------------------------------------------


def test_a_scenario_from_standard_input_gives_the_answer_of_its_file(tmp_path: Path) -> None:
    asked = ("-n", "2", *QUICK, "--no-save", "-f", "json")
    for command in ("compare", "run"):
        from_file = firstline(command, shop(tmp_path), *asked)
        assert piped(SHOP, command, "-", *asked).json == from_file.json


def test_what_is_wrong_with_standard_input_is_told_under_its_name() -> None:
    done = piped(SHOP.replace("heads = 4", "heads = -4"), "check", "-")
    assert done.code == 3
    assert done.data.startswith("standard input: groups.front_line.heads = -4")
    for broken in (b"\xff\xfe", b"", b"[x"):
        assert piped(broken, "compare", "-").code == 3


def test_an_empty_standard_input_is_told_as_such() -> None:
    done = piped(b"", "check", "-")
    assert done.code == 3
    assert done.data.startswith(
        "standard input\n    is empty\n    Send a scenario into the command"
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("firstline check -", "is empty"),
        ("firstline", "The app needs a terminal"),
        ("firstline runs rm run -o .", "there was no reply"),
    ],
)
def test_without_any_standard_input_a_command_says_what_it_lacks(command: str, words: str) -> None:
    Path("run").mkdir()
    Path("run/manifest.json").write_text("{", encoding="utf-8")
    shell = f"{command.replace('firstline', f'{shlex.quote(sys.executable)} -P -m tui')} <&-"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert words in done.stdout + done.stderr
    assert "fault" not in done.stderr


def test_tables_of_a_scenario_from_standard_input_are_in_this_folder(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("weekday,start,count\nevery_day,09:00,9\nmonday,10:00,9\n")
    text = SHOP.replace("volume.per_day = 120", 'volume.csv = "calls.csv"')
    assert piped(text, "check", "-").code == 0


def test_a_run_from_standard_input_is_kept_under_a_name_that_says_so() -> None:
    done = piped(SHOP, "compare", "-", "-n", "1", *QUICK)
    assert done.code == 0
    (folder,) = Path("runs").iterdir()
    assert folder.name.endswith("-standard-input")


def test_an_interrupted_run_from_standard_input_resumes_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    asked = ["compare", "-", "-n", "2", *QUICK, "--set", "groups.front_line.heads=5"]
    monkeypatch.setattr(sys, "argv", ["firstline", *asked])
    with monkeypatch.context() as patched:
        patched.setattr("tui.terminal.drawing.write_report", interrupted)
        done = piped(SHOP, *asked)
    assert done.code == 130
    (line,) = re.findall(r"To continue: firstline (.*)", done.words)
    assert " - " not in line
    resumed = firstline(*shlex.split(line))
    assert resumed.code == 0, resumed.words
    (folder,) = Path("runs").iterdir()
    assert folder.suffix != UNFINISHED
    assert open_run(folder).experiment.scenario.groups["front_line"].heads == 5


def test_a_command_without_standard_input_is_repeated_as_it_was() -> None:
    asked = ["compare", "a.toml", "--set", "x=1"]
    assert from_the_folder(asked, Path("runs/a")) == asked
    piped_in = ["compare", "-", "--set", "x=1", "--set=y=2", "--days", "3", "-n", "4"]
    kept = ["compare", "runs/a/scenario.toml", "-n", "4"]
    assert from_the_folder(piped_in, Path("runs/a")) == kept


# --- Quiet --------------------------------------------------------------------------------------


def test_quiet_leaves_doubts_and_remarks_out_and_keeps_the_answer(tmp_path: Path) -> None:
    path = shop(tmp_path, text=CROWDED)
    asked = ("compare", path, "-n", "1", *QUICK, "--no-save")
    loud, quiet = firstline(*asked), firstline(*asked, "--quiet")
    assert loud.words.startswith("Warning: ")
    assert (quiet.code, quiet.words) == (0, "")
    assert quiet.data == loud.data
    assert firstline(*asked).words == loud.words, "the next command is not quiet"


def test_quiet_keeps_errors_and_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shop(tmp_path)
    assert "empowered" in firstline("compare", path, "--policies", "x", "-q").words
    assert "cannot be" in firstline("compare", path, "-q", "-n", "1", "-o", path).words

    def no_report(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.terminal.drawing.write_report", no_report)
    done = firstline("compare", path, "-n", "1", *QUICK, "--quiet")
    assert "The report could not be written: No space left" in done.words


# --- The environment ----------------------------------------------------------------------------


def test_run_folders_go_where_the_environment_says_unless_an_option_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTLINE_RUNS", "elsewhere")
    firstline("compare", shop(tmp_path), "-n", "1", *QUICK)
    assert len(list(Path("elsewhere").iterdir())) == 1
    assert not Path("runs").exists()
    assert "shop" in firstline("runs", "list").data
    firstline("compare", shop(tmp_path), "-n", "1", *QUICK, "-o", "here")
    assert len(list(Path("here").iterdir())) == 1
    monkeypatch.setenv("FIRSTLINE_RUNS", "")
    firstline("compare", shop(tmp_path), "-n", "1", *QUICK)
    assert len(list(Path("runs").iterdir())) == 1


def test_the_number_of_workers_is_that_of_the_environment_unless_an_option_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []

    def opened(workers: int | None) -> None:
        asked.append(workers)
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.command_line.workers_asked.opened", opened)
    command = ("compare", shop(tmp_path), "-n", "1", "--no-save")
    firstline(*command)
    monkeypatch.setenv("FIRSTLINE_WORKERS", "3")
    firstline(*command)
    firstline(*command, "--workers", "2")
    assert asked == [None, 3, 2]


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_wrong_number_in_the_environment_is_refused_by_its_name(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTLINE_WORKERS", number)
    done = firstline("compare", shop(tmp_path), "-n", "1")
    assert done.code == 2
    assert "FIRSTLINE_WORKERS" in done.words


def test_the_app_takes_run_folders_and_workers_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[object] = []

    class Ended(Exception):  # noqa: N818 - nothing is wrong
        pass

    def runner(workers: int | None) -> object:
        made.append(workers)
        return type("Runner", (), {"load": None, "close": lambda _: None})()

    def opened(*, runs: Path, **_: object) -> None:
        made.append(runs)
        raise Ended

    monkeypatch.setenv("FIRSTLINE_WORKERS", "3")
    monkeypatch.setenv("FIRSTLINE_RUNS", "elsewhere")
    monkeypatch.setattr("tui.shell.late_runner.LateRunner", runner)
    monkeypatch.setattr("tui.app.app.FirstlineApp", opened)
    with pytest.raises(Ended):
        run_app()
    assert made == [3, Path("elsewhere")]


def test_help_names_the_variables() -> None:
    told = " ".join(firstline("compare", "--help").data.split())
    assert "[env var: FIRSTLINE_RUNS; default: runs]" in told
    assert "[env var: FIRSTLINE_WORKERS]" in told
    assert "standard input" in told


# --- Progress without a terminal ---------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(pace_s: float, total: int, until: Callable[[int], bool] = lambda _: False) -> list[str]:
    """The lines of a run whose replications take this long each."""
    lines: list[str] = []
    clock = Clock()
    with plain_lines(total, lines.append, clock) as show:
        for done in range(1, total + 1):
            clock.now += pace_s
            left = pace_s * (total - done)
            show(Progress(done, total, {}, clock.now, left))
            if until(done):
                break
    return lines


def test_without_a_terminal_each_tenth_is_a_line() -> None:
    lines = told(1.0, 200)
    assert len(lines) == 10
    assert lines[0] == "Simulated 20 of 200 (10 %), 3.0 min left"
    assert lines[-1] == "Simulated 200 of 200 (100 %)"


def test_a_run_that_is_soon_over_has_no_line() -> None:
    assert told(GRACE_S / 11, 10) == []


def test_where_a_replication_takes_long_a_line_comes_all_the_same() -> None:
    lines: list[str] = []
    clock = Clock()
    from tui.command_line.progress_bar import _Lines

    one = _Lines(1000, lines.append, clock)
    clock.now = LINE_S - 1
    one.after_a_while()
    assert not lines
    assert one.due_in_s() == pytest.approx(1.0)
    clock.now = LINE_S
    one.after_a_while()
    assert lines == ["Simulated 0 of 1000 (0 %)"]
    assert one.due_in_s() == pytest.approx(LINE_S)


def test_in_a_pipe_progress_is_on_stderr_and_with_quiet_nowhere(tmp_path: Path) -> None:
    script = (
        "import tui.command_line.progress_bar as bar; bar.GRACE_S = 0.0;"
        "from tui.cli import main; main()"
    )
    asked = ["compare", str(shop(tmp_path)), "-n", "2", *QUICK, "--no-save"]
    command = [sys.executable, "-c", script, *asked]
    loud = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = loud.stderr.splitlines()
    assert len(lines) == 4, loud.stderr
    assert all(re.fullmatch(r"Simulated \d of 4 \(\d+ %\).*", line) for line in lines)
    quiet = subprocess.run([*command, "-q"], capture_output=True, text=True, check=True)
    assert quiet.stderr == ""
    assert quiet.stdout == loud.stdout


def test_the_processes_of_the_environment_do_not_keep_a_plain_check_from_checking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTLINE_WORKERS", "3")
    assert firstline("check", shop(tmp_path)).code == 0
    monkeypatch.delenv("FIRSTLINE_WORKERS")
    assert firstline("check", shop(tmp_path), "--workers", "3").code == 2


def test_the_processes_of_the_environment_do_not_keep_a_cluster_from_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def connected(scheduler: str) -> None:
        asked.append(scheduler)
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.command_line.workers_asked.connected", connected)
    monkeypatch.setenv("FIRSTLINE_WORKERS", "3")
    firstline("run", shop(tmp_path), "-n", "1", "--no-save", "--scheduler", "tcp://there:1")
    assert asked == ["tcp://there:1"]
