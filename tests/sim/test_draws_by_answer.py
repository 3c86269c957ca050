"""Draws of a service are keyed by the answered contacts before it: tries change no customer."""

from scenarios import Scenario, load_text, with_changes
from sim import simulate
from sim.trace.codes import ContactKind, Outcome
from sim.trace.trace import Trace

SHOP = """
[horizon]
days = 2

[redial]
after_abandoning = 0.8
delay_min = { distribution = "exponential", mean = 20 }
max_tries = 5

[repeat]
probability = 0.9
delay_min = { distribution = "exponential", mean = 60 }
max_contacts = 4

[reasons.order]
volume.per_day = 400
groups = ["agents"]
solve = 0.6
patience_s = { voice = { distribution = "exponential", mean = 120 } }
handling.voice.talk_s = { distribution = "lognormal", mean = 300, cv = 0.9 }
handling.voice.wrap_up_s = { distribution = "exponential", mean = 40 }

[groups.agents]
heads = 1
knowledge_base = { look_up_s = { distribution = "exponential", mean = 20 } }
"""
"""One agent too few, so that many abandon and try again."""

OFFER = {"callback_offer": {"when_wait_over_s": 30, "accept": 0.7, "answer": 0.8}}


def services(trace: Trace) -> dict[tuple[float, int], tuple[float, float]]:
    """Talk and wrap-up of first legs, by the case's beginning and its answered contacts before."""
    began = dict(zip(trace.cases["case"].tolist(), trace.cases["began"].tolist(), strict=True))
    rows = zip(
        *(trace.legs[name].tolist() for name in ("case", "leg", "answered", "talk_s", "wrap_up_s")),
        strict=True,
    )
    found: dict[tuple[float, int], tuple[float, float]] = {}
    met: dict[int, int] = {}
    for case, leg, _, talk, wrap_up in sorted(rows, key=lambda row: (row[0], row[2])):
        if leg == 0 and wrap_up > 0.0:  # finished
            number = met[case] = met.get(case, -1) + 1
            found[began[case], number] = (talk, wrap_up)
    return found


def in_both(
    one: Scenario, other: Scenario
) -> list[tuple[tuple[float, float], tuple[float, float], int]]:
    """Services that happened under both policies: theirs in one, in the other, and their number."""
    here, there = services(simulate(one, 1, 0)), services(simulate(other, 1, 0))
    return [(here[key], there[key], key[1]) for key in here if key in there]


def same_services(one: Scenario, other: Scenario) -> list[int]:
    """The numbers of the services in both, all of them the same to the last bit."""
    pairs = in_both(one, other)
    assert all(here == there for here, there, _ in pairs)
    return [number for *_, number in pairs]


def test_somebody_called_back_is_the_customer_who_would_have_been_answered() -> None:
    plain = load_text(SHOP)
    offered = with_changes(plain, OFFER)
    trace = simulate(offered, 1, 0)
    called = (trace.contacts["kind"] == ContactKind.CALLBACK) & (
        trace.contacts["outcome"] == Outcome.ANSWERED
    )
    assert called.sum() > 50
    numbers = same_services(plain, offered)
    assert numbers.count(0) > 100
    # Services after the first are those of the same customer as well.
    assert len(numbers) - numbers.count(0) > 20


def test_somebody_who_abandoned_and_tried_again_is_the_customer_who_would_have_been_answered() -> (
    None
):
    few = load_text(SHOP)
    many = with_changes(few, {"groups.agents.heads": 5})
    trace = simulate(few, 1, 0)
    assert (trace.contacts["outcome"] == Outcome.ABANDONED).sum() > 100
    redialled = trace.contacts["kind"] == ContactKind.REDIAL
    assert (redialled & (trace.contacts["outcome"] == Outcome.ANSWERED)).sum() > 30
    numbers = same_services(few, many)
    assert numbers.count(0) > 100
    assert len(numbers) - numbers.count(0) > 50


def test_whether_a_case_is_settled_does_not_depend_on_tries() -> None:
    few = load_text(SHOP)
    many = with_changes(few, {"groups.agents.heads": 5, "reasons.order.false_resolution": 0.4})
    few = with_changes(few, {"reasons.order.false_resolution": 0.4})
    told = []
    for scenario in (few, many):
        trace = simulate(scenario, 1, 0)
        began = dict(zip(trace.cases["case"].tolist(), trace.cases["began"].tolist(), strict=True))
        answered = trace.contacts["outcome"] == Outcome.ANSWERED
        first: dict[float, int] = {}
        cases, seeming = (
            trace.contacts["case"][answered],
            trace.contacts["false_resolution"][answered],
        )
        for case, seems in zip(cases.tolist(), seeming.tolist(), strict=True):
            first.setdefault(began[case], seems)
        told.append(first)
    here, there = told
    both = here.keys() & there.keys()
    assert len(both) > 100
    assert {key: here[key] for key in both} == {key: there[key] for key in both}


def test_each_try_has_a_chance_of_its_own_to_be_the_last() -> None:
    """Redials in a row are decided by marks of their own, not by one for all."""
    trace = simulate(load_text(SHOP), 1, 0)
    abandoned = trace.contacts["outcome"] == Outcome.ABANDONED
    attempts = trace.cases["attempts"][trace.cases["contacts_answered"] == 0]
    assert abandoned.sum() > 100
    assert len(set(attempts.tolist())) >= 4
