"""The knobs of the bench: what can be turned, and what comes of it."""

import math
from pathlib import Path

import pytest

from scenarios import Policy, apply, json_schema, load, load_text, path_of, with_changes
from scenarios.checks.places import find
from scenarios.files.editors import META
from scenarios.library import names
from scenarios.save import save_policy
from tui.what_if.bench import Bench, RefusedError
from tui.what_if.day import one_day, whole_horizon
from tui.what_if.specs import SECTIONS
from tui.what_if.together import ALL_CUSTOMERS
from tui.what_if.units import COUNT, MONEY, SECONDS, SHARE, TIMES, Unit

TEAM = 'groups.front_line."*".heads'
AUTHORITY = "groups.front_line.authority"
STEPS = find(("escalation", "any", "steps", 0), None).tags()


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench.of(load("retail-complaints"))


def sections(bench: Bench) -> list[str]:
    return list(dict.fromkeys(knob.section for knob in bench.knobs))


def test_the_knobs_are_grouped_as_a_manager_thinks(bench: Bench) -> None:
    assert sections(bench) == [
        "Customers",
        "People",
        "Authority",
        "Escalation",
        "Waiting",
        "Knowledge and goals",
        "Money",
    ]


def test_a_key_is_a_knob_where_the_schema_names_one() -> None:
    schema = json_schema()
    sections = [schema, *schema["$defs"].values()]
    nodes = [node for one in sections for node in one.get("properties", {}).values()]
    named = {
        (node[META]["knob"], node["description"]) for node in nodes if "knob" in node.get(META, {})
    }
    places = [
        find((*above, *step, *key.split(".")), None)
        for blocks in SECTIONS.values()
        for block in blocks
        for above in [(block.table, "any") if block.table else ()]
        for step in (
            [("steps", 0, kind) for kind in STEPS] if block.table == "escalation" else [()]
        )
        for key in block.keys
    ]
    shown = {(place.meta.knob, place.meaning) for place in places if place.options}
    assert shown - {("", "")} == named
    assert len(named) > 100


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_has_knobs_that_all_stand_as_in_the_base(name: str) -> None:
    bench = Bench.of(load(name))
    assert len(bench.knobs) > 30
    assert not any(knob.changed for knob in bench.knobs)
    assert len({knob.key for knob in bench.knobs}) == len(bench.knobs)


@pytest.mark.parametrize("name", names())
def test_plus_gives_a_value_that_each_knob_may_have(name: str) -> None:
    bench = Bench.of(load(name))
    for knob in bench.knobs:
        value = knob.stepped(+1)
        if knob.kind == "number":
            assert knob.limits.holds(value), knob.key
            assert value > knob.value or value == knob.limits.high, knob.key


def test_a_turned_knob_shows_the_base_beside_it_and_is_marked(bench: Bench) -> None:
    turned = bench.turn(AUTHORITY, "empowered")
    (knob,) = turned.changed
    assert (knob.shown_base, knob.shown) == ("Nothing without asking", "Up to €150 without asking")
    assert turned.what_if.groups["front_line"].authority == "empowered"
    assert turned.turned.changes == {AUTHORITY: "empowered"}


def test_turning_a_knob_back_leaves_nothing_turned(bench: Bench) -> None:
    there = bench.turn("groups.front_line.absence", 0.1)
    assert there.turn("groups.front_line.absence", 0.05).turned.nothing


def test_a_number_is_read_as_it_is_shown(bench: Bench) -> None:
    turned = bench.typed("groups.front_line.absence", "7.5 %")
    assert turned.what_if.groups["front_line"].absence == 0.075
    comma = bench.typed("groups.front_line.absence", "7,5")
    assert comma.what_if.groups["front_line"].absence == 0.075, "a decimal comma is one"
    limit = bench.typed("authority.guided.limit", "1,500").what_if.authority["guided"].limit
    assert limit == 1_500.0, "a comma between thousands is one"
    key = "reasons.late_delivery.handling.voice.talk_s.mean"
    assert bench.typed(key, "5:00").knob(key).value == 300.0
    assert (
        bench.typed("authority.guided.limit", "no limit").knob("authority.guided.limit").value
        == math.inf
    )


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("groups.front_line.absence", "150", "It must be from 0 % to 100 %."),
        ("groups.front_line.absence", "many", "'many' is not a number."),
        ("groups.front_line.absence", "1,5,0", "'1,5,0' is not a number."),
        ("groups.front_line.chats_at_once", "inf", "'inf' is not a number that can be counted"),
        ("groups.front_line.chats_at_once", "1e999", "'1e999' is not a number that can be"),
        ("groups.front_line.chats_at_once", "1.5", "It must be a whole number."),
        ("reasons.late_delivery.patience_s.voice.mean", "0", "It must be above 0 s."),
        (AUTHORITY, "everything", "'everything' is not one of: Nothing without asking"),
        ("targets.answer_within_s", "2", "short_abandon_s must not be longer than answer_within_s"),
    ],
)
def test_what_cannot_be_is_refused_in_words_as_it_is_typed(
    bench: Bench, key: str, text: str, words: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        bench.typed(key, text)
    assert words in str(refused.value)


def test_all_customers_turn_together(bench: Bench) -> None:
    turned = bench.typed(ALL_CUSTOMERS, "110")
    factors = [reason.volume.factor for reason in turned.what_if.reasons.values()]
    assert factors == [1.1] * 6
    assert turned.knob(ALL_CUSTOMERS).shown == "110 %"
    assert turned.turn(ALL_CUSTOMERS, 1.0).turned.nothing


def test_five_more_people_are_spread_over_the_shifts_whole_crews_together(bench: Bench) -> None:
    turned = bench.turn(TEAM, 45)
    shifts = turned.what_if.groups["front_line"].shifts
    assert shifts is not None
    heads = {name: shift.heads for name, shift in shifts.items()}
    assert turned.knob(TEAM).value == 45
    assert heads["saturday_early"] == heads["morning_and_saturday"], "the same people"
    assert sum(heads.values()) - heads["saturday_early"] - heads["saturday_late"] == 45
    assert turned.turn(TEAM, 40).turned.nothing


def test_switching_a_section_off_leaves_it_out_and_on_again_changes_nothing(bench: Bench) -> None:
    off = bench.turn("acknowledgement", False)
    assert off.what_if.acknowledgement is None
    assert off.turned.remove == ("acknowledgement",)
    assert "acknowledgement.patience_factor" not in {knob.key for knob in off.knobs}
    assert off.turn("acknowledgement", True).turned.nothing


def test_a_section_that_is_switched_on_brings_its_own_knobs(bench: Bench) -> None:
    on = bench.turn("callback_offer", True)
    more = on.typed("callback_offer.accept", "60")
    assert more.what_if.callback_offer is not None
    assert more.what_if.callback_offer.accept == 0.6
    assert more.turn("callback_offer", False).turned.nothing


def test_undo_takes_turns_back_one_by_one(bench: Bench) -> None:
    twice = bench.turn(AUTHORITY, "guided").turn("groups.front_line.absence", 0.1)
    once = twice.undo()
    assert once.turned.changes == {AUTHORITY: "guided"}
    assert once.undo().turned.nothing
    assert once.undo().undo().turned.nothing


def test_reset_turns_one_knob_back_or_all_and_undo_brings_them_again(bench: Bench) -> None:
    both = bench.turn(AUTHORITY, "guided").turn("callback_offer", True)
    assert both.reset(AUTHORITY).turned.changes == {"callback_offer": {"when_wait_over_s": 120}}
    assert both.reset_all().turned.nothing
    assert both.reset_all().undo().turned == both.turned


def test_a_policy_of_the_file_can_be_taken_as_a_start(bench: Bench) -> None:
    policies = load("retail-complaints").policies
    for name, policy in policies.items():
        turned = bench.start_from(policy)
        whole = with_changes(bench.base, policy.changes, policy.remove)
        assert turned.what_if == whole, name


def test_what_was_turned_is_saved_as_a_policy_that_makes_the_same_centre(
    bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(path_of("retail-complaints").read_text(encoding="utf-8"), encoding="utf-8")
    turned = (
        bench.turn(AUTHORITY, "empowered")
        .turn(TEAM, 42)
        .turn("callback_offer", True)
        .typed("callback_offer.accept", "60")
        .turn("acknowledgement", False)
    ).turned
    save_policy(file, "mine", turned.changes, remove=turned.remove, title="Mine")
    text = file.read_text(encoding="utf-8")
    assert "# Retail complaints: may the front line settle" in text, "comments stay"
    saved = load_text(text).policies["mine"]
    assert bench.start_from(saved).turned.changes == turned.changes


ABSENCE = "groups.front_line.absence"


def test_a_policy_with_a_relative_change_can_be_turned_on_reset_and_saved(
    bench: Bench, tmp_path: Path
) -> None:
    policy = Policy(changes={f"{ABSENCE} *=": 2, AUTHORITY: "guided"})
    start = bench.start_from(policy)
    assert start.knob(ABSENCE).value == 0.1
    assert start.turn(ABSENCE, 0.2).turned.changes == {AUTHORITY: "guided", ABSENCE: 0.2}
    assert start.reset(ABSENCE).turned.changes == {AUTHORITY: "guided"}
    assert start.turn(ABSENCE, 0.05).knob(ABSENCE).value == 0.05, "set to what the base has"
    file = tmp_path / "own.toml"
    file.write_text(path_of("retail-complaints").read_text(encoding="utf-8"), encoding="utf-8")
    save_policy(file, "mine", start.turned.changes, title="Mine")
    saved = load(file)
    assert apply(saved, "mine").groups["front_line"].absence == 0.1
    assert bench.start_from(saved.policies["mine"]).turned.changes == start.turned.changes


def test_switching_a_section_off_takes_a_relative_change_of_it_along(bench: Bench) -> None:
    policy = Policy(changes={"repeat.probability *=": 0.5})
    off = bench.start_from(policy).turn("repeat", False)
    assert off.what_if.repeat is None
    assert off.turn("repeat", True).turned.nothing


def test_turning_the_people_of_a_group_replaces_relative_heads(bench: Bench) -> None:
    policy = Policy(changes={"groups.front_line.shifts.early.heads +=": 3})
    start = bench.start_from(policy)
    assert start.knob(TEAM).value == 43
    assert start.turn(TEAM, 45).knob(TEAM).value == 45
    assert start.reset(TEAM).turned.nothing


def test_one_ordinary_day_stands_for_the_week() -> None:
    stretch = one_day(load("retail-complaints"))
    assert stretch.scenario.horizon.days == 1
    assert stretch.words == "One day, an ordinary Tuesday of 7 days"
    assert not stretch.unseen


def test_a_centre_of_one_day_is_run_whole() -> None:
    scenario = load("outage")
    assert one_day(scenario).scenario is scenario
    assert one_day(scenario).words == whole_horizon(scenario).words == "Tuesday"


def test_the_day_of_an_incident_is_the_one_to_look_at() -> None:
    hail = {"day": 3, "start": "10:00", "minutes": 60.0, "multiplier": 3.0}
    changes = {"horizon.days": 5, "incidents.hail": hail}
    scenario = with_changes(load("retail-complaints"), changes)
    stretch = one_day(scenario)
    assert stretch.words == "One day, the incident's Wednesday of 5 days"
    assert stretch.scenario.incidents["hail"].day == 1


def test_levers_that_take_weeks_are_named_where_one_day_cannot_show_them() -> None:
    assert one_day(load("train-or-hire")).unseen == "learning curves, engagement, hiring"


@pytest.mark.parametrize(
    ("unit", "value", "more", "less"),
    [
        (COUNT, 40, 41, 39),
        (SHARE, 0.05, 0.06, 0.04),
        (SHARE, 0.80, 0.85, 0.75),
        (SECONDS, 230.0, 240.0, 220.0),
        (MONEY, 25.0, 30.0, 20.0),
        (MONEY, 0.0, 10.0, -10.0),
        (TIMES, 1.0, 1.05, 0.95),
    ],
)
def test_steps_suit_the_size_of_a_number_and_are_round(
    unit: Unit, value: float, more: float, less: float
) -> None:
    assert unit.stepped(value, +1) == pytest.approx(more)
    assert unit.stepped(value, -1) == pytest.approx(less)
