"""Centres in sentences that a manager reads."""

from __future__ import annotations

from collections.abc import Sequence

from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.headlines import HEADLINES
from results.uncertain.answer import Centres
from results.uncertain.spread import Spread

TITLE = "In centres that fit your figures"

COLUMNS = ("Difference", "Better in", "Between centres", "Chance")
"""Heads of the columns behind the name of the measure."""


def sentences(found: Centres, measure: str) -> list[str]:
    """The sentence of each policy but the baseline."""
    return [sentence(found, policy, measure) for policy in found.policies[1:]]


def sentence(found: Centres, policy: str, measure: str) -> str:
    """In how many centres a policy is better, by one measure."""
    title, spread = found.title_of(policy), found.spreads.get((policy, measure))
    by = MEASURES[measure].title
    if spread is None:
        return f"{title}: {by} cannot be compared in these centres."
    low, high = spread.interval
    same = spread.centres - spread.better - spread.worse
    alike = f", the same in {same}" if same else ""
    change = numbers.change(spread.difference.mean, MEASURES[measure].unit, found.currency)
    return (
        f"{title}: better in {spread.better} of {spread.centres} centres that fit your figures"
        f"{alike}. Of all that fit these are {100 * low:.0f} to {100 * high:.0f} % "
        f"(95 % interval). {by}: {change} on average; {_why_it_varies(spread, found)}"
    )


def _why_it_varies(spread: Spread, found: Centres) -> str:
    """Whether a difference varies because figures are not known, or by chance."""
    unit = MEASURES[spread.measure].unit
    between, within = (
        numbers.size(one, unit, found.currency) for one in (spread.between, spread.within)
    )
    if spread.clipped or numbers.is_nothing(between):
        return f"centres differ by no more than chance, which is {within}."
    return f"centres differ by {between}, two runs of the same centre by chance by {within}."


def shown_measures(found: Centres, first: str, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The measures of a table: those asked for, else what customers notice and the money.

    Args:
        found: the centres.
        first: the measure of the sentences, which stands first.
        wanted: by name; None is the usual.
    """
    there = {measure for _, measure in found.spreads}
    if wanted is not None:
        return tuple(name for name in wanted if name in there)
    usual = [
        line.measure
        for line in HEADLINES
        if line.kind in ("service", "money") and line.beside is None and line.measure in there
    ]
    differ = [name for name in usual if any(_differs(found, name))]
    return tuple(dict.fromkeys((*([first] if first in there else []), *differ)))


def _differs(found: Centres, measure: str) -> list[bool]:
    unit = MEASURES[measure].unit
    return [
        not numbers.is_nothing(numbers.size(one.difference.mean, unit, found.currency))
        for (_, name), one in found.spreads.items()
        if name == measure
    ]


def cells(spread: Spread, currency: str) -> tuple[str, str, str, str]:
    """A row of the table behind the name of its measure."""
    unit = MEASURES[spread.measure].unit
    return (
        numbers.change(spread.difference.mean, unit, currency),
        f"{spread.better} of {spread.centres}",
        numbers.size(spread.between, unit, currency),
        numbers.size(spread.within, unit, currency),
    )


def _how_drawn(found: Centres) -> str:
    """Whether figures are drawn together."""
    together = sum(1 for one in found.unknowns if one.drawn)
    if not together:
        return "drawn independently"
    rest = "" if together == len(found.unknowns) else ", the others independently"
    return f"{together} of them together, as they were estimated from days drawn anew{rest}"


def method(found: Centres) -> str:
    """How it was done and what the columns are, in sentences."""
    own = sum(1 for one in found.unknowns if not one.title)
    stopped = "" if found.centres == found.asked else f" of {found.asked} asked for, interrupted"
    return (
        f"{found.centres} centres{stopped}, each with figures of its own within their ranges "
        f"({own} of [uncertain], {len(found.unknowns) - own} of the register of assumptions), "
        f"{_how_drawn(found)}; the same centre and the same customers under every policy, two "
        "replications each. A centre counts as better by the mean of its two. Between centres and "
        "chance are standard deviations: of what is not known, and of one replication. Where the "
        "first is larger, better figures would narrow the answer; where the second is, more days "
        f"or replications would. Differences are from {found.called(found.policies[0])}."
    )
