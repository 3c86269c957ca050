"""Patient customers and agents enough: Erlang C, and staffing by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from results.formulas.erlang import erlang_c, halfin_whitt_p_wait
from results.formulas.staffing import Target, agents_needed
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, exponential, one_queue
from results.validation.expected import as_printed
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch
from sim import simulate

STAFFING = {5: (20_000, 100_000), 10: (None, 100_000), 20: (None, 90_000), 50: (None, 80_000)}
STAFFING |= {100: (None, 150_000), 200: (None, 250_000)}
"""Erlangs, with the contacts of the short and of the long run."""
GRID = (11, 12)


def _steady(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    per_min, aht = given.inputs["arrivals"] / 30.0, given.inputs["aht"]
    scenario = one_queue(per_min, exponential(aht), given.inputs["agents"], contacts)
    seen = Watch(simulate(scenario, seed, given.number))
    return {
        "p_wait": seen.share(seen.waited),
        "asa": seen.mean(seen.wait, seen.served),
        "service_level_20s": seen.share(seen.wait <= given.inputs["threshold"]),
        "occupancy": seen.occupancy(),
    }


def _fourteen_agents() -> Mapping[str, float]:
    answer = erlang_c(contacts_per_hour=200, aht_s=180, agents=14, target_s=20)
    return {
        "p_wait": answer.p_wait,
        "asa": answer.asa,
        "asa_s": answer.asa,
        "service_level_20s": answer.service_level,
        "occupancy": answer.occupancy,
    }


def _grid(given: Reference, agents: int, seed: int, contacts: int) -> Mapping[str, Estimate]:
    aht = given.inputs["aht_s"]
    per_min = given.inputs["offered_load_erl"] * MINUTE / aht
    scenario = one_queue(per_min, exponential(aht), agents, contacts)
    seen = Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR)
    return {"service_level_20s": seen.share(seen.wait <= given.inputs["answer_target_s"])}


def _grid_case(agents: int) -> Case:
    given = reference("erlc-sl-grid-10erl")
    level = given.expected["service_level"][str(agents)]
    return Case(
        f"erlc-sl-grid-{agents}",
        f"{agents} agents for 10 erlangs of calls of 3 min",
        "erlanglib",
        lambda: {"service_level_20s": as_printed(level)},
        compute=lambda: {"service_level_20s": erlang_c(200, 180, agents, 20).service_level},
        simulate=partial(_grid, given, agents),
        short=25_000,
        long=200_000,
    )


def _staffed(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    """The centre with the agents that it needs, and with one fewer."""
    per_min, aht = given.inputs["offered_load"] / 5.0, given.inputs["aht"]
    agents = round(given.expected["agents"])

    def watched(agents: int) -> Watch:
        scenario = one_queue(per_min, exponential(aht), agents, contacts)
        return Watch(simulate(scenario, seed, given.number), 12 * HOUR)

    enough, fewer = watched(agents), watched(agents - 1)
    return {
        "service_level_20s": enough.share(enough.wait <= 20),
        "service_level_20s_one_fewer": fewer.share(fewer.wait <= 20),
        "asa": enough.mean(enough.wait, enough.served),
        "occupancy": enough.occupancy(),
    }


def _staffing(load: int) -> Mapping[str, float]:
    contacts_per_hour = load * 3600 / 300
    found = agents_needed(contacts_per_hour, 300, Target(service_level=0.8, target_s=20))
    one_fewer = erlang_c(contacts_per_hour, 300, found.agents - 1, 20)
    return {
        "agents": found.agents,
        "service_level_20s": found.answer.service_level,
        "service_level_20s_one_fewer": one_fewer.service_level,
        "asa": found.answer.asa,
        "occupancy": found.answer.occupancy,
    }


def _staffing_case(load: int, short: int | None, long: int | None) -> Case:
    given = reference(f"EC-ST-{load}")
    return Case(
        given.name,
        f"agents for {load} erlangs: 80 % in 20 s",
        "formula of Erlang C",
        given.figures,
        compute=partial(_staffing, load),
        simulate=partial(_staffed, given),
        short=short,
        long=long,
        only_computed=("agents",),
    )


def _with_shrinkage(given: Reference) -> Mapping[str, float]:
    centre = given.inputs
    target = Target(
        service_level=centre["service_level_target"],
        target_s=centre["answer_target_s"],
        max_occupancy=centre["max_occupancy"],
    )
    found = agents_needed(200, 180, target, shrinkage=centre["shrinkage"])
    return {"productive_agents": found.agents, "scheduled_agents": found.scheduled or 0}


def _heavy(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(MINUTE / given.inputs["service_rate"]),
        given.inputs["servers"],
        contacts,
    )
    seen = Watch(simulate(scenario, seed, given.number))
    stay = seen.mean((seen.ended - seen.arrival) / MINUTE, seen.served)
    return {"mean_number_waiting": seen.queue(), "mean_time_in_system": stay}


def _heavy_load() -> Mapping[str, float]:
    answer = erlang_c(9 * 3600, 1 / 5, 2)
    return {
        "mean_number_waiting": answer.mean_queue,
        "mean_time_in_system": answer.asa + 1 / 5,
    }


CASES = (
    Case(
        "EC-1",
        "14 agents, 100 calls of 3 min a half hour",
        "R package ErlangC; pyworkforce",
        reference("EC-1").figures,
        compute=lambda: {k: v for k, v in _fourteen_agents().items() if k != "asa_s"},
        simulate=partial(_steady, reference("EC-1")),
        short=40_000,
        long=300_000,
    ),
    Case(
        "erlc-14",
        "the same, to the digits of another package",
        "pyworkforce; erlanglib",
        reference("erlc-14").figures,
        compute=lambda: {k: v for k, v in _fourteen_agents().items() if k != "asa"},
    ),
    *map(_grid_case, GRID),
    Case(
        "mm2-heavy",
        "2 agents at 90 % load, 9 calls a minute",
        "queueing (GNU Octave)",
        reference("mm2-heavy").figures,
        compute=_heavy_load,
        simulate=partial(_heavy, reference("mm2-heavy")),
        short=35_000,
        long=300_000,
    ),
    *(_staffing_case(load, *lengths) for load, lengths in STAFFING.items()),
    Case(
        "erlc-required-14-20",
        "agents with shrinkage: 80 % in 19.8 s",
        "pyworkforce",
        reference("erlc-required-14-20").figures,
        compute=partial(_with_shrinkage, reference("erlc-required-14-20")),
    ),
    Case(
        "HW-1.0",
        "the limit of ever larger centres (formula only)",
        "Halfin & Whitt 1981",
        reference("HW-1.0").figures,
        compute=lambda: {"p_wait_limit": halfin_whitt_p_wait(1.0)},
    ),
)
