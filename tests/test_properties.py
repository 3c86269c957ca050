"""What holds in every centre, whatever its sections: random small scenarios of all kinds."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from results.measures.registry import summarise
from scenarios import apply, list_scenarios, load, with_changes
from scenarios.calendar.day import opening_of
from scenarios.parts.channels import CHANNELS
from scenarios.schema import Scenario
from sim import close, open_centre, simulate
from sim.journey.serving import HANDED_ON
from sim.trace.codes import (
    AgentState,
    CaseState,
    ContactKind,
    DialOutcome,
    Ending,
    Outcome,
    PromiseKind,
)
from sim.trace.equations import made_by_customer
from sim.trace.trace import Trace
from tests.support.examples import examples
from tests.support.random_centres import scenarios
from tests.support.timed_centres import centre, complaint, path

Columns = dict[str, Any]
EPSILON = 1e-6
"""Seconds: rounding of sums of some hundred thousand seconds."""
CENTRE_MADE = (ContactKind.CALLBACK, ContactKind.FOLLOW_UP)
BUSY = (
    *(AgentState.TALK, AgentState.HOLD, AgentState.WRAP_UP),
    *(AgentState.HELPING, AgentState.DECIDING, AgentState.OUTBOUND),
)

# Making a failing centre smaller takes minutes; its sections are told as they are.
_LOOKS = {
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": list(HealthCheck),
}
few = settings(max_examples=examples(25), **_LOOKS)
many = settings(max_examples=examples(100), **_LOOKS)


def _table(trace: Trace, name: str) -> Columns:
    columns: Columns = trace.tables()[name].as_dict()
    return columns


def _where(columns: Columns, chosen: Any) -> Columns:
    return {name: column[chosen] for name, column in columns.items()}


@many
@given(scenarios())
def test_every_balance_holds_in_every_centre(scenario: Scenario) -> None:
    trace = simulate(scenario, 1, 0)
    _contacts_add_up(scenario, trace)
    _cases_add_up(trace)
    _customers_know_the_hours(scenario, trace)
    _legs_add_up(trace)
    queues_add_up(scenario, trace)
    _agents_time_adds_up(trace)
    _agents_do_one_thing_at_a_time(scenario, trace)
    _nobody_is_idle_while_somebody_waits(scenario, trace)
    _decisions_add_up(trace)
    _promises_add_up(trace)
    _lines_hold(scenario, trace)
    _lists_are_worked(scenario, trace)


def _lists_are_worked(scenario: Scenario, trace: Trace) -> None:
    """Calls of lists fill the time for them, one at a time, and end as the rules say."""
    dials, spans, put_on = trace.dials.as_dict(), trace.spans.as_dict(), trace.lists["records"]
    if not scenario.outbound:
        assert not len(dials["record"]) + len(put_on)
        return
    section = scenario.outbound["buyers"]
    assert dials["record"].max(initial=-1) < put_on.sum()
    assert dials["attempt"].max(initial=0) < section.tries
    tries = np.unique(np.stack([dials["record"], dials["attempt"]]), axis=1)
    assert tries.shape[1] == len(dials["record"])
    met = np.isin(dials["outcome"], (DialOutcome.WRONG_PARTY, DialOutcome.RIGHT_PARTY))
    assert np.all(dials["agent"][met] >= 0)
    nobody = dials["outcome"] == DialOutcome.ABANDONED
    assert np.all(dials["agent"][nobody] == -1)
    assert section.mode == "progressive" or not nobody.any()
    assert np.array_equal(np.isnan(dials["answered"]), dials["outcome"] == DialOutcome.NO_ANSWER)
    done = (dials["outcome"] == DialOutcome.RIGHT_PARTY) | (dials["attempt"] + 1 == section.tries)
    assert np.array_equal(dials["last"] == 1, done)
    at_it = spans["state"] == AgentState.OUTBOUND
    of_calls = dials["agent"] >= 0
    began = np.where(dials["began"] < dials["dialled"], dials["began"], dials["answered"])
    if section.mode == "preview":
        began = dials["began"]
    ended = np.minimum(dials["ended"] + dials["wrap_up_s"], trace.horizon_s)
    for agent in range(len(trace.agents)):
        spent = (spans["end"] - spans["start"])[at_it & (spans["agent"] == agent)].sum()
        mine = of_calls & (dials["agent"] == agent)
        assert spent >= np.nansum(np.maximum(ended - began, 0.0)[mine]) - EPSILON
        assert _most_at_once(dials["answered"][mine & met], ended[mine & met]) <= 1


def _contacts_add_up(scenario: Scenario, trace: Trace) -> None:
    contacts = _table(trace, "contacts")
    count = len(contacts["contact"])
    assert sorted(contacts["contact"]) == list(range(count))
    outcome = contacts["outcome"]
    answered = outcome == Outcome.ANSWERED
    assert np.array_equal(answered, ~np.isnan(contacts["answered"]))
    waiting = outcome == Outcome.WAITING
    going_on = waiting | (contacts["ending"] == Ending.IN_HAND)
    assert np.array_equal(going_on, np.isnan(contacts["ended"]))
    blocked = outcome == Outcome.BLOCKED
    assert np.all(np.isnan(contacts["queued"][blocked]))
    # Who finds the queue full has passed the voice menu before.
    full = [bool(reason.queue_limit) for reason in scenario.reasons.values()]
    at_once = blocked & ~np.array(full)[contacts["reason"].astype(int)]
    assert np.all(contacts["arrival"][at_once] == contacts["ended"][at_once])
    for before, after in (("arrival", "queued"), ("queued", "answered"), ("answered", "ended")):
        later = contacts[after] - contacts[before]
        assert np.all(later[~np.isnan(later)] >= -EPSILON)
    ways = {
        *(Outcome.ANSWERED, Outcome.ABANDONED, Outcome.BLOCKED, Outcome.CALLBACK_TAKEN),
        *(Outcome.TURNED_AWAY, Outcome.CLOSED, Outcome.WAITING),
        *(Outcome.SELF_SERVED, Outcome.LEFT_MENU, Outcome.LEFT_MESSAGE),
    }
    tried = ~np.isin(contacts["kind"], CENTRE_MADE)
    assert tried.sum() == sum((outcome[tried] == way).sum() for way in ways)


def _cases_add_up(trace: Trace) -> None:
    cases, contacts = _table(trace, "cases"), _table(trace, "contacts")
    order = np.argsort(cases["case"])
    cases = _where(cases, order)
    assert np.array_equal(cases["case"], np.arange(len(order)))
    assert np.array_equal(np.bincount(contacts["case"], minlength=len(order)), cases["attempts"])
    answered = contacts["case"][contacts["outcome"] == Outcome.ANSWERED]
    assert np.array_equal(np.bincount(answered, minlength=len(order)), cases["contacts_answered"])
    firsts = contacts["kind"] == ContactKind.FIRST
    assert np.array_equal(np.sort(contacts["case"][firsts]), cases["case"])
    closed = cases["state"] != CaseState.OPEN
    assert np.array_equal(closed, ~np.isnan(cases["ended"]))
    _contacts_of_a_case_follow_one_another(cases, contacts)


def _contacts_of_a_case_follow_one_another(cases: Columns, contacts: Columns) -> None:
    begun = np.where(
        np.isin(contacts["kind"], CENTRE_MADE), contacts["answered"], contacts["arrival"]
    )
    order = np.lexsort((contacts["attempt"], contacts["case"]))
    case, ended, begun = contacts["case"][order], contacts["ended"][order], begun[order]
    same = case[1:] == case[:-1]
    gaps = (begun[1:] - ended[:-1])[same]
    assert np.all(~np.isnan(ended[:-1][same]))
    assert np.all(gaps[~np.isnan(gaps)] >= -EPSILON)
    last = np.append(~same, True)
    state = cases["state"][case[last]]
    ending, outcome = contacts["ending"][order][last], contacts["outcome"][order][last]
    seeming = contacts["false_resolution"][order][last]
    settled = (ending == Ending.SETTLED) & (seeming == 0)
    assert np.array_equal(state == CaseState.RESOLVED, settled)
    assert np.array_equal(state == CaseState.SELF_SERVED, outcome == Outcome.SELF_SERVED)
    over = state != CaseState.OPEN
    assert cases["ended"][case[last]][over] == pytest.approx(ended[last][over])


def _customers_know_the_hours(scenario: Scenario, trace: Trace) -> None:
    """Who comes again finds the door closed only by trying it, and not after hearing so."""
    contacts = _table(trace, "contacts")
    order = np.lexsort((contacts["attempt"], contacts["case"]))
    contacts = _where(contacts, order)
    closed = contacts["outcome"] == Outcome.CLOSED
    again = closed & np.isin(contacts["kind"], (ContactKind.REDIAL, ContactKind.REPEAT))
    for code, name in enumerate(CHANNELS):
        if opening_of(scenario, name).tries_closed == 0.0:
            assert not (again & (contacts["channel"] == code)).any()
    heard = closed | (contacts["outcome"] == Outcome.TURNED_AWAY)
    same = contacts["case"][1:] == contacts["case"][:-1]
    assert not (again[1:] & heard[:-1] & same).any()


def _legs_add_up(trace: Trace) -> None:
    legs, contacts = _table(trace, "legs"), _table(trace, "contacts")
    order = np.argsort(contacts["contact"])
    contacts = _where(contacts, order)
    count = len(order)
    assert np.array_equal(np.bincount(legs["contact"], minlength=count), contacts["legs"])
    for part in ("talk_s", "hold_s", "wrap_up_s"):
        sums = np.bincount(legs["contact"], legs[part], minlength=count)
        assert sums == pytest.approx(contacts[part], abs=EPSILON)
    first = legs["leg"] == 0
    for name in ("group", "agent"):
        assert np.array_equal(contacts[name][legs["contact"][first]], legs[name][first])
    spoken = legs["talk_s"] + legs["hold_s"] + _listened(legs)
    lasted = legs["ended"] - legs["answered"]
    live = (legs["channel"] < CHANNELS.index("email")) & ~np.isnan(lasted)
    prepared = (contacts["kind"][legs["contact"]] == ContactKind.FOLLOW_UP) & first
    assert lasted[live & ~prepared] == pytest.approx(spoken[live & ~prepared], abs=EPSILON)
    written = ~live & ~np.isnan(lasted)
    assert np.all(lasted[written] >= spoken[written] - EPSILON)


@pytest.mark.parametrize("name", [shipped.name for shipped in list_scenarios()])
def test_queues_add_up_to_legs_under_every_policy_of_a_shipped_scenario(name: str) -> None:
    shipped = load(name)
    for policy in (shipped.baseline, *shipped.policies):
        day = with_changes(apply(shipped, policy), {"horizon.days": 1, "horizon.warm_up_days": 0})
        queues_add_up(day, simulate(day, 1, 0))


def queues_add_up(scenario: Scenario, trace: Trace) -> None:
    found = summarise(scenario, trace, kinds=("all", "queue", "group")).values
    queues = [found["queue", name] for name in trace.groups]
    groups = [found["group", name] for name in trace.groups]

    def total(parts: list[dict[str, float]], name: str) -> float:
        return sum(one[name] for one in parts)

    legs, contacts = _table(trace, "legs"), _table(trace, "contacts")
    assert total(queues, "handled") == total(groups, "handled")
    # A customer waits once after asking, and again after every transfer.
    asked = made_by_customer(contacts["kind"]) & ~np.isnan(contacts["queued"])
    passed = np.isin(legs["ending"], HANDED_ON)
    assert total(queues, "offered") == asked.sum() + passed.sum()
    out, over = (total(queues, name) for name in ("overflowed_out", "taken_over"))
    assert out == over == total(groups, "taken_over") == found["all", ""]["overflowed_out"]
    answered = np.bincount(legs["group"], minlength=len(queues))
    offered = np.bincount(legs["queue"], minlength=len(queues))
    for one, by, of in zip(queues, answered, offered, strict=True):
        assert by == of - one["overflowed_out"] + one["taken_over"]
    _queues_follow_transfers(legs)


def _queues_follow_transfers(legs: Columns) -> None:
    """A customer passed on to a queue and answered was answered in that queue."""
    order = np.lexsort((legs["leg"], legs["contact"]))
    before, after = order[:-1], order[1:]
    same = legs["contact"][before] == legs["contact"][after]
    assert np.array_equal(legs["next_queue"][before[same]], legs["queue"][after[same]])
    assert (legs["queue"] >= 0).all()


def _listened(legs: Columns) -> Any:
    """Seconds of each leg in which the agent before introduced the customer."""
    order = np.lexsort((legs["leg"], legs["contact"]))
    before, after = order[:-1], order[1:]
    warm = legs["ending"][before] == Ending.TRANSFERRED_WARM
    warm &= legs["contact"][before] == legs["contact"][after]
    heard = np.zeros(len(order))
    heard[after[warm]] = legs["ended"][before[warm]] - legs["answered"][after[warm]]
    return heard


def _agents_time_adds_up(trace: Trace) -> None:
    """Spans touch without overlap, fill every scheduled second, and overtime is work."""
    spans, shifts = _table(trace, "spans"), _table(trace, "shifts")
    for agent in range(len(trace.agents)):
        mine = _where(spans, spans["agent"] == agent)
        mine = _where(mine, np.argsort(mine["start"], kind="stable"))
        assert np.all(mine["end"] > mine["start"])
        assert np.all(mine["start"][1:] >= mine["end"][:-1] - EPSILON)
        duty = _merged(_where(shifts, shifts["agent"] == agent), trace.horizon_s)
        start = np.minimum(mine["start"], trace.horizon_s)
        end = np.minimum(mine["end"], trace.horizon_s)
        inside = sum(np.clip(end, a, b) - np.clip(start, a, b) for a, b in duty)
        scheduled = sum(b - a for a, b in duty)
        assert float(np.sum(inside)) == pytest.approx(scheduled, abs=EPSILON)
        overtime = (end - start) - inside > EPSILON
        assert np.all(np.isin(mine["state"][overtime], BUSY))


def _merged(shifts: Columns, horizon_s: float) -> list[tuple[float, float]]:
    """Stretches of duty within the horizon, those that touch or overlap put together."""
    stretches: list[tuple[float, float]] = []
    within = (np.minimum(shifts[edge], horizon_s).tolist() for edge in ("start", "end"))
    for start, end in sorted(zip(*within, strict=True)):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _agents_do_one_thing_at_a_time(scenario: Scenario, trace: Trace) -> None:
    """One call or letter at once (letters can be interrupted), chats up to the group's number."""
    legs = _table(trace, "legs")
    end = np.where(np.isnan(legs["ended"]), trace.horizon_s, legs["ended"] + legs["wrap_up_s"])
    groups = [scenario.groups[name] for name in trace.groups]
    for agent, traits in enumerate(trace.agents):
        mine = legs["agent"] == agent
        calls = mine & (legs["channel"] == CHANNELS.index("voice"))
        chats = mine & (legs["channel"] == CHANNELS.index("chat"))
        assert _most_at_once(legs["answered"][calls], end[calls]) <= 1
        at_once = groups[traits.group].chats_at_once
        assert _most_at_once(legs["answered"][chats], end[chats]) <= at_once
        for call_from, call_to in zip(legs["answered"][calls], end[calls], strict=True):
            meets = np.minimum(end[chats], call_to) - np.maximum(legs["answered"][chats], call_from)
            assert np.all(meets <= EPSILON)


def _most_at_once(start: Any, end: Any) -> int:
    long = end - start > EPSILON
    times = np.concatenate([start[long] + EPSILON, end[long]])
    steps = np.concatenate([np.ones(long.sum(), dtype=int), -np.ones(long.sum(), dtype=int)])
    order = np.argsort(times, kind="stable")
    return int(np.cumsum(steps[order]).max(initial=0))


def _nobody_is_idle_while_somebody_waits(scenario: Scenario, trace: Trace) -> None:
    """While a customer waits, no agent of the reason's first groups is ready."""
    contacts, spans = _table(trace, "contacts"), _table(trace, "spans")
    group_of = np.array([agent.group for agent in trace.agents])
    ready = np.isin(spans["state"], (AgentState.READY, AgentState.OWN_WORK))
    gone = np.where(np.isnan(contacts["answered"]), contacts["ended"], contacts["answered"])
    gone = np.where(np.isnan(gone), trace.horizon_s, gone)
    waits = (gone - contacts["queued"] > EPSILON) & ~np.isin(contacts["kind"], CENTRE_MADE)
    for position, reason in enumerate(scenario.reasons.values()):
        first = reason.groups[0].groups
        if reason.waiting_limit or reason.queue_limit or reason.groups[0].reserve:
            continue
        places = [trace.groups.index(name) for name in first]
        idle = ready & np.isin(group_of[spans["agent"]], places)
        for queued, end in zip(
            contacts["queued"][waits & (contacts["reason"] == position)],
            gone[waits & (contacts["reason"] == position)],
            strict=True,
        ):
            both = np.minimum(spans["end"][idle], end) - np.maximum(spans["start"][idle], queued)
            assert np.all(both <= EPSILON)


def _decisions_add_up(trace: Trace) -> None:
    decisions, cases = _table(trace, "decisions"), _table(trace, "cases")
    for before, after in (("asked", "started"), ("started", "decided")):
        later = decisions[after] - decisions[before]
        assert np.all(later[~np.isnan(later)] >= -EPSILON)
    pays = decisions["paid"] > 0.0
    assert np.all(decisions["approved"][pays] == 1.0)
    assert np.all(decisions["money"][pays] <= decisions["limit"][pays])
    most = np.maximum(decisions["limit"], decisions["money"])
    assert np.all(decisions["paid"][pays] <= most[pays] + EPSILON)
    times_paid = np.bincount(decisions["case"][pays], minlength=len(cases["case"]))
    assert np.all(times_paid <= 1)
    paid = np.bincount(decisions["case"], decisions["paid"], minlength=len(cases["case"]))
    assert paid[cases["case"]] == pytest.approx(cases["paid"])


def _promises_add_up(trace: Trace) -> None:
    promises = _table(trace, "promises")
    due, done, kept = promises["due"], promises["done"], promises["kept"]
    assert np.all(due[~np.isnan(due)] >= promises["made"][~np.isnan(due)])
    was_done = ~np.isnan(done) & ~np.isnan(due)
    assert np.array_equal(kept[was_done] == 1.0, done[was_done] <= due[was_done])
    assert np.all(done[was_done] >= promises["made"][was_done] - EPSILON)
    assert np.all(kept[np.isnan(done)] != 1.0)
    once = set(zip(promises["contact"], promises["kind"], strict=True))
    assert len(once) == len(due)
    owed = np.isin(promises["kind"], (PromiseKind.FOLLOW_UP_CALL, PromiseKind.TICKET))
    contacts = _table(trace, "contacts")
    ending = contacts["ending"][np.argsort(contacts["contact"])][promises["contact"][owed]]
    assert np.all(np.isin(ending, (Ending.PROMISED_CALLBACK, Ending.TICKETED)))


def _lines_hold(scenario: Scenario, trace: Trace) -> None:
    contacts = _table(trace, "contacts")
    end = np.where(np.isnan(contacts["ended"]), trace.horizon_s, contacts["ended"])
    for position, name in enumerate(CHANNELS):
        channel = scenario.channels.get(name)
        if channel is not None and channel.lines is not None:
            inside = contacts["channel"] == position
            inside &= ~np.isin(contacts["kind"], CENTRE_MADE)
            assert _most_at_once(contacts["arrival"][inside], end[inside]) <= channel.lines


@few
@given(scenarios())
def test_without_chats_the_time_of_agents_is_that_of_their_contacts(scenario: Scenario) -> None:
    changes = {f"groups.{name}.chats_at_once": 1 for name in scenario.groups}
    if scenario.callback_offer is not None:
        changes["callback_offer.ring_s"] = 0
    trace = simulate(with_changes(scenario, changes), 1, 0)
    legs, spans, contacts = (_table(trace, name) for name in ("legs", "spans", "contacts"))
    going_on = np.isnan(legs["ended"]).any() or np.any(contacts["ending"] == Ending.IN_HAND)
    cut = spans["end"] >= trace.horizon_s
    if going_on or np.isin(spans["state"][cut], BUSY).any():
        return  # the last contacts are still in hand
    count = len(trace.agents)
    for state, part in ((AgentState.TALK, "talk_s"), (AgentState.WRAP_UP, "wrap_up_s")):
        chosen = spans["state"] == state
        length = (spans["end"] - spans["start"])[chosen]
        spent = np.bincount(spans["agent"][chosen], length, minlength=count)
        handled = np.bincount(legs["agent"], legs[part], minlength=count)
        assert spent == pytest.approx(handled, abs=1e-3)


# The same bits.


def _bits(trace: Trace) -> dict[str, bytes]:
    return {
        name: b"".join(column.tobytes() for column in table.as_dict().values())
        for name, table in trace.tables().items()
    }


def _digest(trace: Trace) -> str:
    return hashlib.sha256(repr(sorted(_bits(trace).items())).encode()).hexdigest()


@few
@given(scenarios(), st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_bits_and_another_one_others(
    scenario: Scenario, seed: int
) -> None:
    first = simulate(scenario, seed, 3)
    assert _bits(first) == _bits(simulate(scenario, seed, 3))
    if any(reason.volume.at_s is None for reason in scenario.reasons.values()):
        assert _bits(first) != _bits(simulate(scenario, seed, 4))


@few
@given(scenarios(), st.lists(st.floats(1.0, 2.5 * 86_400.0), max_size=8))
def test_a_run_in_slices_is_the_run_at_once(scenario: Scenario, slices: list[float]) -> None:
    sliced = open_centre(scenario, 1, 0)
    for until in sorted([*slices, *map(round, slices)]):
        if until < sliced.plan.horizon_s:
            sliced.run(until)
    sliced.run(sliced.plan.horizon_s)
    assert _bits(close(sliced)) == _bits(simulate(scenario, 1, 0))


_IN_ANOTHER_PROCESS = """
from tests.test_properties import everything_at_once, _digest
from sim import simulate
print(_digest(simulate(everything_at_once(), 7, 2)))
"""


def everything_at_once() -> Scenario:
    """A centre with most sections switched on."""
    repeat = {"probability": 0.6, "delay_min": 60, "after_broken_promise": {"probability": 0.5}}
    mixed = {"voice": 2.0, "chat": 1.0, "email": 1.0}
    damaged = {
        **complaint(money={"distribution": "gamma", "mean": 60, "cv": 0.7}),
        "volume": {"per_day": 300},
        "channels": mixed,
        "handling": {
            name: {"talk_s": {"distribution": "lognormal", "mean": 200, "cv": 1.0}}
            for name in mixed
        },
        "patience_s": {"voice": {"distribution": "exponential", "mean": 200}},
        "solve": 0.8,
        "false_resolution": 0.1,
        "repeat": repeat,
    }
    groups = {
        "front": {"heads": 3, "authority": "little", "speed_cv": 0.2, "chats_at_once": 2},
        "boss": {"heads": 1, "tier": 2, "authority": "full", "own_work": {"hours_per_day": 2}},
    }
    ask = {"step": "ask_approver", "group": "boss", "decision_s": 60, "timeout_s": 120}
    ticket = {"step": "ticket", "group": "boss", "due_h": 2, "work_s": 300}
    return centre(
        {"damaged": damaged},
        groups,
        authority={"little": {"limit": 30}, "full": {"limit": 1000}},
        escalation={"beyond_authority": path(ask, ticket), "beyond_knowledge": path(ticket)},
        opening={"hours": "08:00-18:00"},
        horizon={"days": 2},
        redial={"after_abandoning": 0.5, "after_closed": 0.5},
        acknowledgement={"announce": "expected_wait", "balk": 0.5},
        callback_offer={"when_wait_over_s": 120},
        routing={"agent_choice": "random"},
        busyness_cv=0.1,
    )


def test_another_process_with_another_hash_seed_gives_the_same_bits() -> None:
    here = _digest(simulate(everything_at_once(), 7, 2))
    for hash_seed in ("77",):
        done = subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == here


# The same customers under every policy.

REMOVABLE = ("acknowledgement", "callback_offer", "redial", "repeat", "voice_menu")


@few
@given(scenarios())
def test_a_phase_that_changes_nothing_changes_no_bit(scenario: Scenario) -> None:
    """Everything is exchanged at a midnight for the same again: nobody notices."""
    changes = {"horizon.days": 2}
    phase = {"from_day": 2, "changes": {"busyness_cv": scenario.busyness_cv}}
    plain = with_changes(scenario, changes)
    later = with_changes(scenario, {**changes, "phases": [phase]})
    assert _digest(simulate(plain, 1, 0)) == _digest(simulate(later, 1, 0))


@few
@given(scenarios(), st.sampled_from(REMOVABLE))
def test_a_section_left_out_changes_no_customer(scenario: Scenario, section: str) -> None:
    if getattr(scenario, section) is None:
        return
    scenario = _without_further_business(scenario)
    before = simulate(scenario, 1, 0)
    after = simulate(with_changes(scenario, {}, [section]), 1, 0)
    one, other = _customers(before), _customers(after)
    assert one == other
    talks, changed = _own_talk(before), _own_talk(after)
    growth = scenario.acknowledgement and scenario.acknowledgement.talk_growth_s_per_min
    if not growth:
        for case in talks.keys() & changed.keys():
            assert talks[case] == pytest.approx(changed[case])


def _without_further_business(scenario: Scenario) -> Scenario:
    """It comes so long after the case before: later where that took longer."""
    return with_changes(
        scenario,
        {},
        [
            f"reasons.{name}.further_business"
            for name, reason in scenario.reasons.items()
            if reason.further_business is not None
        ],
    )


def _customers(trace: Trace) -> list[tuple[Any, ...]]:
    """Who the customers are: reason, time of the first contact, channel, money needed."""
    cases, contacts = _table(trace, "cases"), _table(trace, "contacts")
    cases = _where(cases, np.argsort(cases["case"]))
    first = contacts["kind"] == ContactKind.FIRST
    firsts = _where(contacts, first)
    firsts = _where(firsts, np.argsort(firsts["case"]))
    columns = (cases["reason"], cases["began"], firsts["channel"], cases["money"])
    return [tuple(map(repr, row)) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _own_talk(trace: Trace) -> dict[tuple[int, int], float]:
    """Talk of the first agent of first calls that were simply settled, by case and agent."""
    legs, contacts = _table(trace, "legs"), _table(trace, "contacts")
    simple = (
        (contacts["kind"] == ContactKind.FIRST)
        & (contacts["legs"] == 1)
        & (contacts["ending"] == Ending.SETTLED)
        & (contacts["channel"] == CHANNELS.index("voice"))
    )
    chosen = np.isin(legs["contact"], contacts["contact"][simple])
    return {
        (case, agent): talk
        for case, agent, talk in zip(
            *(legs[name][chosen].tolist() for name in ("case", "agent", "talk_s")), strict=True
        )
    }


@few
@given(scenarios(), st.sampled_from([0.5, 1.5]))
def test_another_volume_keeps_the_customers_in_common(scenario: Scenario, factor: float) -> None:
    if any(reason.volume.at_s is not None for reason in scenario.reasons.values()):
        return
    scenario = _without_further_business(scenario)
    changes = {f"reasons.{name}.volume.factor": factor for name in scenario.reasons}
    base, changed = (
        set(_customers(simulate(each, 1, 0)))
        for each in (scenario, with_changes(scenario, changes))
    )
    assert base <= changed if factor > 1.0 else changed <= base


@few
@given(
    scenarios(),
    st.sampled_from([20.0, 40.0, 60.0]),
    st.sampled_from([1.0, 20.0, 1000.0]),
)
def test_more_authority_never_raises_the_approvals_asked(
    scenario: Scenario, limit: float, more: float
) -> None:
    # Every case is met once, by the front line, and approvers are there all day: then a case is
    # asked about if and only if it is solved and needs more than the limit.
    front = {"heads": 3, "authority": "level", "knowledge_sd": 0.0}
    boss = {"heads": 1, "tier": 2, "authority": "full"}
    ask = {"step": "ask_approver", "group": "boss", "decision_s": 60}
    refund = {
        **complaint(money={"distribution": "exponential", "mean": 50}),
        "volume": {"per_day": 200},
        "solve": scenario.reasons["reason_0"].solve,
    }
    asked = []
    for height in (limit, limit + more):
        made = centre(
            {"refund": refund},
            {"front": front, "boss": boss},
            authority={"level": {"limit": height}, "full": {"limit": float("inf")}},
            escalation={"beyond_authority": path(ask)},
            routing=scenario.routing.model_dump(),
            waiting=scenario.waiting.model_dump(exclude={"hold_patience_s"}),
            opening={"hours": "08:00-12:00"},
        )
        decisions = _table(simulate(made, 1, 0), "decisions")
        asked.append(set(decisions["case"][decisions["asker_group"] >= 0].tolist()))
    assert asked[1] <= asked[0]
