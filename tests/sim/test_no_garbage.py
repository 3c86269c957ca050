"""A replication looks for no circles of references: contacts that are over leave next to none."""

import gc
from collections import Counter

from scenarios import load_text
from sim import simulate
from tests.support.busy_centre import BUSY

OF_A_CONTACT = ("Case", "Contact", "Leg", "Promise", "Place")


def test_contacts_that_are_over_are_let_go_without_a_search_for_circles() -> None:
    scenario = load_text(BUSY)
    gc.collect()
    gc.disable()
    try:
        trace = simulate(scenario, 1, 0)
        left = Counter(type(each).__name__ for each in gc.get_objects())
    finally:
        gc.enable()
    # Kept are those that the horizon cut off, and what they hold on to: 129 for 3,527 contacts.
    assert len(trace.contacts) > 3_000
    assert sum(left[name] for name in OF_A_CONTACT) < 0.1 * len(trace.contacts)


def test_a_replication_leaves_the_collector_as_it_was() -> None:
    scenario = load_text(BUSY.replace("days = 9", "days = 1"))
    assert gc.isenabled()
    simulate(scenario, 1, 0)
    assert gc.isenabled()
    gc.disable()
    try:
        simulate(scenario, 1, 0)
        assert not gc.isenabled()
    finally:
        gc.enable()
