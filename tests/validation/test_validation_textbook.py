"""Textbook queues of patient customers: Erlang B and C, limited lines, M/G/1, M/PH/c."""

from math import sqrt
from typing import Any

import pytest

from scenarios.schema import Scenario
from sim import simulate
from tests.support.batch_means import Estimate, Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, exponential, one_queue
from tests.support.reference_cases import Case, assert_near, case, runs


def watch(given: Case, scenario: Scenario, warm_up_s: float = 2 * HOUR) -> Watch:
    return Watch(simulate(scenario, SEED, given.number), warm_up_s)


def blocked_share(given: Case, talk_s: Any, contacts: int) -> Estimate:
    """As many lines as agents; talk times with a mean of 3 minutes."""
    agents = given.inputs["servers"]
    lines = {"channels": {"voice": {"lines": agents}}}
    load = given.inputs["offered_load"]
    seen = watch(given, one_queue(load / 3.0, talk_s, agents, contacts, sections=lines))
    return seen.share(seen.blocked)


@runs({"EB-1": (10_000, 300_000), "EB-2": (10_000, 300_000)})
def test_calls_that_find_no_line_are_lost_as_erlang_b_says(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    given.check({"p_block": blocked_share(given, exponential(180), contacts)}, full)


@pytest.mark.parametrize(
    "talk_s", [180, {"distribution": "lognormal", "mean": 180, "cv": 1.3}], ids=str
)
def test_the_spread_of_handle_times_does_not_matter_to_erlang_b(talk_s: Any) -> None:
    given = case("EB-2")
    given.check({"p_block": blocked_share(given, talk_s, 15_000)})


@runs({"EC-1": (40_000, 300_000)})
def test_patient_customers_wait_as_erlang_c_says(name: str, contacts: int, full: bool) -> None:
    given = case(name)
    per_min, aht = given.inputs["arrivals"] / 30.0, given.inputs["aht"]
    seen = watch(given, one_queue(per_min, exponential(aht), given.inputs["agents"], contacts))
    found = {
        "p_wait": seen.share(seen.waited),
        "asa": seen.mean(seen.wait, seen.served),
        "service_level_20s": seen.share(seen.wait <= given.inputs["threshold"]),
        "occupancy": seen.occupancy(),
    }
    given.check(found, full)


@pytest.mark.parametrize("agents", [11, 12])
def test_few_agents_for_ten_erlangs_answer_as_a_peer_computes(agents: int) -> None:
    given = case("erlc-sl-grid-10erl")
    aht = given.inputs["aht_s"]
    per_min = given.inputs["offered_load_erl"] * MINUTE / aht
    seen = watch(given, one_queue(per_min, exponential(aht), agents, 25_000), 12 * HOUR)
    level = seen.share(seen.wait <= given.inputs["answer_target_s"])
    published = given.expected["service_level"][str(agents)]
    # The peer gives two decimals.
    assert_near(level, published, 4.0 * level.standard_error + 0.005)


STAFFED = [
    pytest.param("EC-ST-5", 20_000),
    pytest.param("EC-ST-10", 35_000),
    pytest.param("EC-ST-20", 90_000, marks=pytest.mark.long),
    pytest.param("EC-ST-50", 80_000, marks=pytest.mark.long),
    pytest.param("EC-ST-100", 150_000, marks=pytest.mark.long),
    pytest.param("EC-ST-200", 250_000, marks=pytest.mark.long),
]


@pytest.mark.parametrize(("name", "contacts"), STAFFED)
def test_the_agents_that_erlang_c_asks_for_answer_as_it_says_and_one_fewer_answers_less(
    name: str, contacts: int
) -> None:
    given = case(name)
    expected = given.expected
    per_min, aht = given.inputs["offered_load"] / 5.0, given.inputs["aht"]
    agents = round(expected["agents"])
    enough = watch(given, one_queue(per_min, exponential(aht), agents, contacts), 12 * HOUR)
    level = enough.share(enough.wait <= 20)
    assert_near(level, expected["service_level_20s"])
    assert_near(enough.mean(enough.wait, enough.served), expected["asa"])
    assert_near(enough.occupancy(), expected["occupancy"])
    fewer = watch(given, one_queue(per_min, exponential(aht), agents - 1, contacts), 12 * HOUR)
    lower = fewer.share(fewer.wait <= 20)
    assert_near(lower, expected["service_level_20s_one_fewer"])
    assert lower.value < level.value


@runs({"MMCK-1": (40_000, 300_000)})
def test_with_more_lines_than_agents_some_calls_wait_and_some_find_no_line(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    seen = watch(
        given,
        one_queue(
            given.inputs["arrival_rate"],
            exponential(given.inputs["mean_service"] * MINUTE),
            given.inputs["agents"],
            contacts,
            sections={"channels": {"voice": {"lines": given.inputs["capacity_total"]}}},
        ),
    )
    found = {
        "p_block": seen.share(seen.blocked),
        "asa_entered": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
    }
    given.check(found, full)


def test_seven_lines_and_three_agents_are_empty_a_quarter_of_the_time() -> None:
    given = case("mmck-1")
    unit = 1800.0  # seconds in the case's unit of time
    seen = watch(
        given,
        one_queue(
            given.inputs["arrival_rate"] * MINUTE / unit,
            exponential(unit / given.inputs["service_rate"]),
            given.inputs["servers"],
            20_000,
            sections={"channels": {"voice": {"lines": given.inputs["capacity"]}}},
        ),
    )
    contacts = seen.trace.contacts
    entered = ~seen.blocked
    inside = seen.over_time(
        contacts["arrival"][entered], seen.ended[entered], lambda number: 1.0 * (number == 0)
    )
    assert_near(inside, given.expected["p0"])
    stay = seen.mean((seen.ended - seen.arrival) / unit, seen.served)
    assert_near(stay, given.expected["mean_time_in_system"])


@runs({"MG1-1.0": (20_000, None), "MG1-1.2": (20_000, 500_000)})
def test_the_spread_of_handle_times_lengthens_the_wait_as_pollaczek_and_khinchine_say(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    talk_s = {
        "distribution": "lognormal",
        "mean": given.inputs["mean_service"] * MINUTE,
        "cv": given.inputs["service_cv"],
    }
    seen = watch(given, one_queue(given.inputs["arrival_rate"], talk_s, 1, contacts))
    found = {
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
    }
    given.check(found, full)


@runs({"MPHC-2": (25_000, 350_000)})
def test_ten_agents_with_two_kinds_of_calls_wait_as_the_exact_chain_says(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    talk_s = {
        "distribution": "hyperexponential",
        "mean": given.inputs["mean_service"] * MINUTE,
        "cv": sqrt(given.inputs["service_scv"]),
    }
    seen = watch(
        given, one_queue(given.inputs["arrival_rate"], talk_s, given.inputs["agents"], contacts)
    )
    found = {
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
    }
    given.check(found, full)


def test_two_agents_at_nine_tenths_load_queue_as_a_peer_computes() -> None:
    given = case("mm2-heavy")
    seen = watch(
        given,
        one_queue(
            given.inputs["arrival_rate"],
            exponential(MINUTE / given.inputs["service_rate"]),
            given.inputs["servers"],
            35_000,
        ),
    )
    assert_near(seen.queue(), given.expected["mean_number_waiting"])
    stay = seen.mean((seen.ended - seen.arrival) / MINUTE, seen.served)
    assert_near(stay, given.expected["mean_time_in_system"])
