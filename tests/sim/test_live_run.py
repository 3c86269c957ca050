"""A live run: watched, stepped and changed, it stays the run that it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import load_text
from scenarios.schema import Scenario
from sim import Trace, simulate
from sim.live import (
    Announce,
    CallIn,
    Change,
    ChangeError,
    Doing,
    LiveRun,
    Moment,
    SendAgents,
    SetLimit,
    Snapshot,
    Topic,
    What,
    replay,
)
from sim.live.moments import KEPT_PER_TOPIC, KEPT_STORIES, TOPIC_OF, Journal
from sim.live.run import SHOWN
from tests.support import timed_centres
from tests.support.busy_centre import BUSY
from tests.support.timed_centres import reason

HOUR = 3600.0
SEED = 3


@pytest.fixture(scope="module")
def busy() -> Scenario:
    return load_text(BUSY.replace("days = 9", "days = 2"))


@pytest.fixture
def run(busy: Scenario) -> LiveRun:
    run = LiveRun(busy, SEED)
    run.advance(12 * HOUR)
    return run


def assert_same(found: Trace, expected: Trace) -> None:
    assert found.tables().keys() == expected.tables().keys()
    for name, table in expected.tables().items():
        for column in table.columns:
            np.testing.assert_array_equal(
                found.tables()[name][column], table[column], f"{name}.{column}"
            )


def counted(snapshot: Snapshot, group: str, *, without: Doing = Doing.OFF) -> int:
    seen = next(seen for seen in snapshot.groups if seen.name == group)
    return len(seen.doing) - seen.doing.count(without)


def test_slices_steps_and_looks_change_no_bit_of_the_trace(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    while run.now < run.horizon_s:
        run.step()
        run.minute()
        run.advance(run.now + 1_713.3)
        run.snapshot()
    assert_same(run.close(), simulate(busy, SEED, 0))


def test_what_happens_at_the_last_instant_happens_in_slices_as_well() -> None:
    scenario = timed_centres.centre(
        {"enquiry": reason(2 * 24 * HOUR - 100, 2 * 24 * HOUR - 50, talk_s=600)},
        {"front": 1},
        opening={"hours": "08:00-24:00", "at_closing": "offer_callback"},
        horizon={"days": 2},
    )
    run = LiveRun(scenario, SEED)
    run.advance(2 * 24 * HOUR - 10)
    run.advance(run.horizon_s)
    assert_same(run.close(), simulate(scenario, SEED, 0))


def test_a_customer_for_whom_no_group_may_come_yet_is_seen_waiting() -> None:
    late = reason(10, talk_s=60, groups=[{"group": "front", "after_s": 30}])
    scenario = timed_centres.centre({"enquiry": late}, {"front": 1})
    run = LiveRun(scenario, SEED)
    run.advance(20.0)
    (queue,) = run.snapshot().queues
    assert (queue.groups, queue.waiting, queue.longest_s) == (("front",), 1, 10.0)
    told = [(moment.at, moment.what, moment.detail) for moment in run.snapshot().recent]
    assert (10.0, What.WAITS, "front") in told
    run.advance(run.horizon_s)
    assert timed_centres.rows(run.close(), "contacts", "answered") == [(40,)]


OVERNIGHT = """
[opening]
hours = "00:00-24:00"
days = { tuesday = "00:00-18:00" }
"""
"""Open over the midnight in which a warm-up of a day ends; nobody is left in line at the end."""


def _busy_by_night() -> Scenario:
    """Waits, decisions and promises continue at midnight, when the warm-up ends; promises break."""
    text = BUSY[: BUSY.index("[opening]")] + OVERNIGHT + BUSY[BUSY.index("[voice_menu]") :]
    for before, after in {
        "days = 9": "days = 2\nwarm_up_days = 1",
        'end = "18:00"\nheads': 'end = "02:00"\nheads',
        "[reasons.order]": '[acknowledgement]\nannounce = "expected_wait"\n\n[reasons.order]',
        "heads = 2": "heads = 1",
        "decision_s = 60": "decision_s = 900",
        "mean = 240 }": "mean = 9_000 }",
        "due_h = 24": "due_h = 1",
    }.items():
        assert before in text
        text = text.replace(before, after)
    return load_text(text)


@pytest.mark.parametrize(("overnight", "seed"), [(False, SEED), (True, 5), (True, 10)])
def test_the_measures_so_far_become_the_measures_of_the_run(
    busy: Scenario, overnight: bool, seed: int
) -> None:
    scenario = _busy_by_night() if overnight else busy
    run = LiveRun(scenario, seed)
    run.advance(run.horizon_s)
    so_far = run.snapshot().so_far
    total = summarise(scenario, run.close()).values["all", ""]
    assert {"service_level", "fcr", "approval_wait", "promises_kept"} < so_far.keys()
    assert so_far == pytest.approx({name: total[name] for name in so_far}, rel=1e-9)
    assert not any(np.isnan(amount) for amount in so_far.values())


def test_who_is_turned_away_at_closing_time_is_lost_and_offered_who_comes_later_is_neither() -> (
    None
):
    eight = 20 * timed_centres.HOUR
    calls = reason(eight - 60, eight - 30, eight + 60, talk_s=600)
    opening = {"hours": "08:00-20:00", "at_closing": "cut_off"}
    run = LiveRun(timed_centres.centre({"enquiry": calls}, {"front": 1}, opening=opening), SEED)
    run.show([Topic.LOST])
    run.advance(eight + 120)
    snapshot = run.snapshot()
    assert [(moment.at, moment.what) for moment in snapshot.recent if moment.case >= 1] == [
        (eight, What.TURNED_AWAY),
        (eight, What.GIVES_UP),
        (eight + 60, What.CLOSED),
        (eight + 60, What.GIVES_UP),
    ]
    run.advance(eight + 600)
    assert run.snapshot().offered == 2  # the one in hand and the one turned away


def test_a_step_goes_on_to_the_next_thing_that_can_be_seen(run: LiveRun) -> None:
    before = run.snapshot()
    run.step()
    after = run.snapshot()
    assert after.now > before.now
    assert after.recent[-1].at == after.now


def test_a_step_can_wait_for_one_kind_of_thing(run: LiveRun) -> None:
    run.show([Topic.APPROVALS])
    written = run.snapshot().written
    run.step([Topic.APPROVALS])
    newest = run.snapshot().recent[-1]
    assert TOPIC_OF[newest.what] is Topic.APPROVALS
    assert newest.number >= written
    assert newest.at == run.now


def test_a_minute_ends_on_the_full_minute(run: LiveRun) -> None:
    run.advance(run.now + 17.5)
    run.minute()
    assert run.now == 12 * HOUR + 60.0


def test_a_closed_centre_says_when_customers_can_call_next(busy: Scenario) -> None:
    assert LiveRun(busy, SEED).next_opening() == 8 * HOUR


def test_a_story_begins_with_the_call_and_ends_with_the_case(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    run.show([Topic.RESOLVED])
    run.advance(15 * HOUR)
    for case in {moment.case for moment in run.snapshot().recent if moment.what is What.RESOLVED}:
        run.follow(case)
        story = run.snapshot().followed
        assert story is not None
        assert story.moments[0].what is What.CALLS
        assert story.moments[-1].what is What.RESOLVED
        assert story.state == "resolved"
        times = [moment.at for moment in story.moments]
        assert times == sorted(times)
        kinds = [moment.what for moment in story.moments]
        assert kinds.index(What.CALLS) < kinds.index(What.ANSWERED) < kinds.index(What.SETTLED)


def test_every_approval_in_the_log_stands_in_the_trace(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    seen = dict.fromkeys((What.APPROVED, What.REFUSED, What.PASSED_UP, What.DECIDES_ALONE), 0)
    run.show([Topic.APPROVALS])
    last = -1
    while run.now < run.horizon_s:
        run.advance(run.now + 300.0)
        for moment in run.snapshot().recent:
            if moment.number > last and moment.what in seen:
                seen[moment.what] += 1
            last = max(last, moment.number)
    decisions = run.close().decisions
    approved, asked = decisions["approved"], decisions["asker_group"] >= 0
    assert seen == {
        What.APPROVED: np.count_nonzero(asked & (approved == 1.0)),
        What.REFUSED: np.count_nonzero(asked & (approved == 0.0)),
        What.PASSED_UP: np.count_nonzero(asked & (approved == -1.0)),
        What.DECIDES_ALONE: np.count_nonzero(~asked),
    }


def _every_moment(run: LiveRun, *kinds: What) -> list[Moment]:
    """All moments of some kinds, to the end of the run."""
    run.show({TOPIC_OF[what] for what in kinds})
    found: dict[int, Moment] = {}
    while run.now < run.horizon_s:
        run.advance(run.now + 120.0)
        for moment in run.snapshot().recent:
            if moment.what in kinds:
                found[moment.number] = moment
    return list(found.values())


def test_every_hold_is_told_in_the_story_of_the_customer_who_was_on_hold(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    moments = _every_moment(run, What.HOLDS, What.OFF_HOLD)
    legs = run.close().legs
    held_s: dict[int, float] = {}
    begun: dict[tuple[int, int], int] = {}
    for moment in moments:
        one = moment.case, moment.agent
        begun[one] = begun.get(one, 0) + (1 if moment.what is What.HOLDS else -1)
        assert begun[one] in (0, 1), "a hold begins before it ends"
        held_s[moment.case] = held_s.get(moment.case, 0.0) + moment.amount
    assert len(held_s) > 50
    by_case = np.bincount(legs["case"], legs["hold_s"])
    assert held_s == pytest.approx(
        {case: by_case[case] for case in np.flatnonzero(by_case).tolist()}
    )


def test_the_approver_who_turns_to_a_request_decides_it(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    moments = _every_moment(run, What.TURNS_TO_IT)
    decisions = run.close().decisions
    asked = (decisions["asker_group"] >= 0) & ~np.isnan(decisions["started"])
    assert len(moments) > 20
    assert {(moment.at, moment.case, moment.agent) for moment in moments} == set(
        zip(
            *(decisions[name][asked].tolist() for name in ("started", "case", "agent")),
            strict=True,
        )
    )


def test_who_waits_for_an_approver_is_seen_with_the_supervisors_queue(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    seen = 0
    for _ in range(200):
        run.step([Topic.APPROVALS])
        snapshot = run.snapshot()
        asking = {view.agent for view in snapshot.approvals if view.agent >= 0}
        for group in snapshot.groups:
            for agent, doing in zip(group.agents, group.doing, strict=True):
                if doing == Doing.WITH_APPROVER:
                    assert agent in asking
                    seen += 1
        deciding = sum(group.doing.count(Doing.DECIDING) for group in snapshot.groups)
        assert sum(view.started is not None for view in snapshot.approvals) <= deciding
    assert seen > 0


def test_a_long_run_keeps_no_more_moments_than_a_short_one() -> None:
    journal = Journal()
    for case in range(KEPT_STORIES + 500):
        journal.note(float(case), What.CALLS, case)
        journal.note(float(case), What.RESOLVED, case)
        journal.end_story(case)
    assert len(journal.newest([Topic.ARRIVALS], 10_000)) == KEPT_PER_TOPIC
    assert not journal.story(499)
    assert journal.story(500)
    assert journal.written == 2 * (KEPT_STORIES + 500)


def test_a_snapshot_holds_a_bounded_part_of_the_log(run: LiveRun) -> None:
    snapshot = run.snapshot()
    assert len(snapshot.recent) == SHOWN
    assert [moment.number for moment in snapshot.recent] == sorted(
        moment.number for moment in snapshot.recent
    )


# Changes while it runs.


def test_the_same_changes_at_the_same_times_give_the_same_run(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    for hour, change in (
        (9.2, SetLimit("limited", 60.0)),
        (11.5, SendAgents(2, "front", "specialists")),
        (15.6, CallIn(2, "front", 2.0)),
        (33.0, Announce("expected_wait", 1.1, 1.2)),
        (35.0, Announce("none")),
    ):
        while run.now < hour * HOUR:
            run.step()
            run.advance(min(run.now + 211.0, hour * HOUR))
        run.change(change)
    changes = run.changes
    trace = run.close()
    assert_same(replay(busy, SEED, 0, changes), trace)
    assert len(trace.contacts) != len(simulate(busy, SEED, 0).contacts)


def test_a_run_replayed_without_its_changes_is_the_untouched_one(busy: Scenario) -> None:
    assert_same(replay(busy, SEED, 0), simulate(busy, SEED, 0))


def test_a_higher_limit_is_good_for_the_very_next_decision(run: LiveRun, busy: Scenario) -> None:
    made = run.change(SetLimit("limited", 80.0))
    decisions = run.close().decisions
    after = decisions["asked"] > made.at
    assert np.count_nonzero(after & (decisions["asker_group"] < 0)) > 30
    # Nobody needs more than 80; who asks for knowledge asks about no money.
    asked = after & (decisions["asker_group"] >= 0) & (decisions["kind"] >= 0)
    before = simulate(busy, SEED, 0).decisions
    assert np.count_nonzero(asked) < np.count_nonzero(before["asker_group"] >= 0) / 4


def test_agents_who_are_sent_finish_what_they_have_in_hand(run: LiveRun) -> None:
    front, specialists = (counted(run.snapshot(), name) for name in ("front", "specialists"))
    run.change(SendAgents(3, "front", "specialists"))
    run.advance(run.now + 0.4 * HOUR)
    after = run.snapshot()
    assert counted(after, "specialists") == specialists + 3
    assert counted(after, "front") == front - 3
    legs = run.close().legs
    sent = set(after.groups[1].agents) - {13, 14}
    for agent in sent:
        groups = legs["group"][(legs["agent"] == agent) & (legs["answered"] < 18 * HOUR)]
        assert np.all(np.diff(groups) >= 0), "first the old group's contacts, then the new one's"


def test_agents_who_are_sent_use_the_other_groups_knowledge_base_for_good() -> None:
    aided = {"heads": 2, "tenure_weeks": 10, "knowledge_base": {"look_up_s": 5, "knowledge": 2.0}}
    scenario = timed_centres.centre(
        {"call": reason(0, groups=["aided"]), "question": reason(0, groups=["plain"])},
        {"aided": aided, "plain": {"heads": 1, "tenure_weeks": 10}},
        horizon={"days": 3},
    )
    run = LiveRun(scenario, SEED)
    run.advance(10 * HOUR)
    run.change(SendAgents(1, "aided", "plain"))
    run.advance(11 * HOUR)
    (sent,) = set(run.snapshot().groups[1].agents) & {0, 1}
    staff = run.close().staff
    known = {
        agent: staff["knowledge"][(staff["agent"] == agent) & (staff["day"] > 0)].tolist()
        for agent in (0, 1)
    }
    assert known == {sent: [0.0, 0.0], 1 - sent: [2.0, 2.0]}


def test_an_agent_called_in_comes_immediately_and_is_paid_for_the_hours(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    run.advance(9 * HOUR)
    before = counted(run.snapshot(), "front")
    made = run.change(CallIn(2, "front", hours=1.5))
    assert counted(run.snapshot(), "front") == before + 2
    shifts = run.close().shifts
    extra = shifts["start"] == made.at
    np.testing.assert_array_equal(shifts["end"][extra] - made.at, [1.5 * HOUR] * 2)


def test_nobody_works_twice_at_a_time_after_being_called_in(busy: Scenario) -> None:
    run = LiveRun(busy, SEED)
    run.advance(10 * HOUR)
    run.change(CallIn(5, "front", hours=6.0))
    spans = run.close().spans
    for agent in np.unique(spans["agent"]):
        own = spans["agent"] == agent
        order = np.argsort(spans["start"][own], kind="stable")
        start, end = spans["start"][own][order], spans["end"][own][order]
        assert np.all(start[1:] >= end[:-1] - 1e-6)


def test_customers_are_told_the_wait_from_the_announcement_on(run: LiveRun) -> None:
    made = run.change(Announce("expected_wait"))
    contacts = run.close().contacts
    told = ~np.isnan(contacts["told_s"])
    assert told.any()
    assert np.all(contacts["queued"][told] >= made.at)


def test_what_was_changed_stands_in_the_log(run: LiveRun) -> None:
    run.show([Topic.CHANGES])
    made = run.change(SetLimit("limited", 50.0))
    assert made.at == np.floor(12 * HOUR) + 1.0
    (moment,) = run.snapshot().recent
    assert (moment.at, moment.detail) == (made.at, made.words)
    assert run.snapshot().changes == (made,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SendAgents(40, "front", "specialists"), "Front has only|front has only"),
        (SendAgents(1, "front", "front"), "two different groups"),
        (SendAgents(0, "front", "specialists"), "1 or more"),
        (CallIn(1, "supervisors"), "nobody off duty"),
        (CallIn(1, "nobody"), "no group nobody"),
        (SetLimit("none", 5.0), "no authority level none"),
        (SetLimit("limited", -5.0), "0 or more"),
        (Announce("comfort", 0.0), "more than 0"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_words(
    run: LiveRun, change: Change, words: str
) -> None:
    with pytest.raises(ChangeError, match=words):
        run.change(change)
    assert run.changes == ()


def test_a_group_staffed_by_numbers_is_called_in_by_raising_the_number() -> None:
    scenario = load_text(
        """
        [reasons.call]
        volume.per_day = 2000
        groups = ["desk"]
        handling.voice.talk_s = 60
        [groups.desk]
        heads_by_interval = { interval_min = 60, heads.every_day = [2, 2, 2, 5, 2, 2] }
        [groups.other]
        heads = 1
        """
    )
    run = LiveRun(scenario, SEED)
    run.advance(1.5 * HOUR)
    run.change(CallIn(2, "desk"))
    assert counted(run.snapshot(), "desk") == 4
    run.advance(2.1 * HOUR)
    assert counted(run.snapshot(), "desk") == 2
    with pytest.raises(ChangeError, match="not by persons"):
        run.change(SendAgents(1, "desk", "other"))


def _steps(run: LiveRun) -> None:
    run.step()


def _slices(run: LiveRun) -> None:
    run.advance(run.now + 0.37)


@pytest.mark.parametrize("go_on", [_steps, _slices])
def test_a_change_takes_hold_at_the_same_second_however_the_time_was_reached(
    busy: Scenario, go_on: Callable[[LiveRun], None]
) -> None:
    run, other = LiveRun(busy, SEED), LiveRun(busy, SEED)
    run.advance(10 * HOUR)
    while run.now < 10 * HOUR + 20.0:
        go_on(run)
    made = run.change(SetLimit("limited", 70.0))
    other.advance(made.at - 0.5)
    assert other.change(SetLimit("limited", 70.0)).at == made.at
    assert_same(run.close(), other.close())
