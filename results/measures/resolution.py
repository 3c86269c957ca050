"""Resolution: is the customer's problem solved, by whom, when, and at the first try?"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import count, having, mean, quantile, ratio
from results.measures.definition import COMMON, EVERYWHERE, METRICNET, Measure
from results.measures.slice import Slice
from sim.trace.codes import CaseState
from sim.trace.equations import first_contact_resolution

_FIRST = (
    "cases truly resolved in their first answered contact, no follow-up owed / cases with an "
    "answered contact that is over"
)


def _fcr(settled_first: NDArray[np.bool_]) -> float:
    return first_contact_resolution(count(settled_first), len(settled_first))


def _fcr_complaints(s: Slice) -> float:
    return _fcr(s.judged["settled_first"][s.judged["complaint"]])


def _fcr_net(s: Slice) -> float:
    return _fcr(s.judged["settled_first"][~s.judged["beyond_tier_1"]])


def _resolved_within(s: Slice, share: float) -> float:
    return quantile(s.resolved["resolution_s"], share)


def _net_s(s: Slice) -> NDArray[np.float64]:
    """Times to resolution without those in which something was pending, shape (resolved,)."""
    net: NDArray[np.float64] = s.resolved["resolution_s"] - s.resolved["pending_s"]
    return net


def _in_state(s: Slice, state: CaseState) -> float:
    return ratio(count(having(s.cases["state"], state)), len(s.cases))


MEASURES = (
    Measure(
        "fcr",
        "First-contact resolution",
        f"{_FIRST}; what only seemed settled does not count",
        "share",
        "higher",
        f"{METRICNET}, gross",
        EVERYWHERE,
        lambda s: _fcr(s.judged["settled_first"]),
    ),
    Measure(
        "fcr_complaints",
        "Complaints resolved at first contact",
        f"fcr over complaint cases: {_FIRST}",
        "share",
        "higher",
        f"{METRICNET}, gross",
        EVERYWHERE,
        _fcr_complaints,
    ),
    Measure(
        "fcr_net",
        "First-contact resolution, net",
        "as fcr, without the cases that tier 1 can never resolve under any policy of the scenario: "
        "their reason goes past tier 1, is always passed on or cannot be solved, or they need a "
        "remedy of a kind that tier 1 may never decide nor ask for on hold",
        "share",
        "higher",
        f"{METRICNET}, net",
        EVERYWHERE,
        _fcr_net,
        version=2,
    ),
    Measure(
        "first_person_resolution",
        "Resolved by the first person",
        "cases truly resolved in the first answered contact by its first agent alone: no "
        "colleague, no approval, no transfer, no follow-up / cases with an answered contact that "
        "is over",
        "share",
        "higher",
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.judged["alone_first"]),
    ),
    Measure(
        "fcr_no_repeat_7d",
        "No further contact in 7 days",
        "cases whose customer tried no further contact within 7 days after the first answered "
        "one / cases with an answered contact after which 7 days lie in the run; what a centre can "
        "measure, next to the true fcr",
        "share",
        "higher",
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.judged["quiet_7d"][s.judged["week_seen"]]),
        version=2,
        least_days=7.0,
    ),
    Measure(
        "time_to_resolution",
        "Time to resolution",
        "mean time from the begin of a case to its resolution, over resolved cases",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.resolved["resolution_s"]),
        follows_cases=True,
    ),
    *(
        Measure(
            f"time_to_resolution_p{percent}",
            f"{percent} % of the resolved are so within",
            f"{percent} % quantile of the times behind time_to_resolution",
            "s",
            "lower",
            COMMON,
            EVERYWHERE,
            partial(_resolved_within, share=percent / 100.0),
            follows_cases=True,
        )
        for percent in (50, 90)
    ),
    Measure(
        "time_pending",
        "… of it, waiting for the customer",
        "mean part of the times behind time_to_resolution in which a promise waited for the "
        "customer or a third party (pending), over all resolved cases",
        "s",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.resolved["pending_s"]),
        follows_cases=True,
    ),
    Measure(
        "time_to_resolution_net",
        "Time to resolution, the centre's part",
        "mean time from the begin of a case to its resolution without the time in which a promise "
        "waited for the customer or a third party: time_to_resolution - time_pending",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: mean(_net_s(s)),
        follows_cases=True,
    ),
    Measure(
        "time_to_resolution_net_p90",
        "90 % of the resolved are so within, the centre's part",
        "90 % quantile of the times behind time_to_resolution_net",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: quantile(_net_s(s), 0.9),
        follows_cases=True,
    ),
    Measure(
        "unresolved",
        "Still unresolved",
        "cases neither resolved nor given up when the horizon ended / cases",
        "share",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: _in_state(s, CaseState.OPEN),
    ),
    Measure(
        "given_up",
        "Given up",
        "cases that the customer gave up / cases",
        "share",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: _in_state(s, CaseState.GIVEN_UP),
        follows_cases=True,
    ),
)
