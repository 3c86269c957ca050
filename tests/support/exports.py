"""Exports of a small simulated centre, as different systems would write them."""

from functools import cache
from pathlib import Path

from tests.support.recorded import as_csv, recorded, small_centre

ODD_NAMES = {
    "Arrived": "Came In",
    "Queued": "Line Joined",
    "Answered": "Picked Up",
    "Ended": "Hung Up",
    "Outcome": "Result",
    "Agent": "Operator",
    "Queue": "Line of Business",
}


@cache
def small_export(days: int = 4) -> str:
    """Call records of a centre of four agents, with names of columns that are known."""
    return as_csv(recorded(small_centre(days)))


def plain_export(folder: Path, name: str = "calls.csv") -> Path:
    """Records as they are read without being asked anything."""
    path = folder / name
    path.write_text(small_export(), encoding="utf-8")
    return path


def odd_export(folder: Path, name: str = "odd names.csv") -> Path:
    """The same with names of columns that no program knows, and semicolons."""
    head, rows = small_export().split("\n", 1)
    names = ";".join(ODD_NAMES[one] for one in head.split(","))
    path = folder / name
    path.write_text(f"{names}\n{rows.replace(',', ';')}", encoding="utf-8")
    return path


def dirty_export(folder: Path, name: str = "dirty.csv") -> Path:
    """The same with title lines, a total, copies of rows, and an end before its answer."""
    head, *rows = small_export().splitlines()
    cells = rows[3].split(",")
    cells[3] = "2026-01-05 07:00:00"
    rows[3] = ",".join(cells)
    lines = ["Daily report", "Printed 10/01/2026", head, *rows, rows[10], rows[11], "Total,,,,,,"]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
