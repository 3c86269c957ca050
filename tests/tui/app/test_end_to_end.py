"""The installed program in a real terminal: turn a knob, see numbers move, save, find it again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scenarios import load_text
from tests.support.command_line import SHOP

TMUX = shutil.which("tmux")
FIRSTLINE = Path(sys.executable).with_name("firstline")
PATIENCE_S = 90.0
"""A loaded machine may take this long for what an idle one does in a second or two."""


class Terminal:
    """A terminal of 120 columns and 40 lines, and somebody at its keyboard."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"
        variables = {
            "XDG_CONFIG_HOME": folder / "config",
            "XDG_STATE_HOME": folder / "state",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        # What the test's own terminal has set would hide the size of this one.
        words = "env -u COLUMNS -u LINES "
        words += " ".join(f"{name}='{value}'" for name, value in variables.items())
        self._command = f"{words} {FIRSTLINE}; echo left-with-$?"
        self._tmux("new-session", "-d", "-x", "120", "-y", "40", "-c", str(folder), "sh")
        self.start()

    def start(self) -> None:
        """Type the command that opens the app."""
        self.type(self._command)
        self.press("Enter")

    def kill(self) -> None:
        """End the app as a crash or a power cut would: nothing of it is asked or told."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True)
        for process in found.stdout.split():
            os.kill(int(process), signal.SIGKILL)
        self.until("left-with-137")
        # The app could not set the terminal back; a new one it is.
        self._tmux("respawn-pane", "-k", "-c", str(self._socket.parent), "sh")

    def leave(self) -> None:
        """Leave the app, whatever runs."""
        self.press("C-q")
        self.until(r"left-with-0|Still running")
        if "Still running" in self.screen:
            self.press("y")
        self.until("left-with-0")

    def _tmux(self, *arguments: str) -> str:
        command = [str(TMUX), "-S", str(self._socket), "-f", "/dev/null", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", key)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def until(self, what: str | Callable[[str], object]) -> str:
        """Wait until the screen shows something."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            screen = self.screen
            if re.search(what, screen) if isinstance(what, str) else what(screen):
                return screen
            time.sleep(0.2)
        raise AssertionError(f"never came: {what}\n{self.screen}")

    def close(self) -> None:
        subprocess.run([str(TMUX), "-S", str(self._socket), "kill-server"], check=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if TMUX is None:
        pytest.skip("there is no tmux on this machine to drive a real terminal with")
    if not FIRSTLINE.exists():
        pytest.skip("firstline is not installed next to this Python")
    one = Terminal(tmp_path)
    yield one
    one.close()


def approvals(screen: str) -> list[str]:
    """The numbers in the line of approvals per complaint."""
    line = re.search(r"Approvals / complaint(.*)", screen)
    return re.findall(r"\d+\.\d+", line[1]) if line else []


@pytest.mark.long
def test_a_manager_turns_a_knob_sees_the_numbers_move_saves_and_finds_the_policy(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.until("retail-complaints")
    terminal.press("2")
    terminal.until("✓ 20 replications")
    before = approvals(terminal.until(approvals))
    terminal.press("/")
    terminal.until("Find a knob")
    terminal.type("front line may decide")
    terminal.until("May decide alone")
    terminal.press("Enter")
    terminal.until(lambda screen: "front line may decide" not in screen)
    terminal.press("Right")
    terminal.until("Front line: May decide alone: Small amounts")
    terminal.press("Right")
    terminal.until("Front line: May decide alone: Up to 150")
    terminal.until("running [1-9]|✓ 20")
    moved = approvals(terminal.until("▼ better"))
    assert float(moved[1]) < 0.5 * float(before[0]), "who may decide need not ask"
    terminal.press("s")
    terminal.until("Save as a policy called")
    terminal.type("trust-them")
    terminal.press("Enter")
    terminal.until("came with firstline")
    terminal.press("Enter")
    terminal.until("trust-them is saved")
    terminal.leave()
    text = (tmp_path / "retail-complaints.toml").read_text(encoding="utf-8")
    assert "# What to look at" in text, "comments stay"
    policy = load_text(text).policies["trust-them"]
    assert policy.changes == {"groups.front_line.authority": "empowered"}


@pytest.mark.long
def test_two_key_presses_lead_to_a_what_if_and_one_more_says_why_or_how_far(
    terminal: Terminal,
) -> None:
    terminal.until("May agents decide up to")
    terminal.press("Enter", "+")  # as quickly as they can be typed
    terminal.until("Front line: May decide alone: Small amounts")
    terminal.until("✓ 20 replications")
    terminal.press("w")
    terminal.until("Why .* differs from Ask the boss")
    terminal.until("Hold for approvals")
    terminal.press("Escape")
    terminal.until("✓ 20 replications")
    terminal.press("h")
    terminal.until(r"service level within 20 s at least 80 %")
    terminal.press("Escape")
    terminal.leave()


@pytest.mark.long
def test_a_run_that_was_killed_is_found_again_and_one_key_runs_what_is_left(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    terminal.until("shop")
    terminal.press("3")
    terminal.until("Replications")
    terminal.press("n")
    terminal.until("How often")
    terminal.press(*["BSpace"] * 3)
    terminal.type("60")
    terminal.press("Enter")
    terminal.until("60")
    terminal.press("x")
    terminal.until(r"running [1-9]\d* of 60")
    terminal.kill()
    terminal.start()
    terminal.until("shop")
    terminal.press("5")
    terminal.until(r"\d+/60 .*stopped")
    terminal.press("x")
    screen = terminal.until("✓ 60 replications")
    assert "Kept" in screen or "Drawing" in screen
    terminal.until("Kept with report")
    terminal.press("5")
    terminal.until(lambda screen: " 60 " in screen and "stopped" not in screen)
    terminal.leave()
    assert not list(tmp_path.glob("runs/*.unfinished"))


@pytest.mark.long
def test_one_key_shares_an_answer_as_sentence_picture_and_report(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    terminal.until("shop")
    terminal.until(r"\? +–")  # questions, none of them answered yet
    terminal.press("Enter", "+")
    terminal.until("✓ 20 replications")
    terminal.until("▲ better|▼ better")
    terminal.press("y")
    terminal.until("The sentence is copied")
    terminal.until(r"Report +.*report\.html")
    (folder,) = (tmp_path / "runs").glob("*what-if*")
    assert (folder / "screen.svg").read_text(encoding="utf-8").lstrip().startswith("<svg")
    assert "<html" in (folder / "report.html").read_text(encoding="utf-8")
    terminal.press("1")
    terminal.until("better")  # the answer stands beside its question now
    terminal.leave()
