import pytest

from results.formulas.cross_check import BESIDE, cross_check
from results.formulas.erlang import erlang_c
from results.formulas.patience_queue import erlang_a
from scenarios import Scenario, apply, load, with_changes

SMALL = with_changes(
    load("textbook"), {"reasons.enquiry.volume.per_day": 28_800, "groups.agents.heads": 22}
)
"""20 erlangs, callers who wait two minutes on average."""

PATIENCE = "reasons.enquiry.patience_s.voice"


def test_a_textbook_queue_is_laid_beside_erlang_a() -> None:
    found = cross_check(SMALL)
    exact = erlang_a(1_200, 60, 22, 120, 20)
    assert found.formula == "Erlang A"
    assert found.values == {name: getattr(exact, name) for name in BESIDE}
    assert found.notes == ()


def test_without_patience_it_is_laid_beside_erlang_c() -> None:
    found = cross_check(with_changes(SMALL, {}, ["reasons.enquiry.patience_s"]))
    exact = erlang_c(1_200, 60, 22, 20)
    assert found.formula == "Erlang C"
    assert found.values["asa"] == exact.asa
    assert found.values["abandonment"] == 0.0


def test_each_policy_has_its_own_formula_answer() -> None:
    scenario = load("textbook")
    more = cross_check(apply(scenario, "two-more-agents"))
    assert more.values["asa"] == pytest.approx(erlang_a(2_880, 60, 52, 120).asa)
    assert more.values["asa"] < cross_check(scenario).values["asa"]


def test_patience_by_another_name_gives_the_same_answer() -> None:
    # Weibull with shape 1 is exponential; its survival curve is read off at 4,000 points.
    law = {"distribution": "weibull", "shape": 1.0, "mean": 120.0}
    found = cross_check(with_changes(SMALL, {PATIENCE: law}))
    assert found.formula == "M/M/n, weibull patience"
    assert found.values == pytest.approx(dict(cross_check(SMALL).values), rel=1e-4)


def test_two_reasons_that_share_their_agents_and_patience_are_one_queue() -> None:
    enquiry = SMALL.model_dump(mode="json", exclude_unset=True)["reasons"]["enquiry"]
    half = {**enquiry, "volume": {"per_day": 14_400}}
    twice = Scenario.model_validate(
        {"reasons": {"a": half, "b": half}, "groups": {"agents": {"heads": 22}}}
    )
    assert cross_check(twice).values == pytest.approx(dict(cross_check(SMALL).values))


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"reasons.enquiry.handling.voice.talk_s": 60}, "handle times are not exponential"),
        ({"reasons.enquiry.handling.voice.wrap_up_s": 5}, "handle times are not exponential"),
        ({"opening.hours": "08:00-20:00"}, "every day starts with an empty queue"),
    ],
)
def test_a_formula_that_is_only_close_says_why(changes: dict[str, object], note: str) -> None:
    found = cross_check(with_changes(SMALL, changes))
    assert found.formula == "Erlang A"
    assert found.notes == (note,)


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"busyness_cv": 0.1}, "volume changes with time"),
        ({"reasons.enquiry.volume.weekdays": {"monday": 2.0}, "horizon.days": 2}, "volume changes"),
        ({"groups.agents.absence": 0.05}, "the number of agents changes with time"),
        ({"redial.after_abandoning": 0.5}, "customers come back"),
        ({"reasons.enquiry.solve": 0.9}, "cases are escalated"),
        ({"acknowledgement.announce": "comfort"}, "waiting customers get an announcement"),
        ({"callback_offer.accept": 0.5}, "callbacks are offered"),
        ({"channels.voice.lines": 60}, "lines or waits are limited"),
        ({"groups.agents.speed_cv": 0.2}, "agents differ or have other work"),
        (
            {"groups.agents.learning": {}, "groups.agents.tenure_weeks": 0},
            "agents become faster as they learn",
        ),
        (
            {"groups.agents.handle_time_goal": {"talk_s": 30, "pressure": 0.5}},
            "agents are held to a handle-time goal",
        ),
        ({"groups.agents.training.hours_per_week": 20}, "number of agents changes with time"),
        ({"groups.agents.hiring.open_at_start": 2}, "number of agents changes with time"),
        ({"groups.agents.engagement": {}}, "number of agents changes with time"),
        (
            {
                "reasons.enquiry.complaint": True,
                "root_causes.label": {"reasons": ["enquiry"], "share": 0.5, "tracked": True},
            },
            "volume changes with time",
        ),
        ({"reasons.enquiry.groups": [{"group": "agents", "after_s": 60}]}, "are held back"),
        (
            {"opening.hours": "08:00-20:00", "channels.voice.opening.hours": "00:00-24:00"},
            "a channel keeps other hours than the centre",
        ),
        ({PATIENCE: 60}, "patience has no smooth law of its own"),
        ({"voice_menu.time_s": 20}, "there is a voice menu"),
        ({"reasons.enquiry.volume.per_day": 0}, "nobody makes contact"),
        (
            {"reasons.enquiry.priority_classes": {"key": {"share": 0.1, "priority": 5.0}}},
            "go first",
        ),
    ],
)
def test_what_no_formula_knows_is_named(changes: dict[str, object], difference: str) -> None:
    found = cross_check(with_changes(SMALL, changes))
    assert found.formula == ""
    assert not found.values
    assert len(found.notes) == 1
    assert difference in found.notes[0]


def test_customers_who_gain_points_faster_go_first() -> None:
    enquiry = SMALL.model_dump(mode="json", exclude_unset=True)["reasons"]["enquiry"]
    urgent = {**enquiry, "points_per_s": 2.0}
    twice = Scenario.model_validate(
        {"reasons": {"a": enquiry, "b": urgent}, "groups": {"agents": {"heads": 44}}}
    )
    assert cross_check(twice).notes == ("some customers go first",)


def test_answers_looked_up_on_the_line_are_part_of_the_handle_time() -> None:
    looks_up = {"groups.agents.knowledge_base": {"look_up_s": 3}}
    found, exact = cross_check(with_changes(SMALL, looks_up)), erlang_a(1_200, 63, 22, 120, 20)
    assert found.values["asa"] == pytest.approx(exact.asa)
    assert found.notes == ("handle times are not exponential",)


@pytest.mark.parametrize(
    "changes",
    [
        {"groups.agents.tenure_weeks": 10},
        {"groups.agents.hiring.class_size": 2},
        {"groups.agents.knowledge_base": {}},
        {"groups.agents.handle_time_goal": {"talk_s": 30, "pressure": 0.0}},
        {"root_causes.label": {"reasons": ["enquiry"], "share": 0.5}},
    ],
)
def test_a_lever_that_moves_nobody_leaves_the_formula_as_it_is(changes: dict[str, object]) -> None:
    assert cross_check(with_changes(SMALL, changes)) == cross_check(SMALL)


def test_a_queue_that_grows_without_end_has_no_formula() -> None:
    changes = {"groups.agents.heads": 20}
    found = cross_check(with_changes(SMALL, changes, ["reasons.enquiry.patience_s"]))
    assert found.formula == ""
    assert found.notes == ("nobody gives up a queue that grows without end",)


def test_a_real_centre_is_far_from_every_formula() -> None:
    found = cross_check(load("retail-complaints"))
    assert not found.formula
    assert "cases are escalated" in found.notes
    assert "there is more than one channel" in found.notes
