"""Charts by the name of their file, and what each of them shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TRADE_OFF = "waits-and-first-contact"
COST_AND_BENEFIT, SCORECARD, BY_PART = "cost-and-benefit", "scorecard", "by-part"
PROMISES, WEEKS, COST = "promises-and-resolution", "week-by-week", "cost"
DEPENDS_ON = "what-the-answer-depends-on"
WHY, WHICH_CHANGE, THROUGH_WHAT = "why-the-policy-differs", "which-change", "through-what"
BECAUSE = (WHY, WHICH_CHANGE, THROUGH_WHAT)
"""Charts of what is drawn only when it was asked for."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        COST_AND_BENEFIT: "Cost against benefit",
        SCORECARD: "Scorecard",
        TRADE_OFF: "Waits against what is resolved at first contact",
        WHY: "Why the policy differs",
        WHICH_CHANGE: "Which change it is",
        THROUGH_WHAT: "Through what it comes about",
        "path-of-a-complaint": "The path of a complaint",
        "how-cases-end": "How cases end",
        "first-contact-resolution": "First-contact resolution",
        PROMISES: "Promises kept and time to resolution",
        WEEKS: "Week by week",
        "where-failure-demand-comes-from": "Where failure demand comes from",
        "staffing-and-load": "Staffing against load",
        "weekdays": "Weekdays and times of day",
        "waits-over-the-day": "Waits over the day",
        "distribution-of-waits": "Distribution of waits",
        "occupancy": "Occupancy by group and time of day",
        "approvals-over-the-day": "Approvals waiting over the day",
        "approvals-and-coaching": "Approvals and coaching",
        "people-week-by-week": "The people week by week",
        COST: "What a day costs",
        BY_PART: "Part by part",
        DEPENDS_ON: "What the answer depends on",
    }
)
"""What each chart shows, by the name of its file."""
