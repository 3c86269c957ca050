"""What an observer sees of a run is what its trace says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from scenarios import load_text
from sim import Trace, close, open_centre
from sim.observer import Observer
from sim.trace.codes import CaseState, ContactKind, PromiseKind
from tests.support.busy_centre import BUSY

HOOKS = [name for name in vars(Observer) if not name.startswith("_")]


class Counting(Observer):
    """Counts what it sees by the name of the method."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        for name in HOOKS:
            setattr(self, name, partial(self._count, name))

    def _count(self, name: str, *_: Any) -> None:
        self.seen[name] += 1


@pytest.fixture(scope="module")
def watched() -> tuple[Counter[str], Trace]:
    announced = '[acknowledgement]\nannounce = "expected_wait"\n\n[reasons.order]'
    centre = open_centre(load_text(BUSY.replace("[reasons.order]", announced)), 3, 0)
    observer = Counting()
    centre.observe(observer)
    centre.run(centre.plan.horizon_s)
    # The trace has a row for each promise that is open at the end; nobody sees those closed.
    observer.seen["promise_closed"] += len(centre.promises)
    return observer.seen.copy(), close(centre)


IN_THE_TRACE: dict[str, Callable[[Trace], Any]] = {
    "contact_begins": lambda trace: len(trace.contacts),
    "contact_ends": lambda trace: np.count_nonzero(~np.isnan(trace.contacts["ended"])),
    "wait_announced": lambda trace: np.count_nonzero(~np.isnan(trace.contacts["told_s"])),
    "callback_offered": lambda trace: trace.contacts["offered_callback"].sum(),
    "answered": lambda trace: len(trace.legs),
    "leg_ends": lambda trace: np.count_nonzero(~np.isnan(trace.legs["ended"])),
    "case_ends": lambda trace: np.count_nonzero(trace.cases["state"] != CaseState.OPEN),
    "decided_alone": lambda trace: np.count_nonzero(trace.decisions["asker_group"] < 0),
    "decided": lambda trace: np.count_nonzero(trace.decisions["asker_group"] >= 0),
    "promise_closed": lambda trace: np.count_nonzero(
        trace.promises["kind"] != PromiseKind.TOLD_WAIT
    ),
    "promises": lambda trace: np.count_nonzero(
        trace.promises["kind"] >= PromiseKind.FOLLOW_UP_CALL
    ),
}
"""How often each thing happened, by the trace."""


@pytest.mark.parametrize("hook", IN_THE_TRACE)
def test_an_observer_sees_as_much_as_the_trace_says(
    watched: tuple[Counter[str], Trace], hook: str
) -> None:
    seen, trace = watched
    assert seen[hook] == IN_THE_TRACE[hook](trace) > 0


def test_customers_who_return_were_seen_to_plan_it(watched: tuple[Counter[str], Trace]) -> None:
    seen, trace = watched
    kinds = trace.contacts["kind"]
    returned = (kinds == ContactKind.REDIAL) | (kinds == ContactKind.REPEAT)
    assert seen["will_return"] >= np.count_nonzero(returned) > 0


def test_nothing_that_can_be_seen_is_left_out_of_a_busy_run(
    watched: tuple[Counter[str], Trace],
) -> None:
    seen, _ = watched
    # Agents work for another group only when somebody sends them, in a live run.
    assert set(HOOKS) - seen.keys() == {"agent_moves"}
    assert seen["on_hold"] == seen["off_hold"]
    assert seen["agent_comes"] == seen["agent_goes"]
