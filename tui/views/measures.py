"""Measures of a what-if beside those of its base, as they are read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results import Comparison
from results.comparison.compare import Finding
from results.comparison.doubts import Effect
from results.comparison.money_words import DOUBTED
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.headlines import HEADLINES
from tui.answers.headline import CANDIDATES, values

SHOWN = (
    "service_level",
    "asa",
    "abandonment",
    "fcr_complaints",
    "fcr",
    "csat_true",
    "blocked",
    "closed",
    "turned_away",
    "lost_in_menu",
    "unresolved",
    "total_cost",
    "service_cost",
    "revenue_at_risk",
    "remedies_paid",
    "remedies_withheld",
    "remedies_open",
    "occupancy",
    "wait_p90",
    "response_within_target",
    "response_time",
    "repeat_rate",
    "escalation_rate",
    "approvals_per_complaint",
    "promises_kept",
    "coaching_done",
    "stay",
    "staff_cost",
)
"""Measures that the bench may show, in the order of the screen."""

ASKED = tuple(dict.fromkeys((*SHOWN, *CANDIDATES, *(line.measure for line in HEADLINES), *DOUBTED)))
"""Measures that have to be compared for the screen, the headline and the verdict."""

_SHORT = {
    "asa": "Speed of answer",
    "wait_p90": "90 % answered in",
    "fcr_complaints": "Complaints at 1st contact",
    "fcr": "Resolved at 1st contact",
    "approvals_per_complaint": "Approvals / complaint",
    "response_within_target": "Written in target",
    "response_time": "Written answer",
    "coaching_done": "Coaching, own work",
    "csat_true": "Satisfaction",
    "repeat_rate": "Repeats per case",
    "unresolved": "Still open",
    "remedies_paid": "Remedies paid a day",
    "remedies_withheld": "Owed, withheld a day",
    "remedies_open": "Owed, open a day",
}
"""Titles that fit beside numbers."""

_WORDS: dict[Effect, str] = {
    "better": "better",
    "worse": "worse",
    "different": "differs",
    "unclear": "unclear",
}


@dataclass(frozen=True)
class Row:
    """One measure, ready to be shown."""

    measure: str
    label: str
    base: str
    what_if: str = ""
    """Empty as long as nothing is turned."""
    difference: str = ""
    margin: str = ""
    arrow: str = ""
    effect: Effect = "unclear"
    word: str = ""
    """What the difference means: better, worse, differs, unclear."""


def rows(comparison: Comparison) -> list[Row]:
    """The measures that say something about this centre, the policy beside the baseline.

    Args:
        comparison: of the baseline alone, or with one policy.
    """
    return [_row(comparison, name) for name in shown_measures(comparison)]


def shown_measures(comparison: Comparison) -> list[str]:
    """The measures that say something about this centre, in the order of the screen."""
    return [name for name in SHOWN if _tells(comparison, name)]


_ALWAYS = ("service_level", "asa", "abandonment")
"""Said even where they are zero, as long as they are defined."""

_CANNOT_FAIL = ("fcr", "promises", "response_within")
"""Left out where all succeed: there is nothing to fail at."""


def _tells(comparison: Comparison, name: str) -> bool:
    if name not in comparison.measures:
        return False
    found = values(comparison, name)
    if name == "fcr" and values(comparison, "fcr_complaints"):
        return False
    idle = {1.0} if name.startswith(_CANNOT_FAIL) else ()
    return bool(found) and (name in _ALWAYS or found not in ({0.0}, set(idle)))


def short_title(measure: str) -> str:
    """The title of a measure where room is short."""
    return _SHORT.get(measure, MEASURES[measure].title)


def _row(comparison: Comparison, name: str) -> Row:
    measure, currency = MEASURES[name], comparison.currency
    label = short_title(name)
    base = comparison.findings[comparison.baseline, name]
    shown = numbers.value(base.mean.mean, measure.unit, currency)
    if not comparison.others:
        margin = numbers.margin(base.mean.half_width, measure.unit)
        return Row(name, label, shown, margin="" if margin == numbers.UNDEFINED else margin)
    found = comparison.findings[comparison.others[0], name]
    what_if = numbers.value(found.mean.mean, measure.unit, currency)
    return _with_difference(Row(name, label, shown, what_if), found, currency)


def _with_difference(row: Row, found: Finding, currency: str) -> Row:
    difference, unit = found.difference, MEASURES[row.measure].unit
    assert difference is not None, "only the baseline has none"
    estimate = difference.estimate
    if math.isnan(estimate.mean):
        return row
    change = numbers.change(estimate.mean, unit, currency)
    same = not any(digit in change for digit in "123456789")
    arrow = "=" if same else "▲" if estimate.mean > 0.0 else "▼"
    word = _WORDS[difference.effect]
    if same:
        word = "same"
    elif estimate.n < 2:
        word = "so far"
    margin = "" if math.isnan(estimate.half_width) else numbers.margin(estimate.half_width, unit)
    effect: Effect = "unclear" if same else difference.effect
    return Row(row.measure, row.label, row.base, row.what_if, change, margin, arrow, effect, word)
