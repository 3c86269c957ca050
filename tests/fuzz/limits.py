"""What a case may take: seconds before it counts as hanging, and memory beyond what there was."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

MIB = 1 << 20
MOST_MEMORY = 200 * MIB
"""Bytes that a case may add to the memory of the process."""
_WALL = 3 * MOST_MEMORY
"""Bytes of address space at which the system refuses: a case that runs wild harms nobody else."""
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class HangError(BaseException):
    """A case that takes too long; no handler of ordinary errors may take it for its own."""


class GreedError(Exception):
    """A case that takes too much memory."""


@contextmanager
def limits(seconds: float) -> Iterator[None]:
    """Allow what is done inside only so much time and memory.

    Raises:
        HangError: it took longer.
        GreedError: it took more memory than ``MOST_MEMORY``.
    """

    def hang(_: int, __: FrameType | None) -> None:
        raise HangError(f"still at work after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, hang)
    address_space, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_pages() + _WALL, hard))
    with suppress(OSError):
        _CLEAR.write_text("5")  # the greatest amount so far begins anew
    began = _figure("VmRSS")
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    at = time.monotonic()
    try:
        yield
    except MemoryError as error:
        raise GreedError(f"wanted more than {_WALL // MIB} MiB") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # somebody else counts as well
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - at)))
        resource.setrlimit(resource.RLIMIT_AS, (address_space, hard))
    if (more := _figure("VmHWM") - began) > MOST_MEMORY:
        raise GreedError(f"took {more // MIB} MiB")


def _figure(name: str) -> int:
    """A figure of this process in bytes; 0 where the system does not say."""
    try:
        lines = _STATUS.read_text().splitlines()
    except OSError:
        return 0
    (line,) = [line for line in lines if line.startswith(f"{name}:")]
    return int(line.split()[1]) * 1024


def _pages() -> int:
    try:
        used = Path("/proc/self/statm").read_text().split()[0]
    except OSError:
        return 1 << 40
    return int(used) * os.sysconf("SC_PAGE_SIZE")
