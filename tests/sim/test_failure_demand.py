"""Failure demand: what had gone wrong before a customer made contact."""

import numpy as np
import pytest

from results.facts.causes import FAILURES
from results.measures.registry import summarise
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import ContactKind, Ending, Outcome
from sim.trace.trace import Trace
from tests.support.timed_centres import centre, reason
from tests.support.written_traces import abandoned, answered, row, scenario, trace

CAUSE = "failure_demand"


def due_to(made: Trace, given: Scenario | None = None) -> dict[str, float]:
    """Contacts by cause."""
    values = summarise(given or scenario(), made).values
    found = {
        name: one["failure_contacts"] for (kind, name), one in values.items() if kind == "cause"
    }
    return {name: contacts for name, contacts in found.items() if contacts}


def test_a_customer_who_comes_back_unresolved_is_failure_demand() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0, case=1, ending=Ending.UNSOLVED)
    answered(made, 1, 900.0, 0.0, 60.0, case=1, attempt=1, kind=ContactKind.REPEAT)
    assert due_to(made) == {"not_resolved": 1.0}
    assert summarise(scenario(), made).values["all", ""][CAUSE] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (Outcome.ABANDONED, "abandoned"),
        (Outcome.BLOCKED, "blocked"),
        (Outcome.CLOSED, "closed"),
        (Outcome.TURNED_AWAY, "turned_away"),
        (Outcome.UNREACHED, "unreached"),
        (Outcome.CALLBACK_TAKEN, "promise_broken"),
    ],
)
def test_a_redial_is_due_to_what_kept_the_customer_from_an_answer(
    outcome: Outcome, cause: str
) -> None:
    made = trace()
    abandoned(made, 0, 0.0, 60.0, case=1, outcome=outcome)
    answered(made, 1, 900.0, 0.0, 60.0, case=1, attempt=1, kind=ContactKind.REDIAL)
    assert due_to(made) == {cause: 1.0}


@pytest.mark.parametrize("ending", [Ending.TICKETED, Ending.PROMISED_CALLBACK])
def test_a_customer_who_asks_where_the_promised_answer_is_met_a_broken_promise(
    ending: Ending,
) -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0, case=1, ending=ending)
    answered(made, 1, 9_000.0, 0.0, 60.0, case=1, attempt=1, kind=ContactKind.REPEAT)
    assert due_to(made) == {"promise_broken": 1.0}


def test_calls_of_the_centre_are_no_failure_demand() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0, case=1)
    answered(made, 1, 900.0, 0.0, 60.0, case=1, attempt=1, kind=ContactKind.FOLLOW_UP)
    assert due_to(made) == {}
    assert summarise(scenario(), made).values["all", ""][CAUSE] == 0.0


def failing() -> Scenario:
    """Two thirds of the complaints have a root cause; nobody is helped and most come back."""
    return centre(
        {
            "broken": reason(complaint=True, volume={"per_day": 60}, solve=0.4, talk_s=60),
            "order": reason(volume={"per_day": 60}, solve=1.0, talk_s=60),
        },
        {"front": 3},
        horizon={"days": 14},
        repeat={"probability": 0.9, "delay_min": 60},
        root_causes={"packing": {"reasons": ["broken"], "share": 0.66}},
    )


def test_a_root_cause_brings_its_share_of_the_complaints_and_the_rest_is_unexplained() -> None:
    made = simulate(failing(), 1, 0)
    found = due_to(made, failing())
    complaints = found["complaint"] + found["root_causes.packing"]
    first = (made.contacts["kind"] == ContactKind.FIRST) & (made.contacts["reason"] == 0)
    assert complaints == pytest.approx(np.count_nonzero(first) / 14)
    # 840 complaints: four standard errors of a share of 66 %.
    share = found["root_causes.packing"] / complaints
    assert share == pytest.approx(0.66, abs=4 * np.sqrt(0.66 * 0.34 / 840))
    assert found["not_resolved"] > 10.0


def test_the_causes_add_up_to_the_failure_demand_of_the_centre() -> None:
    made = simulate(failing(), 1, 0)
    values = summarise(failing(), made).values
    causes = {name: one for (kind, name), one in values.items() if kind == "cause"}
    assert set(causes) == {*FAILURES, "root_causes.packing"}
    for measure in ("failure_demand", "failure_contacts"):
        total = sum(one[measure] for one in causes.values())
        assert total == pytest.approx(values["all", ""][measure])
        assert total > 0.0


def test_what_is_in_order_brings_no_failure_demand() -> None:
    values = summarise(failing(), simulate(failing(), 1, 0)).values
    assert values["reason", "order"][CAUSE] == 0.0
    assert values["reason", "broken"][CAUSE] == 1.0


def test_only_what_came_after_the_warm_up_counts() -> None:
    made = trace(warm_up_s=500.0)
    row(made.cases, case=1)
    answered(made, 0, 0.0, 0.0, 60.0, case=1, ending=Ending.UNSOLVED)
    answered(made, 1, 400.0, 0.0, 60.0, case=1, attempt=1, kind=ContactKind.REPEAT)
    answered(made, 2, 900.0, 0.0, 60.0, case=1, attempt=2, kind=ContactKind.REPEAT)
    assert summarise(scenario(), made).values["all", ""][CAUSE] == 1.0
