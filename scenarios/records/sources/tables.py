"""Files of every kind that is read, as tables of text cells in DuckDB."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import duckdb

from scenarios.checks.problems import Problem
from scenarios.records.problems import RecordsError, refused
from scenarios.records.report import Finding
from scenarios.records.sources.grid import Grid, Part
from scenarios.records.sources.shape import Shape, shape_of, unique
from scenarios.records.sources.text_files import plain_text
from scenarios.records.sources.workbooks import is_workbook, rows_of

_MEMORY = "1200MB"
_LAST = 1 << 16
"""Bytes at the end of a file in which its last line is looked for."""
_EXTRA = 3
"""Cells beyond the names that a row may have, when a comma stands without quotes."""


@contextmanager
def opened(paths: Sequence[Path], known: Collection[str]) -> Iterator[Grid]:
    """The rows of some files, all columns as text.

    Args:
        paths: CSV (gzip or not), Parquet or .xlsx; the same columns or not.
        known: Plain column names that mappings know.

    Raises:
        RecordsError: with every file that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="firstline-records-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": str(Path(folder) / "spilled"),
        }
        with duckdb.connect(config=settings) as connection:
            grid = Grid(connection)
            problems: list[Problem] = []
            for place, path in enumerate(paths):
                try:
                    _add(grid, path, f"part{place}", Path(folder), known)
                except RecordsError as error:
                    problems += error.problems
                except OSError as error:
                    problems.append(_unreadable(path, error))
            if problems:
                raise RecordsError(problems)
            yield grid


def _unreadable(path: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    hint = "Check the path." if isinstance(error, FileNotFoundError) else ""
    return Problem(str(path), "", None, f"cannot be read: {reason}", hint)


def _add(grid: Grid, path: Path, table: str, folder: Path, known: Collection[str]) -> None:
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"PAR1"):
        grid.add(_parquet(grid, path, table))
        return
    if is_workbook(path, magic):
        made = folder / f"{table}-sheet.csv"
        grid.findings += rows_of(path, made)
        path_of_text = made
    else:
        path_of_text = path
    work = folder / table
    work.mkdir()
    text = plain_text(path_of_text, work, str(path))
    grid.findings += text.findings
    shape = shape_of(text.head, known)
    if shape is None:
        rule = "has no line of column names with rows under it"
        hint = (
            "The first line of the table must name its columns; cells are parted by , ; tab or |."
        )
        raise refused(str(path), rule, hint)
    if shape.titles:
        what = "Lines stand before the line of column names."
        grid.findings.append(Finding(what, shape.titles, "They were skipped."))
    _say_cut(grid, text.path, shape)
    _read_csv(grid, text.path, table, shape)
    grid.add(Part(str(path), table, shape.names, _EXTRA))


def _say_cut(grid: Grid, path: Path, shape: Shape) -> None:
    """Say so when the last line has no end and too few cells, as in half a download."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LAST, 0))
        last = file.read().rpartition(b"\n")[2].decode("utf-8", "replace")
    cells, names = len(_cells(last, shape.separator)) if last.strip() else 0, len(shape.names)
    if 0 < cells < names and shape.skipped:
        grid.findings.append(
            Finding(
                f"The last line stops after {cells} of {names} cells and has no end.",
                1,
                "The cells that it has were read.",
                "The file seems cut off: export it again if days are missing.",
            )
        )


def _parquet(grid: Grid, path: Path, table: str) -> Part:
    try:
        grid.connection.execute("SET TimeZone = 'UTC'")
        grid.connection.execute(
            f"CREATE TABLE {table} AS SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)",  # noqa: S608
            [str(path)],
        )
    except duckdb.Error as error:
        hint = "Write the Parquet file again, or export CSV."
        raise refused(
            str(path), f"is no Parquet file that can be read: {_first(error)}", hint
        ) from error
    names = [row[0] for row in grid.connection.execute(f"DESCRIBE {table}").fetchall()]
    for place, name in enumerate(names):
        quoted = name.replace('"', '""')
        grid.connection.execute(f'ALTER TABLE {table} RENAME COLUMN "{quoted}" TO c{place}__')
    for place in range(len(names)):
        grid.connection.execute(f"ALTER TABLE {table} RENAME COLUMN c{place}__ TO c{place}")
    return Part(str(path), table, unique(names))


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _typed(width: int) -> str:
    """All columns as text, as DuckDB wants them named."""
    return "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width)) + "}"


def _read_csv(grid: Grid, path: Path, table: str, shape: Shape) -> None:
    width = len(shape.names) + _EXTRA
    quote = "" if shape.separator == "|" else '"'
    # strict_mode: a quote that is never closed must not swallow the rest of the file.
    sql = (
        f"CREATE TABLE {table} AS SELECT * FROM read_csv(?, delim = ?, quote = ?, escape = ?, "  # noqa: S608
        f"header = false, skip = ?, columns = {_typed(width)}, null_padding = true, "
        "auto_detect = false, strict_mode = true, max_line_size = 2000000, parallel = ?)"
    )
    given = [str(path), shape.separator, quote, quote, shape.skipped]
    for parallel in (True, False):
        try:
            grid.connection.execute(sql, [*given, parallel])
        except duckdb.Error:
            grid.connection.execute(f"DROP TABLE IF EXISTS {table}")
            continue
        if not _swallowed(grid, path, table, shape, width):
            return
        grid.connection.execute(f"DROP TABLE {table}")
        break
    _read_slowly(grid, path, table, shape, width)


def _swallowed(grid: Grid, path: Path, table: str, shape: Shape, width: int) -> bool:
    """Whether lines are in no row, or in a cell as a whole: a quote before them never closes."""
    with path.open("rb") as file:
        breaks = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    if grid.count(table) + shape.skipped >= breaks:
        return False
    cells = f"concat_ws('', {', '.join(f'c{place}' for place in range(width))})"
    sql = (
        f"SELECT count(*), sum(length({cells}) - length(replace({cells}, chr(10), ''))) "  # noqa: S608
        f"FROM {table}"
    )
    row = grid.connection.execute(sql).fetchone()
    rows, inside = (int(row[0]), int(row[1] or 0)) if row else (0, 0)
    with path.open("rb") as file:
        lines = sum(1 for line in islice(file, shape.skipped, None) if line.strip())
    if rows + inside < lines:
        return True
    line = f"[^\\n]*({re.escape(shape.separator)}[^\\n]*){{{len(shape.names) - 1}}}"
    whole = f"SELECT count(*) FROM {table} WHERE regexp_matches({cells}, '\\n{line}')"  # noqa: S608
    found = grid.connection.execute(whole).fetchone() if inside else None
    return bool(found and found[0])


def _read_slowly(grid: Grid, path: Path, table: str, shape: Shape, width: int) -> None:
    """Read a file line by line that DuckDB refuses: quotes that do not close, endless rows."""
    columns = ", ".join(f"c{place} VARCHAR" for place in range(width))
    grid.connection.execute(f"CREATE TABLE {table} ({columns})")
    rewritten, longer = path.with_suffix(".rewritten"), 0
    with (
        path.open(encoding="utf-8", newline="") as lines,
        rewritten.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        for number, line in enumerate(lines):
            if number < shape.skipped:
                continue
            cells = _cells(line.rstrip("\n"), shape.separator)
            longer += len(cells) > width
            writer.writerow((cells + [""] * width)[:width])
    grid.connection.execute(
        f"INSERT INTO {table} SELECT * FROM read_csv(?, delim = ',', quote = '\"', escape = '\"', "  # noqa: S608
        "header = false, auto_detect = false, max_line_size = 20000000, "
        f"parallel = false, columns = {_typed(width)})",
        [str(rewritten)],
    )
    grid.findings.append(
        Finding(
            "Quotes in the file do not close, or rows are longer than the line of names.",
            longer,
            "Each line was read as one row; cells beyond the names were left out.",
        )
    )


def _cells(line: str, separator: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return [cell.strip('"') for cell in line.split(separator)]
    return cells if not any("\n" in cell for cell in cells) else line.split(separator)
