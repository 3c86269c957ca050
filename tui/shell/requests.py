"""Requests: what a screen asks to be run, and the updates that it gets while it runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from results import Comparison, Experiment, Precision
from results.measures.registry import KINDS
from results.measures.slice import CutKind
from results.measures.summary import Key, Summary
from results.uncertain.answer import CentreRun
from scenarios import Scenario

State = Literal["running", "done", "stopped", "failed"]

DEFAULT_REPLICATIONS = 20


@dataclass(frozen=True)
class Request:
    """What is to be run."""

    scenario: Scenario
    """The centre with its policies."""
    policies: tuple[str, ...]
    """Those to run; the baseline first."""
    replications: int = DEFAULT_REPLICATIONS
    """Under each policy, unless a precision is asked for."""
    precision: Precision | None = None
    seed: int = 1
    measures: Sequence[str] | None = None
    """Measures to compare; None is every one."""
    details: bool = True
    """Whether the verdict may speak of details too; without them it decides sooner."""
    kinds: Collection[CutKind] = KINDS
    """Kinds of cut to measure."""
    known: Mapping[Key, Summary] = field(default_factory=dict, repr=False)
    """Replications finished before under the same policies; they are not run again."""
    as_they_come: bool = False
    """Whether the baseline and some policies are compared already while others have no replication
    yet."""
    folder: Path | None = None
    """An unfinished run folder where what is finished is kept as it comes."""
    centres: int = 0
    """Centres that fit the figures, to be simulated after it; 0 where nobody asks."""

    @property
    def first_round(self) -> int:
        """Replications planned under each policy, where known in advance."""
        return self.precision.at_least if self.precision else self.replications


@dataclass(frozen=True)
class Update:
    """How far a request has come, and what is known so far; never changes."""

    state: State
    done: Mapping[str, int]
    """Replications finished under each policy."""
    planned: int
    """Replications under each policy, as decided so far."""
    left_s: float | None = None
    """Seconds to the planned end at the pace so far."""
    experiment: Experiment | None = field(default=None, repr=False)
    """What is there; None before the first replication is finished under every policy. Of policies
    that are asked for as they come: those that have one, while others run."""
    comparison: Comparison | None = field(default=None, repr=False)
    centres_done: int = 0
    """Centres that fit the figures, of which every simulation is finished."""
    centres_planned: int = 0
    """How many are asked for; 0 until it comes to them."""
    centres: CentreRun | None = field(default=None, repr=False)
    """What they say, once they are over."""
    words: str = ""
    """Why it failed, for a person."""
    detail: str = ""
    """The same for the developer."""

    @property
    def over(self) -> bool:
        """Nothing more will come."""
        return self.state in ("done", "stopped", "failed")

    @property
    def comparable(self) -> int:
        """Replications finished under every policy."""
        return min(self.done.values(), default=0)


Listener = Callable[[Update], object]


class Job(Protocol):
    """A request on its way."""

    def stop(self) -> None:
        """End it immediately; what is finished stays, and the last update says "stopped"."""


class Runner(Protocol):
    """What runs requests."""

    def submit(self, request: Request, listen: Listener) -> Job:
        """Begin a request; ``listen`` is called from another thread until the update is over."""

    def close(self) -> None:
        """Stop whatever runs and let the workers go."""
