"""Within how long customers should be answered, as it is said next to the service level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from results.reading.format import number


def in_seconds(seconds: float) -> str:
    """A target in seconds: ``20 s``."""
    return f"{number(seconds)} s"


def within(targets: Sequence[float], write: Callable[[float], str] = in_seconds) -> str:
    """The target, or from which to which they are where reasons or channels have their own.

    Args:
        targets: in seconds, the shortest first, at least one.
        write: how one of them is written.
    """
    first, last = write(targets[0]), write(targets[-1])
    return first if first == last else f"{first} to {last}"
