"""A callback offered to everybody who would wait, made when nobody waits on the line."""

import numpy as np

from sim import simulate
from sim.trace.codes import ContactKind, Outcome
from tests.support.batch_means import Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, exponential, one_queue
from tests.support.reference_cases import case, runs


@runs({"CB-1": (40_000, 300_000)})
def test_callbacks_wait_as_the_lower_class_of_a_priority_queue(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    offer = {
        "when_wait_over_s": 0.0,
        "accept": given.inputs["acceptance"],
        "priority_bonus": -1.0,
        "answer": 1.0,
    }
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(given.inputs["mean_service"] * MINUTE),
        given.inputs["agents"],
        contacts,
        sections={"callback_offer": offer},
    )
    seen = Watch(simulate(scenario, SEED, given.number), warm_up_s=12 * HOUR)
    rows, promises = seen.trace.contacts, seen.trace.promises
    inbound = rows["kind"] == ContactKind.FIRST
    online = inbound & (seen.outcome != Outcome.CALLBACK_TAKEN)
    made, done = promises["made"], promises["done"]
    everybody = np.append(rows["queued"][online], made), np.append(seen.left_queue[online], done)
    found = {
        "mean_online_queue": seen.queue(online),
        "mean_callback_queue": seen.over_time(made, done),
        "mean_total_queue": seen.over_time(*everybody),
        "p_callback": seen.share(seen.outcome == Outcome.CALLBACK_TAKEN, of=inbound),
        "mean_wait_callback": seen.mean_at(made, (done - made) / MINUTE),
        "mean_wait_online_callers": seen.mean(seen.wait / MINUTE, online & seen.served),
    }
    given.check(found, full)


def test_callbacks_that_wait_change_no_callers_told_wait() -> None:
    """Who holds the line is told the wait of a queue without those to be called back."""
    given = case("CB-1")
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
