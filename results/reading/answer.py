"""The answer in one line: what the favoured policy does, for better and for worse."""

from __future__ import annotations

from results.comparison.comparison import Comparison
from results.comparison.reported import is_reported
from results.measures.registry import MEASURES
from results.reading.changes import moved_words, subject_within
from results.reading.headlines import HEADLINES, IN_ALL
from results.reading.hero import Hero, hero_of
from results.reading.listing import joined
from results.reading.names import titles_together
from results.reading.notation import pair_notation

_MOST_BETTER, _MOST_WORSE = 4, 2
_ALIKE = {
    "asa": {"wait_all"},
    "wait_p90": {"wait_all", "asa"},
    "fcr": {"fcr_complaints"},
    "time_to_agent": {"wait_all", "asa"},
    "never_reached": {"abandonment"},
    "service_cost": {IN_ALL},
    "revenue_at_risk": {IN_ALL},
}
"""Measures that are not told next to others that say nearly the same."""
_FIRST = ("fcr_complaints", "fcr", "wait_all", "asa", IN_ALL, "service_cost")


def answer(
    comparison: Comparison,
    chosen: str | None = None,
    most: tuple[int, int] = (_MOST_BETTER, _MOST_WORSE),
) -> str:
    """The answer of a whole comparison in a sentence.

    Args:
        comparison: of the whole centre.
        chosen: the policy that the reader wants it about.
        most: how much is named at most that gets better, and that gets worse; with less than is
            usual, policies that come out alike are left out as well.
    """
    called = comparison.called
    base = called(comparison.baseline)
    if not comparison.others:
        return f"Only {base} was run: there is nothing to compare it with."
    if comparison.replications < 2:
        return "One replication: a difference may be chance. Run more replications for an answer."
    hero = hero_of(comparison, chosen)
    if hero is None:
        return (
            f"No policy differs from {base} for certain by as much as matters, "
            f"over {comparison.replications} replications."
        )
    name = called(hero.policies[0])
    alike = titles_together(map(comparison.title_of, hero.policies[1:]))
    said = f" {alike} comes out alike in {MEASURES[hero.measure].title.lower()}." if alike else ""
    brief = most < (_MOST_BETTER, _MOST_WORSE)
    return _sentence(comparison, hero, name, base, most) + ("" if brief else said)


def _sentence(
    comparison: Comparison, hero: Hero, name: str, base: str, most: tuple[int, int]
) -> str:
    """What gets better under the policy, then what gets worse."""
    better, worse = (_clauses(comparison, hero, effect) for effect in ("better", "worse"))
    good, bad = joined(better[: most[0]]), joined(worse[: most[1]])
    if good and bad:
        return f"{name}: {good}; but {bad}."
    if good:
        return f"{name}: {good}."
    if bad and not hero.helps:
        return f"No policy is better than {base} in what decides; {name} is worst: {bad}."
    return (
        f"{name}: {bad}." if bad else f"{name} differs from {base} in what is neither good nor bad."
    )


def _clauses(comparison: Comparison, hero: Hero, effect: str) -> list[str]:
    """What gets better or worse, from one figure to the other, the most important first."""
    policy, said = hero.policies[0], []
    told: set[str] = set()
    names = dict.fromkeys((*_FIRST, hero.measure, *(line.measure for line in HEADLINES)))
    for name in names:
        if (policy, name) not in comparison.claims or name not in comparison.measures:
            continue
        difference = comparison.findings[policy, name].difference
        if difference is None or difference.effect != effect or _ALIKE.get(name, set()) & told:
            continue
        before, after = (
            comparison.findings[p, name].mean.mean for p in (comparison.baseline, policy)
        )
        unit, currency = MEASURES[name].unit, comparison.currency
        apart = pair_notation(before, after, unit, currency).tells_apart((before, after))
        if is_reported(comparison, policy, name) and apart:
            told.add(name)
            subject = subject_within(name, comparison.answer_within_s)
            said.append(moved_words(subject, before, after, unit, currency))
    return said
