"""A program in a terminal of its own: what it writes is read, what it costs is counted."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

COLUMNS, ROWS = 120, 40

_ESCAPES = re.compile(
    rb"\x1b(\[[0-9;?<>=$]*[A-Za-z]|[P\]_].*?(\x07|\x1b\\)|[=>()][A-Z0-9]?)", re.DOTALL
)
_LEAVE = b"\x11"
"""Ctrl-Q."""


class Terminal:
    """A pseudo-terminal of 120 by 40 in which a program runs, as a person would have it."""

    def __init__(self, command: Sequence[str | Path], folder: Path) -> None:
        """Start the program.

        Args:
            command: what is typed.
            folder: where it is typed; settings are kept there too, so nothing is remembered.
        """
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._read = b""
        self.begun = time.perf_counter()
        self.program = subprocess.Popen(
            list(map(str, command)),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=_alone(folder),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave by the key, as a person does."""
        while self.program.poll() is None:
            # Leaving is answered once the program listens; what it writes must be read meanwhile.
            self.type(_LEAVE)
            self.read(0.2)
        os.close(self._ours)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._ours, keys)

    def read(self, patience_s: float) -> bool:
        """Read what is written; whether anything was within so many seconds."""
        if not select.select([self._ours], [], [], patience_s)[0]:
            return False
        try:
            self._read += os.read(self._ours, 65_536)
        except OSError:
            # The other side has hung up: the program is leaving.
            time.sleep(0.05)
            return False
        return True

    def seconds_until(self, words: str) -> float:
        """Seconds from the start of the program until words were written."""
        while words.encode() not in _ESCAPES.sub(b"", self._read):
            if not self.read(60.0):
                said = _ESCAPES.sub(b"", self._read)[-2_000:]
                raise RuntimeError(f"{words!r} was never written: {said!r}")
        return time.perf_counter() - self.begun

    def until_it_ends(self) -> str:
        """Read until the program ends; the last that it wrote."""
        while self.program.poll() is None:
            self.read(0.2)
        return _ESCAPES.sub(b"", self._read)[-2_000:].decode(errors="replace")

    def processor_s(self, seconds: float) -> float:
        """Seconds of the processor that the program and its children take in so much time."""
        before = self._used_s()
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0.0:
            self.read(left)
        return self._used_s() - before

    def _used_s(self) -> float:
        """Of every process in its session; those that ended count with their parent."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(") ")[2].split()
            except OSError:
                continue  # it has ended
            if int(fields[3]) == self.program.pid:
                ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")


def _alone(folder: Path) -> dict[str, str]:
    """An environment in which nothing is remembered from before."""
    return {
        **os.environ,
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
        "TERM": "xterm-256color",
    }
