"""A table of text cells in DuckDB, from one file or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import duckdb
import numpy as np
import numpy.typing as npt

from scenarios.records.report import Finding
from scenarios.records.sources.cells import MISSING, Cells

_TOTALS = re.compile(
    r"^(grand |sub)?-?(totals?|totais|summary|sum|average|averages|gesamt|summe|overall)\b:?",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"^(report|generated|printed|page|end of|\*+|#|-{3,}|={3,})", re.IGNORECASE)
_FEW = 50_000
_ISO_TIME = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,9})?"


@dataclass
class Part:
    """The table of one file: columns c0, c1, … of text, some beyond the names for split cells."""

    file: str
    table: str
    names: tuple[str, ...]
    extra: int = 0


@dataclass
class Grid:
    """Rows of text cells under column names, from one or several files.

    Attributes:
        connection: The database that holds the cells.
        parts: A table for each file.
        findings: What was found while reading, and done.
        lines: Lines of data in the files, before any was left out.
    """

    connection: duckdb.DuckDBPyConnection
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(dict.fromkeys(chain.from_iterable(part.names for part in self.parts)))

    @property
    def files(self) -> str:
        """The files, as messages name them."""
        return ", ".join(part.file for part in self.parts)

    def __len__(self) -> int:
        return sum(self._count(part) for part in self.parts)

    def cells(self, name: str) -> Cells:
        """The cells of a column; a file that lacks it has none."""
        found = [self._coded(part, name) for part in self.parts]
        if len(found) == 1:
            return Cells.of(*found[0])
        places: dict[str, int] = {}
        codes = []
        for texts, each in found:
            moved = [places.setdefault(text, len(places)) for text in texts]
            codes.append(np.array([*moved, -1], dtype=np.int32)[each])
        return Cells.of(list(places), np.concatenate(codes))

    def person_codes(self, name: str, missing: Iterable[str]) -> npt.NDArray[np.int32]:
        """Codes of a column whose texts nobody needs, in order of first appearance; −1 for none."""
        gone = [text.lower() for text in (*MISSING, *missing)]
        found = []
        for part in self.parts:
            if name not in part.names:
                found.append(np.zeros(self._count(part), np.uint64))
                continue
            cell = f"trim(ltrim(trim(c{part.names.index(name)}), chr(39)))"
            sql = (
                f"SELECT CASE WHEN {cell} IS NULL OR list_contains(?, lower({cell})) "  # noqa: S608
                f"THEN 0::UBIGINT ELSE hash({cell}) END AS code FROM {part.table}"
            )
            found.append(self.connection.execute(sql, [gone]).fetchnumpy()["code"])
        codes = np.concatenate(found)
        each, first, places = np.unique(codes, return_index=True, return_inverse=True)
        order = np.empty(len(each), dtype=np.int32)
        there = np.argsort(np.where(each == 0, len(codes), first), kind="stable")
        order[there] = np.arange(len(each), dtype=np.int32)
        order[each == 0] = -1
        return order[places.ravel()]

    def iso_ms(self, name: str) -> npt.NDArray[np.float64] | None:
        """A column of dates with times in ISO form without zones, as milliseconds since 1970.

        Returns:
            NaN for cells without a value; None where any cell has another form.
        """
        found = []
        for part in self.parts:
            if name not in part.names:
                return None
            cell = f"nullif(trim(c{part.names.index(name)}), '')"
            other = (
                f"SELECT count(*) FROM {part.table} WHERE {cell} IS NOT NULL "  # noqa: S608
                f"AND NOT regexp_full_match({cell}, '{_ISO_TIME}')"
            )
            row = self.connection.execute(other).fetchone()
            if row is None or row[0]:
                return None
            sql = f"SELECT epoch_ms(try_cast({cell} AS TIMESTAMP)) AS ms, {cell} IS NULL AS none"
            read = self.connection.execute(f"{sql} FROM {part.table}").fetchnumpy()
            ms = np.ma.filled(np.ma.asarray(read["ms"]).astype(np.float64), np.nan)
            if (np.isnan(ms) & ~np.asarray(read["none"])).any():
                return None
            found.append(ms)
        return np.concatenate(found)

    def sample(self, name: str, rows: int = 2000) -> list[str]:
        """The first values of a column."""
        values = chain.from_iterable(self._values(part, name, rows) for part in self.parts)
        return [value for value in values if value is not None and value.strip()]

    def fingerprints(self) -> npt.NDArray[np.uint64]:
        """A number for each row: rows with the same cells have the same."""
        found = []
        for part in self.parts:
            cells = ", ".join(f"c{place}" for place in range(len(part.names)))
            sql = f"SELECT hash({cells}) AS h FROM {part.table}"  # noqa: S608
            found.append(self.connection.execute(sql).fetchnumpy()["h"])
        return np.concatenate(found) if found else np.zeros(0, np.uint64)

    def add(self, part: Part) -> None:
        """Take a file's table in, without what is no row of data: totals, repeated names."""
        self.lines += self._count(part)
        self._drop(part, "Lines without anything in them.", _blank(part))
        self._drop(part, "The line of names stands again among the data.", _names_again(part))
        self._drop(part, "Total and summary lines stand among the rows.", self._no_data(part))
        if part.extra:
            self._join_split(part)
        self.parts.append(part)

    def _count(self, part: Part) -> int:
        return self.count(part.table)

    def count(self, table: str) -> int:
        """Rows of a table."""
        row = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return int(row[0]) if row else 0

    def _coded(self, part: Part, name: str) -> tuple[list[str], npt.NDArray[np.int32]]:
        """The different values of a file's column in order, and for each row its place or −1."""
        if name not in part.names:
            return [], np.full(self._count(part), -1, dtype=np.int32)
        column = f"c{part.names.index(name)}"
        different = (
            f"SELECT v FROM (SELECT {column} AS v, min(rowid) AS r FROM {part.table} "  # noqa: S608
            f"WHERE {column} IS NOT NULL GROUP BY {column}) ORDER BY r"
        )
        self.connection.execute(f"CREATE TYPE held AS ENUM ({different})")
        texts = self.connection.execute("SELECT enum_range(NULL::held)").fetchall()[0][0]
        sql = f"SELECT coalesce(enum_code({column}::held)::INT, -1) AS code FROM {part.table}"  # noqa: S608
        codes = self.connection.execute(sql).fetchnumpy()["code"]
        self.connection.execute("DROP TYPE held")
        return texts, np.asarray(codes, dtype=np.int32)

    def _values(self, part: Part, name: str, limit: int | None = None) -> Iterator[str | None]:
        if name not in part.names:
            yield from [None] * (self._count(part) if limit is None else 0)
            return
        some = "" if limit is None else f" LIMIT {limit}"
        column = f"c{part.names.index(name)}"
        self.connection.execute(f"SELECT {column} FROM {part.table}{some}")  # noqa: S608
        while rows := self.connection.fetchmany(100_000):
            yield from (row[0] for row in rows)

    def _drop(self, part: Part, what: str, where: str) -> None:
        if not where:
            return
        before = self._count(part)
        self.connection.execute(f"DELETE FROM {part.table} WHERE {where}")  # noqa: S608
        gone = before - self._count(part)
        if gone:
            self.findings.append(Finding(what, gone, "They are no contacts and were left out."))

    def _no_data(self, part: Part) -> str:
        """Rows by number that hold sums of others or words about the file."""
        first = ", ".join(f"c{place}" for place in range(min(3, len(part.names))))
        filled = " + ".join(f"(coalesce(trim(c{p}), '') <> '')::INT" for p in _places(part))
        sql = (
            f"SELECT rowid, {filled} AS filled, {first} FROM {part.table} "  # noqa: S608
            f"WHERE regexp_matches(lower(concat_ws(' ', {first})), '[a-z*#=-]{{3}}')"
            f" AND (filled <= 1 OR regexp_matches(lower(concat_ws('|', {first})), "
            "'(^|\\|)\\s*(grand |sub)?-?(total|totais|summ|sum|average|gesamt|overall)'))"
        )
        rows = self.connection.execute(sql).fetchmany(_FEW)
        wide = len(part.names) > 3
        gone = [
            row[0]
            for row in rows
            if (wide and row[1] <= 1 and _is_words(row[2])) or _is_total(row[2:])
        ]
        return f"rowid IN ({', '.join(map(str, gone))})" if gone else ""

    def _join_split(self, part: Part) -> None:
        """Join cells that a comma without quotes has split, where a row has more than names."""
        width, all_of = len(part.names), len(part.names) + part.extra
        over = " OR ".join(f"coalesce(trim(c{p}), '') <> ''" for p in range(width, all_of))
        cells = ", ".join(f"c{p}" for p in range(all_of))
        sql = f"SELECT rowid, {cells} FROM {part.table} WHERE {over}"  # noqa: S608
        rows = self.connection.execute(sql).fetchmany(_FEW)
        if not rows:
            return
        good = f"SELECT {cells} FROM {part.table} WHERE NOT ({over}) LIMIT 300"  # noqa: S608
        kinds = _kinds(self.connection.execute(good).fetchall(), width)
        joined = [(*_joined(list(row[1:]), width, kinds), row[0]) for row in rows]
        sets = ", ".join(f"c{p} = ?" for p in range(width))
        update = f"UPDATE {part.table} SET {sets} WHERE rowid = ?"  # noqa: S608
        self.connection.executemany(update, joined)
        self.findings.append(
            Finding(
                "Rows have more cells than there are names, as when a comma stands without quotes.",
                len(rows),
                "The cells that belong together by their neighbours were joined.",
            )
        )


def _places(part: Part) -> range:
    return range(len(part.names) + part.extra)


def _blank(part: Part) -> str:
    return " AND ".join(f"coalesce(trim(c{place}), '') = ''" for place in _places(part))


def _names_again(part: Part) -> str:
    quoted = [name.replace("'", "''") for name in part.names]
    return " AND ".join(f"coalesce(trim(c{p}), '') = '{name}'" for p, name in enumerate(quoted))


def _is_words(cell: str | None) -> bool:
    return cell is not None and (_FOOTER.match(cell.strip()) is not None or " " in cell.strip())


def _is_total(cells: tuple[str | None, ...]) -> bool:
    return any(cell is not None and _TOTALS.match(cell.strip()) for cell in cells)


def _kinds(rows: list[tuple[str | None, ...]], width: int) -> list[set[str]]:
    """What kinds of cells each column has in rows that are whole."""
    return [{_kind(row[place]) for row in rows} for place in range(width)]


def _kind(cell: str | None) -> str:
    text = (cell or "").strip()
    if not text:
        return "blank"
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text))[:12]


def _joined(cells: list[str | None], width: int, kinds: list[set[str]]) -> list[str | None]:
    """A row of the right width: the neighbours that fit best as one cell are joined."""
    while cells and len(cells) > width and not (cells[-1] or "").strip():
        cells = cells[:-1]
    more = len(cells) - width
    if more <= 0:
        return cells + [None] * (width - len(cells))
    best, chosen = -1.0, cells[:width]
    for place in range(width):
        run = ", ".join((cell or "").strip() for cell in cells[place : place + more + 1])
        row = [*cells[:place], run, *cells[place + more + 1 :]]
        fits = sum(1.0 for cell, seen in zip(row, kinds, strict=True) if _kind(cell) in seen)
        fits += 0.5 * (any(sign.isalpha() for sign in run) and not any(c.isdigit() for c in run))
        if fits > best:
            best, chosen = fits, row
    return chosen
