"""What comes first of all that happens at one instant."""

from collections.abc import Callable

import pytest

from sim.floor.agenda import Agenda
from sim.floor.clock import Clock, Order, Process
from sim.floor.queues import Left, Medium, Place
from sim.trace.codes import AgentState


@pytest.fixture
def clock() -> Clock:
    return Clock()


def noted(into: list[str], what: str) -> Callable[[], None]:
    return lambda: into.append(what)


def test_a_day_is_planned_agents_come_agents_go_talk_ends_and_customers_arrive(
    clock: Clock,
) -> None:
    seen: list[str] = []
    agenda = Agenda(clock)
    agenda.one_by_one([60.0], seen.append, ["arriving"])
    for order in (Order.ORDINARY, Order.GOING, Order.COMING, Order.PLANNING):
        agenda.at(60.0, noted(seen, order.name.lower()), order)
    clock.run_to(61.0)
    assert seen == ["planning", "coming", "going", "ordinary", "arriving"]


def test_a_run_that_stops_at_an_instant_stops_before_the_ends_of_talk(clock: Clock) -> None:
    seen: list[str] = []
    agenda = Agenda(clock)
    for order in (Order.ORDINARY, Order.GOING):
        agenda.at(60.0, noted(seen, order.name.lower()), order)
    clock.run_to(60.0)
    assert seen == ["going"]
    clock.run_to(61.0)
    assert seen == ["going", "ordinary"]


def test_a_customer_meets_the_agent_after_what_ends_at_that_instant_and_before_who_arrives(
    clock: Clock,
) -> None:
    seen: list[str] = []
    place = Place(clock, Medium.VOICE, AgentState.TALK, 0.0)

    def waits() -> Process:
        yield place
        seen.append("handing over")

    def talk_ends() -> None:
        seen.append("talk ends")
        place.leave(Left.PATIENCE)
        seen.append("and all that follows from it")

    clock.resume(waits())
    agenda = Agenda(clock)
    agenda.one_by_one([60.0], seen.append, ["arriving"])
    agenda.at(60.0, talk_ends)
    agenda.at(60.0, noted(seen, "another talk ends"))
    clock.run_to(61.0)
    assert seen == [
        "talk ends",
        "and all that follows from it",
        "another talk ends",
        "handing over",
        "arriving",
    ]


def test_of_equal_rank_what_was_planned_first_comes_first(clock: Clock) -> None:
    seen: list[str] = []
    agenda = Agenda(clock)
    for name in "abc":
        agenda.at(60.0, noted(seen, name))
    clock.run_to(61.0)
    assert seen == ["a", "b", "c"]
