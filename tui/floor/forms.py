"""What can be changed on the floor, as forms: their fields, and the change that is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from sim.live import Announce, CallIn, Change, SendAgents, SetLimit
from tui.floor.names import Names
from tui.parts.form import Answers, Field
from tui.parts.typed_number import typed_number


@dataclass(frozen=True)
class ChangeForm:
    """A kind of change: how it is called, what is asked, what is made of the answers."""

    title: str
    words: str
    fields: Callable[[Names], list[Field]]
    change: Callable[[Answers], Change]

    def check(self, answers: Answers) -> str:
        """What is wrong with the answers, as a readable message; empty when nothing is."""
        try:
            self.change(answers)
        except ValueError as error:
            return f"{error}."
        return ""


def _groups(names: Names) -> tuple[tuple[str, str], ...]:
    return tuple((names.group(name), name) for name in names.scenario.groups)


def _levels(names: Names) -> tuple[tuple[str, str], ...]:
    scenario = names.scenario
    found = []
    for level, section in scenario.authority.items():
        holders = [
            names.group(n) for n, group in scenario.groups.items() if group.authority == level
        ]
        if holders:
            words = f"{', '.join(holders)}, now {section.limit:g}"
            found.append((words, level))
    return tuple(found)


def _send_fields(names: Names) -> list[Field]:
    groups = _groups(names)
    return [
        Field("count", "How many agents", "2"),
        Field("leave", "from", groups[0][1], groups),
        Field("join", "to", groups[-1][1], groups),
    ]


def _announce_fields(names: Names) -> list[Field]:
    words = names.scenario.acknowledgement
    patience = words.patience_factor if words else 1.0
    told = words.told_factor if words else 1.0
    choices = (
        ("The expected wait", "expected_wait"),
        ("Their place in line", "position"),
        ("A comfort message", "comfort"),
        ("Nothing", "none"),
    )
    return [
        Field("announce", "Customers who wait hear", choices[0][1], choices),
        Field("patience", "They wait longer by factor", f"{patience:g}"),
        Field("told", "Wait told, by factor", f"{told:g}"),
    ]


FORMS: dict[str, ChangeForm] = {
    "send": ChangeForm(
        "Send agents to another group",
        "Each goes after what is in hand; those who are free go first.",
        _send_fields,
        lambda answers: SendAgents(_whole(answers["count"]), answers["leave"], answers["join"]),
    ),
    "call_in": ChangeForm(
        "Call somebody in",
        "Agents who are off duty come immediately.",
        lambda names: [
            Field("count", "How many agents", "2"),
            Field("group", "of", choices=_groups(names)),
            Field("hours", "for hours", "4"),
        ],
        lambda answers: CallIn(
            _whole(answers["count"]), answers["group"], typed_number(answers["hours"])
        ),
    ),
    "limit": ChangeForm(
        "Change an authority limit",
        "What an agent may give without asking, from the next decision on.",
        lambda names: [
            Field("level", "Who", choices=_levels(names)),
            Field("limit", f"May decide alone up to {names.currency}", "100"),
        ],
        lambda answers: SetLimit(answers["level"], typed_number(answers["limit"])),
    ),
    "announce": ChangeForm(
        "Change the announcement",
        "For everybody who begins to wait from now on.",
        _announce_fields,
        lambda answers: Announce(
            cast(Literal["none", "comfort", "position", "expected_wait"], answers["announce"]),
            typed_number(answers["patience"]),
            typed_number(answers["told"]),
        ),
    ),
}
"""The changes that can be made, by a short name."""


def offered(names: Names) -> dict[str, str]:
    """The kinds of change that this centre has a place for: words by short name."""
    can = {
        "send": len(names.scenario.groups) > 1,
        "call_in": True,
        "limit": bool(_levels(names)),
        "announce": True,
    }
    return {key: form.title for key, form in FORMS.items() if can[key]}


def _whole(text: str) -> int:
    number = typed_number(text)
    if number != int(number):
        raise ValueError(f"{text.strip()} is not a whole number")
    return int(number)
