"""Customers who were cut off: short calls after which they call again as nobody else does."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.handling import LONGEST_S, SHORT_S
from scenarios.fit.returns import Returns
from scenarios.records.columns import Codes, Flags, Numbers

LEAST_SHORT = 50
"""Fewer short calls of known customers say nothing of what follows them."""
BY_CHANCE = 0.001
"""Agents differ where chance would make as much of a difference more rarely than this."""
EQUAL_CONTACTS = 25.0
"""Contacts of an agent that weigh as much as what is known of all agents."""
ALL = -1
"""In the place of the code of a reason: all of them."""
_ROUNDS = 50


@dataclass(frozen=True)
class CutOffs:
    """Short calls as customers who were cut off.

    Attributes:
        share: Of the calls answered by known agents.
        after_s: Mean seconds until they were.
        factors: Of each agent on that share, drawn towards 1 where there are few calls; empty where
            agents do not differ beyond chance.
        left: By code of the reason, the share of calls that are short by themselves; of all reasons
            together by `ALL`.
        by_date: By date of `Calls.dates`: calls that were cut off, and all of known agents.
    """

    share: Estimate
    after_s: float
    factors: dict[int, float]
    left: dict[int, float]
    by_date: Numbers


def cut_offs_of(calls: Calls, returns: Returns | None) -> CutOffs | None:
    """Take short calls for cut off where customers call again after them as after no other answer.

    What an agent has beyond the usual of the reasons is the agent's; what a reason has beyond its
    agents (a line on which nobody speaks) stays with the reason.

    Returns:
        None where customers do not say so, or are not known: a short call may be a short question.
    """
    if returns is None or returns.after_short.records < LEAST_SHORT:
        return None
    if returns.after_short.low <= returns.after_longer.high:
        return None
    usable = calls.answered & (np.nan_to_num(calls.handle, nan=np.inf) <= LONGEST_S)
    known = usable & (calls.agent >= 0)
    short = usable & (calls.handle < SHORT_S)
    if not known.any():
        return None
    shares, left = _apart(calls, usable, short)
    cut = np.where(known, shares[calls.agent], 0.0)
    total = int(known.sum())
    date = np.searchsorted(calls.dates, calls.date[known])
    by_date = [
        np.bincount(date, weights, minlength=len(calls.dates))
        for weights in (short[known].astype(float), np.ones(total))
    ]
    mean = float(cut[known].mean())
    factors = {}
    if _differ(calls, known, short, left):
        for agent in np.unique(calls.agent[known]):
            count = float((known & (calls.agent == agent)).sum())
            own = (count * shares[agent] + EQUAL_CONTACTS * mean) / (count + EQUAL_CONTACTS)
            factors[int(agent)] = float(own / mean) if mean else 1.0
    return CutOffs(
        share_of(mean * total, total),
        float(calls.handle[short].mean()),
        factors,
        left,
        np.array(by_date),
    )


def _apart(calls: Calls, usable: Flags, short: Flags) -> tuple[Numbers, dict[int, float]]:
    """Shares of agents by code, and what is left to each reason.

    A call is not short where neither agent nor reason makes it so. Which of them does where all
    have some cannot be told; so of the most common reason none is short by itself. Calls without
    an agent are left to their reasons.
    """
    known = usable & (calls.agent >= 0)
    agent, reason, whole = calls.agent[known], calls.reason[known], (~short[known]).astype(float)
    of_agent, of_reason = np.ones(int(agent.max()) + 1), np.ones(len(calls.reason_names))
    usual = int(np.bincount(reason).argmax())
    for _ in range(_ROUNDS):
        of_agent = _stay(agent, whole, of_reason[reason], len(of_agent))
        of_reason = _stay(reason, whole, of_agent[agent], len(of_reason))
        of_reason = np.minimum(of_reason / max(of_reason[usual], 1e-9), 1.0)
    of_agent = _stay(agent, whole, of_reason[reason], len(of_agent))
    anybody = float(of_agent[agent].mean())
    stays = np.where(known, of_agent[calls.agent], anybody)[usable]
    whole = (~short[usable]).astype(float)
    of_reason = _stay(calls.reason[usable], whole, stays, len(of_reason))
    left = {code: float(1 - stay) for code, stay in enumerate(of_reason)}
    return 1 - of_agent, left | {ALL: max(0.0, 1 - float(whole.mean() / stays.mean()))}


def _stay(code: Codes, whole: Numbers, others: Numbers, count: int) -> Numbers:
    """Share of calls of each code that are not short, where the others leave them so."""
    found, expected = (np.bincount(code, each, minlength=count) for each in (whole, others))
    ratio = np.divide(found, expected, out=np.ones(count), where=expected > 0)
    return np.asarray(np.minimum(ratio, 1.0))


def _differ(calls: Calls, known: Flags, short: Flags, left: dict[int, float]) -> bool:
    """Whether agents differ in their short calls by more than chance and their reasons make."""
    from scipy.stats import chi2

    rows = np.flatnonzero(known)
    of_reason = np.array([left[code] for code in range(len(calls.reason_names))])
    own = of_reason[calls.reason[rows]]
    cut = float(short[rows].mean() - own.mean())
    usual = 1 - (1 - own) * (1 - max(cut, 0.0) / max(1 - float(own.mean()), 1e-9))
    agent = calls.agent[rows]
    expected, found = np.bincount(agent, usual), np.bincount(agent, short[rows].astype(float))
    spread = np.bincount(agent, usual * (1 - usual))
    enough = expected >= 1.0
    if enough.sum() < 2:
        return False
    distance = float((((found - expected) ** 2)[enough] / spread[enough]).sum())
    return bool(chi2.sf(distance, int(enough.sum()) - 1) < BY_CHANCE)
