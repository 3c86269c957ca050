"""Tiny centres whose answer is known from a formula, a chain or somebody else's simulation."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from scenarios.schema import Scenario

MINUTE = 60.0
HOUR = 3600.0
DAY = 24 * HOUR


def exponential(mean_s: float) -> dict[str, Any]:
    """The exponential distribution with this mean."""
    return {"distribution": "exponential", "mean": mean_s}


def reason(per_min: float, talk_s: Any, *groups: str, **more: Any) -> dict[str, Any]:
    """Why customers call, evenly by day and night; served by "agents" when no group is named."""
    return {
        "volume": {"per_day": per_min * 1440.0},
        "groups": list(groups) or ["agents"],
        "handling": {"voice": {"talk_s": talk_s}},
        **more,
    }


def centre(
    reasons: Mapping[str, Any], groups: Mapping[str, Any], days: int = 1, **sections: Any
) -> Scenario:
    """A scenario of these reasons and groups, with further sections."""
    return Scenario.model_validate(
        {"horizon": {"days": days}, "reasons": reasons, "groups": groups, **sections}
    )


def one_queue(
    per_min: float, talk_s: Any, agents: int, contacts: int, *, sections: Any = None, **more: Any
) -> Scenario:
    """One reason and one group, for as many whole days as bring this many contacts."""
    days = ceil(contacts / (per_min * 1440.0))
    groups = {"agents": {"heads": agents}}
    return centre({"call": reason(per_min, talk_s, **more)}, groups, days, **(sections or {}))
