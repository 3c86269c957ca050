"""Units of knobs: how a number is shown, typed and stepped."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from results.reading import format as numbers
from tui.parts.typed_number import typed_number

NO_LIMIT = "no limit"

_TIME = re.compile(r"(\d+):([0-5]?\d)(?::([0-5]?\d))?")


@dataclass(frozen=True)
class Unit:
    """What a number on a knob is counted in."""

    sign: str
    """Behind the number while it is typed; empty for plain counts."""
    show: Callable[[float, str], str]
    """The number for a reader, given the currency."""
    step_at_zero: float
    """A step of − and + where there is no size to go by."""
    scale: float = 1.0
    """What is typed is the number times this: shares are typed in per cent."""
    whole: bool = False
    """Only whole numbers make sense."""
    part: float = 0.1
    """Size of a step as a share of the number, before it is made round."""
    longest: float = math.inf
    """The longest step."""

    def typed(self, value: float) -> str:
        """The number as a person would type it."""
        if math.isinf(value):
            return NO_LIMIT
        return f"{round(value * self.scale, 6):g}" if abs(value) < 1e6 else f"{value:.0f}"

    def read(self, text: str) -> float:
        """The number that a person typed.

        Raises:
            ValueError: it is not a number; the message says why.
        """
        plain = text.strip().lower().removesuffix(self.sign.lower()).strip().lstrip("×€$£").strip()
        if self is MONEY and plain in (NO_LIMIT, "inf", "none", "∞"):
            return math.inf
        if self is SECONDS and (time := _TIME.fullmatch(plain)):
            first, second, third = (int(part or -1) for part in time.groups())
            return first * 60.0 + second if third < 0 else first * 3600.0 + second * 60.0 + third
        number = typed_number(plain)
        if self.whole and number != round(number):
            raise ValueError("must be a whole number")
        return int(number) if self.whole else round(number / self.scale, 9)

    def stepped(self, value: float, direction: int) -> float:
        """The next round number in a direction."""
        step = self._step(value, direction)
        if not step:
            return value
        count = value / step
        near = round(count)
        if abs(count - near) > 1e-6:
            near = math.floor(count) if direction > 0 else math.ceil(count)
        result = round((near + direction) * step, 9)
        return int(result) if self.whole else result

    def _step(self, value: float, direction: int) -> float:
        """A step that suits the size of the number; none for what has no limit."""
        # Towards zero the steps are those of the smaller numbers, so that − undoes +.
        from_size = abs(value) * (0.999 if value * direction < 0.0 else 1.0)
        size = min(from_size * self.part, self.longest) * self.scale
        if math.isinf(value):
            return 0.0
        if size < 1e-9:
            return self.step_at_zero
        step = _round_step(size, abs(value) * self.scale) / self.scale
        return max(1.0, round(step)) if self.whole else step


def _round_step(size: float, value: float) -> float:
    """A round number near a size, if possible one that the value is a multiple of."""
    magnitude = 10.0 ** math.floor(math.log10(size))
    nice = [magnitude * one for one in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)]
    near = [one for one in nice if size / 2.05 <= one <= size * 2.05]
    fits = [one for one in near if abs(value / one - round(value / one)) < 1e-6]
    return min(fits or near, key=lambda one: abs(math.log(one / size)))


def _count(value: float, _: str) -> str:
    return f"{value:,.0f}" if value == round(value) else numbers.number(value)


def _plain(value: float, _: str) -> str:
    return f"{value:,.6g}".replace("-", numbers.MINUS)


def _share(value: float, _: str) -> str:
    return f"{100.0 * value:.4g} %"


def _seconds(value: float, _: str) -> str:
    for limit, one, unit in ((7_200.0, 3_600.0, "h"), (100.0, 60.0, "min")):
        if value >= limit and abs(10.0 * value / one - round(10.0 * value / one)) < 1e-6:
            return f"{value / one:.6g} {unit}"
    return f"{value:,.6g} s" if value >= 100.0 else f"{value:.3g} s"


def _money(value: float, currency: str) -> str:
    if 0.0 < value < 0.1:
        return f"{currency}{value:.3g}"
    return NO_LIMIT if math.isinf(value) else numbers.money(value, currency)


def _with(sign: str) -> Callable[[float, str], str]:
    return lambda value, _: f"{_plain(value, '')} {sign}"


COUNT = Unit("", _count, 1.0, whole=True, part=0.02)
VOLUME = Unit("", _count, 10.0)
NUMBER = Unit("", _plain, 0.1)
SHARE = Unit("%", _share, 0.05, scale=100.0, part=0.2, longest=0.04)
SECONDS = Unit("s", _seconds, 10.0)
MINUTES = Unit("min", _with("min"), 5.0)
HOURS = Unit("h", _with("h"), 1.0)
WEEKS = Unit("weeks", _with("weeks"), 1.0)
DAYS = Unit("days", _with("days"), 1.0)
MONEY = Unit("", _money, 10.0)
TIMES = Unit("", lambda value, _: f"× {value:.4g}", 0.1, part=0.04)

UNITS: Mapping[str, Unit] = {
    "s": SECONDS,
    "min": MINUTES,
    "h": HOURS,
    "days": DAYS,
    "weeks": WEEKS,
    "share": SHARE,
    "factor": TIMES,
    "money": MONEY,
    "customers": VOLUME,
    **dict.fromkeys(("agents", "places", "lines", "chats", "complaints"), COUNT),
}
"""By what a key is counted in; the others are plain numbers."""
