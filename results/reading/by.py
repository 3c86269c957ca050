"""What a result can be broken down by; options of commands name it before anything is loaded."""

from enum import StrEnum


class By(StrEnum):
    """What the answer is broken down by."""

    REASON = "reason"
    CHANNEL = "channel"
    QUEUE = "queue"
    GROUP = "group"
    CAUSE = "cause"
