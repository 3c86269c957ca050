"""From the first try to the first agent, whichever way a customer gets there."""

from math import isnan, sqrt

import numpy as np
import pytest

from results.formulas.erlang import erlang_c
from results.measures.registry import summarise
from scenarios import apply, load_text
from sim import simulate
from sim.trace.codes import CaseState, ContactKind, Outcome
from sim.trace.trace import Trace
from tests.support.written_traces import abandoned, answered, row, trace, values

EMAIL = 2


def five_customers() -> Trace:
    """Immediately; redials; is called back; gives up; settled in the voice menu."""
    made = trace()
    for case, state in enumerate((0, 0, 0, CaseState.GIVEN_UP, CaseState.SELF_SERVED)):
        row(made.cases, case=case, state=state, began=100.0, ended=1_000.0)
    answered(made, 0, 100.0, 20.0, 60.0)
    abandoned(made, 1, 100.0, 60.0)
    again = {"case": 1, "attempt": 1, "kind": ContactKind.REDIAL}
    answered(made, 2, 700.0, 40.0, 60.0, **again)
    abandoned(made, 3, 100.0, 0.0, case=2, outcome=Outcome.CALLBACK_TAKEN)
    back = {"case": 2, "attempt": 1, "kind": ContactKind.CALLBACK}
    answered(made, 4, 100.0, 300.0, 60.0, **back)
    abandoned(made, 5, 100.0, 60.0, case=3)
    abandoned(made, 6, 100.0, 60.0, case=4, outcome=Outcome.SELF_SERVED)
    return made


def test_the_time_to_an_agent_counts_redials_and_callbacks_from_the_first_try() -> None:
    found = values(five_customers())
    assert found["time_to_agent"] == pytest.approx((20.0 + 640.0 + 300.0) / 3)
    assert found["time_to_agent_p50"] == 300.0
    assert found["time_to_agent_p90"] == pytest.approx(300.0 + 0.8 * 340.0)
    assert found["never_reached"] == 1 / 4


def test_who_is_served_again_has_reached_an_agent_the_first_time() -> None:
    made = five_customers()
    answered(made, 7, 5000.0, 900.0, 60.0, case=0, attempt=1, kind=ContactKind.REPEAT)
    assert values(made)["time_to_agent"] == pytest.approx(320.0)


def test_who_writes_does_not_wait_for_an_agent_on_the_line() -> None:
    made = trace()
    row(made.cases, case=0, began=100.0, ended=9_200.0)
    answered(made, 0, 100.0, 9000.0, 60.0, channel=EMAIL)
    found = values(made)
    assert isnan(found["time_to_agent"])
    assert isnan(found["never_reached"])


def test_a_case_that_began_before_the_warm_up_ended_does_not_count() -> None:
    made = five_customers()
    late = trace(warm_up_s=50.0)
    row(late.cases, case=0, began=10.0, ended=200.0)
    answered(late, 0, 10.0, 100.0, 60.0)
    assert isnan(values(late)["time_to_agent"])
    assert values(made, "group", "front")["time_to_agent"] == pytest.approx(320.0)


CALLBACKS = """
title = "Callbacks take the wait off the line"

[horizon]
days = 10

[reasons.q]
volume = { per_day = 1300 }
groups = ["a"]
handling.voice.talk_s = { distribution = "exponential", mean = 300 }

[groups.a]
heads = 5

[policies.callback]
title = "Everybody who waits is called back"

[policies.callback.changes]
"callback_offer.accept" = 0.9
"callback_offer.answer" = 1.0
"callback_offer.when_wait_over_s" = 0
"""


def test_a_callback_that_keeps_the_place_does_not_bring_an_agent_sooner() -> None:
    """M/M/5 at a load of 4.514: Erlang C says 7:54 on the line, and so it is off the line.

    Waits of a queue that is 90 % full hang together for hours, so the tolerance is four standard
    errors of the mean over the replications, each of ten days.
    """
    centre = load_text(CALLBACKS)
    offered = apply(centre, "callback")
    exact = erlang_c(1300.0 / 24.0, 300.0, 5).asa
    assert exact == pytest.approx(7 * 60 + 54, abs=1.0)
    times = []
    for k in range(6):
        both = [summarise(one, simulate(one, 1, k)).values["all", ""] for one in (centre, offered)]
        assert both[1]["asa"] < both[0]["asa"]
        assert both[0]["never_reached"] < 0.002
        times.append([found["time_to_agent"] for found in both])
    waited = np.array(times)
    errors = waited.std(axis=0, ddof=1) / sqrt(len(waited))
    for mean_s, error in zip(waited.mean(axis=0), errors, strict=True):
        assert mean_s == pytest.approx(exact, abs=4 * error)
    apart = waited[:, 1] - waited[:, 0]
    assert abs(apart.mean()) <= 4 * apart.std(ddof=1) / sqrt(len(apart))
