"""A factor: a key of the scenario, and the levels at which a study sets it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from results.errors import ExperimentError
from scenarios import ScenarioError, parse_change
from scenarios.files.toml_text import parse_key, shortened
from scenarios.policies.relative_changes import is_number, split

MOST_LEVELS = 1_000
"""More levels than this of one factor nobody reads; it is a slip in the step."""


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies."""

    key: str
    """Key path of the scenario; with a sign at its end (``+=``, ``*=``) the levels change what
    each policy has, instead of replacing it."""
    levels: tuple[Any, ...]
    """Values of the key in order, or numbers by which it is changed; at least one, no two alike."""

    def __post_init__(self) -> None:
        """Refuse what cannot be varied.

        Raises:
            ExperimentError: no level, the same twice, or a relative level that is no number.
        """
        if not self.levels:
            raise ExperimentError(f"{self.key} has no level: give at least one.")
        shown = [shortened(level) for level in self.levels]
        twice = next((text for text in shown if shown.count(text) > 1), None)
        if twice is not None:
            raise ExperimentError(f"{self.key} has the level {twice} twice: give each once.")
        if split(self.key)[1]:
            for level in self.levels:
                if not is_number(level):
                    raise ExperimentError(
                        f"{self.key} {shortened(level)}: a change with a sign takes a number."
                    )

    @property
    def name(self) -> str:
        """What the factor is called in a table: the last names of the key."""
        key = split(self.key)[0]
        return ".".join((parse_key(key) or (key,))[-2:])

    def written(self, level: Any) -> str:
        """A level as a person writes it: ``32``, ``empowered``; a change as ``+2``, ``× 1.1``."""
        sign = split(self.key)[1]
        if not sign:
            return _text(level)
        if sign in ("*=", "/="):
            return f"{'×' if sign == '*=' else '÷'} {_text(level)}"
        change = -level if sign == "-=" else level
        return "±0" if not change else f"{'+' if change > 0 else '−'}{_text(abs(change))}"

    @property
    def is_ordered(self) -> bool:
        """Whether the levels are numbers, which lie on an axis."""
        return all(map(is_number, self.levels))

    @property
    def is_ascending(self) -> bool:
        """Whether the levels are numbers from the lowest to the highest."""
        return self.is_ordered and all(a < b for a, b in pairwise(self.levels))


def _text(level: Any) -> str:
    if isinstance(level, float):
        return f"{level:.6g}".replace("-", "−")
    return level if isinstance(level, str) else shortened(level)


def factor_of(text: str) -> Factor:
    """The factor in ``key=from:to:step`` or ``key=one,two,three``; the key may end with a sign.

    Raises:
        ExperimentError: it is neither, or leads to no level.
    """
    # A comparison sign is part of the key: groups.front_line.heads+=-2:4:2.
    name, equals, values = text.partition("=")
    if not equals or not values.strip():
        raise ExperimentError(
            f"'{text}' is not a factor; write groups.front_line.heads=30:40:2 (from, to, step) or "
            "groups.front_line.heads=30,35,40."
        )
    key = f"{name.rstrip()}=" if name.rstrip().endswith(("+", "-", "*", "/")) else name.strip()
    if ":" in values and '"' not in values:
        return Factor(key, tuple(steps(values)))
    return Factor(key, tuple(_value(key, part) for part in _parts(values)))


def steps(text: str) -> Iterator[float]:
    """The numbers in ``from:to:step``, both ends included where the step leads to them.

    They are worked out in decimals, so that 0.1 three times is 0.3.

    Raises:
        ExperimentError: it is no such range, or a very long one.
    """
    parts = [part.strip() for part in text.split(":")]
    try:
        low, high, *rest = (Decimal(part) for part in parts)
        step = rest[0] if rest else Decimal(1)
    except (InvalidOperation, ValueError) as error:
        raise ExperimentError(_no_range(text)) from error
    if len(rest) > 1 or not all(one.is_finite() for one in (low, high, step)):
        raise ExperimentError(_no_range(text))
    if step <= 0 or high < low:
        raise ExperimentError(
            f"{text}: from {low} to {high} in steps of {step} leads nowhere; the step must be "
            "above 0 and the second number not below the first."
        )
    count = math.floor((high - low) / step) + 1
    if count > MOST_LEVELS:
        raise ExperimentError(f"{text} is {count:,} levels; the most is {MOST_LEVELS:,}.")
    for number in range(count):
        level = low + number * step
        yield int(level) if level == level.to_integral_value() else float(level)


def _no_range(text: str) -> str:
    return f"'{text}' is not a range; write 30:40:2 for 30, 32, 34, 36, 38, 40."


def _parts(values: str) -> list[str]:
    """The values between commas; commas within quotes, brackets or braces stay."""
    parts, depth, quoted = [""], 0, ""
    for letter in values:
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "\"'":
            quoted = letter
        elif letter in "[{(":
            depth += 1
        elif letter in "]})":
            depth -= 1
        if letter == "," and not quoted and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _value(key: str, text: str) -> Any:
    try:
        return parse_change(f"{split(key)[0]}={text}")[1]
    except ScenarioError as error:
        raise ExperimentError(str(error)) from error
