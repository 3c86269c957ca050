"""Who stays, anchored on TARP and SQM, and the revenue that goes with the rest."""

from typing import Any

import numpy as np
import pytest

from results.comparison.compare import compare
from results.facts.loyalty import stay
from results.measures.registry import summarise
from scenarios import ScenarioError, with_changes
from scenarios.parts.satisfaction import Loyalty
from sim.trace.codes import CaseState, Ending, PromiseKind
from tests.support.known_answers import experiment_with
from tests.support.written_traces import DAY, NAN, answered, row, scenario, trace

LOYALTY = Loyalty(customer_value=400.0)

OUTCOMES: dict[str, dict[str, Any]] = {
    "unheard": {"contacts_answered": 0},
    "not_satisfied": {"contacts_answered": 1},
    "satisfied": {"resolved": True, "resolution_s": 1000 * DAY},
    "satisfied_quickly": {"resolved": True, "resolution_s": 0.0},
}
TARP = {
    "unheard": (0.37, 0.09),
    "not_satisfied": (0.46, 0.19),
    "satisfied": (0.70, 0.54),
    "satisfied_quickly": (0.95, 0.82),
}


def stays(loyalty: Loyalty = LOYALTY, **case: Any) -> float:
    cells: dict[str, Any] = {
        "complaint": True,
        "resolved": False,
        "settled_first": False,
        "resolution_s": NAN,
        "contacts_answered": 1,
        "money": NAN,
        "csat": NAN,
        "let_down": False,
    }
    return float(stay(loyalty, {name: np.array([v]) for name, v in {**cells, **case}.items()})[0])


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_after_a_complaint_customers_stay_as_tarp_found(outcome: str) -> None:
    """Losses under $5 and over $100; exact."""
    small, large = TARP[outcome]
    for money in (NAN, 1.0, 5.0):
        assert stays(money=money, **OUTCOMES[outcome]) == pytest.approx(small)
    for money in (100.0, 5000.0):
        assert stays(money=money, **OUTCOMES[outcome]) == pytest.approx(large)


def test_between_a_small_and_a_large_loss_every_doubling_costs_the_same() -> None:
    quick = OUTCOMES["satisfied_quickly"]
    steps = np.diff([stays(money=money, **quick) for money in (10.0, 20.0, 40.0, 80.0)])
    assert (steps < 0.0).all()
    assert steps == pytest.approx(steps[0])


@pytest.mark.parametrize(
    ("case", "leaves"),
    [
        ({"resolved": True, "settled_first": True}, 0.05),
        ({"resolved": True}, 0.09),
        ({"resolved": False}, 0.25),
    ],
)
def test_without_a_complaint_customers_leave_as_sqm_found(
    case: dict[str, bool], leaves: float
) -> None:
    assert 1.0 - stays(complaint=False, **case) == pytest.approx(leaves)


def test_a_day_to_the_resolution_costs_half_of_what_quickness_keeps_and_there_is_no_cliff() -> None:
    """Between 95 and 70 %: 82.5 at a day, 76.25 at two, and no step larger than its share."""
    days = {n: stays(resolved=True, resolution_s=n * DAY) for n in (0.0, 1.0, 2.0)}
    assert [days[n] for n in (0.0, 1.0, 2.0)] == pytest.approx([0.95, 0.825, 0.7625])
    hourly = np.diff([stays(resolved=True, resolution_s=h * 3600.0) for h in range(200)])
    assert (hourly < 0.0).all()
    assert hourly.min() > -0.25 * (1.0 - 0.5 ** (1 / 24)) - 1e-12


def test_a_resolved_complaint_keeps_as_many_of_the_satisfied_and_of_the_others_as_there_are() -> (
    None
):
    """csat is the chance to be satisfied: (1 - S) of 46 % and S of 95 % stay."""
    quick = OUTCOMES["satisfied_quickly"]
    for csat in (0.0, 25.0, 50.0, 100.0):
        expected = 0.46 + (0.95 - 0.46) * csat / 100.0
        assert stays(**quick, csat=csat) == pytest.approx(expected)


def test_with_thresholds_who_is_below_or_above_them_counts_as_the_one_or_the_other() -> None:
    between = LOYALTY.model_copy(update={"not_satisfied_to": 30.0, "satisfied_from": 70.0})
    quick = OUTCOMES["satisfied_quickly"]
    kept = [stays(between, **quick, csat=csat) for csat in (0.0, 30.0, 50.0, 70.0, 100.0)]
    assert kept == pytest.approx([0.46, 0.46, (0.46 + 0.95) / 2, 0.95, 0.95])


def test_a_broken_promise_can_cost_customers_outside_complaints() -> None:
    strict = LOYALTY.model_copy(
        update={"leaving": LOYALTY.leaving.model_copy(update={"broken_promise": 0.1})}
    )
    first = {"complaint": False, "resolved": True, "settled_first": True}
    assert stays(strict, **first, let_down=True) == pytest.approx(0.95 * 0.9)
    assert stays(strict, **first) == stays(**first, let_down=True) == pytest.approx(0.95)
    # A complaint feels it through the satisfaction.
    assert stays(strict, **OUTCOMES["satisfied"], let_down=True) == pytest.approx(0.70)


def test_customers_let_down_are_read_from_the_promises_of_the_case() -> None:
    made = trace()
    for case in (0, 1):
        answered(made, case, 0.0, 0.0, 60.0)
        row(made.cases, case=case, state=0, ended=60.0, contacts_answered=1)
        row(made.promises, contact=case, case=case, kind=PromiseKind.TOLD_WAIT, kept=0.0)
    row(made.promises, contact=1, case=1, kind=PromiseKind.CALLBACK, kept=0.0)
    loyalty = {"customer_value": 1.0, "leaving": {"broken_promise": 0.2}}
    values = summarise(scenario(loyalty=loyalty), made).values[("all", "")]
    assert values["stay"] == pytest.approx(0.95 * (1.0 + 0.8) / 2)


def test_the_silent_may_be_more_loyal_than_who_complained_in_vain() -> None:
    """Customer Rage 2020: 22 points."""
    small = {"unheard": 0.68, "not_satisfied": 0.46}
    found = Loyalty.model_validate({"customer_value": 1.0, "small_loss": small})
    heard, silent = OUTCOMES["not_satisfied"], OUTCOMES["unheard"]
    assert stays(found, **silent) - stays(found, **heard) == pytest.approx(0.22)


def test_revenue_at_risk_is_what_those_who_leave_are_worth() -> None:
    """An enquiry worth 400 and a complaint worth 1,000, both resolved immediately, in two days."""
    made = trace(horizon_s=2 * DAY)
    for case in (0, 1):
        answered(made, case, 0.0, 0.0, 60.0, reason=case)
        row(made.cases, case=case, reason=case, state=0, ended=60.0, contacts_answered=1)
    loyalty = {"customer_value": 400.0, "values": {"damaged": 1000.0}}
    summary = summarise(scenario(loyalty=loyalty), made)
    values = summary.values[("all", "")]
    # A minute takes 0.05 % of the way from quickly to slowly.
    at_risk = 0.05 * 400.0 + (0.05 + 0.25 * (1.0 - 0.5 ** (60.0 / DAY))) * 1000.0
    assert values["revenue_at_risk"] == pytest.approx(at_risk / 2)
    assert values["revenue_at_risk_per_case"] == pytest.approx(at_risk / 2)
    assert summary.values[("reason", "enquiry")]["revenue_at_risk"] == pytest.approx(10.0)
    assert values["stay"] == pytest.approx(0.95, abs=1e-3)
    assert values["total_cost"] == pytest.approx(values["service_cost"] + at_risk / 2)


def test_who_settled_it_in_the_voice_menu_was_helped_at_the_first_try() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.SELF_SERVED, ended=30.0)
    values = summarise(scenario(loyalty={"customer_value": 1.0}), made).values[("all", "")]
    assert values["stay"] == pytest.approx(0.95)


def test_without_loyalty_nothing_is_counted_in_all() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0, ending=Ending.UNSOLVED)
    row(made.cases, case=0, state=CaseState.GIVEN_UP, contacts_answered=1)
    values = summarise(scenario(satisfaction={}), made).values[("all", "")]
    assert values["service_cost"] > 0.0
    unknown = ("total_cost", "revenue_at_risk", "revenue_at_risk_per_case", "customers_lost")
    assert np.isnan([values[name] for name in unknown]).all()


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"loyalty": {"customer_value": 1, "values": {"damage": 3}}}, "does not exist"),
        ({"loyalty": {"customer_value": 1, "small_loss_to": 200}}, "below large_loss_from"),
        (
            {"loyalty": {"customer_value": 1, "satisfied_from": 20, "not_satisfied_to": 30}},
            "not_satisfied_to must be below satisfied_from",
        ),
        (
            {"loyalty": {"customer_value": 1, "small_loss": {"not_satisfied": 0.8}}},
            "not_satisfied \\(0.8\\) must not be above satisfied \\(0.7\\)",
        ),
        (
            {"loyalty": {"customer_value": 1, "large_loss": {"satisfied_quickly": 0.5}}},
            "satisfied \\(0.54\\) must not be above satisfied_quickly \\(0.5\\)",
        ),
        (
            {"loyalty": {"customer_value": 1, "leaving": {"unresolved": 0.05}}},
            "resolved_later \\(0.09\\) must not be above unresolved \\(0.05\\)",
        ),
        ({"loyalty": {}}, "customer_value"),
        ({"satisfaction": {"formal_style": 2.0}}, "below accommodating_style"),
        ({"survey": {}}, "satisfaction"),
    ],
)
def test_what_cannot_be_meant_is_refused(section: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        with_changes(scenario(), section)


def verdict(values: dict[str, tuple[float, float]]) -> str:
    """What is said of a policy that moves each measure from one value to another."""
    sides = enumerate(("today", "quick"))
    found = {name: {m: [v[side]] * 3 for m, v in values.items()} for side, name in sides}
    return compare(experiment_with(found)).verdicts["quick"]


def test_the_verdict_names_the_cost_in_all_and_what_it_is_made_of() -> None:
    money = {"service_cost": (5000.0, 5300.0), "revenue_at_risk": (2000.0, 1200.0)}
    money |= {"remedies_paid": (900.0, 1000.0), "total_cost": (8000.0, 7500.0)}
    assert verdict({"csat_true": (60.0, 66.0), **money}) == (
        "Quick: satisfaction rises from 60 to 66. A day costs €500 less in all, counting what is "
        "owed as owed: service costs €300 more, €800 less revenue is at risk; in cash, €100 more "
        "is paid in remedies."
    )


def test_without_loyalty_the_verdict_names_service_cost_and_what_became_of_remedies() -> None:
    money = {"service_cost": (5000.0, 5300.0), "remedies_paid": (900.0, 1000.0)}
    owed = {"remedies_withheld": (300.0, 150.0), "remedies_open": (10.0, 60.0)}
    assert verdict({"asa": (60.0, 50.0), **money, **owed}) == (
        "Quick: the wait of those answered falls from 60 to 50 s. A day: service costs €300 more, "
        "€100 more is paid in remedies, €150 less of what is owed is withheld, €50 more of what is "
        "owed is still open."
    )
