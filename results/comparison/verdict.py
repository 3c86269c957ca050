"""Verdicts: what a policy changes, for customers first and then in money, in a manager's words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from results.comparison.comparison import Comparison, Verdicts
from results.comparison.doubts import NO_DOUBTS, SENT_OFF
from results.comparison.estimate import Estimate
from results.comparison.money_words import (
    NOT_PRICED,
    break_even_words,
    doubt_words,
    value_words,
    worth_words,
)
from results.comparison.reported import (
    defined_headlines,
    difference_of,
    is_marked,
    is_reported,
)
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.changes import moved_words, subject_within
from results.reading.headlines import CASH, IN_ALL, SERVICE, Headline
from results.reading.notation import pair_notation
from results.reading.within import within

_MOST_FURTHER = 200
"""So many more replications nobody runs for one sentence; a larger number is not named."""


def verdicts(comparison: Comparison) -> Verdicts:
    """Say for each policy what differs, what is practically the same, and what is not known yet."""
    headlines = defined_headlines(comparison)
    sentences = {policy: _sentences(comparison, policy, headlines) for policy in comparison.others}
    return Verdicts(sentences, _overall(comparison, headlines))


def _overall(comparison: Comparison, headlines: Sequence[Headline]) -> str:
    base, count = comparison.called(comparison.baseline), comparison.replications
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
    looked = f" Looked at: {_listed(comparison, headlines)}." if headlines else ""
    return (
        f"No policy differs for certain from {base} over {count} replications, among "
        f"{len(comparison.claims)} claims.{looked}"
    )


def _sentences(comparison: Comparison, policy: str, headlines: Sequence[Headline]) -> str:
    reported = [line for line in headlines if is_reported(comparison, policy, line.measure)]
    rest = [
        line
        for line in headlines
        if line not in reported and difference_of(comparison, policy, line.measure).estimate.n
    ]
    marked = [line for line in rest if is_marked(comparison, policy, line.measure)]
    # Next to what differs, what lies behind it is left to the table.
    left_out = ("part", "detail") if reported else ("part",)
    others = [line for line in rest if line not in marked and line.kind not in left_out]
    if not reported:
        parts = (
            f"no certain difference from {comparison.called(comparison.baseline)}",
            _rest_words(comparison, policy, others),
        )
        found = ["; ".join(part for part in parts if part) + "."]
    else:
        found = [
            _of_service(comparison, policy, reported, others),
            _of_money(comparison, policy, reported),
        ]
    found += [_marked_words(comparison, policy, marked)]
    found += [_moved_off_words(comparison, policy), value_words(comparison, policy)]
    found += [_moved_over_words(comparison, policy)]
    found += [doubt_words(comparison, policy), _nobody_resolved(comparison, policy)]
    said = " ".join(part for part in found if part)
    return f"{comparison.called(policy)}: {said[:1].lower()}{said[1:]}"


def _rest_words(comparison: Comparison, policy: str, lines: Sequence[Headline]) -> str:
    """What is practically the same, and what is not known yet."""
    outcomes = {line: comparison.claims[policy, line.measure].outcome for line in lines}
    same = [line for line in lines if outcomes[line] != "unknown"]
    unknown = [line for line in lines if outcomes[line] == "unknown"]
    parts = (("practically the same", same), ("not known yet", unknown))
    return "; ".join(f"{said}: {_listed(comparison, of)}" for said, of in parts if of)


def _marked_words(comparison: Comparison, policy: str, lines: Sequence[Headline]) -> str:
    """What has a mark in the table and is no certain claim, and what would decide it."""
    if not lines:
        return ""
    count = len(comparison.claims)
    claims = f"{count} {'claim' if count == 1 else 'claims'}"
    said = f"Marked, but among {claims} not certain: {_listed(comparison, lines)}"
    further = max(comparison.claims[policy, line.measure].further for line in lines)
    if further > _MOST_FURTHER:
        return f"{said}."
    more = words.number(_rounded_up(further))
    noun = "replication" if more == "1" else "replications"
    return f"{said}; about {more} more {noun} would decide."


def _rounded_up(count: float) -> float:
    """A whole number with two digits that count."""
    step = 10.0 ** max(math.floor(math.log10(max(count, 1.0))) - 1, 0)
    return math.ceil(count / step) * step


def _of_service(
    comparison: Comparison, policy: str, reported: Sequence[Headline], unsaid: Sequence[Headline]
) -> str:
    """What customers notice: those sent off first, what does not differ for certain last."""
    gone = [line for line in reported if line.measure in SENT_OFF]
    said = [
        line
        for line in reported
        if line.kind in ("service", "detail")
        and line not in gone
        and not _is_repeated(comparison, policy, line, reported)
    ]
    clauses = ", ".join(_clause(comparison, policy, line) for line in gone)
    rest = _in_figures(comparison, policy, said)
    if clauses and rest:
        among = "; of the others: " if _sends_off(comparison, policy) else "; "
        rest = among + rest
    chance = " (one replication, may be chance)" if comparison.replications < 2 else ""
    same = "" if chance else _rest_words(comparison, policy, unsaid)
    parts = "; ".join(part for part in (clauses + rest, same) if part)
    return f"{parts}{chance}." if parts else ""


def _in_figures(comparison: Comparison, policy: str, said: Sequence[Headline]) -> str:
    """What customers notice with its figures, and after that only whether the details fell or rose.

    The table has the figures of the details; where there is nothing else they are said here.
    """
    main = [line for line in said if line.kind == "service"]
    if not main:
        return ", ".join(_clause(comparison, policy, line) for line in said)
    details = [line for line in said if line.kind == "detail"]
    fell = [line for line in details if _falls(comparison, policy, line)]
    rose = [line for line in details if line not in fell]
    parts = [", ".join(_clause(comparison, policy, line) for line in main)]
    parts += [
        f"{way}: {_listed(comparison, of)}" for way, of in (("lower", fell), ("higher", rose)) if of
    ]
    return "; ".join(parts)


def _falls(comparison: Comparison, policy: str, line: Headline) -> bool:
    return difference_of(comparison, policy, line.measure).estimate.mean < 0.0


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


def _moved_off_words(comparison: Comparison, policy: str) -> str:
    """That shorter waits on the line only moved off it; empty where none is shorter."""
    if not comparison.doubts.get(policy, NO_DOUBTS).moves_waits:
        return ""
    shorter = any(
        is_reported(comparison, policy, name) or is_marked(comparison, policy, name)
        for name in ("wait_all", "asa", "wait_p90")
        if (policy, name) in comparison.claims
        and name in comparison.measures
        and difference_of(comparison, policy, name).estimate.mean < 0.0
    )
    if not shorter:
        return ""
    return (
        "Warning: shorter waits on the line are no gain by themselves: more customers wait for a "
        "callback instead, and the first agent is not reached sooner for certain."
    )


def _moved_over_words(comparison: Comparison, policy: str) -> str:
    """That a smaller backlog is customers moved to the line; empty where it is not."""
    name = "backlog"
    if not comparison.doubts.get(policy, NO_DOUBTS).other_channels:
        return ""
    known = (policy, name) in comparison.claims and name in comparison.measures
    told = known and (is_reported(comparison, policy, name) or is_marked(comparison, policy, name))
    if not told or difference_of(comparison, policy, name).estimate.mean >= 0.0:
        return ""
    return (
        "Warning: a smaller backlog is no gain by itself: the policy has customers come by other "
        "channels, and who calls waits on the line instead."
    )


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


def _is_repeated(
    comparison: Comparison, policy: str, line: Headline, reported: Sequence[Headline]
) -> bool:
    """Whether a measure that says the same moves the same way."""
    if line.beside not in {one.measure for one in reported}:
        return False
    here, there = (
        difference_of(comparison, policy, name).estimate.mean
        for name in (line.measure, line.beside)
    )
    return (here < 0.0) == (there < 0.0)


def _clause(comparison: Comparison, policy: str, line: Headline) -> str:
    """How far a measure moves: money by how much, all else from one figure to the other."""
    if line.kind in ("money", "part"):
        return _shifted(comparison, policy, line)
    moved = difference_of(comparison, policy, line.measure).estimate
    base = comparison.findings[comparison.baseline, line.measure].mean.mean
    unit, currency = MEASURES[line.measure].unit, comparison.currency
    subject = subject_within(line.measure, comparison.answer_within_s)
    # Where it is not defined in every replication, the two means are not of the same ones.
    after = base + moved.mean
    notes = [pair_notation(base, after, unit, currency).margin(moved.half_width)]
    return _noted(comparison, moved, moved_words(subject, base, after, unit, currency), notes)


def _shifted(comparison: Comparison, policy: str, line: Headline) -> str:
    """How much more or less money there is."""
    moved = difference_of(comparison, policy, line.measure).estimate
    unit, notes = MEASURES[line.measure].unit, []
    if moved.half_width > 0.0:
        notes.append(words.margin(moved.half_width, unit, moved.mean))
    counted = line.measure == IN_ALL or (line.measure == SERVICE and not _counts_all(comparison))
    if counted and comparison.days > 1.0:
        whole = words.size(moved.mean * comparison.days, unit, comparison.currency)
        notes.append(f"{whole} over the {words.number(comparison.days)} days")
    size = words.size(moved.mean, unit, comparison.currency)
    wording = line.less if moved.mean < 0.0 else line.more
    return _noted(comparison, moved, wording.format(size), notes)


def _noted(comparison: Comparison, moved: Estimate, text: str, notes: Sequence[str]) -> str:
    """A clause with its notes, and from how many replications where it is not from all."""
    notes = [note for note in notes if note]
    if moved.n < comparison.replications:
        notes.append(f"in {moved.n} of {comparison.replications} replications")
    return f"{text} ({', '.join(notes)})" if notes else text


def _counts_all(comparison: Comparison) -> bool:
    """Whether there is a cost in all: it is said who stays a customer."""
    found = comparison.findings.get((comparison.baseline, IN_ALL))
    return found is not None and found.mean.n > 0


def _listed(comparison: Comparison, headlines: Iterable[Headline]) -> str:
    """What measures are called where no figure is given."""
    return ", ".join(line.noun.format(within=_within(comparison)) for line in headlines)


def _within(comparison: Comparison) -> str:
    return within(comparison.answer_within_s)
