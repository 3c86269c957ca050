"""Sign and colour of each policy: the same in every picture of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Sign(NamedTuple):
    """How a policy is drawn; the colours are read on light and on dark."""

    mark: str
    colour: str


_BASELINE = Sign("●", "#8a949e")
_OTHERS = (
    Sign("■", "#3d8bd4"),
    Sign("▲", "#d9752f"),
    Sign("◆", "#2f9e78"),
    Sign("▼", "#b276cf"),
    Sign("★", "#b8962e"),
    Sign("✚", "#c65b6b"),
)


def signs_of(policies: Sequence[str]) -> dict[str, Sign]:
    """A sign for each policy, the baseline first."""
    others = (_OTHERS[number % len(_OTHERS)] for number in range(len(policies) - 1))
    return dict(zip(policies, (_BASELINE, *others), strict=True))
