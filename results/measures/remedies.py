"""Remedies: what customers are owed, what they are given, what is withheld from them.

Counted by case, over the cases that began in the time measured. What is due is drawn with the
case, so it is the same under every policy unless a policy changes who makes contact.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import count, ratio
from results.measures.definition import COMMON, CUSTOMERS, EVERYWHERE, Measure
from results.measures.slice import Slice
from sim.trace.equations import remedies_paid_per_day


def remedies_due(s: Slice) -> float:
    """Money that the remedies of the cases need, whatever becomes of them."""
    return float(s.cases["due"].sum())


def give_away(s: Slice) -> float:
    """Money paid beyond what was due; of a group or tier, by what it decided."""
    if s.by_people:
        decisions = _of_the_stretch(s)
        beyond = decisions["paid"] - np.nan_to_num(decisions["money"])
        return float(np.maximum(beyond, 0.0).sum())
    return float(s.cases["given_away"].sum())


def _paid(s: Slice) -> float:
    if s.by_people:
        return float(_of_the_stretch(s)["paid"].sum())
    return float(s.cases["cash"].sum())


def _of_the_stretch(s: Slice) -> dict[str, NDArray[np.float64]]:
    """The decisions about cases that began in the time measured."""
    counted = s.decisions["of_stretch"]
    return {name: s.decisions[name][counted] for name in ("paid", "money")}


def _sum(column: str) -> Callable[[Slice], float]:
    return lambda s: ratio(float(s.cases[column].sum()), s.facts.days)


def _empty_handed(s: Slice, column: str) -> NDArray[np.bool_]:
    """The cases of a column whose customers have been paid nothing at all."""
    nothing: NDArray[np.bool_] = (s.cases[column] > 0.0) & (s.cases["cash"] == 0.0)
    return nothing


def _refused(s: Slice) -> NDArray[np.bool_]:
    refused: NDArray[np.bool_] = _empty_handed(s, "withheld") & s.cases["refused"]
    return refused


_DUE = "due: what the remedy of a case needs, drawn with the case, whatever becomes of it"
_WITHHELD = "due and not paid on cases that have ended"
_OPEN = "due and not paid on cases still open at the end"

MEASURES = (
    Measure(
        "remedies_due",
        "Remedies due a day",
        f"remedies due / days; {_DUE}",
        "money",
        None,
        COMMON,
        CUSTOMERS,
        lambda s: ratio(remedies_due(s), s.facts.days),
    ),
    Measure(
        "remedies_paid",
        "Remedies paid a day, cash",
        "refunds and other remedies paid on cases that began in the time measured / days; for a "
        "group or tier what it decided",
        "money",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: remedies_paid_per_day(_paid(s), s.facts.days),
        version=2,
    ),
    Measure(
        "remedies_paid_per_case",
        "Remedies paid per case",
        "remedies paid / cases",
        "money",
        None,
        COMMON,
        CUSTOMERS,
        lambda s: ratio(_paid(s), len(s.cases)),
        version=2,
    ),
    Measure(
        "remedy_owed_paid",
        "Remedies owed and paid a day",
        f"by case the lesser of paid and due, summed / days; {_DUE}",
        "money",
        None,
        COMMON,
        CUSTOMERS,
        _sum("owed_paid"),
    ),
    Measure(
        "give_away",
        "Give-away a day",
        "by case what was paid beyond what was due, summed / days; for a group or tier what it "
        "decided",
        "money",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: ratio(give_away(s), s.facts.days),
        version=2,
    ),
    Measure(
        "give_away_per_case",
        "Give-away per case",
        "give-away / cases",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(give_away(s), len(s.cases)),
        version=2,
    ),
    Measure(
        "remedies_withheld",
        "Remedies withheld a day",
        f"{_WITHHELD} / days; remedies_due = remedy_owed_paid + remedies_withheld + remedies_open",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        _sum("withheld"),
    ),
    Measure(
        "customers_withheld",
        "Customers owed, given nothing",
        "cases that have ended with a remedy due and nothing paid",
        "count",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: float(count(_empty_handed(s, "withheld"))),
    ),
    Measure(
        "remedies_refused",
        "Withheld after a refusal a day",
        "the part of remedies_withheld whose customers were given nothing and refused by an "
        "approver / days",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(float(s.cases["withheld"][_refused(s)].sum()), s.facts.days),
    ),
    Measure(
        "customers_refused",
        "Customers refused for good",
        "the part of customers_withheld who were refused by an approver",
        "count",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: float(count(_refused(s))),
    ),
    Measure(
        "remedies_open",
        "Remedies still open a day",
        f"{_OPEN} / days",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        _sum("still_owed"),
    ),
    Measure(
        "customers_open",
        "Customers owed, still open",
        "cases still open at the end with a remedy due and nothing paid",
        "count",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: float(count(_empty_handed(s, "still_owed"))),
    ),
)
