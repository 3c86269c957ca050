"""A moment of a scenario that the check let pass: small enough to simulate in a blink."""

import random
from collections.abc import Mapping
from typing import Any

from results.measures.registry import summarise
from scenarios import Scenario, ScenarioError, load_text, policies_of
from scenarios.files.documents import document_of
from scenarios.save import dump
from sim import simulate

_MOST: Mapping[str, float] = {
    "per_day": 120,
    "heads": 12,
    "factor": 2,
    "weekdays": 2,
    "days": 1,
    "at_a_time": 5,
    "lines": 1000,
    "cases_per_head": 50,
}
"""The greatest number that a key may have here; absurd sizes are another question."""
_MOST_IN_AN_INTERVAL, _MOST_ARRIVALS = 8, 100


def capped(scenario: Scenario) -> Scenario | None:
    """The scenario with few customers, few people and one day; None where that is impossible."""
    document = _capped(document_of(scenario), "")
    document.setdefault("horizon", {}).update(days=1, warm_up_days=0)
    document["horizon"].pop("part_of_days", None)
    document.pop("incidents", None)
    document.pop("policies", None)
    document.pop("baseline", None)
    try:
        return load_text(dump(Scenario.model_validate(document)))
    except (ScenarioError, ValueError):
        return None


def simulated(scenario: Scenario, rng: random.Random) -> bool:
    """Simulate and measure it under one of its policies; False where it cannot be made small."""
    under = capped(rng.choice(list(policies_of(scenario).values())))
    if under is None:
        return False
    summarise(under, simulate(under, 1, 0))
    return True


def _capped(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return {name: _capped(entry, _passed_on(key, name)) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_capped(entry, key) for entry in value[: _MOST_ARRIVALS if key == "at_s" else None]]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if key == "counts":
        return min(value, _MOST_IN_AN_INTERVAL)
    return min(value, type(value)(_MOST[key])) if key in _MOST else value


def _passed_on(key: str, name: str) -> str:
    """What the numbers in a table count: heads by interval are heads."""
    return key if key in ("counts", "heads", "weekdays") else name
