"""The knobs of a scenario: what it has of all that can be changed, next to the base."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scenarios import Scenario
from scenarios.checks.places import Place, find
from scenarios.files.documents import Document, full_document
from scenarios.files.toml_text import KeyPath, key_text
from tui.what_if.knob import Knob, Limits
from tui.what_if.specs import SECTIONS, Block
from tui.what_if.together import knobs_together
from tui.what_if.units import MONEY, NUMBER, UNITS

_CENTRES = ("mean", "median")
"""Keys of a distribution that say where it lies."""


def knobs_of(base: Scenario, what_if: Scenario) -> list[Knob]:
    """Every knob of the what-if as it stands, with its value in the base, section by section."""
    return _Catalogue(base, what_if).knobs()


class _Catalogue:
    def __init__(self, base: Scenario, what_if: Scenario) -> None:
        self.base, self.now = full_document(base), full_document(what_if)
        self.scenarios = base, what_if
        self.currency = what_if.costs.currency

    def knobs(self) -> list[Knob]:
        found: list[Knob] = []
        for section, blocks in SECTIONS.items():
            inside = list(knobs_together(*self.scenarios, section))
            for block in blocks:
                inside += self._block(section, block)
            headings = list(dict.fromkeys(knob.heading for knob in inside))
            found += sorted(inside, key=lambda knob: headings.index(knob.heading))
        return found

    def _block(self, section: str, block: Block) -> Iterator[Knob]:
        if not block.table:
            for key in block.keys:
                yield from self._knobs(section, "", (), key)
            return
        for name, entry in self.now.get(block.table, {}).items():
            heading = entry.get("title") or _words(name)
            if block.table == "authority":
                # Levels are often called as the groups that have them.
                heading = f"Level: {heading}"
            if block.table == "escalation":
                yield from self._steps(section, heading, name, entry)
                continue
            for key in block.keys:
                yield from self._knobs(section, heading, (block.table, name), key)

    def _steps(self, section: str, heading: str, name: str, entry: Document) -> Iterator[Knob]:
        (block,) = (one for one in SECTIONS[section] if one.table == "escalation")
        for number, step in enumerate(entry["steps"]):
            place: KeyPath = ("escalation", name, "steps", number)
            before = f"{self._place((*place, 'step')).meta.title}: "
            for key in block.keys:
                if key in step and not _says_nothing(key, step[key]):
                    yield from self._knobs(section, heading, place, key, before)

    def _knobs(
        self, section: str, heading: str, place: KeyPath, key: str, before: str = ""
    ) -> Iterator[Knob]:
        for path, star in _matching(self.now, place, key.split(".")):
            knob = self._knob(path)
            if knob is not None:
                words = before + self._place(path).meta.knob.replace("*", _words(star))
                yield Knob(section=section, heading=heading, label=_sentence(words), **knob)

    def _knob(self, path: KeyPath) -> dict[str, Any] | None:
        place, value = self._place(path), _at(self.now, path)
        if place.meta.on is not None or isinstance(value, bool):
            return self._switch(path, place, value)
        if place.meta.names or place.choices():
            return self._choice(path, place, value)
        if isinstance(value, dict):
            centre = next((key for key in _CENTRES if key in value), None)
            if centre is None:
                return None
            path, value = (*path, centre), value[centre]
        if not isinstance(value, int | float):
            return None
        unit = UNITS.get(place.meta.unit, NUMBER)
        low, high, above = self._place(path).limits()
        high = math.inf if unit is MONEY else high
        return {
            "key": key_text(path),
            "kind": "number",
            "value": value,
            "base": _number_at(self.base, path),
            "unit": unit,
            "limits": Limits(low, high, above),
            "note": place.meaning,
            "currency": self.currency,
        }

    def _switch(self, path: KeyPath, place: Place, value: Any) -> dict[str, Any]:
        base = _at(self.base, path)
        if place.meta.on is not None:
            value, base = value is not None, base is not None
        return {
            "key": key_text(path),
            "kind": "switch",
            "value": value,
            "base": base,
            "on": True if place.meta.on is None else place.meta.on,
            "note": place.meaning,
        }

    def _choice(self, path: KeyPath, place: Place, value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        table = self.now.get(place.meta.names, {})
        choices = {name: one.get("title") or _words(name) for name, one in table.items()}
        choices |= {str(one): _words(str(one)) for one in place.choices()}
        if len(choices) < 2:
            return None
        return {
            "key": key_text(path),
            "kind": "choice",
            "value": value,
            "base": _at(self.base, path),
            "choices": choices,
            "note": place.meaning,
        }

    def _place(self, path: KeyPath) -> Place:
        """What may stand under a key; which kind of step it belongs to decides about it."""
        if path[0] == "escalation" and len(path) > 4:
            step = _at(self.now, path[:4])["step"]
            return _place((*path[:4], step, *path[4:]))
        return _place(path)


def _matching(
    document: Document, place: KeyPath, parts: list[str]
) -> Iterator[tuple[KeyPath, str]]:
    """The key paths that a pattern with at most one star stands for, with the name found."""
    if "*" not in parts:
        yield (*place, *parts), ""
        return
    at = parts.index("*")
    table = _at(document, (*place, *parts[:at]))
    for name in table if isinstance(table, dict) else ():
        yield (*place, *parts[:at], name, *parts[at + 1 :]), name


def _at(document: Any, path: KeyPath) -> Any:
    """What stands at a key path; None when nothing does."""
    place = document
    for part in path:
        try:
            place = place[part]
        except (KeyError, IndexError, TypeError):
            return None
    return place


def _number_at(document: Document, path: KeyPath) -> Any:
    """A number in the base; also that of a distribution that is written in another way there."""
    value = _at(document, path)
    return value if isinstance(value, int | float) else None


def _says_nothing(key: str, value: Any) -> bool:
    """A time of zero and a chance of one are not worth a knob of their own in a step."""
    return value == 0.0 or (key in ("chance", "approval") and value == 1.0)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def _place(path: KeyPath) -> Place:
    return find(path, None)
