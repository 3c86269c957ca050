"""Verdicts: what a policy changes, one sentence each, in a manager's words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results import format as words
from results.measures.registry import MEASURES

if TYPE_CHECKING:
    from results.compare import Comparison, Difference


@dataclass(frozen=True)
class Headline:
    """A measure that belongs into the verdict, and how its difference is said."""

    measure: str
    noun: str
    less: str
    more: str
    instead_of: str | None = None
    """Said only where this other measure is not defined."""
    together_with: str | None = None
    """Said only where this other measure is defined."""


HEADLINES = (
    Headline("asa", "waits", "customers wait {} less", "customers wait {} longer"),
    Headline(
        "fcr_complaints",
        "complaints resolved at first contact",
        "{} fewer complaints are resolved at first contact",
        "{} more complaints are resolved at first contact",
    ),
    Headline(
        "fcr",
        "cases resolved at first contact",
        "{} fewer cases are resolved at first contact",
        "{} more cases are resolved at first contact",
        instead_of="fcr_complaints",
    ),
    Headline(
        "abandonment",
        "abandonment",
        "{} fewer customers hang up while waiting",
        "{} more customers hang up while waiting",
    ),
    Headline("csat_true", "satisfaction", "satisfaction is {} lower", "satisfaction is {} higher"),
    Headline(
        "operating_cost",
        "operating cost",
        "the centre costs {} less a day",
        "the centre costs {} more a day",
        together_with="revenue_at_risk",
    ),
    Headline(
        "revenue_at_risk",
        "revenue at risk",
        "{} less revenue a day is at risk",
        "{} more revenue a day is at risk",
    ),
    Headline("total_cost", "total cost", "at {} less a day in all", "at {} more a day in all"),
)


MONEY = "total_cost"
_MATTERS = 0.01
"""A policy that moves the total cost by less than this share does not decide by its cost."""


@dataclass(frozen=True)
class Verdicts(Mapping[str, str]):
    """The sentences by policy; printed, they stand under each other."""

    sentences: Mapping[str, str]
    overall: str
    """What holds for all policies together; empty when the sentences say it all."""

    def __getitem__(self, policy: str) -> str:
        """The sentence of one policy."""
        return self.sentences[policy]

    def __iter__(self) -> Iterator[str]:
        """The policies that have a sentence, in order."""
        return iter(self.sentences)

    def __len__(self) -> int:
        """Count the sentences."""
        return len(self.sentences)

    def __str__(self) -> str:
        """One sentence a line, the overall one last."""
        return "\n".join([*self.sentences.values(), *([self.overall] if self.overall else [])])


def verdicts(comparison: Comparison) -> Verdicts:
    """Say for each policy what it clearly changes, what not, and for all when nothing does."""
    headlines = _defined(comparison)
    sentences = {policy: _sentence(comparison, policy, headlines) for policy in comparison.others}
    return Verdicts(sentences, _overall(comparison, headlines))


def deciding(comparison: Comparison) -> str:
    """The measure that decides: the money where it counts, else what a policy moves first.

    The money counts where lost customers are part of it, or a policy moves it clearly by a share
    that matters.
    """
    headlines = _defined(comparison)
    named = {line.measure for line in headlines}
    told = [
        (line, _difference(comparison, policy, line).relative)
        for line in headlines
        for policy in comparison.others
        if _is_told(comparison, policy, line)
    ]
    costs = [abs(relative) for line, relative in told if line.measure == MONEY]
    if told and max(costs, default=0.0) < _MATTERS and "revenue_at_risk" not in named:
        return told[0][0].measure
    return MONEY if MONEY in named else "asa"


def _overall(comparison: Comparison, headlines: Sequence[Headline]) -> str:
    base, count = comparison.baseline, comparison.replications
    if not comparison.others:
        return f"Only {base} was run: there is no policy to compare it with."
    if count < 2:
        return "With one replication a difference may be chance; run more replications."
    pairs = [(policy, line) for policy in comparison.others for line in headlines]
    if any(_is_told(comparison, policy, line) for policy, line in pairs):
        return ""
    return (
        f"No policy differs clearly from {base}{_in(line.noun for line in headlines)} over {count} "
        "replications; more replications may show smaller differences."
    )


def _sentence(comparison: Comparison, policy: str, headlines: Sequence[Headline]) -> str:
    told = [line for line in headlines if _is_told(comparison, policy, line)]
    untold = [line.noun for line in headlines if line not in told]
    if not told:
        return f"{policy}: no clear difference from {comparison.baseline}{_in(untold)}."
    said = ", ".join(_clause(comparison, policy, line) for line in told)
    rest = f"; no clear difference{_in(untold)}" if untold else ""
    if comparison.replications < 2:
        rest = " (one replication, may be chance)"
    return f"{policy}: {said}{rest}."


def _is_told(comparison: Comparison, policy: str, line: Headline) -> bool:
    """A difference is told when it is clear and does not round to nothing."""
    difference = _difference(comparison, policy, line)
    sure = difference.clear or comparison.replications < 2
    return sure and any(digit in _size(comparison, line, difference) for digit in "123456789")


def _clause(comparison: Comparison, policy: str, line: Headline) -> str:
    difference = _difference(comparison, policy, line)
    wording = line.less if difference.estimate.mean < 0.0 else line.more
    notes = []
    if difference.estimate.half_width > 0.0:
        unit = MEASURES[line.measure].unit
        moved = difference.estimate
        notes.append(words.margin(moved.half_width, unit, moved.mean))
    if difference.estimate.n < comparison.replications:
        notes.append(f"in {difference.estimate.n} of {comparison.replications} replications")
    text = wording.format(_size(comparison, line, difference))
    return f"{text} ({', '.join(notes)})" if notes else text


def _size(comparison: Comparison, line: Headline, difference: Difference) -> str:
    unit = MEASURES[line.measure].unit
    return words.size(difference.estimate.mean, unit, comparison.currency)


def _difference(comparison: Comparison, policy: str, line: Headline) -> Difference:
    difference = comparison.findings[policy, line.measure].difference
    assert difference is not None, "only the baseline has no difference from it"
    return difference


def _defined(comparison: Comparison) -> tuple[Headline, ...]:
    """The headlines about which there is something to say."""
    there = {name for name in comparison.measures if _is_at_stake(comparison, name)}
    return tuple(
        line
        for line in HEADLINES
        if line.measure in there
        and line.instead_of not in there
        and (line.together_with is None or line.together_with in there)
    )


def _is_at_stake(comparison: Comparison, measure: str) -> bool:
    """False where nothing defines a measure, or nobody hangs up, nothing costs, all is solved."""
    means = {comparison.findings[policy, measure].mean.mean for policy in comparison.policies}
    defined = {mean for mean in means if not math.isnan(mean)}
    solved = {1.0} if MEASURES[measure].unit == "share" else {0.0}
    return bool(defined) and defined not in ({0.0}, solved)


def _in(nouns: Iterable[str]) -> str:
    """Where there is no difference: " in waits, cost or abandonment"; nothing when nowhere."""
    *first, last = [*nouns] or [""]
    named = f"{', '.join(first)} or {last}" if first else last
    return f" in {named}" if named else ""
