"""A ranking as a reader sees it: a row for each policy, and what it comes to in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from results.comparison.ranking import Place, Ranking
from results.measures.registry import MEASURES
from results.reading.listing import joined
from results.reading.names import in_a_sentence
from results.reading.notation import row_notation
from scenarios.shares import percent_as_given


@dataclass(frozen=True)
class Row:
    """A policy in its place."""

    policy: str
    rank: str
    """The ranks that it can have: ``1``, ``2 to 4``."""
    title: str
    value: str
    margin: str
    behind: str
    """How far from the first of the order; empty for the first itself."""
    behind_margin: str
    alike: str
    """Titles of the policies that it cannot be told apart from."""
    alike_policies: tuple[str, ...] = ()
    """The same policies by their names."""


def rows_of(found: Ranking, titles: Mapping[str, str], currency: str) -> list[Row]:
    """The places of a ranking, ready to be read.

    Args:
        found: the ranking.
        titles: of the policies.
        currency: of money.
    """
    unit = MEASURES[found.measure].unit
    gaps = [one.behind.mean for one in found.places if one.behind.n]
    number = row_notation([one.mean.mean for one in found.places], gaps, unit, currency)
    return [
        Row(
            policy=one.policy,
            rank=_rank(one),
            title=titles[one.policy],
            value=number.value(one.mean.mean),
            margin=number.margin(one.mean.half_width),
            behind=number.change(one.behind.mean) if one.behind.n else "",
            behind_margin=number.margin(one.behind.half_width) if one.behind.n else "",
            alike=joined([titles[name] for name in one.alike]) if one.alike else "",
            alike_policies=tuple(one.alike),
        )
        for one in found.places
    ]


def _rank(place: Place) -> str:
    if place.best == place.worst:
        return f"{place.best}"
    return f"{place.best} to {place.worst}"


def ranking_sentence(found: Ranking, titles: Mapping[str, str], title: str) -> str:
    """Which policies may be the best by a measure, and which is the last for certain.

    Args:
        found: the ranking.
        titles: of the policies.
        title: of the measure.
    """
    small = title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
    by = f"By {in_a_sentence(small)}"
    if not found.places:
        return f"{by} nothing is known."
    if found.replications < 2:
        return f"{by} there is no order after one replication: run more."
    called = [in_a_sentence(titles[name]) for name in found.first]
    if len(called) == len(found.places):
        return f"{by} no policy is known to be better than the others."
    last = found.places[-1]
    if len(called) == 1:
        said = f"{by} {called[0]} is the best for certain"
    else:
        said = f"{by} the best is {joined(called, 'or')}: they cannot be told apart"
    if last.best == last.worst == len(found.places):
        said += f", and {in_a_sentence(titles[last.policy])} is the last"
    return f"{said}."


def ranking_note(found: Ranking) -> str:
    """How sure a ranking is, in a sentence."""
    return (
        "Ranks and differences from the first hold together with "
        f"{percent_as_given(found.confidence)} ({found.replications} replications, Bonferroni "
        f"over all {found.pairs} pairs)."
    )
