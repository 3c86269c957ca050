"""What cannot work is refused, and its nearest neighbour that works is accepted."""

from typing import Any, NamedTuple

import pytest

from scenarios import ScenarioError, with_changes
from tests.support.scenario_texts import shop


class Case(NamedTuple):
    """Changes to the shop that cannot work, and a near miss that can."""

    refused: dict[str, Any]
    key: str
    rule: str
    accepted: dict[str, Any]


DUTY = "groups.front_line.shifts"
ASK = "escalation.beyond_authority.steps.0"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
HANDLING = {"voice": {"talk_s": 60}}
BUYERS = {
    "groups": ["front_line"],
    "records_per_day": 20,
    "contact_rate": 0.4,
    "talk_s": 120,
}
RECALL = {"day": 1, "start": "09:00", "minutes": 60, "multiplier": 5}
ON_DEMAND = {"escalation.on_demand": {"steps": [{"step": "warm_transfer", "group": "supervisors"}]}}


def ask_then(**step: Any) -> dict[str, Any]:
    return {"escalation.beyond_authority": {"steps": [step]}}


def knowledge_passed_back(**more: Any) -> dict[str, Any]:
    """Specialists pass what they cannot solve back to the front line."""
    back = {"step": "cold_transfer", "group": "front_line", **more}
    return {
        "escalation.back": {"steps": [back]},
        "groups.specialists.beyond_knowledge": "back",
    }


LATE_FIRST = {"start": "18:00", "end": "12:00", "contact_rate": 0.5}
NUMBERS = {"heads_by_interval": {"start": "08:00", "heads": {"every_day": [1, 2]}}}

CASES = {
    "a written channel has a target on the line": Case(
        {"channels.email.answer_within_s": 60},
        "channels.email.answer_within_s",
        "counts seconds on the line, and email is answered in writing only",
        {"channels.chat.answer_within_s": 60},
    ),
    "a reason that only writes has a target on the line": Case(
        {"reasons.order.channels": {"voice": 0, "email": 1}, "reasons.order.answer_within_s": 60},
        "reasons.order.answer_within_s",
        "counts seconds on the line, and order is answered in writing only",
        {"reasons.order.channels": {"voice": 1}, "reasons.order.answer_within_s": 60},
    ),
    "a target of a reason is shorter than a short abandon": Case(
        {"reasons.order.answer_within_s": 4},
        "reasons.order.answer_within_s",
        "is shorter than targets.short_abandon_s, which is 5",
        {"reasons.order.answer_within_s": 0},
    ),
    "a target of a channel is shorter than a short abandon": Case(
        {"channels.voice.answer_within_s": 4},
        "channels.voice.answer_within_s",
        "is shorter than targets.short_abandon_s, which is 5",
        {"channels.voice.answer_within_s": 5},
    ),
    **{
        f"numbers on duty have {key}": Case(
            {"groups.night": {**NUMBERS, key: 15}},
            "groups.night",
            "is about persons; heads_by_interval names numbers",
            {"groups.night": {"heads": 2, key: 15}},
        )
        for key in ("meetings_min_per_day", "training_min_per_day")
    },
    "a reason names a group that does not exist": Case(
        {"reasons.order.groups": ["front_lin"]},
        "reasons.order.groups",
        "0: names a group that does not exist",
        {"reasons.order.groups": ["specialists"]},
    ),
    "an overflow stage names a group that does not exist": Case(
        {"reasons.order.groups": ["front_line", {"group": "nobody", "after_s": 5}]},
        "reasons.order.groups",
        "1.group: names a group that does not exist",
        {"reasons.order.groups": ["front_line", {"group": "supervisors", "after_s": 5}]},
    ),
    "the group tried first only helps out": Case(
        {"reasons.order.groups": [{"group": "front_line", "when_waiting_over": 5}]},
        "reasons.order.groups",
        "0.when_waiting_over: is a rule for groups that help out; the group tried first has nobody",
        {"reasons.order.groups": ["front_line", {"group": "specialists", "when_waiting_over": 5}]},
    ),
    "a group helps those who wait long in no queue before it": Case(
        {"reasons.order.groups": [{"group": "front_line", "when_longest_over_s": 60}]},
        "reasons.order.groups",
        "0.when_longest_over_s: is a rule for groups that help out",
        {
            "reasons.order.groups": [
                {"group": "front_line", "after_s": 10},
                {"group": "specialists", "after_s": 20, "when_longest_over_s": 60},
            ]
        },
    ),
    "a full queue sends to itself": Case(
        {"reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "front_line"}},
        "reasons.order.queue_limit",
        "group: is the group whose queue is full",
        {"reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "specialists"}},
    ),
    "a full queue sends to no group": Case(
        {"reasons.order.queue_limit": {"max_waiting": 5, "then": "group"}},
        "reasons.order.queue_limit",
        'then = "group" needs the name of a group',
        {"reasons.order.queue_limit": {"max_waiting": 5}},
    ),
    "a full queue sends to a group that does not exist": Case(
        {"reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "night"}},
        "reasons.order.queue_limit",
        "group: names a group that does not exist",
        {"reasons.order.queue_limit": {"max_waiting": 5, "then": "group", "group": "supervisors"}},
    ),
    "a call is to be finished before a call": Case(
        {"channels.voice": {"interrupted": False}},
        "channels.voice",
        "interrupted: is about work in writing; on voice the contact in hand is always finished",
        {"channels.email": {"interrupted": False}},
    ),
    "a chat is put aside at the end of the shift": Case(
        {"channels.chat": {"at_shift_end": "put_aside"}},
        "channels.chat",
        "at_shift_end: is about work in writing",
        {"channels.email": {"at_shift_end": "put_aside"}},
    ),
    "time to hand over where nothing is handed over": Case(
        {"channels.email": {"at_shift_end": "put_aside", "hand_over_s": 60}},
        "channels.email.hand_over_s",
        "has no effect: nothing is handed over",
        {"channels.email": {"at_shift_end": "hand_over", "hand_over_s": 60}},
    ),
    "numbers on duty log off early": Case(
        {"groups.night": {**NUMBERS, "early_log_off": {"share": 0.2}}},
        "groups.night.early_log_off",
        "is about persons; heads_by_interval names numbers",
        {"groups.night": {"heads": 1, "early_log_off": {"share": 0.2}}},
    ),
    "a list is called when nobody of its groups is on duty": Case(
        {"outbound.buyers": {**BUYERS, "hours": "02:00-03:00"}},
        "outbound.buyers.groups",
        "are never on duty in the hours in which calls are begun",
        {"outbound.buyers": {**BUYERS, "hours": "10:00-11:00"}},
    ),
    "a list keeps everybody free": Case(
        {
            "groups.two": {"heads": 2},
            "outbound.buyers": {**BUYERS, "groups": ["two"], "reserve": 2},
        },
        "outbound.buyers.reserve",
        'keeps all agents of "two" free: there are 2',
        {
            "groups.two": {"heads": 2},
            "outbound.buyers": {**BUYERS, "groups": ["two"], "reserve": 1},
        },
    ),
    "a list names a group that does not exist": Case(
        {"outbound.buyers": {**BUYERS, "groups": ["front_lin"]}},
        "outbound.buyers.groups",
        "names a group that does not exist",
        {"outbound.buyers": BUYERS},
    ),
    "a pace in preview": Case(
        {"outbound.buyers": {**BUYERS, "pace": 2.0}},
        "outbound.buyers.pace",
        "is about progressive mode, and mode is preview",
        {"outbound.buyers": {**BUYERS, "pace": 2.0, "mode": "progressive"}},
    ),
    "a cap on abandoned calls in preview": Case(
        {"outbound.buyers": {**BUYERS, "abandoned_at_most": 0.03}},
        "outbound.buyers.abandoned_at_most",
        "is about progressive mode, and mode is preview",
        {"outbound.buyers": {**BUYERS, "abandoned_at_most": 0.03, "mode": "progressive"}},
    ),
    "a dialler reads records": Case(
        {"outbound.buyers": {**BUYERS, "preview_s": 20, "mode": "progressive"}},
        "outbound.buyers.preview_s",
        "is about preview mode, and mode is progressive",
        {"outbound.buyers": {**BUYERS, "preview_s": 20}},
    ),
    "an hour of another contact rate ends before it begins": Case(
        {"outbound.buyers": {**BUYERS, "contact_rate_by_time": [LATE_FIRST]}},
        "outbound.buyers.contact_rate_by_time.0",
        "end must come after start, on the same day",
        {"outbound.buyers": {**BUYERS, "contact_rate_by_time": [{**LATE_FIRST, "end": "19:00"}]}},
    ),
    "mail is finished and put aside": Case(
        {"channels.email": {"interrupted": False, "at_shift_end": "put_aside"}},
        "channels.email",
        "at_shift_end: contradicts interrupted = false, by which it is finished",
        {"channels.email": {"interrupted": False, "at_shift_end": "finish"}},
    ),
    "every agent of a group is kept free": Case(
        {"reasons.order.groups": [{"group": "specialists", "reserve": 3}]},
        "reasons.order.groups",
        'keeps every agent of "specialists" free, who are 3: nobody is ever taken',
        {"reasons.order.groups": [{"group": "specialists", "reserve": 2}]},
    ),
    "a volume names a profile that does not exist": Case(
        {"reasons.order.volume.profile": "shops"},
        "reasons.order.volume.profile",
        "names a profile that does not exist",
        {"profiles.shops": {"shares": [1, 1]}, "reasons.order.volume.profile": "shops"},
    ),
    "a reason's own path does not exist": Case(
        {"reasons.order.then": "reception"},
        "reasons.order.then",
        "names an escalation path that does not exist",
        {
            "escalation.reception": {"steps": [{"step": "decline"}]},
            "reasons.order.then": "reception",
        },
    ),
    "a group names a path of its own that does not exist": Case(
        {"groups.front_line.beyond_knowledge": "help"},
        "groups.front_line.beyond_knowledge",
        "names an escalation path that does not exist",
        {"groups.front_line.beyond_knowledge": "beyond_knowledge"},
    ),
    "a group names an authority level that does not exist": Case(
        {"groups.front_line.authority": "ful"},
        "groups.front_line.authority",
        "names an authority level that does not exist",
        {"groups.front_line.authority": "full"},
    ),
    "a step names a group that does not exist": Case(
        {f"{ASK}.group": "boss"},
        f"{ASK}.group",
        "names a group that does not exist",
        {f"{ASK}.group": "specialists"},
    ),
    "a step is for a reason that does not exist": Case(
        {f"{ASK}.reasons": ["damages"]},
        f"{ASK}.reasons",
        "0: names a reason that does not exist",
        {f"{ASK}.reasons": ["damage"]},
    ),
    "a waiting limit names a group that does not exist": Case(
        {"reasons.order.waiting_limit": {"after_s": 60, "then": "group", "group": "night"}},
        "reasons.order.waiting_limit",
        "group: names a group that does not exist",
        {"reasons.order.waiting_limit": {"after_s": 60, "then": "group", "group": "supervisors"}},
    ),
    "a group prefers a reason that does not exist": Case(
        {"groups.front_line.serves_first": ["orders"]},
        "groups.front_line.serves_first",
        "0: names a reason that does not exist",
        {"groups.front_line.serves_first": ["order"]},
    ),
    "a group is fast at a reason that does not exist": Case(
        {"groups.front_line.talk_factors": {"orders": 0.9}},
        "groups.front_line.talk_factors",
        "orders: names a reason that does not exist",
        {"groups.front_line.talk_factors": {"order": 0.9}},
    ),
    "a group has a talk time for a reason that does not exist": Case(
        {"groups.front_line.talk_s.orders": 100},
        "groups.front_line.talk_s.orders",
        "names a reason that does not exist",
        {"groups.front_line.talk_s.order": 100},
    ),
    "an incident is about a reason that does not exist": Case(
        {"incidents.recall": {**RECALL, "reasons": ["damages"]}},
        "incidents.recall",
        "reasons.0: names a reason that does not exist",
        {"incidents.recall": {**RECALL, "reasons": ["damage"]}},
    ),
    "an incident lies beyond the horizon": Case(
        {"incidents.recall": {**RECALL, "day": 8}},
        "incidents.recall",
        "day: lies beyond the horizon, which has 7 days",
        {"incidents.recall": {**RECALL, "day": 7}},
    ),
    "an arrival lies beyond the horizon": Case(
        {
            "reasons.extra": {
                "volume": {"at_s": [36_000, 604_800]},
                "groups": ["front_line"],
                "handling": HANDLING,
            }
        },
        "reasons.extra",
        "volume.at_s: has arrivals beyond the horizon",
        {
            "reasons.extra": {
                "volume": {"at_s": [36_000, 604_799]},
                "groups": ["front_line"],
                "handling": HANDLING,
            }
        },
    ),
    "the warm-up leaves nothing to measure": Case(
        {"horizon.warm_up_days": 7.0},
        "horizon.warm_up_days",
        "leaves nothing of the horizon",
        {"horizon.warm_up_days": 6.5},
    ),
    "a channel in the mix has no handle times": Case(
        {"reasons.damage.channels": {"voice": 0.9, "chat": 0.1}},
        "reasons.damage.channels",
        "chat: sends contacts by chat",
        {"reasons.damage.channels": {"voice": 0.9, "chat": 0.0}},
    ),
    "the channel mix sums to zero": Case(
        {"reasons.damage.channels": {"voice": 0.0}},
        "reasons.damage.channels",
        "must not sum to zero",
        {"reasons.damage.channels": {"voice": 0.01}},
    ),
    "a profile sums to zero": Case(
        {"profiles.shop.shares": [0, 0]},
        "profiles.shop.shares",
        "the shares of a profile must not sum to zero",
        {"profiles.shop.shares": [0, 1]},
    ),
    "a profile reaches past midnight": Case(
        {"profiles.shop.shares": [1, 1, 1, 1, 1, 1, 1, 1, 1]},
        "profiles.shop.shares",
        "has 9 intervals of 120 minutes from 08:00, past midnight",
        {"profiles.shop.shares": [1, 1, 1, 1, 1, 1, 1, 1]},
    ),
    "counts reach past midnight": Case(
        {
            "reasons.extra": {
                "volume": {"counts": {"monday": [1] * 15}, "interval_min": 60, "start": "10:00"},
                "groups": ["front_line"],
                "handling": HANDLING,
            }
        },
        "reasons.extra",
        "volume.counts.monday: has 15 intervals of 60 minutes from 10:00, past midnight",
        {
            "reasons.extra": {
                "volume": {"counts": {"monday": [1] * 14}, "interval_min": 60, "start": "10:00"},
                "groups": ["front_line"],
                "handling": HANDLING,
            }
        },
    ),
    "heads by interval reach past midnight": Case(
        {
            "groups.night": {
                "heads_by_interval": {
                    "interval_min": 480,
                    "start": "08:00",
                    "heads": {"every_day": [1, 1, 1]},
                }
            }
        },
        "groups.night",
        "heads_by_interval.heads.every_day: has 3 intervals of 480 minutes",
        {
            "groups.night": {
                "heads_by_interval": {
                    "interval_min": 480,
                    "start": "08:00",
                    "heads": {"every_day": [1, 1]},
                }
            }
        },
    ),
    "priority classes are more than all customers": Case(
        {
            "reasons.order.priority_classes": {
                "key": {"share": 0.6, "priority": 1},
                "new": {"share": 0.5, "priority": 2},
            }
        },
        "reasons.order.priority_classes",
        "has shares that sum to 1.1",
        {
            "reasons.order.priority_classes": {
                "key": {"share": 0.6, "priority": 1},
                "new": {"share": 0.4, "priority": 2},
            }
        },
    ),
    "the voice menu settles more than all calls": Case(
        {"reasons.order.self_service": 0.7, "reasons.order.hangs_up_in_menu": 0.4},
        "reasons.order.self_service",
        "plus hangs_up_in_menu (0.4) must be at most 1",
        {"reasons.order.self_service": 0.7, "reasons.order.hangs_up_in_menu": 0.3},
    ),
    "callbacks are offered to customers who write": Case(
        {"callback_offer": {"channels": ["voice", "email"]}},
        "callback_offer",
        'channels: must be ["voice"]',
        {"callback_offer": {"channels": ["voice"]}},
    ),
    "nobody of a reason's groups is ever on duty": Case(
        {"reasons.order.groups": ["specialists"], "groups.specialists.heads": 0},
        "reasons.order.groups",
        "have nobody on duty on any day of the horizon",
        {"reasons.order.groups": ["specialists", "supervisors"], "groups.specialists.heads": 0},
    ),
    "a reason's groups are on duty only on days when it brings no contacts": Case(
        {
            "reasons.damage.volume.weekdays": dict.fromkeys(WEEKDAYS, 0),
            "reasons.damage.groups": ["weekday_team"],
            "groups.weekday_team": {
                "shifts": {
                    "day": {"start": "08:00", "end": "16:00", "heads": 5, "weekdays": ["friday"]}
                }
            },
        },
        "reasons.damage.groups",
        "are never on duty when contacts of this reason are there",
        {
            "reasons.damage.volume.weekdays": dict.fromkeys(WEEKDAYS[:4], 0),
            "reasons.damage.groups": ["weekday_team"],
            "groups.weekday_team": {
                "shifts": {
                    "day": {"start": "08:00", "end": "16:00", "heads": 5, "weekdays": ["friday"]}
                }
            },
        },
    ),
    "a group goes home before its only contacts come": Case(
        {
            "reasons.damage.volume": {"profile": "evening"},
            "profiles.evening": {"interval_min": 60, "start": "18:00", "shares": [1, 1]},
            "reasons.damage.groups": ["early_team"],
            "groups.early_team": {
                "shifts": {"day": {"start": "08:00", "end": "18:00", "heads": 5}}
            },
        },
        "reasons.damage.groups",
        "are never on duty when contacts of this reason are there",
        {
            "reasons.damage.volume": {"profile": "evening"},
            "profiles.evening": {"interval_min": 60, "start": "18:00", "shares": [1, 1]},
            "reasons.damage.groups": ["early_team"],
            "groups.early_team": {
                "shifts": {"day": {"start": "08:00", "end": "18:30", "heads": 5}}
            },
        },
    ),
    "nobody who is on duty ever answers the messages": Case(
        {
            "reasons.damage.after_hours": {"leaves_message": 0.5, "group": "ghosts"},
            "groups.ghosts": {
                "shifts": {
                    "day": {"start": "08:00", "end": "16:00", "heads": 5, "weekdays": ["sunday"]}
                },
            },
            "horizon.days": 6,
        },
        "reasons.damage.after_hours.group",
        "has nobody on duty on any day of the horizon",
        {"reasons.damage.after_hours": {"leaves_message": 0.5, "group": "specialists"}},
    ),
    "a channel that customers use never opens": Case(
        {"channels.voice": {"opening": {"hours": "closed"}}},
        "reasons.damage.channels.voice",
        "closed on every day of the horizon",
        {"channels.voice": {"opening": {"hours": "closed", "days": {"friday": "09:00-10:00"}}}},
    ),
    "two shift lines of a crew overlap": Case(
        {f"{DUTY}.early.crew": "one", f"{DUTY}.late.crew": "one"},
        f"{DUTY}.late.start",
        "overlaps early, and it is the same crew as early, one",
        {f"{DUTY}.early.crew": "one", f"{DUTY}.late.crew": "two"},
    ),
    "a crew is still at work when its next shift begins the day after": Case(
        {
            f"{DUTY}.early.crew": "one",
            f"{DUTY}.night": {
                "start": "20:00",
                "end": "09:00",
                "heads": 8,
                "weekdays": ["monday"],
                "crew": "one",
            },
        },
        f"{DUTY}.night",
        "overlaps early",
        {
            f"{DUTY}.early.crew": "one",
            f"{DUTY}.night": {
                "start": "20:00",
                "end": "08:00",
                "heads": 8,
                "weekdays": ["monday"],
                "crew": "one",
            },
        },
    ),
    "a crew is still at work on monday when its sunday night continues": Case(
        {
            f"{DUTY}.early.crew": "one",
            f"{DUTY}.night": {
                "start": "23:00",
                "end": "08:30",
                "heads": 8,
                "weekdays": ["sunday"],
                "crew": "one",
            },
        },
        f"{DUTY}.night",
        "overlaps early",
        {
            f"{DUTY}.early.crew": "one",
            f"{DUTY}.night": {
                "start": "23:00",
                "end": "08:30",
                "heads": 8,
                "weekdays": ["saturday"],
                "crew": "one",
            },
        },
    ),
    "a crew has two numbers of heads": Case(
        {f"{DUTY}.late": {"start": "16:00", "heads": 7}, f"{DUTY}.late.crew": "early"},
        f"{DUTY}.late",
        "which has 8 heads there",
        {f"{DUTY}.late": {"start": "16:00", "heads": 8}, f"{DUTY}.late.crew": "early"},
    ),
    "a break begins before its shift": Case(
        {f"{DUTY}.early.breaks": [{"at": "07:45", "minutes": 15}]},
        f"{DUTY}.early.breaks",
        "lies outside the shift 08:00-16:00",
        {f"{DUTY}.early.breaks": [{"at": "08:00", "minutes": 15}]},
    ),
    "the last wave of a break ends after the shift": Case(
        {f"{DUTY}.early.breaks": [{"at": "15:00", "minutes": 30, "waves": 3}]},
        f"{DUTY}.early.breaks",
        "lies outside the shift 08:00-16:00: 30 minutes in 3 waves",
        {f"{DUTY}.early.breaks": [{"at": "15:00", "minutes": 30, "waves": 2}]},
    ),
    "a break after midnight ends after the night shift": Case(
        {
            f"{DUTY}.night": {
                "start": "22:00",
                "end": "06:00",
                "heads": 2,
                "breaks": [{"at": "05:45", "minutes": 30}],
            }
        },
        f"{DUTY}.night",
        "lies outside the shift 22:00-06:00",
        {
            f"{DUTY}.night": {
                "start": "22:00",
                "end": "06:00",
                "heads": 2,
                "breaks": [{"at": "02:00", "minutes": 30}],
            }
        },
    ),
    "two breaks overlap": Case(
        {
            f"{DUTY}.early.breaks": [
                {"at": "11:00", "minutes": 30, "waves": 2},
                {"at": "11:45", "minutes": 15},
            ]
        },
        f"{DUTY}.early.breaks",
        'overlaps the break at "11:00"',
        {
            f"{DUTY}.early.breaks": [
                {"at": "11:00", "minutes": 30, "waves": 2},
                {"at": "12:00", "minutes": 15},
            ]
        },
    ),
    "an approver has no authority level": Case(
        {f"{ASK}.group": "clerks", "groups.clerks": {"heads": 2}},
        f"{ASK}.group",
        'is asked about "refund" and "goodwill", which nobody there or above may decide',
        {f"{ASK}.group": "clerks", "groups.clerks": {"heads": 2, "approver": "supervisors"}},
    ),
    "an approver may decide nothing that costs money": Case(
        {
            f"{ASK}.group": "clerks",
            "groups.clerks": {"heads": 2, "authority": "listening"},
            "authority.listening": {},
        },
        f"{ASK}.group",
        "which nobody there or above may decide",
        {
            f"{ASK}.group": "clerks",
            "groups.clerks": {"heads": 2, "authority": "listening"},
            "authority.listening": {"limit": 1},
        },
    ),
    "an approver has forgotten one kind of decision": Case(
        {"authority.full": {"limit": 0, "limits": {"refund": 500}}},
        f"{ASK}.group",
        'is asked about "goodwill", which nobody there or above may decide',
        {"authority.full": {"limit": 0, "limits": {"refund": 500}, "never": ["goodwill"]}},
    ),
    "everything an approver is asked is never allowed": Case(
        {"authority.full.never": ["refund", "goodwill"]},
        f"{ASK}.group",
        'is asked about "refund" and "goodwill", which nobody there or above may decide',
        {"authority.full.never": ["goodwill"]},
    ),
    "the approver of a ticket has no authority": Case(
        ask_then(step="ticket", due_h=24, work_s=300, approver="clerks")
        | {"groups.clerks": {"heads": 2}},
        "escalation.beyond_authority",
        "steps.0.approver: is asked about",
        ask_then(step="ticket", due_h=24, work_s=300, approver="supervisors")
        | {"groups.clerks": {"heads": 2}},
    ),
    "approvers ask each other round in a circle": Case(
        {"groups.supervisors.approver": "specialists"},
        "groups.specialists.approver",
        "specialists -> supervisors -> specialists",
        {"groups.supervisors.approver": "owner", "groups.owner": {"heads": 1, "authority": "full"}},
    ),
    "a group is its own approver": Case(
        {"groups.supervisors.approver": "supervisors"},
        "groups.supervisors.approver",
        "supervisors -> supervisors",
        {"groups.supervisors.heads": 3},
    ),
    "customers demand a boss and no path says what happens": Case(
        {"reasons.damage.demands_boss": 0.1},
        "reasons.damage.demands_boss",
        "no path says what happens",
        {"reasons.damage.demands_boss": 0.1, **ON_DEMAND},
    ),
    "customers learn to demand a boss and no path says what happens": Case(
        {"boss.after_asking": 0.1},
        "boss.after_asking",
        "no path says what happens",
        {"boss.after_asking": 0.1, **ON_DEMAND},
    ),
    "two groups pass what neither can solve to each other": Case(
        knowledge_passed_back(),
        "escalation.beyond_knowledge.steps",
        "front_line -> specialists -> front_line",
        knowledge_passed_back(chance=0.5),
    ),
    "two groups pass the cases of one reason to each other": Case(
        knowledge_passed_back(reasons=["damage"]),
        "escalation.beyond_knowledge.steps",
        "front_line -> specialists -> front_line",
        knowledge_passed_back(reasons=["order"]),
    ),
    "two groups pass cases to each other no matter who is asked in between": Case(
        {
            "escalation.back": {
                "steps": [
                    {"step": "ask_colleague", "time_s": 30},
                    {"step": "cold_transfer", "group": "front_line"},
                ]
            },
            "groups.specialists.beyond_knowledge": "back",
        },
        "escalation.beyond_knowledge.steps",
        "front_line -> specialists -> front_line",
        {
            "escalation.back": {
                "steps": [
                    {"step": "ticket", "due_h": 24, "work_s": 300},
                    {"step": "cold_transfer", "group": "front_line"},
                ]
            },
            "groups.specialists.beyond_knowledge": "back",
        },
    ),
    "two groups pass decisions to each other that neither may make": Case(
        {
            "escalation.up": {"steps": [{"step": "cold_transfer", "group": "specialists"}]},
            "escalation.down": {"steps": [{"step": "warm_transfer", "group": "front_line"}]},
            "groups.front_line.beyond_authority": "up",
            "groups.specialists.beyond_authority": "down",
        },
        "escalation.up",
        "front_line -> specialists -> front_line",
        {
            "escalation.up": {"steps": [{"step": "cold_transfer", "group": "specialists"}]},
            "escalation.down": {"steps": [{"step": "warm_transfer", "group": "front_line"}]},
            "groups.front_line.beyond_authority": "up",
            "groups.specialists.beyond_authority": "down",
            "groups.specialists.authority": "full",
        },
    ),
    "a step is for amounts that do not exist": Case(
        {f"{ASK}.money_from": 50, f"{ASK}.money_to": 40},
        f"{ASK}.money_from",
        "must not be above money_to (40)",
        {f"{ASK}.money_from": 50, f"{ASK}.money_to": 50},
    ),
    "a remedy names no kind of decision": Case(
        {"reasons.order.remedy": {"kinds": {}}},
        "reasons.order.remedy",
        "kinds: must name the kinds of decision that are needed",
        {"reasons.order.remedy": {"kinds": {}, "needed": 0}},
    ),
    "a group has two rosters": Case(
        {"groups.front_line.heads_by_interval": {"start": "08:00", "heads": {"every_day": [5]}}},
        "groups.front_line",
        "give exactly one of heads, heads_by_interval, shifts or persons",
        {"groups.supervisors.heads": 5},
    ),
    "a number of heads for a group that works in shifts": Case(
        {"groups.front_line.heads": 5},
        "groups.front_line.heads",
        "sets one number, and front_line has 16 people in shifts",
        {"groups.supervisors.heads": 5},
    ),
    "a table is to be read when no file is loaded": Case(
        {"reasons.order.volume.csv": "counts.csv"},
        "reasons.order.volume.csv",
        "read only while a scenario file is loaded",
        {"reasons.order.volume.per_day": 200},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_work_is_refused(name: str) -> None:
    case = CASES[name]
    with pytest.raises(ScenarioError) as caught:
        with_changes(shop(), case.refused)
    # The key is that of the change, or of what is wrong within the table that it sets.
    told = [p.key for p in caught.value.problems if case.rule in f"{p.key}: {p.rule}"]
    assert told, f"{name}: refused, but for another reason:\n{caught.value}"
    assert [key for key in told if f"{key}.".startswith(f"{case.key}.")]


@pytest.mark.parametrize("name", CASES)
def test_its_near_miss_is_accepted(name: str) -> None:
    with_changes(shop(), CASES[name].accepted)


@pytest.mark.parametrize(
    ("key", "figure", "rule"),
    [
        ("groups.front_line.speed_cv", 5e-324, "speed_cv must be 0 or at least 1e-12"),
        ("reasons.order.volume.weekdays.sunday", 1e-300, "weekdays must be 0 or at least 1e-12"),
        ("reasons.order.patience_s.voice.mean", 1e-300, "mean must be 0 or at least 1e-12"),
    ],
)
def test_a_figure_too_small_to_divide_by_is_refused_wherever_it_is(
    key: str, figure: float, rule: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(shop(), {key: figure})
    assert rule in str(caught.value)


def test_no_limit_is_a_limit_that_is_no_figure() -> None:
    assert shop().authority["full"].limit == float("inf")
