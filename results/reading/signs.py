"""Sign and colour of each policy: the same in every picture of a comparison.

Colours are those of Okabe & Ito (Color Universal Design, 2008), which people with colour-blind
eyes tell apart; yellow is left out because it vanishes on white. After these six come darker ones,
so that two policies of one shape differ in colour for every eye. On a screen, whose ground may be
light or dark, each is a little paler. Every colour comes with a sign of its own, so that a print in
grey says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from results.reading.names import titles_of
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
    ("#6b78c9", "#003A5D"),
    ("#a8694d", "#7A3500"),
    ("#478570", "#00513B"),
    ("#bf4fb4", "#7A2F5B"),
    ("#8c8452", "#7A5500"),
)
"""On a screen and on paper; eleven, so that twelve policies have a colour each."""


def signs_of(policies: Sequence[str]) -> dict[str, Sign]:
    """A sign for each policy; the first, the baseline, is a grey disc.

    There are seven shapes and eleven colours, so the pairs repeat only after 77 policies.
    """
    others = [
        Sign(*_SHAPES[number % len(_SHAPES)], *_COLOURS[number % len(_COLOURS)])
        for number in range(len(policies) - 1)
    ]
    return dict(zip(policies, (_BASELINE, *others), strict=True))


class Face(NamedTuple):
    """What a policy is known by where a person reads."""

    title: str
    sign: Sign


def faces_of(scenario: Scenario, policies: Iterable[str]) -> dict[str, Face]:
    """Title and sign of each policy by its place in the scenario, whichever of them are run."""
    signs = signs_in(scenario, policies)
    titles = titles_of(scenario, signs)
    return {policy: Face(titles[policy], sign) for policy, sign in signs.items()}


def signs_in(scenario: Scenario, policies: Iterable[str]) -> dict[str, Sign]:
    """The sign of each policy by its place in the scenario, whichever of them are run."""
    chosen = tuple(policies)
    places = tuple(dict.fromkeys((scenario.baseline, *scenario.policies, *chosen)))
    signs = signs_of(places)
    return {policy: signs[policy] for policy in chosen}
