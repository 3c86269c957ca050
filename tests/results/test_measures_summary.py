import math
import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.formulas.patience_queue import erlang_a
from results.measures.registry import MEASURES, summarise
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import ContactKind, Outcome
from tests.support.examples import examples
from tests.support.written_traces import random_trace, scenario, trace

COUNTS = {"tried", "offered", "handled", "callbacks", "follow_ups", "cases", "backlog"}
AMOUNTS = {
    "failure_contacts",
    "paid_hours",
    "overtime",
    "remedies_due",
    "remedies_paid",
    "remedy_owed_paid",
    "remedies_withheld",
    "customers_withheld",
    "remedies_refused",
    "customers_refused",
    "remedies_open",
    "customers_open",
    "give_away",
    "staff_cost",
    "telecom_cost",
    "overflowed_out",
    "taken_over",
    "number_waiting",
    "number_waiting_p95",
    "number_waiting_most",
}


def test_every_measure_says_what_it_is() -> None:
    for name, measure in MEASURES.items():
        assert name == measure.name
        assert measure.title
        assert measure.equation
        assert measure.source
        assert measure.unit in {"s", "hours", "share", "count", "money"}
        assert measure.better in {"lower", "higher", None}
        assert measure.scope


def test_titles_tell_measures_apart() -> None:
    assert len({measure.title for measure in MEASURES.values()}) == len(MEASURES)


def test_of_an_empty_trace_nothing_is_known_and_nothing_warns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        summary = summarise(scenario(), trace())
    for values in summary.values.values():
        for name, value in values.items():
            if name not in COUNTS | AMOUNTS | {
                "service_cost",
                "overtime_cost",
                "waiting_cost",
                "training_cost",
                "hiring_cost",
                "fix_cost",
            }:
                assert math.isnan(value), name
    whole = summary.values[("all", "")]
    assert all(whole[name] == 0.0 for name in COUNTS | AMOUNTS)
    assert sum(summary.endings["all"].values()) == 0


def test_every_cut_has_every_measure_and_is_undefined_outside_its_scope() -> None:
    summary = summarise(scenario(), random_trace(300, seed=5))
    kinds = {"all", "complaints", "reason", "channel", "queue", "group", "tier", "cause"}
    assert {kind for kind, _ in summary.values} == kinds
    for (kind, _), values in summary.values.items():
        if kind == "cause":
            assert all(kind in MEASURES[name].scope for name in values)
            continue
        assert tuple(values) == tuple(MEASURES)
        for name, value in values.items():
            assert kind in MEASURES[name].scope or math.isnan(value)


def test_a_summary_is_the_same_after_a_journey_between_processes() -> None:
    summary = summarise(scenario(), random_trace(300, seed=5))
    copy = pickle.loads(pickle.dumps(summary))
    assert repr(copy.values) == repr(summary.values)
    assert copy.endings == summary.endings


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_offered_is_the_sum_of_what_became_of_the_offered(seed: int) -> None:
    made = random_trace(80, seed)
    kind, outcome = made.contacts["kind"], made.contacts["outcome"]
    fates = [
        *(Outcome.ANSWERED, Outcome.ABANDONED, Outcome.BLOCKED),
        *(Outcome.CALLBACK_TAKEN, Outcome.TURNED_AWAY, Outcome.WAITING),
    ]
    offered = sum(np.sum((outcome == fate) & (kind <= ContactKind.REPEAT)) for fate in fates)
    values = summarise(scenario(), made).values
    assert values[("all", "")]["offered"] == offered
    by_reason = [values[("reason", name)]["offered"] for name in made.reasons]
    by_channel = [values[("channel", name)]["offered"] for name in made.channels]
    assert sum(by_reason) == sum(by_channel) == offered


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_shares_lie_between_nothing_and_everything(seed: int) -> None:
    for values in summarise(scenario(), random_trace(80, seed)).values.values():
        for name, value in values.items():
            if MEASURES[name].unit == "share" and name != "redial_rate":
                assert math.isnan(value) or 0.0 <= value <= 1.0, name


def test_the_textbook_queue_meets_erlang_a() -> None:
    """M/M/10+M, 3 calls a minute: one day of 4,320 calls in each of 8 replications.

    The tolerance is four standard errors of the mean over the replications.
    """
    queue = Scenario.model_validate(
        {
            "reasons": {
                "enquiry": {
                    "volume": {"per_day": 4320},
                    "groups": ["agents"],
                    "handling": {"voice": {"talk_s": {"distribution": "exponential", "mean": 180}}},
                    "patience_s": {"voice": {"distribution": "exponential", "mean": 360}},
                }
            },
            "groups": {"agents": {"heads": 10}},
            "horizon": {"warm_up_days": 0.05},
        }
    )
    exact = erlang_a(180.0, 180.0, 10, 360.0, target_s=20.0)
    runs = [summarise(queue, simulate(queue, 1, k)).values[("all", "")] for k in range(8)]
    for name in ("p_wait", "abandonment", "asa", "wait_all", "service_level", "occupancy"):
        found = np.array([values[name] for values in runs])
        error = found.std(ddof=1) / math.sqrt(len(found))
        assert found.mean() == pytest.approx(getattr(exact, name), abs=4 * error), name
    for values in runs:
        assert values["fcr"] == 1.0
        assert values["overtime"] == 0.0
        assert values["utilisation"] == pytest.approx(values["occupancy"])
