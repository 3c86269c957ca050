"""Which keys of a scenario are knobs, grouped as a manager thinks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.bench.units import (
    COUNT,
    DAYS,
    HOURS,
    MINUTES,
    MONEY,
    NUMBER,
    SECONDS,
    SHARE,
    TIMES,
    VOLUME,
    WEEKS,
    Unit,
)

SCHEMA = "schema"
"""The choices are those that the schema lists."""


@dataclass(frozen=True)
class Spec:
    """One key that is a knob wherever a scenario has it."""

    path: str
    """Below the table of its block; ``*`` stands for any name."""
    label: str
    """``*`` stands for the name that was found."""
    unit: Unit | None = None
    """Of a number, or of the mean or median of a distribution."""
    choices: str | None = None
    """Table whose names may be chosen, or SCHEMA."""
    on: Any = None
    """What switching a section on writes; True for a plain switch."""


@dataclass(frozen=True)
class Block:
    """Knobs that belong to every entry of a table, or to the centre itself."""

    table: str
    """Name of the table; empty for the centre itself."""
    specs: tuple[Spec, ...]


_REASON = (
    Spec("volume.per_day", "Customers a day", VOLUME),
    Spec("handling.*.talk_s", "Talk, *", SECONDS),
    Spec("handling.*.wrap_up_s", "Wrap-up, *", SECONDS),
    Spec("patience_s.*", "Patience, *", SECONDS),
    Spec("self_service", "Settled in the menu", SHARE),
    Spec("solve", "An agent can solve it", SHARE),
    Spec("false_resolution", "Only seems settled", SHARE),
    Spec("demands_boss", "Demand the boss at once", SHARE),
    Spec("remedy.needed", "Need a remedy", SHARE),
    Spec("remedy.money", "Money needed", MONEY),
)
_RETURNING = (
    Spec("busyness_cv", "Days differ by", SHARE),
    Spec("redial", "Redial after giving up", on={"after_abandoning": 0.5}),
    Spec("redial.after_abandoning", "… after abandoning", SHARE),
    Spec("redial.after_blocked", "… after a busy line", SHARE),
    Spec("redial.after_closed", "… when it was closed", SHARE),
    Spec("redial.delay_min", "… after", MINUTES),
    Spec("repeat", "Unresolved cases come back", on={"probability": 0.5}),
    Spec("repeat.probability", "… how many", SHARE),
    Spec("repeat.delay_min", "… after", MINUTES),
    Spec("repeat.talk_factor", "… talk each time", TIMES),
    Spec("repeat.patience_factor", "… patience each time", TIMES),
)
_INCIDENT = (
    Spec("multiplier", "Times the usual volume", TIMES),
    Spec("minutes", "Lasts", MINUTES),
)
_TEAM = (
    Spec("heads", "Agents on duty", COUNT),
    Spec("shifts.*.heads", "Shift *", COUNT),
    Spec("talk_factor", "Talk time", TIMES),
    Spec("wrap_up_factor", "Wrap-up time", TIMES),
    Spec("speed_cv", "Agents' speed differs by", SHARE),
    Spec("chats_at_once", "Chats at once", COUNT),
    Spec("chat_slowdown", "A further chat slows each by", SHARE),
    Spec("absence", "Absent", SHARE),
    Spec("meetings_min_per_day", "Meetings a day", MINUTES),
    Spec("own_work", "Own work (coaching, …)", on={"hours_per_day": 1}),
    Spec("own_work.hours_per_day", "… hours a day", HOURS),
)
_DECIDES = (
    Spec("authority", "May decide alone", choices="authority"),
    Spec("approver", "Asks for approval", choices="groups"),
    Spec("generosity.mean", "Gives, of what is needed", SHARE),
)
_LEVEL = (
    Spec("limit", "Up to", MONEY),
    Spec("limits.*", "* up to", MONEY),
)
_PATHS = (
    Spec("beyond_authority", "When it may not decide", choices="escalation"),
    Spec("beyond_knowledge", "When it cannot solve it", choices="escalation"),
    Spec("on_demand", "When the boss is demanded", choices="escalation"),
)
_STEP = (
    Spec("chance", "tried in", SHARE),
    Spec("group", "who", choices="groups"),
    Spec("time_s", "takes", SECONDS),
    Spec("knowledge", "knowledge gained", NUMBER),
    Spec("decision_s", "decision takes", SECONDS),
    Spec("approval", "approved", SHARE),
    Spec("approval_falls_per_100", "falls per 100 asked", SHARE),
    Spec("conference_s", "introduction takes", SECONDS),
    Spec("timeout_s", "tried for", SECONDS),
    Spec("due_h", "due within", HOURS),
    Spec("preparation_s", "preparation takes", SECONDS),
    Spec("work_s", "work takes", SECONDS),
)
STEPS: Mapping[str, str] = {
    "ask_colleague": "Ask a colleague",
    "ask_approver": "Ask for approval",
    "warm_transfer": "Warm transfer",
    "cold_transfer": "Cold transfer",
    "promise_callback": "Promise to call back",
    "ticket": "Ticket",
    "decline": "Decline",
}
_LINE = (
    Spec("opening.at_closing", "At closing time", choices=SCHEMA),
    Spec("acknowledgement", "Announcement in the queue", on={"announce": "comfort"}),
    Spec("acknowledgement.announce", "… says", choices=SCHEMA),
    Spec("acknowledgement.patience_factor", "… patience", TIMES),
    Spec("acknowledgement.told_above_s", "… told when above", SECONDS),
    Spec("acknowledgement.told_factor", "… wait told", TIMES),
    Spec("acknowledgement.balk", "… leave at once when too long", SHARE),
    Spec("callback_offer", "Offer of a callback", on={"when_wait_over_s": 120}),
    Spec("callback_offer.when_wait_over_s", "… when the wait is over", SECONDS),
    Spec("callback_offer.accept", "… accepted by", SHARE),
    Spec("callback_offer.place", "… place in the queue", choices=SCHEMA),
    Spec("callback_offer.window_after_min", "… window begins after", MINUTES),
    Spec("callback_offer.window_min", "… window", MINUTES),
    Spec("callback_offer.reserve", "… an agent is reserved", on=True),
    Spec("callback_offer.answer", "… customer answers", SHARE),
    Spec("routing.agent_choice", "Which free agent", choices=SCHEMA),
    Spec("routing.contact_choice", "Which customer first", choices=SCHEMA),
    Spec("waiting.points_per_s", "Points per second waited", NUMBER),
    Spec("waiting.returning_bonus", "Points for returning", NUMBER),
    Spec("waiting.transferred_bonus", "Points for transferred", NUMBER),
    Spec("waiting.retell_s", "Telling the story again takes", SECONDS),
    Spec("waiting.hold_patience_s", "Patience on hold", SECONDS),
)
_CHANNEL = (
    Spec("lines", "Lines", COUNT),
    Spec("response_target_h", "Answered in writing within", HOURS),
)
_PRIORITY = (Spec("priority", "Priority", NUMBER),)
_KNOWS = (
    Spec("knowledge", "Knowledge (logit)", NUMBER),
    Spec("knowledge_sd", "… differs between agents by", NUMBER),
    Spec("empathy", "Empathy", NUMBER),
    Spec("knowledge_base", "Knowledge base", on={}),
    Spec("knowledge_base.knowledge", "… knowledge gained", NUMBER),
    Spec("knowledge_base.look_up_s", "… looking up takes", SECONDS),
    Spec("training", "Training", on={"hours_per_week": 1}),
    Spec("training.hours_per_week", "… hours a week", HOURS),
    Spec("training.knowledge_per_hour", "… gain per hour", NUMBER),
    Spec("training.half_life_weeks", "… half forgotten after", WEEKS),
    Spec("handle_time_goal", "Handle-time goal", on={"talk_s": 240, "pressure": 0.5}),
    Spec("handle_time_goal.talk_s", "… talk at most", SECONDS),
    Spec("handle_time_goal.pressure", "… pressure", SHARE),
    Spec("learning", "New people learn", on={}),
    Spec("learning.handle_time_at_start", "… handle time at the start", TIMES),
    Spec("learning.weeks", "… within", WEEKS),
    Spec("learning.knowledge_at_start", "… knowledge at the start", NUMBER),
    Spec("engagement", "Engagement", on={}),
    Spec("engagement.start", "… at the start", NUMBER),
    Spec("engagement.half_life_days", "… half-life", DAYS),
    Spec("hiring", "Vacancies are filled", on={}),
    Spec("hiring.open_at_start", "… vacant at the start", COUNT),
    Spec("hiring.lead_time_weeks", "… found within", WEEKS),
    Spec("hiring.training_weeks", "… trained for", WEEKS),
)
_CAUSE = (
    Spec("tracked", "Agents note it", on=True),
    Spec("share", "Cases due to it", SHARE),
    Spec("threshold", "Complaints until it is mended", COUNT),
    Spec("lead_time_weeks", "Mended within", WEEKS),
    Spec("removes", "Mending removes", SHARE),
)
_GOALS = (
    Spec("ownership", "Who keeps a promise", choices=SCHEMA),
    Spec("targets.answer_within_s", "Goal: answer within", SECONDS),
    Spec("targets.service_level", "Goal: service level", SHARE),
)

SECTIONS: Mapping[str, tuple[Block, ...]] = {
    "Customers": (
        Block("", _RETURNING),
        Block("incidents", _INCIDENT),
        Block("reasons", _REASON),
    ),
    "People": (Block("groups", _TEAM),),
    "Authority": (
        Block("groups", _DECIDES),
        Block("authority", _LEVEL),
        Block("", (Spec("boss.after_asking", "Want the boss after asking", SHARE),)),
    ),
    "Escalation": (Block("groups", _PATHS), Block("escalation", _STEP)),
    "Waiting": (
        Block("", _LINE),
        Block("channels", _CHANNEL),
        Block("reasons", _PRIORITY),
    ),
    "Knowledge and goals": (
        Block("", _GOALS),
        Block("groups", _KNOWS),
        Block("root_causes", _CAUSE),
    ),
    "Money": (
        Block("groups", (Spec("cost_per_hour", "Wage an hour", MONEY),)),
        Block(
            "",
            (
                Spec("costs.telecom_per_min", "Telephone, a minute", MONEY),
                Spec("loyalty.customer_value", "Worth of a customer", MONEY),
            ),
        ),
        Block("root_causes", (Spec("cost", "Mending it costs", MONEY),)),
    ),
}
"""Every section with its blocks, in the order of the screen."""
