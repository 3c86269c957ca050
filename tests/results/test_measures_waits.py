import numpy as np
import pytest

from results.measures.registry import summarise
from results.measures.waits import WAIT_EDGES
from sim.trace.codes import ContactKind, Outcome
from sim.trace.trace import Trace
from tests.support.written_traces import abandoned, answered, row, scenario, trace

ALL = ("all", "")


def values(made: Trace, cut: tuple[str, str] = ALL, **sections: object) -> dict[str, float]:
    return summarise(scenario(**sections), made).values[cut]


def icmi_trace() -> Trace:
    """1000 answered, 860 of them within 20 s; 60 abandoned, 20 of them within 20 s."""
    made = trace()
    for contact in range(1000):
        answered(made, contact, 36_000.0, 10.0 if contact < 860 else 30.0, 60.0)
    for contact in range(1000, 1060):
        abandoned(made, contact, 36_000.0, 10.0 if contact < 1020 else 30.0)
    return made


@pytest.mark.parametrize(
    ("measure", "percent"),
    [
        ("service_level", 81.1),
        ("sl_answered", 86.0),
        ("sl_credit_short", 83.0),
        ("sl_excl_short", 82.7),
    ],
)
def test_the_four_service_levels_meet_the_example_of_icmi(measure: str, percent: float) -> None:
    assert round(100.0 * values(icmi_trace())[measure], 1) == percent


def test_a_contact_answered_at_the_target_is_within_it_and_one_abandoned_there_is_not() -> None:
    made = trace()
    answered(made, 0, 0.0, 20.0, 60.0)
    abandoned(made, 1, 0.0, 20.0)
    found = values(made)
    assert found["service_level"] == 1 / 2
    assert found["sl_credit_short"] == 1 / 2
    assert found["sl_excl_short"] == 1 / 2


def test_speed_of_answer_is_that_of_the_answered_alone() -> None:
    made = trace()
    for contact, wait in enumerate((0.0, 10.0, 20.0, 70.0)):
        answered(made, contact, 100.0, wait, 60.0)
    abandoned(made, 4, 100.0, 80.0)
    found = values(made)
    assert found["asa"] == 25.0
    assert found["wait_abandoned"] == 80.0
    assert found["wait_all"] == 36.0
    assert found["wait_p50"] == 15.0
    assert found["wait_p90"] == pytest.approx(55.0)  # 2.7 steps up: 20 + 0.7 × 50
    assert found["wait_p95"] == pytest.approx(62.5)
    assert found["wait_longest"] == 80.0
    assert found["p_wait"] == 4 / 5


def test_who_hangs_up_at_once_had_to_wait() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    abandoned(made, 1, 0.0, 0.0)
    assert values(made)["p_wait"] == 1 / 2


def test_waiting_begins_after_the_voice_menu() -> None:
    made = trace()
    answered(made, 0, 100.0, 50.0, 60.0, queued=130.0)
    assert values(made)["asa"] == 20.0


def test_who_took_a_callback_has_not_abandoned() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    abandoned(made, 1, 0.0, 30.0)
    abandoned(made, 2, 0.0, 40.0, outcome=Outcome.CALLBACK_TAKEN)
    abandoned(made, 3, 0.0, 2.0)
    found = values(made)
    assert found["abandonment"] == 2 / 4
    assert found["abandonment_excl_short"] == 1 / 3
    assert found["callbacks_taken"] == 1 / 4


def test_what_the_voice_menu_settles_or_loses_was_never_offered() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    for contact, outcome in enumerate((Outcome.SELF_SERVED, Outcome.LEFT_MENU), start=1):
        abandoned(made, contact, 0.0, 9.0, outcome=outcome, queued=float("nan"))
    found = values(made)
    assert found["offered"] == 1.0
    assert found["service_level"] == 1.0


def test_a_blocked_contact_lowers_the_service_level_but_has_no_wait() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    abandoned(made, 1, 0.0, 0.0, outcome=Outcome.BLOCKED, queued=float("nan"))
    found = values(made)
    assert found["service_level"] == 1 / 2
    assert found["wait_all"] == 5.0


def test_who_came_while_it_was_closed_is_in_no_service_level_wait_or_abandonment() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0)
    abandoned(made, 1, 0.0, 30.0)
    without = values(made)
    abandoned(made, 2, 0.0, 0.0, outcome=Outcome.CLOSED, queued=float("nan"))
    found = values(made)
    changed = {name for name, value in found.items() if value == value and value != without[name]}
    assert changed == {"tried", "closed"}


def test_hanging_up_on_everybody_who_waits_is_no_service() -> None:
    """One answered immediately, three sent away by a limit of 15 s: 1/4 in time, not 1/1."""
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    for contact in (1, 2, 3):
        abandoned(made, contact, 0.0, 15.0, outcome=Outcome.TURNED_AWAY)
    found = values(made)
    assert found["service_level"] == 1 / 4
    assert found["turned_away"] == 3 / 4
    assert found["abandonment"] == 0.0
    assert found["wait_all"] == 45 / 4


def test_a_callback_has_no_part_in_waits_and_service_level() -> None:
    made = trace()
    answered(made, 0, 0.0, 10.0, 60.0)
    answered(made, 1, 0.0, 3600.0, 60.0, kind=ContactKind.CALLBACK)
    found = values(made)
    assert found["asa"] == 10.0
    assert found["service_level"] == 1.0
    assert found["callbacks"] == 1.0


def test_email_has_no_part_in_waits_on_the_line() -> None:
    made = trace()
    answered(made, 0, 0.0, 10.0, 60.0)
    answered(made, 1, 0.0, 7200.0, 60.0, channel=2)
    assert values(made)["asa"] == 10.0
    assert values(made)["service_level"] == 1.0
    assert values(made)["offered"] == 2.0
    assert np.isnan(values(made, ("channel", "email"))["asa"])


def test_contacts_before_the_end_of_the_warm_up_do_not_count() -> None:
    made = trace(warm_up_s=3600.0)
    answered(made, 0, 3599.0, 500.0, 60.0)
    answered(made, 1, 3600.0, 10.0, 60.0)
    assert values(made)["offered"] == 1.0
    assert values(made)["asa"] == 10.0


def test_a_customer_still_waiting_at_the_end_counts_with_the_wait_so_far() -> None:
    made = trace(horizon_s=1000.0)
    abandoned(made, 0, 400.0, float("nan"), outcome=Outcome.WAITING)
    assert values(made)["wait_longest"] == 600.0


def test_the_transferred_wait_belongs_to_the_group_they_waited_for() -> None:
    made = trace()
    answered(made, 0, 0.0, 10.0, 60.0, ending=3)
    row(made.legs, leg=1, group=1, queued=70.0, answered=100.0)
    assert values(made)["asa"] == 10.0
    assert values(made, ("group", "front"))["asa"] == 10.0
    assert values(made, ("group", "bosses"))["asa"] == 30.0
    assert values(made, ("tier", "2"))["asa"] == 30.0


def test_the_histogram_of_waits_holds_every_answered_contact_once() -> None:
    made = trace()
    for contact, wait in enumerate((0.0, 0.5, 1.0, 1e7)):
        answered(made, contact, 0.0, wait, 60.0)
    answered(made, 4, 0.0, 5000.0, 60.0, channel=2)
    waits = summarise(scenario(), made).waits
    assert waits["voice"][0] == 2
    assert waits["voice"][1] == 1
    assert waits["voice"][-1] == 1
    assert waits["voice"].sum() == 4
    assert waits["email"].sum() == 1
    assert len(waits["chat"]) == len(WAIT_EDGES) - 1
