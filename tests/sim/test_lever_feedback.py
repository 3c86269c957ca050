"""Feedback that is asked for: answers to the survey count towards a root cause."""

from typing import Any

import pytest

from scenarios import ScenarioError, load_text, with_changes
from sim import simulate
from sim.trace.trace import Trace

SHOP = """
[horizon]
days = 28
[reasons.order]
volume.per_day = 100
groups = ["desk"]
handling.voice.talk_s = 60
[reasons.damage]
complaint = true
volume.per_day = 20
groups = ["desk"]
handling.voice.talk_s = 60
[root_causes.letter]
reasons = ["order", "damage"]
share = 0.5
threshold = 60
lead_time_weeks = 1
removes = 0.5
named_in_survey = 0.5
[satisfaction]
[survey]
response = 0.2
[groups.desk]
heads = 4
"""
NEVER = {"root_causes.letter.lead_time_weeks": 100, "root_causes.letter.threshold": 1}


def shop(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(SHOP), changes), 1, 0)


def noted(**changes: Any) -> int:
    fixes = shop(**NEVER, **changes).fixes
    return int(fixes["noted"].sum())


def test_a_tenth_of_its_customers_name_a_cause_where_a_fifth_answer_and_half_of_them_say_it() -> (
    None
):
    # 3360 customers, half of them due to it: 168 answers, standard error 12.3, four of them.
    assert noted() == pytest.approx(168, abs=50)


def test_whom_an_agent_has_noted_is_not_counted_once_more() -> None:
    # All 280 complaints that are due to it are noted, and a tenth of its 1400 other customers.
    both = noted(**{"root_causes.letter.tracked": True})
    complaints = noted(
        **{"root_causes.letter.tracked": True, "root_causes.letter.named_in_survey": 0.0}
    )
    assert complaints == pytest.approx(280, abs=67)
    assert both - complaints == pytest.approx(140, abs=48)


def test_what_no_agent_notes_is_resolved_once_enough_customers_have_said_it() -> None:
    silent = shop(**{"root_causes.letter.named_in_survey": 0.0})
    heard = shop()
    assert "fixes" not in silent.tables()
    assert heard.fixes["spared"][0] > 0
    assert len(heard.cases) < len(silent.cases)


def test_the_more_customers_answer_the_sooner_work_on_a_cause_begins() -> None:
    begun = [
        float(shop(**{"survey.response": response}).fixes["started"][0])
        for response in (0.2, 0.4, 0.8)
    ]
    assert begun[0] > begun[1] > begun[2]


def test_a_survey_of_the_answered_does_not_hear_those_who_reached_nobody() -> None:
    nobody = {
        "groups.desk.heads": 1,
        "reasons.order.patience_s": {"voice": 1},
        "reasons.damage.patience_s": {"voice": 1},
        "reasons.order.handling": {"voice": {"talk_s": 1800}},
    }
    assert noted(**nobody, **{"survey.asks": "answered"}) < noted(**nobody)


def test_a_cause_named_in_a_survey_that_nobody_sends_is_refused() -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(load_text(SHOP), {}, remove=("survey",))
    (problem,) = caught.value.problems
    assert problem.key == "root_causes.letter.named_in_survey"
    assert "there is no [survey]" in problem.rule
