"""Traces as tables: one row for each thing that happened, codes written as words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.codes import (
    AgentState,
    CaseState,
    ContactKind,
    DialOutcome,
    Ending,
    Explanation,
    Help,
    Outcome,
    PlaceState,
    PromiseKind,
    Trigger,
)
from sim.trace.table import Column
from sim.trace.trace import TABLES, Trace

Words = Sequence[str] | type[IntEnum]


AGENTS: Mapping[str, Column] = {
    "agent": Column(int, "number of the agent, counted from 0 over all groups"),
    "group": Column(int, "of the agent"),
    "speed": Column(float, "factor on talk time when the horizon begins; 1 is ordinary"),
    "knowledge": Column(float, "shift of the solve probability on the logit scale, then"),
    "empathy": Column(float, "0 is ordinary, 1 one standard deviation above"),
}
"""One row for each agent: what is stored next to the tables of the trace."""

GROUP_OF_AGENT = Column(int, "of the agent")
"""What a table that names agents and no group gets besides its own columns."""


def stored_columns() -> dict[str, dict[str, Column]]:
    """The columns of every table that is stored of a trace."""
    return {
        name: dict(columns) | ({} if _has_group(columns) else {"group": GROUP_OF_AGENT})
        for name, columns in {**TABLES, "agents": AGENTS}.items()
    }


def trace_tables(trace: Trace) -> dict[str, dict[str, NDArray[Any]]]:
    """The tables of a trace by name, each a set of columns.

    Reasons, channels, groups and codes are text, None where the code says nobody; times are
    seconds from midnight of the first day, money is in the scenario's currency. Whatever names an
    agent names the agent's group; ``agents`` says who they are.
    """
    groups = np.array([agent.group for agent in trace.agents], dtype=np.int64)
    tables = {name: table.as_dict() for name, table in trace.tables().items()}
    for columns in tables.values():
        if not _has_group(columns):
            columns["group"] = groups[columns["agent"]]
    tables["agents"] = {
        "agent": np.arange(len(trace.agents)),
        "group": groups,
        "speed": np.array([agent.speed for agent in trace.agents], dtype=np.float64),
        "knowledge": np.array([agent.knowledge for agent in trace.agents], dtype=np.float64),
        "empathy": np.array([agent.empathy for agent in trace.agents], dtype=np.float64),
    }
    return {
        name: {
            column: _in_words(cells, code) if (code := codes.get(column)) is not None else cells
            for column, cells in columns.items()
        }
        for name, columns in tables.items()
        for codes in [_codes(trace, name)]
    }


def _has_group(columns: Collection[str]) -> bool:
    return "group" in columns or "agent" not in columns


def words_of(table: str, column: str) -> type[IntEnum] | str | None:
    """What stands in a column instead of a code: its words, or which list they are of.

    None where numbers stand.
    """
    found = _SPECIAL.get(table, {}).get(column) or _CODES.get(column)
    return found or _LISTS.get((table, column)) or _LISTS.get(("", column))


_CODES: Mapping[str, type[IntEnum]] = {
    "outcome": Outcome,
    "ending": Ending,
    "help": Help,
    "escalated": Trigger,
    "trigger": Trigger,
}
_SPECIAL: Mapping[str, Mapping[str, type[IntEnum]]] = {
    "contacts": {"kind": ContactKind},
    "promises": {"kind": PromiseKind},
    "dials": {"outcome": DialOutcome},
    "cases": {"state": CaseState},
    "apologies": {"explanation": Explanation},
    "spans": {"state": AgentState},
    "staff": {"state": PlaceState},
}
_LISTS = {
    ("", "reason"): "reasons",
    ("", "channel"): "channels",
    ("", "cause"): "causes",
    ("", "outbound"): "outbound",
    ("", "group"): "groups",
    ("", "asker_group"): "groups",
    ("", "queue"): "groups",
    ("", "next_queue"): "groups",
    ("decisions", "kind"): "kinds",
}
"""Lists of the trace in which a code is a position."""


def _codes(trace: Trace, table: str) -> Mapping[str, Words]:
    """What the codes of a table's columns stand for."""
    of_lists: dict[str, Words] = {
        column: getattr(trace, name) for (of, column), name in _LISTS.items() if of in ("", table)
    }
    return {**of_lists, **_CODES, **_SPECIAL.get(table, {})}


def _in_words(cells: NDArray[Any], words: Words) -> NDArray[Any]:
    names = [code.name.lower() for code in words] if isinstance(words, type) else list(words)
    # One word more, which -1 finds: nobody.
    named: NDArray[Any] = np.array([*names, None], dtype=object)[cells]
    return named
