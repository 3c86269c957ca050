from math import isnan

import pytest

from sim.trace.codes import ContactKind, Outcome
from tests.support.written_traces import abandoned, answered, row, trace, values

NAN = float("nan")


def test_blocked_is_the_share_of_all_tries_those_that_ended_in_the_menu_included() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    abandoned(made, 1, 0.0, 0.0, outcome=Outcome.BLOCKED, queued=NAN)
    abandoned(made, 2, 0.0, 9.0, outcome=Outcome.SELF_SERVED, queued=NAN)
    answered(made, 3, 0.0, 0.0, 60.0, kind=ContactKind.CALLBACK)
    assert values(made)["blocked"] == pytest.approx(1 / 3)


def test_the_redial_rate_is_of_all_who_were_not_served() -> None:
    made = trace()
    abandoned(made, 0, 0.0, 60.0, case=7)
    abandoned(made, 1, 100.0, 0.0, case=7, attempt=1, kind=1, outcome=Outcome.BLOCKED)
    answered(made, 2, 200.0, 5.0, 60.0, case=7, attempt=2, kind=ContactKind.REDIAL)
    abandoned(made, 3, 0.0, 60.0, case=8)
    abandoned(made, 4, 0.0, 0.0, case=9, outcome=Outcome.CLOSED)
    answered(made, 5, 900.0, 5.0, 60.0, case=9, attempt=1, kind=ContactKind.REDIAL)
    abandoned(made, 6, 0.0, 60.0, case=10, outcome=Outcome.TURNED_AWAY)
    # Tried again: after abandoning, being blocked, finding it closed; of five who were not served.
    assert values(made)["redial_rate"] == pytest.approx(3 / 5)


def test_who_was_never_reached_by_a_callback_comes_again_but_not_after_being_served() -> None:
    made = trace()
    row(made.cases, case=1, attempts=3)
    abandoned(made, 0, 0.0, 60.0, case=1, outcome=Outcome.CALLBACK_TAKEN)
    reached = {"kind": ContactKind.CALLBACK, "outcome": Outcome.UNREACHED}
    abandoned(made, 1, 60.0, 0.0, case=1, attempt=1, **reached)
    answered(made, 2, 900.0, 5.0, 60.0, case=1, attempt=2, kind=ContactKind.REPEAT)
    assert values(made)["repeat_rate"] == 0.0
    assert values(made)["redial_rate"] == 1.0


def test_every_try_ends_in_one_way() -> None:
    """Ten tries: 2 answered, 1 of each other fate; calls of the centre are no tries."""
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    answered(made, 1, 0.0, 0.0, 60.0)
    fates = (
        *(Outcome.ABANDONED, Outcome.BLOCKED, Outcome.CALLBACK_TAKEN, Outcome.TURNED_AWAY),
        *(Outcome.CLOSED, Outcome.SELF_SERVED, Outcome.LEFT_MENU, Outcome.WAITING),
    )
    for contact, fate in enumerate(fates, start=2):
        abandoned(made, contact, 0.0, 10.0, outcome=fate)
    answered(made, 20, 0.0, 0.0, 60.0, kind=ContactKind.CALLBACK)
    found = values(made)
    assert found["tried"] == 10.0
    assert found["offered"] == 7.0  # without closed and the two of the menu
    assert found["closed"] == 1 / 10
    assert found["blocked"] == 1 / 10
    assert found["turned_away"] == 1 / 7


def test_a_redial_in_one_case_has_nothing_to_do_with_what_another_case_lost() -> None:
    made = trace()
    abandoned(made, 0, 0.0, 60.0, case=1)
    answered(made, 1, 0.0, 5.0, 60.0, case=2, attempt=1, kind=ContactKind.REDIAL)
    assert values(made)["redial_rate"] == 0.0


def test_repeats_and_contacts_are_counted_per_case() -> None:
    made = trace()
    for case, attempts in enumerate((1, 3)):
        row(made.cases, case=case, attempts=attempts)
    answered(made, 0, 0.0, 0.0, 60.0, case=0)
    answered(made, 1, 0.0, 0.0, 60.0, case=1)
    for attempt in (1, 2):
        kind = ContactKind.REPEAT
        answered(made, 1 + attempt, 100.0 * attempt, 0.0, 60.0, case=1, attempt=attempt, kind=kind)
    assert values(made)["cases"] == 2.0
    assert values(made)["repeat_rate"] == 1.0
    assert values(made)["contacts_per_case"] == 2.0


def test_without_anybody_lost_there_is_no_redial_rate() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    assert isnan(values(made)["redial_rate"])
