"""Loyalty: who stays a customer after a case, and the revenue that leaves with the others."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.experience import let_down
from scenarios.parts.satisfaction import Loyalty, StayAfterComplaint
from scenarios.rules.reach import ends_unseen
from scenarios.schema import Scenario
from sim.trace.codes import CaseState
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]
Floats = NDArray[np.float64]

HOUR_S = 3600.0


def stay(loyalty: Loyalty, cases: Columns) -> Floats:
    """Probability that the customer of each case stays, shape (cases,).

    A complaint is unheard (never answered), not satisfied (not resolved), satisfied, or satisfied
    quickly; half of what quickness keeps is gone after ``quickly_h``. Where the satisfaction with
    a resolved complaint is known, the share who stay grows evenly from that of the not satisfied
    to that of the satisfied. It lies between that for small and that for large losses, evenly in
    the logarithm of the money at stake. Other cases leave by whether they were resolved, at first
    contact or later, and because of a broken promise. Sources: TARP after Fast Company
    (complaints); SQM (intent to leave); what lies between TARP's figures is an assumption.

    Args:
        loyalty: the shares.
        cases: complaint, resolved, settled_first, resolution_s, contacts_answered, let_down (a
            promise was broken), money (NaN is nothing at stake) and csat (NaN is not known), of
            shape (cases,) each.
    """
    ordinary = 1.0 - np.select(
        [cases["resolved"] & cases["settled_first"], cases["resolved"]],
        [loyalty.leaving.resolved_first, loyalty.leaving.resolved_later],
        loyalty.leaving.unresolved,
    )
    ordinary = ordinary * np.where(cases["let_down"], 1.0 - loyalty.leaving.broken_promise, 1.0)
    large = _largeness(loyalty, cases["money"])
    complaint = (1.0 - large) * _after_complaint(loyalty, loyalty.small_loss, cases)
    complaint += large * _after_complaint(loyalty, loyalty.large_loss, cases)
    return np.where(cases["complaint"], complaint, ordinary)


def _after_complaint(loyalty: Loyalty, shares: StayAfterComplaint, cases: Columns) -> Floats:
    quick = 0.5 ** (cases["resolution_s"] / (loyalty.quickly_h * HOUR_S))
    if_satisfied = quick * shares.satisfied_quickly + (1.0 - quick) * shares.satisfied
    share = _satisfied(loyalty, cases["csat"])
    resolved = (1.0 - share) * shares.not_satisfied + share * if_satisfied
    heard = np.where(cases["contacts_answered"] > 0, shares.not_satisfied, shares.unheard)
    return np.where(cases["resolved"], resolved, heard)


def _satisfied(loyalty: Loyalty, csat: Floats) -> Floats:
    """From 0 for not satisfied to 1 for satisfied; 1 where satisfaction is not known."""
    begin, end = loyalty.not_satisfied_to, loyalty.satisfied_from
    share: Floats = np.clip((np.nan_to_num(csat, nan=end) - begin) / (end - begin), 0.0, 1.0)
    return share


def _largeness(loyalty: Loyalty, money: Floats) -> Floats:
    """From 0 for a small loss to 1 for a large one, evenly in the logarithm of the money."""
    small, large = loyalty.small_loss_to, loyalty.large_loss_from
    at_stake = np.clip(np.nan_to_num(money, nan=small), small, large)
    share: Floats = np.log(at_stake / small) / math.log(large / small)
    return share


def add_loyalty(scenario: Scenario, trace: Trace, cases: Columns) -> None:
    """Add to the cases who stays, the revenue at risk, and who was lost without any answer.

    A case open at the end is not free: its customer stays as one whose case is not resolved. Where
    ``lost_case`` has a price, who ended without ever being answered is paid for by it, and neither
    lost (``lost``, the probability to leave) nor at risk here again. All are NaN without
    [loyalty], and where the days are part of a longer horizon that a case can outlast.

    Args:
        scenario: the scenario of the trace.
        trace: one replication.
        cases: its cases with what their customers felt.
    """
    unheard = (cases["state"] == CaseState.GIVEN_UP) & (cases["contacts_answered"] == 0)
    cases["never_answered"] = unheard
    cases["stay"] = cases["lost"] = cases["at_risk"] = np.full(len(cases["case"]), np.nan)
    loyalty = scenario.loyalty
    if loyalty is None or ends_unseen(scenario):
        return
    # A customer whom the voice menu served was helped at the first try.
    in_menu = cases["state"] == CaseState.SELF_SERVED
    in_menu_s = cases["ended"] - cases["began"]
    helped = {
        "resolved": cases["resolved"] | in_menu,
        "settled_first": cases["settled_first"] | in_menu,
        "resolution_s": np.where(in_menu, in_menu_s, cases["resolution_s"]),
        "let_down": let_down(trace, cases),
    }
    cases["stay"] = stay(loyalty, ChainMap(helped, cases))
    elsewhere = unheard if scenario.costs.lost_case else np.zeros_like(unheard)
    cases["lost"] = np.where(elsewhere, 0.0, 1.0 - cases["stay"])
    worth = np.array([loyalty.values.get(name, loyalty.customer_value) for name in trace.reasons])
    cases["at_risk"] = cases["lost"] * worth[cases["reason"]]
