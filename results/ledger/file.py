"""Forecasts as files that a person can read: written once, and never changed.

    predictions/
        2026-02-02-to-2026-02-08-my-centre-empowered.toml        what was predicted
        2026-02-02-to-2026-02-08-my-centre-empowered.came.toml   what came, counted by day

Both hold figures of days and nothing of a person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tomlkit

from results.backtest.cells import Numbers
from results.errors import ExperimentError, writing
from results.ledger.days import COUNTS
from results.ledger.forecast import Band, Bands, Forecast
from scenarios.fit.calls import Dates

PREDICTIONS = "predictions"
"""The folder beside the run folders."""
CAME = ".came.toml"
FORMAT = 1

_HEAD = (
    "What firstline predicted before these days came. firstline ledger RECORDS says how it did.\n"
    "Each figure is { mean, low, high }: 80 % of what may come lies from low to high. Shares are\n"
    "fractions, waits and handling times seconds, agents hours a day. Do not change this file."
)
_CAME_HEAD = (
    "What came on days that firstline predicted, counted from records: calls, how many hung up,\n"
    "seconds waited, and so on. Written by firstline ledger; what is not known is left out."
)


@dataclass(frozen=True)
class Prediction:
    """A forecast in its file, and what has come of its days."""

    path: Path
    forecast: Forecast
    came: Mapping[str, Numbers]
    """By date, what was counted (``COUNTS``, NaN where it is not known)."""

    @property
    def name(self) -> str:
        """What it is called: its file without the ending."""
        return self.path.stem


def path_of(root: Path, name: str, policy: str, dates: Dates) -> Path:
    """The file of a prediction that is to be made.

    Args:
        root: where run folders are.
        name: of the scenario.
        policy: that is predicted.
        dates: that are predicted.

    Raises:
        ExperimentError: it is there already.
    """
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{name}-{policy}").strip("-.")
    path = root / PREDICTIONS / f"{dates[0]}-to-{dates[-1]}-{words[:100]}.toml"
    if path.exists():
        raise ExperimentError(_already(path))
    return path


def write_forecast(path: Path, forecast: Forecast) -> None:
    """Write a forecast into a new file.

    Raises:
        ExperimentError: it is there already, or cannot be written.
    """
    text = tomlkit.dumps(_document(forecast))
    with writing(path.parent, "prediction"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise ExperimentError(_already(path)) from None


def _already(path: Path) -> str:
    return (
        f"{path} is there already. A prediction is not made twice: it counts as it was first made. "
        "Choose other days, or delete the file if it was a mistake."
    )


def predictions(root: Path) -> list[Prediction]:
    """All predictions beside the run folders, the earliest days first.

    Raises:
        ExperimentError: one of them cannot be read.
    """
    return list(_read(root / PREDICTIONS))


def _read(folder: Path) -> Iterator[Prediction]:
    for path in sorted(folder.glob("*.toml")):
        if not path.name.endswith(CAME):
            yield Prediction(path, _forecast(path), _came(path))


def write_came(prediction: Prediction) -> Path:
    """Write what has come of a prediction's days, next to it.

    Raises:
        ExperimentError: it cannot be written.
    """
    path = _came_path(prediction.path)
    document = tomlkit.document()
    _comment(document, _CAME_HEAD)
    days = {
        date: {
            name: _rounded(value)
            for name, value in zip(COUNTS, counts.tolist(), strict=True)
            if not np.isnan(value)
        }
        for date, counts in sorted(prediction.came.items())
    }
    document["format"], document["days"] = FORMAT, days
    with writing(path.parent, "ledger"):
        new = path.with_suffix(".new")
        new.write_text(tomlkit.dumps(document), encoding="utf-8")
        new.replace(path)
    return path


def _came_path(path: Path) -> Path:
    return path.with_name(f"{path.stem}{CAME}")


def _came(path: Path) -> dict[str, Numbers]:
    place = _came_path(path)
    if not place.exists():
        return {}
    days = _parsed(place).get("days", {})
    try:
        return {
            date: np.array([float(day.get(name, np.nan)) for name in COUNTS])
            for date, day in days.items()
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise _unreadable(place, error) from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if found.get("format") != FORMAT:
        raise _unreadable(path, f"format is {found.get('format')}, and this version reads {FORMAT}")
    return found


def _unreadable(path: Path, reason: object) -> ExperimentError:
    words = f"has no {reason}" if isinstance(reason, KeyError) else reason
    return ExperimentError(
        f"{path} is no prediction that can be read: {words}. Restore it as it was written, or take "
        "it out of the folder."
    )


def _document(forecast: Forecast) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    _comment(document, _HEAD)
    document["format"] = FORMAT
    for name in ("made", "scenario", "policy", "policy_title", "run", "digest"):
        document[name] = getattr(forecast, name)
    document |= {
        "service_level_within_s": forecast.within_s,
        "seed": forecast.seed,
        "replications": forecast.replications,
    }
    drawn = {key: {"low": low, "high": high} for key, (low, high) in forecast.ranges.items()}
    tables = {
        "stretch": _tables(forecast.stretch),
        "any_day": _tables(forecast.day),
        "days": {date: _tables(bands) for date, bands in forecast.days.items()},
        "drawn": _inline(drawn),
    }
    for name, table in tables.items():
        document[name] = table
    return document


def _comment(document: tomlkit.TOMLDocument, text: str) -> None:
    for line in text.splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())


def _tables(bands: Bands) -> Any:
    return _inline(
        {name: {"mean": one.mean, "low": one.low, "high": one.high} for name, one in bands.items()}
    )


def _inline(rows: Mapping[str, Mapping[str, float]]) -> Any:
    table = tomlkit.table()
    for name, row in rows.items():
        line = tomlkit.inline_table()
        line.update({key: _rounded(value) for key, value in row.items()})
        table[name] = line
    return table


def _rounded(value: float) -> float:
    """Five digits: more are chance, and nobody reads them."""
    return float(f"{value:.5g}")


def _forecast(path: Path) -> Forecast:
    found = _parsed(path)
    try:
        return Forecast(
            scenario=str(found["scenario"]),
            policy=str(found["policy"]),
            policy_title=str(found["policy_title"]),
            digest=str(found["digest"]),
            run=str(found["run"]),
            made=str(found["made"]),
            within_s=float(found["service_level_within_s"]),
            seed=int(found["seed"]),
            replications=int(found["replications"]),
            ranges={
                key: (float(one["low"]), float(one["high"])) for key, one in found["drawn"].items()
            },
            stretch=_bands(found["stretch"]),
            day=_bands(found["any_day"]),
            days=_days(found["days"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(path, error) from error


def _days(found: Mapping[str, Any]) -> dict[str, Bands]:
    if not found:
        raise ValueError("it has no days")
    return {str(np.datetime64(date, "D")): _bands(bands) for date, bands in found.items()}


def _bands(found: Mapping[str, Any]) -> dict[str, Band]:
    return {
        name: Band(*(float(one[end]) for end in ("mean", "low", "high")))
        for name, one in found.items()
    }
