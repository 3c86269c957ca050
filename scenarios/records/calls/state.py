"""Call records while they are being cleaned, and what each step does to the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.contacts import Outcome
from scenarios.records.values.misread import Notes
from scenarios.shares import percent

UNTOLD = -1
"""An outcome that no column tells."""


@dataclass(eq=False)
class State:
    """Columns of call records; times in milliseconds since 1970 on the local clock, or NaN."""

    arrived: Numbers
    menu_left: Numbers
    queued: Numbers
    left_queue: Numbers
    answered: Numbers
    ended: Numbers
    wait_s: Numbers
    talk_s: Numbers
    handle_s: Numbers
    hold_s: Numbers
    wrap_up_s: Numbers
    outcome: npt.NDArray[np.int8]
    agent: Codes
    reason: Codes
    queue: Codes
    customer: Codes
    priority: Numbers
    transferred: Flags
    call_id: Codes
    copy_of: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.arrived)

    def keep(self, rows: npt.NDArray[Any]) -> None:
        """Keep some rows, by a mask or in an order."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[rows])

    @property
    def asked(self) -> Flags:
        """Who is known so far to have asked for an agent."""
        return ~np.isnan(self.queued)


@dataclass(frozen=True)
class Key:
    """The figures that cleaning may change: shares and seconds, NaN where there is none."""

    abandoned: float
    wait_s: float
    talk_s: float


def key_figures(state: State) -> Key:
    """The figures of the rows as they are now.

    Abandoned is the share of those who asked for an agent; of all unanswered rows, as long as
    nobody has told the menu apart.
    """
    abandoned = state.outcome == Outcome.ABANDONED
    asked = abandoned | (state.outcome == Outcome.ANSWERED) | state.asked
    return Key(
        float(abandoned[asked].mean()) if asked.any() else np.nan,
        _mean((state.left_queue - state.queued) / 1000.0),
        _mean((state.ended - state.answered) / 1000.0),
    )


def step(state: State, notes: Notes, what: str, done: str, change: Callable[[State], int]) -> None:
    """Do one step of cleaning, and note how many rows it met and what it did to the figures."""
    before = key_figures(state)
    rows = change(state)
    if rows:
        notes.add(what, rows, done, difference(before, key_figures(state)))


def difference(before: Key, after: Key) -> str:
    """What changed between two sets of figures; empty when nothing that shows."""
    parts = []
    if abs(before.abandoned - after.abandoned) >= 0.0005:
        parts.append(f"abandonment {percent(before.abandoned, 1)} → {percent(after.abandoned, 1)}")
    for name, old, new in (
        ("mean wait", before.wait_s, after.wait_s),
        ("mean talk", before.talk_s, after.talk_s),
    ):
        if abs(old - new) >= 0.05:
            parts.append(f"{name} {old:.1f} s → {new:.1f} s")
    return ", ".join(parts)


def _mean(values: Numbers) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan
