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
QUEUES = ("complaints", "reason", "channel")
EVERYWHERE = ("complaints", "reason", "channel", "group", "tier")


class Measured(NamedTuple):
    """What a measure is counted in, and for which parts of a centre it exists."""

    unit: str
    """``s``, ``hours``, ``share`` (a fraction of 1), ``count`` or ``money``."""
    parts: tuple[str, ...]
    """Kinds of parts other than the whole centre, for which every measure exists."""


_MEASURED = {
    "service_level": Measured("share", QUEUES),
    "sl_excl_short": Measured("share", QUEUES),
    "sl_credit_short": Measured("share", QUEUES),
    "sl_answered": Measured("share", EVERYWHERE),
    "asa": Measured("s", EVERYWHERE),
    "wait_all": Measured("s", QUEUES),
    "wait_abandoned": Measured("s", QUEUES),
    "wait_p50": Measured("s", EVERYWHERE),
    "wait_p90": Measured("s", EVERYWHERE),
    "wait_p95": Measured("s", EVERYWHERE),
    "wait_longest": Measured("s", QUEUES),
    "p_wait": Measured("share", QUEUES),
    "abandonment": Measured("share", QUEUES),
    "abandonment_excl_short": Measured("share", QUEUES),
    "time_to_agent": Measured("s", EVERYWHERE),
    "time_to_agent_p50": Measured("s", EVERYWHERE),
    "time_to_agent_p90": Measured("s", EVERYWHERE),
    "never_reached": Measured("share", QUEUES),
    "tried": Measured("count", QUEUES),
    "offered": Measured("count", QUEUES),
    "handled": Measured("count", EVERYWHERE),
    "callbacks": Measured("count", EVERYWHERE),
    "follow_ups": Measured("count", EVERYWHERE),
    "cases": Measured("count", EVERYWHERE),
    "callbacks_taken": Measured("share", QUEUES),
    "blocked": Measured("share", QUEUES),
    "closed": Measured("share", QUEUES),
    "turned_away": Measured("share", QUEUES),
    "lost_in_menu": Measured("share", QUEUES),
    "redial_rate": Measured("share", QUEUES),
    "repeat_rate": Measured("count", QUEUES),
    "contacts_per_case": Measured("count", EVERYWHERE),
    "failure_demand": Measured("share", QUEUES),
    "failure_contacts": Measured("count", QUEUES),
    "aht": Measured("s", EVERYWHERE),
    "talk_time": Measured("s", EVERYWHERE),
    "hold_time": Measured("s", EVERYWHERE),
    "wrap_up_time": Measured("s", EVERYWHERE),
    "helper_time": Measured("s", CENTRE),
    "approver_time": Measured("s", CENTRE),
    "escalation_rate": Measured("share", EVERYWHERE),
    "escalation_authority": Measured("share", EVERYWHERE),
    "escalation_knowledge": Measured("share", EVERYWHERE),
    "escalation_customer": Measured("share", EVERYWHERE),
    "escalation_route": Measured("share", EVERYWHERE),
    "transfer_rate": Measured("count", EVERYWHERE),
    "hung_up_on_hold": Measured("share", EVERYWHERE),
    "hung_up_on_hold_authority": Measured("share", EVERYWHERE),
    "hung_up_on_hold_knowledge": Measured("share", EVERYWHERE),
    "hung_up_on_hold_customer": Measured("share", EVERYWHERE),
    "hung_up_on_hold_route": Measured("share", EVERYWHERE),
    "hung_up_in_transfer": Measured("share", EVERYWHERE),
    "hung_up_in_transfer_authority": Measured("share", EVERYWHERE),
    "hung_up_in_transfer_knowledge": Measured("share", EVERYWHERE),
    "hung_up_in_transfer_customer": Measured("share", EVERYWHERE),
    "hung_up_in_transfer_route": Measured("share", EVERYWHERE),
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
    "promises_kept": Measured("share", EVERYWHERE),
    "promises_kept_told_wait": Measured("share", EVERYWHERE),
    "promises_kept_callback": Measured("share", EVERYWHERE),
    "promises_kept_voicemail": Measured("share", EVERYWHERE),
    "promises_kept_follow_up_call": Measured("share", EVERYWHERE),
    "promises_kept_ticket": Measured("share", EVERYWHERE),
    "response_time": Measured("s", QUEUES),
    "response_within_target": Measured("share", QUEUES),
    "backlog": Measured("count", EVERYWHERE),
    "occupancy": Measured("share", PEOPLE),
    "utilisation": Measured("share", PEOPLE),
    "time_for_colleagues": Measured("share", PEOPLE),
    "paid_hours": Measured("hours", PEOPLE),
    "overtime": Measured("hours", PEOPLE),
    "coaching_done": Measured("share", PEOPLE),
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
    "people_told": Measured("count", QUEUES),
    "revenue_at_risk": Measured("money", EVERYWHERE),
    "revenue_at_risk_per_case": Measured("money", QUEUES),
    "remedies_due": Measured("money", QUEUES),
    "remedies_paid": Measured("money", EVERYWHERE),
    "remedies_paid_per_case": Measured("money", QUEUES),
    "remedy_owed_paid": Measured("money", QUEUES),
    "give_away": Measured("money", EVERYWHERE),
    "give_away_per_case": Measured("money", QUEUES),
    "remedies_withheld": Measured("money", QUEUES),
    "customers_withheld": Measured("count", QUEUES),
    "remedies_refused": Measured("money", QUEUES),
    "customers_refused": Measured("count", QUEUES),
    "remedies_open": Measured("money", QUEUES),
    "customers_open": Measured("count", QUEUES),
    "waiting_cost": Measured("money", CENTRE),
    "overtime_cost": Measured("money", PEOPLE),
    "staff_cost": Measured("money", PEOPLE),
    "telecom_cost": Measured("money", QUEUES),
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
