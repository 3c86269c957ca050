"""Waiting on the line: service level, speed of answer, longest wait, distribution of waits.

Contacts that customers made on voice and chat; written contacts have a response target instead.
A wait runs from asking for an agent (after the voice menu) to the answer, or to leaving the queue.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.facts import Facts
from results.facts.rows import count, largest, mean, quantile, ratio
from results.measures.definition import COMMON, COPC, LEGS, WAITS, Measure
from results.measures.slice import Slice, had_to_wait
from sim.trace.equations import abandonment, service_level, speed_of_answer

ICMI = "ICMI, QueueTips, Service Level Calculations"

WAIT_EDGES: NDArray[np.float64] = np.concatenate(
    [[0.0], np.geomspace(1.0, 7 * 86_400.0, 60), [np.inf]]
)
"""Edges of the bins of waits in seconds: below 1 s, then evenly on the logarithm to a week."""


_ON_A_LINE = ("voice", "chat")

UNANSWERED = " not answered"
"""After the name of a channel: the waits of those who left the queue unanswered: they hung up, or
took a callback."""
UNTIL_RESOLVED = "until resolved"
"""Not of a channel: resolved cases by the time from their begin to their resolution."""


def wait_histogram(facts: Facts) -> dict[str, NDArray[np.int64]]:
    """How long customers waited, in counts of shape (edges - 1,) each.

    By channel the answered contacts that customers made; by channel and ``UNANSWERED`` those who
    left a queue unanswered; in ``UNTIL_RESOLVED`` resolved cases by the time it took.
    """
    contacts = facts.contacts
    answered = contacts["served"] & contacts["inbound"]
    asked = contacts["offered"] & contacts["live"] & ~np.isnan(contacts["wait"])
    resolution = facts.cases["resolution_s"]
    return {
        **_by_channel(facts, answered),
        **{
            f"{name}{UNANSWERED}": counts
            for name, counts in _by_channel(facts, asked & ~contacts["served"]).items()
            if name in _ON_A_LINE
        },
        UNTIL_RESOLVED: _counted(resolution[~np.isnan(resolution)]),
    }


def _by_channel(facts: Facts, mask: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    contacts, channels = facts.contacts, facts.trace.channels
    bins = _bins(contacts["wait"][mask])
    size = len(WAIT_EDGES) - 1
    cell = contacts["channel"][mask] * size + bins
    cells = np.bincount(cell, minlength=size * len(channels)).reshape(-1, size)
    return dict(zip(channels, cells, strict=True))


def _counted(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.bincount(_bins(seconds), minlength=len(WAIT_EDGES) - 1)


def _bins(seconds: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.searchsorted(WAIT_EDGES, seconds, side="right") - 1


def _abandoned_before(s: Slice, seconds: Any) -> int:
    """Those who left before a time, one for all or one for each of them."""
    return count(s.abandoned["wait"] < seconds)


def _service_level(s: Slice) -> float:
    return service_level(len(s.answered_in_target), len(s.waiting))


def _sl_excl_short(s: Slice) -> float:
    late = len(s.abandoned) - _abandoned_before(s, s.target_s(s.abandoned))
    return ratio(len(s.answered_in_target), len(s.answered) + late)


def _sl_credit_short(s: Slice) -> float:
    early = _abandoned_before(s, s.target_s(s.abandoned))
    return ratio(len(s.answered_in_target) + early, len(s.waiting))


def _abandonment_excl_short(s: Slice) -> float:
    short = _abandoned_before(s, s.targets.short_abandon_s)
    return ratio(len(s.abandoned) - short, len(s.waiting) - short)


def _answered_within(s: Slice, share: float) -> float:
    return quantile(s.answered["wait"], share)


MEASURES = (
    Measure(
        "service_level",
        "Service level",
        "answered within target / offered; contacts on voice and chat, without those that came "
        "while it was closed; the target is answer_within_s of the reason, else of the channel, "
        "else of the centre",
        "share",
        "higher",
        f"{ICMI}, formula 3",
        WAITS,
        _service_level,
        version=2,
    ),
    Measure(
        "sl_excl_short",
        "Service level without short abandons",
        "answered within target / (answered + abandoned at or after the target)",
        "share",
        "higher",
        f"{ICMI}, formula 4",
        WAITS,
        _sl_excl_short,
    ),
    Measure(
        "sl_credit_short",
        "Service level crediting short abandons",
        "(answered + abandoned, both within target) / offered",
        "share",
        "higher",
        f"{ICMI}, formula 1",
        WAITS,
        _sl_credit_short,
        version=2,
    ),
    Measure(
        "sl_answered",
        "Service level of the answered",
        "answered within target / answered",
        "share",
        "higher",
        f"{ICMI}, formula 2",
        LEGS,
        lambda s: ratio(len(s.answered_in_target), len(s.answered)),
    ),
    Measure(
        "asa",
        "Average speed of answer",
        "mean wait of answered contacts on voice and chat, from asking for an agent; "
        "for a group or tier of its own legs, transfers in included; for a queue of what was "
        "offered to it, no matter who answered",
        "s",
        "lower",
        COPC,
        LEGS,
        lambda s: speed_of_answer(s.answered["wait"].sum(), len(s.answered)),
    ),
    Measure(
        "wait_all",
        "Mean wait of all",
        "mean wait of all who asked for an agent on voice or chat, answered or not",
        "s",
        "lower",
        "Erlang A: the mean wait of all customers",
        WAITS,
        lambda s: mean(s.queued["wait"]),
    ),
    Measure(
        "wait_abandoned",
        "Mean wait of the abandoned",
        "mean wait of abandoned contacts until they left",
        "s",
        None,
        COMMON,
        WAITS,
        lambda s: mean(s.abandoned["wait"]),
    ),
    *(
        Measure(
            f"wait_p{percent}",
            f"{percent} % are answered within",
            f"{percent} % quantile of the waits behind asa",
            "s",
            "lower",
            COMMON,
            LEGS,
            partial(_answered_within, share=percent / 100.0),
        )
        for percent in (50, 90, 95)
    ),
    Measure(
        "wait_longest",
        "Longest wait",
        "longest wait of all who asked for an agent on voice or chat, answered or not",
        "s",
        "lower",
        COMMON,
        WAITS,
        lambda s: largest(s.queued["wait"]),
    ),
    Measure(
        "p_wait",
        "Share who wait",
        "not answered immediately / asked for an agent, on voice or chat",
        "share",
        "lower",
        "Erlang C: the probability of waiting",
        WAITS,
        lambda s: mean(had_to_wait(s)),
    ),
    Measure(
        "abandonment",
        "Abandoned",
        "abandoned / offered, on voice and chat; who took a callback has not abandoned",
        "share",
        "lower",
        COPC,
        WAITS,
        lambda s: abandonment(len(s.abandoned), len(s.waiting)),
        version=2,
    ),
    Measure(
        "abandonment_excl_short",
        "Abandoned, without short ones",
        "abandoned at or after short_abandon_s / (offered - abandoned before it)",
        "share",
        "lower",
        COPC,
        WAITS,
        _abandonment_excl_short,
        version=2,
    ),
)
