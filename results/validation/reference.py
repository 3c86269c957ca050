"""References: the figures as they were collected, with where each comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from results.validation.expected import Expected, as_printed

FOLDER = Path(__file__).with_name("references")
FILES = ("validation-cases.json", "peer-cases.json")


@dataclass(frozen=True)
class Reference:
    """One collected case: what goes in, and what must come out."""

    name: str
    number: int
    """The replication with which the case is simulated, so that each has customers of its own."""
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    """The plain figures, or what happens in a short history."""
    source: str
    units: Mapping[str, str]
    tolerance: Mapping[str, float]
    is_peer: bool
    """Whether the figures are those of another package, to the digits that it prints."""

    def figures(self, *names: str) -> Mapping[str, Expected]:
        """The right figures of the case.

        Args:
            names: those that are meant; all when there are none.
        """
        return {name: self._figure(name) for name in names or self.expected}

    def _figure(self, name: str) -> Expected:
        value = self.expected[name]
        if self.is_peer:
            return as_printed(value)
        return Expected(value, self.units.get(name, ""), tolerance=self.tolerance.get(name))


@cache
def references() -> Mapping[str, Reference]:
    """All that were collected, by name."""
    found: dict[str, Reference] = {}
    for file in FILES:
        text = (FOLDER / file).read_text(encoding="utf-8")
        for entry in json.loads(text)["cases"]:
            found[entry["id"]] = _reference(entry, len(found))
    return found


def reference(name: str) -> Reference:
    """One of them.

    Raises:
        KeyError: there is none of that name.
    """
    return references()[name]


def _reference(entry: Mapping[str, Any], number: int) -> Reference:
    expected = {key: _parts(value) for key, value in entry["expected"].items()}
    is_peer = isinstance(entry["source"], Mapping)
    return Reference(
        name=entry["id"],
        number=number,
        inputs={key: _parts(value)["value"] for key, value in entry["inputs"].items()},
        expected={key: parts["value"] for key, parts in expected.items()},
        source="{repo}, {path}".format(**entry["source"]) if is_peer else entry["source"],
        units={key: parts["unit"] for key, parts in expected.items() if "unit" in parts},
        tolerance={
            key: parts["sim_tolerance"]["abs"]
            for key, parts in expected.items()
            if "sim_tolerance" in parts
        },
        is_peer=is_peer,
    )


def _parts(entry: Any) -> Mapping[str, Any]:
    return entry if isinstance(entry, Mapping) and "value" in entry else {"value": entry}
