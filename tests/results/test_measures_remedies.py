"""Remedies are counted by case: due is what was needed, whatever became of it.

The example: due 100, 50, 80 and 40. A is paid 100 immediately; B is refused and then paid 55 after
a repeat; C hung up and gave up; D is open with a promise. So owed and paid are 100 + 50 = 150, the
give-away 5, withheld 80 from one customer, open 40 of one, together due 270; cash is 155.
"""

from math import isnan

import pytest

from results.measures.registry import summarise
from sim.trace.codes import CaseState
from sim.trace.trace import Trace
from tests.support.written_traces import DAY, NAN, abandoned, answered, row, scenario, span, trace

LOYALTY = {"customer_value": 100.0}
HOUR = 3600.0


def example(*, cause_fixed: bool = False) -> Trace:
    """The four customers; C does not exist where the cause was fixed in advance."""
    made = trace()
    for contact, case in ((0, 0), (1, 1), (2, 1), (4, 3)):
        answered(made, contact, 60.0 * contact, 0.0, 60.0, reason=1, case=case)
    # 20 hours of the front line at 20 an hour are 400.
    for start in (0.0, 10 * HOUR):
        span(made, 0, 1, start, start + 10 * HOUR)
    complaint = {"reason": 1, "contacts_answered": 1}
    row(made.cases, case=0, state=CaseState.RESOLVED, money=100.0, paid=100.0, **complaint)
    row(made.cases, case=1, state=CaseState.RESOLVED, money=50.0, paid=55.0, **complaint)
    row(made.cases, case=3, state=CaseState.OPEN, money=40.0, ended=NAN, **complaint)
    if not cause_fixed:
        abandoned(made, 3, 180.0, 30.0, reason=1, case=2)
        row(made.cases, case=2, reason=1, state=CaseState.GIVEN_UP, money=80.0)
    asked = {"kind": 0, "group": 1, "asker_group": 0}
    row(made.decisions, contact=0, case=0, money=100.0, paid=100.0, approved=1, **asked)
    row(made.decisions, contact=1, case=1, money=50.0, paid=0.0, approved=0, **asked)
    row(made.decisions, contact=2, case=1, money=50.0, paid=55.0, approved=1, **asked)
    return made


def values(made: Trace, **sections: object) -> dict[str, float]:
    return summarise(scenario(costs={"telecom_per_min": 0.0}, **sections), made).values["all", ""]


def test_what_is_due_is_paid_withheld_or_open() -> None:
    found = values(example())
    assert found["remedies_due"] == 270.0
    assert found["remedy_owed_paid"] == 150.0
    assert found["give_away"] == 5.0
    assert (found["remedies_withheld"], found["customers_withheld"]) == (80.0, 1.0)
    assert (found["remedies_open"], found["customers_open"]) == (40.0, 1.0)
    assert found["remedies_paid"] == 155.0


def test_service_costs_people_and_give_away_and_no_remedy_that_is_owed() -> None:
    """Staff 400, telecom 11.25 (4.5 minutes at 2.5), give-away 5; two are resolved."""
    found = summarise(scenario(costs={"telecom_per_min": 2.5}), example()).values["all", ""]
    assert (found["staff_cost"], found["telecom_cost"]) == (400.0, pytest.approx(11.25))
    assert found["service_cost"] == pytest.approx(416.25)
    assert found["cost_per_resolution"] == pytest.approx(416.25 / 2)


def test_fixing_a_root_cause_lowers_what_is_due() -> None:
    assert values(example(cause_fixed=True))["remedies_due"] == 190.0


def test_a_remedy_refused_at_first_and_paid_after_a_repeat_is_paid() -> None:
    found = values(example())
    assert (found["remedies_refused"], found["customers_refused"]) == (0.0, 0.0)


def test_of_what_is_withheld_the_refused_are_told_apart_from_those_who_gave_up() -> None:
    made = example()
    asked = {"contact": 4, "kind": 0, "group": 1, "asker_group": 0, "approved": 0}
    row(made.decisions, case=4, money=30.0, **asked)
    row(made.cases, case=4, reason=1, state=CaseState.GIVEN_UP, money=30.0, contacts_answered=1)
    found = values(made)
    assert (found["remedies_withheld"], found["customers_withheld"]) == (110.0, 2.0)
    assert (found["remedies_refused"], found["customers_refused"]) == (30.0, 1.0)


def test_who_is_given_less_than_due_is_not_one_who_is_given_nothing() -> None:
    made = trace()
    row(made.cases, case=0, reason=1, state=CaseState.RESOLVED, money=100.0, paid=90.0)
    found = values(made)
    assert found["remedies_withheld"] == 10.0
    assert found["customers_withheld"] == 0.0


def test_what_the_voice_menu_settles_it_pays_in_full() -> None:
    made = trace()
    row(made.cases, case=0, reason=1, state=CaseState.SELF_SERVED, money=30.0)
    found = values(made)
    assert (found["remedies_paid"], found["remedies_withheld"]) == (30.0, 0.0)


def test_a_case_belongs_to_the_stretch_in_which_it_began() -> None:
    """Begun in the warm-up and paid after it: neither due nor paid in the time measured."""
    made = trace(horizon_s=2 * DAY, warm_up_s=DAY)
    answered(made, 0, 1.5 * DAY, 0.0, 60.0, reason=1)
    row(made.cases, case=0, reason=1, state=CaseState.RESOLVED, began=10.0, money=9.0, paid=9.0)
    paying = {"asker_group": -1, "money": 9.0, "paid": 9.0, "approved": 1}
    row(made.decisions, contact=0, case=0, group=0, **paying)
    summary = summarise(scenario(), made)
    assert summary.values["all", ""]["remedies_due"] == 0.0
    assert summary.values["all", ""]["remedies_paid"] == 0.0
    assert summary.values["group", "front"]["remedies_paid"] == 0.0


def test_a_case_open_at_the_end_is_not_free() -> None:
    """Its customer counts as not satisfied: 19 to 46 % stay, by the money at stake."""
    made = trace()
    row(made.cases, case=0, reason=1, state=CaseState.OPEN, ended=NAN, contacts_answered=1)
    found = values(made, loyalty=LOYALTY)
    assert found["revenue_at_risk"] == pytest.approx(54.0)
    assert found["customers_lost"] == pytest.approx(0.54)


def test_in_all_counts_service_and_what_is_due_and_revenue_at_risk() -> None:
    found = values(example(), loyalty=LOYALTY)
    counted = found["service_cost"] + found["remedies_due"] + found["revenue_at_risk"]
    assert found["total_cost"] == pytest.approx(counted)
    assert isnan(values(example())["total_cost"]), "without [loyalty] nothing is counted in all"


def test_part_of_a_horizon_says_nothing_of_customers_lost_where_cases_outlast_it() -> None:
    part = {"part_of_days": 7}
    found = values(example(), loyalty=LOYALTY, horizon=part, repeat={"probability": 0.5})
    assert isnan(found["total_cost"])
    assert isnan(found["revenue_at_risk"])
    assert isnan(found["customers_lost"])
    assert found["service_cost"] == 405.0
    assert found["remedies_open"] == 40.0


def test_part_of_a_horizon_that_no_case_outlasts_counts_everything() -> None:
    found = values(example(), loyalty=LOYALTY, horizon={"part_of_days": 7}, channels={})
    assert found["total_cost"] > 405.0
