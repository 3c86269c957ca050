"""The summary of one replication: what a worker sends back instead of the trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from results.measures.packed import PackedIntervals
from results.measures.slice import Cut

AccountKey = tuple[str, str]
"""What is split into parts: ("hours", a group) or ("contacts", "")."""


@dataclass(frozen=True)
class Summary:
    """Every measure of one replication of one policy, compact and without the trace."""

    values: dict[Cut, dict[str, float]]
    """Every measure by name for every cut; NaN where it is undefined or out of scope."""
    intervals: Mapping[Cut, dict[str, NDArray[np.float32]]]
    """The interval table of the whole, the complaints and each reason, channel and group; columns
    of shape (intervals,). It may be packed: look a cut up once, not once for each column."""
    endings: dict[str, dict[str, int]]
    """For "all", "complaints" and each reason: cases by ENDINGS, which add up to the cases."""
    waits: dict[str, NDArray[np.int64]]
    """By channel: answered contacts by wait, in bins between WAIT_EDGES."""
    accounts: dict[AccountKey, dict[str, float]] = field(default_factory=dict)
    """Paid hours of each group by WORK, and contacts by CAME, over the days measured; empty where
    a run was stored before there were any."""

    def packed(self) -> Summary:
        """The same with its interval tables packed, to be sent and held in a fifth of the room."""
        if isinstance(self.intervals, PackedIntervals):
            return self
        return replace(self, intervals=PackedIntervals(self.intervals))


Key = tuple[str, int]
"""A policy and the number of a replication, from 0."""
