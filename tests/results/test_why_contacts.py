"""Contacts by why they came: the first, again, or one that the centre owed."""

from results.facts.came import CAME
from results.facts.facts import facts_of
from results.why.parts import PARTS
from sim.trace.codes import ContactKind, Ending, Outcome
from sim.trace.trace import Trace
from tests.support.written_traces import abandoned, answered, scenario, trace


def came(made: Trace) -> dict[str, int]:
    facts = facts_of(scenario(), made)
    counts = facts.accounts["contacts", ""]
    assert list(counts) == list(CAME)
    assert sum(counts.values()) == len(facts.contacts), "every contact, and none twice"
    return {name: int(number) for name, number in counts.items() if number}


def after(before: dict[str, float], kind: ContactKind) -> dict[str, int]:
    """A case of two contacts: what became of the first, and the kind of the second."""
    made = trace()
    first = {"case": 1, "attempt": 0}
    if before.get("outcome", Outcome.ANSWERED) == Outcome.ANSWERED:
        answered(made, 1, 0.0, 1.0, 60.0, **first, **before)
    else:
        abandoned(made, 1, 0.0, 60.0, **first, **before)
    answered(made, 2, 3600.0, 1.0, 60.0, case=1, attempt=1, kind=kind)
    found = came(made)
    del found["first"]
    return found


def test_who_comes_again_unresolved_repeats_and_after_a_promise_says_that_it_was_broken() -> None:
    assert after({"ending": Ending.UNSOLVED}, ContactKind.REPEAT) == {"repeat": 1}
    promised = {"ending": Ending.PROMISED_CALLBACK}
    assert after(promised, ContactKind.REPEAT) == {"repeat_promise": 1}
    for kind in (ContactKind.REPEAT, ContactKind.REDIAL):  # served before, or never
        assert after({"outcome": Outcome.CALLBACK_TAKEN}, kind) == {"repeat_promise": 1}


def test_a_redial_says_what_kept_the_customer_out() -> None:
    for outcome, name in (
        (Outcome.ABANDONED, "redial_abandoned"),
        (Outcome.BLOCKED, "redial_blocked"),
        (Outcome.CLOSED, "redial_closed"),
        (Outcome.TURNED_AWAY, "redial_turned_away"),
    ):
        assert after({"outcome": outcome}, ContactKind.REDIAL) == {name: 1}


def test_contacts_that_the_centre_makes_are_callbacks_and_promised_follow_ups() -> None:
    assert after({"outcome": Outcome.CALLBACK_TAKEN}, ContactKind.CALLBACK) == {"callback": 1}
    promised = {"ending": Ending.TICKETED}
    assert after(promised, ContactKind.FOLLOW_UP) == {"follow_up": 1}


def test_who_was_missed_by_a_callback_and_tries_again_does_not_repeat() -> None:
    made = trace()
    abandoned(made, 1, 0.0, 60.0, case=1, outcome=Outcome.CALLBACK_TAKEN)
    call = {"outcome": Outcome.UNREACHED, "kind": ContactKind.CALLBACK}
    abandoned(made, 2, 600.0, 60.0, case=1, attempt=1, **call)
    answered(made, 3, 3600.0, 1.0, 60.0, case=1, attempt=2, kind=ContactKind.REPEAT)
    assert came(made) == {"first": 1, "callback": 1, "unreached": 1}


def test_a_contact_before_the_warm_up_ends_is_not_counted_but_explains_the_next() -> None:
    made = trace(warm_up_s=1800.0)
    abandoned(made, 1, 0.0, 60.0, case=1)
    answered(made, 2, 3600.0, 1.0, 60.0, case=1, attempt=1, kind=ContactKind.REDIAL)
    assert came(made) == {"redial_abandoned": 1}


def test_a_single_contact_or_case_is_said_as_one() -> None:
    repeats, cases, hours = (
        PARTS["contacts"]["repeat"],
        PARTS["cases"]["alone"],
        PARTS["agents"]["retelling"],
    )
    assert repeats.said("1", " a day", less=True) == "1 repeat a day does not come"
    assert repeats.said("3", " a day", less=True) == "3 repeats a day do not come"
    assert cases.said("1", "", less=False) == "1 more case is decided by the agent alone"
    assert hours.said("1 h", " a day", less=False) == "1 h a day more retelling"
