"""Measures that had another name or another meaning in an earlier version.

A measure that is renamed keeps counting the versions of its definition: ``service_cost`` is the
second definition of what was called ``operating_cost`` in its first. A renamed measure whose
definition stayed what it was keeps its version, and is compared across the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

RENAMED: dict[str, str] = {
    "operating_cost": "service_cost",
    "remedy_cost": "remedies_paid",
    "remedy_cost_per_case": "remedies_paid_per_case",
}
"""The name of today by the name of then."""

GONE: dict[str, str] = {}
"""Measures that are no more, with a sentence about what to look at instead."""

_CHANCE = (
    "satisfaction is the chance to be very satisfied; transfers count from the second, and a quick "
    "approval is nearly as good as deciding alone"
)

_OF_CUSTOMERS = "of the contacts of customers, without the follow-ups that the centre makes itself"

CHANGED: dict[str, str] = {
    "escalation_rate": _OF_CUSTOMERS,
    "escalation_authority": _OF_CUSTOMERS,
    "escalation_knowledge": _OF_CUSTOMERS,
    "escalation_customer": _OF_CUSTOMERS,
    "escalation_route": _OF_CUSTOMERS,
    "transfer_rate": _OF_CUSTOMERS,
    "service_cost": "without what is owed to customers; what is paid beyond it counts",
    "total_cost": (
        "service cost, all that is owed to customers and revenue at risk; it counted only what was "
        "paid, so that refusing customers looked like saving"
    ),
    "total_cost_per_case": "follows total_cost",
    "give_away": "what is paid beyond what is owed, by case instead of by payment",
    "cost_per_contact": "service cost, without what is owed to customers",
    "cost_per_resolution": "service cost, without what is owed to customers",
    "revenue_at_risk": "a case that is still open at the end counts as unresolved",
    "give_away_per_case": "what is paid beyond what is owed, by case instead of by payment",
    "revenue_at_risk_per_case": "a case that is still open at the end counts as unresolved",
    "offered": "without those who came while the channel was closed; those turned away are in it",
    "service_level": "of those who came while it was open; those turned away count as not in time",
    "sl_credit_short": "of those who came while it was open",
    "abandonment": "of those who came while it was open",
    "abandonment_excl_short": "of those who came while it was open",
    "callbacks_taken": "of those who came while it was open",
    "redial_rate": "every try again without having been served, after a closed door too",
    "repeat_rate": "without the tries of customers who were never served",
    "fcr_net": (
        "leaves out the same cases under every policy, by what no policy of the scenario lets tier "
        "1 do"
    ),
    "fcr_no_repeat_7d": "only over cases with all seven days in the run",
    "response_within_target": "the target counts the hours in which the channel is open",
    "coaching_done": "a duty over midnight plans own work on both days, as it is done",
    "stay": (
        "over all cases; one that is still open at the end counts as unresolved; quickly wears off "
        "instead of ending after a day"
    ),
    "csat_true": _CHANCE,
    "csat_surveyed": _CHANCE,
    "survey_bias": _CHANCE,
    "survey_response": _CHANCE,
    "remedies_paid": "on cases that began in the time measured, those of the voice menu included",
    "remedies_paid_per_case": "follows remedies_paid",
}
"""What is different in the second definition of a measure, by its name of today."""


def now_called(name: str, known: Iterable[str]) -> str | None:
    """The name of today of a measure that was renamed; None where there is none.

    Args:
        name: as it may have been.
        known: the names of today.
    """
    names = set(known)
    new = RENAMED.get(name)
    return new if name not in names and new in names else None


def answered(name: str, known: Iterable[str]) -> str:
    """What to say to somebody who asks for a name of an earlier version; empty for any other."""
    names = list(known)
    if name in names:
        return ""
    if new := now_called(name, names):
        changed = f", and defined anew: {CHANGED[new]}" if new in CHANGED else ""
        return f"'{name}' is now called '{new}'{changed}."
    return f"There is no measure '{name}' any more: {GONE[name]}" if name in GONE else ""


def in_todays_names(values: Mapping[str, float], known: Iterable[str]) -> dict[str, float]:
    """Values of an earlier version by the names of today."""
    names = list(known)
    return {now_called(name, names) or name: value for name, value in values.items()}


def why_unequal(name: str, first: int | None, second: int | None) -> str:
    """Why two runs cannot be compared by a measure; empty when they can.

    Args:
        name: of the measure.
        first: the version of its definition in one run; None where it was not measured.
        second: in the other.
    """
    if first is None or second is None:
        return f"{name} was measured in one of them only"
    if first == second:
        return ""
    changed = f" ({CHANGED[name]})" if name in CHANGED else ""
    return f"{name} was defined anew{changed}"
