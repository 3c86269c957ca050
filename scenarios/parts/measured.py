"""What can be measured: names, units and parts, so that an expectation is checked before a run.

The equations are in ``results``, which this package does not know; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

CENTRE: tuple[str, ...] = ()
PEOPLE = ("group", "tier")
REASONS = ("complaints", "reason")
CUSTOMERS = ("complaints", "reason", "channel")
WAITS = (*CUSTOMERS, "queue")
EVERYWHERE = (*CUSTOMERS, "group", "tier")
LEGS = (*WAITS, "group", "tier")


class Measured(NamedTuple):
    """What a measure is counted in, and for which parts of a centre it exists."""

    unit: str
    """``s``, ``hours``, ``share`` (a fraction of 1), ``count`` or ``money``."""
    parts: tuple[str, ...]
    """Kinds of parts other than the whole centre, for which every measure exists."""


_MEASURED = {
    "service_level": Measured("share", WAITS),
    "sl_excl_short": Measured("share", WAITS),
    "sl_credit_short": Measured("share", WAITS),
    "sl_answered": Measured("share", LEGS),
    "asa": Measured("s", LEGS),
    "wait_all": Measured("s", WAITS),
    "wait_abandoned": Measured("s", WAITS),
    "wait_p50": Measured("s", LEGS),
    "wait_p90": Measured("s", LEGS),
    "wait_p95": Measured("s", LEGS),
    "wait_longest": Measured("s", WAITS),
    "p_wait": Measured("share", WAITS),
    "abandonment": Measured("share", WAITS),
    "abandonment_excl_short": Measured("share", WAITS),
    "overflowed_out": Measured("count", ("queue",)),
    "taken_over": Measured("count", ("queue", "group")),
    "number_waiting": Measured("count", WAITS),
    "number_waiting_p95": Measured("count", WAITS),
    "number_waiting_most": Measured("count", WAITS),
    "time_to_agent": Measured("s", EVERYWHERE),
    "time_to_agent_p50": Measured("s", EVERYWHERE),
    "time_to_agent_p90": Measured("s", EVERYWHERE),
    "never_reached": Measured("share", CUSTOMERS),
    "tried": Measured("count", CUSTOMERS),
    "offered": Measured("count", WAITS),
    "handled": Measured("count", LEGS),
    "callbacks": Measured("count", EVERYWHERE),
    "follow_ups": Measured("count", EVERYWHERE),
    "cases": Measured("count", EVERYWHERE),
    "callbacks_taken": Measured("share", WAITS),
    "blocked": Measured("share", CUSTOMERS),
    "closed": Measured("share", CUSTOMERS),
    "left_message": Measured("share", CUSTOMERS),
    "turned_away": Measured("share", WAITS),
    "lost_in_menu": Measured("share", CUSTOMERS),
    "redial_rate": Measured("share", CUSTOMERS),
    "repeat_rate": Measured("count", CUSTOMERS),
    "contacts_per_case": Measured("count", EVERYWHERE),
    "failure_demand": Measured("share", CUSTOMERS),
    "failure_contacts": Measured("count", CUSTOMERS),
    "aht": Measured("s", LEGS),
    "talk_time": Measured("s", LEGS),
    "hold_time": Measured("s", LEGS),
    "wrap_up_time": Measured("s", LEGS),
    "helper_time": Measured("s", CENTRE),
    "approver_time": Measured("s", CENTRE),
    "escalation_rate": Measured("share", EVERYWHERE),
    "escalation_authority": Measured("share", EVERYWHERE),
    "escalation_knowledge": Measured("share", EVERYWHERE),
    "escalation_customer": Measured("share", EVERYWHERE),
    "escalation_route": Measured("share", EVERYWHERE),
    "transfer_rate": Measured("count", EVERYWHERE),
    "hung_up_on_hold": Measured("share", LEGS),
    "hung_up_on_hold_authority": Measured("share", LEGS),
    "hung_up_on_hold_knowledge": Measured("share", LEGS),
    "hung_up_on_hold_customer": Measured("share", LEGS),
    "hung_up_on_hold_route": Measured("share", LEGS),
    "hung_up_in_transfer": Measured("share", LEGS),
    "hung_up_in_transfer_authority": Measured("share", LEGS),
    "hung_up_in_transfer_knowledge": Measured("share", LEGS),
    "hung_up_in_transfer_customer": Measured("share", LEGS),
    "hung_up_in_transfer_route": Measured("share", LEGS),
    "fcr": Measured("share", EVERYWHERE),
    "fcr_complaints": Measured("share", EVERYWHERE),
    "fcr_net": Measured("share", EVERYWHERE),
    "first_person_resolution": Measured("share", EVERYWHERE),
    "fcr_no_repeat_7d": Measured("share", EVERYWHERE),
    "time_to_resolution": Measured("s", EVERYWHERE),
    "time_to_resolution_p50": Measured("s", EVERYWHERE),
    "time_to_resolution_p90": Measured("s", EVERYWHERE),
    "unresolved": Measured("share", EVERYWHERE),
    "given_up": Measured("share", EVERYWHERE),
    "approval_wait": Measured("s", EVERYWHERE),
    "approved": Measured("share", EVERYWHERE),
    "approval_undecided": Measured("share", EVERYWHERE),
    "approval_hold": Measured("s", EVERYWHERE),
    "internal_wait": Measured("s", EVERYWHERE),
    "approvals_per_complaint": Measured("count", REASONS),
    "promises_kept": Measured("share", LEGS),
    "promises_kept_told_wait": Measured("share", LEGS),
    "promises_kept_callback": Measured("share", LEGS),
    "promises_kept_voicemail": Measured("share", LEGS),
    "promises_kept_follow_up_call": Measured("share", LEGS),
    "promises_kept_ticket": Measured("share", LEGS),
    "followup_wait": Measured("s", LEGS),
    "followup_wait_p90": Measured("s", LEGS),
    "response_time": Measured("s", CUSTOMERS),
    "response_within_target": Measured("share", CUSTOMERS),
    "backlog": Measured("count", LEGS),
    "occupancy": Measured("share", PEOPLE),
    "utilisation": Measured("share", PEOPLE),
    "time_for_colleagues": Measured("share", PEOPLE),
    "paid_hours": Measured("hours", PEOPLE),
    "overtime": Measured("hours", PEOPLE),
    "coaching_done": Measured("share", PEOPLE),
    "chats_at_once": Measured("count", PEOPLE),
    "chats_at_once_most": Measured("count", PEOPLE),
    "headcount": Measured("count", PEOPLE),
    "vacancies": Measured("count", PEOPLE),
    "tenure": Measured("count", PEOPLE),
    "engagement": Measured("count", PEOPLE),
    "attrition": Measured("share", PEOPLE),
    "absence": Measured("share", PEOPLE),
    "hired": Measured("count", PEOPLE),
    "csat_true": Measured("count", EVERYWHERE),
    "csat_surveyed": Measured("count", EVERYWHERE),
    "survey_bias": Measured("count", EVERYWHERE),
    "survey_response": Measured("share", EVERYWHERE),
    "stay": Measured("share", EVERYWHERE),
    "customers_lost": Measured("count", EVERYWHERE),
    "people_told": Measured("count", CUSTOMERS),
    "revenue_at_risk": Measured("money", EVERYWHERE),
    "revenue_at_risk_per_case": Measured("money", CUSTOMERS),
    "remedies_due": Measured("money", CUSTOMERS),
    "remedies_paid": Measured("money", EVERYWHERE),
    "remedies_paid_per_case": Measured("money", CUSTOMERS),
    "remedy_owed_paid": Measured("money", CUSTOMERS),
    "give_away": Measured("money", EVERYWHERE),
    "give_away_per_case": Measured("money", CUSTOMERS),
    "remedies_withheld": Measured("money", CUSTOMERS),
    "customers_withheld": Measured("count", CUSTOMERS),
    "remedies_refused": Measured("money", CUSTOMERS),
    "customers_refused": Measured("count", CUSTOMERS),
    "remedies_open": Measured("money", CUSTOMERS),
    "customers_open": Measured("count", CUSTOMERS),
    "waiting_cost": Measured("money", CENTRE),
    "overtime_cost": Measured("money", PEOPLE),
    "staff_cost": Measured("money", PEOPLE),
    "telecom_cost": Measured("money", CUSTOMERS),
    "training_cost": Measured("money", PEOPLE),
    "hiring_cost": Measured("money", PEOPLE),
    "fix_cost": Measured("money", CENTRE),
    "service_cost": Measured("money", CENTRE),
    "service_cost_per_case": Measured("money", CENTRE),
    "total_cost": Measured("money", CENTRE),
    "total_cost_per_case": Measured("money", CENTRE),
    "cost_per_contact": Measured("money", CENTRE),
    "cost_per_resolution": Measured("money", CENTRE),
}

MEASURED: Mapping[str, Measured] = MappingProxyType(_MEASURED)
"""Every measure by name, in the order of reports."""
