"""How cases end: every case in exactly one way."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import Rows, any_of, positions
from sim.trace.codes import CaseState, Ending, Help, PromiseKind

Columns = MutableMapping[str, NDArray[Any]]

ENDINGS = MappingProxyType(
    {
        "self_served": "settled in the voice menu",
        "alone": "decided by the agent alone",
        "colleague": "settled with a colleague's help",
        "approved": "approved on asking",
        "transferred": "settled after a transfer",
        "promise_kept": "followed up as promised",
        "promise_broken": "followed up late",
        "declined": "declined",
        "hung_up": "hung up on hold or in a transfer",
        "given_up": "given up by the customer",
        "open": "still open at the end",
    }
)
"""Ways in which a case ends, with titles, in the order of the charts.

A resolved case ends as the contact that truly settled it did; it was followed up late when any
promised follow-up of the case came after its due time. An unresolved case is declined when its
last answered contact was, whether the customer then gave up or not; one that was given up
has hung up when the customer did so in the last answered contact.
"""

_NAMES = tuple(ENDINGS)
_BY_HELP = {
    Help.ALONE: "alone",
    Help.COLLEAGUE: "colleague",
    Help.APPROVED: "approved",
    Help.TRANSFERRED: "transferred",
    Help.FOLLOWED_UP: "promise_kept",
}


def ending_of(
    cases: Columns,
    settled_by: NDArray[np.int64],
    last_ending: NDArray[np.int64],
    promises: Columns,
) -> NDArray[np.int64]:
    """The way in which each case ended, as a position in ``ENDINGS``, shape (cases,).

    Args:
        cases: the cases of a trace.
        settled_by: Help in the contact that truly settled the case, shape (cases,).
        last_ending: Ending of the last answered contact, shape (cases,).
        promises: the promises of the trace.
    """
    state = cases["state"]
    helps = np.array([_NAMES.index(_BY_HELP[help_]) for help_ in Help])
    late = _broken_follow_up(cases, promises) & (settled_by == Help.FOLLOWED_UP)
    return np.select(
        [
            state == CaseState.SELF_SERVED,
            (state == CaseState.RESOLVED) & late,
            state == CaseState.RESOLVED,
            last_ending == Ending.DECLINED,
            (state == CaseState.GIVEN_UP) & (last_ending == Ending.HUNG_UP),
            state == CaseState.GIVEN_UP,
        ],
        [
            _NAMES.index("self_served"),
            _NAMES.index("promise_broken"),
            helps[settled_by],
            _NAMES.index("declined"),
            _NAMES.index("hung_up"),
            _NAMES.index("given_up"),
        ],
        _NAMES.index("open"),
    )


def counted(cases: Rows) -> dict[str, int]:
    """How many cases ended in each way; the counts add up to the cases."""
    counts = np.bincount(cases["how"], minlength=len(ENDINGS))
    return {name: int(count) for name, count in zip(ENDINGS, counts, strict=True)}


def _broken_follow_up(cases: Columns, promises: Columns) -> NDArray[np.bool_]:
    follow_up = any_of(promises["kind"], (PromiseKind.FOLLOW_UP_CALL, PromiseKind.TICKET))
    row = positions(cases["case"], promises["case"][follow_up & (promises["kept"] == 0.0)])
    broken: NDArray[np.bool_] = np.bincount(row[row >= 0], minlength=len(cases["case"])) > 0
    return broken
