"""The measures that a manager looks at first: which rows a table of a comparison has.

Terminal, app, report and the floor show these and in this order; what a verdict names is among
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from results.comparison.comparison import Comparison
from results.comparison.money_words import DOUBTED
from results.measures.registry import MEASURES
from results.reading.headlines import HEADLINES


@dataclass(frozen=True)
class _Candidate:
    measure: str
    short: str = ""
    """Its title where room is short; empty where the title itself is short enough."""
    instead_of: str | None = None
    """Shown only where this other measure says nothing."""
    where: Literal["", "differs", "unpriced"] = ""
    """Shown only where the policies differ in it, or where nothing says what it costs in all."""
    beside: str | None = None
    """Shown only where this other measure says something."""


_CANDIDATES = (
    _Candidate("blocked", where="differs"),
    _Candidate("closed", where="differs"),
    _Candidate("turned_away", where="differs"),
    _Candidate("lost_in_menu", where="differs"),
    _Candidate("service_level"),
    _Candidate("wait_all", where="differs"),
    _Candidate("asa", "Speed of answer"),
    _Candidate("wait_p90", "90 % answered in"),
    _Candidate("time_to_agent", beside="callbacks_taken"),
    _Candidate("never_reached", beside="callbacks_taken"),
    _Candidate("abandonment"),
    _Candidate("hung_up_on_hold"),
    _Candidate("hung_up_in_transfer"),
    _Candidate("response_within_target", "Written in target", instead_of="service_level"),
    _Candidate("response_time", "Written answer", instead_of="service_level"),
    _Candidate("fcr_complaints", "Complaints at 1st contact"),
    _Candidate("fcr", "Resolved at 1st contact", instead_of="fcr_complaints"),
    _Candidate("csat_true", "Satisfaction", where="differs"),
    _Candidate("failure_demand", where="differs"),
    _Candidate("escalation_rate", where="differs"),
    _Candidate("approvals_per_complaint", "Approvals / complaint"),
    _Candidate("approval_wait", "Wait for approval"),
    _Candidate("approval_hold", "Hold where asked"),
    _Candidate("approval_undecided"),
    _Candidate("promises_kept", where="differs"),
    _Candidate("outbound_dials"),
    _Candidate("outbound_right_party", "… customers spoken with"),
    _Candidate("outbound_abandoned", "… answered, met nobody"),
    _Candidate("outbound_list_done", "… list done"),
    _Candidate("coaching_done", "Coaching, own work"),
    _Candidate("occupancy", instead_of="coaching_done"),
    _Candidate("unresolved", "Still open", where="differs"),
    _Candidate("backlog", where="differs"),
    _Candidate("service_cost"),
    _Candidate("remedies_due", where="differs"),
    _Candidate("remedies_paid", "Remedies paid a day"),
    _Candidate("remedies_withheld", "Owed, withheld a day", where="unpriced"),
    _Candidate("remedies_open", "Owed, open a day", where="unpriced"),
    _Candidate("revenue_at_risk"),
    _Candidate("people_told", "People told a day", beside="revenue_at_risk"),
    _Candidate("total_cost"),
)

CANDIDATES = tuple(candidate.measure for candidate in _CANDIDATES)
"""Every measure that may be shown first, in order."""

_SHORT = {candidate.measure: candidate.short for candidate in _CANDIDATES}

_BESIDE = tuple(candidate.beside for candidate in _CANDIDATES if candidate.beside)

ASKED = tuple(
    dict.fromkeys((*CANDIDATES, *_BESIDE, *(line.measure for line in HEADLINES), *DOUBTED))
)
"""Measures that have to be compared for the rows, the trade-off and the verdict."""

WEEKLY = (
    *("asa", "fcr_complaints", "fcr", "csat_true", "failure_demand", "abandonment"),
    *("total_cost", "service_cost"),
)
"""Measures that are shown week by week, the most important first."""

OF_QUEUES = ("overflowed_out", "taken_over", "number_waiting", "followup_wait")
"""Measures that are shown of queues besides those of the whole."""

AT_LEAST = "handled"
"""Shown when there is nothing else to say; it exists for every part of a centre."""

_ZERO_SAYS_NOTHING = frozenset(
    {
        *("service_cost", "total_cost", "revenue_at_risk"),
        *("remedies_due", "remedies_paid", "remedies_withheld", "remedies_open"),
        *("approvals_per_complaint", "approval_undecided", "escalation_rate"),
        *("hung_up_on_hold", "hung_up_in_transfer", "never_reached"),
        *("outbound_abandoned", "outbound_dials"),
    }
)
"""A cost of zero is none written down; nobody asks where nobody has to."""

_NINE_IN_TEN, _OFF_THE_LINE = "wait_p90", "callbacks_taken"
_MOST_OFF_THE_LINE = 0.1
"""Where more customers take a callback, nine in ten are not answered on the line: the time within
which nine in ten of the others are would read as if it were that of all."""

_CANNOT_FAIL = "fcr"
"""Where all succeed in it, there is nothing to fail at."""

Means = Mapping[str, Sequence[float]]
"""By measure, its mean under each policy; NaN where undefined."""


def rows_of(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """The measures to show unless others are asked for.

    Args:
        comparisons: of the cuts that are shown, each with its measures.
    """
    parts = [means_of(comparison) for comparison in comparisons]
    if not parts or comparisons[0].cut[0] != "queue":
        return rows_for(parts)
    told = [name for name in OF_QUEUES if any(says_something(name, one[name]) for one in parts)]
    return ("offered", *(name for name in rows_for(parts) if name != AT_LEAST), *told)


def rows_for(parts: Sequence[Means]) -> tuple[str, ...]:
    """The measures to show, by their means in every part of the centre that is shown."""
    telling = {
        measure
        for means in parts
        for measure, found in means.items()
        if says_something(measure, found)
    }
    shown = [
        candidate.measure
        for candidate in _CANDIDATES
        if candidate.measure in telling
        and (candidate.measure != _NINE_IN_TEN or not _leave_the_line(parts))
        and candidate.instead_of not in telling
        and (candidate.beside is None or candidate.beside in telling)
        and (candidate.where != "unpriced" or "total_cost" not in telling)
        and (candidate.where != "differs" or _differs(candidate.measure, parts))
    ]
    return tuple(shown) or (AT_LEAST,)


def rows_left_out(comparison: Comparison) -> tuple[str, ...]:
    """The measures that would have a row if the days of a comparison could show them."""
    means, gone = means_of(comparison), comparison.left_out
    return tuple(
        candidate.measure
        for candidate in _CANDIDATES
        if candidate.measure in gone
        and (
            candidate.beside is None
            or candidate.beside in gone
            or says_something(candidate.beside, means.get(candidate.beside, ()))
        )
    )


def _leave_the_line(parts: Sequence[Means]) -> bool:
    """Whether so many take a callback somewhere that nine in ten are not answered on the line."""
    taken = [mean for means in parts for mean in means.get(_OFF_THE_LINE, ())]
    return max(defined(taken), default=0.0) > _MOST_OFF_THE_LINE


def means_of(comparison: Comparison) -> Means:
    """The means of every measure of a comparison."""
    return {
        measure: [comparison.findings[policy, measure].mean.mean for policy in comparison.policies]
        for measure in comparison.measures
    }


def says_something(measure: str, means: Iterable[float]) -> bool:
    """Whether a measure has something to say about a centre.

    It is defined under some policy; and nil is an answer only for measures that are looked at
    first: no wait is one, no tickets are none.
    """
    found = defined(means)
    if measure == _CANNOT_FAIL and found == {1.0}:
        return False
    zero_is_an_answer = measure in CANDIDATES and measure not in _ZERO_SAYS_NOTHING
    return bool(found) and (zero_is_an_answer or found != {0.0})


def is_open(means: Iterable[float]) -> bool:
    """Whether policies could differ in a number.

    False where it is undefined under some policy, and where nothing or all is under each: nobody
    hangs up, nothing costs, everything is resolved.
    """
    found = set(means)
    return found not in (set(), {0.0}, {1.0}) and not any(math.isnan(mean) for mean in found)


def defined(means: Iterable[float]) -> set[float]:
    """The means without those that are undefined."""
    return {mean for mean in means if not math.isnan(mean)}


def short_title(measure: str) -> str:
    """The title of a measure where room is short."""
    return _SHORT.get(measure) or MEASURES[measure].title


def _differs(measure: str, parts: Iterable[Means]) -> bool:
    """Whether policies differ in a measure by more than rounding; one alone has to have it."""
    for means in parts:
        here = means.get(measure, ())
        found = defined(here) if len(here) > 1 else {*defined(here), 0.0}
        least = 0.0005 if MEASURES[measure].unit == "share" else 0.0005 * max(found, default=0.0)
        if found and max(found) - min(found) > least:
            return True
    return False
