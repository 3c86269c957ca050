"""Sign and colour of each policy: the same in every picture of a comparison.

Colours are those of Okabe & Ito (Color Universal Design, 2008), which people with colour-blind
eyes tell apart; yellow is left out because it vanishes on white. On a screen, whose ground may be
light or dark, each is a little paler. Every colour comes with a sign of its own, so that a print in
grey says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scenarios import Scenario


class Sign(NamedTuple):
    """How a policy is drawn."""

    mark: str
    """As a letter."""
    marker: str
    """The same sign as matplotlib calls it."""
    on_screen: str
    """Colour that is read on light and on dark."""
    on_paper: str


_BASELINE = Sign("●", "o", "#8a949e", "#6E6E6E")
_SHAPES = (("■", "s"), ("▲", "^"), ("◆", "D"), ("▼", "v"), ("✚", "P"), ("◀", "<"), ("★", "*"))
_COLOURS = (
    ("#3d8bd4", "#0072B2"),
    ("#d9752f", "#D55E00"),
    ("#2f9e78", "#009E73"),
    ("#b276cf", "#CC79A7"),
    ("#b8962e", "#E69F00"),
    ("#4ba6c9", "#56B4E9"),
)
"""On a screen and on paper."""


def signs_of(policies: Sequence[str]) -> dict[str, Sign]:
    """A sign for each policy; the first, the baseline, is a grey disc.

    There is one shape more than there are colours, so the pairs repeat only after 42 policies.
    """
    others = [
        Sign(*_SHAPES[number % len(_SHAPES)], *_COLOURS[number % len(_COLOURS)])
        for number in range(len(policies) - 1)
    ]
    return dict(zip(policies, (_BASELINE, *others), strict=True))


def signs_in(scenario: Scenario, policies: Iterable[str]) -> dict[str, Sign]:
    """The sign of each policy by its place in the scenario, whichever of them are run."""
    chosen = tuple(policies)
    places = tuple(dict.fromkeys((scenario.baseline, *scenario.policies, *chosen)))
    signs = signs_of(places)
    return {policy: signs[policy] for policy in chosen}
