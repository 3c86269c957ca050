"""A cluster: replications handed out to the workers of a Dask scheduler, on any machines.

A replication is a function of its task alone, so that it may be done anywhere, and again where a
worker is lost: the bits are those of one core.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

from results.errors import ExperimentError
from results.extras import how_to_install

_ANSWERS_WITHIN_S = 15
_DECIDING = ("firstline", "numpy", "scipy", "simpy")
"""Packages whose version decides the bits; Python's own counts as well."""


@contextmanager
def connected(scheduler: str) -> Iterator[Executor]:
    """The workers of a scheduler, for as long as they are needed; they stay up afterwards.

    Args:
        scheduler: its address, ``tcp://host:8786``.

    Raises:
        ExperimentError: the extra is not installed, nobody answers there, no worker is connected,
            or a worker has other versions of what decides the bits.
    """
    try:
        import distributed
    except ImportError as error:
        raise ExperimentError(
            f"A cluster needs packages that are not installed. {how_to_install('cluster')}"
        ) from error
    try:
        # Dask's client says nothing of its types.
        client: Any = cast(Any, distributed).Client(scheduler, timeout=_ANSWERS_WITHIN_S)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise ExperimentError(
            f"No scheduler answers at {scheduler}. Start one with `dask scheduler`, which prints "
            "its address, and its workers with `dask worker ADDRESS` (docs/cluster.md)."
        ) from error
    with client:
        _refuse_other_versions(scheduler, client.run(versions))
        # A replication is not a pure function of its arguments to Dask, which would keep answers.
        yield client.get_executor(pure=False)


def versions() -> dict[str, str]:
    """The versions that decide the bits, where this runs; empty for what is not installed."""
    found = {"Python": platform.python_version()}
    for name in _DECIDING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _refuse_other_versions(scheduler: str, workers: Mapping[str, Mapping[str, Any]]) -> None:
    if not workers:
        raise ExperimentError(
            f"The scheduler at {scheduler} has no worker. Start one with `dask worker {scheduler}`."
        )
    here = versions()
    for address, there in workers.items():
        for name, wanted in here.items():
            if there.get(name, "") != wanted:
                has = there.get(name) or "none"
                raise ExperimentError(
                    f"The worker at {address} has {name} {has}, and here it is {wanted}: the same "
                    "seed would not give the same bits. Install the same versions everywhere."
                )
