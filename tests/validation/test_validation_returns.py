"""Customers who come back: blocked, out of patience, or with a case that is not resolved."""

from typing import Any

import numpy as np

from sim import simulate
from sim.trace.codes import CaseState
from sim.trace.trace import Trace
from tests.support.batch_means import Estimate, Numbers, Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, exponential, one_queue
from tests.support.reference_cases import Case, case, runs

FOR_EVER = 1_000_000
"""Tries or contacts after which a customer gives up: never."""


def between_contacts(trace: Trace) -> tuple[Numbers, Numbers]:
    """When customers hung up, and when the same customers called again."""
    contacts = trace.contacts
    order = np.lexsort((contacts["attempt"], contacts["case"]))
    number = contacts["case"][order]
    same = number[1:] == number[:-1]
    return contacts["ended"][order][:-1][same], contacts["arrival"][order][1:][same]


def all_busy(seen: Watch, agents: int) -> Estimate:
    """The share of time in which nobody is free."""
    begun, over = seen.left_queue[seen.served], seen.ended[seen.served]
    return seen.over_time(begun, over, lambda number: 1.0 * (number == agents))


@runs({"RT-2-0.5": (20_000, 200_000)})
def test_blocked_callers_who_try_for_ever_keep_the_lines_as_busy_as_the_retrial_queue_says(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    agents = given.inputs["agents"]
    redial = {
        "after_blocked": 1.0,
        "delay_min": exponential(1.0 / given.inputs["retry_rate"]),
        "max_tries": FOR_EVER,
    }
    talk_s = exponential(given.inputs["mean_service"] * MINUTE)
    sections = {"channels": {"voice": {"lines": agents}}, "redial": redial}
    scenario = one_queue(given.inputs["arrival_rate"], talk_s, agents, contacts, sections=sections)
    seen = Watch(simulate(scenario, SEED, given.number))
    found = {
        "p_all_busy": all_busy(seen, agents),
        "mean_in_orbit": seen.over_time(*between_contacts(seen.trace)),
        "mean_busy": seen.over_time(seen.left_queue[seen.served], seen.ended[seen.served]),
    }
    given.check(found, full)


@runs({"RD-1": (30_000, 300_000)})
def test_callers_who_abandon_and_redial_find_a_longer_queue_than_the_average_caller(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    inputs = given.inputs
    redial = {
        "after_abandoning": inputs["redial_probability"],
        "delay_min": exponential(inputs["mean_redial_delay"]),
        "patience_kept": False,
        "max_tries": FOR_EVER,
    }
    scenario = one_queue(
        inputs["arrival_rate"],
        exponential(inputs["mean_service"] * MINUTE),
        inputs["agents"],
        contacts,
        patience_s={"voice": exponential(inputs["mean_patience"] * MINUTE)},
        sections={"redial": redial},
    )
    seen = Watch(simulate(scenario, SEED, given.number), left_out_s=6 * HOUR)
    cases = seen.trace.cases
    lost = 1.0 * (cases["state"] == CaseState.GIVEN_UP)
    found = {
        "attempts_per_caller": seen.mean_at(cases["began"], cases["attempts"]),
        "p_abandon_per_attempt": seen.share(seen.abandoned),
        "mean_wait_per_attempt": seen.mean(seen.wait / MINUTE, seen.everybody),
        "p_wait_seen_by_attempts": seen.share(seen.waited),
        "p_all_busy_time_average": all_busy(seen, inputs["agents"]),
        "p_caller_lost": seen.mean_at(cases["began"], lost),
        "occupancy": seen.occupancy(),
        "mean_in_orbit": seen.over_time(*between_contacts(seen.trace)),
    }
    given.check(found, full)


def check_repeats(given: Case, contacts: int, full: bool, delay_min: Any, **why: Any) -> None:
    """The figures of the case, when ``why`` says what leaves a contact unresolved."""
    inputs = given.inputs
    repeat = {
        "probability": inputs["repeat_if_unresolved"],
        "delay_min": delay_min,
        "max_contacts": FOR_EVER,
    }
    scenario = one_queue(
        inputs["new_issues"],
        exponential(inputs["mean_service"] * MINUTE),
        inputs["agents"],
        contacts,
        repeat=repeat,
        **why,
    )
    seen = Watch(simulate(scenario, SEED, given.number), warm_up_s=12 * HOUR, left_out_s=12 * HOUR)
    cases = seen.trace.cases
    found = {
        "calls_per_issue": seen.mean_at(cases["began"], cases["attempts"]),
        "total_call_rate": seen.per_min(seen.arrival),
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
    }
    given.check(found, full)


@runs({"FB-1": (30_000, 300_000)})
def test_a_wrong_answer_comes_back_as_another_call(name: str, contacts: int, full: bool) -> None:
    given = case(name)
    wrong = 1.0 - given.inputs["fcr"]
    check_repeats(given, contacts, full, exponential(60.0), false_resolution=wrong)


def test_a_case_too_difficult_for_the_agent_comes_back_whatever_the_delay() -> None:
    given = case("FB-1")
    delay_min = {"distribution": "lognormal", "mean": 60.0, "cv": 1.5}
    again: dict[str, Any] = {"solve": given.inputs["fcr"], "difficulty_drawn": "per_contact"}
    check_repeats(given, 30_000, False, delay_min, **again)
