"""How many examples Hypothesis makes: of those that a test asks for two in five in a fast run."""

import os

EVERY = "EVERY_EXAMPLE"
"""Set in the environment by ``make test-all``."""


def examples(count: int) -> int:
    """So many of `make test-all`, or those of `make test`."""
    return count if os.environ.get(EVERY) else max(1, count * 2 // 5)
