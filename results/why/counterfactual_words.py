"""Counterfactual parts as they are read: headings, rows and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from results.comparison.estimate import Estimate
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.notation import Notation, notation
from results.reading.table import title_of_measure
from results.why.counterfactual import Counterfactual, GameName
from results.why.game import DIRECT, Game, Part, Split

TITLES: Mapping[GameName, str] = MappingProxyType(
    {"which_change": "Which change", "through_what": "Through what"}
)

QUESTIONS: Mapping[GameName, str] = MappingProxyType(
    {
        "which_change": "Which change does it: {policy}",
        "through_what": "Through what it works: {policy}",
    }
)

LEGENDS: Mapping[GameName, str] = MappingProxyType(
    {
        "which_change": "The part of each change: what it brings on average, whichever others are "
        "made before it.",
        "through_what": "The part of each mechanism: what it brings on average, whichever others "
        "work already; directly: what is left where none of them works.",
    }
)

WHOLE = "in all"

MOST_SAID = 3
"""Parts that a sentence names; the table has the others."""


def title(found: Counterfactual, measure: str) -> str:
    """What a measure is called."""
    return title_of_measure(measure, found.answer_within_s)


def head(found: Counterfactual, split: Split) -> str:
    """The measure with its whole difference, and from which replications: first 3 of 10."""
    mark = ":" if found.replications == found.of else " –"
    return f"{title(found, split.measure)}{mark} {whole(found, split)}"


def whole(found: Counterfactual, split: Split) -> str:
    """The whole difference, and from which replications: first 3 of 10."""
    here = change(found, split.measure, split.whole.mean)
    if found.replications == found.of:
        return here
    there = change(found, split.measure, found.compared[split.measure].mean)
    return f"first {found.replications} of {found.of}: {here}; all {found.of}: {there}"


def undefined(found: Counterfactual, measure: str) -> str:
    """That a measure has no counterfactual, and why."""
    return (
        f"{title(found, measure)}: not defined in every world that was run, so its difference "
        "cannot be split."
    )


def rows(found: Counterfactual, split: Split) -> Iterator[tuple[str, str, str, str]]:
    """Title, change, ± and ± for want of other orders of each part, the biggest first; the whole.

    All four are ready to be read, in one unit; a ± is empty where there is none.
    """
    written = _written(found, split)
    for part in ordered(split):
        off = written.margin(2.0 * part.order_error).removeprefix("±")
        yield (*_row(written, part.title, part.found), off)
    yield (*_row(written, WHOLE, split.whole), "")


def _written(found: Counterfactual, split: Split) -> Notation:
    """The notation of everything that is said of one measure in the table."""
    estimates = [*(part.found for part in split.parts), split.whole]
    amounts = [one for each in estimates for one in (each.mean, each.half_width)]
    return notation(amounts, MEASURES[split.measure].unit, found.currency)


def ordered(split: Split) -> list[Part]:
    """The parts from the biggest to the smallest."""
    return sorted(split.parts, key=lambda part: -abs(part.found.mean))


def change(found: Counterfactual, measure: str, size: float) -> str:
    """A difference of a measure with its sign and unit."""
    return numbers.change(size, MEASURES[measure].unit, found.currency)


def margin(measure: str, moved: Estimate) -> str:
    """How far a part may be off; empty without an interval."""
    if math.isnan(moved.half_width) or moved.half_width == 0.0:
        return ""
    return numbers.margin(moved.half_width, MEASURES[measure].unit, moved.mean)


def sentence(found: Counterfactual, name: GameName, split: Split) -> str:
    """What the difference of a measure comes from, in a manager's words."""
    called = title(found, split.measure)
    in_all = f"{called} {change(found, split.measure, split.whole.mean)}"
    if found.replications < 2:
        return f"{in_all}: with one replication a part may be chance."
    sure = [part for part in ordered(split) if is_sure(found, split.measure, part)]
    if not sure:
        return f"{in_all}: no part of it is certain over {found.replications} replications."
    said = ", ".join(_said(found, name, split.measure, part) for part in sure[:MOST_SAID])
    return f"{in_all}: {said}."


def headline(found: Counterfactual, name: GameName, split: Split) -> str:
    """The same in the few words of a title."""
    sure = [part for part in ordered(split) if is_sure(found, split.measure, part)]
    if found.replications < 2 or not sure:
        return sentence(found, name, split).removesuffix(".")
    size, biggest = change(found, split.measure, sure[0].found.mean), sure[0]
    in_all = change(found, split.measure, split.whole.mean)
    called = title(found, split.measure)
    return f"{called} {in_all}, most of all {size} {_carried(name, biggest)}"


def sentences(found: Counterfactual, name: GameName, game: Game) -> list[str]:
    """A sentence for each main measure, also for one that cannot be split."""
    return [
        undefined(found, measure) if split is None else sentence(found, name, split)
        for measure in found.measures
        for split in [game.split(measure)]
    ]


def is_sure(found: Counterfactual, measure: str, part: Part) -> bool:
    """Whether a part is more than chance, and not written as nothing."""
    written = change(found, measure, part.found.mean)
    return part.found.excludes_zero and not numbers.is_nothing(written)


def order_note(found: Counterfactual) -> str:
    """How sampled orders are read; empty where all sets were run."""
    if not found.orders:
        return ""
    of = "one sampled order" if found.orders == 1 else f"{found.orders} sampled orders"
    return (
        f"From {of} of the parts, each of which adds up; ± orders is twice the standard error for "
        "want of the others (none is known from a single order)."
    )


def _said(found: Counterfactual, name: GameName, measure: str, part: Part) -> str:
    size = " ".join(
        filter(None, (change(found, measure, part.found.mean), margin(measure, part.found)))
    )
    return f"{size} {_carried(name, part)}"


def _carried(name: GameName, part: Part) -> str:
    """By which change, through which mechanism, or directly."""
    if part.title == DIRECT:
        return DIRECT
    return f"{'by' if name == 'which_change' else 'through'} {part.title}"


def _row(written: Notation, called: str, moved: Estimate) -> tuple[str, str, str]:
    margin = written.margin(moved.half_width).removeprefix("±")
    return called, written.change(moved.mean), margin
