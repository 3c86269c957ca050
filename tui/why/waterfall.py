"""A waterfall in text: the parts of a difference, one after the other from zero to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from results.charts.waterfall import Step
from tui.parts.fitting import fitted

FULL, HOLLOW = "█", "░"
"""Of a part that is certain or the whole, and of one that may be chance."""
LEAST_BAR, ENOUGH_BAR = 8, 12
"""Columns of bars at least; and so many that names have what is beyond them."""
MOST_NAME = 34
NOTHING = "·"
"""Where a bar too short for a column stands."""


@dataclass(frozen=True)
class Tones:
    """How less, more, the whole and what is not certain are written."""

    less: str = ""
    more: str = ""
    whole: str = ""
    muted: str = ""


def waterfall(title: str, steps: Sequence[Step], width: int, tones: Tones) -> Text:
    """The parts of an account as lines: name, bar, size and ±.

    Args:
        title: of the account.
        steps: the parts in their order, the whole last.
        width: columns that there are.
        tones: styles.
    """
    text = Text(title, "bold", no_wrap=True)
    values = max(cell_len(_size(step)) for step in steps)
    most = max(width // 2 - 4, width - values - 3 - ENOUGH_BAR)
    names = min(MOST_NAME, max(cell_len(step.title) for step in steps), most)
    room = max(LEAST_BAR, width - names - values - 3)
    for step, (left, right) in zip(steps, _places(steps, room), strict=True):
        tone = tones.whole if step.whole else tones.less if step.size < 0.0 else tones.more
        sign = (FULL if step.filled else HOLLOW) * (right - left) or NOTHING
        bar = " " * left + sign
        name = "bold" if step.whole else "" if step.filled else tones.muted
        text.append("\n").append(fitted(step.title, names), name).append("  ")
        text.append(bar.ljust(room)[:room], tone if step.filled else tones.muted)
        text.append(_size(step).rjust(values + 1), name)
    return text


def _size(step: Step) -> str:
    return f"{step.value} {step.margin}".rstrip()


def _places(steps: Sequence[Step], room: int) -> Iterator[tuple[int, int]]:
    """From which column to which each bar goes."""
    spans, reached = [], 0.0
    for step in steps:
        start = 0.0 if step.whole else reached
        reached = start + step.size
        spans.append((min(start, reached), max(start, reached)))
    low, high = min(one for one, _ in spans), max(one for _, one in spans)
    scale = (room - 1) / (high - low) if high > low else 0.0
    for left, right in spans:
        begin = round((left - low) * scale)
        yield begin, max(begin, round((right - low) * scale))
