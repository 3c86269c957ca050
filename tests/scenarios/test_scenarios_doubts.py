"""What is allowed and may well be a mistake is told as a warning; its neighbour is not."""

from typing import Any, NamedTuple

import pytest

from scenarios import load_text, warnings, with_changes
from tests.support.scenario_texts import SHOP, SMALLEST, shop


class Doubt(NamedTuple):
    """Changes to the shop that bring a warning, and a neighbour that is not."""

    doubtful: dict[str, Any]
    key: str
    rule: str
    fine: dict[str, Any]


BUYERS = {"groups": ["front_line"], "records_per_day": 20, "contact_rate": 0.4, "talk_s": 120}
ASK = "escalation.beyond_authority.steps.0"

NUMBERS = {"start": "08:00", "heads": {"every_day": [9] * 12}}
HELPED = {"group": "specialists", "when_waiting_over": 5}

DOUBTS = {
    "customers who wait for ever bring more work than there are hours": Doubt(
        {
            "reasons.order.handling": {"voice": {"talk_s": 1800}},
            "reasons.order.patience_s": {},
            "reasons.order.groups": ["specialists"],
            "reasons.extra": {
                "volume": {"per_day": 100, "profile": "shop", "weekdays": {"sunday": 0}},
                "groups": ["specialists"],
                "handling": {"voice": {"talk_s": 1800}},
            },
        },
        "reasons.order.groups",
        'offers "specialists" 55.0 hours of work that no customer abandons on monday, '
        "and they have 36.0",
        {
            "reasons.extra": {
                "volume": {"per_day": 100, "profile": "shop", "weekdays": {"sunday": 0}},
                "groups": ["specialists"],
                "handling": {"voice": {"talk_s": 1800}},
                "patience_s": {"voice": 300},
            },
        },
    ),
    "customers who wait for ever bring more work than there are heads in the busiest hour": Doubt(
        {
            "reasons.extra": {
                "volume": {"per_day": 73, "profile": "shop", "weekdays": {"sunday": 0}},
                "groups": ["specialists"],
                "handling": {"voice": {"talk_s": 1200}},
            },
        },
        "reasons.extra.groups",
        'offers "specialists" 3.0 hours of work that no customer abandons on monday from 10:00, '
        "and they have 3.0",
        {
            "reasons.extra": {
                "volume": {"per_day": 72, "profile": "shop", "weekdays": {"sunday": 0}},
                "groups": ["specialists"],
                "handling": {"voice": {"talk_s": 1200}},
            },
        },
    ),
    "contacts come while nobody is on duty": Doubt(
        {"groups.front_line.shifts.late.end": "19:00"},
        "reasons.order.channels.voice",
        "brings 4.2 % of its contacts while nobody is on duty",
        {"groups.front_line.shifts.early.end": "15:00"},
    ),
    "a waiting limit moves contacts to a group that has gone home": Doubt(
        {
            "reasons.order.waiting_limit": {"after_s": 60, "then": "group", "group": "reserve"},
            "groups.reserve": {"shifts": {"day": {"start": "08:00", "end": "19:00", "heads": 2}}},
        },
        "reasons.order.waiting_limit.group",
        "is off duty when 4.2 % of the contacts come",
        {
            "reasons.order.waiting_limit": {"after_s": 60, "then": "group", "group": "reserve"},
            "groups.reserve": {"shifts": {"day": {"start": "08:00", "end": "20:00", "heads": 2}}},
        },
    ),
    "agents are kept free, and nobody else may take them": Doubt(
        {
            "reasons.order.groups": [{"group": "specialists", "reserve": 1}],
            "reasons.damage.groups": ["front_line"],
        },
        "reasons.order.groups.0.reserve",
        'keeps agents of "specialists" free, and no other reason takes them sooner',
        {
            "reasons.order.groups": [{"group": "specialists", "reserve": 1}],
            "reasons.damage.groups": ["specialists"],
        },
    ),
    "a full queue sends to a group that has gone home": Doubt(
        {
            "reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "reserve"},
            "groups.reserve": {"shifts": {"day": {"start": "08:00", "end": "19:00", "heads": 2}}},
        },
        "reasons.order.queue_limit.group",
        "is off duty when 4.2 % of the contacts come",
        {
            "reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "reserve"},
            "groups.reserve": {"shifts": {"day": {"start": "08:00", "end": "20:00", "heads": 2}}},
        },
    ),
    "a message can be left that nobody has a reason to leave": Doubt(
        {
            "reasons.order.after_hours": {"leaves_message": 0.5},
            "reasons.order.volume": {"per_day": 100},
        },
        "reasons.order.after_hours",
        "changes nothing: it is open, and somebody is on duty, whenever customers come",
        {},
    ),
    "more can wait than get in": Doubt(
        {"reasons.order.queue_limit": {"max_waiting": 20}, "channels.voice.lines": 20},
        "reasons.order.queue_limit.max_waiting",
        "is never reached: no more than 20 get in, see channels.voice.lines",
        {"reasons.order.queue_limit": {"max_waiting": 19}, "channels.voice.lines": 20},
    ),
    "a cap is set for letters": Doubt(
        {
            "reasons.order.queue_limit": {"max_waiting": 20},
            "reasons.order.channels": {"voice": 0.0, "email": 1},
            "reasons.order.patience_s": {},
        },
        "reasons.order.queue_limit.max_waiting",
        "changes nothing: letters are always taken, and nobody calls or chats",
        {"reasons.order.queue_limit": {"max_waiting": 20}},
    ),
    "fewer can wait than it takes for others to help": Doubt(
        {
            "reasons.order.groups": ["front_line", HELPED],
            "reasons.order.queue_limit": {"max_waiting": 5},
            "reasons.damage.queue_limit": {"max_waiting": 5},
        },
        "reasons.order.groups.1.when_waiting_over",
        "is never reached: no more than 5 can wait, see queue_limit",
        {
            "reasons.order.groups": ["front_line", HELPED],
            "reasons.order.queue_limit": {"max_waiting": 5},
        },
    ),
    "fewer can wait than it takes for a callback to be offered": Doubt(
        {
            "reasons.order.queue_limit": {"max_waiting": 8},
            "reasons.damage.queue_limit": {"max_waiting": 5},
            "callback_offer": {"when_waiting_over": 8},
        },
        "callback_offer.when_waiting_over",
        "is never reached: no more than 8 can wait, see queue_limit",
        {
            "reasons.order.queue_limit": {"max_waiting": 9},
            "reasons.damage.queue_limit": {"max_waiting": 5},
            "callback_offer": {"when_waiting_over": 8},
        },
    ),
    "numbers on duty leave letters on a desk": Doubt(
        {
            "channels.email": {"at_shift_end": "put_aside"},
            "groups.numbers": {"heads_by_interval": NUMBERS},
            "reasons.order.groups": ["numbers"],
        },
        "channels.email.at_shift_end",
        "has no effect: heads_by_interval names numbers, who finish what they began",
        {"channels.email": {"at_shift_end": "put_aside"}},
    ),
    "nobody is on a list": Doubt(
        {"outbound.buyers": {**BUYERS, "records_per_day": 0}},
        "outbound.buyers",
        "has nobody to be called",
        {"outbound.buyers": BUYERS},
    ),
    "nobody on a list ever answers": Doubt(
        {"outbound.buyers": {**BUYERS, "contact_rate": 0.0}},
        "outbound.buyers.contact_rate",
        "lets every customer be called in vain",
        {"outbound.buyers": BUYERS},
    ),
    "a list grows faster than it can be called": Doubt(
        {"outbound.buyers": {**BUYERS, "records_per_day": 20_000}},
        "outbound.buyers.records_per_day",
        "brings 2644.4 hours of calls in 7 days if each customer is called once",
        {"outbound.buyers": BUYERS},
    ),
    "one agent hands letters over": Doubt(
        {
            "channels.email": {"at_shift_end": "hand_over"},
            "groups.alone": {"heads": 1},
            "reasons.order.groups": ["alone"],
        },
        "channels.email.at_shift_end",
        "hands writing over to nobody: no group that writes has a second agent",
        {"channels.email": {"at_shift_end": "hand_over"}},
    ),
    "a group helps with contacts that it takes anyway": Doubt(
        {"reasons.order.groups": ["front_line", {"group": "front_line", "when_waiting_over": 5}]},
        "reasons.order.groups.1.when_waiting_over",
        'changes nothing: "front_line" takes these contacts anyway',
        {"reasons.order.groups": ["front_line", {"group": "specialists", "when_waiting_over": 5}]},
    ),
    "only groups that help out are still on duty": Doubt(
        {
            "groups.front_line.shifts.late.end": "19:00",
            "reasons.order.groups": ["front_line", {"group": "night", "when_waiting_over": 5}],
            "groups.night": {"heads": 1},
        },
        "reasons.order.channels.voice",
        "brings 4.2 % of its contacts while nobody is on duty",
        {
            "groups.front_line.shifts.late.end": "19:00",
            "reasons.order.groups": ["front_line", {"group": "night", "after_s": 5}],
            "reasons.damage.groups": ["night"],
            "groups.night": {"heads": 1},
        },
    ),
    "many customers find the centre closed": Doubt(
        {"profiles.shop": {"start": "06:00", "shares": [3, 1, 1, 1]}},
        "reasons.order.channels.voice",
        "brings 50 % of its contacts outside opening hours",
        {"profiles.shop": {"start": "06:00", "shares": [1, 1, 1, 2]}},
    ),
    "agents are on duty on a day when the centre is closed": Doubt(
        {
            "groups.night": {
                "shifts": {
                    "a": {"start": "10:00", "end": "12:00", "heads": 1, "weekdays": ["sunday"]}
                }
            },
            "reasons.damage.groups": ["front_line", "night"],
        },
        "groups.night",
        "has agents on duty on sunday, when the centre is closed all day",
        {
            "groups.night": {
                "shifts": {
                    "a": {"start": "10:00", "end": "12:00", "heads": 1, "weekdays": ["sunday"]}
                }
            },
            "reasons.order.groups": ["front_line", "night"],
        },
    ),
    "a reason brings no customers": Doubt(
        {"reasons.order.volume.per_day": 0},
        "reasons.order.volume",
        "brings no customers",
        {"reasons.order.volume.per_day": 0.5},
    ),
    "written contacts have patience": Doubt(
        {"reasons.order.patience_s.email": 600},
        "reasons.order.patience_s.email",
        "has no effect: written contacts are not abandoned",
        {"channels.email.response_target_h": 4},
    ),
    "an authority level limits a kind of decision that nobody needs": Doubt(
        {"authority.limited.limits": {"refnd": 5}},
        "authority.limited.limits.refnd",
        "is for a kind of decision that no remedy needs",
        {"authority.limited.limits": {"refund": 5}},
    ),
    "an authority level forbids a kind of decision that nobody needs": Doubt(
        {"authority.limited.never": ["replacement"]},
        "authority.limited.never.0",
        "is for a kind of decision that no remedy needs",
        {"authority.limited.never": ["goodwill"]},
    ),
    "an approver is asked for what is never allowed": Doubt(
        {"authority.full.never": ["goodwill"]},
        f"{ASK}.group",
        'is asked about "goodwill" and may never allow it',
        {"authority.full.limits": {"goodwill": 10}},
    ),
    "a step stands behind one that ends every case": Doubt(
        {
            "escalation.beyond_knowledge": {
                "steps": [{"step": "decline"}, {"step": "cold_transfer", "group": "specialists"}]
            }
        },
        "escalation.beyond_knowledge.steps.1",
        "is never tried: decline before it ends every case",
        {
            "escalation.beyond_knowledge": {
                "steps": [
                    {"step": "decline", "chance": 0.5},
                    {"step": "cold_transfer", "group": "specialists"},
                ]
            }
        },
    ),
    "one group may not decide, the other cannot solve": Doubt(
        {
            "escalation.up": {"steps": [{"step": "cold_transfer", "group": "specialists"}]},
            "escalation.down": {"steps": [{"step": "cold_transfer", "group": "front_line"}]},
            "groups.front_line.beyond_authority": "up",
            "groups.specialists.authority": "full",
            "groups.specialists.beyond_knowledge": "down",
            "escalation.stop": {"steps": [{"step": "decline"}]},
            "groups.front_line.beyond_knowledge": "stop",
        },
        "escalation.up.steps",
        "passes customers round when each lacks what the other has",
        {
            "escalation.up": {"steps": [{"step": "cold_transfer", "group": "specialists"}]},
            "groups.front_line.beyond_authority": "up",
            "groups.specialists.authority": "full",
        },
    ),
    "a group is named nowhere": Doubt(
        {"groups.back_office": {"heads": 3}},
        "groups.back_office",
        "is not used anywhere and has no effect",
        {
            "groups.back_office": {"heads": 3},
            f"{ASK}.group": "back_office",
            "groups.back_office.authority": "full",
        },
    ),
    "an escalation path has nearly the name that groups look for": Doubt(
        {"escalation.on_demands": {"steps": [{"step": "decline"}]}},
        "escalation.on_demands",
        "is not used anywhere and has no effect",
        {"escalation.on_demand": {"steps": [{"step": "decline"}]}},
    ),
}


AT_RANDOM = 'volume = { per_day = 300, profile = "shop", weekdays = { sunday = 0 } }'
ORDERS_GIVEN = SHOP.replace(AT_RANDOM, "volume = { at_s = [30000, 40000] }")
ALL_GIVEN = ORDERS_GIVEN.replace(AT_RANDOM.replace("300", "60"), "volume = { at_s = [31000] }")
"""Customers who come at given seconds, on the first morning of the shop."""
INCIDENT = {"day": 1, "start": "09:00", "minutes": 60, "multiplier": 9}

UNMOVED = {
    "reasons.order.volume.factor": ({"reasons.order.volume.factor": 2}, '"order"'),
    "reasons.order.volume.weekdays.monday": (
        {"reasons.order.volume.weekdays": {"monday": 2, "tuesday": 1}},
        '"order"',
    ),
    "reasons.damage.busyness_cv": ({"reasons.damage.busyness_cv": 0.2}, '"damage"'),
    "busyness_cv": ({"busyness_cv": 0.2}, '"order" and "damage"'),
    "busyness_by_half_hour_cv": ({"busyness_by_half_hour_cv": 0.2}, '"order" and "damage"'),
    "incidents.storm.multiplier": ({"incidents.storm": INCIDENT}, '"order" and "damage"'),
    "incidents.storm.reasons": (
        {"incidents.storm": {**INCIDENT, "reasons": ["order"]}},
        '"order"',
    ),
}


@pytest.mark.parametrize("key", UNMOVED)
def test_what_would_move_customers_who_come_at_given_seconds_has_no_effect(key: str) -> None:
    changes, whom = UNMOVED[key]
    told = warnings(with_changes(load_text(ALL_GIVEN), changes))
    (problem,) = (each for each in told if each.key != "profiles.shop")  # not needed any more
    assert problem.key == key
    assert problem.rule == f"has no effect on {whom}, whose customers come at given seconds"
    # Where customers come at random it has one.
    assert "given seconds" not in str(warnings(with_changes(shop(), changes)))


def test_an_incident_that_moves_other_customers_is_no_doubt() -> None:
    changes = {"incidents.storm": INCIDENT, "busyness_cv": 0.2}
    assert warnings(with_changes(load_text(ORDERS_GIVEN), changes)) == ()


def without_paths() -> str:
    return SHOP[: SHOP.index("[escalation.beyond_authority]")]


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_doubtful_brings_a_warning_and_its_neighbour_does_not(name: str) -> None:
    doubt = DOUBTS[name]
    told = {problem.key: problem.rule for problem in warnings(with_changes(shop(), doubt.doubtful))}
    assert doubt.key in told, told
    assert told[doubt.key].startswith(doubt.rule)
    neighbour = warnings(with_changes(shop(), doubt.fine))
    assert not [p for p in neighbour if p.rule == told[doubt.key]], neighbour


def test_a_scenario_without_doubts_has_no_warnings() -> None:
    assert warnings(shop()) == ()


def test_cases_beyond_authority_stay_unresolved_for_want_of_a_path() -> None:
    told = [(p.key, p.rule) for p in warnings(load_text(without_paths()))]
    assert told == [
        (
            "groups.front_line",
            'leaves cases of "damage" unresolved that are beyond its authority',
        ),
        (
            "groups.front_line",
            'leaves cases of "damage" unresolved that are beyond its knowledge',
        ),
        (
            "groups.specialists",
            'leaves cases of "damage" unresolved that are beyond its authority',
        ),
        (
            "groups.specialists",
            'leaves cases of "damage" unresolved that are beyond its knowledge',
        ),
    ]


def test_a_doubtful_policy_brings_a_warning_under_its_name() -> None:
    more = '[policies.none]\nchanges = { "reasons.order.volume.per_day" = 0 }\n'
    (problem,) = warnings(shop(more))
    assert problem.key == 'policies.none.changes."reasons.order.volume.per_day"'
    assert problem.rule == "reasons.order.volume: brings no customers"


def test_a_name_that_only_a_policy_uses_is_no_doubt() -> None:
    more = (
        "[authority.generous]\nlimit = 60\n"
        '[policies.generous]\nchanges = { "groups.front_line.authority" = "generous" }\n'
    )
    assert warnings(shop(more)) == ()


def test_chats_at_once_are_more_hours() -> None:
    chat = SMALLEST.replace("handling.voice", "channels.chat = 1\nhandling.chat").replace(
        "patience_s.voice = 120", ""
    )
    busy = chat.replace("per_day = 100", "per_day = 2400").replace("talk_s = 60", "talk_s = 200")
    assert "hours of work that no customer abandons" in str(warnings(load_text(busy)))
    assert warnings(load_text(busy + "chats_at_once = 3\nchat_slowdown = 0.2\n")) == ()
