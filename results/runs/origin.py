"""Origin of a result: the scenario, the seed and the versions that it can be made again from."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Self

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

    @classmethod
    def of(cls, scenario: Scenario, seed: int) -> Self:
        """The origin of what this program makes from a scenario and a seed."""
        versions = {name: version(name) for name in LIBRARIES}
        return cls(hash_of(scenario), seed, {**versions, "python": platform.python_version()})

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Self:
        """The origin that was written as JSON.

        Raises:
            KeyError: a field is missing.
        """
        return cls(fields["scenario_hash"], fields["seed"], fields["versions"])

    def differences(self, other: Origin) -> list[str]:
        """What sets two origins apart, in words; empty when nothing does."""
        words = []
        if self.scenario_hash != other.scenario_hash:
            words.append("another scenario")
        if self.seed != other.seed:
            words.append(f"seed {other.seed} instead of {self.seed}")
        for name in sorted({*self.versions, *other.versions}):
            ours, theirs = self.versions.get(name, "none"), other.versions.get(name, "none")
            if ours != theirs:
                words.append(f"{name} {theirs} instead of {ours}")
        return words


def hash_of(scenario: Scenario) -> str:
    """SHA-256 of a scenario in full, as hexadecimal digits; comments do not count."""
    text = json.dumps(scenario.model_dump(mode="json"))
    return hashlib.sha256(text.encode()).hexdigest()
