"""What the answer depends on, in a report: the verdicts on the verdicts, and the swings behind."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from results.comparison.comparison import Difference
from results.measures.registry import MEASURES
from results.report.elements import Content, element, listed, table
from results.sensitivity.swings import Sensitivity, Swing, notation_of


def varied(found: Sensitivity) -> list[Element]:
    """A sentence for each policy, and a table of what moves its difference."""
    verdicts = listed(found.verdicts.values(), class_="verdicts")
    if not any(found.swings.values()):
        return [verdicts]
    head = ["What is varied", "Key", "Policy", "Range", "Low end", "As assumed", "High end", ""]
    return [
        verdicts,
        element(
            "details",
            element("summary", f"How far each moves {MEASURES[found.measure].title.lower()}"),
            table(head, _rows(found), class_="swings"),
        ),
    ]


def _rows(found: Sensitivity) -> Iterator[list[Content]]:
    for policy, swings in found.swings.items():
        for swing in swings:
            if swing.span > 0.0:
                yield _row(policy, swing, found)


def _row(policy: str, swing: Swing, found: Sensitivity) -> list[Content]:
    unit = MEASURES[found.measure].unit

    written = notation_of(swing, unit, found.currency)

    def said(there: Difference) -> str:
        return written.change(there.estimate.mean)

    return [
        swing.assumption.title,
        element("code", ", ".join(swing.keys)),
        found.title_of(policy),
        swing.assumption.written(swing.low, swing.high),
        *(said(there) for there in (swing.at_low, swing.as_assumed, swing.at_high)),
        "turns the verdict" if swing.turned_at else "",
    ]
