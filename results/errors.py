"""Errors of experiments and their store, as messages for the person who asked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile, gettempdir

from scenarios.files.characters import visible


class ExperimentError(Exception):
    """An experiment that cannot be run, compared or stored as asked."""


_FAULT = (
    "This is a fault of the program, not of the scenario: please report it with the scenario file "
    "and these three."
)
_NO_FAULT = {
    "MemoryError": "The memory was full: run it with fewer workers, or simulate fewer days.",
    "ScenarioError": "The other replications are kept in the run folder.",
}
"""What to do about errors that are no fault of the program, by class."""


class ReplicationError(ExperimentError):
    """One replication ended in an error; says which, so that it can be run again by itself."""

    def __init__(self, policy: str, replication: int, seed: int, reason: str) -> None:
        """Remember what failed; plain values, so that a worker can send them home."""
        super().__init__(policy, replication, seed, reason)
        self.policy = policy
        self.replication = replication
        self.seed = seed
        self.reason = reason

    def __str__(self) -> str:
        """Say what failed, where, and what to do."""
        kind = self.reason.partition(":")[0]
        blamed = _NO_FAULT.get(kind, _FAULT)
        reason = self.reason.removeprefix("ScenarioError: ").rstrip(". ")
        return (
            f"Policy '{self.policy}' failed in replication {self.replication} (seed {self.seed}): "
            f"{reason}. {blamed}"
        )


def no_room_for_scratch(policy: str, replication: int, error: OSError) -> ExperimentError:
    """What to say when the system's folder for temporary files is full, or cannot be written."""
    place = f"the folder for temporary files, {gettempdir()}"
    return ExperimentError(
        f"Policy '{policy}' cannot be simulated in replication {replication}: "
        f"{error.strerror or error}, in {place}. Make room there, or set TMPDIR to another folder."
    )


@contextmanager
def writing(folder: Path, what: str = "run") -> Iterator[None]:
    """Report in a readable message when something cannot be written to a folder.

    Args:
        folder: where it goes.
        what: it is.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExperimentError(
            f"The {what} cannot be stored in {folder}: {reason}. Choose another folder, or make "
            "room."
        ) from error


def refuse_unwritable(folder: Path, what: str = "run") -> None:
    """See that something can be stored in a folder before long work is done for it.

    The folder need not be there yet; nothing is left in it, and it is not made.

    Args:
        folder: where it is to go.
        what: it is to be.

    Raises:
        ExperimentError: it cannot be stored there.
    """
    with writing(folder, what):
        there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        with TemporaryFile(dir=there):
            pass


def unknown(noun: str, name: str, known: Iterable[str]) -> str:
    """What to say about a name that does not exist, with the nearest that does."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(names)}."
    return visible(f"There is no {noun} '{name}'. {hint}", "")
