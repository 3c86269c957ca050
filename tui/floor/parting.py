"""Where two policies part: the first customer who is treated otherwise, when and how."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.live import LiveRun, Moment, What

_SLICE_S = 300.0
"""Simulated between two looks."""

Customer = tuple[float, str]
"""When somebody made contact for the first time, by what channel and why: the same under every
policy, where numbers of cases may not be."""


@dataclass(frozen=True)
class Parting:
    """The first moment at which a customer's two stories differ."""

    at: float
    """Seconds from midnight of the first day."""
    first: Moment | None
    """What happens in the first run; None when nothing does any more."""
    second: Moment | None
    case: int
    """The customer's number in the first run; in the second where the first has none."""


def parting_of(
    first: LiveRun,
    second: LiveRun,
    until: float,
    stopped: Callable[[], bool] = lambda: False,
) -> Parting | None:
    """Run both side by side until a customer is treated otherwise, at most to a time.

    Returns None when nobody is until then. It gives way between slices: the screen wants its turn.
    """
    runs = first, second
    for run in runs:
        run.keep_moments()
    moments: tuple[list[Moment], list[Moment]] = ([], [])
    now, alike = 0.0, 0
    while now < until and not stopped():
        now = min(until, now + _SLICE_S)
        for run, happened in zip(runs, moments, strict=True):
            run.advance(now)
            happened.extend(moment for moment in run.take_moments() if moment.case >= 0)
        first_told, second_told = moments
        # What was alike before is looked through once.
        lasts = first_told[alike:], second_told[alike:]
        if len(first_told) == len(second_told) and all(map(_alike, *lasts)):
            alike = len(first_told)
            time.sleep(0.001)
            continue
        found = first_difference(first_told, second_told)
        if found is not None:
            return found
    return None


def first_difference(first: Sequence[Moment], second: Sequence[Moment]) -> Parting | None:
    """The first difference in what happens to customers, of two runs told up to one time.

    Which colleague it is that answers is no difference, nor how people's numbers are given.
    """
    one, other = stories_of(first), stories_of(second)
    found: Parting | None = None
    for customer in one.keys() | other.keys():
        parting = _parted(one.get(customer, ()), other.get(customer, ()))
        if parting is not None and (found is None or parting.at < found.at):
            found = parting
    return found


def stories_of(moments: Iterable[Moment]) -> Mapping[Customer, list[Moment]]:
    """What happens to each customer, in order."""
    who: dict[int, Customer] = {}
    stories: dict[Customer, list[Moment]] = {}
    for moment in moments:
        if moment.case < 0:
            continue
        customer = who.setdefault(moment.case, (moment.at, moment.detail))
        stories.setdefault(customer, []).append(moment)
    return stories


def _parted(one: Sequence[Moment], other: Sequence[Moment]) -> Parting | None:
    for place in range(max(len(one), len(other))):
        first = one[place] if place < len(one) else None
        second = other[place] if place < len(other) else None
        if first is not None and second is not None and _alike(first, second):
            continue
        there = [moment for moment in (first, second) if moment is not None]
        return Parting(
            at=min(moment.at for moment in there),
            first=first,
            second=second,
            case=(one or other)[0].case,
        )
    return None


def _alike(one: Moment, other: Moment) -> bool:
    """Whether the same happens to a customer at the same time."""
    return (one.at, one.what, one.amount, one.detail) == (
        other.at,
        other.what,
        other.amount,
        other.detail,
    )


def same_customer(moments: Iterable[Moment], began: float, reason: str) -> int:
    """The number that a customer has in a run, by when they first made contact; -1 for nobody."""
    for moment in moments:
        calls = moment.what is What.CALLS and moment.at == began
        if calls and moment.detail.partition("/")[2] == reason:
            return moment.case
    return -1
