"""Whole days from an empty start: exact transients, and days that others have simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from math import sqrt
from typing import Any

import numpy as np

from results.validation.case import Case
from results.validation.centres import DAY, HOUR, MINUTE, centre, exponential
from results.validation.expected import Expected, as_printed
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Mask, Numbers, Watch, ratio
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState

T_95, T_90 = 1.96, 1.645
"""Standard errors in the half-width of a confidence interval."""


def _watch(given: Reference, scenario: Scenario, seed: int) -> Watch:
    """Every day is a batch of its own: at midnight the centre is empty."""
    days = scenario.horizon.days
    return Watch(
        simulate(scenario, seed, given.number), warm_up_s=0.0, left_out_s=0.0, batches=days
    )


def _published(given: Reference, half_width_in: float, *names: str) -> dict[str, Expected]:
    """Somebody else's estimates, which have a standard error too."""
    return {
        name: replace(one, standard_error=(one.tolerance or 0.0) / half_width_in, tolerance=None)
        for name, one in given.figures(*names).items()
    }


def _calls(counts: list[float], minutes: int, talk_s: Any, **more: Any) -> dict[str, Any]:
    """Calls on every day: counts per interval from midnight on."""
    return {
        "volume": {"counts": {"every_day": counts}, "interval_min": minutes},
        "groups": ["agents"],
        "handling": {"voice": {"talk_s": talk_s}},
        **more,
    }


# From empty to full.


def _at_clock(seen: Watch, clock_s: float, starts: Numbers, ends: Numbers) -> Numbers:
    """How many are present at a time of each day."""
    moments = np.arange(0.0, seen.trace.horizon_s, DAY) + clock_s
    begun = np.searchsorted(np.sort(starts), moments, side="right")
    gone = np.searchsorted(np.sort(ends), moments, side="right")
    return (begun - gone).astype(np.float64)


def _filling(given: Reference, seed: int, days: int) -> Mapping[str, Estimate]:
    """Calls come in the first 15 minutes of a day only."""
    inputs = given.inputs
    per_interval = 5.0 * inputs["arrival_rate"]
    patience = {"voice": exponential(inputs["mean_patience"] * MINUTE)}
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    first_minutes = _calls([per_interval] * 3, 5, talk_s, patience_s=patience)
    groups = {"agents": {"heads": inputs["agents"]}}
    # Both cases look at the same days.
    seen = _watch(reference("TV-1-5"), centre({"call": first_minutes}, groups, days), seed)
    clock_s, each = inputs["clock"] * MINUTE, np.ones(days)
    present = _at_clock(seen, clock_s, seen.arrival, seen.ended)
    waiting = _at_clock(seen, clock_s, seen.arrival, seen.left_queue)
    return {
        "mean_in_system": ratio(present, each),
        "p_all_busy": ratio(1.0 * (present >= inputs["agents"]), each),
        "mean_queue": ratio(waiting, each),
    }


# A day with a rush hour.


def _rush_hour(
    given: Reference, busyness_cv: float, seed: int, days: int
) -> Mapping[str, Estimate]:
    """Thirteen hours from 08:00; the figures are counted per call expected, not per call made."""
    per_hour = given.inputs["arrivals_per_hour"]
    impatient = {**exponential(1000), "point_share": 0.1, "point_at": 0}
    call = _calls(per_hour, 60, exponential(100), patience_s={"voice": impatient})
    call["volume"]["start"] = "08:00"
    heads = {
        "interval_min": 60,
        "start": "08:00",
        "heads": {"every_day": given.inputs["agents_per_hour"]},
    }
    scenario = centre(
        {"call": call},
        {"agents": {"heads_by_interval": heads}},
        days,
        opening={"hours": "08:00-21:00", "at_closing": "serve_out"},
        busyness_cv=busyness_cv,
    )
    seen = _watch(given, scenario, seed)
    expected = np.full(days, float(sum(per_hour)))

    def per_call_expected(of: Mask, values: Numbers | None = None) -> Estimate:
        chosen = None if values is None else values[of]
        return ratio(seen.batches.sums(seen.arrival[of], chosen), expected)

    abandoned = per_call_expected(seen.abandoned)
    wait = per_call_expected(seen.everybody, seen.wait)
    found = {"abandoned_over_1660": abandoned, "total_wait_over_1660": wait}
    if given.name == "DAY-1":
        found |= {"published_abandoned": abandoned, "published_wait": wait}
        found["published_within_20s_over_1660"] = per_call_expected(seen.wait < 20)
    return found


def _rush_hour_figures(given: Reference) -> Mapping[str, Expected]:
    """What was computed is right to its digits; what was simulated has a standard error."""
    computed = {
        name: as_printed(one.value, one.unit)
        for name, one in given.figures().items()
        if not name.startswith("published")
    }
    others = [name for name in given.expected if name.startswith("published")]
    return computed | (_published(given, T_90, *others) if others else {})


# Eight hours of steady calls.


def _eight_hours(given: Reference, seed: int, days: int, **more: Any) -> Watch:
    """Agents stay until the last call is over; nobody calls after eight hours."""
    inputs = given.inputs
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    steady = _calls([inputs["arrival_rate"] * 60.0] * 8, 60, talk_s, **more)
    return _watch(
        given, centre({"call": steady}, {"agents": {"heads": inputs["agents"]}}, days), seed
    )


def _until(seen: Watch, clock_s: Numbers, *states: AgentState) -> Numbers:
    """Seconds of the first group (in some states) on each day, until a time of that day."""
    spans = seen.trace.spans
    chosen = seen.groups_of(spans) == 0
    if states:
        chosen &= np.isin(spans["state"], states)
    start, end = spans["start"][chosen], spans["end"][chosen]
    latest = start // DAY * DAY + clock_s[(start // DAY).astype(int)]
    return seen.batches.sums(start, np.clip(end, None, latest) - np.clip(start, None, latest))


def _occupancy(seen: Watch, agents: int) -> Estimate:
    """Of the eight hours; the last calls continue after that, and are not counted."""
    days = len(seen.batches.lengths)
    closing = np.full(days, 8 * HOUR)
    return ratio(_until(seen, closing, AgentState.TALK), agents * closing)


def _patient_day(given: Reference, seed: int, days: int) -> Mapping[str, Estimate]:
    seen = _eight_hours(given, seed, days)
    return {
        "service_level": seen.share(seen.wait < given.inputs["threshold"]),
        "asa": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": _occupancy(seen, given.inputs["agents"]),
    }


def _impatient_day(given: Reference, seed: int, days: int) -> Mapping[str, Estimate]:
    patience = {"voice": exponential(given.inputs["mean_patience"] * MINUTE)}
    seen = _eight_hours(given, seed, days, patience_s=patience)
    in_time = seen.wait < 20
    return {
        "abandoned_per_day": ratio(seen.batches.sums(seen.arrival[seen.abandoned]), np.ones(days)),
        "served_of_served_20s": seen.share(in_time, of=seen.served),
        "sl_excl_short_abandon_20s": seen.share(
            seen.served & in_time, of=~(seen.abandoned & in_time)
        ),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": _occupancy(seen, given.inputs["agents"]),
    }


# Three types of calls and two groups.


def _three_types(given: Reference, days: int) -> Scenario:
    """Talk and patience depend on the period of the call, so each period has its own reasons.

    After the last period the agents stay until the last call is over.
    """
    inputs = given.inputs
    routes = [["group_1"], ["group_1", "group_2"], ["group_2"]]
    reasons = {}
    for kind, rates in enumerate(inputs["rates"]):
        for period, rate in enumerate(rates):
            counts = [120.0 * rate * (place == period) for place in range(3)]
            talk_s = exponential(MINUTE / inputs["service_rate"][period])
            patience = {"voice": exponential(MINUTE / inputs["abandon_rate"][period])}
            one = _calls(counts, 120, talk_s, patience_s=patience)
            reasons[f"type_{kind + 1}_period_{period + 1}"] = {**one, "groups": routes[kind]}
    groups = {
        f"group_{number + 1}": {
            "heads_by_interval": {
                "interval_min": 120,
                "heads": {"every_day": [*heads, heads[-1]]},
            }
        }
        for number, heads in enumerate(inputs["agents"])
    }
    routing = {"contact_choice": "longest_waiting"}
    return centre(reasons, groups, days, busyness_cv=1.0 / sqrt(28.7), routing=routing)


def _three_types_day(given: Reference, seed: int, days: int) -> Mapping[str, Estimate]:
    seen = _watch(given, _three_types(given, days), seed)
    each, in_time = np.ones(days), seen.wait < given.inputs["threshold"]
    last = np.array([seen.ended[seen.ended // DAY == day].max() % DAY for day in range(days)])
    return {
        "served_per_day": ratio(seen.batches.sums(seen.arrival[seen.served]), each),
        "abandoned_per_day": ratio(seen.batches.sums(seen.arrival[seen.abandoned]), each),
        "service_level": seen.share(seen.served & in_time, of=~(seen.abandoned & in_time)),
        "occupancy_group1": ratio(_until(seen, last, AgentState.TALK), _until(seen, last)),
    }


_DAY_1, _DAY_3, _MMC, _MMC_AB, _MSK = map(
    reference, ("DAY-1", "DAY-3", "CC-MMC", "CC-MMCAb", "CC-MSK")
)

FILLING = tuple(
    Case(
        name,
        f"8 agents, {minutes} min after an empty start",
        "Eick, Massey & Whitt 1993",
        reference(name).figures,
        simulate=partial(_filling, reference(name)),
        short=600,
        long=10_000,
        counts="days of 15 minutes",
    )
    for name, minutes in (("TV-1-5", 5), ("TV-1-15", 15))
)
PUBLISHED = (
    Case(
        "DAY-1",
        "a rush hour and uncertain volume, computed and simulated",
        "SSJ tutorial (CallCenter)",
        partial(_rush_hour_figures, _DAY_1),
        simulate=partial(_rush_hour, _DAY_1, 1.0 / sqrt(400.0)),
        short=30,
        long=400,
        counts="days",
    ),
    Case(
        "DAY-3",
        "the same, volume known",
        "numerical solution",
        partial(_rush_hour_figures, _DAY_3),
        simulate=partial(_rush_hour, _DAY_3, 0.0),
        short=30,
        long=250,
        counts="days",
    ),
    Case(
        "CC-MMC",
        "eight hours of patient calls, 12 agents",
        "ContactCenters",
        partial(_published, _MMC, T_95),
        simulate=partial(_patient_day, _MMC),
        short=20,
        long=150,
        counts="days",
    ),
    Case(
        "CC-MMCAb",
        "eight hours of impatient calls, 12 agents",
        "ContactCenters",
        partial(_published, _MMC_AB, T_95),
        simulate=partial(_impatient_day, _MMC_AB),
        short=20,
        long=150,
        counts="days",
    ),
    Case(
        "CC-MSK",
        "three types of calls, two groups, overflow",
        "ContactCenters",
        partial(_published, _MSK, T_95),
        simulate=partial(_three_types_day, _MSK),
        short=25,
        long=80,
        counts="days",
    ),
)
