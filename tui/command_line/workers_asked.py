"""Who simulates: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import typer

from results.experiments.cluster import connected
from results.experiments.workers import opened
from tui.terminal.environment import typed


@contextmanager
def workers_asked(workers: int | None, scheduler: str | None) -> Iterator[Executor | None]:
    """The workers that were asked for; None is this very process.

    Args:
        workers: number of processes; None is one on each core.
        scheduler: address of a Dask scheduler; None is this machine.

    Raises:
        typer.BadParameter: both are given.
        ExperimentError: the scheduler cannot be reached, or its workers would give other bits.
    """
    if scheduler is None:
        with opened(workers) as pool:
            yield pool
        return
    if typed(workers) is not None:
        raise typer.BadParameter(
            "give either --workers or --scheduler: a cluster has its own.", param_hint="--scheduler"
        )
    with connected(scheduler) as cluster:
        yield cluster
