"""Tidying up: Python looks through everything for what nobody needs while nobody presses keys.

It does so by itself whenever enough has been made, and the screen answers nothing for a tenth of a
second.
"""

from __future__ import annotations

import gc
from time import monotonic

PAUSE_S = 2.0
"""Time without a key after which nobody waits for the next one to be answered."""
DUE = 20
"""Looks at what is young, after which a look at everything is worth while."""
SELDOM = 1_000
"""Looks at what is young, after which everything is looked through in spite of keys."""


def leave_to_pauses() -> None:
    """From now on it is left to ``tidy``, unless keys come without end."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, SELDOM)


def tidy(pressed_at: float) -> bool:
    """Look through everything if that is due and nobody presses keys; whether it was done.

    Args:
        pressed_at: when the last key came or was dealt with, by the monotonic clock.
    """
    if gc.get_count()[2] < DUE or monotonic() - pressed_at < PAUSE_S:
        return False
    gc.collect()
    return True
