"""Hanging up after the answer: on hold, or in the queue that an agent passed the customer on to.

Who hangs up before the first agent has abandoned; these customers have spoken with one and still
left, because asking or being passed on took too long.
"""

from __future__ import annotations

from functools import partial

from results.facts.rows import any_of, count, ratio
from results.measures.definition import COMMON, LEGS, Measure
from results.measures.handling import TRIGGERS
from results.measures.slice import Slice
from sim.trace.codes import Trigger

_WHERE = {
    "on_hold": ("Hung up on hold", "hung up on hold"),
    "in_transfer": (
        "Hung up in a transfer",
        "hung up in a queue after an agent had passed them on",
    ),
}


def _hung_up(s: Slice, where: str, triggers: tuple[Trigger, ...] | None) -> float:
    """Share of the answered; a contact has one leg at most whose customer hung up."""
    lost = s.hung_up
    left = lost[f"hung_up_{where}"]
    if triggers is not None:
        left = left & any_of(lost["trigger"], triggers)
    return ratio(count(left), count(s.handled["live"]))


MEASURES = tuple(
    measure
    for where, (title, words) in _WHERE.items()
    for measure in (
        Measure(
            f"hung_up_{where}",
            title,
            f"{words} / answered contacts on voice and chat that are over; for a group or tier of "
            "its own legs",
            "share",
            "lower",
            COMMON,
            LEGS,
            partial(_hung_up, where=where, triggers=None),
        ),
        *(
            Measure(
                f"hung_up_{where}_{name}",
                f"{title}: {why}",
                f"hung_up_{where}, of those whose agent went beyond what it can do because {why}",
                "share",
                "lower",
                COMMON,
                LEGS,
                partial(_hung_up, where=where, triggers=(trigger,)),
            )
            for name, (trigger, why) in TRIGGERS.items()
        ),
    )
)
