"""Root causes: what is noted can be fixed, and then fewer customers need to make contact."""

from typing import Any

import numpy as np
import pytest

from scenarios import ScenarioError, load_text, with_changes
from sim import simulate
from sim.trace.trace import Trace

SHOP = """
[horizon]
days = 28
[reasons.order]
volume.per_day = 50
groups = ["desk"]
handling.voice.talk_s = 60
[reasons.damage]
complaint = true
volume.per_day = 100
groups = ["desk"]
handling.voice.talk_s = 60
[root_causes.packing]
reasons = ["damage"]
share = 0.4
tracked = true
threshold = 100
lead_time_weeks = 1
removes = 0.5
cost = 5000
[root_causes.address]
reasons = ["order", "damage"]
share = 0.1
[groups.desk]
heads = 4
"""
DAY = 86_400.0
PACKING, ADDRESS = 0, 1


def shop(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(SHOP), changes), 1, 0)


def due_to(trace: Trace, cause: int, *, since: float = 0.0) -> set[tuple[float, float]]:
    cases = trace.cases.as_dict()
    mine = (cases["cause"] == cause) & (cases["began"] >= since)
    return set(zip(cases["began"][mine].tolist(), cases["reason"][mine].tolist(), strict=True))


UNTRACKED = {"root_causes.packing.tracked": False}


def test_each_cause_has_its_share_of_the_cases() -> None:
    # 2800 complaints and 1400 orders; four standard errors of the shares.
    cases = shop(**UNTRACKED).cases.as_dict()
    complaint = cases["reason"] == 1
    share = float((cases["cause"][complaint] == PACKING).mean())
    assert share == pytest.approx(0.4, abs=0.037)
    assert float((cases["cause"] == ADDRESS).mean()) == pytest.approx(0.1, abs=0.019)
    assert PACKING not in cases["cause"][~complaint]


def test_a_cause_is_mended_its_lead_time_after_enough_complaints_are_noted() -> None:
    trace = shop()
    (row,) = range(len(trace.fixes))
    fix = {name: column[row] for name, column in trace.fixes.as_dict().items()}
    heard = np.sort(trace.contacts["answered"][np.isin(trace.contacts["case"], cases_of(trace))])
    assert fix["started"] == heard[99]
    assert fix["done"] == fix["started"] + 7 * DAY
    assert fix["noted"] == len(heard)
    assert (fix["cause"], fix["cost"]) == (PACKING, 5000.0)


def cases_of(trace: Trace) -> Any:
    return trace.cases["case"][trace.cases["cause"] == PACKING]


def test_once_mended_it_spares_its_share_of_the_same_customers_and_nobody_else() -> None:
    ignored, fixed = shop(**UNTRACKED), shop()
    done = float(fixed.fixes["done"][0])
    before = due_to(ignored, PACKING) - due_to(ignored, PACKING, since=done)
    assert due_to(fixed, PACKING) - due_to(fixed, PACKING, since=done) == before
    left, all_of_them = due_to(fixed, PACKING, since=done), due_to(ignored, PACKING, since=done)
    assert left < all_of_them
    assert len(all_of_them) - len(left) == fixed.fixes["spared"][0]
    # About 730 customers; standard error of the share spared 1.9 points, four of them.
    assert 1.0 - len(left) / len(all_of_them) == pytest.approx(0.5, abs=0.075)
    assert due_to(fixed, ADDRESS) == due_to(ignored, ADDRESS)


def test_what_nobody_tracks_is_never_mended() -> None:
    trace = shop(**UNTRACKED)
    assert "fixes" not in trace.tables()


def test_a_cause_without_effect_on_others_changes_nothing_by_being_named() -> None:
    plain = simulate(with_changes(load_text(SHOP), {}, remove=("root_causes",)), 1, 0)
    named = shop(**UNTRACKED)
    for name, table in plain.tables().items():
        for column in set(table.columns) - {"cause"}:
            assert np.array_equal(table[column], named.tables()[name][column], equal_nan=True)


def test_a_mending_that_takes_too_long_costs_and_spares_nobody() -> None:
    trace = shop(**{"root_causes.packing.lead_time_weeks": 10})
    assert np.isnan(trace.fixes["done"]).all()
    assert trace.fixes["spared"].tolist() == [0]
    assert trace.fixes["cost"].tolist() == [5000.0]


def test_a_lower_threshold_mends_sooner() -> None:
    soon, late = shop(**{"root_causes.packing.threshold": 20}), shop()
    assert soon.fixes["done"][0] < late.fixes["done"][0]
    assert soon.fixes["spared"][0] > late.fixes["spared"][0]


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("root_causes.packing.removes", 1.2, "must be a number from 0 to 1"),
        ("root_causes.packing.share", 0.95, "together they must be at most 1"),
        ("root_causes.packing.reasons", ["order"], "none of its reasons is a complaint"),
        ("root_causes.packing.reasons", ["damages"], "names a reason that does not exist"),
    ],
)
def test_causes_that_cannot_be_are_refused(key: str, value: Any, rule: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(load_text(SHOP), {key: value})
    assert any(rule in problem.rule for problem in caught.value.problems), str(caught.value)
