"""Ticket logs: one row for each ticket."""

from dataclasses import dataclass

from scenarios.records.columns import Codes, Columns, Numbers, Times
from scenarios.records.report import DataReport


@dataclass(frozen=True, eq=False)
class Tickets(Columns):
    """Cleaned tickets in the state of their last record, in order of opening, local clock.

    Attributes:
        opened: When the ticket was opened; always known.
        assigned: When somebody was first assigned; NaT where not known.
        first_reply: When the customer was first replied to.
        solved: When it was (last) solved; NaT while open.
        reopened: How many times it was reopened; NaN where not recorded.
        reassigned: How many times it was handed on (to another group or person); NaN where not.
        group: Code in `group_names`: the group or tier that had it last.
        reason: Code in `reason_names`: category.
        status: Code in `status_names`.
        agent: Code of the person assigned, −1 where not known.
        customer: Code of the customer.
        priority: The priority as a number, 1 the most urgent; NaN where not recorded.
        channel: Code in `channel_names`: how it came in.
        group_names: Groups by code.
        reason_names: Reasons by code.
        status_names: States by code.
        channel_names: Channels by code.
        report: What was found in the records.
    """

    opened: Times
    assigned: Times
    first_reply: Times
    solved: Times
    reopened: Numbers
    reassigned: Numbers
    group: Codes
    reason: Codes
    status: Codes
    agent: Codes
    customer: Codes
    priority: Numbers
    channel: Codes
    group_names: tuple[str, ...]
    reason_names: tuple[str, ...]
    status_names: tuple[str, ...]
    channel_names: tuple[str, ...]
    report: DataReport
