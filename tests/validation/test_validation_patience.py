"""Customers who wait only so long: Erlang A, and patience of any shape."""

from scenarios.schema import Scenario
from sim import simulate
from tests.support.batch_means import Estimate, Watch
from tests.support.exact_centres import MINUTE, SEED, exponential, one_queue
from tests.support.reference_cases import Case, assert_near, case, runs


def watch(given: Case, scenario: Scenario) -> Watch:
    return Watch(simulate(scenario, SEED, given.number))


def service_levels(seen: Watch, threshold_s: float) -> dict[str, Estimate]:
    """The four ways to count the service level, which differ by several points."""
    in_time = seen.wait <= threshold_s
    short = seen.abandoned & in_time
    return {
        "sl_served_of_offered": seen.share(seen.served & in_time),
        "sl_served_of_served": seen.share(in_time, of=seen.served),
        "sl_offered_excl_short_abandon": seen.share(seen.served & in_time, of=~short),
        "abandoned_within_threshold": seen.share(short),
    }


@runs(
    {
        "EA-1": (60_000, 700_000),
        "EA-3-16": (15_000, 400_000),
        "EA-3-18": (15_000, None),
        "EA-3-20": (15_000, None),
    }
)
def test_impatient_customers_wait_and_abandon_as_erlang_a_says(
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
            patience_s={"voice": exponential(given.inputs["mean_patience"] * MINUTE)},
        ),
    )
    found = {
        "p_wait": seen.share(seen.waited),
        "p_abandon": seen.share(seen.abandoned),
        "mean_wait_all": seen.mean(seen.wait / MINUTE, seen.everybody),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "mean_queue": seen.queue(),
        "occupancy": seen.occupancy(),
        **service_levels(seen, given.inputs["threshold"]),
    }
    given.check(found, full)


PATIENCE = {
    "EAG-60-1": exponential(180),
    "EAG-60-2": 180,
    "EAG-60-3": {"distribution": "uniform", "low": 0, "high": 360},
}


@runs(
    {
        "EAG-60-1": (25_000, None),
        "EAG-60-2": (80_000, 250_000),
        "EAG-60-3": (50_000, 350_000),
    }
)
def test_the_shape_of_patience_and_not_only_its_mean_decides_who_abandons(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    talk_s = exponential(given.inputs["mean_service"] * MINUTE)
    seen = watch(
        given,
        one_queue(
            given.inputs["arrival_rate"],
            talk_s,
            given.inputs["agents"],
            contacts,
            patience_s={"voice": PATIENCE[name]},
        ),
    )
    found = {
        "p_offered_wait": seen.share(seen.waited),
        "p_abandon": seen.share(seen.abandoned),
        "mean_wait_all": seen.mean(seen.wait / MINUTE, seen.everybody),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
        "sl_served_of_offered": seen.share(seen.served & (seen.wait <= given.inputs["threshold"])),
    }
    given.check(found, full)


def test_fourteen_agents_answer_as_a_peer_computes_with_abandonment() -> None:
    given = case("erla-14")
    seen = watch(
        given,
        one_queue(
            100 / 30,
            exponential(given.inputs["aht_min"] * MINUTE),
            given.inputs["agents"],
            40_000,
            patience_s={"voice": exponential(given.inputs["mean_patience_min"] * MINUTE)},
        ),
    )
    expected = given.expected
    assert_near(seen.share(seen.waited), expected["p_wait"])
    assert_near(seen.share(seen.abandoned), expected["p_abandon"])
    assert_near(seen.occupancy(), expected["occupancy"])
    wait = seen.mean(seen.wait / MINUTE, seen.everybody)
    assert_near(wait, expected["mean_wait_all_min"])
    within = seen.wait <= given.inputs["answer_target_s"]
    assert_near(seen.share(seen.served & within), expected["service_level_20s"])
