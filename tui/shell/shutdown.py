"""The end of the app that was not asked for: a signal, a terminal or a server that is gone."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tui.terminal.exits import ExitCode

PATIENCE_S = 5.0
"""Seconds that an app has for leaving tidily; one whose terminal is gone may never manage it."""


def leave_on_signals(leave: Callable[[], object]) -> None:
    """Leave in good order when the system asks the app to end; to be called in its event loop.

    Args:
        leave: what the app does to leave.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            # Windows has no such thing; there the system ends the app.
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, leave_soon, leave)


def leave_soon(leave: Callable[[], object], within_s: float = PATIENCE_S) -> None:
    """Leave, and see to it that it does not take for ever.

    Args:
        leave: what the app does to leave.
        within_s: seconds after which this process ends in any case.
    """
    end = threading.Timer(within_s, os._exit, (ExitCode.INTERRUPTED,))
    end.daemon = True
    end.start()
    leave()


def left_unfinished(folders: Iterable[Path]) -> list[str]:
    """What to say about runs that were on their way: where they are, and how to resume them.

    Args:
        folders: unfinished run folders; of those that hold nothing yet nothing is said.
    """
    from results.runs.finished_replications import holds_anything

    return [
        f"What was finished is kept in {folder}.\n"
        f"Resume with: firstline {_asked_by(folder)} --resume {_quoted(folder)}"
        for folder in sorted(folders)
        if holds_anything(folder)
    ]


def _asked_by(folder: Path) -> str:
    """The command that asks the same; a study is asked by its own file."""
    from results.runs.names import SCENARIO, STUDY_FILE

    study = folder / STUDY_FILE
    if study.is_file():
        return f"study {_quoted(study)}"
    return f"compare {_quoted(folder / SCENARIO)}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
