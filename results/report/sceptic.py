"""What a sceptic looks for: fit to real figures, what could have been seen, any two policies."""

from __future__ import annotations

import math
from collections import Counter
from xml.etree.ElementTree import Element

from results.comparison.compare import against, compare
from results.comparison.comparison import Comparison
from results.expectations import bound_words, check_expectations, checked_notation
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.reading.hero import decides
from results.reading.notation import notation
from results.reading.table import title_in
from results.report.elements import element, table
from scenarios import under_policies

_OUTCOMES = {"holds": "holds", "does_not_hold": "does not hold", "not_known": "not known"}
STRENGTHS = {
    "measured": "measured in a study",
    "standard": "a standard of the field",
    "vendor": "figures of a vendor",
    "assumption": "measured by nobody",
    "own": "the scenario's own",
}


def fit(experiment: Experiment, titles: dict[str, str]) -> list[Element]:
    """What is known or expected of the centre, next to what was found; nothing where nothing is."""
    found = check_expectations(experiment)
    if not found:
        return []
    currency = experiment.scenario.costs.currency
    rows = []
    for one in found:
        written = checked_notation(one, currency)
        value, margin = written.value(one.found.mean), written.margin(one.found.half_width)
        rows.append(
            [
                f"{MEASURES[one.expectation.measure].title} ({one.name})",
                titles[one.policy],
                bound_words(one.expectation, written),
                f"{value} {margin}".rstrip(),
                _OUTCOMES[one.outcome],
            ]
        )
    return [table(["What is known or expected", "Policy", "Real or wanted", "Found", ""], rows)]


def seen(comparison: Comparison, measures: list[str]) -> list[Element]:
    """How large a difference must be to matter, and how large a one these runs could have seen."""
    if not comparison.others or comparison.replications < 2:
        return []
    rows = []
    for name in measures:
        claims = [comparison.claims.get((policy, name)) for policy in comparison.others]
        found = [comparison.findings[policy, name].difference for policy in comparison.others]
        widths = [one.estimate.half_width for one in found if one and one.estimate.n > 1]
        if not widths or not any(claims):
            continue
        unit, least = MEASURES[name].unit, next(one.relevance for one in claims if one)
        written = notation([*widths, least], unit, comparison.currency)
        known = "" if math.isnan(least) else written.size(least)
        rows.append([title_in(comparison, name), known, written.size(max(widths))])
    note = (
        "A difference smaller than the last column could have been missed: it is the half-width of "
        "the widest interval among the policies. More replications make it smaller."
    )
    head = ["Measure", "Matters from", "Could have been seen from"]
    return [table(head, rows, class_="facts"), element("p", note, class_="note")] if rows else []


def any_two(
    experiment: Experiment, comparison: Comparison, titles: dict[str, str]
) -> list[Element]:
    """Every policy against every other, by the measure that decides."""
    if len(comparison.others) < 2 or comparison.replications < 2:
        return []
    name = decides(comparison)
    unit, rows = MEASURES[name].unit, []
    for policy in comparison.policies:
        found = compare(against(experiment, policy), (name,), comparison.confidence)
        cells = []
        for other in comparison.policies:
            if other == policy:
                cells.append("")
                continue
            difference = found.findings[other, name].difference
            assert difference is not None, "only the policy itself has no difference from it"
            moved = difference.estimate
            written = notation((moved.mean,), unit, comparison.currency)
            sign = "" if difference.clear else " (may be chance)"
            cells.append(f"{written.change(moved.mean)} {written.margin(moved.half_width)}{sign}")
        rows.append([titles[policy], *cells])
    said = f"{title_in(comparison, name)}: the policy of the column, less that of the row."
    head = ["", *(titles[policy] for policy in comparison.policies)]
    return [element("p", said, class_="note"), table(head, rows, class_="figures")]


def known(experiment: Experiment) -> list[Element]:
    """How many of the assumptions in use somebody has measured."""
    under = {name: experiment.under[name] for name in experiment.policies}
    used = [one.assumed for one in under_policies(under) if one.assumed.stands]
    counts = Counter(one.strength for one in used)
    if not counts:
        return []
    parts = [f"{count} {STRENGTHS.get(kind, kind)}" for kind, count in counts.most_common()]
    noun = "assumption" if len(used) == 1 else "assumptions"
    said = f"Of {len(used)} {noun} in use: {', '.join(parts)}."
    return [element("p", said)]
