"""Fuzzing: many cases, one after the other or in several processes."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.fuzz.cases import Finding, case

Planned = Sequence[tuple[str, int]]
"""Kinds and numbers of cases."""
_AT_ONCE = 50


def findings(plan: Planned, seed: int, workers: int = 1) -> list[Finding]:
    """Do all cases; those that did not end as commands end.

    Args:
        plan: kind and number of each case.
        seed: other seeds make other cases.
        workers: processes; 1 stays in this one.
    """
    if workers == 1:
        return _some(plan, seed)
    stretches = [plan[at : at + _AT_ONCE] for at in range(0, len(plan), _AT_ONCE)]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        found = pool.map(_some, stretches, [seed] * len(stretches))
        return [one for those in found for one in those]


def _some(plan: Planned, seed: int) -> list[Finding]:
    _everything_loaded()
    found = []
    for kind, number in plan:
        with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as folder:
            if (wrong := case(kind, seed, number, Path(folder))) is not None:
                found.append(wrong)
    return found


def _everything_loaded() -> None:
    """Load what commands load when they need it: its memory is nobody's fault."""
    import duckdb
    import matplotlib.pyplot as plt
    import scipy.stats  # noqa: F401 - loaded for its memory

    duckdb.connect().close()
    plt.close("all")
