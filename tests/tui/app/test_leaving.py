"""An app that is asked to end from outside gives the terminal back and says what it keeps."""

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from results.runs.finished_replications import KEPT
from tests.support.command_line import SHOP, firstline, shop
from tests.support.process_trees import WATCHED, assert_all_end, descendants
from tui.shell.shutdown import left_unfinished

pytestmark = WATCHED

COMMAND = Path(sys.executable).with_name("firstline")
PATIENCE_S = 120.0
LEFT = "\x1b[?1049l"
"""The terminal shows again what it had before the app."""


class Terminal:
    """The app in a terminal of its own, and all that it has written."""

    def __init__(self, app: subprocess.Popen[bytes], us: int) -> None:
        self.app, self._us, self.text = app, us, ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._us, 65_536)
            except OSError:
                return
            self.text += data.decode(errors="replace")

    def type(self, keys: str) -> None:
        os.write(self._us, keys.encode())

    def hang_up(self) -> None:
        os.close(self._us)

    def until(self, words: str, folder: Path = Path(), pattern: str = "") -> None:
        """Wait until the app has written something, or a file."""
        deadline = time.monotonic() + PATIENCE_S
        while words not in self.text or (pattern and not list(folder.glob(pattern))):
            assert time.monotonic() < deadline, self.text[-2000:]
            time.sleep(0.05)


@contextmanager
def comparing(folder: Path) -> Iterator[Terminal]:
    """The app in the middle of a long comparison."""
    # Weeks of it, so that twenty replications take longer than the test.
    centre = shop(folder, text=f"horizon.days = 30\n{SHOP}")
    state = {"screen": "compare", "opened": str(centre)}
    (folder / "state" / "firstline").mkdir(parents=True)
    (folder / "state" / "firstline" / "last.json").write_text(json.dumps(state))
    us, them = pty.openpty()
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "TERM": "xterm-256color",
        "COLUMNS": "120",
        "LINES": "40",
    }
    with subprocess.Popen(
        # The terminal is the app's own: closing it is heard.
        ["setsid", "--ctty", COMMAND],
        cwd=folder,
        env=environment,
        stdin=them,
        stdout=them,
        stderr=them,
    ) as app:
        os.close(them)
        terminal = Terminal(app, us)
        try:
            terminal.until("x runs the picked policies")
            terminal.type("x")
            terminal.until("", folder, f"runs/*/{KEPT}/*/0.summary")
            yield terminal
        finally:
            app.kill()


@pytest.mark.long
def test_an_app_that_is_asked_to_end_gives_the_terminal_back_and_says_how_to_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with comparing(tmp_path) as terminal:
        family = descendants(terminal.app.pid)
        terminal.app.send_signal(signal.SIGTERM)
        terminal.app.wait(PATIENCE_S)
        assert_all_end(family)
        terminal.until(LEFT)
        terminal.until("Resume with: ")
        after = terminal.text.rpartition(LEFT)[2]
    resume = re.search(r"Resume with: firstline (.*?)\r?\n", after)
    assert resume is not None, after
    monkeypatch.chdir(tmp_path)
    asked = shlex.split(resume[1])
    done = firstline(*asked, "--no-charts", "-n", "1", "--workers", "1", "-f", "json")
    assert done.code == 0, done.words
    assert done.json["replications"] == 1


@pytest.mark.long
@pytest.mark.parametrize("how", ["hang up", "kill"])
def test_an_app_without_a_terminal_or_killed_leaves_nobody_behind(tmp_path: Path, how: str) -> None:
    with comparing(tmp_path) as terminal:
        family = descendants(terminal.app.pid)
        if how == "kill":
            terminal.app.kill()
        else:
            terminal.hang_up()
        terminal.app.wait(PATIENCE_S)
        assert_all_end(family)


def test_of_a_run_that_has_nothing_yet_nothing_is_said(tmp_path: Path) -> None:
    assert left_unfinished([tmp_path]) == []
    (tmp_path / KEPT / "a").mkdir(parents=True)
    (tmp_path / KEPT / "a" / "0.summary").touch()
    (words,) = left_unfinished([tmp_path])
    assert f"--resume {tmp_path}" in words
