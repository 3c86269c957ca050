"""Work that leaves next to no circles of references behind, done without looking for them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python look for circles of references before and after, and not meanwhile.

    It looks through everything that is alive each time, which takes a twentieth of a replication
    and a tenth of drawing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
