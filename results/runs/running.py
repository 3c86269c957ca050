"""Running: whether somebody is at work in a run folder right now.

The process that runs in a folder locks a file in it; the system takes the lock away when the
process ends, however it ends. Where there are no locks (some network drives), nobody is noticed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from results.errors import ExperimentError

LOCK = ".running"
"""The file in an unfinished run folder; it holds the number of the process."""

_held: dict[Path, int] = {}
"""Open files of the folders in which this process is at work."""


def claim(folder: Path) -> None:
    """Say that this process is at work in a folder from now on, until ``release``.

    Raises:
        ExperimentError: another process is.
    """
    folder = folder.resolve()
    if folder in _held:
        return
    try:
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return  # What cannot be written here is reported where the results are written.
    if not _locked(file):
        who = _written_in(file)
        os.close(file)
        raise ExperimentError(_AT_WORK.format(folder=folder, who=who))
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
    _held[folder] = file


_AT_WORK = (
    "{folder} is being run right now{who}. Wait until that run is over, or end it (Ctrl-C there "
    "keeps what is finished); then resume it. Without --resume a run gets a folder of its own."
)


def release(folder: Path) -> None:
    """Say that this process is no longer at work in a folder."""
    folder = folder.resolve()
    file = _held.pop(folder, None)
    if file is not None:
        with suppress(OSError):
            (folder / LOCK).unlink()
        _unlocked(file)
        os.close(file)


def by_another(folder: Path) -> bool:
    """Whether another process is at work in a folder."""
    folder = folder.resolve()
    if folder in _held:
        return False
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        free = _locked(file)
        if free:
            _unlocked(file)
        return not free
    finally:
        os.close(file)


def _written_in(file: int) -> str:
    text = os.read(file, 20).decode("ascii", "replace")
    return f", by process {text}" if text.isdecimal() else ""


def _locked(file: int) -> bool:
    """Take the lock; False when another process has it."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def _unlocked(file: int) -> None:
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
