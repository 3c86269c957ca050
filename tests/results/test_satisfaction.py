"""Satisfaction, anchored on the published figures that its defaults come from."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from results.facts.experience import Experiences, Said
from results.facts.satisfaction import satisfaction
from results.measures.registry import summarise
from scenarios.parts.satisfaction import Satisfaction
from sim.trace.codes import CaseState, Ending, PromiseKind
from sim.trace.trace import AgentTraits, Trace
from tests.support.written_traces import DAY, NAN, answered, row, scenario, trace

FLAGS = ("resolved", "complaint")
COUNTS = (
    *("further_contacts", "late_min", "holds", "transfers", "retold", "asked_boss"),
    *("kept", "broken", "empathy", "decided_at_once"),
)
SECTION = Satisfaction()


def felt(**met: float) -> float:
    """Satisfaction of one customer; what is not given did not happen, the case is resolved."""
    cells: dict[str, Any] = {name: np.array([met.get(name, 0.0)]) for name in COUNTS}
    flags = {name: np.array([bool(met.get(name, name == "resolved"))]) for name in FLAGS}
    return float(satisfaction(SECTION, Experiences(**cells, **flags))[0])


def test_a_case_resolved_at_once_without_friction_has_the_satisfaction_of_a_resolved_case() -> None:
    assert felt() == pytest.approx(95.0)


def test_every_further_contact_costs_fifteen_per_cent() -> None:
    """SQM: satisfaction falls 15 % with each further call; exact."""
    for contacts in range(4):
        ratio = felt(further_contacts=contacts + 1) / felt(further_contacts=contacts)
        assert ratio == pytest.approx(0.85)


def test_a_hold_costs_what_sqm_found() -> None:
    assert felt(holds=1) == pytest.approx(felt() * 0.85)


def test_nobody_minds_the_first_transfer_and_the_second_costs_what_portland_found() -> None:
    """Portland Research Group 2004: no effect of one transfer, 64 to 48 % with two."""
    assert felt(transfers=1) == felt()
    assert felt(transfers=2) / felt() == pytest.approx(48 / 64)
    assert felt(transfers=3) / felt(transfers=2) == pytest.approx(48 / 64)


def test_with_the_frictions_that_sqm_found_the_mean_is_the_one_sqm_found() -> None:
    """82 % very satisfied at 1 / (1 - 0.33) contacts a case, 46 % on hold, 19 % transferred once.

    Independent frictions; the tolerance is 2 points of 82, the width of the default for resolved.
    """
    customers = np.random.default_rng(1)
    n = 20_000
    nothing = np.zeros(n)
    met = Experiences(
        resolved=np.ones(n, np.bool_),
        complaint=np.zeros(n, np.bool_),
        further_contacts=customers.geometric(0.67, n) - 1.0,
        late_min=nothing,
        holds=(customers.random(n) < 0.46).astype(float),
        transfers=(customers.random(n) < 0.19).astype(float),
        retold=nothing,
        asked_boss=nothing,
        kept=nothing,
        broken=nothing,
        empathy=nothing,
        decided_at_once=nothing,
    )
    assert satisfaction(SECTION, met).mean() == pytest.approx(82.0, abs=2.0)


def test_everything_that_goes_wrong_lowers_satisfaction() -> None:
    wrong = ("further_contacts", "late_min", "holds", "retold", "asked_boss", "broken")
    for what in wrong:
        assert felt(**{what: 1}) < felt(), what
    assert felt(transfers=2) < felt()
    assert felt(resolved=0) < felt(complaint=1) < felt()


def test_a_promise_kept_is_worth_something_only_when_none_was_broken() -> None:
    assert felt(further_contacts=1, kept=1) > felt(further_contacts=1)
    assert felt(further_contacts=1, kept=1, broken=1) == felt(further_contacts=1, broken=1)


def test_with_a_formal_style_full_and_no_empowerment_do_not_differ() -> None:
    """Sparks, Bradley & Callan 1997."""
    formal = {"complaint": 1, "empathy": SECTION.formal_style}
    assert felt(**formal, decided_at_once=1) == felt(**formal)


def test_empowerment_pays_off_fully_with_an_accommodating_style() -> None:
    """Sparks, Bradley & Callan 1997; the gain at 0 is half of that at an accommodating style."""
    warm = {"complaint": 1, "empathy": SECTION.accommodating_style}
    gain = felt(**warm, decided_at_once=1) / felt(**warm) - 1.0
    assert gain == pytest.approx(SECTION.empowerment_gain)
    half = felt(complaint=1, decided_at_once=1) / felt(complaint=1) - 1.0
    assert half == pytest.approx(SECTION.empowerment_gain / 2)


def said(chance: float, apologies: float = 0.0, explained: float = 0.0, **met: float) -> float:
    """What words make of a customer who would be satisfied with this chance in a hundred."""
    section = Satisfaction(resolved=chance / 100.0)
    resolved = met.pop("resolved", 1.0)
    cells: dict[str, Any] = {name: np.array([met.get(name, 0.0)]) for name in COUNTS}
    flags: dict[str, Any] = {"resolved": np.array([bool(resolved)]), "complaint": np.array([False])}
    words = Said(np.array([apologies]), np.array([bool(explained)]))
    return float(satisfaction(section, Experiences(**cells, **flags, said=words))[0])


def test_an_apology_and_an_explanation_with_the_remedy_take_37_per_cent_to_73() -> None:
    """Customer Rage 2015: satisfied with money alone, and with more than money."""
    assert said(37.0, apologies=1, explained=1) == pytest.approx(73.0, abs=0.2)
    assert said(37.0) == pytest.approx(37.0)
    # Each of the two does half of it: the same odds twice.
    assert said(37.0, apologies=1) == said(37.0, explained=1) == pytest.approx(55.8, abs=0.1)


def test_a_second_apology_in_a_case_loses_some_of_what_the_first_has_won() -> None:
    """Halperin, Ho, List & Muir 2022: repeated ones can be worse than none."""
    heard = [said(50.0, apologies=n) for n in range(6)]
    assert heard[5] < heard[0] < heard[4] < heard[3] < heard[2] < heard[1]
    # Odds of 1 at the start, × 2.15, then × 0.8 each.
    assert heard[3] == pytest.approx(100 * (2.15 * 0.64) / (1 + 2.15 * 0.64))


def test_words_without_a_remedy_win_nothing_and_repeated_they_lose() -> None:
    nothing = said(50.0, resolved=0)
    assert said(50.0, apologies=1, explained=1, resolved=0) == nothing
    assert said(50.0, apologies=2, resolved=0) < nothing


@pytest.mark.parametrize("chance", [0.0, 1.0, 50.0, 99.0, 100.0])
def test_words_never_make_more_than_everybody_satisfied(chance: float) -> None:
    assert chance <= said(chance, apologies=1, explained=1) <= 100.0


@pytest.mark.parametrize("empathy", [-30.0, -1.0, 0.0, 1.0, 30.0])
def test_satisfaction_stays_between_nothing_and_everything(empathy: float) -> None:
    assert 0.0 <= felt(empathy=empathy, kept=1, decided_at_once=1) <= 100.0
    assert 0.0 <= felt(resolved=0, further_contacts=20, broken=9, empathy=empathy) <= 100.0


def csat(made: Trace, *cut: str, **section: Any) -> float:
    given = scenario(satisfaction=section)
    return summarise(given, made).values[tuple(cut) or ("all", "")]["csat_true"]  # type: ignore[index]


def test_without_the_section_nobody_knows_how_customers_felt() -> None:
    made = trace()
    answered(made, 0, 0.0, 0.0, 60.0)
    row(made.cases, case=0, state=CaseState.RESOLVED, contacts_answered=1)
    values = summarise(scenario(), made).values[("all", "")]
    assert np.isnan([values["csat_true"], values["csat_surveyed"], values["stay"]]).all()


def test_waiting_counts_beyond_what_was_told_or_beyond_what_is_normal() -> None:
    made = trace()
    waits = [(30.0, NAN), (180.0, NAN), (180.0, 180.0), (180.0, 60.0)]
    for case, (wait, told) in enumerate(waits):
        answered(made, case, 0.0, wait, 60.0, told_s=told, reason=case % 2)
        row(made.cases, case=case, reason=case % 2, state=0, contacts_answered=1)
    late = 0.98**2
    expected = 95.0 * np.mean([1.0, late, 1.0, late])
    assert csat(made, complaint_loss=0.0) == pytest.approx(expected)


def test_a_case_is_read_from_its_contacts_legs_promises_and_decisions() -> None:
    """Two contacts, one with a hold and a cold transfer to a boss; the promised call came late."""
    made = replace(trace(), agents=(AgentTraits(0, 1.0, 0.0), AgentTraits(1, 1.0, 0.0)))
    answered(
        *(made, 0, 0.0, 0.0, 60.0),
        reason=1,
        hold_s=20.0,
        ending=Ending.TRANSFERRED_COLD,
        transfers=1,
    )
    row(made.legs, contact=0, case=0, leg=1, reason=1, group=1, agent=1, answered=80.0, retold=1)
    answered(made, 1, 7200.0, 0.0, 60.0, case=0, reason=1, attempt=1)
    row(made.promises, contact=0, case=0, kind=PromiseKind.FOLLOW_UP_CALL, kept=0.0)
    row(made.promises, contact=0, case=0, kind=PromiseKind.TOLD_WAIT, kept=0.0)
    row(made.cases, case=0, reason=1, state=0, attempts=2, contacts_answered=2, asked_boss=1)
    losses = (0.15, 0.15, 0.15, 0.05, 0.1, 0.2)  # the one transfer costs nothing
    assert csat(made) == pytest.approx(95.0 * np.prod([1.0 - loss for loss in losses]))


@pytest.mark.parametrize(
    ("minutes", "share"), [(0.0, 1.0), (2.0, 0.5), (4.0, 0.25), (NAN, 0.0), (24 * 60.0, 0.0)]
)
def test_a_quick_approval_leaves_deciding_alone_little_to_gain(
    minutes: float, share: float
) -> None:
    """Half of the gain is left after two minutes; a case never approved gains nothing."""
    made = trace()
    for case in (0, 1):
        answered(made, case, 0.0, 0.0, 60.0, reason=1)
        row(made.cases, case=case, reason=1, state=0, contacts_answered=1)
    row(made.decisions, case=0, contact=0, asker_group=-1, asked=30.0, decided=30.0, approved=1.0)
    asked = {"case": 1, "contact": 1, "asker_group": 0, "asked": 30.0}
    no_answer = np.isnan(minutes)
    row(
        made.decisions,
        **asked,
        decided=NAN if no_answer else 30.0 + 60.0 * minutes,
        approved=0.0 if no_answer else 1.0,
    )
    without = 0.5  # complaint_loss below
    mean = 100.0 * without * (1.0 + 0.1 * (1.0 + share) / 2.0)
    told = {"resolved": 1.0, "complaint_loss": 0.5, "empowerment_gain": 0.2}
    assert csat(made, **told) == pytest.approx(mean)


def test_a_case_with_an_open_promise_is_not_judged_before_the_promise_is_due() -> None:
    made = trace()
    for case in (0, 1):
        answered(made, case, 0.0, 0.0, 60.0, ending=Ending.UNSOLVED)
        row(made.cases, case=case, state=CaseState.OPEN, contacts_answered=1)
    row(made.promises, contact=1, case=1, kind=PromiseKind.TICKET, done=NAN, kept=NAN)
    assert csat(made) == pytest.approx(95.0 * 0.4)
    values = summarise(scenario(satisfaction={}, survey={}), made).values[("all", "")]
    assert values["survey_response"] > 0.0


def test_a_customer_who_gave_up_without_reaching_anybody_is_as_unhappy_as_the_unresolved() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.GIVEN_UP)
    row(made.cases, case=1, state=CaseState.SELF_SERVED)
    assert csat(made) == pytest.approx(95.0 * (0.4 + 1.0) / 2)


def test_the_empathy_that_counts_is_that_of_the_person_met_on_the_day() -> None:
    """A warm person leaves the place after the first day; a formal one follows."""
    made = replace(trace(horizon_s=3 * DAY), agents=(AgentTraits(0, 1.0, 0.0, 2.0),) * 2)
    for case in range(3):
        answered(made, case, case * DAY, 0.0, 60.0)
        row(made.cases, case=case, state=0, contacts_answered=1)
    row(made.staff, agent=0, day=0, empathy=2.0)
    row(made.staff, agent=0, day=1, person=1, empathy=-2.0)
    expected = 100.0 * 0.8 * np.mean([1.1, 0.9, 1.1])
    assert csat(made, resolved=0.8) == pytest.approx(expected)
