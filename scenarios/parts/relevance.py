"""What difference matters: the least one that a verdict speaks of, by the kind of measure."""

from typing import Annotated

from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Share


class Relevance(Part):
    """How large a difference between two policies must be to matter; it steers nothing."""

    wait_s: Annotated[NotNegative, Meta(unit="s")] = 5.0
    """Seconds of a wait; where ``wait_of_baseline`` comes to more, that counts."""
    wait_of_baseline: Annotated[NotNegative, Meta(unit="share")] = 0.1
    """The same as a share of the wait under the baseline."""
    share: Annotated[Share, Meta(unit="share")] = 0.01
    """Of every share, as a difference: 0.01 is one percentage point."""
    money_of_service_cost: Annotated[NotNegative, Meta(unit="share")] = 0.01
    """Of money, as a share of what service costs under the baseline; where service costs nothing,
    of the same money under the baseline."""
    written_of_baseline: Annotated[NotNegative, Meta(unit="share")] = 0.1
    """Of times until something is answered in writing or resolved, as a share of the same time
    under the baseline."""
    count_of_baseline: Annotated[NotNegative, Meta(unit="share")] = 0.05
    """Of counts and other numbers, as a share of the same number under the baseline; of the
    backlog at least one contact, of numbers waiting at least one customer."""
