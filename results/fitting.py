"""From clean records to the files of a scenario, its availability fitted by simulation."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from results.backtest.availability import fit_availability
from scenarios.fit.calls import Calls
from scenarios.fit.centre import fit_centre
from scenarios.fit.from_intervals import week_of_intervals
from scenarios.fit.from_tickets import week_of_tickets
from scenarios.fit.week import Week, shown, usual_week
from scenarios.fit.write import files_of
from scenarios.load import load_text
from scenarios.records.contacts import Contacts
from scenarios.records.intervals import Intervals
from scenarios.records.tickets import Tickets

WITHIN_S = 20.0


def write_fitted(
    records: Contacts | Intervals | Tickets,
    target: Path,
    *,
    workers: Executor | None = None,
    told: Callable[[str, float], None] | None = None,
) -> tuple[str, ...]:
    """Fit a centre to its records and write its scenario; existing files are never overwritten.

    Args:
        records: Clean records of one kind.
        target: The scenario file; the tables of agents and their windows are written next to it.
        workers: Processes that share the simulations.
        told: Called with what is being done and the share of it that is done.

    Returns:
        What was fitted and what could not be, in lines for people.

    Raises:
        ValueError: there are too few records.
        FileExistsError: one of the files is there already.
    """
    if isinstance(records, Contacts):
        week, lines = _of_contacts(records, workers, told)
    elif isinstance(records, Intervals):
        week, lines = week_of_intervals(records)
    else:
        week, lines = week_of_tickets(records)
    files = files_of(week, target)
    for path in files:
        if path.exists():
            raise FileExistsError(f"{path} already exists and was not overwritten.")
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    load_text(files[target], file=str(target), folder=target.parent)
    return (*lines, "Written: " + ", ".join(str(path) for path in files))


def _of_contacts(
    records: Contacts, workers: Executor | None, told: Callable[[str, float], None] | None
) -> tuple[Week, tuple[str, ...]]:
    fitted = fit_centre(Calls(records))
    say = told or (lambda _what, _share: None)
    figure = fit_availability(
        fitted,
        within_s=WITHIN_S,
        workers=workers,
        told=lambda share: say("fitting availability", share),
    )
    week = usual_week(fitted, figure.share, figure.spread)
    patience = fitted.hang_ups.all
    lines = [
        (
            f"Fitted to {len(fitted.dates)} complete days, {int(fitted.calls.asked.sum()):,} calls "
            f"that asked for an agent and {len(fitted.skills)} agents."
        ),
        f"Handling time {shown(fitted.handling.all.mean, 's')}.",
        f"Free agents are there {shown(figure.share, '%')} of the time while nobody waits.",
        *(stretch.words + ": left out." for stretch in fitted.unusual),
    ]
    if patience is not None:
        lines.insert(2, f"Patience, median {shown(patience.curve.quantile(0.5), 's')}.")
    return week, tuple(lines)
