"""Centres to measure on."""

from __future__ import annotations

import math

from scenarios import load, with_changes
from scenarios.schema import Scenario

TALK_S = 60.0
PATIENCE_S = 120.0


def textbook(agents: int, contacts: int, load: float = 0.98) -> Scenario:
    """M/M/n+M with at least this many contacts: one queue, exponential talk and patience."""
    per_day = agents * load / TALK_S * 86_400.0
    days = max(1, math.ceil(contacts / per_day))
    return Scenario.model_validate(
        {
            "horizon": {"days": days},
            "reasons": {
                "enquiry": {
                    "volume": {"per_day": per_day},
                    "groups": ["agents"],
                    "handling": {
                        "voice": {"talk_s": {"distribution": "exponential", "mean": TALK_S}}
                    },
                    "patience_s": {"voice": {"distribution": "exponential", "mean": PATIENCE_S}},
                }
            },
            "groups": {"agents": {"heads": agents}},
        }
    )


def half_year(weeks: int) -> Scenario:
    """The first weeks of `train-or-hire`: sixty agents whose people, skills and moods change."""
    return with_changes(load("train-or-hire"), {"horizon.days": weeks * 7})
