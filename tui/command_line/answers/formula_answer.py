"""The answer of a queueing formula, for the number of agents asked for and those around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from results.formulas.erlang import erlangs
from results.formulas.pooling import Pooling, pooling
from results.formulas.staffing import (
    Answer,
    Staffing,
    Target,
    abandonment,
    agents_needed,
    blocked,
    queue_answer,
    scheduled_for,
)
from results.reading import format as numbers
from scenarios.shares import percent_as_given
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json

AROUND = 2
"""Agents more and less that are shown next to the answer."""

MANY = 1_000_000
"""Agents whose number takes the blanks between the columns."""

DEFAULT_SERVICE_LEVEL = 0.8

_COLUMNS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "agents": ("Agents", str),
    "scheduled": ("Roster", str),
    "service_level": ("Within\n{:g} s", numbers.share),
    "asa": ("ASA", numbers.duration),
    "wait_all": ("Mean wait\nof all", numbers.duration),
    "wait_of_waiting": ("of those\nwho wait", numbers.duration),
    "p_wait": ("Have to\nwait", numbers.share),
    "abandonment": ("Give\nup", numbers.share),
    "blocked": ("Blocked", numbers.share),
    "occupancy": ("Occu-\npancy", numbers.share),
}


@dataclass(frozen=True)
class Load:
    """What comes to the agents."""

    contacts_per_hour: float
    aht_s: float
    patience_s: float | None
    """Mean of an exponential patience; None where nobody gives up."""
    target_s: float
    lines: int | None = None
    """Contacts that can wait or be served at a time; None where all can."""
    queues: int = 1
    """Queues of this kind, each with these contacts and lines."""

    @property
    def formula(self) -> str:
        """The formula that knows it."""
        if self.lines is not None:
            return "M/M/c/K"
        return "Erlang C" if self.patience_s is None else "Erlang A"

    @property
    def offered(self) -> float:
        """To one queue, in erlangs."""
        return erlangs(self.contacts_per_hour, self.aht_s)

    @property
    def limits(self) -> dict[str, Any]:
        """What keeps its queue short."""
        return {"mean_patience_s": self.patience_s, "lines": self.lines}

    def met_by(self, agents: int) -> Answer:
        """What customers meet.

        Raises:
            ValueError: an input outside its range, or a queue that grows without end.
        """
        load = self.contacts_per_hour, self.aht_s
        return queue_answer(*load, agents, self.target_s, **self.limits)

    def possible(self, agents: int) -> bool:
        """Whether the formula has an answer for so many agents."""
        if self.lines is not None:
            return agents <= self.lines
        return self.patience_s is not None or agents > self.offered


def answer(
    load: Load,
    agents: int | None,
    targets: Mapping[str, float | None],
    shrinkage: float,
    format_: Format,
) -> None:
    """Write what so many agents reach, or how many it takes, to stdout.

    Several queues are set against one of all of them.

    Raises:
        ValueError: an input outside its range, with words for it.
    """
    target = _target(load, targets)
    if load.queues == 1:
        about, said, rows = _one_queue(load, agents, target, shrinkage)
    else:
        about, said, rows = _several_queues(load, agents, target, shrinkage)
    about = {"formula": load.formula, "offered_load": load.offered, **about}
    if format_ is Format.JSON:
        write_json({**about, "results": rows})
    elif format_ is Format.CSV:
        write_csv(rows)
    else:
        _print(load, about.get("agents"), said, rows)


_Found = tuple[dict[str, Any], str, list[dict[str, Any]]]
"""What the answer is about, by name; a sentence; and the rows of the table."""


def _one_queue(load: Load, agents: int | None, target: Target, shrinkage: float) -> _Found:
    if agents is None:
        agents = _needed(load, target)
        said = f"It takes {_people(agents)} for {_in_words(target)}."
    else:
        load.met_by(agents)
        said = f"{_people(agents)} {'reaches' if agents == 1 else 'reach'} this:"
    return {"agents": agents}, said, list(_rows(load, agents, shrinkage))


def _several_queues(load: Load, agents: int | None, target: Target, shrinkage: float) -> _Found:
    found = pooling(
        load.queues,
        load.contacts_per_hour,
        load.aht_s,
        agents=agents,
        target=target,
        shrinkage=shrinkage,
        **load.limits,
    )
    about = {"queues": load.queues, "agents_saved": found.agents_saved}
    return about, _gain(found, target if agents is None else None), _pooled(found)


def _target(load: Load, targets: Mapping[str, float | None]) -> Target:
    given = {name: value for name, value in targets.items() if value is not None}
    return Target(**(given or {"service_level": DEFAULT_SERVICE_LEVEL}), target_s=load.target_s)


def _in_words(target: Target) -> str:
    """What a target promises, as a sentence lists it."""
    parts = []
    if target.service_level is not None:
        level = percent_as_given(target.service_level)
        parts.append(f"{level} answered within {target.target_s:g} s")
    if target.asa_s is not None:
        parts.append(f"an average speed of answer of {target.asa_s:g} s")
    if target.max_abandonment is not None:
        parts.append(f"at most {percent_as_given(target.max_abandonment)} giving up")
    if target.max_blocked is not None:
        parts.append(f"at most {percent_as_given(target.max_blocked)} blocked")
    if target.max_occupancy is not None:
        parts.append(f"an occupancy of at most {percent_as_given(target.max_occupancy)}")
    return " and ".join(parts)


def _needed(load: Load, target: Target) -> int:
    return agents_needed(load.contacts_per_hour, load.aht_s, target, **load.limits).agents


def _rows(load: Load, agents: int, shrinkage: float) -> Iterator[dict[str, Any]]:
    for number in range(max(agents - AROUND, 1), agents + AROUND + 1):
        if load.possible(number):
            found = load.met_by(number)
            yield _row(Staffing(number, scheduled_for(number, shrinkage), found))


def _row(found: Staffing) -> dict[str, Any]:
    """The agents and what their customers meet, by the names of JSON and CSV."""
    measures = ("service_level", "asa", "wait_all", "wait_of_waiting", "p_wait")
    return {
        "agents": found.agents,
        "scheduled": found.scheduled,
        **{name: getattr(found.answer, name) for name in measures},
        "abandonment": abandonment(found.answer),
        "blocked": blocked(found.answer),
        "occupancy": found.answer.occupancy,
    }


def _pooled(found: Pooling) -> list[dict[str, Any]]:
    rows = {"separate": found.separate, "pooled": found.pooled, "fewest": found.least}
    return [{"queue": name, **_row(row)} for name, row in rows.items() if row]


def _gain(found: Pooling, target: Target | None) -> str:
    """What pooling gains, in a sentence."""
    apart, one, fewest = found.separate, found.pooled, found.least
    waits = [numbers.duration(each.answer.wait_all) for each in (apart, one)]
    said = (
        f"{found.queues:,} separate queues with {_people(apart.agents)} in all: a mean wait of "
        f"{waits[0]}. One queue with the same agents: {waits[1]}."
    )
    if fewest is None:
        return said
    goal = _in_words(target) if target else "the service level of the separate queues"
    saved = f"{found.agents_saved:,} fewer" if found.agents_saved else "as many"
    return f"{said} For {goal} one queue takes {_people(fewest.agents)}, {saved}."


def _people(agents: int) -> str:
    return "1 agent" if agents == 1 else f"{agents:,} agents"


def _print(load: Load, chosen: int | None, said: str, rows: list[dict[str, Any]]) -> None:
    limits = "nobody gives up" if load.patience_s is None else f"patience {load.patience_s:g} s"
    if load.lines is not None:
        limits = f"{limits}, {load.lines:,} line{'' if load.lines == 1 else 's'}"
    each = f"{load.queues:,} queues, each with " if load.queues != 1 else ""
    tell(
        f"{each}{load.contacts_per_hour:g} contacts an hour × {load.aht_s:g} s = "
        f"{load.offered:.4g} erlangs, {limits}: {load.formula}. {said}"
    )
    columns = _columns(load)
    table = plain_table(gap=1 if rows[-1]["agents"] >= MANY else 2)
    table.add_column("", justify="left")
    texts = [[_COLUMNS[name][1](row[name]) for name in columns] for row in rows]
    for name, column in zip(columns, zip(*texts, strict=True), strict=True):
        header = _COLUMNS[name][0].format(load.target_s)
        table.add_column(header, justify="right", min_width=max(map(len, column)))
    for row, cells in zip(rows, texts, strict=True):
        here = row["agents"] == chosen
        table.add_row(row.get("queue", "→" if here else ""), *cells, style="bold" if here else "")
    console = data()
    console.print()
    console.print(table)


def _columns(load: Load) -> list[str]:
    """The measures that this queue has and a screen has room for, by their names."""
    none = {
        # Without patience it is the mean wait of all.
        "asa": load.patience_s is None or load.queues != 1,
        "abandonment": load.patience_s is None,
        "blocked": load.lines is None,
    }
    return [name for name in _COLUMNS if not none.get(name)]
