"""What agents decide alone and what they give, worked out by hand."""

from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import complaint, path, played, rows

FIVE = (0, 10, 20, 30, 40)
ASK = {"step": "ask_approver", "group": "boss", "decision_s": 20}


def _decided(level: dict[str, Any], reasons: dict[str, Any], **front: Any) -> Trace:
    groups = {
        "front": {"heads": 5, "authority": "level", **front},
        "boss": {"heads": 5, "tier": 2, "authority": "full"},
    }
    levels = {"level": level, "full": {"limit": 1000}}
    return played(reasons, groups, authority=levels, escalation={"beyond_authority": path(ASK)})


def _asked(trace: Trace) -> list[bool]:
    return [asker is not None for _, asker in rows(trace, "decisions", "case asker_group")]


def test_an_agent_decides_up_to_the_limit_and_asks_above_it() -> None:
    reasons = {f"refund_{m}": complaint(m, money=m) for m in (19, 20, 21)}
    assert _asked(_decided({"limit": 20}, reasons)) == [False, False, True]


def test_each_kind_of_decision_has_its_limit_and_some_are_never_allowed() -> None:
    kinds = ("refund", "goodwill", "fee_waiver")
    reasons = {
        kind: {**complaint(10 * k), "remedy": {"kinds": {kind: 1.0}, "money": 15}}
        for k, kind in enumerate(kinds)
    }
    level = {"limit": 20, "limits": {"goodwill": 10}, "never": ["fee_waiver"]}
    assert _asked(_decided(level, reasons)) == [False, True, True]


def test_a_decision_without_money_still_needs_authority() -> None:
    reasons = {"exception": complaint(*FIVE, money=0)}
    assert _asked(_decided({"limit": 0}, reasons)) == [False] * 5
    assert _asked(_decided({"never": ["refund"]}, reasons)) == [True] * 5
    trace = played(
        reasons,
        {"front": 5, "boss": {"heads": 5, "tier": 2, "authority": "full"}},
        authority={"full": {"limit": 1000}},
        escalation={"beyond_authority": path(ASK)},
    )
    assert _asked(trace) == [True] * 5


@pytest.mark.parametrize(("factor", "paid"), [(0.8, 40), (1.2, 60), (2.0, 70)])
def test_who_decides_alone_gives_more_or_less_but_never_more_than_the_limit(
    factor: float, paid: float
) -> None:
    trace = _decided({"limit": 70}, {"refund": complaint(*FIVE)}, generosity={"mean": factor})
    assert set(rows(trace, "decisions", "money limit approved paid")) == {(50, 70, 1, paid)}
    assert set(rows(trace, "cases", "money paid")) == {(50, paid)}


def test_what_agents_give_differs_from_case_to_case_around_the_mean() -> None:
    trace = _decided(
        {"limit": 1000},
        {"refund": complaint(*range(0, 40_000, 100), money=100)},
        generosity={"mean": 1.1, "cv": 0.2},
    )
    given = [paid for _, paid in rows(trace, "decisions", "case paid")]
    # 400 cases of mean 110 and standard deviation 22: four standard errors are 4.4.
    assert abs(sum(given) / 400 - 110) < 4.4
    assert len(set(given)) == 400


def test_only_a_share_of_the_cases_needs_a_remedy_and_kinds_come_by_their_shares() -> None:
    remedy = {"needed": 0.5, "kinds": {"refund": 3.0, "goodwill": 1.0}, "money": 10}
    damaged = {**complaint(*range(0, 80_000, 100)), "remedy": remedy}
    trace = _decided({"limit": 20, "never": ["goodwill"]}, {"damaged": damaged})
    asked = _asked(trace)
    # 800 cases, 400 decisions, 100 of them beyond authority: four standard errors each.
    assert abs(len(asked) - 400) < 57
    assert abs(sum(asked) - 100) < 38
    assert rows(trace, "cases", "money").count((None,)) == 800 - len(asked)
