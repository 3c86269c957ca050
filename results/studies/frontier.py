"""The frontier: what is left to choose from when everything that is beaten is taken away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

Choice = TypeVar("Choice", bound=Hashable)


def frontier(found: Mapping[Choice, Sequence[float]], better: Sequence[str | None]) -> list[Choice]:
    """The choices that no other beats, in their order.

    One beats another where it is at least as good by every measure and better by one.

    Args:
        found: the value of each measure, by choice; none of them NaN.
        better: for each measure, ``lower`` or ``higher``.
    """
    if not found:
        return []
    signs = np.array([-1.0 if one == "higher" else 1.0 for one in better])
    values = np.array([list(one) for one in found.values()]) * signs
    left = []
    for choice, here in zip(found, values, strict=True):
        as_good, one_better = (values <= here).all(axis=1), (values < here).any(axis=1)
        if not (as_good & one_better).any():
            left.append(choice)
    return left
