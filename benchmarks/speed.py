"""Contacts per second: against plain SimPy, by the size of the centre, and where the time goes."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import process_time

from benchmarks import plain_simpy
from benchmarks.centres import textbook
from results.measures.registry import summarise
from scenarios import load
from sim import simulate

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

    Each turn has a process of its own: Python fits SimPy's code to whoever runs it first, and
    would be slower for the other.
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


def where_the_time_goes(replications: int) -> None:
    """`retail-complaints`: contacts per second per core, and the shares of the time."""
    scenario = load("retail-complaints")
    simulating = measuring = contacts = 0.0
    for replication in range(replications):
        begun = process_time()
        trace = simulate(scenario, 1, replication)
        simulated = process_time()
        summarise(scenario, trace)
        measuring += process_time() - simulated
        simulating += simulated - begun
        contacts += len(trace.contacts)
    profile = cProfile.Profile()
    profile.runcall(simulate, scenario, 1, 0)
    shares = _shares(pstats.Stats(profile))
    total = simulating + measuring
    print(f"retail-complaints, {replications} weeks")
    print(f"  simulate         {contacts / simulating:10,.0f} contacts/s on one core")
    print(f"  with measures    {contacts / total:10,.0f} contacts/s on one core")
    print(f"  measures         {measuring / total:10.1%} of the time")
    for name, share in shares.items():
        print(f"  {name:16} {share * simulating / total:10.1%} of the time")


def _shares(stats: pstats.Stats) -> dict[str, float]:
    """Own time by whose code it is; built-ins count for whoever called them."""
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
