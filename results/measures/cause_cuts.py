"""What went wrong as cuts: the contacts due to each cause of failure demand."""

from __future__ import annotations

from results.facts.causes import FAILURES, root_cause
from results.facts.facts import Facts
from results.measures.cuts import by_column, divided
from results.measures.slice import Slice


def cause_slices(facts: Facts) -> list[Slice]:
    """The contacts due to each cause of failure demand; of nothing else a cause is known."""
    names = (*FAILURES, *(root_cause(name) for name in facts.trace.causes))
    return divided(facts, "cause", names, by_column("failure"))
