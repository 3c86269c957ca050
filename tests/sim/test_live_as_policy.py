"""What was changed on the floor, written as a policy where a policy can say it."""

from __future__ import annotations

from scenarios import Policy, load
from scenarios.policies.policy import with_changes
from sim.live import Announce, CallIn, Made, SendAgents, SetLimit, as_policy
from tui.floor.made_policy import made_policy

HOUR = 3600.0
RETAIL = load("retail-complaints")


def test_a_limit_becomes_the_limit_of_its_authority_level() -> None:
    policy = as_policy(RETAIL, [Made(10 * HOUR, SetLimit("none", 80.0), "limit")])
    assert policy.changes == {"authority.none.limit": 80.0}
    assert with_changes(RETAIL, policy.changes).authority["none"].limit == 80.0
    assert policy.notes == ["A policy holds from the first opening on, not from a time of day."]
    assert not policy.left_out


def test_of_several_limits_and_announcements_the_last_one_counts() -> None:
    policy = as_policy(
        RETAIL,
        [
            Made(9 * HOUR, SetLimit("none", 80.0), ""),
            Made(9 * HOUR, Announce("none"), ""),
            Made(10 * HOUR, SetLimit("none", 20.0), ""),
            Made(11 * HOUR, Announce("expected_wait", 1.0, 1.2), ""),
        ],
    )
    assert not policy.remove
    changed = with_changes(RETAIL, policy.changes)
    assert changed.authority["none"].limit == 20.0
    assert changed.acknowledgement is not None
    assert changed.acknowledgement.announce == "expected_wait"
    assert changed.acknowledgement.told_factor == 1.2


def test_announcing_nothing_leaves_the_section_out() -> None:
    policy = as_policy(RETAIL, [Made(9 * HOUR, Announce("none"), "")])
    assert with_changes(RETAIL, policy.changes, policy.remove).acknowledgement is None


def test_called_in_agents_become_heads_of_the_shift_of_that_time() -> None:
    policy = as_policy(RETAIL, [Made(9.5 * HOUR, CallIn(3, "front_line"), "")])
    assert policy.changes == {"groups.front_line.shifts.day.heads": 11}
    assert any("whole shift" in note for note in policy.notes)


def test_agents_sent_elsewhere_leave_one_shift_and_join_another() -> None:
    policy = as_policy(RETAIL, [Made(9.5 * HOUR, SendAgents(2, "front_line", "specialists"), "")])
    assert policy.changes == {
        "groups.front_line.shifts.day.heads": 6,
        "groups.specialists.shifts.early.heads": 4,
    }
    assert with_changes(RETAIL, policy.changes)


def test_what_no_policy_can_say_is_left_out_with_the_reason() -> None:
    at_night = Made(3 * HOUR, CallIn(1, "front_line"), "1 agent called in")
    too_many = Made(9 * HOUR, SendAgents(9, "front_line", "specialists"), "9 agents sent")
    bank = load("bank-1999")
    numbers = Made(9 * HOUR, CallIn(1, next(iter(bank.groups))), "1 agent called in")
    night, many = as_policy(RETAIL, [at_night]), as_policy(RETAIL, [too_many])
    assert not night.changes
    assert "no shift at that time" in night.left_out[0]
    assert not many.changes
    assert "more than one shift" in many.left_out[0]
    assert not as_policy(bank, [numbers]).changes


def test_changes_on_top_of_a_policy_replace_its_relative_ones() -> None:
    limit, said = "authority.guided.limit", "acknowledgement.patience_factor"
    changes = {f"{limit} *=": 2, f"{said} *=": 0.9, "groups.front_line.authority": "guided"}
    base = RETAIL.model_copy(update={"policies": {"kind": Policy(changes=changes)}})
    done = [Made(9 * HOUR, SetLimit("guided", 80.0), ""), Made(9 * HOUR, Announce("none"), "")]
    policy = made_policy(base, "kind", done).policy
    assert policy is not None
    assert policy.changes == {"groups.front_line.authority": "guided", limit: 80.0}
    after = with_changes(RETAIL, policy.changes, policy.remove)
    assert after.authority["guided"].limit == 80.0
    assert after.acknowledgement is None
    untouched = made_policy(base, "kind", done[1:]).policy
    assert untouched is not None
    assert untouched.changes[f"{limit} *="] == 2, "what was not touched stays relative"
