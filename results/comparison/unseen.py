"""What days that are part of a longer horizon cannot show: who is lost, and the cost in all.

A promise that is not yet broken would look free. Where a case can outlast such days under any of
the policies compared, none of them has these measures.
"""

from __future__ import annotations

import math

from results.comparison.estimate import across, estimate
from results.experiments.experiment import Experiment
from results.measures.slice import Cut
from results.reading import format as words
from scenarios.rules.reach import ends_unseen

UNSEEN = frozenset(
    {
        *("total_cost", "total_cost_per_case", "revenue_at_risk", "revenue_at_risk_per_case"),
        *("customers_lost", "stay", "people_told"),
    }
)
"""Measures that need to know what becomes of every case."""


def outlasted(experiment: Experiment) -> bool:
    """Whether cases can outlast the days that were run, under any of the policies."""
    if experiment.scenario.horizon.part_of_days is None:
        return False
    return any(ends_unseen(experiment.under[policy]) for policy in experiment.policies)


def unseen_words(experiment: Experiment, cut: Cut) -> str:
    """How many cases outlast the days, and where they are followed; empty where none can."""
    if not outlasted(experiment):
        return ""
    horizon = experiment.scenario.horizon
    found = experiment.summaries.values()
    means = [estimate(across(one, "unresolved", cut)).mean for one in found]
    most = max((mean for mean in means if not math.isnan(mean)), default=0.0)
    when = "tonight" if horizon.days - math.ceil(horizon.warm_up_days) == 1 else "at the end"
    up_to = "up to " if len({round(mean, 3) for mean in means}) > 1 else ""
    open_ = f"{up_to}{words.share(most)} of cases are still open" if most else "cases may stay open"
    said = f"{open_} {when}; Compare follows them through {horizon.part_of_days} days."
    return said[:1].upper() + said[1:]
