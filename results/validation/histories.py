"""Short histories, second by second, as other simulators of queues tell them.

A unit of time of a history lasts as long as its roster needs: shifts change on full minutes,
headcounts on every fifth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.validation.case import History
from results.validation.centres import MINUTE, centre
from results.validation.reference import Reference, reference
from results.validation.watch import number_present
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState, Outcome
from sim.trace.trace import Trace

FIVE_MINUTES = 5 * MINUTE

Story = Mapping[str, Any]


def _calls(at: Sequence[float], talk: float, unit_s: float, **more: Any) -> dict[str, Any]:
    """Calls at exact times with one talk time, both in units."""
    return {
        "volume": {"at_s": [time * unit_s for time in at]},
        "groups": ["agents"],
        "handling": {"voice": {"talk_s": talk * unit_s}},
        **more,
    }


def _each_its_talk(at: list[float], talks: list[float], unit_s: float) -> dict[str, Any]:
    """A reason for every customer, so that each has a talk time of its own."""
    pairs = enumerate(zip(at, talks, strict=True))
    return {f"call_{place}": _calls([one], talk, unit_s) for place, (one, talk) in pairs}


def _played(scenario: Scenario) -> Trace:
    return simulate(scenario, seed=1, replication=0)


def _told(trace: Trace, unit_s: float = 1.0) -> dict[str, NDArray[Any]]:
    """The contacts in the order in which the customers called, with times in units."""
    contacts = trace.contacts
    order = np.argsort(contacts["case"], kind="stable")
    columns = ("arrival", "answered", "ended", "outcome")
    found = {column: contacts[column][order] for column in columns}
    return {name: v if name == "outcome" else v / unit_s for name, v in found.items()}


def _agents(heads: int) -> dict[str, Any]:
    return {"agents": {"heads": heads}}


def _headcount(heads: Sequence[int]) -> dict[str, Any]:
    """Heads per five minutes from midnight on; nobody afterwards."""
    plan = {"interval_min": 5, "heads": {"every_day": list(heads)}}
    return {"agents": {"heads_by_interval": plan}}


def _shifts(*lines: tuple[int, int, int]) -> dict[str, Any]:
    """Shift lines: agents, and the minutes from which and to which they work."""
    roster = {
        f"line_{place}": {"heads": heads, "start": f"00:{start:02d}", "end": f"00:{end:02d}"}
        for place, (heads, start, end) in enumerate(lines)
    }
    return {"agents": {"shifts": roster}}


def _reneging(given: Reference) -> Story:
    step, horizon = given.inputs["inter_arrival"], given.inputs["horizon"]
    arrivals = np.arange(step, horizon, step)
    patience = {"voice": given.inputs["patience"]}
    one = _calls(arrivals.tolist(), given.inputs["service"], 1.0, patience_s=patience)
    seen = _told(_played(centre({"call": one}, _agents(given.inputs["servers"]))))
    times, numbers = number_present(seen["arrival"], seen["ended"])
    left = np.flatnonzero(seen["outcome"] == Outcome.ABANDONED)
    return {
        "number_in_system_steps": [[0, 0], *np.column_stack([times, numbers]).tolist()],
        "reneged": [
            {
                "customer": int(place) + 1,
                "arrived": float(seen["arrival"][place]),
                "left": float(seen["ended"][place]),
            }
            for place in left
        ],
    }


def _reneging_after_hours(given: Reference) -> Story:
    patience = {"voice": given.inputs["patience"] * MINUTE}
    one = _calls([7, 14, 21, 28], given.inputs["service"], MINUTE, patience_s=patience)
    trace = _played(centre({"call": one}, _shifts((1, 0, 16))))
    seen = _told(trace, MINUTE)
    return {
        "events": [
            f"{seen['answered'][0]:.0f} c1 starts",
            f"{seen['arrival'][1]:.0f} c2 queues",
            f"{trace.shifts['end'][0] / MINUTE:.0f} shift ends, server keeps c1",
            f"{seen['ended'][1]:.0f} c2 reneges",
            f"{trace.spans['end'].max() / MINUTE:.0f} c1 done, server leaves",
            f"{seen['arrival'][2]:.0f} c3 queues",
            f"{seen['ended'][2]:.0f} c3 reneges",
            f"{seen['arrival'][3]:.0f} c4 arrives",
        ],
        "reneged": np.flatnonzero(seen["outcome"] == Outcome.ABANDONED).tolist(),
    }


def _no_interruption(given: Reference) -> Story:
    low, high = given.inputs["low"], given.inputs["high"]
    reasons = {
        "low": _calls(low["arrivals"], low["service"], 1.0),
        "high": _calls(high["arrivals"], high["service"], 1.0, priority=1.0),
    }
    seen = _told(_played(centre(reasons, _agents(given.inputs["servers"]))))
    talks = np.column_stack([seen["answered"], seen["ended"]]).tolist()
    return dict(zip(("low1", "low2", "high"), talks, strict=True))


def _overtime(given: Reference) -> Story:
    """A shift line for each of the peer's servers."""
    reasons = _each_its_talk(given.inputs["arrivals"], given.inputs["services"], MINUTE)
    trace = _played(centre(reasons, _shifts((3, 0, 7), (2, 7, 11), (1, 11, 20))))
    overtime = []
    for agent, end in zip(trace.shifts["agent"], trace.shifts["end"], strict=True):
        gone = trace.spans["end"][trace.spans["agent"] == agent].max()
        overtime.append(float(gone - end) / MINUTE)
    return {"overtime_per_agent": overtime[:5], "mean": float(np.mean(overtime[:5]))}


def _utilisation(given: Reference) -> Story:
    reasons = _each_its_talk(given.inputs["arrivals"], given.inputs["services"], FIVE_MINUTES)
    trace = _played(centre(reasons, _headcount([1] * 9 + [2] * 14)))
    talking = trace.spans["state"] == AgentState.TALK
    talk_s = (trace.spans["end"] - trace.spans["start"])[talking].sum()
    staffed_s = (trace.shifts["end"] - trace.shifts["start"]).sum()
    return {"utilisation": f"{talk_s / FIVE_MINUTES:g}/{staffed_s / FIVE_MINUTES:g}"}


def _baulking(given: Reference) -> Story:
    """Three lines: who finds three present is blocked."""
    step, horizon = given.inputs["inter_arrival"], given.inputs["horizon"]
    one = _calls(np.arange(step, horizon, step).tolist(), given.inputs["service"], 1.0)
    lines = {"voice": {"lines": 3}}
    scenario = centre({"call": one}, _agents(given.inputs["servers"]), channels=lines)
    seen = _told(_played(scenario))
    refused = seen["outcome"] == Outcome.BLOCKED
    done = np.flatnonzero(~refused & (seen["ended"] <= horizon))
    columns = {"arrived": "arrival", "start": "answered", "end": "ended"}
    return {
        "baulked_at": seen["arrival"][refused].tolist(),
        "served": [
            {"id": int(one) + 1} | {name: float(seen[key][one]) for name, key in columns.items()}
            for one in done
        ],
    }


def _fewer_staff(given: Reference) -> Story:
    one = _calls(given.inputs["arrivals"], given.inputs["service"], FIVE_MINUTES)
    seen = _told(_played(centre({"call": one}, _headcount([1, 3, 1]))), FIVE_MINUTES)
    return {
        "end_times": seen["ended"].tolist(),
        "activity_times": (seen["ended"] - seen["answered"]).tolist(),
    }


def _staff_first(given: Reference) -> Story:
    one = _calls(given.inputs["arrivals"], given.inputs["service"], MINUTE)
    seen = _told(_played(centre({"call": one}, _headcount([0, 1, 0, 1, 1, 1]))), MINUTE)
    return {"end_times": seen["ended"].tolist()}


def _one_line(given: Reference, arrivals: Sequence[float]) -> dict[str, NDArray[Any]]:
    one = _calls(arrivals, given.inputs["service"], 1.0)
    agents = _agents(given.inputs["servers"])
    return _told(_played(centre({"call": one}, agents, channels={"voice": {"lines": 1}})))


def _no_room(given: Reference) -> Story:
    seen = _one_line(given, range(1, 101))
    served = seen["outcome"] == Outcome.ANSWERED
    return {
        "served": int(served.sum()),
        "rejected": int((seen["outcome"] == Outcome.BLOCKED).sum()),
        "busy_time": float((seen["ended"] - seen["answered"])[served].sum()),
        "last_end": float(seen["ended"][served].max()),
    }


def _freed_line(given: Reference) -> Story:
    seen = _one_line(given, given.inputs["arrivals"])
    return {
        "rejected": int((seen["outcome"] == Outcome.BLOCKED).sum()),
        "answered": seen["answered"].tolist(),
    }


def _reneging_in_queue(given: Reference) -> Story:
    patience = {"voice": given.inputs["patience"]}
    one = _calls(given.inputs["arrivals"], given.inputs["service"], 1.0, patience_s=patience)
    seen = _told(_played(centre({"call": one}, _agents(given.inputs["servers"]))))
    served, reneged = seen["outcome"] == Outcome.ANSWERED, seen["outcome"] == Outcome.ABANDONED
    return {
        "reneged_at": seen["ended"][reneged].tolist(),
        "served_end": seen["ended"][served].tolist(),
        "answered": seen["answered"][served].tolist(),
    }


def _history(name: str, title: str, tell: Callable[[Reference], Story], **more: Any) -> History:
    """A history of another package; ``more`` is what is clear from it and not said there."""
    given = reference(name)
    package = "Ciw" if name.startswith("ciw") else "simmer"
    return History(name, title, package, {**given.expected, **more}, lambda: tell(given))


_IN_QUEUE = reference("simmer-renege-queued")

CASES = (
    _history("ciw-reneging", "customers hang up one after the other", _reneging),
    _history(
        "ciw-reneging-schedule",
        "customers hang up when the only agent has gone home",
        _reneging_after_hours,
        reneged=[1, 2, 3],
    ),
    _history(
        "ciw-nonpreemptive-priority",
        "an important call does not interrupt the call in hand",
        _no_interruption,
    ),
    _history("ciw-overtime", "agents finish the call in hand after their shift", _overtime),
    _history("ciw-utilisation-schedule", "occupancy of a changing headcount", _utilisation),
    _history("ciw-baulking", "calls beyond the lines are refused", _baulking),
    _history("simmer-schedule-keep", "staff who are cut finish their calls", _fewer_staff),
    _history(
        "simmer-schedule-edge",
        "the headcount changes before a freed agent takes the next call",
        _staff_first,
    ),
    _history("simmer-finite-queue", "without room to wait every other call is lost", _no_room),
    _history(
        "simmer-release-before-seize",
        "a line freed at an instant is free for the call of that instant",
        _freed_line,
        answered=reference("simmer-release-before-seize").inputs["arrivals"],
    ),
    History(
        _IN_QUEUE.name,
        "a customer who waits hangs up and leaves the queue empty",
        "simmer",
        {
            "reneged_at": [_IN_QUEUE.expected["reneged_at"]],
            "served_end": [_IN_QUEUE.expected["served_end"]],
            "answered": [0],
        },
        lambda: _reneging_in_queue(_IN_QUEUE),
    ),
)
