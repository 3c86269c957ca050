"""Traces as tables: one row for each thing that happened, codes written as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import (
    AgentState,
    CaseState,
    ContactKind,
    Ending,
    Help,
    Outcome,
    PlaceState,
    PromiseKind,
    Trigger,
)
from sim.trace import Trace

Words = Sequence[str] | type[IntEnum]


def trace_tables(trace: Trace) -> dict[str, dict[str, NDArray[Any]]]:
    """The tables of a trace by name, each a set of columns.

    Reasons, channels, groups and codes are text, None where the code says nobody; times are
    seconds from midnight of the first day, money is in the scenario's currency.
    """
    return {
        name: {
            column: _in_words(cells, code) if (code := codes.get(column)) else cells
            for column, cells in table.as_dict().items()
        }
        for name, table in trace.tables().items()
        for codes in [_codes(trace, name)]
    }


def _codes(trace: Trace, table: str) -> Mapping[str, Words]:
    """What the codes of a table's columns stand for."""
    named: dict[str, Words] = {
        "reason": trace.reasons,
        "channel": trace.channels,
        "cause": trace.causes,
        "group": trace.groups,
        "asker_group": trace.groups,
        "outcome": Outcome,
        "ending": Ending,
        "help": Help,
        "escalated": Trigger,
        "trigger": Trigger,
    }
    special: dict[str, dict[str, Words]] = {
        "contacts": {"kind": ContactKind},
        "decisions": {"kind": trace.kinds},
        "promises": {"kind": PromiseKind},
        "cases": {"state": CaseState},
        "spans": {"state": AgentState},
        "staff": {"state": PlaceState},
    }
    return named | special.get(table, {})


def _in_words(cells: NDArray[Any], words: Words) -> NDArray[Any]:
    names = [code.name.lower() for code in words] if isinstance(words, type) else list(words)
    # One word more, which -1 finds: nobody.
    named: NDArray[Any] = np.array([*names, None], dtype=object)[cells]
    return named
