"""Contacts per second: against plain SimPy, by the size of the centre, and where the time goes."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import process_time

from benchmarks import plain_simpy
from benchmarks.centres import textbook
from results.measures.registry import KINDS, summarise
from results.measures.slice import CutKind
from scenarios import Scenario, load
from sim import simulate
from tui.what_if.day import one_day
from tui.what_if.memory import SHOWN

ROUNDS = 3
TURNS = 7
"""Processes differ by a quarter in how fast they happen to be; the median of so many does not."""


def _best(measure: Callable[[], float]) -> float:
    return max(measure() for _ in range(ROUNDS))


def _firstline(agents: int, contacts: int) -> float:
    scenario = textbook(agents, contacts)
    begun = process_time()
    trace = simulate(scenario, 1, 0)
    return len(trace.contacts) / (process_time() - begun)


def _plain(agents: int, contacts: int) -> float:
    begun = process_time()
    plain_simpy.run(agents, contacts)
    return contacts / (process_time() - begun)


def against_plain_simpy(contacts: int) -> None:
    """M/M/50+M at 98 % load on one core, in turns, the median of seven each.

    Each turn has a process of its own: Python fits SimPy's code to the checkout that runs it
    first, and would be slower for the other.
    """
    pairs = [
        tuple(_alone(measure, 50, contacts) for measure in (_firstline, _plain))
        for _ in range(TURNS)
    ]
    ours, plain = (median(column) for column in zip(*pairs, strict=True))
    print(f"M/M/50+M, 98 % load, {contacts:,} contacts, one core")
    print(f"  firstline        {ours:10,.0f} contacts/s")
    print(f"  plain SimPy      {plain:10,.0f} contacts/s")
    lowest, *_, highest = sorted(one / other for one, other in pairs)
    turns = f"single turns {lowest:.2f} to {highest:.2f}"
    print(f"  ratio            {ours / plain:10.2f}   (at least 1 wanted; {turns})")


def _alone(measure: Callable[[int, int], float], agents: int, contacts: int) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure, agents, contacts).result()


def by_size(contacts: int) -> None:
    """Cost per contact with 50, 500 and 5,000 agents at equal load."""
    rates = {agents: _best(lambda n=agents: _firstline(n, contacts)) for agents in (50, 500, 5_000)}
    print(f"Cost per contact by size, M/M/n+M at 98 % load, {contacts:,} contacts")
    for agents, rate in rates.items():
        print(f"  {agents:5,} agents     {1e6 / rate:10.1f} µs   ratio {rates[50] / rate:5.2f}")
    print("  (ratio below 1.5 wanted)")


def of_the_measures(replications: int) -> None:
    """What measures take next to simulation, in turns on one core; medians, in CPU time."""
    week = load("retail-complaints")
    day = one_day(week).scenario
    print(f"Measures of retail-complaints next to its simulation, {replications} replications")
    for name, scenario, kinds in (
        ("week", week, KINDS),
        ("one day", day, KINDS),
        ("what-if, one day", day, SHOWN),
    ):
        spent = [_simulated_and_measured(scenario, kinds, k) for k in range(replications)]
        simulating, measuring = (1000 * median(column) for column in zip(*spent, strict=True))
        print(
            f"  {name:16} {measuring:10.1f} ms next to {simulating:6.0f} ms"
            f"   ratio {measuring / simulating:6.1%}"
        )


def _simulated_and_measured(
    scenario: Scenario, kinds: Collection[CutKind], replication: int
) -> tuple[float, float]:
    """Seconds of the processor for a replication, and for the measures of these kinds of cut."""
    begun = process_time()
    trace = simulate(scenario, 1, replication)
    simulated = process_time()
    summarise(scenario, trace, kinds=kinds)
    return simulated - begun, process_time() - simulated


def where_the_time_goes(replications: int) -> None:
    """`retail-complaints`: contacts per second per core, and the shares of the time."""
    scenario = load("retail-complaints")
    simulating = contacts = 0.0
    for replication in range(replications):
        begun = process_time()
        contacts += len(simulate(scenario, 1, replication).contacts)
        simulating += process_time() - begun
    profile = cProfile.Profile()
    profile.runcall(simulate, scenario, 1, 0)
    shares = _shares(pstats.Stats(profile))
    print(f"retail-complaints, {replications} weeks")
    print(f"  simulate         {contacts / simulating:10,.0f} contacts/s on one core")
    for name, share in shares.items():
        print(f"  {name:16} {share:10.1%} of the time")


def _shares(stats: pstats.Stats) -> dict[str, float]:
    """Own time by whose code it is; built-ins count for their caller."""
    seconds = {"SimPy": 0.0, "our code": 0.0, "numpy and scipy": 0.0}
    table = stats.stats  # type: ignore[attr-defined]
    for (file, _, _), (_, _, own, _, callers) in table.items():
        if file == "~":
            for (caller, _, _), (_, _, spent, _) in callers.items():
                seconds[_owner(caller)] += spent
        else:
            seconds[_owner(file)] += own
    total = sum(seconds.values())
    return {name: value / total for name, value in seconds.items()}


def _owner(file: str) -> str:
    if "simpy" in file:
        return "SimPy"
    return "numpy and scipy" if "site-packages" in file else "our code"
