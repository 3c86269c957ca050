"""The mechanisms through which a policy works, and which of them do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mechanisms:
    """Which mechanisms work; a centre as it is has all of them."""

    approval_time: bool = True
    """Off: who can be asked for a decision decides in the instant, and nobody waits for it."""
    hang_ups: bool = True
    """Off: customers hold, and wait in any later queue, as long as it takes."""
    retelling: bool = True
    """Off: nobody has to tell the story again."""
    returns: bool = True
    """Off: a case is given up where the customer would have made contact again."""
    generosity: bool = True
    """Off: what is paid is what is due."""


ALL_WORK = Mechanisms()
"""A centre as it is."""
