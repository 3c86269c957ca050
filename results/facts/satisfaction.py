"""Satisfaction: how each customer felt about the case, and what a survey makes of it.

Every effect multiplies. A share lost is lost from what is left, as SQM reports it ("15 % with each
further call"), so the result stays within 0 and 100 and no customer is unhappier than unhappy.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.experience import Experiences, Said, decided, experiences
from scenarios.parts.satisfaction import Satisfaction, Survey
from scenarios.schema import Scenario
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def satisfaction(section: Satisfaction, met: Experiences) -> Floats:
    """Chance in a hundred that the customer of each case is very satisfied, shape (cases,).

    100 × resolved × (1 - loss) for each thing suffered × (1 + gain) for each good one, at most
    100; then its odds for what was said about the fault. The first transfer costs nothing. What a
    remedy decided on the spot gains grows with the empathy of the agents, and a quick approval
    gains nearly as much. Sources: SQM (further contacts, holds); Portland Research Group 2004
    (transfers); Sparks, Bradley & Callan 1997 (empowerment only together with an accommodating
    style); Santos, Hernandez & Leão 2019 (and only where recovery is not smooth already); the other
    weights are assumptions.
    """
    lost = (
        (section.complaint_loss, met.complaint),
        (section.unresolved_loss, ~met.resolved),
        (section.further_contact_loss, met.further_contacts),
        (section.wait_loss_per_min, met.late_min),
        (section.hold_loss, met.holds),
        (section.transfer_loss, np.maximum(met.transfers - 1.0, 0.0)),
        (section.retelling_loss, met.retold),
        (section.asked_boss_loss, met.asked_boss),
        (section.promise_broken_loss, met.broken),
    )
    left = np.full(len(met.resolved), section.resolved)
    for share, times in lost:
        suffered = np.flatnonzero(times)
        left[suffered] *= (1.0 - share) ** times[suffered]
    left *= 1.0 + section.promise_kept_gain * ((met.kept > 0.0) & (met.broken == 0.0))
    left *= 1.0 + section.empathy_gain * met.empathy
    left *= 1.0 + section.empowerment_gain * _warmth(section, met.empathy) * met.decided_at_once
    felt: Floats = np.clip(left, 0.0, 1.0)
    if met.said is not None:
        felt = _with_odds(felt, _odds_of_words(section, met.resolved, met.said))
    return 100.0 * felt


def _odds_of_words(section: Satisfaction, resolved: Flags, said: Said) -> Floats:
    """How many times as high the odds are for what was said; shape (cases,).

    37 % of complainants are satisfied with money, 73 % with an apology or explanation too (Customer
    Rage 2015): 4.6 times the odds, half of it in proportion for each of the two. Every further
    apology loses some (Halperin, Ho, List & Muir 2022); without a remedy words win nothing.
    """
    further = np.maximum(said.apologies - 1.0, 0.0)
    odds = np.maximum(section.repeated_apology_odds**further, _HARDLY)
    odds = np.where(resolved & (said.apologies > 0.0), section.apology_odds * odds, odds)
    both: Floats = np.where(resolved & said.explained, section.explanation_odds * odds, odds)
    return both


_HARDLY = 1e-300
"""Of odds: nothing is left of a chance but of certainty."""


def _with_odds(chance: Floats, times: Floats) -> Floats:
    """Chances with so many times the odds."""
    moved: Floats = chance * times / (1.0 - chance + chance * times)
    return moved


def _warmth(section: Satisfaction, empathy: Floats) -> Floats:
    """From 0 for a formal style to 1 for an accommodating one."""
    width = section.accommodating_style - section.formal_style
    warmth: Floats = np.clip((empathy - section.formal_style) / width, 0.0, 1.0)
    return warmth


def response(survey: Survey, felt: Floats, reached: Flags) -> Floats:
    """Probability that each customer answers the survey, shape (cases,); NaN stays NaN.

    The share who answer goes in a straight line from its value at 50 up to the one at 100, and
    from there down to the one at 0; never above 1.

    Args:
        survey: the survey.
        felt: satisfaction with each case.
        reached: True where the customer ever reached somebody.
    """
    from_middle = (felt - 50.0) / 50.0
    factor = np.where(from_middle > 0.0, survey.satisfied_factor, survey.dissatisfied_factor)
    probability = survey.response * (1.0 + (factor - 1.0) * np.abs(from_middle))
    asked = reached if survey.asks == "answered" else np.ones_like(reached)
    answers: Floats = np.minimum(probability, 1.0) * asked
    return answers


def add_satisfaction(scenario: Scenario, trace: Trace, cases: Columns, contacts: Columns) -> None:
    """Add to the cases what their customers felt, and how likely they answer the survey.

    The columns are decided (the case is over, or stands unresolved with nothing promised that may
    still come), csat (NaN where undecided, or where [satisfaction] is left out) and response (NaN
    where csat is, or where [survey] is left out).

    Args:
        scenario: the scenario of the trace.
        trace: one replication.
        cases: its cases with their derived columns.
        contacts: its contacts with their derived columns.
    """
    cases["decided"] = decided(trace, cases)
    nothing = np.full(len(cases["case"]), np.nan)
    cases["csat"] = cases["response"] = nothing
    if scenario.satisfaction is not None:
        met = experiences(scenario.satisfaction, trace, cases, contacts)
        felt = satisfaction(scenario.satisfaction, met)
        cases["csat"] = np.where(cases["decided"], felt, np.nan)
        if scenario.survey is not None:
            reached = cases["contacts_answered"] > 0
            cases["response"] = response(scenario.survey, cases["csat"], reached)
