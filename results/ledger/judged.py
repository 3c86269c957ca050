"""Predictions against what came: which bands held, and which assumption to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from results.backtest.cells import Numbers
from results.errors import ExperimentError
from results.ledger.days import INPUTS, MEASURES, Quantity, of_calls, of_intervals
from results.ledger.file import Prediction
from results.ledger.forecast import Band, Bands
from scenarios.fit.calls import Calls, Dates
from scenarios.fit.estimate import share_of
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.read import Records

FAR = 1.5
"""Of what went in, how many times as far off as its band reaches is more than chance: of a normal
law 1.5 times the ends of 80 % are those of 95 %. An end alone is passed by one in five."""


@dataclass(frozen=True)
class Held:
    """One quantity of one prediction: what was predicted and what came."""

    quantity: Quantity
    date: str
    """Of a day; empty for the stretch."""
    band: Band
    came: float

    @property
    def inside(self) -> bool:
        """Whether what came lies inside the band."""
        return self.band.has(self.came)

    @property
    def how_far(self) -> float:
        """How far it lies from the mean, where 1 is the end of the band."""
        return self.band.how_far(self.came)


@dataclass(frozen=True)
class Judged:
    """A prediction with what has come of it."""

    prediction: Prediction
    stretch: tuple[Held, ...]
    """Measures of all days together; empty until every day has come."""
    days: tuple[Held, ...]
    """Measures of each day that has come."""
    inputs: tuple[Held, ...]
    """What went in, of the days that have come against the same days as they were predicted."""

    @property
    def came(self) -> int:
        """How many of its days have come."""
        return len(self.prediction.came)

    @property
    def whole(self) -> bool:
        """Whether every day has come."""
        return self.came == len(self.prediction.forecast.days)

    @property
    def counts(self) -> bool:
        """Whether it counts: it was made before its days began."""
        return self.prediction.forecast.early

    @property
    def to_correct(self) -> Held | None:
        """The assumption that lies furthest outside its band; None where none lies far outside."""
        outside = [one for one in self.inputs if one.how_far >= FAR]
        return max(outside, key=lambda one: one.how_far, default=None)


@dataclass(frozen=True)
class Tally:
    """How many bands held, with the interval of the share that do."""

    inside: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share (Wilson); NaN of nothing."""
        found = share_of(self.inside, self.of)
        return found.low, found.high


def judged(prediction: Prediction) -> Judged:
    """Hold a prediction to what has come of it."""
    forecast, came = prediction.forecast, prediction.came
    stretch: tuple[Held, ...] = ()
    inputs: tuple[Held, ...] = ()
    if came and len(came) == len(forecast.days):
        total = np.sum(list(came.values()), axis=0)
        stretch = tuple(_held(MEASURES, "", forecast.stretch, total))
        inputs = tuple(_held(INPUTS, "", forecast.stretch, total))
    elif came:
        inputs = tuple(_of_some_days(forecast.days, came))
    days = tuple(
        held
        for date, counts in sorted(came.items())
        for held in _held(MEASURES, date, forecast.days[date], counts)
    )
    return Judged(prediction, stretch, days, inputs)


def _held(
    quantities: Sequence[Quantity], date: str, bands: Bands, counts: Numbers
) -> Iterator[Held]:
    for one in quantities:
        band, value = bands.get(one.name), float(one.of(counts))
        if band is not None and not np.isnan(value):
            yield Held(one, date, band, value)


def _of_some_days(days: Mapping[str, Bands], came: Mapping[str, Numbers]) -> Iterator[Held]:
    """Inputs of the days that have come, against the mean of their bands: rather too wide."""
    total = np.sum(list(came.values()), axis=0)
    for one in INPUTS:
        bands = [days[date][one.name] for date in came if one.name in days[date]]
        value = float(one.of(total))
        if bands and not np.isnan(value):
            ends = np.mean([(band.mean, band.low, band.high) for band in bands], axis=0)
            yield Held(one, "", Band(*map(float, ends)), value)


def tally(found: Iterable[Held]) -> Tally:
    """Count the bands that held."""
    held = [one.inside for one in found]
    return Tally(sum(held), len(held))


def came_from(prediction: Prediction, records: Records) -> Prediction:
    """A prediction with the days that records tell of; those known before stay.

    Only dates from the first to the last of the records have come; one without a call between them
    is a day without a call.

    Raises:
        ExperimentError: the records are of tickets.
    """
    dates = _told_of(records)
    wanted = prediction.forecast.dates
    there = wanted[(wanted >= dates.min()) & (wanted <= dates.max())]
    if not len(there):
        return prediction
    within_s = prediction.forecast.within_s
    if isinstance(records, Contacts):
        calls = Calls(records)
        counts = of_calls(calls.on(there), there, within_s)
    else:
        assert isinstance(records, Intervals), "tickets were refused"
        counts = of_intervals(records, there, within_s)
    new = {str(date): row for date, row in zip(there, counts, strict=True)}
    return replace(prediction, came={**prediction.came, **new})


def _told_of(records: Records) -> Dates:
    if isinstance(records, Contacts):
        dates = Calls(records).dates
        if not len(dates):
            raise ExperimentError("Nobody asked for an agent in these records.")
        return dates
    if isinstance(records, Intervals):
        return np.unique(records.start.astype("datetime64[D]"))
    raise ExperimentError(
        "A prediction is about calls; these records are a ticket log. Give call records or "
        "interval reports."
    )


def span_of(records: Records) -> tuple[str, str]:
    """The first and the last date of records.

    Raises:
        ExperimentError: they are of tickets, or nobody asked for an agent.
    """
    dates = _told_of(records)
    return str(dates.min()), str(dates.max())
