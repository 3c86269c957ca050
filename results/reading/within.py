"""Within how long customers should be answered, as it is said next to the service level."""

from __future__ import annotations

from collections.abc import Sequence

from results.reading.format import number


def within(targets: Sequence[float]) -> str:
    """The target, or from which to which they are where reasons or channels have their own.

    Args:
        targets: in seconds, the shortest first, at least one.
    """
    first, last = (f"{number(one)} s" for one in (targets[0], targets[-1]))
    return first if first == last else f"{first} to {last}"
