"""The precision that is asked for, as it is typed: ``asa=5,fcr=0.01``."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from results.errors import ExperimentError
from results.experiments.experiment import NO_DIFFERENCE
from results.experiments.precision import Precision
from tui.terminal.lists import listed

USUAL = "usual"
"""The precision that people want most often."""

_DIFFERENCE = "difference."
"""Before a measure: its difference from the baseline is meant."""


def parse_precision(text: str | None, replications: int | None) -> Precision | None:
    """The precision in a list such as ``asa=5,fcr_complaints=0.01``."""
    if text is None:
        return None
    if replications is not None:
        raise typer.BadParameter(
            "give either --replications or --precision, not both.", param_hint="--precision"
        )
    try:
        if text.strip() == USUAL:
            return Precision()
        return _precision(listed(text) or [])
    except ExperimentError as error:
        raise typer.BadParameter(str(error), param_hint="--precision") from error


def refuse_lonely_difference(precision: Precision | None, policies: int) -> None:
    """Refuse the precision of a difference where only one policy is run.

    Raises:
        typer.BadParameter: there is nothing to differ from.
    """
    if precision is not None and precision.differences and policies < 2:
        raise typer.BadParameter(NO_DIFFERENCE, param_hint="--precision")


def _precision(parts: Iterable[str]) -> Precision:
    half_widths: dict[str, float] = {}
    differences: dict[str, float | None] = {}
    for part in parts:
        name, equals, number = (piece.strip() for piece in part.partition("="))
        if not name.startswith(_DIFFERENCE):
            half_widths[name] = _margin(part, number, equals)
        elif equals:
            differences[name.removeprefix(_DIFFERENCE)] = _margin(part, number, equals)
        else:
            differences[name.removeprefix(_DIFFERENCE)] = None
    return Precision(half_widths, differences)


def _margin(text: str, number: str, equals: str) -> float:
    try:
        return float(number)
    except ValueError:
        said = f"'{number}' is not a number" if equals else f"'{text}' has no margin"
        raise typer.BadParameter(
            f"{said}; write asa=5 for ±5 seconds, fcr=0.01 for ±1 percentage point.",
            param_hint="--precision",
        ) from None
