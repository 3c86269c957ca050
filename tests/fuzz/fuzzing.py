"""Fuzzing: many cases, one after the other or in several processes."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.fuzz.cases import Finding, case

Planned = Sequence[tuple[str, int]]
"""Kinds and numbers of cases."""
_AT_ONCE = 50


def findings(plan: Planned, seed: int, workers: int = 1) -> Iterator[Finding]:
    """Do all cases; those that did not end as commands end, as they are found.

    Args:
        plan: kind and number of each case.
        seed: other seeds make other cases.
        workers: processes; 1 stays in this one.
    """
    stretches = [plan[at : at + _AT_ONCE] for at in range(0, len(plan), _AT_ONCE)]
    if workers == 1:
        for stretch in stretches:
            yield from _some(stretch, seed)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for found in pool.map(_some, stretches, [seed] * len(stretches)):
            yield from found


def _some(plan: Planned, seed: int) -> list[Finding]:
    everything_loaded()
    found = []
    for kind, number in plan:
        with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as folder:
            if (wrong := case(kind, seed, number, Path(folder))) is not None:
                found.append(wrong)
    return found


def everything_loaded() -> None:
    """Load what commands load when they need it: its memory is nobody's fault."""
    import duckdb
    import matplotlib.pyplot as plt
    import scipy.stats  # noqa: F401 - loaded for its memory

    duckdb.connect().close()
    plt.close("all")
