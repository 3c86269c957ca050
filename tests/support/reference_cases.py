"""The reference cases, and how near a simulation has to come to them.

A quick run is judged by its own standard error: four of them are allowed. A full run is long
enough to be judged by the tolerance of the case.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.batch_means import Estimate


@dataclass(frozen=True)
class Case:
    """One reference case: what goes in, and what must come out."""

    name: str
    number: int
    """The replication with which the case is simulated, so that each has customers of its own."""
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    tolerance: Mapping[str, float]

    def check(self, found: Mapping[str, Estimate], full: bool = False) -> None:
        """Every figure of the case must be found, and as near as it should be."""
        assert found.keys() == self.expected.keys()
        for name, estimate in found.items():
            allowed = self.tolerance[name] if full else None
            assert_near(estimate, self.expected[name], allowed, f"{self.name} {name}")


def assert_near(
    found: Estimate, expected: float, allowed: float | None = None, what: str = ""
) -> None:
    """Within what is allowed: four standard errors when nothing else is said.

    A run so short that it could not tell the answer from zero proves nothing.
    """
    if allowed is None:
        allowed = 4.0 * found.standard_error
        assert allowed <= abs(expected), f"{what}: {found} is too rough to test {expected}"
    assert abs(found.value - expected) <= allowed, f"{what}: {found}, expected {expected}"


@cache
def all_cases() -> dict[str, Any]:
    folder = Path(__file__).parents[1] / "references"
    files = (folder / "validation-cases.json", folder / "peer-cases.json")
    return {case["id"]: case for file in files for case in json.loads(file.read_text())["cases"]}


def case(name: str) -> Case:
    """A case by its name; ``expected`` and ``tolerance`` hold the figures that have a number."""
    found = all_cases()[name]
    inputs = {key: _value(entry) for key, entry in found["inputs"].items()}
    expected = {key: _value(entry) for key, entry in found["expected"].items()}
    tolerance = {
        key: entry["sim_tolerance"]["abs"]
        for key, entry in found["expected"].items()
        if isinstance(entry, dict) and "sim_tolerance" in entry
    }
    return Case(name, list(all_cases()).index(name), inputs, expected, tolerance)


def _value(entry: Any) -> Any:
    return entry["value"] if isinstance(entry, dict) and "value" in entry else entry


def runs(lengths: Mapping[str, tuple[int, int | None]]) -> pytest.MarkDecorator:
    """Cases with the contacts of their quick and of their full run, if there is one."""
    quick = [pytest.param(name, length, False, id=name) for name, (length, _) in lengths.items()]
    full = [
        pytest.param(name, length, True, id=f"{name}-full", marks=pytest.mark.long)
        for name, (_, length) in lengths.items()
        if length is not None
    ]
    return pytest.mark.parametrize(("name", "contacts", "full"), quick + full)
