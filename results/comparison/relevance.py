"""Relevance: from what size on a difference between two policies matters, measure by measure."""

from __future__ import annotations

import math

from results.measures.registry import MEASURES
from scenarios.parts.relevance import Relevance

WRITTEN = frozenset(
    {
        *("response_time", "time_to_resolution"),
        *("time_to_resolution_p50", "time_to_resolution_p90"),
        *("time_pending", "time_to_resolution_net", "time_to_resolution_net_p90"),
    }
)
"""Times in hours and days rather than seconds: in writing, and until a case is resolved."""

_WAITING = ("backlog", "number_waiting", "number_waiting_p95", "number_waiting_most")
_ONE = 1.0
"""Fewer than one customer or contact more who waits matters to nobody, however few did before."""


def relevance_of(measure: str, least: Relevance, base: float, service_cost: float) -> float:
    """The least difference that matters, in the unit of the measure.

    Args:
        measure: by name.
        least: what the scenario says of it.
        base: mean of the measure under the baseline; NaN where undefined.
        service_cost: money a day under the baseline; 0 or NaN where none is written down.

    Returns:
        At least 0; NaN where it is a part of something that the baseline does not define.
    """
    unit, size = MEASURES[measure].unit, abs(base)
    if unit == "share":
        return least.share
    if unit == "money":
        # Amounts for each case or contact are no part of the cost of a day.
        a_day = not measure.endswith(("_per_case", "_per_contact", "_per_resolution"))
        return least.money_of_service_cost * (service_cost if a_day and service_cost > 0 else size)
    if unit == "s" and measure not in WRITTEN:
        part = least.wait_of_baseline * size
        return least.wait_s if math.isnan(part) else max(least.wait_s, part)
    part = (least.written_of_baseline if unit == "s" else least.count_of_baseline) * size
    return max(part, _ONE) if measure in _WAITING and not math.isnan(part) else part
