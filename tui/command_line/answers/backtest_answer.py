"""The answer of firstline backtest: tables for people, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from results.backtest.backtest import Backtest, Part
from results.backtest.scores import Score
from results.backtest.words import background, covered, headline, size, value, verdict, well_enough
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json

LEVELS = {"all": "in all", "day": "by day", "half_hour": "by half hour"}
METHODS = {
    "scores": "staffing_as_inferred",
    "past_staffing": "staffing_of_training_days",
    "erlang_a": "erlang_a",
}


def answer(test: Backtest, format_: Format) -> None:
    """Write the answer in the format asked for."""
    if format_ is Format.JSON:
        write_json(
            {
                "train": [str(date) for date in test.train],
                "test": [str(date) for date in test.test],
                "replications": test.replications,
                "availability": {
                    **vars(test.availability.share),
                    "always_there": test.availability.always,
                    "spread_by_day": test.availability.spread,
                },
                "rows": list(rows(test)),
            }
        )
    elif format_ is Format.CSV:
        write_csv(rows(test))
    else:
        _print(test)


def rows(test: Backtest) -> Iterator[dict[str, Any]]:
    """One row for each kind of days, method, level and figure."""
    for part in test.parts:
        for method in METHODS:
            for level, scores in getattr(part, method).items():
                for score in scores.values():
                    yield _row(part, method, level, score)


def _row(part: Part, method: str, level: str, score: Score) -> dict[str, Any]:
    total = getattr(part, method)["all"][score.figure.name]
    formula = method == "erlang_a"
    return {
        "days": part.title,
        "method": METHODS[method],
        "level": level,
        "figure": score.figure.name,
        "observed": float(total.observed[0]),
        "predicted": float(total.predicted[0]),
        "low": None if formula else float(total.low[0]),
        "high": None if formula else float(total.high[0]),
        "bias": score.bias,
        "rmse": score.rmse,
        "floor": None if formula else score.floor,
        "covered": None if formula else score.covered,
    }


def _print(test: Backtest) -> None:
    tell(headline(test))
    tell(verdict(test))
    tell(well_enough(test)[1])
    for part in test.parts:
        data().print()
        dates = ", ".join(str(date)[5:] for date in part.dates)
        tell(f"{part.title.capitalize()}: {dates}")
        _print_totals(part)
        _print_errors(part)
    data().print()
    for line in background(test):
        tell(line, mark="  ")


def _print_totals(part: Part) -> None:
    table = plain_table(2)
    for name in ("", "observed", "predicted", "80 % band", "training staff", "Erlang A"):
        table.add_column(name, justify="left" if not name else "right")
    for name, score in part.scores["all"].items():
        figure = score.figure
        band = f"{size(figure, score.low[0])}–{size(figure, score.high[0])}"
        others = (getattr(part, m)["all"][name].predicted[0] for m in ("past_staffing", "erlang_a"))
        table.add_row(
            figure.title,
            value(figure, score.observed[0]),
            value(figure, score.predicted[0]),
            band,
            *(value(figure, other) for other in others),
        )
    data().print(table)


def _print_errors(part: Part) -> None:
    table = plain_table(2)
    for name in ("", "error", "floor", "in band", "training staff", "Erlang A"):
        table.add_column(name, justify="left" if not name else "right")
    for level in ("day", "half_hour"):
        for name, score in part.scores[level].items():
            figure = score.figure
            others = (getattr(part, m)[level][name].rmse for m in ("past_staffing", "erlang_a"))
            table.add_row(
                f"{figure.title} {LEVELS[level]}",
                size(figure, score.rmse),
                size(figure, score.floor),
                covered(score),
                *(size(figure, other) for other in others),
            )
    data().print(table)
