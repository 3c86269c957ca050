"""Exit codes: what a script can tell from how a command ended."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    FAILED = 1
    """What was asked is fine and could not be done: a full disk, a folder that is another's. Of
    ``check --run``: an expectation does not hold; of ``validate``: a figure differs."""
    USAGE = 2
    """The command line itself is wrong: an unknown policy, a negative number."""
    BAD_SCENARIO = 3
    """The scenario cannot be read, or cannot work."""
    NOT_KNOWN = 4
    """Of ``check --run``: no expectation fails, and one is not known yet. Of ``validate``: no
    figure differs, and one is too rough to tell."""
    INTERRUPTED = 130
    """Ctrl-C; what was finished is kept and told."""
