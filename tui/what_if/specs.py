"""Which keys of a scenario are knobs, in the order in which a manager looks for them.

What each is called and counted in is written next to the key itself (``scenarios/parts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.parts.channels import WRITTEN


@dataclass(frozen=True)
class Block:
    """Knobs that belong to every entry of a table, or to the centre itself."""

    table: str
    """Name of the table; empty for the centre itself."""
    keys: tuple[str, ...]
    """Key paths below an entry of the table; ``*`` stands for any name."""


def _under(section: str, *keys: str) -> tuple[str, ...]:
    """A section and keys below it."""
    return (section, *(f"{section}.{key}" for key in keys))


_REASON = (
    "volume.per_day",
    "handling.*.talk_s",
    "handling.*.wrap_up_s",
    "patience_s.*",
    "patience_factor",
    "self_service",
    *_under("chat_bot", "settles", "leaves", "talk_factor")[1:],
    "solve",
    "false_resolution",
    "demands_boss",
    *_under("further_business", "probability", "delay_min"),
    "remedy.needed",
    "remedy.money",
)
_RETURNING = (
    "busyness_cv",
    "busyness_by_half_hour_cv",
    *_under(
        "redial",
        *("after_abandoning", "after_blocked", "after_closed", "after_unreached"),
        *("after_lost_in_transfer", "delay_min"),
    ),
    *_under("repeat", "probability", "delay_min", "talk_factor", "patience_factor"),
    "repeat.after_cut_off.probability",
)
_TEAM = (
    "heads",
    "shifts.*.heads",
    "talk_factor",
    "wrap_up_factor",
    "solve.*",
    "speed_cv",
    "chats_at_once",
    "chat_slowdown",
    "absence",
    *_under("availability", "share", "always_there", "away_min", "called_back", "back_after_s"),
    *_under("early_log_off", "share", "minutes"),
    *_under("cut_off", "share", "after_s"),
    "meetings_min_per_day",
    *_under("own_work", "hours_per_day"),
)
_STEP = (
    "chance",
    "group",
    "time_s",
    "knowledge",
    "decision_s",
    "approval",
    "approval_falls_per_100",
    "conference_s",
    "timeout_s",
    "due_h",
    "preparation_s",
    "work_s",
    *_under("pending", "share", "hours", "again")[1:],
)
_OUTBOUND = (
    *("records_per_day", "records_at_start", "mode", "pace", "abandoned_at_most", "reserve"),
    *("contact_rate", "right_party", "preview_s", "ring_s", "talk_s", "wrong_party_s"),
    *("wrap_up_s", "tries", "retry_after_min"),
)
_ANNOUNCED = ("announce", "patience_factor", "told_above_s", "told_factor", "balk")
_OFFERED = (
    "when_wait_over_s",
    "when_waiting_over",
    "accept",
    "accept_falls_per_h",
    "place",
    "window_after_min",
    "window_min",
    "per_window",
    "when_full",
    "reserve",
    "answer",
)
_LINE = (
    "opening.at_closing",
    *_under("acknowledgement", *_ANNOUNCED),
    *_under("callback_offer", *_OFFERED),
    *(
        f"channels.{channel}.{key}"
        for channel in WRITTEN
        for key in ("interrupted", "at_shift_end", "hand_over_s")
    ),
    "routing.agent_choice",
    "routing.contact_choice",
    "waiting.points_per_s",
    "waiting.returning_bonus",
    "waiting.transferred_bonus",
    "waiting.transfer_patience",
    "waiting.retell_s",
    *_under("history", "at_hand", "talk_factor"),
    "waiting.hold_patience_s",
)
_QUEUE = (
    "priority",
    *_under("priority_step", "after_s", "points")[1:],
    *_under("queue_limit", "max_waiting", "then")[1:],
    *_under("after_hours", "leaves_message", "called_back")[1:],
)
_KNOWS = (
    "knowledge",
    "knowledge_sd",
    "empathy",
    *_under("knowledge_base", "knowledge", "look_up_s"),
    *_under("training", "hours_per_week", "knowledge_per_hour", "pace_per_hour", "soft_skills"),
    "training.half_life_weeks",
    *_under("apology", "apologises", "explains", "honest", "takes_s"),
    *_under("handle_time_goal", "talk_s", "pressure"),
    *_under("learning", "handle_time_at_start", "weeks", "knowledge_at_start"),
    "learning.faster_among_old_hands",
    *_under("engagement", "start", "discretion", "humour", "leaders", "half_life_days"),
    *_under("hiring", "open_at_start", "lead_time_weeks", "training_weeks"),
)
_GOALS = ("ownership", "targets.answer_within_s", "targets.service_level")

SECTIONS: Mapping[str, tuple[Block, ...]] = {
    "Customers": (
        Block("", _RETURNING),
        Block("incidents", ("multiplier", "minutes")),
        Block("times_of_day", ("talk_factor", "patience_factor")),
        Block("day_types", ("volume_factor",)),
        Block("reasons", _REASON),
    ),
    "People": (Block("groups", _TEAM), Block("outages", ("minutes",))),
    "Authority": (
        Block("groups", ("authority", "approver", "generosity.mean")),
        Block("authority", ("limit", "limits.*")),
        Block("", ("boss.after_asking",)),
    ),
    "Escalation": (
        Block("groups", ("beyond_authority", "beyond_knowledge", "on_demand")),
        Block("escalation", _STEP),
    ),
    "Waiting": (
        Block("", _LINE),
        Block("channels", ("lines", "response_target_h")),
        Block("reasons", _QUEUE),
    ),
    "Outbound": (Block("outbound", _OUTBOUND),),
    "Knowledge and goals": (
        Block("", _GOALS),
        Block("groups", _KNOWS),
        Block(
            "root_causes",
            ("tracked", "share", "threshold", "lead_time_weeks", "removes", "named_in_survey"),
        ),
    ),
    "Money": (
        Block("groups", ("cost_per_hour",)),
        Block("", ("costs.telecom_per_min", "loyalty.customer_value")),
        Block("root_causes", ("cost",)),
    ),
}
"""Every section with its blocks, in the order of the screen."""
