"""The answers of firstline predict and ledger: tables for people, rows for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from results.ledger.days import QUANTITIES
from results.ledger.forecast import Bands, Forecast
from results.ledger.judged import Held, Judged, Tally, tally
from results.ledger.words import band, correction, heading, overall, value, verdict, where
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json

_NAMES = ("prediction", "date", "measure", "unit", "predicted", "low", "high", "came", "inside")


def answer_forecast(forecast: Forecast, path: Path, format_: Format) -> None:
    """Write what is predicted, and where it is kept."""
    if format_ is Format.JSON:
        write_json({**_about(forecast), "file": str(path), "results": list(_bands(forecast))})
    elif format_ is Format.CSV:
        write_csv(_bands(forecast))
    else:
        _print_forecast(forecast, path)


def answer_ledger(found: Sequence[Judged], new: Collection[Path], format_: Format) -> None:
    """Write what has become of all predictions.

    Args:
        found: all of them.
        new: files of those of which something came just now; they are shown in full.
        format_: of the answer.
    """
    if format_ is Format.JSON:
        write_json(_data(found))
    elif format_ is Format.CSV:
        write_csv((row for one in found for row in _rows(one)), _NAMES)
    elif found:
        for one in found:
            _print_one(one, in_full=one.prediction.path in new)
        data().print()
        tell(overall(found))


def _print_forecast(forecast: Forecast, path: Path) -> None:
    console = data()
    console.print(f"Predicted: {heading(forecast)}", style="bold", soft_wrap=True)
    table = plain_table(gap=2)
    table.add_column("", ratio=1)
    for head in ("Predicted", "80 % band", "80 % of days"):
        table.add_column(head, justify="right")
    for one in QUANTITIES:
        found = forecast.stretch.get(one.name)
        if found is not None:
            day = forecast.day.get(one.name)
            table.add_row(one.title, value(one, found.mean), band(one, found), band(one, day))
    console.print(table)
    drawn = len(forecast.ranges)
    console.print()
    tell(
        f"{forecast.replications} replications, "
        + (
            f"{drawn} uncertain figures drawn in each"
            if drawn
            else "chance alone: nothing is uncertain in the scenario"
        )
        + f". Answered in time is within {forecast.within_s:g} s.",
        style="dim",
    )
    if not forecast.early:
        tell("The first of these days has begun: the prediction does not count in the ledger.")
    console.print(f"\nPrediction  {path}", soft_wrap=True)
    console.print("When the days have come: firstline ledger RECORDS", soft_wrap=True)


def _print_one(found: Judged, *, in_full: bool) -> None:
    console, forecast = data(), found.prediction.forecast
    console.print()
    console.print(heading(forecast), style="bold", soft_wrap=True)
    tell(f"Predicted on {forecast.made}{_not_counted(found)}. {verdict(found)}")
    if in_full:
        for title, rows in (("", found.stretch), ("What went in", found.inputs)):
            if rows:
                console.print(_table(title, rows))
    if said := correction(found):
        tell(said, mark="→ ")


def _not_counted(found: Judged) -> str:
    return "" if found.counts else ", when its days had begun: it does not count"


def _table(title: str, rows: Sequence[Held]) -> Any:
    table = plain_table(gap=2)
    table.add_column(title, ratio=1)
    for head in ("Predicted", "80 % band", "Came", ""):
        table.add_column(head, justify="right")
    for one in rows:
        table.add_row(
            one.quantity.title,
            value(one.quantity, one.band.mean),
            band(one.quantity, one.band),
            value(one.quantity, one.came),
            where(one),
        )
    return table


def _about(forecast: Forecast) -> dict[str, Any]:
    return {
        "scenario": forecast.scenario,
        "policy": forecast.policy,
        "run": forecast.run,
        "digest": forecast.digest,
        "made": forecast.made,
        "from": min(forecast.days),
        "until": max(forecast.days),
        "counts": forecast.early,
    }


def _bands(forecast: Forecast) -> Iterator[dict[str, Any]]:
    """Rows of the stretch (no date) and of each day."""
    each: list[tuple[str, Bands]] = [("", forecast.stretch), *forecast.days.items()]
    for date, bands in each:
        for one in QUANTITIES:
            found = bands.get(one.name)
            if found is not None:
                yield {"date": date, "measure": one.name, "unit": one.unit, **asdict(found)}


def _data(found: Sequence[Judged]) -> dict[str, Any]:
    counted = [one for one in found if one.counts]
    return {
        "predictions": [_one(one) for one in found],
        "stretches": _tally(tally(held for one in counted for held in one.stretch)),
        "days": _tally(tally(held for one in counted for held in one.days)),
        "overall": overall(found) if found else "",
    }


def _one(found: Judged) -> dict[str, Any]:
    worst = found.to_correct
    return {
        "file": str(found.prediction.path),
        **_about(found.prediction.forecast),
        "days": len(found.prediction.forecast.days),
        "days_come": found.came,
        "verdict": verdict(found),
        "correct": None if worst is None else worst.quantity.name,
        "correction": correction(found),
        "results": list(_rows(found)),
    }


def _tally(counted: Tally) -> dict[str, Any]:
    low, high = counted.interval
    return {"inside": counted.inside, "of": counted.of, "low": low, "high": high}


def _rows(found: Judged) -> Iterator[dict[str, Any]]:
    """A row for each quantity of the stretch (no date) and measure of each day."""
    for one in (*found.stretch, *found.inputs, *found.days):
        yield {
            "prediction": found.prediction.name,
            "date": one.date,
            "measure": one.quantity.name,
            "unit": one.quantity.unit,
            "predicted": one.band.mean,
            "low": one.band.low,
            "high": one.band.high,
            "came": one.came,
            "inside": one.inside,
        }
