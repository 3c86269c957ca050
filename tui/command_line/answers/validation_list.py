"""The list of firstline validate --list: the cases that there are."""

from __future__ import annotations

from typing import Any

from results.validation.case import Case, History
from results.validation.catalogue import GROUPS, is_run
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json

WIDTHS = (30, 42, 5)
"""Of name, centre and set."""


def list_cases(format_: Format) -> None:
    """Write the cases in the format asked for, without running one."""
    if format_ is Format.TABLE:
        for group in GROUPS:
            tell(group.title, style="bold")
            table = plain_table()
            table.show_header = False
            for width in WIDTHS:
                table.add_column(width=width)
            for case in group.cases:
                table.add_row(f"  {case.name}", case.title, _set(case))
            data().print(table)
        return
    listed = [_row(case, group.title) for group in GROUPS for case in group.cases]
    if format_ is Format.JSON:
        write_json(listed)
    else:
        write_csv(listed)


def _row(case: Case | History, group: str) -> dict[str, Any]:
    return {
        "group": group,
        "case": case.name,
        "title": case.title,
        "set": _set(case),
        "source": case.source,
    }


def _set(case: Case | History) -> str:
    return "both" if is_run(case, long=False) else "long"
