"""The register of assumptions: complete, in range, and true to the scenario."""

from typing import Any

import pytest
from pydantic_core import PydanticUndefined

from scenarios import with_changes
from scenarios.parts.manner import Apology, History
from scenarios.parts.methodology import (
    Engagement,
    HandleTimeGoal,
    Hiring,
    KnowledgeBase,
    LearningCurve,
    RootCause,
    Training,
)
from scenarios.parts.part import Part
from scenarios.parts.satisfaction import (
    LargeLoss,
    Leaving,
    Loyalty,
    Satisfaction,
    SmallLoss,
    Survey,
    WordOfMouth,
)
from scenarios.register import REGISTER, Assumption
from scenarios.register.assumptions import Assumed, assumptions, change_to
from scenarios.schema import Scenario
from tests.support.written_traces import SCENARIO, scenario

SECTIONS: tuple[type[Part], ...] = (
    *(Satisfaction, Survey, Loyalty, SmallLoss, LargeLoss, Leaving),
    *(KnowledgeBase, Training, LearningCurve, HandleTimeGoal, Engagement, Hiring, RootCause),
    *(Apology, History, WordOfMouth),
)
KNOBS: dict[type[Part], set[str]] = {
    KnowledgeBase: {"look_up_s"},
    Training: {"from_week", "soft_skills"},
    Engagement: {"humour", "leaders"},
    Hiring: {
        *("open_at_start", "class_size", "tenure_weeks"),
        *("talk_factor", "knowledge", "empathy", "cost_per_hire"),
    },
    RootCause: {"threshold", "cost"},
    Apology: {"apologises", "explains", "honest", "takes_s"},
    History: {"at_hand"},
}
"""What the centre decides, or figures that are its own; those of people are off at first."""
FULL: dict[str, Any] = {
    "satisfaction": {},
    "survey": {"response": 0.2},
    "loyalty": {"customer_value": 300.0, "leaving": {"unresolved": 0.3}},
    "callback_offer": {},
    "repeat": {"probability": 0.8},
    "redial": {"after_abandoning": 0.5},
    "escalation": {
        "beyond_authority": {
            "steps": [
                {"step": "ticket", "due_h": 8, "work_s": 60, "chance": 0.5},
                {"step": "promise_callback", "due_h": 8, "urgent_before_min": 10},
            ]
        }
    },
}


def full() -> Scenario:
    return scenario(**FULL)


def row(key: str, of: Scenario) -> Assumed:
    (found,) = [one for one in assumptions(of) if one.key == key]
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_numeric_default_of_a_section_is_in_the_register(section: type[Part]) -> None:
    registered = {one.field for one in REGISTER if one.part is section}
    defaults = {name: field.get_default() for name, field in section.model_fields.items()}
    numbers = {
        name
        for name, value in defaults.items()
        if value is not PydanticUndefined and type(value) in (int, float)
    }
    assert registered <= numbers
    assert numbers - registered == KNOBS.get(section, set())


@pytest.mark.parametrize("one", REGISTER, ids=lambda one: f"{one.part.__name__}.{one.field}")
def test_a_default_lies_within_the_range_in_which_it_may_well_lie(one: Assumption) -> None:
    assert one.low < one.high
    assert one.low <= one.default <= one.high
    assert one.title
    assert one.unit
    assert one.source


def test_no_assumption_is_made_twice() -> None:
    assert len({(one.part, one.field) for one in REGISTER}) == len(REGISTER)


def test_what_nobody_measured_is_called_an_assumption() -> None:
    for one in REGISTER:
        assert (one.source == "no measurement known") <= (one.strength == "assumption"), one.field


def test_what_is_sold_or_converted_is_not_called_measured() -> None:
    for one in REGISTER:
        sold = any(name in one.source for name in ("SQM", "TARP", "CFI", "Portland", "Turnella"))
        assert not (sold and one.strength == "measured"), one.field
    measured = {one.field for one in REGISTER if one.strength == "measured"}
    assert measured == {
        *("accept", "answer", "delay_min", "pace_per_hour"),
        *(
            "after_s",
            "handle_time_at_start",
            "training_weeks",
            "faster_among_old_hands",
            "leaders_keep",
        ),
    }


def test_the_ranges_reach_what_later_sources_say() -> None:
    reach = {(one.part, one.field): (one.low, one.high) for one in REGISTER}
    for part in (SmallLoss, LargeLoss):
        # Customer Rage 2020: who complained in vain is 22 points less loyal than the silent.
        heard = part.model_fields["not_satisfied"].get_default()
        assert reach[part, "unheard"][1] >= heard + 0.22
        silent = part.model_fields["unheard"].get_default()
        assert reach[part, "not_satisfied"][0] <= max(silent - 0.22, 0.0)
    assert reach[Leaving, "unresolved"][1] >= 0.43  # CFI Group
    # Portland Research Group 2004: intent 76 to 55 % with the second contact.
    assert reach[Satisfaction, "further_contact_loss"][1] >= 1 - 55 / 76 - 0.005


def test_a_scenario_that_sets_a_figure_has_a_figure_of_its_own() -> None:
    found = row("loyalty.leaving.unresolved", full())
    assert found.strength == "own"
    assert found.source.startswith("set by the scenario; the default is vendor: 25 %")
    assert row("satisfaction.hold_loss", full()).strength == "vendor"


def test_the_register_says_what_a_scenario_overrides() -> None:
    said = {one.key for one in assumptions(full()) if one.overridden}
    assert said == {
        "survey.response",
        "loyalty.leaving.unresolved",
        "escalation.beyond_authority.steps.1.urgent_before_min",
    }
    assert row("survey.response", full()).value == 0.2
    assert row("satisfaction.hold_loss", full()).value == 0.15


def test_a_relation_that_is_left_out_is_not_used() -> None:
    plain = Scenario.model_validate(SCENARIO)
    assert not [one.key for one in assumptions(plain) if one.used]
    used = {one.key for one in assumptions(full()) if one.used}
    assert "redial.delay_min" in used
    assert "escalation.beyond_authority.steps.0.urgent_before_min" in used
    assert "boss.after_asking" not in used


HOURS = {"hours": "08:00-20:00"}
RETURNS = {"repeat": {"probability": 0.5}}


@pytest.mark.parametrize(
    ("sections", "used"),
    [
        ({**RETURNS, "opening": HOURS}, ["opening.after_opening_min"]),
        ({"redial": {"after_closed": 0.5}, "opening": HOURS}, ["opening.after_opening_min"]),
        ({"opening": HOURS}, []),  # nobody comes back
        (RETURNS, []),  # nothing closes
        ({**RETURNS, "channels": {"email": {"opening": HOURS}}}, []),  # letters come at any hour
        (
            {**RETURNS, "channels": {"voice": {"opening": HOURS}}},
            ["channels.voice.opening.after_opening_min"],
        ),
        (
            {**RETURNS, "opening": {**HOURS, "tries_closed": 0.1}},
            ["opening.after_opening_min", "opening.tries_closed"],
        ),
    ],
)
def test_who_knows_the_hours_is_assumed_where_there_are_hours_and_somebody_comes_back(
    sections: dict[str, Any], used: list[str]
) -> None:
    found = [one.key for one in assumptions(scenario(**sections)) if one.used]
    assert [key for key in found if "opening" in key] == used


def test_a_distribution_of_another_kind_has_no_such_figure() -> None:
    told = row("redial.delay_min", scenario(redial={"delay_min": 30}))
    assert told.overridden
    assert not told.used


def test_every_assumption_in_use_can_be_set_to_both_ends() -> None:
    for one in assumptions(full()):
        if not one.used:
            continue
        for end in (one.assumption.low, one.assumption.high):
            changed = with_changes(full(), change_to(one, full(), end))
            assert row(one.key, changed).value == pytest.approx(end), one.key


@pytest.mark.parametrize(
    ("changes", "used"),
    [
        (
            {"groups.front.apology": {}, "satisfaction": {}},
            {"satisfaction.apology_odds", "satisfaction.repeated_apology_odds"},
        ),
        ({"groups.front.engagement": {"leaders": 1.0}}, {"groups.front.engagement.leaders_keep"}),
        ({"groups.front.engagement": {"humour": -1.0}}, {"groups.front.engagement.humour_eases"}),
        (
            {"groups.front.training": {"hours_per_week": 1, "soft_skills": 0.5}},
            {"groups.front.training.empathy_per_hour"},
        ),
        (
            {
                "groups.front.tenure_weeks": 10,
                "groups.front.learning": {"faster_among_old_hands": 0.3},
            },
            {"groups.front.learning.old_hand_weeks"},
        ),
        ({"history": {"talk_factor": 0.9}}, set()),  # a figure of its own
        (
            {"satisfaction": {}, "word_of_mouth": {}},
            {"word_of_mouth.satisfied", "word_of_mouth.dissatisfied"},
        ),
    ],
)
def test_what_a_lever_assumes_is_asked_about_where_it_is_on(
    changes: dict[str, Any], used: set[str]
) -> None:
    plain = {one.key for one in assumptions(scenario()) if one.used}
    on = {one.key for one in assumptions(with_changes(scenario(), changes)) if one.used}
    assert used <= on - plain
    assert not used & plain
