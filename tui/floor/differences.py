"""Measures of two runs of the same customers next to each other: one draw each, no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from results.measures.registry import MEASURES
from results.reading.format import change, is_nothing
from results.reading.notation import row_notation


@dataclass(frozen=True)
class Row:
    """One measure of both runs, ready to be read."""

    measure: str
    title: str
    first: str
    second: str
    difference: str
    """Second less first; empty where there is none to speak of."""


def difference_row(name: str, first: float, second: float, currency: str, title: str = "") -> Row:
    """A measure of both runs, written with the decimals that tell them apart."""
    measure = MEASURES[name]
    difference = second - first
    told = [] if is_nothing(change(difference, measure.unit, currency)) else [difference]
    number = row_notation([first, second], told, measure.unit, currency)
    written = number.change(difference)
    return Row(
        measure=name,
        title=title or measure.title,
        first=number.value(first),
        second=number.value(second),
        difference="" if isnan(difference) or is_nothing(written) else written,
    )


def difference_rows(
    names: Mapping[str, str], first: Mapping[str, float], second: Mapping[str, float], currency: str
) -> list[Row]:
    """Rows of the measures of which at least one run has a value; titles by name."""
    return [
        difference_row(name, first[name], second[name], currency, title)
        for name, title in names.items()
        if not (isnan(first[name]) and isnan(second[name]))
    ]
