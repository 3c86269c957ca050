"""Why a policy differs: parts that add up exactly, and what is certain among them."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from results.comparison.compare import against, compare
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.measures.registry import summarise
from results.measures.summary import Summary
from results.why.account import Accounting
from results.why.accounting import accounting, accountings, amounts, keeps_accounts
from results.why.parts import ACCOUNTS, PARTS
from results.why.rows import rows
from results.why.table import COLUMNS, accounting_rows
from results.why.words import sentence
from scenarios import Policy, Scenario, list_scenarios, load, with_changes
from scenarios.policies.policy_set import PolicySet
from sim import simulate
from sim.trace.trace import Trace
from tests.support.made_up_results import FREER, TODAY, pictured, two

NAMES = [shipped.name for shipped in list_scenarios()]
LAST_BITS = 1e-9
"""Parts and wholes are sums of up to 150,000 numbers in another order: 150,000 roundings of at
most 2^-53 each in proportion come to 2e-11 at worst."""


def shortened(name: str) -> dict[str, Any]:
    """The first day that is measured; of the textbook an hour's customers, who are many."""
    horizon = load(name).horizon
    if name == "textbook":
        return {"reasons.enquiry.volume.per_day": 3_000}
    days = min(math.ceil(horizon.warm_up_days) + 1, horizon.days)
    return {"horizon.days": days, "horizon.part_of_days": horizon.days}


def wholes(summary: Summary, trace: Trace, days: float) -> dict[str, float]:
    """What each account must come to, counted in another way."""
    values = summary.values["all", ""]
    total = values["total_cost"]
    return {
        "hours": values["paid_hours"] * days,
        "contacts": float((trace.contacts["arrival"] >= trace.warm_up_s).sum()),
        "cases": float((trace.cases["began"] >= trace.warm_up_s).sum()),
        "money": values["service_cost"] if math.isnan(total) else total,
    }


@pytest.mark.parametrize("name", NAMES)
def test_in_every_replication_the_parts_add_up_to_the_whole_difference(name: str) -> None:
    adds_up(with_changes(load(name), shortened(name)), 1)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_over_its_whole_horizon_too_the_parts_of_a_scenario_add_up(name: str) -> None:
    adds_up(load(name), 1)


def adds_up(scenario: Scenario, replications: int) -> None:
    centre = PolicySet.of(scenario)
    horizon = centre.scenario.horizon
    days = horizon.days - horizon.warm_up_days
    finished, expected = {}, {}
    for policy, under in centre.under.items():
        for number in range(replications):
            trace = simulate(under, 1, number)
            finished[policy, number] = summarise(under, trace)
            expected[policy, number] = wholes(finished[policy, number], trace, days)
    policies = tuple(centre.under)
    ran = Experiment(scenario, policies, 1, replications, finished, complete=True, checked=centre)
    found = amounts(ran)
    weeks = 7.0 if days >= 7.0 else 1.0
    for policy, number in expected:
        whole = {account: _whole(found[policy], account, number) for account in ACCOUNTS}
        whole["agents"] += whole.pop("supervisors")
        for account in ("agents", "contacts", "cases"):
            whole[account] *= days / weeks
        whole["hours"] = whole.pop("agents")
        assert whole == pytest.approx(expected[policy, number], rel=LAST_BITS, abs=LAST_BITS)
    for policy, one in accountings(ran).items():
        for account in one.accounts:
            parts = [line.difference.estimate.mean for line in account.lines]
            size = LAST_BITS * max(abs(line.base) for line in (*account.lines, account.total))
            total = account.total.difference.estimate.mean
            assert math.fsum(parts) == pytest.approx(total, rel=0.0, abs=size)
        costs = [expected[key, number]["money"] for key, number in expected if key == policy]
        before = [expected[key, number]["money"] for key, number in expected if key == policies[0]]
        moved = np.mean(costs) - np.mean(before)
        money = {account.name: account.total for account in one.accounts}.get("money")
        found_moved = money.difference.estimate.mean if money else 0.0
        assert found_moved == pytest.approx(moved, rel=0.0, abs=LAST_BITS * (1.0 + max(costs)))


def _whole(found: Mapping[str, Mapping[str, np.ndarray]], account: str, number: int) -> float:
    return math.fsum(values[number] for values in found.get(account, {}).values())


# -- intervals and claims -------------------------------------------------------------------------


def test_a_part_has_the_interval_of_its_pairs_as_in_every_comparison() -> None:
    experiment = two()
    found = accounting(experiment, "freer")
    line = next(one for one in found.account("money").lines if one.part == "give_away")
    said = compare(experiment).findings["freer", "give_away"].difference
    assert said is not None
    assert line.difference.estimate == said.estimate


def test_hours_contacts_and_cases_are_a_day_below_a_week_and_a_week_from_then_on() -> None:
    days = two()  # of two days
    weeks = replace(days, scenario=with_changes(days.scenario, {"horizon.days": 14}))
    by_day, by_week = accounting(days, "freer"), accounting(weeks, "freer")
    for name in ("agents", "supervisors", "contacts", "cases"):
        one, other = by_day.account(name), by_week.account(name)
        assert (one.per, other.per) == ("a day", "a week")
        assert one.total.base * 2.0 == pytest.approx(other.total.base * 2.0)
    assert by_day.account("money") == by_week.account("money")
    assert by_day.account("money").per == "a day"


def test_hours_of_tier_1_are_the_agents_and_those_above_the_supervisors() -> None:
    found = accounting(two(), "freer")
    assert {line.part for line in found.account("agents").lines} == {
        *("talk_first", "hold_approval", "idle"),
    }
    assert {line.part for line in found.account("supervisors").lines} == {
        *("deciding", "own_work", "idle"),
    }


def test_a_part_is_certain_where_it_differs_among_all_parts_and_by_as_much_as_matters() -> None:
    experiment = two()
    found = accounting(experiment, "freer")
    hold = next(one for one in found.account("agents").lines if one.part == "hold_approval")
    assert hold.claim is not None
    assert hold.certain, "5 h a day less, known to some minutes"
    assert hold.claim.relevance == pytest.approx(0.01 * found.account("agents").total.base)
    careful = {"relevance": {"share": 0.5, "money_of_service_cost": 5.0}}
    nothing = replace(experiment, scenario=with_changes(experiment.scenario, careful))
    unmoved = accounting(nothing, "freer")
    assert not any(line.certain for account in unmoved.accounts for line in account.lines)
    assert "no part of the difference is certain" in unmoved.sentence


def test_all_parts_of_all_policies_are_one_family_of_claims() -> None:
    experiment = pictured({"today": TODAY, "freer": FREER, "same": TODAY})
    in_all = sum(len(PARTS[name]) for name in ACCOUNTS)
    assert accounting(experiment, "freer").claims == 2 * in_all


# -- sentences ------------------------------------------------------------------------------------


def test_the_sentence_leads_with_the_biggest_part_and_names_only_what_is_certain() -> None:
    found = accounting(two(), "freer")
    agents = found.account("agents")
    by_size = sorted(agents.lines, key=lambda line: -abs(line.difference.estimate.mean))
    assert [line.part for line in by_size][1:] == ["hold_approval", "talk_first"]
    first, second = "5.0 h a day more idle", "5.0 h less on hold for approvals"
    assert found.sentence.startswith(f"Try freer: {first}, {second};")
    assert "10 repeats a day do not come" in found.sentence
    assert "15 more cases a day are decided by the agent alone" in found.sentence
    assert "€80 more given beyond need" in found.sentence
    assert "talk in first contacts" not in found.sentence, "it is the same"
    assert found.headline == ("Try freer – 5.0 h a day more idle, 10 repeats a day do not come")
    assert str(found) == found.sentence


def test_the_sentence_says_the_total_where_it_moves_against_the_parts() -> None:
    found = accounting(two(), "freer")
    contacts = found.account("contacts")
    assert "in all" not in found.sentence, "fewer repeats, and fewer contacts"
    more = replace(contacts.total.difference.estimate, mean=372.0, half_width=40.0)
    against_it = replace(contacts.total.difference, estimate=more, clear=True)
    total = replace(contacts.total, difference=against_it)
    turned = replace(contacts, total=total)
    accounts = tuple(turned if one is contacts else one for one in found.accounts)
    said = sentence(replace(found, accounts=accounts))
    assert "10 repeats a day do not come, but in all 372 more contacts" in said


def test_the_same_policy_under_another_name_has_nothing_certain_to_explain() -> None:
    found = accounting(pictured({"today": TODAY, "again": TODAY}), "again")
    assert not any(line.certain for account in found.accounts for line in account.lines)
    assert found.sentence.startswith("Try again: no part of the difference is certain")
    assert found.headline.startswith("Try again – no part of the difference")


def test_with_one_replication_nothing_is_certain() -> None:
    found = accounting(pictured({"today": TODAY, "freer": FREER}, replications=1), "freer")
    assert "one replication" in found.sentence
    assert all(not line.certain for account in found.accounts for line in account.lines)


def test_money_is_not_explained_where_the_policy_changes_what_customers_are_worth() -> None:
    experiment = two()
    priced = Policy(changes={"costs.lost_case": 10.0})
    scenario = experiment.scenario.model_copy(update={"policies": {"freer": priced}})
    valued = replace(experiment, scenario=scenario)
    found = accounting(valued, "freer")
    assert found.values_differ
    assert "€" not in found.sentence


# -- what is read ---------------------------------------------------------------------------------


def test_rows_come_from_the_biggest_difference_and_add_up_to_the_last() -> None:
    found = accounting(two(), "freer")
    said = list(rows(found, found.account("contacts")))
    assert [row.title for row in said] == [
        "Repeats, not resolved before",
        "First contacts",
        "In all",
    ]
    assert (said[0].base, said[0].policy, said[0].change, said[0].mark) == (
        *("20.2", "10.2", "−10.0", "≠"),
    )
    assert said[1].change == "", "what is the same has no difference"
    assert said[-1].whole


def test_the_tidy_table_has_a_row_for_each_part_and_the_whole() -> None:
    found = accounting(two(), "freer")
    table = accounting_rows([found])
    assert all(tuple(row) == tuple(COLUMNS) for row in table)
    money = [row for row in table if row["account"] == "money"]
    assert money[-1]["part"] == "total"
    assert sum(row["difference"] for row in money[:-1]) == pytest.approx(money[-1]["difference"])
    assert {row["outcome"] for row in money[:-1]} <= {"differs", "same", "unknown"}


def test_any_two_policies_can_be_explained_and_turned_round_the_difference_has_the_other_sign() -> (
    None
):
    experiment = two()
    one, other = accounting(experiment, "freer"), accounting(against(experiment, "freer"), "today")
    assert other.baseline == "freer"
    for account, back in zip(one.accounts, other.accounts, strict=True):
        assert account.total.difference.estimate.mean == pytest.approx(
            -back.total.difference.estimate.mean
        )


# -- refusals -------------------------------------------------------------------------------------


def refused(experiment: Experiment, policy: str) -> str:
    with pytest.raises(ExperimentError) as caught:
        accounting(experiment, policy)
    return str(caught.value)


def test_an_unknown_policy_the_baseline_and_a_run_without_accounts_are_refused_in_words() -> None:
    assert "There is no policy 'freeer'. Did you mean 'freer'?" in refused(two(), "freeer")
    words = refused(two(), "today")
    assert "'today' is what the others are compared with" in words
    assert "Name one of: freer." in words
    alone = pictured({"today": TODAY})
    assert "There is no other policy." in refused(alone, "today")
    bare = {key: replace(one, accounts={}) for key, one in two().finished.items()}
    earlier = replace(two(), finished=bare)
    assert not keeps_accounts(earlier)
    assert "stored by an earlier version" in refused(earlier, "freer")
    nothing = replace(two(), finished={}, complete=False)
    assert "Nothing can be explained yet" in refused(nothing, "freer")


def test_an_accounting_says_which_account_it_does_not_have() -> None:
    found: Accounting = accounting(two(), "freer")
    with pytest.raises(KeyError):
        replace(found, accounts=()).account("money")
