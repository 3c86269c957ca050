"""Short histories, second by second, as other simulators of queues tell them.

A unit of time of a history lasts as long as its roster needs: shifts change on full minutes,
headcounts on every fifth.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState, Outcome
from sim.trace.trace import Trace
from tests.support.batch_means import number_present
from tests.support.exact_centres import MINUTE, centre
from tests.support.reference_cases import case

FIVE_MINUTES = 5 * MINUTE


def calls(at: Sequence[float], talk: float, unit_s: float, **more: Any) -> dict[str, Any]:
    """Calls at exact times with one talk time, both in units."""
    return {
        "volume": {"at_s": [time * unit_s for time in at]},
        "groups": ["agents"],
        "handling": {"voice": {"talk_s": talk * unit_s}},
        **more,
    }


def told(scenario: Scenario, unit_s: float = 1.0) -> dict[str, NDArray[Any]]:
    """The contacts in the order in which the customers called, with times in units."""
    contacts = simulate(scenario, seed=1, replication=0).contacts
    order = np.argsort(contacts["case"], kind="stable")
    columns = ("arrival", "answered", "ended", "outcome")
    found = {column: contacts[column][order] for column in columns}
    return {name: v if name == "outcome" else v / unit_s for name, v in found.items()}


def agents(heads: int) -> dict[str, Any]:
    return {"agents": {"heads": heads}}


def headcount(heads: Sequence[int]) -> dict[str, Any]:
    """Heads per five minutes from midnight on; nobody afterwards."""
    plan = {"interval_min": 5, "heads": {"every_day": list(heads)}}
    return {"agents": {"heads_by_interval": plan}}


def shifts(*lines: tuple[int, int, int]) -> dict[str, Any]:
    """Shift lines: agents, and the minutes from which and to which they work."""
    roster = {
        f"line_{place}": {"heads": heads, "start": f"00:{start:02d}", "end": f"00:{end:02d}"}
        for place, (heads, start, end) in enumerate(lines)
    }
    return {"agents": {"shifts": roster}}


def test_customers_renege_one_after_the_other_as_ciw_tells() -> None:
    given = case("ciw-reneging")
    step, horizon = given.inputs["inter_arrival"], given.inputs["horizon"]
    arrivals = np.arange(step, horizon, step)
    patience = {"voice": given.inputs["patience"]}
    one = calls(arrivals.tolist(), given.inputs["service"], 1.0, patience_s=patience)
    seen = told(centre({"call": one}, agents(given.inputs["servers"])))
    times, numbers = number_present(seen["arrival"], seen["ended"])
    assert [[0, 0], *np.column_stack([times, numbers]).tolist()] == given.expected[
        "number_in_system_steps"
    ]
    left = seen["outcome"] == Outcome.ABANDONED
    assert given.expected["reneged"] == [
        {"customer": number + 1, "arrived": seen["arrival"][number], "left": seen["ended"][number]}
        for number in np.flatnonzero(left)
    ]


def test_customers_renege_when_the_only_agent_has_gone_home_as_ciw_tells() -> None:
    given = case("ciw-reneging-schedule")
    patience = {"voice": given.inputs["patience"] * MINUTE}
    one = calls([7, 14, 21, 28], given.inputs["service"], MINUTE, patience_s=patience)
    scenario = centre({"call": one}, shifts((1, 0, 16)))
    trace = simulate(scenario, seed=1, replication=0)
    seen = told(scenario, MINUTE)
    events = [
        f"{seen['answered'][0]:.0f} c1 starts",
        f"{seen['arrival'][1]:.0f} c2 queues",
        f"{trace.shifts['end'][0] / MINUTE:.0f} shift ends, server keeps c1",
        f"{seen['ended'][1]:.0f} c2 reneges",
        f"{trace.spans['end'].max() / MINUTE:.0f} c1 done, server leaves",
        f"{seen['arrival'][2]:.0f} c3 queues",
        f"{seen['ended'][2]:.0f} c3 reneges",
        f"{seen['arrival'][3]:.0f} c4 arrives",
    ]
    assert events == given.expected["events"]
    assert seen["ended"][0] == 18
    assert seen["outcome"].tolist() == [Outcome.ANSWERED] + [Outcome.ABANDONED] * 3


def test_a_more_important_call_does_not_interrupt_the_call_in_hand_as_ciw_tells() -> None:
    given = case("ciw-nonpreemptive-priority")
    low, high = given.inputs["low"], given.inputs["high"]
    reasons = {
        "low": calls(low["arrivals"], low["service"], 1.0),
        "high": calls(high["arrivals"], high["service"], 1.0, priority=1.0),
    }
    seen = told(centre(reasons, agents(given.inputs["servers"])))
    talks = np.column_stack([seen["answered"], seen["ended"]]).tolist()
    assert dict(zip(("low1", "low2", "high"), talks, strict=True)) == given.expected


def each_its_talk(given_at: list[float], talks: list[float], unit_s: float) -> dict[str, Any]:
    """A reason for every customer, so that each has a talk time of its own."""
    pairs = enumerate(zip(given_at, talks, strict=True))
    return {f"call_{place}": calls([at], talk, unit_s) for place, (at, talk) in pairs}


def test_agents_finish_the_call_in_hand_after_their_shift_as_ciw_tells() -> None:
    given = case("ciw-overtime")
    reasons = each_its_talk(given.inputs["arrivals"], given.inputs["services"], MINUTE)
    trace = simulate(centre(reasons, shifts((3, 0, 7), (2, 7, 11), (1, 11, 20))), 1, 0)
    overtime = []
    for agent, end in zip(trace.shifts["agent"], trace.shifts["end"], strict=True):
        gone = trace.spans["end"][trace.spans["agent"] == agent].max()
        overtime.append((gone - end) / MINUTE)
    assert overtime[:5] == given.expected["overtime_per_agent"]
    assert np.mean(overtime[:5]) == given.expected["mean"]
    assert overtime[5] == 0


def staffed(trace: Trace) -> float:
    return float((trace.shifts["end"] - trace.shifts["start"]).sum())


def test_the_occupancy_of_a_changing_headcount_is_as_ciw_tells() -> None:
    given = case("ciw-utilisation-schedule")
    reasons = each_its_talk(given.inputs["arrivals"], given.inputs["services"], FIVE_MINUTES)
    trace = simulate(centre(reasons, headcount([1] * 9 + [2] * 14)), 1, 0)
    talking = trace.spans["state"] == AgentState.TALK
    talk_s = (trace.spans["end"] - trace.spans["start"])[talking].sum()
    above, below = (int(part) for part in str(given.expected["utilisation"]).split("/"))
    assert (talk_s / FIVE_MINUTES, staffed(trace) / FIVE_MINUTES) == (above, below)


def test_calls_beyond_the_lines_are_refused_as_ciw_tells() -> None:
    given = case("ciw-baulking")
    step, horizon = given.inputs["inter_arrival"], given.inputs["horizon"]
    one = calls(np.arange(step, horizon, step).tolist(), given.inputs["service"], 1.0)
    lines = {"voice": {"lines": 3}}
    seen = told(centre({"call": one}, agents(given.inputs["servers"]), channels=lines))
    refused = seen["outcome"] == Outcome.BLOCKED
    assert seen["arrival"][refused].tolist() == given.expected["baulked_at"]
    done = np.flatnonzero(~refused & (seen["ended"] <= horizon))
    assert given.expected["served"] == [
        {
            "id": number + 1,
            "arrived": seen["arrival"][number],
            "start": seen["answered"][number],
            "end": seen["ended"][number],
        }
        for number in done
    ]


def test_staff_who_are_cut_finish_their_calls_as_simmer_tells() -> None:
    given = case("simmer-schedule-keep")
    one = calls(given.inputs["arrivals"], given.inputs["service"], FIVE_MINUTES)
    seen = told(centre({"call": one}, headcount([1, 3, 1])), FIVE_MINUTES)
    assert seen["ended"].tolist() == given.expected["end_times"]
    assert (seen["ended"] - seen["answered"]).tolist() == given.expected["activity_times"]


def test_the_headcount_changes_before_a_freed_agent_takes_the_next_call_as_simmer_tells() -> None:
    given = case("simmer-schedule-edge")
    one = calls(given.inputs["arrivals"], given.inputs["service"], MINUTE)
    seen = told(centre({"call": one}, headcount([0, 1, 0, 1, 1, 1])), MINUTE)
    assert seen["ended"].tolist() == given.expected["end_times"]


def test_without_room_to_wait_every_other_call_is_lost_as_simmer_tells() -> None:
    given = case("simmer-finite-queue")
    one = calls(range(1, 101), given.inputs["service"], 1.0)
    lines = {"voice": {"lines": 1}}
    seen = told(centre({"call": one}, agents(given.inputs["servers"]), channels=lines))
    served = seen["outcome"] == Outcome.ANSWERED
    talk = (seen["ended"] - seen["answered"])[served]
    assert {
        "served": served.sum(),
        "rejected": (seen["outcome"] == Outcome.BLOCKED).sum(),
        "busy_time": talk.sum(),
        "last_end": seen["ended"][served].max(),
    } == given.expected


def test_the_line_freed_at_an_instant_is_free_for_the_call_of_that_instant_as_simmer_tells() -> (
    None
):
    given = case("simmer-release-before-seize")
    one = calls(given.inputs["arrivals"], given.inputs["service"], 1.0)
    lines = {"voice": {"lines": 1}}
    seen = told(centre({"call": one}, agents(given.inputs["servers"]), channels=lines))
    assert (seen["outcome"] == Outcome.BLOCKED).sum() == given.expected["rejected"]
    assert seen["answered"].tolist() == given.inputs["arrivals"]


def test_a_customer_who_waits_reneges_and_leaves_the_queue_empty_as_simmer_tells() -> None:
    given = case("simmer-renege-queued")
    patience = {"voice": given.inputs["patience"]}
    one = calls(given.inputs["arrivals"], given.inputs["service"], 1.0, patience_s=patience)
    seen = told(centre({"call": one}, agents(given.inputs["servers"])))
    assert seen["outcome"].tolist() == [Outcome.ANSWERED, Outcome.ABANDONED]
    assert seen["ended"].tolist() == [given.expected["served_end"], given.expected["reneged_at"]]
    assert seen["answered"][0] == 0, "the first customer never waited"
