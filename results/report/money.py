"""Money in a report: a day, an open day, a year."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element

import numpy as np

from results.comparison.comparison import Comparison
from results.experiments.experiment import Experiment
from results.reading.notation import notation
from results.reading.rows import is_open
from results.report.elements import element, table

_YEAR_DAYS = 365.0
_TOLD = (
    ("service_cost", "Service cost"),
    ("remedies_paid", "Remedies paid"),
    ("revenue_at_risk", "Revenue at risk"),
    ("total_cost", "All together, what is owed as owed"),
)


def money(experiment: Experiment, comparison: Comparison, titles: dict[str, str]) -> list[Element]:
    """What each policy costs a calendar day, an open day and a year; empty where nothing costs."""
    shown = [(name, said) for name, said in _TOLD if _is_open(comparison, name)]
    if not shown:
        return []
    open_share = _open_share(experiment)
    ways = [("a day", 1.0)]
    if 0.0 < open_share < 0.999:
        ways.append(("an open day", 1.0 / open_share))
    # A few days that were cut out of a horizon are no year's worth of days.
    whole = experiment.scenario.horizon.part_of_days is None
    if whole:
        ways.append(("a year", _YEAR_DAYS))
    rows = []
    for name, said in shown:
        for way, times in ways:
            amounts = {
                p: comparison.findings[p, name].mean.mean * times for p in comparison.policies
            }
            written = notation(amounts.values(), "money", comparison.currency)
            rows.append([f"{said}, {way}", *(written.value(one) for one in amounts.values())])
    note = "A day is the mean of all days of the horizon, closed ones included"
    note += (
        "; a year is 365 of them, as if every week were like those simulated."
        if whole
        else ". They are part of a longer horizon, so that nothing is said of a year."
    )
    head = ["", *(titles[policy] for policy in comparison.policies)]
    return [table(head, rows, class_="figures"), element("p", note, class_="note")]


def _is_open(comparison: Comparison, name: str) -> bool:
    if name not in comparison.measures:
        return False
    return is_open(comparison.findings[policy, name].mean.mean for policy in comparison.policies)


def _open_share(experiment: Experiment) -> float:
    """Days on which somebody works, of all days."""
    summaries = experiment.summaries[experiment.policies[0]]
    table_ = summaries[0].intervals.get(("all", ""))
    if table_ is None:
        return math.nan
    staffed = np.nan_to_num(table_["staffed"])
    per_day = max(round(len(staffed) / max(experiment.scenario.horizon.days, 1)), 1)
    days = [staffed[at : at + per_day].any() for at in range(0, len(staffed), per_day)]
    return float(np.mean(days)) if days else math.nan
