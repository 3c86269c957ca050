"""The answer of a queueing formula, for the number of agents asked for and those around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from results import format as numbers
from results.formulas.erlang import ErlangC, erlang_c, erlangs
from results.formulas.patience_queue import PatienceQueue, erlang_a
from results.formulas.staffing import Target, agents_needed, scheduled_for
from tui.answers.machine import write_csv, write_json
from tui.answers.plain_table import plain_table
from tui.command_line.console import data, tell
from tui.command_line.options import Format

AROUND = 2
"""Agents more and less that are shown beside the answer."""

USUAL_SERVICE_LEVEL = 0.8

_HEADERS = ("", "Agents", "Roster", "Within {:g} s", "ASA", "Have to wait", "Give up", "Occupancy")

_CELLS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("agents", str),
    ("scheduled", str),
    ("service_level", numbers.share),
    ("asa", numbers.duration),
    ("p_wait", numbers.share),
    ("abandonment", numbers.share),
    ("occupancy", numbers.share),
)


@dataclass(frozen=True)
class Load:
    """What comes to the agents."""

    contacts_per_hour: float
    aht_s: float
    patience_s: float | None
    """Mean of an exponential patience; None where nobody gives up."""
    target_s: float

    @property
    def formula(self) -> str:
        """The formula that knows it."""
        return "Erlang C" if self.patience_s is None else "Erlang A"

    @property
    def offered(self) -> float:
        """In erlangs."""
        return erlangs(self.contacts_per_hour, self.aht_s)

    def met_by(self, agents: int) -> ErlangC | PatienceQueue:
        """What customers meet.

        Raises:
            ValueError: an input outside its range, or a queue that grows without end.
        """
        if self.patience_s is None:
            return erlang_c(self.contacts_per_hour, self.aht_s, agents, self.target_s)
        load = self.contacts_per_hour, self.aht_s
        return erlang_a(*load, agents, self.patience_s, self.target_s)


def answer(
    load: Load,
    agents: int | None,
    targets: Mapping[str, float | None],
    shrinkage: float,
    format_: Format,
) -> None:
    """Write what so many agents reach, or how many it takes, to stdout.

    Raises:
        ValueError: an input outside its range, with words for it.
    """
    if agents is None:
        target = _target(load, targets)
        agents = _needed(load, target)
        said = f"It takes {agents} agents for {_in_words(target)}."
    else:
        load.met_by(agents)
        said = f"{agents} agents reach this:"
    rows = list(_rows(load, agents, shrinkage))
    if format_ is Format.JSON:
        about = {"formula": load.formula, "offered_load": load.offered, "agents": agents}
        write_json({**about, "results": rows})
    elif format_ is Format.CSV:
        write_csv(rows)
    else:
        _print(load, agents, said, rows)


def _target(load: Load, targets: Mapping[str, float | None]) -> Target:
    given = {name: value for name, value in targets.items() if value is not None}
    return Target(**(given or {"service_level": USUAL_SERVICE_LEVEL}), target_s=load.target_s)


def _in_words(target: Target) -> str:
    """What a target promises, as a sentence lists it."""
    parts = []
    if target.service_level is not None:
        level = numbers.share(target.service_level)
        parts.append(f"{level} answered within {target.target_s:g} s")
    if target.asa_s is not None:
        parts.append(f"an average speed of answer of {target.asa_s:g} s")
    if target.max_abandonment is not None:
        parts.append(f"at most {numbers.share(target.max_abandonment)} giving up")
    if target.max_occupancy is not None:
        parts.append(f"an occupancy of at most {numbers.share(target.max_occupancy)}")
    return " and ".join(parts)


def _needed(load: Load, target: Target) -> int:
    found = agents_needed(
        load.contacts_per_hour, load.aht_s, target, mean_patience_s=load.patience_s
    )
    return found.agents


def _rows(load: Load, agents: int, shrinkage: float) -> Iterator[dict[str, Any]]:
    for number in range(max(agents - AROUND, 1), agents + AROUND + 1):
        if load.patience_s is None and number <= load.offered:
            continue
        found = load.met_by(number)
        yield {
            "agents": number,
            "scheduled": scheduled_for(number, shrinkage),
            "service_level": found.service_level,
            "asa": found.asa,
            "p_wait": found.p_wait,
            "abandonment": found.abandonment if isinstance(found, PatienceQueue) else 0.0,
            "occupancy": found.occupancy,
        }


def _print(load: Load, agents: int, said: str, rows: list[dict[str, Any]]) -> None:
    console = data()
    patience = "nobody gives up" if load.patience_s is None else f"patience {load.patience_s:g} s"
    tell(
        f"{load.contacts_per_hour:g} contacts an hour × {load.aht_s:g} s = {load.offered:.4g} "
        f"erlangs, {patience}: {load.formula}. {said}"
    )
    table = plain_table(gap=2)
    for header in _HEADERS:
        table.add_column(header.format(load.target_s), justify="right")
    for row in rows:
        chosen = row["agents"] == agents
        cells = (write(row[name]) for name, write in _CELLS)
        table.add_row("→" if chosen else "", *cells, style="bold" if chosen else "")
    console.print()
    console.print(table)
