"""A process and all that it started: who is alive, and whether a pipe is still held."""

import os
import select
import subprocess
import time
from pathlib import Path
from typing import IO, Any

import pytest

WITHIN_S = 2.0
"""How long after its parent a process may live."""

WATCHED = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look at")


def descendants(pid: int) -> set[int]:
    """Every process below one."""
    found = {pid}
    parents = _parents()
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those that run; who has ended and is not yet buried runs no more."""
    return {pid for pid in pids if pid in _parents()}


def assert_all_end(pids: set[int], pipe: IO[Any] | None = None) -> None:
    """Within two seconds nobody is left, and nobody holds the pipe."""
    assert pids, "there was nobody to end"
    deadline = time.monotonic() + WITHIN_S
    while (left := alive(pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, [command(pid) for pid in left]
    while pipe is not None and pipe_is_held(pipe):
        assert time.monotonic() < deadline, "somebody holds the pipe"
        time.sleep(0.02)


def pipe_is_held(pipe: IO[Any]) -> bool:
    """Whether somebody may still write into a pipe; what was written is read."""
    while select.select([pipe], [], [], 0)[0]:
        if not os.read(pipe.fileno(), 65_536):
            return False
    return True


def wait_until_there_are(count: int, running: subprocess.Popen[Any], patience_s: float) -> None:
    """Wait until a process has started so many others."""
    deadline = time.monotonic() + patience_s
    while len(descendants(running.pid)) < count:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def command(pid: int) -> str:
    """What a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return f"{pid}, which has just ended"


def _parents() -> dict[int, int]:
    """The parent of every process that runs."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything.
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state not in "ZX":
            found[int(stat.parent.name)] = int(parent)
    return found
