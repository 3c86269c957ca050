"""What follows from centres whose figures are known: announced waits, other rules, rounding."""

import numpy as np
import pytest

from results.formulas.erlang import priority_waits
from results.formulas.patience_queue import erlang_a
from results.measures.registry import summarise
from results.validation.case import Case
from results.validation.catalogue import cases
from results.validation.centres import HOUR, MINUTE, exponential, one_queue
from results.validation.priorities import three_classes
from results.validation.reference import reference
from results.validation.skills import two_agents
from results.validation.transfers import PATIENCE_S, by_measure, tandem
from results.validation.validate import SEED
from sim import simulate
from sim.trace.codes import ContactKind, Outcome


def right(name: str, figure: str) -> float:
    case = cases()[name]
    assert isinstance(case, Case)
    return case.expected()[figure].value


def test_callbacks_that_wait_change_no_callers_told_wait() -> None:
    """Who holds the line is told the wait of a queue without those to be called back."""
    given = reference("CB-1")
    offer = {"accept": given.inputs["acceptance"], "priority_bonus": -1.0, "answer": 1.0}
    agents, mean_s = given.inputs["agents"], given.inputs["mean_service"] * MINUTE
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(mean_s),
        agents,
        10_000,
        sections={"callback_offer": offer, "acknowledgement": {"announce": "expected_wait"}},
    )
    rows = simulate(scenario, SEED, given.number).contacts
    told = ~np.isnan(rows["told_s"])
    calls = (rows["kind"] == ContactKind.FIRST) & (rows["outcome"] == Outcome.ANSWERED)
    queued, answered = np.sort(rows["queued"][calls]), np.sort(rows["answered"][calls])
    before = np.searchsorted(queued, rows["queued"][told], "left")
    ahead = before - np.searchsorted(answered, rows["queued"][told], "right")
    assert told.sum() > 5_000
    np.testing.assert_array_equal(rows["told_s"][told], (ahead + 1.0) / (agents / mean_s))


@pytest.mark.parametrize(
    ("contacts", "within"), [(35_000, 1.0), pytest.param(800_000, 0.1, marks=pytest.mark.long)]
)
def test_every_class_is_told_as_long_a_wait_as_it_has_who_waits(
    contacts: int, within: float
) -> None:
    """43, 107 and 750 s of those who wait at all.

    The short run has to come within four standard errors, the long one within 10 %.
    """
    given = reference("PR-1")
    told = {"announce": "expected_wait"}
    seen = three_classes(given, SEED, contacts, acknowledgement=told)
    place, told_s = seen.trace.contacts["reason"], seen.trace.contacts["told_s"]
    for number, known in enumerate((43.0, 107.0, 750.0)):
        exact = given.expected[f"mean_wait_class_{number + 1}"] / given.expected["p_wait"] * MINUTE
        assert round(exact, -1 if number == 2 else 0) == known
        mine = seen.served & ~np.isnan(told_s) & (place == number)
        found = seen.mean(np.nan_to_num(told_s), mine)
        late = seen.mean(np.nan_to_num(seen.wait - told_s), mine)
        if within == 1.0:
            assert 4.0 * found.standard_error <= exact, "too rough to prove anything"
            assert found.value == pytest.approx(exact, abs=4.0 * found.standard_error)
            assert abs(late.value) <= 4.0 * late.standard_error
        else:
            assert found.value == pytest.approx(exact, rel=within)
            assert abs(late.value) <= max(4.0 * late.standard_error, within * exact)


def test_priority_moves_waits_between_classes_and_leaves_the_mean() -> None:
    given = reference("PR-1").inputs
    contacts = [rate * 60 for rate in given["arrival_rates_high_to_low"]]
    waits = priority_waits(contacts, given["mean_service"] * 60, given["agents"])
    assert np.average(waits.wait_by_class, weights=contacts) == pytest.approx(waits.wait_all)


def test_choosing_the_fastest_is_the_same_as_asking_the_fast_agent_first() -> None:
    given = reference("HET-1")
    ordered = two_agents(given, SEED, 2_000, ["fast", "slow"], "longest_idle")
    chosen = two_agents(given, SEED, 2_000, [{"groups": ["slow", "fast"]}], "fastest")
    for column in ("case", "answered", "ended", "agent"):
        np.testing.assert_array_equal(ordered.contacts[column], chosen.contacts[column])


@pytest.mark.parametrize(
    ("kept", "vip_waits", "other_wait_s"), [(0, 0.141, 10.2), (1, 0.0212, 24.5), (2, 0.0034, 67.0)]
)
def test_one_or_two_of_ten_agents_kept_free_are_worth_what_is_known(
    kept: int, vip_waits: float, other_wait_s: float
) -> None:
    """The figures are rounded to their last digit."""
    name = f"KEEP-10-{kept}"
    assert right(name, "p_wait_vip") == pytest.approx(vip_waits, abs=5e-4)
    assert right(name, "mean_wait_others") == pytest.approx(other_wait_s, abs=0.5)


@pytest.mark.parametrize(("agents", "level"), [(10, 0.52), (11, 0.72), (12, 0.84), (13, 0.91)])
def test_calls_behind_mail_that_is_finished_wait_as_long_as_is_known(
    agents: int, level: float
) -> None:
    assert round(right(f"MAIL-{agents}", "service_level_20s"), 2) == level


@pytest.mark.parametrize(("experts", "lost"), [(3, 0.4647), (4, 0.3249)])
def test_half_of_those_transferred_to_three_experts_hang_up_and_a_third_with_four(
    experts: int, lost: float
) -> None:
    assert right(f"TANDEM-{experts}", "abandonment") == pytest.approx(lost, abs=5e-5)


def test_a_switchboard_before_experts_is_the_queue_of_theory_for_what_is_offered_to_it() -> None:
    """The tolerance is four standard errors of the mean over the replications."""
    scenario, runs = tandem(6, 3), 10
    exact = by_measure(erlang_a(60.0, 60.0, 6, PATIENCE_S))
    values = [
        summarise(scenario, simulate(scenario, 7, number)).values["queue", "switchboard"]
        for number in range(runs)
    ]
    for name, value in exact.items():
        found = np.array([one[name] for one in values])
        error = found.std(ddof=1) / np.sqrt(runs)
        assert found.mean() == pytest.approx(value, abs=4 * error + 1e-4), name


def test_how_many_wait_and_how_long_hang_together_by_littles_law() -> None:
    scenario = tandem(2, 4)
    found = summarise(scenario, simulate(scenario, 7, 0)).values
    for queue in ("switchboard", "experts"):
        one = found["queue", queue]
        assert one["offered"] > 1000
        waited_s = one["wait_all"] * one["offered"]
        assert one["number_waiting"] * 48 * HOUR == pytest.approx(waited_s, rel=1e-9)
    whole = found["all", ""]["number_waiting"]
    assert whole == pytest.approx(sum(found["queue", q]["number_waiting"] for q in scenario.groups))
