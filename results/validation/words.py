"""A validation as people read it: names of figures, numbers with their units, sentences."""

from __future__ import annotations

import math

from results.reading.format import MINUS, UNDEFINED
from results.validation.validate import Outcome, Validation
from results.validation.verdict import FALSE_ALARM, Verdict

TITLES = {
    "abandoned_over_1660": "hang up, of calls expected",
    "abandoned_per_day": "hang up, a day",
    "abandoned_within_threshold": "hang up in time",
    "abandonment": "hang up",
    "activity_times": "lengths of calls",
    "agents": "agents needed",
    "answered": "when calls are answered",
    "asa": "mean wait",
    "asa_entered": "mean wait of those let in",
    "asa_s": "mean wait",
    "asa_served": "mean wait of those answered",
    "attempts_per_caller": "tries per caller",
    "baulked_at": "when calls are refused",
    "best_treat_share": "share worth a try",
    "busy_time": "time in calls",
    "calls_per_issue": "calls per issue",
    "cost_all_escalated": "cost, none tried",
    "cost_per_call": "cost per call",
    "cost_treat_all": "cost, all tried",
    "end_times": "when calls end",
    "escalated": "escalated",
    "events": "what happens",
    "high": "important call",
    "last_end": "end of the last call",
    "low1": "first call",
    "low2": "second call",
    "mean": "mean overtime",
    "mean_busy": "agents busy",
    "mean_callback_queue": "callbacks waiting",
    "mean_hold_per_escalation": "hold per escalation",
    "mean_in_orbit": "callers between two tries",
    "mean_in_system": "calls present",
    "mean_number_waiting": "calls waiting",
    "mean_online_queue": "callers waiting on the line",
    "mean_queue": "calls waiting",
    "mean_time_in_system": "wait and call, mean",
    "mean_time_in_system_high": "wait and call, first class",
    "mean_time_in_system_low": "wait and call, second class",
    "mean_total_queue": "all waiting",
    "mean_wait": "mean wait",
    "mean_wait_1": "mean wait, class 1",
    "mean_wait_2": "mean wait, class 2",
    "mean_wait_all": "mean wait of all",
    "mean_wait_all_min": "mean wait of all",
    "mean_wait_callback": "mean wait for a callback",
    "mean_wait_class_1": "mean wait, class 1",
    "mean_wait_class_2": "mean wait, class 2",
    "mean_wait_class_3": "mean wait, class 3",
    "mean_wait_online_callers": "mean wait on the line",
    "mean_wait_others": "mean wait of others",
    "mean_wait_per_attempt": "mean wait per try",
    "mistreated": "tried in vain",
    "number_in_system_steps": "calls present, step by step",
    "number_waiting": "calls waiting",
    "occupancy": "occupancy",
    "occupancy_A": "occupancy, first group",
    "occupancy_B": "occupancy, flexible group",
    "occupancy_fast": "occupancy, fast agent",
    "occupancy_group1": "occupancy, first group",
    "occupancy_helper": "occupancy, helper",
    "occupancy_slow": "occupancy, slow agent",
    "overflow_mean": "load passed on",
    "overflow_variance": "its variance",
    "overtime_per_agent": "overtime of each agent",
    "p0": "time with nobody there",
    "p_abandon": "hang up",
    "p_abandon_1": "hang up, class 1",
    "p_abandon_2": "hang up, class 2",
    "p_abandon_per_attempt": "hang up, of tries",
    "p_all_busy": "time with nobody free",
    "p_all_busy_time_average": "time with nobody free",
    "p_block": "find no line",
    "p_callback": "take a callback",
    "p_caller_lost": "callers who give up",
    "p_offered_wait": "wait",
    "p_wait": "wait",
    "p_wait_1": "wait, class 1",
    "p_wait_2": "wait, class 2",
    "p_wait_limit": "wait, in the limit",
    "p_wait_others": "others who wait",
    "p_wait_seen_by_attempts": "wait, of tries",
    "p_wait_vip": "VIPs who wait",
    "peakedness": "variance by mean",
    "productive_agents": "agents on duty",
    "published_abandoned": "hang up, as published",
    "published_wait": "wait, as published",
    "published_within_20s_over_1660": "wait under 20 s, as published",
    "rejected": "calls refused",
    "reneged": "who hangs up",
    "reneged_at": "when a customer hangs up",
    "resolved_by_gatekeeper": "resolved by the gatekeeper",
    "scheduled_agents": "agents with shrinkage",
    "served": "calls answered",
    "served_end": "when a call ends",
    "served_of_served_20s": "answered in 20 s, of answered",
    "served_per_day": "answered, a day",
    "service_level": "answered in time",
    "service_level_20s": "answered in 20 s",
    "service_level_20s_one_fewer": "the same, one agent fewer",
    "settled_at_tier1": "settled by the front line",
    "share_of_served_class1_handled_in_B": "class 1 answered by others",
    "sl_answered": "in time, of answered",
    "sl_credit_short": "in time or hung up in time",
    "sl_excl_short": "in time, short calls left out",
    "sl_excl_short_abandon_20s": "in 20 s, short calls left out",
    "sl_offered_excl_short_abandon": "in time, short calls left out",
    "sl_served_of_offered": "answered in time",
    "sl_served_of_served": "in time, of answered",
    "tier1_mean_wait": "mean wait, tier 1",
    "tier1_occupancy": "occupancy, tier 1",
    "tier1_occupancy_incl_hold": "occupancy with hold, tier 1",
    "tier1_remedy_per_complaint": "paid by the front line",
    "tier1_talk_occupancy": "occupancy, tier 1",
    "tier2_mean_wait": "mean wait, tier 2",
    "tier2_occupancy": "occupancy, tier 2",
    "time_to_agent": "mean time to an agent",
    "total_call_rate": "calls a minute",
    "total_wait_over_1660": "wait per call expected",
    "utilisation": "time in calls of time on duty",
    "wait_all": "mean wait of all",
}
"""What each figure is, in the words of a table."""

LINES_NEEDED = "lines_"
_SHARES = ("probability", "fraction")
_PEERS_SHARES = ("p_", "sl_", "service_level", "occupancy", "p0")
_SECONDS, _MINUTES = "s", "min"
_NOTHING = 1e-6
"""A margin so small is arithmetic: nothing is left to chance."""


def title(figure: str) -> str:
    """What a figure is, in words."""
    if figure.startswith(LINES_NEEDED):
        load, limit = figure.removeprefix(LINES_NEEDED).split("_")
        return f"{load} erlangs, {100 * float(limit):g} % blocked"
    return TITLES[figure]


def unit_of(outcome: Outcome) -> str:
    """How a figure is shown: ``%``, ``s`` (seconds) or as a plain number."""
    if outcome.unit in _SHARES or outcome.figure.startswith(_PEERS_SHARES):
        return "%"
    if outcome.unit in (_SECONDS, _MINUTES) or outcome.figure in ("asa_s", "mean_wait_all_min"):
        return "s"
    return ""


def cells(outcome: Outcome) -> tuple[str, str, str, str]:
    """What is right, by the formula, simulated with its margin, and the verdict, as text."""
    verdict = outcome.verdict.value
    if outcome.unit == "events":
        return "", "", "as told" if outcome.verdict is Verdict.AGREES else "otherwise", verdict
    scale = _scale(outcome)
    places = _places(outcome, scale)

    def written(value: float | None) -> str:
        if value is None or math.isnan(value):
            return UNDEFINED
        text = f"{scale * value:,.{places}f}"
        return text.replace("-", MINUS)

    unit = unit_of(outcome)
    simulated = written(outcome.simulated)
    if outcome.margin is not None and scale * outcome.margin > _NOTHING:
        simulated += f" ±{scale * outcome.margin:,.{places}f}"
    right = f"{written(outcome.expected)} {unit}".rstrip()
    return right, written(outcome.computed), simulated, verdict


def _scale(outcome: Outcome) -> float:
    if outcome.unit == _MINUTES or outcome.figure == "mean_wait_all_min":
        return 60.0
    return 100.0 if unit_of(outcome) == "%" else 1.0


def _places(outcome: Outcome, scale: float) -> int:
    """Decimals: two digits of the margin, or four of a figure that has none."""
    if outcome.margin is not None and scale * outcome.margin > _NOTHING:
        return _decimals(scale * outcome.margin, 2)
    value = abs(scale * outcome.expected)
    return 0 if value == round(value) else _decimals(value, 4)


def _decimals(value: float, digits: int) -> int:
    return min(max(digits - 1 - math.floor(math.log10(value)), 0), 4)


def summary(found: Validation) -> str:
    """How many cases and figures agree, in one sentence."""
    counts, total = found.count(), len(found.results)
    figures = _counted(sum(1 for _ in found.outcomes()), "figure")
    cases = _counted(total, "case")
    if counts[Verdict.AGREES] == total:
        return f"{cases}, {figures}: {'it agrees' if total == 1 else 'all agree'}."
    parts = [
        f"{counts[verdict]} {one if counts[verdict] == 1 else more}"
        for verdict, one, more in (
            (Verdict.AGREES, "agrees", "agree"),
            (Verdict.TOO_ROUGH, "too rough to tell", "too rough to tell"),
            (Verdict.DIFFERS, "differs", "differ"),
        )
        if counts[verdict]
    ]
    return f"{cases}, {figures}: {', '.join(parts)}."


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def rule(found: Validation) -> str:
    """What a verdict means, and how often it is wrong."""
    sure, runs = 100 * (1 - FALSE_ALARM), round(1 / FALSE_ALARM)
    return (
        f"± is an interval that holds for all {found.figures} figures that the {set_name(found)} "
        f"set simulates together with {sure:g} %: a simulator that is right is called wrong in "
        f"one run in {runs}. Formulas must be right to a millionth."
    )


def set_name(found: Validation) -> str:
    """The set by its name."""
    return "long" if found.long else "short"
