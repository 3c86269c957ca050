"""Verdicts: what a policy changes, for customers first and then in money, in a manager's words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from results.comparison.comparison import Comparison, Difference, Verdicts
from results.comparison.doubts import NO_DOUBTS, SENT_OFF
from results.comparison.money_words import (
    NOT_PRICED,
    break_even_words,
    doubt_words,
    value_words,
    worth_words,
)
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.headlines import CASH, HEADLINES, IN_ALL, SERVICE, Headline
from results.reading.rows import defined, is_open, means_of

_MATTERS = 0.01
"""A policy that moves the cost by less than this share does not decide by its cost."""


def verdicts(comparison: Comparison) -> Verdicts:
    """Say for each policy what it clearly changes, what not, and for all when nothing does."""
    headlines = _defined(comparison)
    sentences = {policy: _sentences(comparison, policy, headlines) for policy in comparison.others}
    return Verdicts(sentences, _overall(comparison, headlines))


def deciding(comparison: Comparison) -> str:
    """The measure that decides: the money where it counts, else what a policy moves first.

    The money counts where lost customers are part of it, or a policy moves it clearly by a share
    that matters.
    """
    headlines = _defined(comparison)
    named = {line.measure for line in headlines}
    money = IN_ALL if IN_ALL in named else SERVICE
    if money == IN_ALL:
        return IN_ALL
    reported = [
        (line, difference_of(comparison, policy, line.measure).relative)
        for line in headlines
        for policy in comparison.others
        if line.kind != "part" and is_reported(comparison, policy, line.measure)
    ]
    costs = [abs(relative) for line, relative in reported if line.measure == money]
    if reported and max(costs, default=0.0) < _MATTERS:
        return reported[0][0].measure
    return money if money in named else "asa"


def _overall(comparison: Comparison, headlines: Sequence[Headline]) -> str:
    base, count = comparison.baseline, comparison.replications
    if not comparison.others:
        return f"Only {base} was run: there is no policy to compare it with."
    if count < 2:
        return "With one replication a difference may be chance; run more replications."
    pairs = [(policy, line) for policy in comparison.others for line in headlines]
    if any(is_reported(comparison, policy, line.measure) for policy, line in pairs):
        named = {line.measure for line in headlines}
        if IN_ALL in named:
            # Without [loyalty] of its own the baseline values nobody; each policy's doubt says so.
            return "" if math.isnan(comparison.customer_value) else worth_words(comparison)
        priced = any(line.kind in ("money", "part") for line in headlines)
        return (comparison.unseen or NOT_PRICED) if priced else ""
    return (
        f"No policy differs clearly from {base}{_in(_nouns(headlines))} over {count} "
        "replications; more replications may show smaller differences."
    )


def _sentences(comparison: Comparison, policy: str, headlines: Sequence[Headline]) -> str:
    reported = [line for line in headlines if is_reported(comparison, policy, line.measure)]
    rest = _nouns(
        line
        for line in headlines
        if line not in reported and difference_of(comparison, policy, line.measure).estimate.n
    )
    if not reported:
        found = [f"no clear difference from {comparison.baseline}{_in(rest)}."]
    else:
        found = [
            _of_service(comparison, policy, reported, rest),
            _of_money(comparison, policy, reported),
        ]
    found += [value_words(comparison, policy)]
    found += [doubt_words(comparison, policy), _nobody_resolved(comparison, policy)]
    said = " ".join(part for part in found if part)
    return f"{policy}: {said[:1].lower()}{said[1:]}"


def _of_service(
    comparison: Comparison, policy: str, reported: Sequence[Headline], unclear: Sequence[str]
) -> str:
    """What customers notice: those sent off first, what does not clearly change last."""
    gone = [line for line in reported if line.measure in SENT_OFF]
    said = [line for line in reported if line.kind == "service" and line not in gone]
    clauses = ", ".join(_clause(comparison, policy, line) for line in gone)
    rest = ", ".join(_clause(comparison, policy, line) for line in said)
    if clauses and rest:
        among = "; of the others: " if _sends_off(comparison, policy) else "; "
        rest = among + rest
    chance = " (one replication, may be chance)" if comparison.replications < 2 else ""
    same = f"no clear difference{_in(unclear)}" if unclear and not chance else ""
    parts = "; ".join(part for part in (clauses + rest, same) if part)
    return f"{parts}{chance}." if parts else ""


def _of_money(comparison: Comparison, policy: str, reported: Sequence[Headline]) -> str:
    """The money: the amount that counts, with what it is made of, and when it pays."""
    money = [line for line in reported if line.kind in ("money", "part")]
    if not money:
        return ""
    total = next((line for line in money if line.measure == IN_ALL), None)
    parts = ", ".join(_clause(comparison, policy, line) for line in money if line is not total)
    pays = break_even_words(comparison, policy)
    if total is None:
        return " ".join(part for part in (f"A day: {parts}." if parts else "", pays) if part)
    head = _clause(comparison, policy, total)
    # Cash is no part of the amount: what is owed counts as owed, whether or not it is paid.
    summed = [line for line in money if line is not total and line.measure != CASH]
    parts = ", ".join(_clause(comparison, policy, line) for line in summed)
    cash = "".join(_clause(comparison, policy, line) for line in money if line.measure == CASH)
    said = f"{head}{f': {parts}' if parts else ''}{f'; in cash, {cash}' if cash else ''}"
    return f"A day costs {said}.{f' {pays}' if pays else ''}"


def _nobody_resolved(comparison: Comparison, policy: str) -> str:
    name = "cost_per_resolution"
    if name not in comparison.measures:
        return ""
    under, base = (comparison.findings[one, name].mean for one in (policy, comparison.baseline))
    if under.n == 0 and base.n > 0:
        return "Nobody is resolved, so there is no cost per resolved case."
    return ""


def _sends_off(comparison: Comparison, policy: str) -> bool:
    return comparison.doubts.get(policy, NO_DOUBTS).sends_off


def is_reported(comparison: Comparison, policy: str, measure: str) -> bool:
    """Whether a difference is reported: it is clear and does not round to nothing."""
    difference = difference_of(comparison, policy, measure)
    sure = difference.clear or comparison.replications < 2
    return sure and not words.is_nothing(_size(comparison, measure, difference))


def _clause(comparison: Comparison, policy: str, line: Headline) -> str:
    difference = difference_of(comparison, policy, line.measure)
    moved = difference.estimate
    wording = line.less if moved.mean < 0.0 else line.more
    unit, notes = MEASURES[line.measure].unit, []
    if moved.half_width > 0.0:
        notes.append(words.margin(moved.half_width, unit, moved.mean))
    counted = line.measure == IN_ALL or (line.measure == SERVICE and not _counts_all(comparison))
    if counted and comparison.days > 1.0:
        whole = words.size(moved.mean * comparison.days, unit, comparison.currency)
        notes.append(f"{whole} over the {words.number(comparison.days)} days")
    if moved.n < comparison.replications:
        notes.append(f"in {moved.n} of {comparison.replications} replications")
    text = wording.format(_size(comparison, line.measure, difference))
    return f"{text} ({', '.join(notes)})" if notes else text


def _counts_all(comparison: Comparison) -> bool:
    """Whether there is a cost in all: it is said who stays a customer."""
    found = comparison.findings.get((comparison.baseline, IN_ALL))
    return found is not None and found.mean.n > 0


def _size(comparison: Comparison, measure: str, difference: Difference) -> str:
    return words.size(difference.estimate.mean, MEASURES[measure].unit, comparison.currency)


def difference_of(comparison: Comparison, policy: str, measure: str) -> Difference:
    """How far a policy moves a measure away from the baseline."""
    difference = comparison.findings[policy, measure].difference
    assert difference is not None, "only the baseline has no difference from it"
    return difference


def _defined(comparison: Comparison) -> tuple[Headline, ...]:
    """The headlines about which there is something to say."""
    means = means_of(comparison)
    there = {name for name, found in means.items() if is_open(defined(found))}
    return tuple(
        line for line in HEADLINES if line.measure in there and line.instead_of not in there
    )


def _nouns(headlines: Iterable[Headline]) -> list[str]:
    """What is named where it does not clearly change."""
    return [line.noun for line in headlines if line.noun]


def _in(nouns: Sequence[str]) -> str:
    """Where there is no difference: " in waits, cost or abandonment"; nothing when nowhere."""
    *first, last = [*nouns] or [""]
    named = f"{', '.join(first)} or {last}" if first else last
    return f" in {named}" if named else ""
