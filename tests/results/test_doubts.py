"""Nothing is called better only because customers are refused, left open or sent off."""

import math
from dataclasses import replace
from typing import Any

import pytest

from results import Comparison, compare, run
from results.charts.view import View
from results.charts.wording import Told, spoken_of
from results.comparison.better_or_worse import Effect
from results.comparison.break_even import BreakEven
from results.comparison.money_words import DOUBTED, break_even_words
from results.reading.rows import ASKED
from scenarios import load_text, with_changes
from tests.support.known_answers import experiment_with

TODAY = {
    "asa": (60.0, 61.0, 59.0),
    "service_cost": (1000.0, 1001.0, 999.0),
    "cost_per_resolution": (5.0, 5.01, 4.99),
    "cost_per_contact": (4.0, 4.01, 3.99),
    "cases": (200.0, 210.0, 190.0),
    "unresolved": (0.01, 0.012, 0.008),
    "remedies_due": (500.0, 510.0, 490.0),
    "remedies_paid": (450.0, 460.0, 440.0),
    "remedies_withheld": (50.0, 51.0, 49.0),
    "remedies_open": (0.0, 0.0, 0.0),
    "approvals_per_complaint": (0.7, 0.71, 0.69),
    "blocked": (0.0, 0.0, 0.0),
    "lost_in_menu": (0.0, 0.0, 0.0),
    "given_up": (0.1, 0.11, 0.09),
}
CHEAPER = {"asa": -20.0, "service_cost": -100.0, "cost_per_resolution": -0.5}


def against(**shifts: float) -> Comparison:
    """Today against a policy that moves each measure by a step in every replication."""
    moved = {
        name: [value + shifts.get(name, 0.0) for value in found] for name, found in TODAY.items()
    }
    today = {name: list(found) for name, found in TODAY.items()}
    return compare(experiment_with({"today": today, "other": moved}))


def effect(comparison: Comparison, measure: str) -> Effect:
    found = comparison.findings["other", measure].difference
    assert found is not None
    return found.effect


def test_a_policy_that_only_costs_less_and_waits_less_is_better() -> None:
    found = against(**CHEAPER)
    for measure in ("asa", "service_cost", "cost_per_resolution"):
        assert effect(found, measure) == "better"
    assert "Warning" not in found.verdicts["other"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ({"remedies_withheld": 200.0}, "€200 a day more of what is owed is withheld"),
        ({"unresolved": 0.2}, "20.0 points more cases are still open at the end"),
        ({"blocked": 0.3}, "30.0 points more customers are sent off"),
        ({"lost_in_menu": 0.3}, "30.0 points more customers are sent off"),
    ],
    ids=["refused", "left open", "sent off", "lost in the menu"],
)
def test_a_lower_cost_by_harm_to_customers_is_no_better_and_the_doubt_says_why(
    harm: dict[str, float], said: str
) -> None:
    found = against(**CHEAPER, **harm)
    assert effect(found, "service_cost") == "different"
    assert effect(found, "cost_per_resolution") == "different"
    assert f"no saving by itself: {said}" in found.verdicts["other"]


ON_THE_LINE = {
    "asa": (300.0, 310.0, 290.0),
    "wait_all": (300.0, 310.0, 290.0),
    "callbacks_taken": (0.0, 0.0, 0.0),
    "time_to_agent": (300.0, 310.0, 290.0),
}


def with_callbacks(first_agent: float, taken: float = 0.6) -> Comparison:
    """A policy with shorter waits on the line, that moves the time to an agent by so much."""
    shifts = {"asa": -200.0, "wait_all": -250.0, "callbacks_taken": taken}
    shifts["time_to_agent"] = first_agent
    moved = {name: [one + shifts[name] for one in found] for name, found in ON_THE_LINE.items()}
    today = {name: list(found) for name, found in ON_THE_LINE.items()}
    return compare(experiment_with({"today": today, "other": moved}))


@pytest.mark.parametrize("first_agent", [0.0, 60.0], ids=["as late", "later"])
def test_waits_that_callbacks_move_off_the_line_are_no_better_and_the_verdict_says_so(
    first_agent: float,
) -> None:
    found = with_callbacks(first_agent)
    for measure in ("asa", "wait_all"):
        assert effect(found, measure) == "different"
    assert "shorter waits on the line are no gain by themselves" in found.verdicts["other"]


@pytest.mark.parametrize(("first_agent", "taken"), [(-60.0, 0.6), (0.0, 0.0)])
def test_waits_are_better_where_callbacks_bring_an_agent_sooner_or_are_not_taken(
    first_agent: float, taken: float
) -> None:
    found = with_callbacks(first_agent, taken)
    for measure in ("asa", "wait_all"):
        assert effect(found, measure) == "better"
    assert "Warning" not in found.verdicts["other"]


def test_a_service_that_costs_less_because_customers_are_declined_is_no_better() -> None:
    """No money is owed where an agent only does not know; a case given up is dearer to resolve."""
    found = against(service_cost=-100.0, cost_per_resolution=2.0, given_up=0.4)
    assert effect(found, "service_cost") == "different"
    assert effect(found, "cost_per_resolution") == "worse"
    assert "no saving by itself: 40.0 points more cases are given up" in found.verdicts["other"]


def test_a_cost_that_is_not_clearly_lower_is_doubted_without_being_called_lower() -> None:
    unclear = against(blocked=0.3, cost_per_resolution=-0.05, service_cost=-10.0)
    said = unclear.verdicts["other"]
    assert "Warning: its lower service cost is" in said, "the canned costs hardly vary"
    moved = {name: list(found) for name, found in TODAY.items()}
    # By 20 less, 11 less and 25 more: 2 less on average, and nobody can tell.
    moved["service_cost"] = [980.0, 990.0, 1024.0]
    moved["cost_per_resolution"] = [4.9, 4.96, 5.1]
    moved["blocked"] = [0.3, 0.3, 0.3]
    today = {name: list(found) for name, found in TODAY.items()}
    said = compare(experiment_with({"today": today, "other": moved})).verdicts["other"]
    assert "not known yet: service cost" in said
    assert "Warning: a lower service cost would be no saving by itself: " in said


def test_a_cost_that_is_called_the_same_is_not_called_lower_in_the_next_sentence() -> None:
    """A tenth of a per cent less, clear in every replication: nobody saves by that."""
    found = against(service_cost=-2.0, remedies_withheld=200.0)
    assert (
        "practically the same: waits of those answered, open cases, service cost"
        in (found.verdicts["other"])
    )
    assert "Warning: a lower service cost would be no saving by itself: " in found.verdicts["other"]


@pytest.mark.parametrize(("worth", "said"), [(100.0, ""), (1.0, " (not clear up to €0.03)")])
def test_what_is_not_clear_below_a_hundredth_of_a_customers_worth_is_not_said(
    worth: float, said: str
) -> None:
    found = against(service_cost=1.0)
    loss = BreakEven("at no value", low=0.0, high=0.03)
    known = replace(found, break_even={"other": loss}, customer_value=worth)
    assert break_even_words(known, "other") == (
        f"It does not pay, whatever a customer is worth{said}."
    )


def test_shorter_waits_of_those_who_are_left_are_not_better_and_the_others_come_first() -> None:
    found = against(**CHEAPER, blocked=0.3)
    assert effect(found, "asa") == "different"
    assert found.verdicts["other"].startswith(
        "Other: callers who find all lines busy rise from 0.0 to 30.0 %; "
        "of the others: the wait of those answered falls from 60 to 40 s"
    )
    assert effect(against(**CHEAPER, unresolved=0.2), "asa") == "better"


def test_a_policy_that_sends_customers_off_is_best_in_no_picture() -> None:
    def best_of(**shifts: float) -> tuple[str, ...]:
        values = {
            policy: {
                name: [value + shifts.get(name, 0.0) * (policy == "other") for value in found]
                for name, found in TODAY.items()
            }
            for policy in ("today", "other", "third")
        }
        values["third"]["asa"] = [value - 10.0 for value in TODAY["asa"]]
        view = View.of(experiment_with(values))
        return spoken_of(view, [Told.of("asa", view.measured("asa"))])

    assert best_of(asa=-20.0) == ("other",)
    assert best_of(asa=-20.0, blocked=0.3) == ("third",)


def test_where_nobody_may_ask_any_more_fewer_approvals_are_no_gain() -> None:
    freed = {"approvals_per_complaint": -0.7}
    assert effect(against(**freed), "approvals_per_complaint") == "better"
    refused = against(**freed, remedies_withheld=200.0)
    assert effect(refused, "approvals_per_complaint") == "different"


def test_less_withheld_because_all_is_still_open_is_not_better() -> None:
    found = against(remedies_withheld=-40.0, unresolved=0.9)
    assert effect(found, "remedies_withheld") == "different"
    assert effect(found, "unresolved") == "worse"


def test_with_another_number_of_cases_a_resolved_one_has_no_better_or_worse_price() -> None:
    found = against(**CHEAPER, cases=-20.0)
    assert effect(found, "cost_per_resolution") == "different"
    assert effect(found, "service_cost") == "better", "fewer cases are a real saving"


def test_the_cost_of_a_contact_is_never_better_or_worse() -> None:
    for shift in (-1.0, 1.0):
        assert effect(against(cost_per_contact=shift), "cost_per_contact") == "different"


def test_without_loyalty_the_verdict_says_that_lost_customers_are_not_counted() -> None:
    found = against(**CHEAPER)
    assert "in all" not in found.verdicts["other"]
    assert found.verdicts.overall.startswith("Customers who leave are not counted")


def test_in_a_part_where_nobody_is_sent_off_shorter_waits_are_not_better_either() -> None:
    """The reason that is not sent off waits less because the others are."""
    moved = {
        policy: {
            "asa": [value - 20.0 * (policy == "other") for value in TODAY["asa"]],
            "blocked": [0.3 * (policy == "other")] * 3,
        }
        for policy in ("today", "other")
    }
    experiment = experiment_with(moved)
    for found in experiment.summaries.values():
        for one in found:
            one.values["reason", "late_parcel"] = {"asa": one.values["all", ""]["asa"]}
    of_reason = compare(experiment, ["asa"], cut=("reason", "late_parcel"))
    assert effect(of_reason, "asa") == "different"


@pytest.mark.parametrize("harm", ["remedies_withheld", "unresolved"])
def test_where_cases_are_refused_or_forgotten_quick_resolutions_of_the_rest_are_no_gain(
    harm: str,
) -> None:
    quick = {"time_to_resolution": (600.0, 610.0, 590.0), "approver_time": (60.0, 61.0, 59.0)}
    today = {name: list(found) for name, found in {**TODAY, **quick}.items()}
    moved = {name: [value / 2.0 for value in found] for name, found in quick.items()}
    moved |= {harm: [value + 100.0 for value in TODAY[harm]]}
    found = compare(experiment_with({"today": today, "other": {**today, **moved}}))
    assert {effect(found, name) for name in quick} == {"different"}


def test_a_difference_that_is_not_defined_is_not_said_to_be_unclear() -> None:
    today = {name: list(found) for name, found in TODAY.items()} | {"total_cost": [9.0, 8.0, 9.5]}
    other = today | {"total_cost": [math.nan] * 3, "asa": [40.0, 41.0, 39.0]}
    said = compare(experiment_with({"today": today, "other": other})).verdicts["other"]
    assert "open cases, service cost." in said
    assert "total cost" not in said


def test_where_serving_costs_nothing_lost_customers_are_still_said_not_to_be_counted() -> None:
    today = {name: list(found) for name, found in TODAY.items() if "cost" not in name}
    other = today | {"remedies_paid": [300.0, 310.0, 290.0]}
    found = compare(experiment_with({"today": today, "other": other}))
    assert "is paid in remedies" in found.verdicts["other"]
    assert found.verdicts.overall.startswith("Customers who leave are not counted")


# --- Whole centres: the policy that must not look good is worse, or the doubt stands. -----------

PROMISES = """
baseline = "ask"
horizon.days = 5
opening.hours = "09:00-17:00"
loyalty.customer_value = 100
[reasons.complaint]
complaint = true
volume = { per_day = 40 }
groups = ["front"]
solve = 0.999
handling.voice.talk_s = 240
remedy.needed = 1.0
remedy.money = 50
[groups.front]
heads = 8
cost_per_hour = 20
authority = "none"
beyond_knowledge = "no"
[groups.boss]
heads = 3
tier = 2
cost_per_hour = 30
authority = "all"
beyond_knowledge = "no"
[authority.none]
limit = 0
[authority.all]
limit = 1000
[escalation.no]
steps = [{ step = "decline" }]
[escalation.beyond_authority]
steps = [{ step = "ask_approver", group = "boss", decision_s = 60, approval = 1.0 }]
[policies.later.changes]
"escalation.beyond_authority.steps" = [{ step = "promise_callback", due_h = 100, \
approver = "boss", decision_s = 28800, approval = 1.0 }]
[policies.refuse.changes]
"escalation.beyond_authority.steps" = [{ step = "decline" }]
"""


def worth(comparison: Comparison, policy: str, measure: str) -> Any:
    found = comparison.findings[policy, measure].difference
    assert found is not None
    return found


def test_promising_a_call_that_nobody_makes_and_refusing_are_worse_in_all() -> None:
    """What is due is the same under the three; who is refused or forgotten is lost more often."""
    found = compare(run(load_text(PROMISES), replications=3, workers=1))
    due = {found.findings[policy, "remedies_due"].mean.mean for policy in found.policies}
    assert len(due) == 1
    for policy in ("later", "refuse"):
        assert worth(found, policy, "total_cost").effect == "worse"
        assert worth(found, policy, "cost_per_resolution").effect != "better"
        assert found.break_even[policy].pays == "at no value"
    open_ = found.findings["later", "remedies_open"].mean.mean
    withheld = found.findings["refuse", "remedies_withheld"].mean.mean
    assert open_ > 0.9 * found.findings["ask", "remedies_due"].mean.mean
    assert withheld == found.findings["ask", "remedies_due"].mean.mean
    assert "Nobody is resolved" in found.verdicts["refuse"]
    assert found.verdicts.overall.startswith("In all, a customer is counted as worth €100")
    assert found.findings["refuse", "cost_per_resolution"].mean.n == 0


def test_a_day_that_cases_outlast_under_one_policy_counts_lost_customers_under_none() -> None:
    """Under "ask" no case outlasts the day, under "later" nearly every one does."""
    day = with_changes(load_text(PROMISES), {"horizon.days": 1, "horizon.part_of_days": 5})
    found = compare(run(day, replications=2, workers=1))
    for policy in found.policies:
        for measure in ("total_cost", "revenue_at_risk", "customers_lost"):
            assert found.findings[policy, measure].mean.n == 0
    assert "in all" not in str(found.verdicts)
    assert "of cases are still open tonight; Compare follows them through 5 days." in found.unseen
    assert worth(found, "later", "unresolved").effect == "worse"
    picture = View.of(run(day, replications=2, workers=1))
    assert all(one.level.n == 0 for one in picture.measured("total_cost").values())


def test_a_policy_that_takes_the_worth_from_customers_saves_nothing_by_it() -> None:
    """Refusing everybody and calling customers worthless in one policy is no cost in all."""
    worthless = """
[policies.worthless.changes]
"loyalty.customer_value" = 0
"escalation.beyond_authority.steps" = [{ step = "decline" }]
"""
    scenario = load_text(PROMISES + worthless)
    found = compare(run(scenario, policies=("ask", "worthless"), replications=4, workers=1))
    for measure in ("total_cost", "revenue_at_risk"):
        assert worth(found, "worthless", measure).effect == "different"
    said = found.verdicts["worthless"]
    assert "the policy itself changes what customers are worth" in said
    assert "pays" not in said


def test_a_menu_that_callers_flee_is_no_better_service_and_they_come_first() -> None:
    scenario = load_text(
        """
baseline = "plain"
voice_menu.time_s = 1
horizon.days = 2
opening.hours = "09:00-17:00"
[reasons.question]
volume.per_day = 400
groups = ["front"]
handling.voice.talk_s = { distribution = "exponential", mean = 240 }
patience_s.voice = { distribution = "exponential", mean = 180 }
[groups.front]
heads = 3
[policies.maze]
changes = { "reasons.question.hangs_up_in_menu" = 0.5 }
"""
    )
    found = compare(run(scenario, replications=4, workers=1))
    lost = worth(found, "maze", "lost_in_menu")
    # 8 days of 400 callers: 3,200, so a share of a half has a standard error of 0.009.
    assert lost.estimate.mean == pytest.approx(0.5, abs=0.04)
    assert lost.effect == "worse"
    for measure in ("asa", "service_level", "abandonment"):
        assert worth(found, "maze", measure).effect == "different"
    said = found.verdicts["maze"]
    assert said.startswith("Maze: ")
    assert said.index("hang up in the voice menu") < said.index("the wait falls")


def test_the_app_compares_every_measure_that_a_doubt_is_about() -> None:
    assert set(DOUBTED) <= set(ASKED)


def test_the_parts_of_the_cost_in_all_add_up_and_cash_stands_next_to_them() -> None:
    """100 more for service and 400 less at risk are 300 less in all; 150 more cash is no part."""
    values = {**TODAY, "total_cost": (5000.0, 5100.0, 4900.0), "revenue_at_risk": (900.0,) * 3}
    steps = {
        "service_cost": 100.0,
        "revenue_at_risk": -400.0,
        "total_cost": -300.0,
        "remedies_paid": 150.0,
        "remedies_withheld": -30.0,
    }
    other = {name: [one + steps.get(name, 0.0) for one in found] for name, found in values.items()}
    today = {name: list(found) for name, found in values.items()}
    said = compare(experiment_with({"today": today, "other": other})).verdicts["other"]
    parts = "service costs €100 more, €400 less revenue is at risk; in cash, €150 more is paid"
    assert "A day costs €300 less in all" in said
    assert parts in said


def test_a_policy_that_alone_counts_lost_customers_gets_no_value_that_nobody_named() -> None:
    alone = PROMISES.replace("loyalty.customer_value = 100\n", "") + (
        "[policies.counted.changes]\nloyalty = { customer_value = 100 }\n"
    )
    found = compare(run(load_text(alone), replications=2, workers=1))
    assert "worth –" not in str(found.verdicts)
    assert "in all" not in found.verdicts["refuse"]


def test_a_backlog_that_only_moved_to_the_line_is_no_smaller_one() -> None:
    today = {"backlog": [40.0, 41.0, 39.0, 42.0], "number_waiting": [5.0, 5.2, 4.8, 5.1]}
    less = {name: [value - 3.0 for value in found] for name, found in today.items()}
    policies = {"today": today, "calls": less, "more": less, "alike": less}
    found = compare(replace(experiment_with(policies), scenario=load_text(BY_MAIL)))
    for measure in today:
        effects = {name: found.findings[name, measure].difference.effect for name in found.others}
        assert effects == {"calls": "different", "more": "better", "alike": "better"}, measure
    warned = {
        name for name in found.others if "a smaller backlog is no gain" in found.verdicts[name]
    }
    assert warned == {"calls"}


BY_MAIL = """
baseline = "today"
opening.hours = "09:00-17:00"
[reasons.question]
volume.per_day = 100
channels = { voice = 1, email = 1 }
groups = ["front"]
handling.voice.talk_s = 240
handling.email.talk_s = 240
[groups.front]
heads = 4
[policies.calls.changes]
"reasons.question.channels" = { email = 0 }
[policies.more.changes]
"groups.front.heads" = 5
[policies.alike.changes]
"reasons.question.channels" = { voice = 3, email = 3 }
"""
