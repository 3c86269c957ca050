"""What went wrong as cuts: the contacts due to each cause of failure demand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from results.facts.causes import FAILURES, root_cause
from results.facts.facts import Facts
from results.measures.cuts import Slice


def cause_slices(facts: Facts) -> Iterator[Slice]:
    """The contacts due to each cause of failure demand, nothing else with them."""
    roots = (root_cause(name) for name in facts.trace.causes)
    nobody = np.zeros(len(facts.trace.groups), dtype=np.bool_)
    others = (facts.legs, facts.cases, facts.decisions, facts.promises, facts.open_work)
    legs, cases, decisions, promises, work = (
        rows.where(np.zeros(len(rows), dtype=np.bool_)) for rows in others
    )
    for code, name in enumerate((*FAILURES, *roots)):
        due = facts.contacts.where(facts.contacts["cause"] == code)
        yield Slice(("cause", name), facts, due, legs, cases, decisions, promises, work, nobody)
