"""Lists of customers to call: worked out by hand, by closed forms, and as properties."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import with_changes
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState, DialOutcome
from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, centre, day_of, played, reason, rows

SHOWN = "record attempt began dialled answered ended outcome wrap_up_s last"
BUYERS = {"groups": ["front"], "records_at_start": 1, "contact_rate": 1.0, "talk_s": 100}
NOBODY = reason(15 * HOUR)
"""One caller in the afternoon."""


def lists(**keys: Any) -> dict[str, Any]:
    return {"buyers": {**BUYERS, **keys}}


def dialled(columns: str = SHOWN, calls: Any = NOBODY, heads: Any = 1, **keys: Any) -> Any:
    more = {key: keys.pop(key) for key in ("opening", "horizon", "ring_s") if key in keys}
    ring_s = more.pop("ring_s", 20)
    trace = played({"call": calls}, {"front": heads}, outbound=lists(ring_s=ring_s, **keys), **more)
    return rows(trace, "dials", columns)


def test_in_preview_the_agent_reads_calls_talks_and_wraps_up_then_takes_the_next() -> None:
    seen = dialled(records_at_start=2, preview_s=30, wrap_up_s=15)
    assert seen == [
        (0, 0, 0, 30, 50, 150, "right_party", 15, 1),
        (1, 0, 165, 195, 215, 315, "right_party", 15, 1),
    ]


def test_who_does_not_answer_is_called_again_later_and_given_up_after_the_tries() -> None:
    seen = dialled(contact_rate=0.0, contact_rate_by_time=EVENING, tries=2, retry_after_min=10)
    assert seen == [
        (0, 0, 0, 0, None, 20, "no_answer", 0, 0),
        (0, 1, 620, 620, None, 640, "no_answer", 0, 1),
    ]


EVENING = [{"start": "18:00", "end": "20:00", "contact_rate": 1.0}]


def test_at_an_hour_with_another_contact_rate_the_same_customer_answers() -> None:
    seen = dialled(
        "attempt dialled outcome",
        contact_rate=0.0,
        contact_rate_by_time=EVENING,
        retry_after_min=60 * 18.5,
    )
    assert seen == [(0, 0, "no_answer"), (1, 18.5 * HOUR + 20, "right_party")]


def test_somebody_else_who_answers_takes_the_time_of_another_talk_and_is_no_customer() -> None:
    seen = dialled(right_party=0.0, wrong_party_s=40, tries=1, wrap_up_s=15)
    assert seen == [(0, 0, 0, 0, 20, 60, "wrong_party", 0, 1)]


def test_a_customer_due_again_goes_before_one_never_called() -> None:
    keys = {"records_at_start": 9, "contact_rate": 0.0, "contact_rate_by_time": EVENING}
    seen = dialled("record began", **keys, tries=2, retry_after_min=1)
    assert seen[:5] == [(0, 0), (1, 20), (2, 40), (3, 60), (0, 80)]


def test_callers_go_first_and_no_call_is_begun_while_somebody_waits() -> None:
    trace = played(
        {"call": reason(10, 15, talk_s=60)},
        {"front": 1},
        outbound=lists(records_at_start=2, ring_s=20),
    )
    assert rows(trace, "contacts", "answered") == [(120,), (180,)]
    assert rows(trace, "dials", "began") == [(0,), (240,)]
    assert day_of(trace, 0, 400)[:4] == [
        ("outbound", 0, 120),
        ("talk", 120, 240),
        ("outbound", 240, 360),
        ("ready", 360, 400),
    ]


def test_who_calls_at_the_very_instant_goes_before_the_list() -> None:
    trace = played({"call": reason(0, talk_s=60)}, {"front": 1}, outbound=lists())
    assert rows(trace, "contacts", "answered") == [(0,)]
    assert rows(trace, "dials", "began") == [(60,)]


def test_so_many_agents_are_kept_free_for_callers() -> None:
    seen = dialled("began agent", heads=3, records_at_start=4, reserve=2)
    assert seen == [(0, 0), (120, 1), (240, 2), (360, 0)]


def test_letters_go_before_the_list_and_are_not_put_aside_for_it() -> None:
    trace = played(
        {"mail": reason(50, channel="email", talk_s=200)},
        {"front": 1},
        outbound=lists(records_at_start=2),
    )
    assert rows(trace, "contacts", "answered ended") == [(120, 320)]
    assert rows(trace, "dials", "began") == [(0,), (320,)]


def test_customers_are_put_on_the_list_each_morning_and_stay_until_they_are_called() -> None:
    keys = {"records_at_start": 0, "records_per_day": 2, "weekdays": {"tuesday": 0.5}}
    trace = played(
        {"call": NOBODY},
        {"front": 1},
        outbound=lists(**keys, hours="09:00-09:03"),
        horizon={"days": 3},
        opening={"hours": "08:00-20:00"},
    )
    assert rows(trace, "lists", "began records") == [(0, 2), (DAY, 1), (2 * DAY, 2)]
    nine = 9 * HOUR
    # Two calls of two minutes are begun in three minutes.
    assert rows(trace, "dials", "record began") == [
        *((0, nine), (1, nine + 120)),
        *((2, DAY + nine), (3, 2 * DAY + nine), (4, 2 * DAY + nine + 120)),
    ]


def test_nobody_is_called_on_a_day_on_which_the_telephone_is_closed() -> None:
    calls = reason(DAY + 15 * HOUR)
    seen = dialled("began", calls, opening={"days": {"monday": "closed"}}, horizon={"days": 2})
    assert seen == [(DAY,)]


def test_agents_in_a_break_or_at_home_call_nobody() -> None:
    shift = {"start": "09:00", "end": "10:00", "heads": 1}
    shift["breaks"] = [{"at": "09:01", "minutes": 10}]
    heads = {"shifts": {"day": shift}}
    seen = dialled("began", reason(9.9 * HOUR), heads, records_at_start=40)
    assert seen[:2] == [(9 * HOUR,), (9 * HOUR + 720,)]
    assert seen[-1][0] < 10 * HOUR


# A dialler that calls ahead.


def ahead(**keys: Any) -> dict[str, Any]:
    return {"mode": "progressive", **keys}


def test_ahead_of_two_free_agents_two_calls_ring_and_whoever_answers_meets_one() -> None:
    trace = played(
        {"call": NOBODY}, {"front": 2}, outbound=lists(**ahead(records_at_start=3, ring_s=20))
    )
    assert rows(trace, "dials", "record began answered outcome agent") == [
        (0, 0, 20, "right_party", 0),
        (1, 0, 20, "right_party", 1),
        (2, 120, 140, "right_party", 0),
    ]
    assert day_of(trace, 0, 200)[:2] == [("ready", 0, 20), ("outbound", 20, 120)]


def test_of_three_calls_for_one_agent_two_of_those_who_answer_meet_nobody() -> None:
    seen = dialled("record outcome agent last", **ahead(records_at_start=3, pace=3.0, tries=1))
    assert seen == [(0, "right_party", 0, 1), (1, "abandoned", -1, 1), (2, "abandoned", -1, 1)]


def test_a_caller_who_takes_the_agent_leaves_the_customer_of_the_list_without() -> None:
    calls = reason(10, talk_s=60)
    seen = dialled("answered outcome", calls, **ahead(tries=1))
    assert seen == [(20, "abandoned")]


def test_beyond_the_share_allowed_an_agent_is_held_for_every_call() -> None:
    calls = reason(10, 90, talk_s=60)
    seen = dialled(
        "began answered outcome", calls, **ahead(abandoned_at_most=0.03, records_at_start=2)
    )
    # The caller of 90 waits for the agent who is held from 70 on.
    assert seen[:2] == [(0, 20, "abandoned"), (70, 90, "right_party")]


# Closed forms.


def measures(scenario: Scenario) -> dict[str, float]:
    return summarise(scenario, simulate(scenario, 1, 0)).values["all", ""]


def long_list(heads: int = 1, **keys: Any) -> Scenario:
    section = lists(records_at_start=200_000, tries=1, **keys)
    return centre({"call": NOBODY}, {"front": heads}, outbound=section, horizon={"days": 10})


@pytest.mark.parametrize("contact_rate", [0.2, 0.5])
def test_in_preview_an_agent_makes_an_hour_of_calls_by_the_mean_of_each(
    contact_rate: float,
) -> None:
    talk = {"distribution": "exponential", "mean": 180}
    found = measures(
        long_list(contact_rate=contact_rate, preview_s=15, ring_s=25, talk_s=talk, wrap_up_s=30)
    )
    # Renewal-reward: each call takes 15 + 25 s, and with the contact rate 210 s more. About 7,500
    # calls: three standard errors are 3 % (exponential talk, contact or not).
    by_hand = 3600 / (40 + contact_rate * 210)
    assert found["outbound_dials_per_hour"] == pytest.approx(by_hand, rel=0.04)
    calls = found["outbound_dials"]
    error = 3 * np.sqrt(contact_rate * (1 - contact_rate) / calls)
    assert found["outbound_contact_rate"] == pytest.approx(contact_rate, abs=error)
    assert found["outbound_abandoned"] == 0.0
    assert found["occupancy"] == pytest.approx(1.0, abs=0.001)


@pytest.mark.parametrize("pace", [2, 4])
def test_ahead_of_one_agent_the_share_abandoned_is_that_of_a_round_of_calls(pace: int) -> None:
    share = 0.4
    found = measures(long_list(**ahead(contact_rate=share, pace=float(pace), ring_s=20)))
    # In each round so many ring together, and one of those who answer meets the agent.
    spoken = (1 - (1 - share) ** pace) / (share * pace)
    answered = found["outbound_dials"] * share
    error = 3 * np.sqrt(spoken * (1 - spoken) / answered)
    assert found["outbound_abandoned"] == pytest.approx(1 - spoken, abs=error)


# Properties.


BUSY = {
    "volume": {"per_day": 1500},
    "groups": ["front"],
    "handling": {"voice": {"talk_s": {"distribution": "exponential", "mean": 200}}},
    "patience_s": {"voice": {"distribution": "exponential", "mean": 120}},
}


def blended(**keys: Any) -> Scenario:
    section = {"records_at_start": 20_000, "contact_rate": 0.4, "right_party": 0.8}
    section |= {"ring_s": 20, "talk_s": {"distribution": "exponential", "mean": 150}, **keys}
    return centre({"call": BUSY}, {"front": 8}, outbound=lists(**section), horizon={"days": 2})


def under(scenario: Scenario, changes: dict[str, Any]) -> tuple[Trace, dict[str, float]]:
    changed = with_changes(scenario, changes)
    trace = simulate(changed, 1, 0)
    return trace, summarise(changed, trace).values["all", ""]


def test_more_callers_leave_less_time_for_the_list() -> None:
    dials = [
        under(blended(), {"reasons.call.volume.per_day": number})[1]["outbound_dials"]
        for number in (600, 1500, 2600)
    ]
    assert dials[0] > dials[1] > dials[2] > 0


def test_agents_kept_free_protect_callers_and_slow_the_list() -> None:
    found = [under(blended(), {"outbound.buyers.reserve": k})[1] for k in (0, 2, 5)]
    assert found[0]["service_level"] < found[1]["service_level"] < found[2]["service_level"]
    assert found[0]["outbound_dials"] > found[1]["outbound_dials"] > found[2]["outbound_dials"]


def test_the_same_try_of_the_same_customer_ends_alike_whatever_the_callers_do() -> None:
    def outcomes(trace: Trace) -> dict[tuple[int, int], int]:
        cells = trace.dials.as_dict()
        keys = zip(cells["record"].tolist(), cells["attempt"].tolist(), strict=True)
        return dict(zip(keys, cells["outcome"].tolist(), strict=True))

    quiet, busy = (
        outcomes(under(blended(), {"reasons.call.volume.per_day": number})[0])
        for number in (600, 2600)
    )
    common = quiet.keys() & busy.keys()
    assert len(common) > 300
    assert all(quiet[key] == busy[key] for key in common)


def test_a_list_changes_no_customer_who_calls() -> None:
    with_list = simulate(blended(), 1, 0)
    without = simulate(with_changes(blended(), {}, ["outbound"]), 1, 0)
    for column in ("began", "reason"):
        one, other = (trace.cases for trace in (with_list, without))
        order = np.argsort(one["case"]), np.argsort(other["case"])
        assert np.array_equal(one[column][order[0]], other[column][order[1]])
    assert not {"dials", "lists"} & without.tables().keys()


def test_measures_of_callers_know_nothing_of_the_list() -> None:
    quiet = centre(
        {"call": reason(100, talk_s=60)}, {"front": 2}, outbound=lists(records_at_start=1)
    )
    found = measures(quiet)
    assert [found[name] for name in ("tried", "offered", "handled", "cases")] == [1, 1, 1, 1]
    assert (found["aht"], found["fcr"], found["service_level"]) == (60, 1.0, 1.0)
    assert (found["outbound_dials"], found["outbound_right_party"]) == (1, 1)
    assert (found["outbound_list_tried"], found["outbound_list_done"]) == (1, 1)


def test_the_share_abandoned_stays_near_what_is_allowed() -> None:
    ahead_of_all = {"outbound.buyers.mode": "progressive", "outbound.buyers.pace": 3.0}
    free = under(blended(), ahead_of_all)[1]["outbound_abandoned"]
    capped = under(blended(), {**ahead_of_all, "outbound.buyers.abandoned_at_most": 0.03})[1]
    assert free > 0.15
    # Calls that ring together when the share is reached may still meet nobody.
    assert capped["outbound_abandoned"] < 0.05


@pytest.mark.parametrize("mode", ["preview", "progressive"])
def test_agents_time_at_it_is_that_of_the_calls(mode: str) -> None:
    trace, found = under(blended(), {"outbound.buyers.mode": mode})
    cells, spans = trace.dials.as_dict(), trace.spans.as_dict()
    held = cells["agent"] >= 0
    began = cells["began"] if mode == "preview" else cells["answered"]
    end = np.minimum(cells["ended"] + cells["wrap_up_s"], trace.horizon_s)
    seconds = (end - began)[held].sum()
    at_it = spans["state"] == AgentState.OUTBOUND
    unfinished = 8 * 40.0  # calls that ring when the horizon ends
    spent = (spans["end"] - spans["start"])[at_it].sum()
    assert seconds <= spent + 1e-6 <= seconds + unfinished
    assert found["outbound_time"] == pytest.approx(spent / (8 * 2 * DAY))
    right = (cells["outcome"] == DialOutcome.RIGHT_PARTY).sum()
    assert found["outbound_right_party_per_hour"] == pytest.approx(right / spent * 3600)


def test_a_phase_may_change_how_a_list_is_worked() -> None:
    phase = {"from_day": 2, "changes": {"outbound.buyers.records_per_day": 3}}
    trace = played(
        {"call": NOBODY},
        {"front": 1},
        outbound=lists(records_at_start=0, records_per_day=1),
        horizon={"days": 2},
        phases=[phase],
    )
    assert rows(trace, "lists", "began records") == [(0, 1), (DAY, 3)]
    assert len(trace.dials) == 4
