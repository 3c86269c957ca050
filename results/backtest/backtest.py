"""Fit the first days of a centre's records, predict the others, and say how well."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from results.backtest.availability import Availability, fit_availability
from results.backtest.cells import Numbers, observed
from results.backtest.erlang_a import heads_of, textbook_of
from results.backtest.predict import replications_of, scenario_of
from results.backtest.scores import Score, scores
from scenarios.fit.calls import Calls, Dates, weekday_of
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.document import replayed
from scenarios.fit.errors import FitError
from scenarios.fit.staffing import Window, logged_on
from scenarios.fit.unusual import Stretch, unusual_stretches

DEFAULT_REPLICATIONS = 40
DEFAULT_WITHIN_S = 20.0


@dataclass(frozen=True, eq=False)
class Part:
    """Test days of one kind: those with at least half the calls of the busiest, or the others.

    Attributes:
        title: Which days they are.
        dates: The dates.
        observed: Dates × half hours × counts.
        cells: Replications × the same, with the staffing as inferred.
        scores: By level and figure, of the prediction with the staffing as inferred.
        past_staffing: The same, with the agents of the training days.
        erlang_a: The same, of Erlang A on the same inputs.
    """

    title: str
    dates: Dates
    observed: Numbers
    cells: Numbers
    scores: dict[str, dict[str, Score]]
    past_staffing: dict[str, dict[str, Score]]
    erlang_a: dict[str, dict[str, Score]]


@dataclass(frozen=True, eq=False)
class Backtest:
    """A centre fitted to its first days, and its prediction of the others."""

    fitted: FittedCentre
    availability: Availability
    train: Dates
    test: Dates
    within_s: float
    replications: int
    unusual: tuple[Stretch, ...]
    """Outages and rushes of the test days: predicted like any other time."""
    parts: tuple[Part, ...]


def split(dates: Dates) -> tuple[Dates, Dates]:
    """The first two thirds of the days, and the others."""
    cut = max(1, round(len(dates) * 2 / 3))
    return dates[:cut], dates[cut:]


def backtest(
    calls: Calls,
    train: Dates,
    test: Dates,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    within_s: float = DEFAULT_WITHIN_S,
    seed: int = 1,
    workers: Executor | None = None,
    told: Callable[[str, float], None] | None = None,
) -> Backtest:
    """Fit, predict, compare.

    Args:
        calls: The records.
        train: Dates that are fitted.
        test: Dates that are predicted, from when customers came and who was logged on.
        replications: How many times the test days are simulated.
        within_s: The target of the service level.
        seed: Of the random numbers.
        workers: Processes to share the replications.
        told: Called with what is done and the share of it that is done.

    Raises:
        FitError: there are too few contacts, or no day to test.
    """
    say = told or (lambda _what, _share: None)
    if not len(test):
        raise FitError("There is no day to predict.")
    fitted = fit_centre(calls, train)
    figure = fit_availability(
        fitted, within_s=within_s, workers=workers, told=lambda s: say("fitting availability", s)
    )
    of_test = calls.on(test)
    inferred, past = logged_on(of_test), past_windows(fitted, test)
    seen = observed(of_test, test, within_s)
    made = []
    for title, windows in (("staffing as inferred", inferred), ("staffing of the past", past)):
        document = replayed(fitted, of_test, test, windows, figure.there)
        cells = replications_of(
            scenario_of(document),
            test,
            within_s,
            replications,
            seed=seed,
            workers=workers,
            told=lambda done, of, t=title: say(f"predicting, {t}", done / of),  # type: ignore[misc]
        )
        made.append(cells)
    textbook = textbook_of(fitted, within_s).cells(heads_of(test, inferred), seen)[None]
    parts = _parts(test, seen, [*made, textbook])
    return Backtest(
        fitted, figure, train, test, within_s, replications, unusual_stretches(of_test), parts
    )


def past_windows(fitted: FittedCentre, test: Dates) -> tuple[Window, ...]:
    """For each date, the windows of the latest training day of its weekday (else of any)."""
    windows = []
    for date in test:
        same = [d for d in fitted.dates if weekday_of(d) == weekday_of(date)] or fitted.dates
        windows += [
            Window(w.agent, date, w.start, w.end) for w in fitted.windows if w.date == same[-1]
        ]
    return tuple(windows)


def _parts(test: Dates, seen: Numbers, made: list[Numbers]) -> tuple[Part, ...]:
    totals = seen[:, :, 0].sum(axis=1)
    names = np.array([weekday_of(date) for date in test])
    level = np.array([totals[names == name].mean() for name in names])
    busy = level >= 0.5 * level.max()
    parts = []
    for title, rows in (("usual days", busy), ("quiet days", ~busy)):
        if rows.any():
            each = [scores(seen[rows], cells[:, rows]) for cells in made]
            parts.append(Part(title, test[rows], seen[rows], made[0][:, rows], *each))
    return tuple(parts)
