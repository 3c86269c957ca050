from dataclasses import replace
from math import isnan

import pytest

from results.experiments.experiment import run
from results.facts.tier_one import BeyondTierOne
from results.measures.registry import summarise
from results.reading.table import left_out_of_net
from scenarios import load_text, policies_of
from sim.trace.codes import CaseState, ContactKind, Ending, Help, Outcome
from sim.trace.trace import Trace
from tests.support.written_traces import (
    DAY,
    NAN,
    abandoned,
    answered,
    row,
    scenario,
    trace,
    values,
)

RESOLVED, OPEN, GIVEN_UP = CaseState.RESOLVED, CaseState.OPEN, CaseState.GIVEN_UP
COMPLAINT = 1


def five_cases() -> Trace:
    """Settled immediately; settled after asking; only seemingly; promised a call; by a repeat."""
    made = trace()
    for case, state in enumerate((RESOLVED, RESOLVED, GIVEN_UP, RESOLVED, RESOLVED)):
        ended = 1000.0 * (case + 1)
        row(made.cases, case=case, reason=case % 2, began=0.0, ended=ended, state=state, attempts=1)
    answered(made, 0, 0.0, 5.0, 60.0)
    answered(made, 1, 0.0, 5.0, 60.0, reason=COMPLAINT, help=Help.APPROVED)
    answered(made, 2, 0.0, 5.0, 60.0, false_resolution=1)
    promised = {"reason": COMPLAINT, "ending": Ending.PROMISED_CALLBACK}
    answered(made, 3, 0.0, 5.0, 60.0, **promised)
    follow_up = {"case": 3, "attempt": 1, "kind": ContactKind.FOLLOW_UP, "reason": COMPLAINT}
    answered(made, 5, 3000.0, 5.0, 60.0, **follow_up)
    answered(made, 4, 0.0, 5.0, 60.0, ending=Ending.UNSOLVED)
    answered(made, 6, 4000.0, 5.0, 60.0, case=4, attempt=1, kind=ContactKind.REPEAT)
    return made


def test_first_contact_resolution_counts_what_is_truly_settled_and_owes_nothing() -> None:
    found = values(five_cases())
    assert found["fcr"] == 2 / 5
    assert found["first_person_resolution"] == 1 / 5


def test_complaints_resolved_at_first_contact_leave_the_other_cases_out() -> None:
    assert values(five_cases())["fcr_complaints"] == 1 / 2
    assert values(five_cases(), "complaints")["fcr"] == 1 / 2
    assert isnan(values(five_cases(), "reason", "enquiry")["fcr_complaints"])


def test_a_centre_that_counts_repeats_overrates_its_first_contact_resolution() -> None:
    found = values(replace(five_cases(), horizon_s=8 * DAY))
    # Only the customer of case 4 came again: promised calls and unnoticed failures do not show.
    assert found["fcr_no_repeat_7d"] == 4 / 5


def test_a_repeat_after_a_week_is_a_new_matter_to_the_centre() -> None:
    day = 86_400.0
    for days, quiet in ((6.9, 0.0), (7.1, 1.0)):
        made = trace(horizon_s=14 * day)
        row(made.cases, case=0, state=OPEN)
        answered(made, 0, 0.0, 0.0, 60.0, ending=Ending.UNSOLVED)
        abandoned(made, 1, days * day, 10.0, case=0, attempt=1, kind=ContactKind.REPEAT)
        assert values(made)["fcr_no_repeat_7d"] == quiet


def test_whether_customers_come_again_in_a_week_shows_only_where_the_week_is_over() -> None:
    for days, shown in ((7, None), (8, 1.0)):
        made = trace(horizon_s=days * DAY)
        row(made.cases, case=0, state=RESOLVED)
        answered(made, 0, 0.0, 0.0, 60.0)
        row(made.cases, case=1, state=OPEN)
        answered(made, 1, 2 * DAY, 0.0, 60.0, ending=Ending.UNSOLVED)
        abandoned(made, 2, 3 * DAY, 10.0, case=1, attempt=1, kind=ContactKind.REPEAT)
        found = values(made)["fcr_no_repeat_7d"]
        assert isnan(found) if shown is None else found == shown


def test_tries_before_the_first_answer_do_not_spoil_first_contact_resolution() -> None:
    made = trace()
    row(made.cases, case=0, state=RESOLVED)
    abandoned(made, 0, 0.0, 60.0, case=0)
    answered(made, 1, 500.0, 5.0, 60.0, case=0, attempt=1, kind=ContactKind.REDIAL)
    assert values(made)["fcr"] == 1.0
    assert values(replace(made, horizon_s=8 * DAY))["fcr_no_repeat_7d"] == 1.0


def test_a_callback_taken_instead_of_waiting_can_be_the_first_contact() -> None:
    made = trace()
    row(made.cases, case=0, state=RESOLVED)
    abandoned(made, 0, 0.0, 60.0, case=0, outcome=Outcome.CALLBACK_TAKEN)
    answered(made, 1, 60.0, 900.0, 60.0, case=0, attempt=1, kind=ContactKind.CALLBACK)
    assert values(made)["fcr"] == 1.0


def test_cases_never_answered_or_still_in_hand_have_no_part_in_first_contact_resolution() -> None:
    made = trace()
    for case in range(3):
        row(made.cases, case=case, state=OPEN)
    answered(made, 0, 0.0, 5.0, 60.0)
    abandoned(made, 1, 0.0, 60.0)
    answered(made, 2, 0.0, 5.0, 60.0, ending=Ending.IN_HAND)
    assert values(made)["fcr"] == 1.0


def test_the_first_contact_is_the_first_attempt_whatever_the_order_of_the_rows() -> None:
    made = trace()
    row(made.cases, case=0, state=RESOLVED)
    answered(made, 1, 900.0, 5.0, 60.0, case=0, attempt=1, kind=ContactKind.REPEAT)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.UNSOLVED)
    assert values(made)["fcr"] == 0.0


def test_a_case_belongs_to_the_group_and_channel_of_its_first_answered_contact() -> None:
    made = trace()
    row(made.cases, case=0, state=RESOLVED)
    abandoned(made, 0, 0.0, 60.0, case=0, channel=1)
    answered(made, 1, 90.0, 5.0, 60.0, case=0, attempt=1, kind=ContactKind.REDIAL, group=1)
    found = summarise(scenario(), made).values
    assert found[("channel", "voice")]["fcr"] == 1.0
    assert isnan(found[("channel", "chat")]["fcr"])
    assert found[("group", "bosses")]["fcr"] == 1.0
    assert found[("tier", "2")]["fcr"] == 1.0
    assert isnan(found[("group", "front")]["fcr"])


def complaints(*needed: tuple[int, float]) -> Trace:
    """Complaints that need these kinds and amounts, each settled with an approval immediately."""
    made = trace()
    for case, (kind, money) in enumerate(needed):
        row(made.cases, case=case, reason=COMPLAINT, state=RESOLVED, money=money)
        answered(made, case, 0.0, 5.0, 60.0, reason=COMPLAINT, ending=Ending.DECLINED)
        if kind >= 0:
            row(made.decisions, case=case, contact=case, kind=kind, money=money)
    return made


def test_net_resolution_leaves_nothing_out_where_the_front_line_may_decide_in_part() -> None:
    made = complaints((1, 12.0), (0, 12.0), (-1, 12.0), (-1, 26.0))
    answered(made, 4, 0.0, 5.0, 60.0, reason=COMPLAINT)
    row(made.cases, case=4, reason=COMPLAINT, state=RESOLVED, money=NAN)
    assert values(made)["fcr_net"] == values(made)["fcr"] == 1 / 5


def test_net_resolution_leaves_out_remedies_that_the_front_line_may_never_grant() -> None:
    made = complaints((1, 12.0), (0, 12.0), (-1, 26.0))
    answered(made, 3, 0.0, 5.0, 60.0, reason=COMPLAINT)
    row(made.cases, case=3, reason=COMPLAINT, state=RESOLVED, money=NAN)
    never = {"guided": {"never": ["refund", "goodwill"]}}
    assert values(made)["fcr_net"] == 1 / 4
    assert values(made, authority=never)["fcr_net"] == 1.0


@pytest.mark.parametrize(
    "change", [{"groups": ["bosses"]}, {"then": "pass_on"}, {"solve": 0.0}], ids=str
)
def test_net_resolution_leaves_out_reasons_that_pass_the_front_line_by(
    change: dict[str, object],
) -> None:
    enquiry = {
        "volume": {"per_day": 1},
        "groups": ["front"],
        "handling": {"voice": {"talk_s": 60}},
    }
    made = trace()
    row(made.cases, case=0, state=RESOLVED)
    answered(made, 0, 0.0, 5.0, 60.0)
    reasons = {"enquiry": enquiry, "damaged": {**enquiry, **change}}
    assert values(made, reasons=reasons)["fcr_net"] == 1.0
    reasons = {"enquiry": {**enquiry, **change}, "damaged": enquiry}
    assert isnan(values(made, reasons=reasons)["fcr_net"])


def test_time_to_resolution_runs_from_the_first_try_over_resolved_cases() -> None:
    found = values(five_cases())
    assert found["time_to_resolution"] == 3000.0  # 1000, 2000, 4000, 5000
    assert found["time_to_resolution_p50"] == 3000.0
    assert found["time_to_resolution_p90"] == pytest.approx(4700.0)
    assert found["given_up"] == 1 / 5
    assert found["unresolved"] == 0.0


def test_cases_that_began_in_the_warm_up_do_not_count() -> None:
    made = trace(warm_up_s=100.0)
    row(made.cases, case=0, began=50.0, ended=400.0, state=RESOLVED)
    row(made.cases, case=1, began=150.0, ended=NAN, state=OPEN)
    answered(made, 0, 50.0, 60.0, 60.0)
    answered(made, 1, 150.0, 5.0, 60.0, ending=Ending.UNSOLVED)
    found = values(made)
    assert found["cases"] == 1.0
    assert found["fcr"] == 0.0
    assert found["unresolved"] == 1.0


NET = """
[horizon]
days = 2

[reasons.enquiry]
volume.per_day = 60
groups = ["front"]
solve = 0.95
handling.voice.talk_s = 120

[reasons.complaint]
complaint = true
volume.per_day = 60
groups = ["front"]
solve = 0.80
handling.voice.talk_s = 120
remedy.money = { distribution = "uniform", low = 10, high = 100 }

[groups.front]
heads = 40
authority = "none"

[groups.boss]
heads = 20
tier = 2
authority = "all"

[authority.none]
limit = 0

[authority.all]
limit = 1000

[escalation.beyond_authority]
steps = [{ step = "ask_approver", group = "boss", decision_s = 60, approval = 0.9 }]

[policies.alone]
changes = { "groups.front.authority" = "all" }
"""


def test_net_resolution_does_not_depend_on_how_much_authority_a_policy_gives() -> None:
    experiment = run(load_text(NET), replications=1, workers=1)
    for policy in experiment.policies:
        found = experiment.finished[policy, 0].values["all", ""]
        assert found["fcr_net"] == found["fcr"]
    assert left_out_of_net(experiment).endswith("leaves out no case, under any policy.")


def test_what_one_policy_lets_the_front_line_grant_counts_under_all_of_them() -> None:
    never = NET.replace("limit = 0", 'never = ["refund"]').replace("ask_approver", "decline")
    never = never.replace(', group = "boss", decision_s = 60, approval = 0.9', "")
    alone = load_text(never)
    assert BeyondTierOne.of([alone]).remedies == {"complaint"}
    assert BeyondTierOne.of(policies_of(alone).values()).remedies == frozenset()
    shut = load_text(never.partition("[policies.alone]")[0])
    experiment = run(shut, replications=1, workers=1)
    (summary,) = experiment.finished.values()
    enquiries = summary.values["reason", "enquiry"]["fcr"]
    assert summary.values["all", ""]["fcr_net"] == enquiries
    assert "complaint that needs a remedy" in left_out_of_net(experiment)
