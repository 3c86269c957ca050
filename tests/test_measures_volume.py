from math import isnan

import pytest

from results.measures.registry import summarise
from sim.codes import ContactKind, Outcome
from sim.trace import Trace
from tests.handmade import abandoned, answered, row, scenario, trace

NAN = float("nan")


def values(made: Trace) -> dict[str, float]:
    return summarise(scenario(), made).values[("all", "")]


def test_blocked_is_the_share_of_all_tries_those_that_ended_in_the_menu_included() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    abandoned(made, 1, 0.0, 0.0, outcome=Outcome.BLOCKED, queued=NAN)
    abandoned(made, 2, 0.0, 9.0, outcome=Outcome.SELF_SERVED, queued=NAN)
    answered(made, 3, 0.0, 0.0, 60.0, kind=ContactKind.CALLBACK)
    assert values(made)["blocked"] == pytest.approx(1 / 3)


def test_only_redials_after_abandoning_or_being_blocked_are_in_the_redial_rate() -> None:
    made = trace()
    abandoned(made, 0, 0.0, 60.0, case=7)
    abandoned(made, 1, 100.0, 0.0, case=7, attempt=1, kind=1, outcome=Outcome.BLOCKED)
    answered(made, 2, 200.0, 5.0, 60.0, case=7, attempt=2, kind=ContactKind.REDIAL)
    abandoned(made, 3, 0.0, 60.0, case=8)
    abandoned(made, 4, 0.0, 0.0, case=9, outcome=Outcome.CLOSED)
    answered(made, 5, 900.0, 5.0, 60.0, case=9, attempt=1, kind=ContactKind.REDIAL)
    assert values(made)["redial_rate"] == pytest.approx(2 / 3)


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
