"""Notation: numbers that stand together are written alike, in one unit and with as many decimals.

``format`` writes each number by itself, which suits a single number; a row of a table, a picture or
a sentence that sets numbers against each other says 9.1 s and 15.0 s, never 9 s and 0.25 min.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from results.reading import format as words

_MOST_DECIMALS = 4
_SCALES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "s": ((86_400.0 * 2, 86_400.0, " days"), (7_200.0, 3_600.0, " h"), (120.0, 60.0, " min")),
    "money": ((1e9, 1e9, " bn"), (1e6, 1e6, " M"), (1e4, 1e3, " k")),
    "count": ((1e9, 1e9, " bn"), (1e6, 1e6, " M"), (1e4, 1e3, " k")),
    "hours": ((1e4, 1e3, " k h"),),
}
"""By unit: from what size on, what one then stands for, and how that is written."""
_NOTHING = 1e-4
"""What is smaller than this share of the largest number may be written as nothing."""
_PLAIN = {"s": " s", "hours": " h"}


@dataclass(frozen=True)
class Notation:
    """How the numbers of one measure are written where they stand together."""

    unit: str
    currency: str = ""
    scale: float = 1.0
    """What one stands for."""
    suffix: str = ""
    decimals: int = 0

    def bare(self, amount: float) -> str:
        """A number without sign or unit."""
        return f"{abs(amount) / self.scale:,.{self.decimals}f}"

    def vanishes(self, amount: float) -> bool:
        """Whether a number is written as nothing."""
        return words.is_nothing(self.bare(amount))

    def value(self, amount: float) -> str:
        """A number with its unit: ``9.1 s``, ``88.8 %``, ``€34.6 k``."""
        if math.isnan(amount):
            return words.UNDEFINED
        return self._signed(amount, f"{self._sign()}{self.bare(amount)}{self.suffix}")

    def size(self, amount: float) -> str:
        """How large a difference is, without its sign; shares in points."""
        points = " points" if self.unit == "share" else self.suffix
        return f"{self._sign()}{self.bare(amount)}{points}"

    def change(self, amount: float) -> str:
        """A difference with its sign: ``+25.3 points``, ``−€3.0 k``."""
        if math.isnan(amount):
            return words.UNDEFINED
        text = self.size(amount)
        return (
            f"+{text}"
            if amount > 0.0 and not words.is_nothing(text)
            else self._signed(amount, text)
        )

    def margin(self, half_width: float) -> str:
        """How far a number may be off, next to it; empty where that is nothing."""
        if math.isnan(half_width):
            return ""
        text = self.bare(half_width)
        return "" if words.is_nothing(text) else f"±{text}"

    def pair(self, before: float, after: float) -> str:
        """From one to the other: ``from 63.5 to 88.8 %``."""
        if self.unit == "money":
            return f"from {self.value(before)} to {self.value(after)}"
        return f"from {self.value(before).removesuffix(self.suffix)} to {self.value(after)}"

    def tells_apart(self, amounts: Iterable[float]) -> bool:
        """Whether numbers that differ are written differently."""
        known = {amount for amount in amounts if math.isfinite(amount)}
        return len({self.value(amount) for amount in known}) == len(known)

    def _sign(self) -> str:
        return f"{self.currency} " if self.currency.isalpha() else self.currency

    def _signed(self, amount: float, text: str) -> str:
        return words.MINUS + text if amount < 0.0 and not words.is_nothing(text) else text


def notation(amounts: Iterable[float], unit: str, currency: str = "€") -> Notation:
    """The notation for numbers of one measure that stand together.

    Args:
        amounts: all that is written; NaN is left out.
        unit: of the measure.
        currency: of the scenario.
    """
    known = [abs(amount) for amount in amounts if math.isfinite(amount)]
    most = max(known, default=0.0)
    if unit == "share":
        small = 0.0 < most < 0.00995
        return Notation(unit, scale=0.01, suffix=" %", decimals=2 if small else 1)
    scales = (*_SCALES.get(unit, _SCALES["count"]), (0.0, 1.0, _PLAIN.get(unit, "")))
    found = [
        Notation(unit, currency if unit == "money" else "", one, written, decimals)
        for least, one, written in scales
        if most >= least
        for decimals in [_decimals(most / one, known, one, unit)]
    ]
    # The largest unit in which no number that counts is written as nothing.
    there = [amount for amount in known if amount > _NOTHING * most]
    return next((one for one in found if not any(map(one.vanishes, there))), found[0])


def row_notation(
    levels: Iterable[float], shifts: Iterable[float], unit: str, currency: str = "€"
) -> Notation:
    """The notation for a row of a table: every level, difference and margin of it.

    Args:
        levels: all that stand in the row.
        shifts: differences that must not be written as nothing.
        unit: of the measure.
        currency: of the scenario.
    """
    known = [abs(one) for one in (*levels, *shifts) if math.isfinite(one)]
    found, most = notation(known, unit, currency), max(known, default=0.0)
    if unit in ("money", "count", "hours") and most >= 1e4:
        # Differences are a small part of the amount: they are written to the unit where it fits.
        scales = ((1e9, 1e6, " M"), (1e6, 1e3, " k"), (0.0, 1.0, ""))
        one, said = next((one, said) for least, one, said in scales if most >= least)
        found = replace(found, scale=one, suffix=said + (" h" if unit == "hours" else ""))
        found = replace(found, decimals=0)
    told = [abs(one) for one in shifts if math.isfinite(one) and one]
    while (
        any(words.is_nothing(found.bare(one)) for one in told) and found.decimals < _MOST_DECIMALS
    ):
        found = replace(found, decimals=found.decimals + 1)
    return found


def pair_notation(before: float, after: float, unit: str, currency: str = "€") -> Notation:
    """The notation for two numbers of a sentence, with the decimals that tell them apart."""
    found = notation((before, after), unit, currency)
    while not found.tells_apart((before, after)) and found.decimals < _MOST_DECIMALS:
        found = replace(found, decimals=found.decimals + 1)
    return found


def _decimals(most: float, known: Iterable[float], scale: float, unit: str) -> int:
    """As many as show three digits of the largest, and one of small seconds next to large ones."""
    if unit == "money" and scale == 1.0:
        return 2 if 0.0 < most < 20.0 else 0
    if unit in ("count", "hours") and scale == 1.0 and all(one == round(one) for one in known):
        return 0
    if most >= 99.95:
        return 0
    if unit == "s" and scale == 1.0:
        least = min((one for one in known if one > 0.0), default=most)
        return (1 if least < 10.0 else 0) if most >= 1.0 or not most else 2
    return 1 if most >= 9.995 or scale != 1.0 or not most else 2
