"""From clean records to the files of a scenario, its availability fitted by simulation."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from results.backtest.availability import fit_availability
from results.backtest.cells import observed
from results.inferred_heads import infer_heads
from scenarios.fit.calls import Calls
from scenarios.fit.calls_resampled import put_staff
from scenarios.fit.centre import FittedCentre, fit_centre
from scenarios.fit.figure import Uncertain, shown
from scenarios.fit.from_intervals import offered_in, staffed, week_of_intervals
from scenarios.fit.from_tickets import week_of_tickets
from scenarios.fit.handling import handled_by_day
from scenarios.fit.heads import InferredHeads, Offered
from scenarios.fit.resampled import Drawn
from scenarios.fit.week import Week, add_log_ons, there_words, usual_week
from scenarios.fit.write import files_of
from scenarios.load import load_text
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.tickets import Tickets

WITHIN_S = 20.0
INFERRED = (
    "Heads are inferred from hang-ups and waits, since the records name neither agents nor staff: "
    "write your roster in their place if you have it."
)


class Written(NamedTuple):
    """A scenario that was fitted and written."""

    lines: tuple[str, ...]
    """What was fitted and what could not be, for people."""
    files: tuple[Path, ...]
    """The scenario first."""
    figures: tuple[Uncertain, ...]
    """Figures with their intervals."""


class Fitted(NamedTuple):
    """A scenario that was fitted and is not written yet."""

    week: Week
    lines: tuple[str, ...]
    """What was fitted and what could not be, for people."""

    def write(self, target: Path, *, one_file: bool = False) -> Written:
        """Write the scenario; existing files are never overwritten.

        Args:
            target: The scenario file; the tables of agents and their windows are written next to
                it.
            one_file: Write the agents into the scenario instead.

        Raises:
            FileExistsError: one of the files is there already.
        """
        files = files_of(self.week, target, one_file=one_file)
        for path in files:
            if path.exists():
                raise FileExistsError(f"{path} already exists and was not overwritten.")
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
        load_text(files[target], file=str(target), folder=target.parent)
        return Written(self.lines, tuple(files), tuple(self.week.uncertain))


def fit_records(
    records: Contacts | Intervals | Tickets,
    *,
    workers: Executor | None = None,
    told: Callable[[str, float], None] | None = None,
) -> Fitted:
    """Fit a centre to its records.

    Args:
        records: Clean records of one kind.
        workers: Processes that share the simulations.
        told: Called with what is being done and the share of it that is done.

    Raises:
        FitError: the records are too few, or lack what a fit needs.
    """
    if isinstance(records, Contacts):
        week, lines = _of_contacts(records, workers, told)
    elif isinstance(records, Intervals):
        heads = None if staffed(records) else _heads_of(offered_in(records))
        week, lines = week_of_intervals(records, heads)
        lines = lines if heads is None else (*lines, INFERRED)
    else:
        week, lines = week_of_tickets(records)
    week.settle()
    return Fitted(week, lines)


def write_fitted(
    records: Contacts | Intervals | Tickets,
    target: Path,
    *,
    one_file: bool = False,
    workers: Executor | None = None,
    told: Callable[[str, float], None] | None = None,
) -> Written:
    """Fit a centre to its records and write its scenario: `fit_records`, then `Fitted.write`."""
    return fit_records(records, workers=workers, told=told).write(target, one_file=one_file)


def in_the_way(target: Path, *, one_file: bool = False) -> Path | None:
    """A file that writing a scenario would have to overwrite; None when there is none."""
    if target.exists():
        return target
    names = () if one_file else ("agents", "logons", "resampled")
    tables = (target.with_name(f"{target.stem}-{name}.csv") for name in names)
    return next((path for path in tables if path.exists()), None)


def _of_contacts(
    records: Contacts, workers: Executor | None, told: Callable[[str, float], None] | None
) -> tuple[Week, tuple[str, ...]]:
    fitted = fit_centre(Calls(records))
    week = usual_week(fitted)
    patience = fitted.hang_ups.all
    lines = [
        (
            f"Fitted to {len(fitted.dates)} complete days, {int(fitted.calls.asked.sum()):,} calls "
            f"that asked for an agent and {len(fitted.skills)} agents."
        ),
        f"Handling time {shown(fitted.handling.all.mean, 's')}.",
    ]
    if patience is not None:
        lines.append(f"Patience, median {shown(patience.curve.quantile(0.5), 's')}.")
    lines.append(_staff(week, fitted, workers, told or (lambda _what, _share: None)))
    lines += [stretch.words + ": left out." for stretch in fitted.unusual]
    return week, tuple(lines)


def _staff(
    week: Week, fitted: FittedCentre, workers: Executor | None, told: Callable[[str, float], None]
) -> str:
    """Write who is there into a week, by log-ons or else by inferred heads, and say which."""
    if not fitted.windows:
        told("inferring heads", 0.0)
        infer_heads(offered_of(fitted), week.sets.drawn.on(fitted.dates).times).write(week)
        return INFERRED
    figure = fit_availability(
        fitted,
        within_s=WITHIN_S,
        workers=workers,
        told=lambda share: told("fitting availability", share),
    )
    add_log_ons(week, fitted, figure.there, figure.share)
    shares = figure.drawn_anew(week.sets.drawn.on(figure.dates).times)
    put_staff(week.sets, fitted, figure.share.value, shares)
    return there_words(figure.there, figure.share)


def _heads_of(offered: Offered) -> InferredHeads:
    return infer_heads(offered, Drawn.of(offered.dates).times)


def offered_of(fitted: FittedCentre) -> Offered:
    """What the records of calls show, for inferring heads."""
    cells = observed(fitted.calls, fitted.dates, WITHIN_S)
    patience = fitted.hang_ups.all
    return Offered(
        fitted.dates,
        calls=cells[..., 0],
        abandoned=cells[..., 1],
        waited_s=cells[..., 2],
        handle_s=fitted.handling.all.mean.value,
        patience_s=patience.exponential.value if patience else np.inf,
        handled=handled_by_day(fitted.calls, fitted.dates),
    )
