"""Which column of a file each field is taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.checks.problems import Problem, nearest
from scenarios.records.mapping import KINDS, Mapping, aliases, known_names, shipped
from scenarios.records.names import plain, without_unit
from scenarios.records.problems import RecordsError

PERSONS = frozenset(("agent", "customer"))
"""Fields whose values are persons: they are shown nowhere."""

_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "contacts": (
        ("arrived", "queued", "date"),
        ("answered", "outcome", "wait_s", "talk_s", "handle_s", "left_queue", "abandoned"),
    ),
    "intervals": (
        ("start", "date", "weekday"),
        ("offered", "answered", "staffed_sum", "within"),
    ),
    "tickets": (("opened",), ("solved", "status", "assigned", "closed", "solve_length")),
}
"""Of each of these at least one, or a file is not of this kind."""
_TELLING = {
    "contacts": ("answered", "outcome", "queued", "left_queue", "talk_s", "customer", "call_id"),
    "intervals": ("offered", "abandoned", "service_level", "asa", "aht", "staffed", "forecast"),
    "tickets": ("id", "opened", "solved", "reopened", "reassigned", "group", "assigned"),
}


@dataclass(frozen=True)
class Taken:
    """What was taken for what.

    Attributes:
        mapping: The mapping that recognised the file, a plain one where none did.
        columns: Field to the column it is taken from, as the file names it.
        units: Field to the unit that the mapping or the column's name says.
        left: Columns that nothing is taken from.
    """

    mapping: Mapping
    columns: dict[str, str]
    units: dict[str, str]
    left: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of records: "contacts", "intervals" or "tickets"."""
        return self.mapping.kind


def taken(names: Sequence[str], files: str, own: Mapping | None = None) -> Taken:
    """Find the fields of records among column names.

    Args:
        names: The columns of the files.
        files: The files, for messages.
        own: A mapping that fixes columns; the others are found as usual.

    Raises:
        RecordsError: if a column of the mapping is missing, or what cannot be done without is.
    """
    found = recognised(names, files, own)
    if problems := lacking(found, names, files):
        raise RecordsError(problems)
    return found


def lacking(found: Taken, names: Sequence[str], files: str) -> list[Problem]:
    """What records cannot be read without and no column says."""
    if found.mapping.bands:
        return []
    return [
        _lacking(wanted, found.mapping, names, files)
        for wanted in _NEEDED[found.kind]
        if not any(field in found.columns for field in wanted)
    ]


def recognised(names: Sequence[str], files: str, own: Mapping | None = None) -> Taken:
    """Find the fields of records among column names, be they enough to read them or not.

    Raises:
        RecordsError: if a column of the mapping is missing.
    """
    if own is not None:
        _refuse_absent(own, names, files)
    mapping = own or _shipped_one(names) or _plain_one(names)
    columns = _columns(mapping, names)
    used = set(columns.values())
    banded = {name for name in names if any(name.startswith(f"{b}_") for b in mapping.bands)}
    units = {name: without_unit(column)[1] for name, column in columns.items()}
    units = {name: unit for name, unit in units.items() if unit} | dict(mapping.units)
    return Taken(
        mapping, columns, units, tuple(name for name in names if name not in used | banded)
    )


def known_to(own: Mapping | None) -> frozenset[str]:
    """Plain column names that some mapping knows, the user's among them."""
    if own is None:
        return known_names()
    return known_names() | {plain(name) for names in own.columns.values() for name in names}


def _shipped_one(names: Sequence[str]) -> Mapping | None:
    """The shipped mapping whose signature is in the file; the longest when there are several."""
    there = {plain(name) for name in names} | {plain(without_unit(name)[0]) for name in names}
    fitting = [
        mapping
        for mapping in shipped().values()
        if all(plain(name) in there for name in mapping.signature)
    ]
    return max(fitting, key=lambda mapping: len(mapping.signature), default=None)


def _plain_one(names: Sequence[str]) -> Mapping:
    """The kind whose fields fit the columns best."""

    def fit(kind: str) -> tuple[int, int, int]:
        columns = _columns(Mapping("plain CSV", kind), names)
        needed = sum(any(f in columns for f in wanted) for wanted in _NEEDED[kind])
        return needed, sum(f in columns for f in _TELLING[kind]), len(columns)

    return Mapping("plain CSV", max(KINDS, key=fit))


def _columns(mapping: Mapping, names: Sequence[str]) -> dict[str, str]:
    by_plain: dict[str, str] = {}
    for name in reversed(names):
        by_plain[plain(without_unit(name)[0])] = name
    by_plain |= {plain(name): name for name in reversed(names)}
    columns: dict[str, str] = {}
    used: set[str] = set()
    for table, strict in ((mapping.columns, True), (aliases()[mapping.kind], False)):
        for wanted, known in table.items():
            if wanted in columns or (not strict and mapping.columns.get(wanted) == ()):
                continue
            for name in known:
                column = by_plain.get(plain(name) if strict else name)
                if column is not None and column not in used:
                    columns[wanted] = column
                    used.add(column)
                    break
    return columns


def _refuse_absent(own: Mapping, names: Sequence[str], files: str) -> None:
    there = {plain(name) for name in names}
    problems = [
        Problem(
            files,
            "",
            None,
            f'has no column "{known[0]}", which the mapping gives for {wanted}',
            nearest(known[0], names, "Its columns"),
        )
        for wanted, known in own.columns.items()
        if own.own and known and not any(plain(name) in there for name in known)
    ]
    if problems:
        raise RecordsError(problems)


_MEANT = {
    "arrived": "when a contact came in",
    "answered": "how a contact ended or when it was answered",
    "start": "the beginning of the interval",
    "offered": "how many contacts were offered or answered",
    "opened": "when a ticket was opened",
    "solved": "when a ticket was solved, or its status",
}


def _lacking(
    wanted: tuple[str, ...], mapping: Mapping, names: Sequence[str], files: str
) -> Problem:
    said = (
        f"{KINDS[mapping.kind]} by its columns" if mapping.title == "plain CSV" else mapping.title
    )
    rule = f"has no column that says {_MEANT[wanted[0]]} (taken as {said})"
    there = ", ".join(name for name in names[:20]) + (", …" if len(names) > 20 else "")
    hint = (
        f"Its columns: {there}. Name the right one in a mapping file, as in "
        f'columns.{wanted[0]} = "{names[0] if names else "Date"}", and give it with --mapping.'
    )
    return Problem(files, "", None, rule, hint)
