"""What was taken for what, to be confirmed by the person who exported the records."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from scenarios.records.mapping import KINDS, Mapping
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import PERSONS, Taken

_SAMPLES = 3
_NOBODY = re.compile(
    r"\d{1,5}([.,]\d{1,3})?( ?%)?|[\d.,/: TZ-]*\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?[AP]M)?Z?|"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}",
    re.IGNORECASE,
).fullmatch
"""Short numbers, dates and times of day: what a column nobody has looked at yet may show."""


@dataclass(frozen=True)
class Column:
    """A field, the column it is taken from, its unit where one is said, and some values.

    Values of persons are not shown.
    """

    field: str
    column: str
    unit: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """What was taken for what.

    Attributes:
        kind: "call records", "interval reports" or "ticket logs".
        layout: The mapping that recognised the file.
        rows: Rows of data.
        taken: The fields that were found, in the order of the file.
        left: Columns that nothing is taken from.
        mapping: How they are read.
        names: All columns, in the order of the file.
        hints: Of columns that nothing is taken from, values that name nobody.
    """

    kind: str
    layout: str
    rows: int
    taken: tuple[Column, ...]
    left: tuple[str, ...]
    mapping: Mapping
    names: tuple[str, ...] = ()
    hints: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)

    def toml(self) -> str:
        """The same as a mapping file, to be changed and given with --mapping."""
        lines = [
            "# Which column is which. Change what is wrong and give this file with --mapping.",
            f"title = {_quoted(self.layout)}",
            f"kind = {_quoted(self.mapping.kind)}",
        ]
        lines += [
            f"# A column of the file that is not used: {_comment(name)}" for name in self.left
        ]
        for key in ("dates", "time_zone", "recorded_in", "events"):
            if value := getattr(self.mapping, key):
                lines.append(f"{key} = {_quoted(value)}")
        for key in ("interval_min", "service_level_s"):
            if value := getattr(self.mapping, key):
                lines.append(f"{key} = {value:g}")
        if self.mapping.per_agent:
            lines.append("per_agent = true")
        if self.mapping.bands:
            lines.append(f"bands = [{', '.join(map(_quoted, self.mapping.bands))}]")
        lines += ["", "[columns]", *(f"{c.field} = {_quoted(c.column)}" for c in self.taken)]
        unused = [name for name, columns in self.mapping.columns.items() if not columns]
        lines += [f'{name} = ""  # from no column' for name in unused]
        units = [f"{c.field} = {_quoted(c.unit)}" for c in self.taken if c.unit]
        lines += ["", "[units]", *units] if units else []
        for name in ("missing", "only"):
            table = getattr(self.mapping, name)
            rows = [f"{key} = [{', '.join(map(_quoted, texts))}]" for key, texts in table.items()]
            lines += ["", f"[{name}]", *rows] if rows else []
        for name in ("outcomes", "rename"):
            table = getattr(self.mapping, name)
            rows = [f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items()]
            lines += ["", f"[{name}]", *rows] if rows else []
        return "\n".join(lines) + "\n"


def columns_of(grid: Grid, found: Taken) -> Columns:
    """What is taken for what, with some of the values."""
    columns = tuple(
        Column(
            name,
            column,
            found.units.get(name, ""),
            () if name in PERSONS else _some(grid.sample(column)),
        )
        for name, column in _in_order(found, grid.names)
    )
    mapping = found.mapping
    hints = {name: _some([v for v in grid.sample(name) if _NOBODY(v)]) for name in found.left}
    return Columns(
        KINDS[found.kind],
        mapping.title,
        len(grid),
        columns,
        found.left,
        mapping,
        grid.names,
        hints,
    )


def _in_order(found: Taken, names: Sequence[str]) -> list[tuple[str, str]]:
    return sorted(found.columns.items(), key=lambda each: names.index(each[1]))


def _some(values: list[str]) -> tuple[str, ...]:
    return tuple(value[:24] for value in list(dict.fromkeys(values))[:_SAMPLES])


def _quoted(text: str) -> str:
    signs = {'"': '\\"', "\\": "\\\\"}
    shown = "".join(
        signs.get(sign, sign if sign.isprintable() else f"\\U{ord(sign):08x}") for sign in text
    )
    return f'"{shown}"'


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
