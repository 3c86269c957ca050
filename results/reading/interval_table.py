"""The interval table of one policy: what happens from half-hour to half-hour."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import TOTAL
from results.experiments.experiment import Experiment
from results.measures.slice import Cut
from results.reading import format as numbers
from results.reading.by import By
from results.reading.parts import cuts_of
from results.reading.within import within
from scenarios import Scenario
from scenarios.answer_targets import answer_targets
from scenarios.parts.clock import DAY_S, clock_text
from scenarios.shares import percent

Columns = dict[str, NDArray[np.float64]]


def _whole(value: float) -> str:
    return numbers.UNDEFINED if math.isnan(value) else f"{value:,.0f}"


def _per_cent(value: float) -> str:
    return numbers.UNDEFINED if math.isnan(value) else percent(value)


SHOWN: dict[str, tuple[str, Callable[[float], str]]] = {
    "offered": ("Of-\nfered", _whole),
    "answered": ("An-\nswered", _whole),
    "abandoned": ("Aban-\ndoned", _whole),
    "closed": ("Clo-\nsed", _whole),
    "service_level": ("Serv.\nlevel", _per_cent),
    "asa_s": ("\nASA", numbers.minutes),
    "longest_wait_s": ("Long-\nest", numbers.minutes),
    "number_waiting": ("Wait-\ning", numbers.number),
    "aht_s": ("\nAHT", numbers.minutes),
    "staffed": ("At\nwork", numbers.number),
    "occupancy": ("Occu-\npancy", _per_cent),
    "backlog": ("Back-\nlog", _whole),
}
"""Columns that fit a screen, with their headers; the others are in JSON and CSV."""

BANDED = (
    *("offered", "answered", "abandoned", "service_level", "asa_s", "wait_all_s"),
    *("wait_abandoned_s", "queued_share", "staffed", "occupancy"),
)
"""Columns for which programs get the band in which most replications lie."""

BAND = (0.1, 0.9)
"""Quantiles of the replications at which the band ends: four in five lie within."""

_WHILE_OPEN = ("offered", "answered", "abandoned")
"""Counts that are nothing while it is closed, unless somebody writes."""


def interval_rows(experiment: Experiment, by: By | None) -> list[dict[str, Any]]:
    """Every interval of the horizon and every column, for programs."""
    return [
        {
            "policy": experiment.policies[0],
            "dimension": cut[0],
            "key": cut[1],
            "start": moment(experiment.scenario, float(columns["start_s"][row])),
            **{name: float(column[row]) for name, column in columns.items()},
        }
        for cut in cuts_of(experiment, by)
        for columns in [means(experiment, cut) | bands(experiment, cut)]
        for row in range(len(columns["start_s"]))
    ]


@dataclass(frozen=True)
class Intervals:
    """The interval table of one policy and part, ready to be read."""

    headers: tuple[str, ...]
    """Each with the places where it may be broken: ``Of-\\nfered``."""
    rows: tuple[tuple[str, ...], ...]
    """The time of each interval, then its columns."""
    closed: tuple[bool, ...] = ()
    """Of each row, whether nobody can come on the line then."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The headers in one line each."""
        whole = (header.replace("-\n", "").replace("\n", " ") for header in self.headers)
        return tuple(header.strip() for header in whole)


def interval_table(experiment: Experiment, policy: str, cut: Cut = TOTAL) -> Intervals:
    """Every interval in which something happens, under one policy.

    What is undefined throughout has no column: agents have none of a reason or of a queue.
    """
    found = _dashed(means(experiment, cut, policy))
    there = np.flatnonzero(alive(found))
    shown = {name: how for name, how in SHOWN.items() if not np.isnan(found[name][there]).all()}
    if "service_level" in shown:
        targets = answer_targets(experiment.scenario)
        time = within(targets) if len(targets) == 1 else "target"
        shown["service_level"] = (f"In\n{time}", SHOWN["service_level"][1])
    rows = [
        (
            clock(experiment.scenario, float(found["start_s"][row])),
            *(write(float(found[name][row])) for name, (_, write) in shown.items()),
        )
        for row in there
    ]
    headers = ("", *(header for header, _ in shown.values()))
    closed = _closed(found)[there]
    return Intervals(headers, tuple(rows), tuple(closed.tolist()))


def alive(columns: Columns) -> NDArray[np.bool_]:
    """True where there are customers or agents, or somebody finds it closed; (intervals,)."""
    named = ("offered", "handled", "staffed", "closed")
    return np.asarray(sum(np.nan_to_num(columns[name]) for name in named) > 0.0)


def _dashed(columns: Columns) -> Columns:
    """The columns with nothing instead of zero where nobody could come: voice and chat closed."""
    closed = _closed(columns)
    return columns | {
        name: np.where(closed & (columns[name] == 0.0), np.nan, columns[name])
        for name in _WHILE_OPEN
    }


def _closed(columns: Columns) -> NDArray[np.bool_]:
    """Intervals in which nobody can come on the line; none where nobody ever does."""
    closed = np.isnan(columns["number_waiting"])
    return closed & (not closed.all())


def means(experiment: Experiment, cut: Cut, policy: str | None = None) -> Columns:
    """Each column as its mean over the replications that define it, shape (intervals,).

    Args:
        experiment: with at least one replication under every policy.
        cut: the whole, or a part of the centre.
        policy: the baseline when None.
    """
    summaries = experiment.summaries[policy or experiment.policies[0]]
    tables = [one.intervals[cut] for one in summaries]
    with warnings.catch_warnings():
        # An interval that no replication defines has no mean, which is what NaN says.
        warnings.simplefilter("ignore", RuntimeWarning)
        return {
            name: np.nanmean([table[name] for table in tables], axis=0, dtype=float)
            for name in tables[0]
        }


def bands(experiment: Experiment, cut: Cut, policy: str | None = None) -> Columns:
    """Where four in five of the replications lie, shape (intervals,) each.

    ``offered_low`` and ``offered_high``, and so on for all of ``BANDED``; NaN where fewer than two
    replications define a figure.
    """
    summaries = experiment.summaries[policy or experiment.policies[0]]
    found: Columns = {}
    for name in BANDED:
        values = np.array([one.intervals[cut][name] for one in summaries], dtype=np.float64)
        known = (~np.isnan(values)).sum(axis=0) > 1
        ends = np.full((2, values.shape[1]), np.nan)
        if known.any():
            ends[:, known] = np.nanquantile(values[:, known], BAND, axis=0)
        found[f"{name}_low"], found[f"{name}_high"] = ends
    return found


def moment(scenario: Scenario, seconds: float) -> str:
    """Date and time of day, "2026-12-24 08:00"; without a first date weekday and time."""
    day, time = divmod(seconds, DAY_S)
    date = scenario.horizon.date(int(day))
    return clock(scenario, seconds) if date is None else f"{date} {clock_text(time)}"


def clock(scenario: Scenario, seconds: float) -> str:
    """Weekday and time of day, "Mon 08:00"; month and day where days have dates, "12-24 08:00"."""
    day, time = divmod(seconds, DAY_S)
    date = scenario.horizon.date(int(day))
    if date is not None:
        return f"{date:%m-%d} {clock_text(time)}"
    return f"{scenario.horizon.weekday(int(day))[:3].capitalize()} {clock_text(time)}"
