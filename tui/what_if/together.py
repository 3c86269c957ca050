"""Knobs that turn several keys together: all customers, a whole team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios import Scenario
from scenarios.files.toml_text import key_text, parse_key
from scenarios.parts.staff import Group
from scenarios.policies.roster import crews_of, spread
from tui.what_if.knob import Knob, Limits
from tui.what_if.units import COUNT, SHARE

ALL_CUSTOMERS = 'reasons."*".volume.factor'


def knobs_together(base: Scenario, what_if: Scenario, section: str) -> Iterator[Knob]:
    """The knobs of a section that turn several keys together."""
    if section == "Customers" and _factors(base):
        yield Knob(
            key=ALL_CUSTOMERS,
            section=section,
            heading="",
            label="All customers",
            kind="number",
            value=_customers(base, what_if),
            base=1.0,
            unit=SHARE,
            limits=Limits(0.0),
            note="Customers of every reason, against the base: 110 % is a tenth more.",
        )
    if section == "People":
        for name, group in base.groups.items():
            now = what_if.groups.get(name)
            if group.shifts and now is not None and now.shifts:
                yield Knob(
                    key=key_text(("groups", name, "*", "heads")),
                    section=section,
                    heading=group.title or name.replace("_", " "),
                    label="People on the roster",
                    kind="number",
                    value=sum(_crews(now).values()),
                    base=sum(_crews(group).values()),
                    unit=COUNT,
                    limits=Limits(0),
                    note="Spread over the shifts as the base has them; a crew counts once.",
                )


def changes_together(base: Scenario, key: str, value: float) -> dict[str, Any]:
    """The new value of each key that the knob turns, by key path."""
    if key == ALL_CUSTOMERS:
        return {
            key_text(("reasons", name, "volume", "factor")): round(factor * value, 6)
            for name, factor in _factors(base).items()
        }
    path = parse_key(key)
    assert path is not None, "knobs have key paths"
    return _team(path[1], base.groups[path[1]], int(value))


def turns_several(key: str) -> bool:
    """Whether a knob turns several keys."""
    return "*" in (parse_key(key) or ())


def _factors(scenario: Scenario) -> dict[str, float]:
    """The factor on the volume of every reason that has one to turn."""
    return {
        name: reason.volume.factor
        for name, reason in scenario.reasons.items()
        if reason.volume.at_s is None and reason.volume.factor > 0.0
    }


def _customers(base: Scenario, what_if: Scenario) -> float:
    now = _factors(what_if)
    ratios = [now.get(name, 0.0) / factor for name, factor in _factors(base).items()]
    return round(sum(ratios) / len(ratios), 6)


def _crews(group: Group) -> dict[str, int]:
    return crews_of({name: shift.model_dump() for name, shift in (group.shifts or {}).items()})


def _team(name: str, group: Group, total: int) -> dict[str, Any]:
    crews = _crews(group)
    sizes = spread(crews, total)
    changes: dict[str, Any] = {}
    for line, shift in (group.shifts or {}).items():
        crew = shift.crew or line
        changes[key_text(("groups", name, "shifts", line, "heads"))] = sizes[crew]
    return changes
