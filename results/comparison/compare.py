"""Comparison of policies: paired differences from the baseline, and how sure they are.

Every policy meets the same customers in the same replication, so the difference is taken within
each replication, and what the customers have in common drops out. The t interval of these
differences is made wider for the number of policies compared (Bonferroni): with four policies
each stands at 98.75 %, so that all four together hold with at least 95 %, whatever the policies
have in common. Holm's steps reject more but give no intervals; Dunnett's intervals are a little
narrower but assume equal spread under every policy. Source: Law, Simulation Modeling and
Analysis, 5th ed., sections 10.2.1 (pairs) and 10.3.1 (all against a standard).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from results.comparison.better_or_worse import effect_of
from results.comparison.break_even import BreakEven, break_even
from results.comparison.claims import SAME, Claim, Key, claims_of
from results.comparison.comparison import Comparison, Difference, Finding, Verdicts
from results.comparison.doubts import NO_DOUBTS, Doubts, doubts_by_policy
from results.comparison.estimate import TOTAL, across, adjusted, estimate
from results.comparison.family import family_of
from results.comparison.relevance import relevance_of
from results.comparison.unseen import hidden_in, left_out, unseen_words
from results.comparison.verdict import verdicts
from results.errors import ExperimentError, unknown
from results.experiments.experiment import Experiment
from results.experiments.precision import refuse_unknown_measures
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.reading.names import titles_of
from scenarios.answer_targets import answer_targets
from scenarios.schema import Scenario

Pair = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Values of a measure under a policy and under the baseline, replication by replication."""


def compare(
    experiment: Experiment,
    measures: Sequence[str] | None = None,
    confidence: float = 0.95,
    cut: Cut = TOTAL,
    *,
    details: bool = True,
) -> Comparison:
    """Compare the policies of an experiment with its first one, the baseline.

    Args:
        experiment: only replications finished under every policy count.
        measures: names from the registry; None is every measure that exists for the cut.
        confidence: of the intervals of means, and of all differences of a measure together.
        cut: what part of the centre, a reason for example; the whole when left out.
        details: let the verdict speak of what lies behind and of parts of the money too; without
            them fewer claims are decided together, each of them sooner.

    Raises:
        ExperimentError: an unknown measure, a confidence outside 0 to 1, or no replication that
            is finished under every policy.
    """
    if not 0.0 < confidence < 1.0:
        raise ExperimentError(f"A confidence of {confidence:g} is not between 0 and 1; 0.95 is.")
    if not experiment.replications:
        raise ExperimentError(f"Nothing can be compared yet. {experiment.state}")
    names = tuple(measures) if measures is not None else measures_of(cut)
    refuse_unknown_measures(names)
    _, *others = experiment.policies
    level = adjusted(confidence, len(others))
    hidden = hidden_in(experiment)
    whole = _pairs_of(experiment, TOTAL)
    pairs = _pairs_of(experiment, cut, hidden)
    # Who waits less because others are sent off may be in a part where nobody is.
    doubts = doubts_by_policy(experiment, whole, level)
    if cut != TOTAL:
        here = doubts_by_policy(experiment, pairs, level)
        doubts = {policy: doubts[policy].and_of(here[policy]) for policy in others}
    horizon, loyalty = experiment.scenario.horizon, experiment.scenario.loyalty
    found = Comparison(
        title=experiment.scenario.title,
        policies=experiment.policies,
        measures=names,
        cut=cut,
        confidence=confidence,
        replications=len(experiment.replications),
        currency=experiment.scenario.costs.currency,
        findings=_findings(experiment.policies, names, pairs, doubts, confidence),
        state=experiment.state,
        days=horizon.days - horizon.warm_up_days,
        doubts=doubts,
        unseen=unseen_words(experiment, cut),
        left_out=left_out(experiment, [name for name in names if name in hidden], cut),
        customer_value=math.nan if loyalty is None else loyalty.customer_value,
        break_even=_break_even(experiment.scenario, others, pairs, level) if cut == TOTAL else {},
        claims=_claims(experiment, pairs, confidence, cut, details=details),
        answer_within_s=answer_targets(experiment.scenario),
        titles=titles_of(experiment.scenario, experiment.policies),
    )
    said = Verdicts(experiment.told, "") if experiment.told else verdicts(found)
    return replace(found, verdicts=said)


def _pairs_of(
    experiment: Experiment, cut: Cut, hidden: Collection[str] = ()
) -> Callable[[str, str], Pair]:
    """The values of a measure by policy and name; NaN for measures that the days hide."""
    summaries, base = experiment.summaries, experiment.policies[0]

    def pairs(policy: str, name: str) -> Pair:
        found = across(summaries[policy], name, cut), across(summaries[base], name, cut)
        return (found[0] * math.nan, found[1] * math.nan) if name in hidden else found

    return pairs


def _findings(
    policies: Sequence[str],
    names: Sequence[str],
    pairs: Callable[[str, str], Pair],
    doubts: Mapping[str, Doubts],
    confidence: float,
) -> dict[tuple[str, str], Finding]:
    """The mean of each measure under each policy, and its difference from the baseline."""
    base, *others = policies
    level = adjusted(confidence, len(others))
    found = {}
    for name in names:
        for policy in policies:
            values, today = pairs(policy, name)
            difference = (
                None
                if policy == base
                else paired_difference(name, values, today, level, doubts[policy])
            )
            mean = estimate(values, confidence)
            found[policy, name] = Finding(policy, name, mean, difference)
    return found


def against(experiment: Experiment, policy: str) -> Experiment:
    """The same experiment with another of its policies as the one that the others are set against.

    Args:
        experiment: of at least this policy; nothing is run again.
        policy: by name; the others keep their order.

    Raises:
        ExperimentError: it was not run.
    """
    if policy not in experiment.policies:
        raise ExperimentError(unknown("policy", policy, experiment.policies))
    others = [name for name in experiment.policies if name != policy]
    # What was told of a run before was told against its own baseline.
    return replace(experiment, policies=(policy, *others), told={})


def _claims(
    experiment: Experiment,
    pairs: Callable[[str, str], Pair],
    confidence: float,
    cut: Cut,
    *,
    details: bool,
) -> dict[Key, Claim]:
    """What may be said of every policy and every measure that a verdict could speak of."""
    base, *others = experiment.policies
    under = experiment.under
    known = [under[policy] for policy in experiment.policies if policy in under]
    family = family_of([experiment.scenario, *known], details=details)
    there = [name for name in family if MEASURES[name].exists_for(cut[0])]
    least = experiment.scenario.relevance
    service = estimate(pairs(base, "service_cost")[1]).mean
    matters = {
        name: relevance_of(name, least, estimate(pairs(base, name)[1]).mean, service)
        for name in there
    }
    keys = [(policy, name) for policy in others for name in there]
    return claims_of(
        {key: pairs(*key) for key in keys}, {key: matters[key[1]] for key in keys}, confidence
    )


def _break_even(
    scenario: Scenario, others: Sequence[str], pairs: Callable[..., Pair], level: float
) -> dict[str, BreakEven]:
    """From what value of a customer on each policy pays; nothing without [loyalty]."""
    if scenario.loyalty is None:
        return {}
    found = {}
    for policy in others:
        cost = sum(_shift(*pairs(policy, name)) for name in ("service_cost", "remedies_due"))
        lost = _shift(*pairs(policy, "customers_lost"))
        found[policy] = break_even(np.asarray(cost), lost, level)
    return found


def _shift(values: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    return values - base


def measures_of(cut: Cut) -> tuple[str, ...]:
    """Names of the measures that exist for a cut, in the order of the registry."""
    return tuple(name for name, measure in MEASURES.items() if measure.exists_for(cut[0]))


def paired_difference(
    name: str | None,
    values: NDArray[np.float64],
    base: NDArray[np.float64],
    level: float,
    doubts: Doubts = NO_DOUBTS,
) -> Difference:
    """How far the values of a number lie from those of the baseline, pair by pair.

    Args:
        name: of the measure; None for a number that is none, of which neither direction is better.
        values: one for each replication, shape (n,); NaN where undefined.
        base: under the baseline, in the same order.
        level: confidence of the interval.
        doubts: why what looks better may not be.
    """
    both = ~(np.isnan(values) | np.isnan(base))
    found = estimate(values[both] - base[both], level)
    base_mean = float(np.mean(base[both])) if found.n else math.nan
    relative = found.mean / abs(base_mean) if base_mean else math.nan
    clear = found.excludes_zero and abs(found.mean) > SAME * abs(base_mean)
    effect = effect_of(name, found.mean) if clear else "unclear"
    if name is not None:
        effect = doubts.about(name, effect)
    return Difference(found, relative, clear, effect)
