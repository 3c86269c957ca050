"""Call records: one row for each contact."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from scenarios.records.columns import Codes, Columns, Flags, Numbers, Times, seconds
from scenarios.records.report import DataReport


class Outcome(IntEnum):
    """How a contact ended."""

    ANSWERED = 0
    """An agent answered."""
    ABANDONED = 1
    """Asked for an agent and hung up before one answered."""
    MENU = 2
    """Ended in the menu or announcement: never asked for an agent."""
    OTHER = 3
    """Neither: turned away, timed out into voicemail, dropped by the system."""


@dataclass(frozen=True, eq=False)
class Contacts(Columns):
    """Cleaned call records, in order of arrival, on the centre's local clock.

    Where a value cannot be true it counts as not known (NaT, NaN, −1) and the row stays; rows are
    left out only when they are no contact of their own (copies, further legs, outbound calls).
    Times in a row never run backwards: arrived ≤ queued ≤ left_queue ≤ answered ≤ ended.

    Attributes:
        arrived: When the contact came in; always known.
        queued: When it asked for an agent; NaT when it never did. A contact answered without any
            wait has queued = left_queue = answered.
        left_queue: When it left the queue: answered, hung up or turned away.
        answered: When an agent answered; NaT when none did.
        ended: When the talk ended; NaT when it never began or when the end is not known.
        outcome: An `Outcome`, int8.
        agent: Code of the agent, −1 where not known (also on some answered contacts).
        reason: Code in `reason_names`.
        queue: Code in `queue_names`.
        customer: Code of the customer, −1 where not identified.
        priority: The priority as it was recorded; NaN where not.
        transferred: Whether another agent took the contact over.
        hold_s: Seconds on hold, within the talk.
        wrap_up_s: Seconds of work after the talk; NaN where not recorded.
        reason_names: The reasons by code.
        queue_names: The queues by code.
        report: What was found in the records.
    """

    arrived: Times
    queued: Times
    left_queue: Times
    answered: Times
    ended: Times
    outcome: Codes
    agent: Codes
    reason: Codes
    queue: Codes
    customer: Codes
    priority: Numbers
    transferred: Flags
    hold_s: Numbers
    wrap_up_s: Numbers
    reason_names: tuple[str, ...]
    queue_names: tuple[str, ...]
    report: DataReport

    @property
    def asked(self) -> Flags:
        """Who asked for an agent: whom abandonment and waits are about."""
        return ~np.isnat(self.queued)

    @property
    def wait_s(self) -> Numbers:
        """Seconds in the queue, NaN for contacts that never asked for an agent."""
        return seconds(self.queued, self.left_queue)

    @property
    def talk_s(self) -> Numbers:
        """Seconds from the answer to the end of the talk (hold included), NaN where not known."""
        return seconds(self.answered, self.ended)
