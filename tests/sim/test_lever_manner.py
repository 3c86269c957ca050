"""How agents meet a customer: apologies, explanations, and the history at hand."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import load_text, with_changes
from sim import simulate
from sim.trace.codes import Explanation
from sim.trace.trace import Trace
from tests.support.timed_centres import complaint, path, played, reason, rows

SORRY = {"heads": 2, "authority": "full", "apology": {"takes_s": 10}}
FULL = {"full": {"limit": 1000}}
DESK = """
[horizon]
days = 5
[opening]
hours = "09:00-17:00"
[repeat]
probability = 0.8
delay_min = 60
[reasons.damage]
complaint = true
volume.per_day = 200
groups = ["desk"]
solve = 0.7
remedy.money = 10
handling.voice.talk_s = 60
[groups.desk]
heads = 6
authority = "full"
apology = { apologises = 0.5, explains = 0.5, honest = 0.5 }
[authority.full]
limit = 100
[escalation.beyond_knowledge]
steps = [{ step = "decline" }]
[satisfaction]
"""


def desk(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), changes), 1, 0)


def test_who_complains_hears_an_apology_and_pays_for_it_with_time() -> None:
    """By hand: a complaint and an enquiry at once, 60 s of talk each, 10 s to apologise."""
    trace = played({"damage": complaint(0), "enquiry": reason(0)}, {"front": SORRY}, authority=FULL)
    assert rows(trace, "legs", "reason talk_s") == [("damage", 70.0), ("enquiry", 60.0)]
    assert trace.apologies["contact"].tolist() == [0]
    assert trace.apologies["apologised"].tolist() == [1]
    assert trace.apologies["explanation"].tolist() == [Explanation.REASON]


def test_every_agent_met_apologises_anew() -> None:
    """By hand: the front cannot solve it and passes it on; both say they are sorry."""
    knows = {**SORRY, "knowledge": 100.0}
    trace = played(
        {"damage": complaint(0, solve=1e-12)},
        {"front": SORRY, "back": knows},
        authority=FULL,
        escalation={"beyond_knowledge": path({"step": "cold_transfer", "group": "back"})},
    )
    assert trace.apologies["leg"].tolist() == [0, 1]


def said(trace: Trace) -> dict[tuple[int, int], tuple[int, int]]:
    """What was said to each case by each of its agents: only first contacts compare."""
    table = trace.apologies.as_dict()
    first = {int(c) for c in trace.contacts["contact"][trace.contacts["attempt"] == 0]}
    began = dict(zip(trace.cases["case"].tolist(), trace.cases["began"].tolist(), strict=True))
    return {
        (began[case], leg): (apologised, explanation)
        for contact, case, leg, _, apologised, explanation in zip(
            *(table[name].tolist() for name in table), strict=True
        )
        if contact in first
    }


def test_agents_apologise_and_explain_to_their_shares_of_the_complaints() -> None:
    # About 1000 first contacts; four standard errors of a half are 6 points, of a quarter 5.5.
    trace = desk()
    first = int((trace.contacts["attempt"] == 0).sum())
    heard = list(said(trace).values())
    assert sum(a for a, _ in heard) / first == pytest.approx(0.5, abs=0.06)
    for explanation in (Explanation.REASON, Explanation.JUSTIFICATION):
        share = sum(e == explanation for _, e in heard) / first
        assert share == pytest.approx(0.25, abs=0.055)


def test_who_hears_an_apology_hears_it_too_where_agents_apologise_more() -> None:
    rare = {key for key, (apologised, _) in said(desk()).items() if apologised}
    often = said(desk(**{"groups.desk.apology.apologises": 0.9}))
    often_heard = {key for key, (apologised, _) in often.items() if apologised}
    assert rare < often_heard


def test_more_apologies_approve_pay_and_resolve_nothing_more() -> None:
    none = desk(**{"groups.desk.apology": {"apologises": 0.0, "explains": 0.0}})
    much = desk(**{"groups.desk.apology": {}})
    for name, table in none.tables().items():
        for column in table.columns:
            assert np.array_equal(table[column], much.tables()[name][column], equal_nan=True)


def csat(**apology: float) -> float:
    given = with_changes(load_text(DESK), {"groups.desk.apology": apology})
    return summarise(given, simulate(given, 1, 0)).values["all", ""]["csat_true"]


def test_apologies_and_honest_explanations_please_and_justifications_do_not() -> None:
    nothing = {"apologises": 0.0, "explains": 0.0}
    silent = csat(**nothing)
    assert csat(**{**nothing, "apologises": 1.0}) > silent
    assert csat(**{**nothing, "explains": 1.0}) > silent
    assert csat(**{**nothing, "explains": 1.0, "honest": 0.0}) == silent
    both = csat(apologises=1.0, explains=1.0, honest=1.0)
    assert both > csat(**{**nothing, "apologises": 1.0})


TWICE = {
    "reasons": {"enquiry": reason(0, solve=1e-12)},
    "groups": {"front": 1, "back": {"heads": 1, "knowledge": 100.0}},
    "escalation": {"beyond_knowledge": path({"step": "cold_transfer", "group": "back"})},
    "waiting": {"retell_s": 30},
}


def test_with_the_history_at_hand_nobody_tells_the_story_again_and_talk_is_shorter() -> None:
    """By hand: passed on, the second agent needs 60 s and 30 s for the story; 0.9 × 60 without."""
    plain = played(**TWICE)
    assert rows(plain, "legs", "talk_s retold") == [(60.0, 0.0), (90.0, 1.0)]
    known = played(**TWICE, history={"talk_factor": 0.9})
    assert rows(known, "legs", "talk_s retold") == [(54.0, 0.0), (54.0, 0.0)]


def test_a_history_that_is_never_at_hand_changes_nothing() -> None:
    plain, blind = played(**TWICE), played(**TWICE, history={"at_hand": 0.0, "talk_factor": 0.5})
    assert rows(plain, "legs", "talk_s retold") == rows(blind, "legs", "talk_s retold")


def test_the_more_often_the_history_is_at_hand_the_fewer_tell_their_story_again() -> None:
    again = {"waiting.retell_s": 30, "horizon.days": 2}
    told = [
        float(desk(**again, history={"at_hand": share}).legs["retold"].mean())
        for share in (0.0, 0.5, 1.0)
    ]
    assert told[0] > told[1] > told[2] == 0.0
