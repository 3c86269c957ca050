"""The keys of every screen, read from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from textual.binding import ActiveBinding, Binding
from textual.screen import Screen

from tui.shell import keys

EVERYWHERE = "everywhere"

_WIDGETS = {"DataTable": "in a table", "Input": "in a field", "Tabs": "on tabs"}


_OF_TEXTUAL = {
    "app.focus_next": "To the next part of the screen",
    "app.focus_previous": "To the part of the screen before this one",
    "screen.copy_text": "Copy the text that was marked with the mouse",
}
"""What keys do that every app of Textual has."""


@dataclass(frozen=True)
class KeyHelp:
    """One thing that keys do, and which."""

    screen: str
    """Title of the screen on which they work."""
    key: str
    description: str
    tooltip: str


def key_helps(there: Screen[Any]) -> list[KeyHelp]:
    """The keys that work on a screen first, then those that work everywhere, then the others'.

    Args:
        there: the screen from which help was asked for; what has the keyboard on it counts.
    """
    found: dict[str, KeyHelp] = {}
    for place, binding in (*_here(there), *_elsewhere()):
        name, key = binding.id or f"{place} {binding.action}", there.app.get_key_display(binding)
        known = found.get(name)
        if known is None:
            tooltip = binding.tooltip or _OF_TEXTUAL.get(binding.action, "")
            description = binding.description[:1].upper() + binding.description[1:].lower()
            shown = binding.description if binding.id else description
            found[name] = KeyHelp(place, key, shown, tooltip)
        elif known.screen == place and key not in known.key.split(" "):
            found[name] = replace(known, key=f"{known.key} {key}")
    return list(found.values())


def _here(there: Screen[Any]) -> list[tuple[str, Binding]]:
    """What works now: the screen's own, the app's, then the ways about in the focused widget."""
    found = [
        (_place(there, active), active.binding)
        for active in there.active_bindings.values()
        if active.binding.description and not active.binding.system
        if active.binding.tooltip or active.binding.action in _OF_TEXTUAL
    ]
    order = [one.id for one in keys.APP]
    return sorted(
        found,
        key=lambda one: (
            not one[1].id,
            one[0] == EVERYWHERE,
            order.index(one[1].id) if one[1].id in order else 0,
        ),
    )


def _place(there: Screen[Any], active: ActiveBinding) -> str:
    if active.node is there.app or (active.node is there and not active.binding.id):
        return EVERYWHERE
    if active.node is there or active.binding.id:
        return keys.MODES.get(getattr(there, "MODE", ""), "here")
    return _WIDGETS.get(active.node.css_identifier.partition("#")[0], "here")


def _elsewhere() -> Iterator[tuple[str, Binding]]:
    yield from ((EVERYWHERE, binding) for binding in keys.APP)  # those that do nothing now as well
    for mode, title in keys.MODES.items():
        screen: type[Screen[Any]] = import_module(f"tui.{mode}.screen").SCREEN
        for binding in Binding.make_bindings(screen.BINDINGS):
            if binding.id:
                yield title, binding
