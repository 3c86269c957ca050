"""Excel workbooks (.xlsx) as rows of text."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from scenarios.records.problems import refused
from scenarios.records.report import Finding

_ZIP = b"PK\x03\x04"


def is_workbook(path: Path, magic: bytes) -> bool:
    """Whether a file is an .xlsx workbook, whatever its name says."""
    if not magic.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return path.suffix.lower() == ".xlsx"


def rows_of(path: Path, made: Path) -> list[Finding]:
    """Write the sheet with the most rows as CSV.

    Raises:
        RecordsError: if the workbook cannot be read, or has nothing in it.
    """
    # Loaded for workbooks alone.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
        filled = {name: sheet for name, sheet in sheets.items() if sheet.total_height > 0}
        if not filled:
            raise refused(str(path), "is a workbook without anything in it", "Export it again.")
        chosen = max(filled, key=lambda name: filled[name].total_height)
        with made.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            for row in filled[chosen].iter_rows():
                writer.writerow([_text(cell) for cell in row])
    except (CalamineError, OSError, ValueError, KeyError) as error:
        rule = "is a workbook that cannot be read"
        raise refused(
            str(path), rule, "Save it again as .xlsx without a password, or as CSV."
        ) from error
    if len(filled) == 1:
        return []
    what = f"The workbook has {len(filled)} sheets."
    return [Finding(what, 0, f'The one with the most rows was read, "{chosen}".')]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(cell.total_seconds(), 60)
        return f"{int(minutes // 60)}:{int(minutes % 60):02d}:{seconds:02.0f}"
    return str(cell)
