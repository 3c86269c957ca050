"""Centres that fit the figures, in a report: how many say the same, and what was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from results.measures.registry import MEASURES
from results.report.elements import Content, element, listed, table
from results.uncertain.answer import Centres
from results.uncertain.words import COLUMNS, cells, method, sentences, shown_measures
from scenarios.files.toml_text import shortened


def in_centres(found: Centres, first: str) -> list[Element]:
    """A sentence for each policy, their measures, and the figures that were drawn.

    Args:
        found: what the centres say.
        first: the measure of the sentences.
    """
    head = ["Measure", "Policy", *COLUMNS]
    drawn = ["Figure", "Key", "Low", "Likeliest", "High", "Source"]
    return [
        listed(sentences(found, first), class_="verdicts"),
        table(head, _rows(found, first), class_="figures"),
        element("p", method(found), class_="note"),
        element(
            "details",
            element("summary", f"The {len(found.unknowns)} figures that were drawn"),
            table(drawn, _figures(found), class_="ranges"),
        ),
    ]


def _rows(found: Centres, first: str) -> Iterator[list[Content]]:
    for measure in shown_measures(found, first, None):
        for policy in found.policies[1:]:
            spread = found.spreads.get((policy, measure))
            if spread is not None:
                written = cells(spread, found.currency)
                yield [MEASURES[measure].title, found.title_of(policy), *written]


def _figures(found: Centres) -> Iterator[list[Content]]:
    for one in found.unknowns:
        ends = (shortened(end) for end in (one.low, one.value, one.high))
        key = element("code", ", ".join(one.keys))
        yield [one.title or "Of this centre", key, *ends, one.source]
