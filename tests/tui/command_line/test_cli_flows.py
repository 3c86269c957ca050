"""Whole flows through the installed command, as a shell sees them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from results.runs.finished_replications import KEPT
from tests.support.command_line import QUICK, firstline, shop

PATIENCE_S = 240
"""A shared machine may be slow; what never comes is told apart from it by waiting long."""

COMMAND = Path(sys.executable).with_name("firstline")


def command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder."""
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )


def _wait_for(pattern: str, folder: Path, running: subprocess.Popen[str]) -> None:
    """Wait until a file is there, as long as the process that is to write it is alive."""
    deadline = time.monotonic() + PATIENCE_S
    while not list(folder.glob(pattern)):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline, f"no {pattern} after {PATIENCE_S} s"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_keeps_what_is_finished_and_the_run_goes_on_to_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path)
    asked = ("compare", "shop.toml", *QUICK, "-f", "json", "--measures", "asa,fcr_complaints")
    with subprocess.Popen(
        [COMMAND, *asked, "-n", "5000"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            _wait_for(f"runs/*/{KEPT}/empowered/5.summary", tmp_path, running)
            running.send_signal(signal.SIGINT)
            data, words = running.communicate(timeout=PATIENCE_S)
        finally:
            running.kill()
    assert running.returncode == 130
    found = json.loads(data)
    assert not found["complete"]
    assert 3 <= found["replications"] < 5000
    assert re.match(r"Interrupted: of 5000 planned replications \d+ of Ask, ", words)
    assert f"--resume {found['folder']}" in words

    monkeypatch.chdir(tmp_path)
    resumed = firstline(*asked, "-n", "6", "--resume", found["folder"])
    assert resumed.code == 0, resumed.words
    fresh = firstline(*asked, "-n", "6", "--no-save")
    assert resumed.json["results"] == fresh.json["results"]
    assert resumed.json["folder"] == found["folder"].removesuffix(".unfinished")


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([COMMAND, "measures"], **pipes) as measures:
        assert measures.stdout is not None
        assert measures.stdout.readline()
        measures.stdout.close()
        assert measures.stderr is not None
        assert measures.stderr.read() == b""


def test_a_terminal_without_our_signs_still_gets_an_answer(tmp_path: Path) -> None:
    shop(tmp_path)
    asked = ("compare", "shop.toml", "-n", "2", *QUICK, "--no-save")
    done = command(*asked, folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "Average speed of answer" in done.stdout


@pytest.mark.parametrize("asked", [("--help",), ("compare", "--help"), ("runs", "show", "--help")])
def test_help_loads_nothing_that_takes_time(asked: tuple[str, ...]) -> None:
    script = (
        "import sys; from tui.cli import main\n"
        f"sys.argv = ['firstline', *{asked!r}]\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    *text, loaded = done.stdout.splitlines()
    assert any("Usage: firstline" in line for line in text)
    assert any(line.strip().startswith("firstline ") for line in text), "help has examples"
    slow = {"numpy", "scipy", "pydantic", "rich", "duckdb", "simpy", "matplotlib", "textual"}
    assert not slow & set(loaded.split())
