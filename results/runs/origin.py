"""Origin of a result: the scenario, the seed and the versions that it can be made again from."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Self

from results.measures.registry import definitions
from results.runs.fields import Fields
from scenarios import Scenario

LIBRARIES = ("firstline", "numpy", "scipy", "simpy")
"""What the bits of a result depend on, besides Python."""


@dataclass(frozen=True)
class Origin:
    """What a result was made from; equal origins give equal bits."""

    scenario_hash: str
    """SHA-256 of the complete scenario, policies and defaults included."""
    seed: int
    versions: Mapping[str, str]
    measures: Mapping[str, int] = field(default_factory=dict)
    """The version of the definition of each measure; version 0.1 did not write them down."""

    @classmethod
    def of(cls, scenario: Scenario, seed: int) -> Self:
        """The origin of what this program makes from a scenario and a seed."""
        versions = {name: version(name) for name in LIBRARIES}
        versions["python"] = platform.python_version()
        return cls(hash_of(scenario), seed, versions, definitions())

    @classmethod
    def read(cls, fields: Any) -> Self:
        """The origin that was written as JSON.

        Raises:
            ValueError: a field is missing, or is not what it must be.
        """
        there = Fields(fields)
        return cls(
            there.text("scenario_hash"),
            there.number("seed"),
            there.table("versions", str),
            there.table("measures", int, {}),
        )

    @classmethod
    def unknown(cls) -> Self:
        """The origin of a run of which nothing else is known."""
        return cls("", 0, {})

    @property
    def by_another_version(self) -> bool:
        """Whether another version of firstline made it: its replications mean something else."""
        ours = version("firstline")
        return self.versions.get("firstline") != ours or self.measures != definitions()

    def differences(self, other: Origin) -> list[str]:
        """What sets two origins apart, as text; empty when nothing does."""
        words = []
        if self.scenario_hash != other.scenario_hash:
            words.append("another scenario")
        if self.seed != other.seed:
            words.append(f"seed {other.seed} instead of {self.seed}")
        for name in sorted({*self.versions, *other.versions}):
            ours, theirs = self.versions.get(name, "none"), other.versions.get(name, "none")
            if ours != theirs:
                words.append(f"{name} {theirs} instead of {ours}")
        if self.measures != other.measures:
            words.append("measures that were defined otherwise")
        return words


def hash_of(scenario: Scenario) -> str:
    """SHA-256 of a scenario in full, as hexadecimal digits; comments do not count."""
    # What the report says besides the figures is no part of the question.
    text = json.dumps(scenario.model_dump(mode="json", exclude={"report"}))
    return hashlib.sha256(text.encode()).hexdigest()
