"""What a chart says: its message in one sentence, and how to read its intervals.

Only a difference that the intervals make clear is said; without one the message says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from results.charts.view import Reading, Readings, View
from results.reading import format as words
from results.reading import rows
from results.reading.headlines import HEADLINES, Headline

Better = Literal["lower", "higher"] | None

CLAUSES: Mapping[str, Headline] = {line.measure: line for line in HEADLINES}


def is_open(readings: Readings) -> bool:
    """False where a number is undefined under some policy, or all of it under each."""
    return rows.is_open(reading.level.mean for reading in readings.values())


def strongest(readings: Readings) -> str | None:
    """The policy that clearly moves a number furthest from the baseline; None when none does."""
    clear = [policy for policy, reading in readings.items() if reading.clear]
    return max(clear, key=lambda policy: abs(_shift(readings[policy])), default=None)


def best(readings: Sequence[tuple[Readings, Better]]) -> str | None:
    """The policy that clearly betters most of several numbers, the first of them furthest.

    None when no policy clearly moves any of them.
    """

    def score(policy: str) -> tuple[int, float]:
        gains = [_gain(found[policy], better) for found, better in readings]
        return sum((gain > 0) - (gain < 0) for gain in gains), gains[0]

    moved = [
        policy for policy in readings[0][0] if any(found[policy].clear for found, _ in readings)
    ]
    return max(moved, key=score, default=None)


def clause(measure: str, reading: Reading, unit: str, currency: str) -> str:
    """What a policy does to a measure, in the words of the verdict: customers wait 0:12 less."""
    line = CLAUSES[measure]
    moved = _shift(reading)
    wording = line.less if moved < 0.0 else line.more
    size = spoken(abs(moved)) if unit == "s" else words.size(moved, unit, currency)
    return wording.format(size)


def spoken(seconds: float) -> str:
    """A length of time that cannot be taken for a time of day: 4.3 s, 45 s, 2 min 05 s."""
    if round(seconds) < 10:
        return words.duration(seconds) if round(seconds, 1) else "0 s"
    if round(seconds) < 100:
        return f"{seconds:.0f} s"
    if round(seconds) < 3600:
        return f"{round(seconds) // 60} min {round(seconds) % 60:02d} s"
    return words.duration(seconds)


def sent_off_first(view: View, policy: str | None, title: str) -> str:
    """A title about a policy; who is sent off under it comes first, and is missing in the rest."""
    gone = view.sent_off(policy) if policy is not None else ""
    if not gone:
        return title
    about, _, rest = title.partition(", ")
    return f"{gone}; of the others: {rest}" if about == f"Under {policy}" else f"{gone}. {title}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Parts of a sentence: a, b and c."""
    *first, end = parts
    return f"{', '.join(first)} {last} {end}" if first else end


def share(fraction: float) -> str:
    """A share in a sentence: 83.1 %, or none at all, 0 %."""
    return words.share(fraction) if fraction else "0 %"


def how_to_read(view: View, line: str, *, thick: str = "Thick", thin: str = "Thin") -> str:
    """How the two kinds of intervals are read.

    Args:
        view: what is drawn.
        line: the mark of the baseline that a clear difference does not touch.
        thick: what the interval of a difference looks like.
        thin: what the interval of a level looks like.
    """
    if not view.has_intervals:
        return "One replication: there are no intervals, and differences may be chance."
    level = f"{thin}: {view.level_name} interval of the value itself."
    if not view.others:
        return level
    together = (
        f", adjusted so that all {len(view.others)} hold together" if len(view.others) > 1 else ""
    )
    return (
        f"{thick}: {view.level_name} interval of the difference from {view.baseline}, with the same"
        f" customers under both{together}; where it does not touch {line}, the difference is "
        f"clear. {level}"
    )


def _gain(reading: Reading, better: Better) -> float:
    """How far a policy clearly moves a number to the better; below zero to the worse.

    Nothing is gained by a policy that sends off more customers.
    """
    if not reading.clear:
        return 0.0
    gain = -_shift(reading) if better == "lower" else _shift(reading)
    return min(gain, 0.0) if reading.doubted else gain


def _shift(reading: Reading) -> float:
    assert reading.shift is not None, "only the baseline has no difference from it"
    return reading.shift.mean
